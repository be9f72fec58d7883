// Tasks on one matrix: one solve, many right-hand sides, and scores alone.
#include "support.hpp"
#include "tasks.hpp"
#include <chainsim/linear/base_factor.hpp>
#include <chainsim/linear/lane_solver.hpp>
#include <chainsim/linear/solve_once.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace chainsim::bench {

namespace {

/// The right-hand sides of the case, one list of entries for each.
std::vector<std::vector<Demand>> by_system(const Case& one, int items) {
    std::vector<std::vector<Demand>> systems(static_cast<std::size_t>(items));
    for (const auto& demand : one.demands) {
        if (demand.system < items) {
            systems[static_cast<std::size_t>(demand.system)].push_back(demand);
        }
    }
    return systems;
}

Eigen::VectorXd dense(const std::vector<Demand>& demands, int size) {
    Eigen::VectorXd right = Eigen::VectorXd::Zero(size);
    for (const auto& demand : demands) {
        right[demand.row] = demand.amount;
    }
    return right;
}

void check_scores(Result& result, const Case& one, const std::vector<std::vector<Demand>>& systems,
                  const std::vector<double>& scores) {
    const auto weights = one.score_of_columns();
    const auto checked =
        std::min<std::size_t>(systems.size(), static_cast<std::size_t>(items_to_check(one)));
    for (std::size_t k = 0; k < checked; ++k) {
        compare(result, scores[k],
                score_by_klu(one.technology, dense(systems[k], one.size()), weights));
    }
}

} // namespace

Result solve_once(const Case& one) {
    Result result;
    result.items = 1;
    const double start = now();
    const auto solution = linear::solve_once(one.technology, one.demand);
    double score = 0.0;
    for (int column = 0; column < one.size(); ++column) {
        if (const double activity = solution.unknown[column]; activity != 0.0) {
            double each = 0.0;
            for (Matrix::InnerIterator entry(one.extensions, column); entry; ++entry) {
                each += one.indicator[entry.row()] * entry.value();
            }
            score += each * activity;
        }
    }
    result.seconds = now() - start;
    result.score = score;
    result.take(solution.report);
    result.method = fmt::format("passes over what the demand reaches: {} of {} rows, {} passes{}",
                                solution.reached, one.size(), solution.passes,
                                solution.report.pivoted ? ", then KLU" : "");
    compare(result, score, score_by_klu(one.technology, one.demand, one.score_of_columns()));
    return result;
}

Result right_sides(const Case& one, int items) {
    Result result;
    result.items = items;
    const auto systems = by_system(one, items);
    const auto weights = one.score_of_columns();
    double start = now();
    linear::BaseFactor base(one.technology);
    result.setup_seconds = now() - start;
    const int width = base.group_width();
    const auto wide = static_cast<std::size_t>(width);
    Lanes right(static_cast<std::size_t>(one.size()) * wide, 0.0);
    Lanes unknown(right.size());
    std::vector<linear::LaneReport> reports(wide);
    std::vector<double> sums(wide);
    std::vector<double> scores(static_cast<std::size_t>(items));
    const auto place = [wide](const Demand& demand, std::size_t lane) {
        return static_cast<std::size_t>(demand.row) * wide + lane;
    };
    start = now();
    for (std::size_t first = 0; first < systems.size(); first += wide) {
        const auto used = std::min(wide, systems.size() - first);
        for (std::size_t lane = 0; lane < used; ++lane) {
            for (const auto& demand : systems[first + lane]) {
                right[place(demand, lane)] = demand.amount;
            }
        }
        base.solve_group(right.data(), unknown.data(), reports);
        linear::weigh_group({weights.data(), static_cast<std::size_t>(weights.size())},
                            unknown.data(), sums);
        for (std::size_t lane = 0; lane < used; ++lane) {
            scores[first + lane] = sums[lane];
            result.take(reports[lane]);
            for (const auto& demand : systems[first + lane]) {
                right[place(demand, lane)] = 0.0;
            }
        }
    }
    result.seconds = now() - start;
    summarise(result, scores);
    result.method = fmt::format("{} right-hand sides together; {}", width, base.pattern().reason());
    check_scores(result, one, systems, scores);
    return result;
}

Result adjoint(const Case& one, int items) {
    Result result;
    result.items = items;
    const auto systems = by_system(one, items);
    const Eigen::MatrixXd weights = one.score_of_columns();
    double start = now();
    linear::BaseFactor base(one.technology);
    result.setup_seconds = now() - start;
    start = now();
    Eigen::MatrixXd worth(one.size(), 1);
    const auto reports = base.solve_transposed(weights, worth);
    std::vector<double> scores;
    scores.reserve(systems.size());
    for (const auto& system : systems) {
        double score = 0.0;
        for (const auto& demand : system) {
            score += worth(demand.row, 0) * demand.amount;
        }
        scores.push_back(score);
    }
    result.seconds = now() - start;
    result.take(reports.front());
    summarise(result, scores);
    result.method = "one transposed solve; " + base.pattern().reason();
    check_scores(result, one, systems, scores);
    return result;
}

} // namespace chainsim::bench
