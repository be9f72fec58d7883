#pragma once

#include <chainsim/analysis/chains.hpp>
#include <chainsim/analysis/gaps.hpp>
#include <chainsim/study/run.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/table/language.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::study {

/// How much of a commodity is used in the district.
struct LocalConversion {
    model::Index<model::Commodity> commodity;
    double made = 0.0; ///< unit of account per year
    double rate = 0.0; ///< 0 .. 1
};

/// Where the chain of a year is broken, and what would extend it.
struct GapReport {
    int year = 0;
    analysis::GapOrder order = analysis::GapOrder::value_per_tce;
    std::optional<Failure> failure; ///< the year has no solution: the rest is empty
    analysis::Gaps gaps;
    std::vector<analysis::ChainProgress> chains;
    std::vector<LocalConversion> conversion; ///< of what is made, the largest (by weight) first
};

[[nodiscard]] GapReport gaps(const Study& study, int year,
                             analysis::GapOrder order = analysis::GapOrder::value_per_tce);

/// `value_per_tce`, `value` or `tonnage`.
[[nodiscard]] std::string_view to_string(analysis::GapOrder order);
[[nodiscard]] std::optional<analysis::GapOrder> to_gap_order(std::string_view text);

/// `{schema, scenario, year, by, value_added, tried, gaps, chains, local_conversion}`, schema
/// `chainsim.gaps/1`, with the first `most` gaps (0: all). CNY, tce, tonnes, and units of account,
/// per year; `value_per_tce` is null where a candidate takes no energy or adds no value.
///
/// Errors  ContractError if the year has no solution.
[[nodiscard]] std::string gaps_json(const Study& study, const GapReport& report, std::size_t most);

/// The same for a reader at a terminal of `width` columns (0: no limit); `most` rows of each list
/// of gaps, of those that add value.
[[nodiscard]] std::string gaps_text(const Study& study, const GapReport& report,
                                    table::Language language, std::size_t width, std::size_t most);

} // namespace chainsim::study
