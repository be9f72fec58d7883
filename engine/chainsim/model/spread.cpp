#include <chainsim/model/spread.hpp>

namespace chainsim::model {

draws::Shape shape_of(Distribution distribution) {
    switch (distribution) {
    case Distribution::uniform:
        return draws::Shape::uniform;
    case Distribution::normal:
        return draws::Shape::normal;
    case Distribution::lognormal:
        return draws::Shape::lognormal;
    case Distribution::pert:
        return draws::Shape::pert;
    case Distribution::none:
    case Distribution::triangular:
        break;
    }
    return draws::Shape::triangular;
}

} // namespace chainsim::model
