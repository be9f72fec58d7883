#pragma once

#include <chainsim/analysis/decomposition.hpp>
#include <chainsim/model/scenario.hpp>
#include <chainsim/study/run.hpp>
#include <chainsim/table/language.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace chainsim::study {

/// Two years of one scenario: what of the change of energy is scale, structure and intensity.
///
/// Parts are the divisions of industry (GB/T 4754) of the plants, by value added at prices of the
/// base year, each plant's flows at what it pays and receives; the rest of the economy; and what
/// nobody adds value with: households, energy delivered to people, losses of networks. Energy is in
/// equivalent value, a plant's being its consumption without media, so that all sum to the
/// district's total.
struct YearComparison {
    std::string id; ///< of the scenario
    model::Name name;
    int before = 0;
    int after = 0;
    std::vector<model::Name> names; ///< of the parts
    analysis::Decomposition energy; ///< CNY, tce
    double total_before = 0.0;      ///< tce, of the accounts
    double total_after = 0.0;
};

/// Errors  ContractError if the run lacks one of the years, or its models name no energy carriers.
[[nodiscard]] YearComparison compare_years(const Run& run, int before, int after);
/// The same of two solved years of a scenario.
[[nodiscard]] YearComparison compare_years(const model::Scenario& scenario, const YearRun& before,
                                           const YearRun& after);

/// Schema `chainsim.years/1`.
[[nodiscard]] std::string year_comparison_json(const YearComparison& comparison);
[[nodiscard]] std::string year_comparison_text(const YearComparison& comparison,
                                               table::Language language, std::size_t width);

} // namespace chainsim::study
