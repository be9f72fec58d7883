#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/fields_reference.hpp>

#include <array>

namespace chainsim::load {

std::string fields_reference() {
    using namespace detail; // the names of all tables
    static constexpr std::string_view head =
        "# What input files may contain\n"
        "\n"
        "Written by `chainsim fields` from the tables that the reader itself uses; a test compares "
        "this page\n"
        "with them. A key that is not listed here is refused.\n"
        "\n"
        "A *quantity* is a number with its unit: `3250 kWh/t`, `95 %`, `320 万吨/年`. A *datum* is "
        "a quantity alone,\n"
        "or the map of [datum](#datum). A *path* is a datum, or the map of [path](#path). Units of "
        "amounts follow\n"
        "those of the commodities: \"per unit\" is per unit of account of the commodity.\n";
    const std::array tables{
        &models_file_table,
        &name_table,
        &datum_table,
        &path_table,
        &source_table,
        &commodity_table,
        &family_table,
        &technology_table,
        &process_table,
        &input_table,
        &output_table,
        &minimum_table,
        &standard_table,
        &price_table,
        &factor_table,
        &feedstock_use_table,
        &unit_standard_table,
        &limits_table,
        &grades_table,
        &pollutant_table,
        &emission_level_table,
        &water_quota_table,
        &quota_edition_table,
        &energy_carrier_table,
        &energy_transformation_table,
        &energy_medium_table,
        &carbon_guideline_table,
        &economy_table,
        &industry_table,
        &park_norm_table,
        &review_rule_table,
        &chain_table,
        &study_file_table,
        &region_table,
        &statistic_table,
        &sector_table,
        &market_table,
        &buy_table,
        &sell_table,
        &facility_table,
        &override_table,
        &project_table,
        &retrofit_table,
        &plant_group_table,
        &budget_table,
        &substation_table,
        &freight_route_table,
        &policy_table,
        &period_table,
        &period_base_table,
        &ledger_source_table,
        &ledger_rule_table,
        &target_table,
        &improvement_table,
        &assumption_table,
        &decision_rules_table,
        &decision_group_table,
        &size_step_table,
        &scenario_table,
        &sections_table,
    };
    return std::string(head) + input::reference_page(tables);
}

} // namespace chainsim::load
