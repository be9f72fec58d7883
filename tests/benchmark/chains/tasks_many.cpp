// Tasks on many matrices of one pattern: draws, scenarios, low-rank updates.
#include "support.hpp"
#include "tasks.hpp"
#include <chainsim/draws/generator.hpp>
#include <chainsim/linear/base_factor.hpp>
#include <chainsim/linear/lane_solver.hpp>

#include <algorithm>
#include <array>
#include <cstddef>

namespace chainsim::bench {

namespace {

using linear::LaneReports;
using Scores = std::array<double, vector_lanes>;

constexpr std::uint64_t seed = 12345;
constexpr auto lanes = static_cast<std::size_t>(vector_lanes);

std::size_t places(Eigen::Index count) { return static_cast<std::size_t>(count); }

int groups_of(int items) { return (items + vector_lanes - 1) / vector_lanes; }

/// The same values in every lane.
template <class Values>
Lanes in_lanes(const Values& values, std::size_t count) {
    Lanes result;
    result.reserve(count * lanes);
    for (std::size_t k = 0; k < count; ++k) {
        result.insert(result.end(), lanes, values.data()[k]);
    }
    return result;
}

/// What all threads share: the analysis, and where iterations start.
struct Shared {
    Shared(const Case& one, std::optional<linear::Method> method)
        : pattern(one.technology, options_for(method)),
          right(in_lanes(one.demand, places(one.size()))), start(right.size()),
          values(arranged(pattern, one.technology.valuePtr())) {
        const auto nominal = in_lanes(values, values.size());
        linear::LaneSolver solver(pattern);
        solver.factor(nominal.data());
        solver.solve(right.data(), start.data());
    }
    static linear::PatternOptions options_for(std::optional<linear::Method> method) {
        linear::PatternOptions options;
        options.method = method;
        return options;
    }
    linear::Pattern pattern;
    Lanes right, start;
    std::vector<double> values; // in the order of the pattern
};

/// The coefficients of the indicator: column, weight and value of each entry of B, cut into parts
/// that stay in the first-level cache between draw and use.
class Indicator {
public:
    explicit Indicator(const Case& one) : one_(one) {
        for (int column = 0; column < one.size(); ++column) {
            for (Matrix::InnerIterator entry(one.extensions, column); entry; ++entry) {
                columns_.push_back(column);
                weights_.push_back(one.indicator[entry.row()]);
            }
        }
        for (std::size_t first = 0; first < columns_.size(); first += part_size) {
            // Stream 0 draws the technology.
            parts_.emplace_back(seed, static_cast<std::uint32_t>(parts_.size()) + 1);
        }
    }

    void draw_score(std::uint64_t draw, const double* unknown, Lanes& work, Scores& score) const {
        score.fill(0.0);
        work.resize(part_size * lanes);
        for (std::size_t part = 0; part < parts_.size(); ++part) {
            const auto first = part * part_size;
            const auto count = static_cast<int>(std::min(part_size, columns_.size() - first));
            parts_[part].lognormals(draw, count, one_.extensions.valuePtr() + first,
                                    one_.extensions_sigma.data() + first, work.data());
            Scores sum{};
            linear::score_lanes(count, columns_.data() + first, weights_.data() + first,
                                work.data(), unknown, sum);
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                score[lane] += sum[lane];
            }
        }
    }

    /// Of one lane, by columns, for the check.
    [[nodiscard]] Eigen::VectorXd weights_in_lane(std::uint64_t draw, std::size_t lane) const {
        Eigen::VectorXd weights = Eigen::VectorXd::Zero(one_.size());
        Lanes work(part_size * lanes);
        for (std::size_t part = 0; part < parts_.size(); ++part) {
            const auto first = part * part_size;
            const auto count = std::min(part_size, columns_.size() - first);
            parts_[part].lognormals(draw, static_cast<int>(count),
                                    one_.extensions.valuePtr() + first,
                                    one_.extensions_sigma.data() + first, work.data());
            for (std::size_t k = 0; k < count; ++k) {
                weights[columns_[first + k]] += weights_[first + k] * work[k * lanes + lane];
            }
        }
        return weights;
    }

private:
    static constexpr std::size_t part_size = 256;
    const Case& one_;
    std::vector<int> columns_;
    std::vector<double> weights_;
    std::vector<draws::Generator> parts_;
};

/// One lane's matrix by columns.
Matrix matrix_of_lane(const Case& one, const linear::Pattern& pattern, const Lanes& values,
                      std::size_t lane) {
    Matrix matrix = one.technology;
    for (std::size_t k = 0; k < pattern.entry_order().size(); ++k) {
        matrix.valuePtr()[pattern.entry_order()[k]] = values[k * lanes + lane];
    }
    return matrix;
}

void take_reports(Result& result, const std::vector<linear::LaneReport>& reports) {
    for (const auto& report : reports) {
        result.take(report);
    }
}

/// Keeps what one group gave, by the number of each item.
void keep(const LaneReports& reports, const Scores& scores, int group,
          std::vector<linear::LaneReport>& all_reports, std::vector<double>& all_scores) {
    const auto first = static_cast<std::size_t>(group) * lanes;
    for (std::size_t lane = 0; lane < lanes && first + lane < all_scores.size(); ++lane) {
        all_scores[first + lane] = scores[lane];
        all_reports[first + lane] = reports[lane];
    }
}

struct Scenario {
    std::vector<ChangedProcess> processes;
};

std::vector<Scenario> by_scenario(const Case& one, int items) {
    std::vector<Scenario> result(static_cast<std::size_t>(items));
    for (const auto& change : one.scenarios) {
        if (change.scenario < items) {
            result[static_cast<std::size_t>(change.scenario)].processes.push_back(change);
        }
    }
    return result;
}

double reference_score(const Case& one, const Scenario& scenario) {
    Matrix matrix = one.technology;
    Eigen::VectorXd weights = one.score_of_columns();
    for (const auto& change : scenario.processes) {
        weights[change.column] *= change.extensions;
        for (Matrix::InnerIterator entry(matrix, change.column); entry; ++entry) {
            entry.valueRef() *= entry.row() == change.column ? 1.0 : change.inputs;
        }
    }
    return score_by_klu(matrix, one.demand, weights);
}

void check_scenarios(Result& result, const Case& one, const std::vector<Scenario>& scenarios,
                     const std::vector<double>& scores) {
    const auto checked = std::min(scenarios.size(), places(items_to_check(one)));
    for (std::size_t k = 0; k < checked; ++k) {
        compare(result, scores[k], reference_score(one, scenarios[k]));
    }
}

} // namespace

Result monte_carlo(const Case& one, int items, const Manner& manner) {
    Result result;
    result.items = items;
    double start = now();
    const Shared shared(one, manner.method);
    const Indicator indicator(one);
    const auto sigma = arranged(shared.pattern, one.technology_sigma.data());
    const draws::Generator generator(seed);
    const auto entries = static_cast<int>(shared.values.size());
    result.setup_seconds = now() - start;
    std::vector<double> scores(static_cast<std::size_t>(items));
    std::vector<linear::LaneReport> reports(scores.size());
    std::vector<double> sampling(static_cast<std::size_t>(manner.threads), 0.0);

    start = now();
    run_groups(groups_of(items), manner.threads, [&](Groups& groups, int thread) {
        linear::LaneSolver solver(shared.pattern);
        Lanes values(shared.values.size() * lanes);
        Lanes unknown(shared.start.size());
        Lanes work;
        Scores score{};
        while (const auto group = groups.next()) {
            const auto draw = static_cast<std::uint64_t>(*group) * vector_lanes;
            const double begin = now();
            generator.lognormals(draw, entries, shared.values.data(), sigma.data(), values.data());
            sampling[static_cast<std::size_t>(thread)] += now() - begin;
            solver.factor(values.data());
            std::copy(shared.start.begin(), shared.start.end(), unknown.begin());
            const auto report =
                solver.solve(shared.right.data(), unknown.data(), linear::Start::given);
            indicator.draw_score(draw, unknown.data(), work, score);
            keep(report, score, *group, reports, scores);
        }
    });
    result.seconds = now() - start;
    for (const double seconds : sampling) {
        result.sampling_seconds += seconds;
    }
    take_reports(result, reports);
    summarise(result, scores);
    result.method = shared.pattern.reason();

    Lanes values(shared.values.size() * lanes);
    generator.lognormals(0, entries, shared.values.data(), sigma.data(), values.data());
    const auto checked = std::min({scores.size(), lanes, places(items_to_check(one))});
    for (std::size_t lane = 0; lane < checked; ++lane) {
        compare(result, scores[lane],
                score_by_klu(matrix_of_lane(one, shared.pattern, values, lane), one.demand,
                             indicator.weights_in_lane(0, lane)));
    }
    return result;
}

Result scenarios(const Case& one, int items, const Manner& manner) {
    Result result;
    result.items = items;
    const auto all = by_scenario(one, items);
    const auto weights = one.score_of_columns();
    double start = now();
    const Shared shared(one, manner.method);
    const auto base = in_lanes(shared.values, shared.values.size());
    std::vector<std::size_t> place(shared.values.size()); // of each entry by columns
    for (std::size_t k = 0; k < place.size(); ++k) {
        place[places(shared.pattern.entry_order()[k])] = k;
    }
    result.setup_seconds = now() - start;
    std::vector<double> scores(all.size());
    std::vector<linear::LaneReport> reports(all.size());

    start = now();
    run_groups(groups_of(items), manner.threads, [&](Groups& groups, int) {
        linear::LaneSolver solver(shared.pattern);
        Lanes values = base;
        Lanes unknown(shared.start.size());
        Scores score{};
        // Inputs of the changed processes times their factor, or as they were.
        const auto scale = [&](int group, bool change) {
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                const auto item = static_cast<std::size_t>(group) * lanes + lane;
                if (item >= all.size()) {
                    return;
                }
                for (const auto& process : all[item].processes) {
                    for (int entry = one.technology.outerIndexPtr()[process.column];
                         entry < one.technology.outerIndexPtr()[process.column + 1]; ++entry) {
                        const bool input = one.technology.innerIndexPtr()[entry] != process.column;
                        values[place[places(entry)] * lanes + lane] =
                            one.technology.valuePtr()[entry] *
                            (change && input ? process.inputs : 1.0);
                    }
                }
            }
        };
        while (const auto group = groups.next()) {
            scale(*group, true);
            solver.factor(values.data());
            std::copy(shared.start.begin(), shared.start.end(), unknown.begin());
            const auto report =
                solver.solve(shared.right.data(), unknown.data(), linear::Start::given);
            linear::weigh_group({weights.data(), places(weights.size())}, unknown.data(), score);
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                const auto item = static_cast<std::size_t>(*group) * lanes + lane;
                for (const auto& process :
                     item < all.size() ? all[item].processes : std::vector<ChangedProcess>{}) {
                    score[lane] += (process.extensions - 1.0) * weights[process.column] *
                                   unknown[places(process.column) * lanes + lane];
                }
            }
            keep(report, score, *group, reports, scores);
            scale(*group, false);
        }
    });
    result.seconds = now() - start;
    take_reports(result, reports);
    summarise(result, scores);
    result.method = shared.pattern.reason();
    check_scenarios(result, one, all, scores);
    return result;
}

Result low_rank(const Case& one, int items) {
    Result result;
    result.items = items;
    const auto all = by_scenario(one, items);
    const Eigen::VectorXd weights = one.score_of_columns();
    double start = now();
    linear::BaseFactor factor(one.technology);
    Eigen::MatrixXd base(one.size(), 1);
    take_reports(result, factor.solve(one.demand, base));
    result.setup_seconds = now() - start;
    std::vector<double> scores(all.size());

    start = now();
    constexpr std::size_t together = 64;
    std::vector<std::vector<linear::ColumnChange>> sets;
    Eigen::MatrixXd unknown;
    for (std::size_t first = 0; first < all.size(); first += together) {
        const auto last = std::min(first + together, all.size());
        std::vector<std::vector<double>> additions;
        additions.reserve(together * 8);
        sets.clear();
        for (std::size_t k = first; k < last; ++k) {
            auto& set = sets.emplace_back();
            for (const auto& process : all[k].processes) {
                const int begin = one.technology.outerIndexPtr()[process.column];
                const int count = one.technology.outerIndexPtr()[process.column + 1] - begin;
                auto& added = additions.emplace_back();
                added.reserve(places(count));
                for (int entry = begin; entry < begin + count; ++entry) {
                    const bool input = one.technology.innerIndexPtr()[entry] != process.column;
                    added.push_back(
                        input ? one.technology.valuePtr()[entry] * (process.inputs - 1.0) : 0.0);
                }
                set.push_back({.column = process.column,
                               .rows = {one.technology.innerIndexPtr() + begin, places(count)},
                               .additions = added});
            }
        }
        take_reports(result, factor.solve_changed(sets, one.demand, base.col(0), unknown));
        for (std::size_t k = first; k < last; ++k) {
            const auto x = unknown.col(static_cast<Eigen::Index>(k - first));
            scores[k] = weights.dot(x);
            for (const auto& process : all[k].processes) {
                scores[k] +=
                    (process.extensions - 1.0) * weights[process.column] * x[process.column];
            }
        }
    }
    result.seconds = now() - start;
    summarise(result, scores);
    result.method = "low-rank updates of the base; " + factor.pattern().reason();
    check_scenarios(result, one, all, scores);
    return result;
}

} // namespace chainsim::bench
