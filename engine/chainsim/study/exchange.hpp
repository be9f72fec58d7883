#pragma once

#include <chainsim/study/run.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/table/language.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace chainsim::study {

/// A file for another program: its name, and what is in it.
struct ExportedFile {
    std::string name;
    std::string text;
};

/// The tables of a run, one CSV file each.
///
/// Errors  ContractError if the run has no solution.
[[nodiscard]] std::vector<ExportedFile> export_csv(const Run& run, bool byte_order_mark);

/// The compiled year as matrices in the Matrix Market format, with what their rows and columns are:
///   A.mtx            rows.csv x columns.csv: outputs less inputs, A of the balance
///   Q.mtx            indicators.csv x (columns, then bought, sold, disposed and demanded rows)
///   rows.csv         commodity, unit, demand, and the limits of its market (empty: none)
///   columns.csv      facility, process, product, unit, capacity
///   indicators.csv   id, unit, constant
[[nodiscard]] std::vector<ExportedFile> export_matrices(const Study& study, int year);

/// The network of a year as `chain.dot`, with what is made where the year has a solution.
[[nodiscard]] std::vector<ExportedFile> export_dot(const Study& study, int year,
                                                   table::Language language, bool everything);

/// A run as a netCDF file with the named dimensions year, indicator, facility and commodity:
/// `value`, `activity`, `capacity`, and the balance of each commodity; units and names beside them.
///
/// Errors  ContractError if the run has no solution; IoError with the path and the reason.
void export_netcdf(const Run& run, const std::filesystem::path& file);

/// The input files of a scenario as tables for a spreadsheet (`sheets::to_sheets`).
[[nodiscard]] std::vector<ExportedFile> export_sheets(const Study& study, bool byte_order_mark);

/// A district made of tables: how many files, and which of them is the scenario.
struct ImportedDistrict {
    std::size_t files = 0;
    std::filesystem::path scenario;
};

/// Makes the files that a folder of such tables stands for, in a folder that is new or empty. They
/// are read as any scenario is before they appear: all or nothing.
///
/// Errors  InputError at file, line and column of the tables; IoError with the path and the reason.
ImportedDistrict import_sheets(const std::filesystem::path& tables,
                               const std::filesystem::path& target);

/// Files as one JSON document: {files: [{name, text}]}.
[[nodiscard]] std::string export_json(const std::vector<ExportedFile>& files);

} // namespace chainsim::study
