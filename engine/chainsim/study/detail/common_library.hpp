#pragma once

#include <chainsim/model/scenario.hpp>

namespace chainsim::study::detail {

/// Whether commodities and processes have the same ids, so that an index means the same in both.
[[nodiscard]] bool share_library(const model::Scenario& a, const model::Scenario& b);

/// Gives two scenarios registries of commodities, technologies and processes with the same ids in
/// the same order: each keeps its own records and takes those that only the other has. All indices
/// are moved along, so that one means the same in both.
///
/// A commodity that one does not know comes with its price and with the market that it has by
/// default in the other. One that both know keeps the default that it had: what a library can make
/// is not bought, and what it cannot is; where only the other library makes it, that is written out
/// as a market.
void join_libraries(model::Scenario& a, model::Scenario& b);

} // namespace chainsim::study::detail
