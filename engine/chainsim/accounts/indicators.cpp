#include <chainsim/accounts/detail/accounts.hpp>
#include <chainsim/accounts/indicators.hpp>

#include <algorithm>

namespace chainsim::accounts {

system::System compile(const model::Scenario& scenario, int year) {
    auto system = system::compile(scenario, year);
    detail::Book book(scenario, system);
    detail::count_energy(book);
    detail::count_dual_control(book);
    detail::count_carbon(book);
    detail::count_enterprises(book);
    detail::count_water(book);
    detail::count_pollutants(book);
    detail::count_solid_waste(book);
    detail::count_money(book);
    detail::count_income(book);
    detail::count_chain(book);
    detail::count_technologies(book);
    detail::count_projects(book);
    detail::count_groups(book);
    book.finish();
    return system;
}

std::vector<IndicatorValue> evaluate(const system::System& system,
                                     const system::Solution& solution) {
    const auto& indicators = system.indicators;
    const Eigen::VectorXd values = indicators.values(system.equations, solution);
    std::vector<IndicatorValue> out;
    for (int i = 0; i < indicators.shown; ++i) {
        const auto& info = indicators.info[static_cast<std::size_t>(i)];
        out.push_back({info.id, info.name, info.unit, values[i]});
    }
    for (const auto& ratio : indicators.ratios) {
        if (values[ratio.denominator] > 0.0) {
            out.push_back({ratio.info.id, ratio.info.name, ratio.info.unit,
                           ratio.factor * values[ratio.numerator] / values[ratio.denominator]});
        }
    }
    for (const auto& kinked : indicators.kinked) {
        double value = kinked.row < 0 ? 0.0 : values[kinked.row];
        for (const auto& [row, share] : kinked.positive) {
            value += share.value() * std::max(0.0, values[row]);
        }
        out.push_back({kinked.info.id, kinked.info.name, kinked.info.unit, value});
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return out;
}

} // namespace chainsim::accounts
