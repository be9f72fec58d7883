#pragma once

#include <chainsim/io/xlsx.hpp>
#include <chainsim/study/run.hpp>
#include <chainsim/table/language.hpp>

#include <filesystem>
#include <vector>

namespace chainsim::study {

/// A run as a planner would file it: what it is, per year the energy balance in physical units and
/// in standard coal, the bridge, the accounts over the years, policies, replacement and offsets,
/// product standards, water quotas, plants, projects and their returns.
///
/// Errors  ContractError if the run has no solution.
[[nodiscard]] std::vector<io::Sheet> workbook(const Run& run, table::Language language);

/// Writes it.  Errors  as `workbook` and `io::write_xlsx`.
void write_workbook(const Run& run, const std::filesystem::path& file, table::Language language);

} // namespace chainsim::study
