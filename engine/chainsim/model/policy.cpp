#include <chainsim/model/policy.hpp>

namespace chainsim::model {

std::string_view to_string(PolicyGroup group) {
    switch (group) {
    case PolicyGroup::access:
        return "access";
    case PolicyGroup::efficiency:
        return "efficiency";
    case PolicyGroup::dual_control:
        return "dual_control";
    case PolicyGroup::environment:
        return "environment";
    case PolicyGroup::economy:
        return "economy";
    case PolicyGroup::plan:
        return "plan";
    }
    return {};
}

} // namespace chainsim::model
