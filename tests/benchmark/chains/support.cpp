#include "support.hpp"

#include <Eigen/KLUSupport>

#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>

namespace chainsim::bench {

void Result::take(const linear::LaneReport& report) {
    worst_backward_error = std::max(worst_backward_error, report.backward_error);
    stale += report.steps > 0 && !report.pivoted ? 1 : 0;
    pivoted += report.pivoted ? 1 : 0;
    unsolved += report.outcome == linear::LaneOutcome::solved ? 0 : 1;
}

double score_by_klu(const Matrix& matrix, const Eigen::VectorXd& demand,
                    const Eigen::VectorXd& score_of_columns) {
    Eigen::KLU<Matrix> klu;
    klu.compute(matrix);
    if (klu.info() != Eigen::Success) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const Eigen::VectorXd unknown = klu.solve(demand);
    return score_of_columns.dot(unknown);
}

int items_to_check(const Case& one) { return one.size() <= 5000 ? 16 : 1; }

void compare(Result& result, double score, double reference) {
    const double difference = std::abs(score - reference) / std::abs(reference);
    ++result.checked;
    // Keeps what is not a number.
    result.worst_difference =
        difference <= result.worst_difference ? result.worst_difference : difference;
}

void summarise(Result& result, const std::vector<double>& scores) {
    double sum = 0.0;
    for (const double score : scores) {
        sum += score;
    }
    const auto count = static_cast<double>(scores.size());
    result.score = sum / count;
    double squares = 0.0;
    for (const double score : scores) {
        squares += (score - result.score) * (score - result.score);
    }
    result.score_deviation = std::sqrt(squares / count);
}

void run_groups(int count, int threads, const std::function<void(Groups&, int)>& work) {
    Groups groups(count);
    std::vector<std::thread> running;
    running.reserve(static_cast<std::size_t>(threads));
    for (int thread = 1; thread < threads; ++thread) {
        running.emplace_back(work, std::ref(groups), thread);
    }
    work(groups, 0);
    for (auto& thread : running) {
        thread.join();
    }
}

std::vector<double> arranged(const linear::Pattern& pattern, const double* values) {
    std::vector<double> result;
    result.reserve(pattern.entry_order().size());
    for (const int entry : pattern.entry_order()) {
        result.push_back(values[entry]);
    }
    return result;
}

} // namespace chainsim::bench
