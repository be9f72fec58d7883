#pragma once

#include <chainsim/study/study.hpp>

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace chainsim::view {

/// What is shown of a district.
struct DistrictOptions {
    std::optional<int> year;   ///< that is judged; absent: as `report` chooses
    bool with_years = true;    ///< flows, graph and balance of every year
    bool with_analyses = true; ///< gaps and outages of the year, which need many solutions
};

/// Indicators that a page shows: those that a planner looks at first, those that a policy bounds,
/// and all that are not of single products, plants or groups. Ascending.
[[nodiscard]] std::vector<std::string> shown_indicators(const study::Run& run);
/// Of these, the ones of which it is told who brings how much.
[[nodiscard]] std::set<std::string> traced_indicators(const study::Run& run);

/// A policy, or one side of one that bounds an indicator from both: what stays over the years.
struct ShownPolicy {
    std::string id;
    bool upper = true;                          ///< the bound is not to be exceeded
    std::vector<const study::Judgement*> years; ///< null where it is not in force
};

[[nodiscard]] std::vector<ShownPolicy> shown_policies(const study::Run& run);

/// A district as it stands: `District` of the contract of the page. One without a solution has
/// its failure, and nothing else.
[[nodiscard]] nlohmann::ordered_json district_json(const study::Study& study, const study::Run& run,
                                                   const DistrictOptions& options);

} // namespace chainsim::view
