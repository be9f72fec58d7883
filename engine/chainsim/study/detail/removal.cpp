#include <chainsim/accounts/indicators.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/study/detail/removal.hpp>

#include <cstddef>
#include <utility>

namespace chainsim::study::detail {

namespace {

std::map<std::string, double> values_of(const system::System& system,
                                        const system::Solution& solution) {
    std::map<std::string, double> out;
    for (const auto& one : accounts::evaluate(system, solution)) {
        out.emplace(one.id, one.value);
    }
    return out;
}

} // namespace

Removal::Removal(const model::Scenario& scenario, int year)
    : system_(accounts::compile(scenario, year)), column_of_(scenario.facilities.size(), -1),
      dispatch_(system_.equations), base_(dispatch_.solve()) {
    CHAINSIM_EXPECT(base_.outcome == system::Outcome::solved, "a year without a solution");
    for (std::size_t c = 0; c < system_.layout.columns.size(); ++c) {
        column_of_[system_.layout.columns[c].value] = static_cast<int>(c);
    }
    values_ = values_of(system_, base_);
}

std::map<std::string, double>
Removal::of(const std::vector<model::Index<model::Facility>>& plants) {
    std::vector<std::pair<int, double>> kept;
    for (const auto plant : plants) {
        if (const int column = column_of(plant); column >= 0) {
            kept.emplace_back(column, system_.equations.capacity[column]);
            system_.equations.capacity[column] = 0.0;
        }
    }
    const auto solution = dispatch_.solve();
    std::map<std::string, double> out;
    if (solution.outcome == system::Outcome::solved) {
        out = values_of(system_, solution);
        for (auto& [id, value] : out) {
            value = values_.at(id) - value;
        }
    }
    for (const auto& [column, capacity] : kept) {
        system_.equations.capacity[column] = capacity;
    }
    return out;
}

} // namespace chainsim::study::detail
