#include <chainsim/model/plant_group.hpp>

#include <algorithm>

namespace chainsim::model {

bool PlantGroup::holds(const Facility& facility) const {
    return (park.empty() || facility.park == park) && facility.industry.starts_with(industry) &&
           (owner.empty() || facility.owner == owner) &&
           (plants.empty() || std::find(plants.begin(), plants.end(), facility.id) != plants.end());
}

const std::vector<GroupAccount>& group_accounts() {
    static const std::vector<GroupAccount> accounts{
        {"co2_enterprise", "t", "grid_co2_reporting", {"企业口径CO2", "CO2 as enterprises report"}},
        {"energy_calorific",
         "tce",
         "",
         {"综合能耗(当量值)", "energy consumption, calorific value"}},
        {"energy_equivalent",
         "tce",
         "electricity_equivalent",
         {"综合能耗(等价值)", "energy consumption, equivalent value"}},
        {"energy_intensity",
         "tce/万元",
         "electricity_equivalent",
         {"单位增加值能耗", "energy per value added"}},
        {"value_added",
         "CNY",
         "",
         {"增加值(基年价，按市场价)", "value added at market prices of the base year"}},
    };
    return accounts;
}

} // namespace chainsim::model
