#pragma once

#include <chainsim/study/run.hpp>
#include <chainsim/view/sankey.hpp>

#include <string>
#include <vector>

namespace chainsim::view {

/// By what flows are compared.
enum class Measure {
    mass,   ///< t of what is traded, and of wastes what is used; without water and air
    energy, ///< tce at the calorific value of what statistics count as energy
    carbon  ///< t of CO2 that the carbon in a flow would be
};

/// The flows of a year between chains, what comes from outside and what leaves.
///
/// Each commodity goes from all who make it to all who take it in proportion, as the balance does
/// not say from whom to whom. What a chain passes on within itself is not shown. By `energy`, what
/// a chain takes and does not give is used up there, and what it gives and does not take is
/// primary.
[[nodiscard]] Sankey flows_between_chains(const model::Scenario& scenario,
                                          const study::YearRun& year, Measure measure);

/// The materials of the plants of one chain, and what comes from and goes to the others.
[[nodiscard]] Sankey flows_within_chain(const model::Scenario& scenario, const study::YearRun& year,
                                        const std::string& chain);

/// Chains that run in a year, by id.
[[nodiscard]] std::vector<std::string> running_chains(const model::Scenario& scenario,
                                                      const study::YearRun& year);

/// What a chain of processes is called; a code that the catalogue does not know is its own name.
[[nodiscard]] model::Name chain_name(const std::string& chain);

} // namespace chainsim::view
