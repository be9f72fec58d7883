#pragma once

#include <chainsim/study/check_report.hpp>
#include <chainsim/study/gap_report.hpp>
#include <chainsim/study/outage_report.hpp>
#include <chainsim/study/page.hpp>

#include <vector>

namespace chainsim::view {

/// All projects, one row each, with what they weigh in a year and return.
[[nodiscard]] study::PagePart projects_part(const study::Run& run, const study::YearRun& year,
                                            const std::vector<study::Weight>& weights,
                                            const std::vector<study::ProjectEconomics>& economics);

/// The projects that are built, as investments.
[[nodiscard]] study::PagePart economics_part(const study::Run& run,
                                             const std::vector<study::ProjectEconomics>& economics);

/// What leaves raw and what is bought that could be made here, the best way first.
[[nodiscard]] std::vector<study::PagePart> gap_parts(const model::Scenario& scenario,
                                                     const study::GapReport& report);

/// The plants whose loss costs most.
[[nodiscard]] study::PagePart outages_part(const model::Scenario& scenario,
                                           const study::OutageReport& report);

} // namespace chainsim::view
