#include <chainsim/accounts/detail/factors.hpp>
#include <chainsim/accounts/detail/power_value.hpp>

#include <string>

namespace chainsim::accounts::detail {

std::optional<Figure> equivalent_of_power(const model::Scenario& scenario, int year) {
    const auto* period = model::period_of(scenario.periods, year);
    const std::string id =
        period == nullptr ? "electricity_equivalent" : period->electricity_equivalent;
    return factor_in(scenario, year, id, "tce/MWh");
}

} // namespace chainsim::accounts::detail
