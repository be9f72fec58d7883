#include <chainsim/accounts/indicators.hpp>
#include <chainsim/analysis/detail/changes.hpp>
#include <chainsim/analysis/detail/gauge.hpp>
#include <chainsim/analysis/gaps.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/graph/carriage.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace chainsim::analysis {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double coal = 29.3076; // GJ of a tonne of standard coal
/// Amounts below this part of what is made of a commodity are no gap.
constexpr double noticeable = 1e-6;

std::string trial_id(const model::Process& process) { return "trial_" + process.id; }

/// The scenario with one more plant of every process, served and called after all others.
model::Scenario with_trials(const model::Scenario& scenario) {
    std::vector<model::Facility> all(scenario.facilities.begin(), scenario.facilities.end());
    static const units::Unit year = units::Unit::parse("a");
    for (std::uint32_t i = 0; i < scenario.model.processes.size(); ++i) {
        const model::Index<model::Process> index{i};
        const auto& process = scenario.model.processes[index];
        model::Facility plant;
        plant.id = trial_id(process);
        plant.name = process.name;
        plant.process = index;
        plant.capacity.value =
            units::Quantity(0.0, scenario.model.commodities[process.product].unit.per(year));
        plant.driver = model::Driver::on_demand;
        plant.priority = 1000;
        all.push_back(std::move(plant));
    }
    model::Scenario result = scenario;
    result.facilities = model::Registry<model::Facility>(std::move(all));
    return result;
}

/// Value per tce: what adds value and takes no energy comes first, what adds none last.
double rank_of(const Candidate& candidate, GapOrder order) {
    if (candidate.outcome != system::Outcome::solved) {
        return -std::numeric_limits<double>::infinity();
    }
    if (order != GapOrder::value_per_tce || candidate.value_added <= 0.0) {
        return candidate.value_added;
    }
    constexpr double first = 1e30;
    const double rate = candidate.value_per_tce();
    return std::isnan(rate)   ? candidate.value_added
           : std::isinf(rate) ? first + candidate.value_added
                              : 1e12 + rate; // above all that add no value
}

class Search {
public:
    Search(const model::Scenario& scenario, int year)
        : scenario_(with_trials(scenario)), system_(accounts::compile(scenario_, year)),
          value_(system_, "value_added"), energy_(system_, "energy_total_equivalent"),
          comparison_(scenario_, system_), steps_(graph::carriage(scenario_.model)),
          columns_(scenario_.model.processes.size(), -1),
          runners_(scenario_.model.processes.size()) {
        const auto trials = scenario_.model.processes.size();
        for (int column = 0; column < system_.equations.columns(); ++column) {
            const auto& facility =
                scenario_.facilities[system_.layout.columns[static_cast<std::size_t>(column)]];
            const auto& process = scenario_.model.processes[facility.process];
            if (facility.id == trial_id(process)) {
                columns_[facility.process.value] = column;
                system_.equations.capacity[column] = 0.0;
            } else if (system_.equations.capacity[column] > 0.0) {
                runners_[facility.process_in(year).value].push_back(column);
            }
        }
        CHAINSIM_EXPECT(trials == columns_.size(), "one trial plant for each process");
        base_ = solve::Dispatch(system_.equations).solve();
        CHAINSIM_EXPECT(base_.outcome == system::Outcome::solved, "a year without a solution");
        base_value_ = value_(base_);
        base_energy_ = energy_(base_);
        find_totals();
    }

    Gaps run(GapOrder order) {
        Gaps out;
        out.value_added = base_value_;
        for (int row = 0; row < system_.equations.rows(); ++row) {
            for (const auto kind : {GapKind::surplus, GapKind::bought}) {
                add_gap(row, kind, order, out);
            }
        }
        std::stable_sort(out.gaps.begin(), out.gaps.end(), [order](const Gap& a, const Gap& b) {
            return order == GapOrder::tonnage ? a.tonnes > b.tonnes
                                              : rank_of(a.candidates.front(), order) >
                                                    rank_of(b.candidates.front(), order);
        });
        return out;
    }

private:
    [[nodiscard]] const model::Commodity& commodity(int row) const {
        return scenario_.model.commodities[index(row)];
    }
    [[nodiscard]] model::Index<model::Commodity> index(int row) const {
        return system_.layout.rows[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] double net(int column, int row) const {
        return system_.equations.net.coeff(row, column);
    }

    void find_totals() {
        const auto rows = static_cast<std::size_t>(system_.equations.rows());
        made_.assign(rows, 0.0);
        used_.assign(rows, 0.0);
        for (std::size_t column = 0; column < system_.flows.size(); ++column) {
            const double activity = base_.activity[static_cast<Eigen::Index>(column)];
            for (const auto& flow : system_.flows[column]) {
                auto& total = flow.amount > 0.0 ? made_ : used_;
                total[static_cast<std::size_t>(flow.row)] +=
                    std::abs(flow.amount.value()) * activity;
            }
        }
    }

    [[nodiscard]] double gap_amount(int row, GapKind kind) const {
        const auto& one = commodity(row);
        if (one.phase == model::Phase::service || one.trade == model::Trade::free ||
            one.delivery == model::Delivery::district) {
            return 0.0;
        }
        const double amount =
            kind == GapKind::bought ? base_.bought[row] : base_.sold[row] + base_.disposed[row];
        const double all =
            std::max(made_[static_cast<std::size_t>(row)], used_[static_cast<std::size_t>(row)]);
        return amount > noticeable * all ? amount : 0.0;
    }

    /// A process with a plant that could run further needs no other one.
    [[nodiscard]] bool is_used_up(model::Index<model::Process> process) const {
        const auto& runners = runners_[process.value];
        return std::all_of(runners.begin(), runners.end(), [&](int column) {
            return base_.binding[static_cast<std::size_t>(column)].kind ==
                   system::BindingKind::capacity;
        });
    }

    /// At least a third by mass of all that a process takes as such, what is free not counted: the
    /// plastic in a filter extends no chain. Without mass (power, heat) any feed is.
    [[nodiscard]] bool is_main_feed(int column, int row) const {
        constexpr double least = 1.0 / 3.0;
        double own = 0.0;
        double all = 0.0;
        for (const auto& flow : system_.flows[static_cast<std::size_t>(column)]) {
            const auto& one = commodity(flow.row);
            const bool is_feed =
                flow.kind == model::FlowKind::feedstock || flow.kind == model::FlowKind::fuel;
            if (flow.amount.value() < 0.0 && one.trade != model::Trade::free &&
                flow.kind != model::FlowKind::utility) {
                all -= flow.amount.value() * one.mass;
                own -= flow.row == row && is_feed ? flow.amount.value() * one.mass : 0.0;
            }
        }
        return commodity(row).mass <= 0.0 || own >= least * all;
    }

    [[nodiscard]] std::vector<model::Index<model::Process>> candidates_of(int row,
                                                                          GapKind kind) const {
        std::vector<model::Index<model::Process>> found;
        if (kind == GapKind::surplus) {
            for (const auto& step : steps_) {
                if (step.from == index(row) && is_used_up(step.process) &&
                    (found.empty() || found.back() != step.process) &&
                    is_main_feed(columns_[step.process.value], row)) {
                    found.push_back(step.process);
                }
            }
        } else {
            for (std::uint32_t i = 0; i < columns_.size(); ++i) {
                const model::Index<model::Process> process{i};
                const auto& one = scenario_.model.processes[process];
                if (one.product == index(row) && one.primary_energy.empty() &&
                    is_used_up(process)) {
                    found.push_back(process);
                }
            }
        }
        // What gives as much of it as it takes, or more, closes nothing.
        std::erase_if(found, [&](auto process) {
            const double change = net(columns_[process.value], row);
            return kind == GapKind::surplus ? change >= 0.0 : change <= 0.0;
        });
        return found;
    }

    void add_gap(int row, GapKind kind, GapOrder order, Gaps& out) {
        Gap gap;
        gap.kind = kind;
        gap.commodity = index(row);
        gap.amount = gap_amount(row, kind);
        if (gap.amount <= 0.0) {
            return;
        }
        const auto& one = commodity(row);
        gap.wasted = kind == GapKind::surplus ? base_.disposed[row] : 0.0;
        gap.tonnes = gap.amount * (one.mass > 0.0 ? one.mass : one.lhv / coal);
        for (const auto process : candidates_of(row, kind)) {
            gap.candidates.push_back(tried(process, row, gap));
            ++out.tried;
        }
        std::stable_sort(gap.candidates.begin(), gap.candidates.end(),
                         [order](const Candidate& a, const Candidate& b) {
                             return rank_of(a, order) > rank_of(b, order);
                         });
        const bool is_refuse = one.trade != model::Trade::market;
        if (gap.candidates.empty() ||
            (is_refuse && kind == GapKind::surplus && gap.candidates.front().value_added <= 0.0)) {
            return;
        }
        out.gaps.push_back(std::move(gap));
    }

    Candidate tried(model::Index<model::Process> process, int row, const Gap& gap) {
        const int column = columns_[process.value];
        const auto position = static_cast<std::size_t>(column);
        auto& eq = system_.equations;
        const bool takes = gap.kind == GapKind::surplus;
        Candidate out;
        out.process = process;
        out.capacity = gap.amount / std::abs(net(column, row));
        out.capex = capex_of(process, out.capacity);
        eq.capacity[column] = out.capacity;
        eq.driver[position] =
            takes ? system::ColumnDriver::on_supply : system::ColumnDriver::on_demand;
        eq.feed[position] = takes ? row : -1;
        out.let_in = let_in(column);
        const auto solution = solve::Dispatch(eq).solve();
        for (const auto one : out.let_in) {
            eq.buy_limit[system_.layout.row_of[one.value]] = 0.0;
        }
        eq.capacity[column] = 0.0;
        eq.driver[position] = system::ColumnDriver::on_demand;
        eq.feed[position] = -1;
        out.outcome = solution.outcome;
        if (out.outcome == system::Outcome::solved) {
            out.activity = solution.activity[column];
            // A plant that frees gas for the power plant next door closes more than it makes.
            out.closes = takes ? out.activity * std::abs(net(column, row))
                               : std::max(0.0, base_.bought[row] - solution.bought[row]);
            out.value_added = value_(solution) - base_value_;
            out.energy = energy_(solution) - base_energy_;
            out.bought = comparison_.bought_more(base_, solution);
            const auto& binding = solution.binding[position];
            out.binding = binding.kind;
            if (binding.row >= 0) {
                out.binding_commodity = index(binding.row);
            }
        }
        return out;
    }

    [[nodiscard]] double capex_of(model::Index<model::Process> process, double capacity) const {
        const auto& one = scenario_.model.processes[process];
        if (!one.capex) {
            return nothing;
        }
        static const units::Unit year = units::Unit::parse("a");
        static const units::Unit money = units::Unit::parse("CNY");
        const auto& unit = scenario_.model.commodities[one.product].unit;
        return capacity * one.capex->value.in(money.per(unit.per(year)));
    }

    /// Opens the border for solids and liquids that nobody makes, uses or may buy here.
    std::vector<model::Index<model::Commodity>> let_in(int column) {
        std::vector<model::Index<model::Commodity>> opened;
        for (Eigen::SparseMatrix<double>::InnerIterator entry(system_.equations.net, column); entry;
             ++entry) {
            const auto row = static_cast<int>(entry.row());
            const auto at = static_cast<std::size_t>(row);
            const auto& one = commodity(row);
            const bool is_stuff =
                one.phase == model::Phase::solid || one.phase == model::Phase::liquid;
            if (entry.value() < 0.0 && is_stuff && one.trade == model::Trade::market &&
                made_[at] <= 0.0 && used_[at] <= 0.0 && system_.equations.buy_limit[row] <= 0.0) {
                system_.equations.buy_limit[row] = system::unlimited;
                opened.push_back(index(row));
            }
        }
        return opened;
    }

    model::Scenario scenario_;
    system::System system_;
    detail::Gauge value_;
    detail::Gauge energy_;
    detail::Comparison comparison_;
    std::vector<graph::Step> steps_;
    std::vector<int> columns_;              ///< of the trial plant, by process
    std::vector<std::vector<int>> runners_; ///< columns of plants that are there, by process
    system::Solution base_;
    double base_value_ = 0.0;
    double base_energy_ = 0.0;
    std::vector<double> made_; ///< by row
    std::vector<double> used_;
};

} // namespace

std::string_view to_string(GapKind kind) { return kind == GapKind::surplus ? "surplus" : "bought"; }

double Candidate::value_per_tce() const {
    if (!(value_added > 0.0) || std::isnan(energy)) {
        return nothing;
    }
    return energy > 0.0 ? value_added / energy : std::numeric_limits<double>::infinity();
}

Gaps gaps(const model::Scenario& scenario, int year, GapOrder order) {
    return Search(scenario, year).run(order);
}

} // namespace chainsim::analysis
