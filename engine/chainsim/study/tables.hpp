#pragma once

#include <chainsim/study/run.hpp>
#include <chainsim/table/table.hpp>

#include <vector>

namespace chainsim::study {

/// The tables of a run, as they stand in its folder, all years below each other. One value a cell;
/// what has a unit of its own in each row states it in the column `unit`.
///
/// Errors  ContractError if the run has no solution.

/// Each input and output of each facility that runs. `tce` is the calorific value of energy
/// products, absent for all others.
[[nodiscard]] table::Table flows_table(const Run& run);
[[nodiscard]] table::Table facilities_table(const Run& run);
[[nodiscard]] table::Table commodities_table(const Run& run);
/// Each indicator, with the shares of its value that rest on figures of each confidence.
[[nodiscard]] table::Table indicators_table(const Run& run);
[[nodiscard]] table::Table policies_table(const Run& run);
/// Unit energy of each plant that a standard judges. `list` is the document of benchmark and
/// baseline, `edition` that of the levels; level 4 is not compliant, 0 unknown.
[[nodiscard]] table::Table products_table(const Run& run);
/// Every project, built or not; its capacity is that of the first facility that it lists, absent
/// for a project that the scenario leaves out.
[[nodiscard]] table::Table projects_table(const Run& run);

/// The regional energy balance: each line and carrier, in the physical unit and in standard coal;
/// carrier `total` sums a line. Without rows where the models name no energy carriers.
[[nodiscard]] table::Table energy_balance_table(const Run& run);
/// From the enterprises above scale to the whole society, term by term.
[[nodiscard]] table::Table energy_bridge_table(const Run& run);
/// Comprehensive energy consumption of each plant that runs, by GB/T 2589; `unit_energy` in kgce
/// per unit of its product.
[[nodiscard]] table::Table facility_energy_table(const Run& run);
[[nodiscard]] table::Table facility_carbon_table(const Run& run);
/// Accounts of the groups of plants, one row each.
[[nodiscard]] table::Table groups_table(const Run& run);
/// Debts of replacement and offset: of each rule and product the sum, without a project, and then
/// each project that it binds.
[[nodiscard]] table::Table ledgers_table(const Run& run);
/// Unit water of each plant that a quota judges.
[[nodiscard]] table::Table water_quotas_table(const Run& run);

/// All of them that have rows, by name.
[[nodiscard]] std::vector<table::Table> tables_of(const Run& run);

} // namespace chainsim::study
