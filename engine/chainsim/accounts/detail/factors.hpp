#pragma once

#include <chainsim/accounts/detail/figure.hpp>
#include <chainsim/model/scenario.hpp>
#include <chainsim/system/system.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace chainsim::accounts::detail {

/// A factor of the library in a year; absent where it has none of this id.
[[nodiscard]] std::optional<Figure> factor_in(const model::Scenario& scenario, int year,
                                              std::string_view id, std::string_view unit);

/// What a unit of each commodity counts as an energy-consuming medium, by row of the system: tce;
/// 0 for all that is none.
[[nodiscard]] std::vector<Figure> media_in(const model::Scenario& scenario,
                                           const system::System& system);

} // namespace chainsim::accounts::detail
