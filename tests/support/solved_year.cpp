#include "support/solved_year.hpp"

#include <chainsim/base/error.hpp>

#include <algorithm>
#include <utility>

namespace chainsim::test {

SolvedYear::SolvedYear(const std::filesystem::path& scenario, int year)
    : SolvedYear(load::load_scenario(scenario), year) {}

SolvedYear::SolvedYear(model::Scenario scenario, int year)
    : scenario_(std::move(scenario)), system_(accounts::compile(scenario_, year)),
      solution_(solve::Dispatch(system_.equations).solve()) {}

accounts::DistrictClosure SolvedYear::closure() const {
    return accounts::closure(scenario_, system_, solution_);
}

int SolvedYear::row(std::string_view commodity) const {
    const auto index = scenario_.model.commodities.find(commodity);
    CHAINSIM_EXPECT(index.has_value(), "no commodity '" + std::string(commodity) + "'");
    const int row = system_.layout.row_of[index->value];
    CHAINSIM_EXPECT(row >= 0, "'" + std::string(commodity) + "' is not in use");
    return row;
}

int SolvedYear::column(std::string_view facility) const {
    const auto index = scenario_.facilities.find(facility);
    CHAINSIM_EXPECT(index.has_value(), "no facility '" + std::string(facility) + "'");
    return static_cast<int>(index->value);
}

double SolvedYear::activity(std::string_view facility) const {
    return solution_.activity[column(facility)];
}
double SolvedYear::capacity(std::string_view facility) const {
    return system_.equations.capacity[column(facility)];
}
system::BindingKind SolvedYear::binding(std::string_view facility) const {
    return solution_.binding[static_cast<std::size_t>(column(facility))].kind;
}
std::string SolvedYear::binding_commodity(std::string_view facility) const {
    const int r = solution_.binding[static_cast<std::size_t>(column(facility))].row;
    return r < 0 ? std::string{}
                 : scenario_.model.commodities[system_.layout.rows[static_cast<std::size_t>(r)]].id;
}

double SolvedYear::gross(std::string_view commodity, double sign, std::string_view process) const {
    const int r = row(commodity);
    double total = 0.0;
    for (std::size_t f = 0; f < system_.flows.size(); ++f) {
        const auto& facility = scenario_.facilities[system_.layout.columns[f]];
        if (!process.empty() && scenario_.model.processes[facility.process].id != process) {
            continue;
        }
        for (const auto& flow : system_.flows[f]) {
            if (flow.row == r) {
                total += std::max(sign * flow.amount.value(), 0.0) *
                         solution_.activity[static_cast<Eigen::Index>(f)];
            }
        }
    }
    return total;
}

double SolvedYear::produced(std::string_view commodity) const { return gross(commodity, 1.0, ""); }
double SolvedYear::consumed(std::string_view commodity) const { return gross(commodity, -1.0, ""); }
double SolvedYear::consumed_by(std::string_view process, std::string_view commodity) const {
    return gross(commodity, -1.0, process);
}
double SolvedYear::bought(std::string_view commodity) const {
    return solution_.bought[row(commodity)];
}
double SolvedYear::sold(std::string_view commodity) const { return solution_.sold[row(commodity)]; }
double SolvedYear::disposed(std::string_view commodity) const {
    return solution_.disposed[row(commodity)];
}

double SolvedYear::indicator(std::string_view id) const {
    const auto values = accounts::evaluate(system_, solution_);
    const auto found = std::find_if(values.begin(), values.end(),
                                    [&](const auto& value) { return value.id == id; });
    CHAINSIM_EXPECT(found != values.end(), "no indicator '" + std::string(id) + "'");
    return found->value;
}

const SolvedYear& solved_base() {
    static const SolvedYear year(source("scenarios/hainan/base_2020.yaml"), 2020);
    return year;
}

const SolvedYear& solved_plan() {
    static const SolvedYear year(source("scenarios/hainan/plan_2025.yaml"), 2025);
    return year;
}

} // namespace chainsim::test
