#include <chainsim/footprint/allocation.hpp>

#include <algorithm>

namespace chainsim::footprint {

std::string_view to_string(Allocation allocation) {
    switch (allocation) {
    case Allocation::substitution:
        return "substitution";
    case Allocation::mass:
        return "mass";
    case Allocation::energy:
        return "energy";
    case Allocation::economic:
        return "economic";
    case Allocation::carbon:
        return "carbon";
    }
    return {};
}

std::optional<Allocation> to_allocation(std::string_view word) {
    const auto* const found =
        std::find_if(allocations.begin(), allocations.end(),
                     [word](Allocation one) { return to_string(one) == word; });
    return found == allocations.end() ? std::nullopt : std::optional(*found);
}

} // namespace chainsim::footprint
