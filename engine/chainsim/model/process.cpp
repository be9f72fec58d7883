#include <chainsim/model/process.hpp>

namespace chainsim::model {

std::string_view to_string(FlowKind kind) {
    switch (kind) {
    case FlowKind::feedstock:
        return "feedstock";
    case FlowKind::fuel:
        return "fuel";
    case FlowKind::utility:
        return "utility";
    case FlowKind::reagent:
        return "reagent";
    case FlowKind::catalyst:
        return "catalyst";
    case FlowKind::product:
        return "product";
    case FlowKind::coproduct:
        return "coproduct";
    case FlowKind::byproduct:
        return "byproduct";
    case FlowKind::waste:
        return "waste";
    case FlowKind::emission:
        return "emission";
    }
    return {};
}

std::string_view to_string(Driver driver) {
    switch (driver) {
    case Driver::at_capacity:
        return "at_capacity";
    case Driver::on_supply:
        return "on_supply";
    case Driver::on_demand:
        return "on_demand";
    }
    return {};
}

} // namespace chainsim::model
