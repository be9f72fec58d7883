#pragma once

#include <chainsim/analysis/outages.hpp>
#include <chainsim/study/run.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/table/language.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace chainsim::study {

/// Every running facility of a year off in turn.
struct OutageReport {
    int year = 0;
    std::optional<Failure> failure; ///< the year has no solution, even with nothing off
    analysis::Outages outages;
};

[[nodiscard]] OutageReport outages(const Study& study, int year);

/// `{schema, scenario, year, base, outages, unsolved}`, schema `chainsim.outages/1`, with the first
/// `most` outages (0: all). CNY, tce, and units of account, per year; amounts are what is more (of
/// `sold_less`, less) than with nothing off.
///
/// Errors  ContractError if the year has no solution.
[[nodiscard]] std::string outages_json(const Study& study, const OutageReport& report,
                                       std::size_t most);

/// The same for a reader at a terminal of `width` columns (0: no limit).
[[nodiscard]] std::string outages_text(const Study& study, const OutageReport& report,
                                       table::Language language, std::size_t width,
                                       std::size_t most);

} // namespace chainsim::study
