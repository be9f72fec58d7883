#include <chainsim/accounts/detail/enterprise_carbon.hpp>
#include <chainsim/accounts/facility_carbon.hpp>

namespace chainsim::accounts {

std::vector<FacilityCarbon> facility_carbon(const model::Scenario& scenario,
                                            const system::System& system,
                                            const system::Solution& solution) {
    const detail::EnterpriseCarbon carbon(scenario, system);
    std::vector<FacilityCarbon> out;
    if (!carbon.is_known()) {
        return out;
    }
    for (int f = 0; f < system.equations.columns(); ++f) {
        const double activity = solution.activity[f];
        if (activity <= 0.0) {
            continue;
        }
        const auto parts = carbon.of(f);
        FacilityCarbon one;
        one.facility = system.layout.columns[static_cast<std::size_t>(f)];
        one.direct = activity * parts.direct.value.value();
        one.power = activity * parts.power.value.value();
        one.heat = activity * parts.heat.value.value();
        one.total = one.direct + one.power + one.heat;
        out.push_back(one);
    }
    return out;
}

} // namespace chainsim::accounts
