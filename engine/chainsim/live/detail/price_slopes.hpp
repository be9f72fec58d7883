#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/portfolio/district.hpp>

#include <map>
#include <vector>

namespace chainsim::live::detail {

/// What one more times each price adds to rows of a year: by price of the model, by row; a row that
/// does not read the price is not there.
///
/// Everything read of a price is a straight line. The year is recorded once as a program of its
/// prices, and each replay of it doubles eight of them, one in a lane.
///
/// Cost  a compilation of the year, and a replay for eight prices.
[[nodiscard]] std::vector<std::map<int, portfolio::Form>>
price_slopes(const model::Scenario& scenario, const portfolio::District::Year& year,
             const std::vector<int>& rows);

} // namespace chainsim::live::detail
