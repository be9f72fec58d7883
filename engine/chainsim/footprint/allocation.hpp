#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace chainsim::footprint {

/// How what a plant takes is shared among the several things it makes.
enum class Allocation {
    /// Not shared: its product carries all, and is credited with what its coproducts replace.
    substitution,
    mass,     ///< by the mass of what it makes
    energy,   ///< by heating value; power and heat by what they are
    economic, ///< by what it is worth at the prices of the year, without VAT
    carbon    ///< by the carbon in it
};

inline constexpr std::array allocations{Allocation::substitution, Allocation::mass,
                                        Allocation::energy, Allocation::economic,
                                        Allocation::carbon};

[[nodiscard]] std::string_view to_string(Allocation allocation);
[[nodiscard]] std::optional<Allocation> to_allocation(std::string_view word);

} // namespace chainsim::footprint
