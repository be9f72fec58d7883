#pragma once

#include <chainsim/accounts/detail/figure.hpp>
#include <chainsim/model/scenario.hpp>

#include <optional>

namespace chainsim::accounts::detail {

/// Equivalent value of power (等价值) in tce/MWh: on the path of k of the period that rules; absent
/// where the models have no such factor.
[[nodiscard]] std::optional<Figure> equivalent_of_power(const model::Scenario& scenario, int year);

} // namespace chainsim::accounts::detail
