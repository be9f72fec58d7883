#pragma once

#include <chainsim/graph/flow_network.hpp>
#include <chainsim/table/language.hpp>

#include <string>
#include <vector>

namespace chainsim::graph {

/// How a network is drawn.
struct DotOptions {
    table::Language language = table::Language::en;
    /// Utilities, what is free, and emissions as well: complete, and hard to read.
    bool everything = false;
    /// By facility of the scenario: units of its product made in the year. Empty: not solved.
    std::vector<double> activity{};
};

/// The network of a scenario as text for GraphViz' `dot`: facilities are boxes with their capacity
/// (and what they make, where that is given), bordered by chain; commodities are ellipses, coloured
/// by phase; arrows tell feedstock, fuel, utility, product and waste apart, and are the wider the
/// more mass they carry in the solved year.
///
/// Errors  ContractError if `activity` is neither empty nor one number a facility.
[[nodiscard]] std::string to_dot(const model::Scenario& scenario, int year,
                                 const DotOptions& options);

} // namespace chainsim::graph
