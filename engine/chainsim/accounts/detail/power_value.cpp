#include <chainsim/accounts/detail/power_value.hpp>

#include <string>

namespace chainsim::accounts::detail {

std::optional<Figure> equivalent_of_power(const model::Scenario& scenario, int year) {
    const auto* period = model::period_of(scenario.periods, year);
    const std::string id =
        period == nullptr ? "electricity_equivalent" : period->electricity_equivalent;
    const auto& factors = scenario.model.factors;
    if (!factors.contains(id)) {
        return std::nullopt;
    }
    const auto& path = factors.at(id).path;
    return Figure{path.at(year).in("tce/MWh"), path.confidence_at(year)};
}

} // namespace chainsim::accounts::detail
