#include <chainsim/accounts/indicators.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace chainsim::accounts {

std::map<std::string, std::array<double, 5>> confidence_shares(const model::Scenario& scenario,
                                                               const system::System& system,
                                                               const system::Solution& solution) {
    const auto& indicators = system.indicators;
    const int columns = system.equations.columns();
    const int rows = system.equations.rows();
    Eigen::VectorXd amounts(columns + 4 * rows);
    amounts << solution.activity, solution.bought, solution.sold, solution.disposed,
        system.equations.demand;

    std::vector<std::array<double, 5>> by_row(indicators.info.size());
    for (const auto& term : indicators.terms) {
        auto confidence = term.confidence;
        if (term.column < columns) { // no surer than the capacity and the load that it rests on
            const auto facility = system.layout.columns[static_cast<std::size_t>(term.column)];
            const auto& plant = scenario.facilities[facility];
            confidence = std::max(
                {confidence, plant.capacity.provenance.confidence, plant.availability_confidence});
        }
        by_row[static_cast<std::size_t>(term.row)][static_cast<std::size_t>(confidence)] +=
            std::abs(term.weight * amounts[term.column]);
    }
    std::map<std::string, std::array<double, 5>> out;
    for (int i = 0; i < indicators.shown; ++i) {
        auto shares =
            by_row[static_cast<std::size_t>(indicators.evidence[static_cast<std::size_t>(i)])];
        shares[static_cast<std::size_t>(
            indicators.constant_confidence[static_cast<std::size_t>(i)])] +=
            std::abs(indicators.constant[i]);
        double total = 0.0;
        for (const double share : shares) {
            total += share;
        }
        if (total > 0.0) {
            for (double& share : shares) {
                share /= total;
            }
        }
        out.emplace(indicators.info[static_cast<std::size_t>(i)].id, shares);
    }
    return out;
}

} // namespace chainsim::accounts
