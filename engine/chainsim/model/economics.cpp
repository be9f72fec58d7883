#include <chainsim/model/economics.hpp>

namespace chainsim::model {

std::string_view to_string(ParkFigure figure) {
    switch (figure) {
    case ParkFigure::investment:
        return "investment";
    case ParkFigure::investment_per_mu:
        return "investment_per_mu";
    case ParkFigure::output_per_mu:
        return "output_per_mu";
    case ParkFigure::tax_per_mu:
        return "tax_per_mu";
    case ParkFigure::value_added_per_mu:
        return "value_added_per_mu";
    }
    return {};
}

std::string_view unit_of(ParkFigure figure) {
    return figure == ParkFigure::investment ? "CNY" : "CNY/mu";
}

} // namespace chainsim::model
