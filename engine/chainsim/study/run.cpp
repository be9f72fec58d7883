#include <chainsim/base/error.hpp>
#include <chainsim/study/run.hpp>
#include <chainsim/table/column.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace chainsim::study {

namespace {

std::vector<CommodityBalance> balances(const system::System& system,
                                       const system::Solution& solution) {
    std::vector<CommodityBalance> result(system.layout.rows.size());
    for (std::size_t row = 0; row < result.size(); ++row) {
        const auto position = static_cast<Eigen::Index>(row);
        result[row].commodity = system.layout.rows[row];
        result[row].bought = solution.bought[position];
        result[row].sold = solution.sold[position];
        result[row].disposed = solution.disposed[position];
        result[row].final_demand = system.equations.demand[position];
    }
    for (std::size_t column = 0; column < system.flows.size(); ++column) {
        const auto position = static_cast<Eigen::Index>(column);
        const double activity = solution.activity[position];
        const auto& binding = solution.binding[column];
        for (const auto& flow : system.flows[column]) {
            auto& balance = result[static_cast<std::size_t>(flow.row)];
            (flow.amount > 0.0 ? balance.produced : balance.consumed) +=
                std::abs(flow.amount.value()) * activity;
            if (binding.kind == system::BindingKind::feedstock && binding.row == flow.row &&
                flow.amount < 0.0) {
                balance.short_of -=
                    flow.amount.value() * (system.equations.capacity[position] - activity);
            }
        }
    }
    return result;
}

/// The solver sees no capacity; here we know whether there is a plant that has been closed.
void mark_what_is_off(const model::Scenario& scenario, const system::System& system,
                      system::Solution& solution) {
    for (std::size_t column = 0; column < solution.binding.size(); ++column) {
        auto& kind = solution.binding[column].kind;
        const auto& facility = scenario.facilities[system.layout.columns[column]];
        const bool starts_later = facility.start && *facility.start > system.year;
        if (kind == system::BindingKind::not_built && !starts_later) {
            kind = system::BindingKind::off;
        }
    }
}

/// What the statistics have more than the plants and sectors of the model add up to.
void meet_statistics(accounts::EnergyBridge& bridge,
                     const std::vector<accounts::IndicatorValue>& planned,
                     const std::vector<accounts::IndicatorValue>& told) {
    const auto value = [](const std::vector<accounts::IndicatorValue>& values) {
        const auto found = std::find_if(values.begin(), values.end(), [](const auto& one) {
            return one.id == "energy_total_equivalent";
        });
        return found == values.end() ? 0.0 : found->value;
    };
    const double more = value(told) - value(planned);
    for (auto& term : bridge.terms) {
        if (term.id == "statistical_difference") {
            term.value += more;
            bridge.total += more;
        }
    }
}

units::Quantity value_of(const std::vector<accounts::IndicatorValue>& values, std::string_view id,
                         int year) {
    const auto found = std::find_if(values.begin(), values.end(),
                                    [id](const auto& value) { return value.id == id; });
    CHAINSIM_EXPECT(found != values.end(),
                    "no indicator '" + std::string(id) + "' in " + std::to_string(year));
    return {found->value, units::Unit::parse(found->unit)};
}

} // namespace

YearRun::YearRun(const model::Scenario& scenario, system::System system, system::Solution solution,
                 Teller& teller)
    : system_(std::move(system)), solution_(std::move(solution)) {
    CHAINSIM_EXPECT(solution_.outcome == system::Outcome::solved, "a year without a solution");
    mark_what_is_off(scenario, system_, solution_);
    closure_ = accounts::closure(scenario, system_, solution_);
    planned_ = accounts::evaluate(system_, solution_);
    teller.keep(system_.year, planned_);
    told_ = teller.tell(scenario, system_, planned_,
                        accounts::confidence_shares(scenario, system_, solution_));
    commodities_ = balances(system_, solution_);
    policies_ = judge(scenario, system_, told_);
    products_ = judge_products(scenario, system_, solution_);
    energy_ = accounts::energy_statement(scenario, system_, solution_);
    if (is_told()) {
        meet_statistics(energy_.bridge, planned_, told_.values);
    }
    carbon_ = accounts::facility_carbon(scenario, system_, solution_);
    ledgers_ = judge_ledgers(scenario, system_, solution_);
    water_quotas_ = judge_water(scenario, system_, solution_);
}

units::Quantity YearRun::indicator(std::string_view id) const {
    return value_of(indicators(), id, year());
}

units::Quantity YearRun::planned(std::string_view id) const {
    return value_of(planned(), id, year());
}

double YearRun::planned_value(std::string_view id) const {
    const auto found = std::find_if(planned_.begin(), planned_.end(),
                                    [id](const auto& value) { return value.id == id; });
    return found == planned_.end() ? table::absent : found->value;
}

double YearRun::activity(model::Index<model::Facility> facility) const {
    const auto& columns = system_.layout.columns;
    const auto found = std::find(columns.begin(), columns.end(), facility);
    return found == columns.end() ? 0.0 : solution_.activity[found - columns.begin()];
}

graph::YearFlows YearRun::flows(const model::Scenario& scenario) const {
    graph::YearFlows result;
    result.used.assign(scenario.model.commodities.size(), 0.0);
    for (const auto& balance : commodities_) {
        result.used[balance.commodity.value] =
            balance.consumed + balance.sold + balance.disposed + balance.final_demand;
    }
    for (std::size_t column = 0; column < system_.flows.size(); ++column) {
        const double activity = solution_.activity[static_cast<Eigen::Index>(column)];
        for (const auto& flow : system_.flows[column]) {
            if (flow.amount < 0.0 && activity > 0.0) {
                result.taken.push_back({system_.layout.columns[column],
                                        system_.layout.rows[static_cast<std::size_t>(flow.row)],
                                        -flow.amount.value() * activity});
            }
        }
    }
    return result;
}

Run::Run(std::shared_ptr<const model::Scenario> scenario, std::string main_input,
         std::vector<YearRun> years, std::optional<Failure> failure)
    : scenario_(std::move(scenario)), main_input_(std::move(main_input)), years_(std::move(years)),
      failure_(std::move(failure)) {}

system::Outcome Run::outcome() const {
    return failure_ ? failure_->outcome : system::Outcome::solved;
}

const std::vector<YearRun>& Run::years() const {
    CHAINSIM_EXPECT(!failure_, "a run without a solution has no results: " + failure_->message);
    return years_;
}

const YearRun& Run::year(int year) const {
    const auto found = std::find_if(years().begin(), years().end(),
                                    [year](const YearRun& run) { return run.year() == year; });
    CHAINSIM_EXPECT(found != years().end(), "the run has no year " + std::to_string(year));
    return *found;
}

std::string_view to_string(system::Outcome outcome) {
    switch (outcome) {
    case system::Outcome::solved:
        return "solved";
    case system::Outcome::infeasible:
        return "infeasible";
    case system::Outcome::unproductive:
        return "unproductive";
    case system::Outcome::not_converged:
        return "not_converged";
    }
    return {};
}

std::string_view to_string(system::BindingKind kind) {
    switch (kind) {
    case system::BindingKind::capacity:
        return "capacity";
    case system::BindingKind::feedstock:
        return "feedstock";
    case system::BindingKind::demand:
        return "demand";
    case system::BindingKind::surplus:
        return "surplus";
    case system::BindingKind::not_built:
        return "not_built";
    case system::BindingKind::off:
        return "off";
    }
    return {};
}

} // namespace chainsim::study
