#pragma once

#include "case.hpp"
#include <chainsim/linear/pattern.hpp>
#include <chainsim/linear/report.hpp>

#include <optional>
#include <string>

namespace chainsim::bench {

/// What a task found. Times are seconds of the wall clock.
struct Result {
    double setup_seconds = 0.0;
    double seconds = 0.0;          // of all items, without the set-up (solve1 has none)
    double sampling_seconds = 0.0; // of these, on one thread
    int items = 0;
    double score = 0.0; // mean over the items
    double score_deviation = 0.0;
    double worst_backward_error = 0.0;
    int stale = 0;                 // items done by GMRES with a stale factor
    int pivoted = 0;               // items done again with pivoting
    int unsolved = 0;              // items without a result
    int checked = 0;               // items compared with another solver
    double worst_difference = 0.0; // of their scores, relative
    std::string method;

    void take(const linear::LaneReport& report);
};

[[nodiscard]] Result solve_once(const Case& one);
[[nodiscard]] Result right_sides(const Case& one, int items);
[[nodiscard]] Result adjoint(const Case& one, int items);
/// How tasks of many matrices are done.
struct Manner {
    int threads = 1;
    std::optional<linear::Method> method; // else the cheapest
};

[[nodiscard]] Result monte_carlo(const Case& one, int items, const Manner& manner);
[[nodiscard]] Result scenarios(const Case& one, int items, const Manner& manner);
[[nodiscard]] Result low_rank(const Case& one, int items);

/// Solves the program of an MPS file to a relative gap by a solver of `optimise::make_backend`,
/// reading included; one line of JSON, with chainsim as the name of its own search.
[[nodiscard]] std::string solve_program(const std::string& file, const std::string& solver,
                                        double gap, double seconds);

} // namespace chainsim::bench
