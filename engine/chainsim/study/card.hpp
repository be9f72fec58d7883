#pragma once

#include <chainsim/study/page.hpp>
#include <chainsim/study/study.hpp>

#include <optional>
#include <string>

namespace chainsim::study {

/// The energy-review card of a project (节能审查卡片), of a year: access and
/// replacement before all else, consumption by carrier, unit energy against benchmark and levels,
/// its weight in the dual control, carbon, water and emissions, economics, who decides by day, and
/// what the developer must still supply. Where the access is not cleared no figure further down
/// counts as met. No field is empty without its reason.
///
/// Schema `chainsim.card/1`. Figures of `energy`, `weight`, `carbon` and `economy` are those of
/// `check --json --project ID`; consumption is that of its own plants in the solved year.
///
/// `project`: its id or its name. `year`: if absent the last in which it runs within a period of
/// assessment, or the last of all.
///
/// Errors  InputError for an unknown project, with the nearest id, or one that runs no plant then;
///         NoSolution of the year.
[[nodiscard]] Page card_page(const Study& study, const std::string& project,
                             std::optional<int> year = std::nullopt);

} // namespace chainsim::study
