#pragma once

#include <chainsim/model/model.hpp>
#include <chainsim/model/plant_group.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::model {

/// What an indicator counts and in which unit, whether or not a district has any of it to count.
struct IndicatorKind {
    std::string id;
    std::string unit;   ///< "tce", "CNY", "t", "1" ...; counted over a year
    std::string factor; ///< the factor of the library without which it is not counted, or empty
};

/// Whether a year of it is the sum of its months: a quotient, a share and a stock are not.
[[nodiscard]] bool adds_up_over_months(const IndicatorKind& kind);

/// Every indicator that the accounts can give over a library, by id: what a policy may bound.
/// `capacity_X`, `made_X`, `sold_X` and `local_conversion_X` are there for each commodity X that is
/// no service, no waste and not free, `water_taken_X` for each water that comes from nature; for
/// each technology T `unit_fuel_T`, `unit_power_T` and `unit_water_T`, of one that makes power
/// `installed_power_T`, and for each variant P of one `share_P` and `smallest_capacity_P`; and for
/// each group of plants G the accounts of `group_accounts`, as `energy_equivalent_of_G`.
[[nodiscard]] std::vector<IndicatorKind> indicator_kinds(const Model& model,
                                                         const Registry<PlantGroup>& groups = {});

/// Whether the accounts count what is made and sold of it.
[[nodiscard]] bool is_counted_product(const Commodity& commodity);

/// Electricity of any origin: what is counted in MWh.
[[nodiscard]] bool is_power(const Commodity& commodity);

/// Water that is free: it comes from nature.
[[nodiscard]] bool is_water_source(const Commodity& commodity);

} // namespace chainsim::model
