#pragma once

#include <chainsim/input/field.hpp>

// What each record of the input accepts. One table per record; readers, unknown-key checks and the
// reference page are made from them.

namespace chainsim::load::detail {

// Parts that several records share.
extern const input::RecordTable name_table;
extern const input::RecordTable datum_table;
extern const input::RecordTable path_table;

// models/
extern const input::RecordTable models_file_table;
extern const input::RecordTable source_table;
extern const input::RecordTable commodity_table;
extern const input::RecordTable family_table;
extern const input::RecordTable technology_table;
extern const input::RecordTable process_table;
extern const input::RecordTable input_table;
extern const input::RecordTable output_table;
extern const input::RecordTable minimum_table;
extern const input::RecordTable standard_table;
extern const input::RecordTable price_table;
extern const input::RecordTable factor_table;
extern const input::RecordTable feedstock_use_table;
extern const input::RecordTable energy_carrier_table;
extern const input::RecordTable energy_transformation_table;
extern const input::RecordTable energy_medium_table;
extern const input::RecordTable carbon_guideline_table;
extern const input::RecordTable chain_table;
extern const input::RecordTable unit_standard_table;
extern const input::RecordTable limits_table;
extern const input::RecordTable grades_table;
extern const input::RecordTable economy_table;
extern const input::RecordTable industry_table;
extern const input::RecordTable park_norm_table;
extern const input::RecordTable review_rule_table;
extern const input::RecordTable pollutant_table;
extern const input::RecordTable emission_level_table;
extern const input::RecordTable water_quota_table;
extern const input::RecordTable quota_edition_table;

// scenarios/
extern const input::RecordTable study_file_table;
extern const input::RecordTable region_table;
extern const input::RecordTable statistic_table;
extern const input::RecordTable sector_table;
extern const input::RecordTable market_table;
extern const input::RecordTable buy_table;
extern const input::RecordTable sell_table;
extern const input::RecordTable facility_table;
extern const input::RecordTable override_table;
extern const input::RecordTable retrofit_table; ///< an override that begins with its project
extern const input::RecordTable project_table;
extern const input::RecordTable plant_group_table;
extern const input::RecordTable budget_table;
extern const input::RecordTable substation_table;
extern const input::RecordTable freight_route_table;
extern const input::RecordTable policy_table;
extern const input::RecordTable period_table;
extern const input::RecordTable period_base_table;
extern const input::RecordTable ledger_source_table;
extern const input::RecordTable ledger_rule_table;
extern const input::RecordTable target_table;
extern const input::RecordTable improvement_table;
extern const input::RecordTable assumption_table;
extern const input::RecordTable decision_rules_table;
extern const input::RecordTable decision_group_table;
extern const input::RecordTable size_step_table;
extern const input::RecordTable scenario_table;
extern const input::RecordTable sections_table; ///< of `changes` and `add`

} // namespace chainsim::load::detail
