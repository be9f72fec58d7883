#include <chainsim/analysis/detail/changes.hpp>
#include <chainsim/analysis/detail/gauge.hpp>
#include <chainsim/analysis/outages.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chainsim::analysis {

namespace {

/// Below this part of what it ran at, a facility stands still.
constexpr double standstill = 1e-9;
/// Below this part of what it ran at, a facility is hit.
constexpr double hit = 0.5;

/// A year of a district, and each facility off in turn.
class Drill {
public:
    Drill(const model::Scenario& scenario, system::System system, const system::Solution& base)
        : system_(std::move(system)), base_(base), value_(system_, "value_added"),
          gdp_(system_, "gdp"), energy_(system_, "energy_total_equivalent"),
          comparison_(scenario, system_), dispatch_(system_.equations) {
        const detail::Gauge margin(system_, detail::margins);
        for (int column = 0; column < system_.equations.columns(); ++column) {
            earned_.push_back(std::abs(margin.of_column(column)) * base.activity[column]);
        }
    }

    Outages run() {
        Outages out{value_(base_), gdp_(base_), energy_(base_), {}, {}};
        for (int column = 0; column < system_.equations.columns(); ++column) {
            if (base_.activity[column] > 0.0) {
                auto outage = without(column, out);
                auto& list = outage.outcome == system::Outcome::solved ? out.ranked : out.unsolved;
                list.push_back(std::move(outage));
            }
        }
        std::stable_sort(out.ranked.begin(), out.ranked.end(), [](const auto& a, const auto& b) {
            return a.lost_value_added > b.lost_value_added;
        });
        return out;
    }

private:
    Outage without(int column, const Outages& base) {
        double& capacity = system_.equations.capacity[column];
        const double had = std::exchange(capacity, 0.0);
        const auto solution = dispatch_.solve();
        capacity = had;
        Outage out;
        out.facility = facility(column);
        out.activity = base_.activity[column];
        out.outcome = solution.outcome;
        if (out.outcome != system::Outcome::solved) {
            return out;
        }
        out.lost_value_added = base.value_added - value_(solution);
        out.lost_gdp = base.gdp - gdp_(solution);
        out.energy = energy_(solution) - base.energy;
        list_cuts(column, solution, out);
        out.flared = comparison_.wasted_more(base_, solution);
        out.bought = comparison_.bought_more(base_, solution);
        out.sold_less = comparison_.sold_less(base_, solution);
        return out;
    }

    [[nodiscard]] model::Index<model::Facility> facility(int column) const {
        return system_.layout.columns[static_cast<std::size_t>(column)];
    }

    void list_cuts(int off, const system::Solution& solution, Outage& out) const {
        std::vector<int> columns;
        for (int column = 0; column < system_.equations.columns(); ++column) {
            if (column != off && solution.activity[column] < hit * base_.activity[column]) {
                columns.push_back(column);
            }
        }
        std::stable_sort(columns.begin(), columns.end(), [&](int a, int b) {
            return earned_[static_cast<std::size_t>(a)] > earned_[static_cast<std::size_t>(b)];
        });
        for (const int column : columns) {
            const Cut cut{facility(column), base_.activity[column], solution.activity[column]};
            (cut.after <= standstill * cut.before ? out.stops : out.reduced).push_back(cut);
        }
    }

    system::System system_;
    const system::Solution& base_;
    detail::Gauge value_;
    detail::Gauge gdp_;
    detail::Gauge energy_;
    detail::Comparison comparison_;
    solve::Dispatch dispatch_;   // after the equations that it refers to
    std::vector<double> earned_; ///< by column: what it brings or costs, as a size
};

} // namespace

Outages outages(const model::Scenario& scenario, system::System system,
                const system::Solution& solution) {
    CHAINSIM_EXPECT(solution.outcome == system::Outcome::solved &&
                        solution.activity.size() == system.equations.columns(),
                    "no solution of this system");
    return Drill(scenario, std::move(system), solution).run();
}

} // namespace chainsim::analysis
