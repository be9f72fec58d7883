#pragma once

#include <chainsim/graph/trace.hpp>
#include <chainsim/study/run.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/table/language.hpp>

#include <cstddef>
#include <string>

namespace chainsim::study {

/// A trace in one year of a study, with shares from the solved year where it has a solution.
struct TraceReport {
    int year = 0;
    bool solved = false;
    graph::Trace trace;                  ///< where a target was asked for
    std::vector<graph::Reached> reached; ///< where none was
};

/// Relates two commodities, or lists all that the first is made into if `to` is empty.
///
/// Errors  graph::UnknownCommodity
[[nodiscard]] TraceReport trace(const Study& study, int year, const std::string& from,
                                const std::string& to);

/// True if there is nothing to tell: the relation is `absent`, or nothing is reached.
[[nodiscard]] bool is_absent(const TraceReport& report);

/// `{relation, share, year, built, paths, via, from, to, reverse}`, or without a target
/// `{relation, year, from, reached}`. `via` names for a path the processes of its first way, for
/// siblings the common parents, for a family the members that answer.
[[nodiscard]] std::string trace_json(const Study& study, const TraceReport& report);

/// The same for a reader at a terminal of `width` columns (0: no limit).
[[nodiscard]] std::string trace_text(const Study& study, const TraceReport& report,
                                     table::Language language, std::size_t width);

} // namespace chainsim::study
