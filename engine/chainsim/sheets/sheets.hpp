#pragma once

#include <chainsim/base/diagnostic.hpp>
#include <chainsim/model/scenario.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::sheets {

/// A file, relative to the folder that holds all of them.
struct File {
    std::string path;
    std::string text;
};

/// The input files of a scenario as tables for a spreadsheet, without loss (but for remarks):
///
///   files.csv           every file: path, format, whether it is the scenario that was opened
///   settings.csv        what is no record: file, path of keys, value
///   SECTION.csv         the records of a section (commodities, processes, facilities, ...): file,
///                       id, and a column for each path of keys below them
///   SECTION.KEY.csv     records within records (processes.inputs): file, id, key, and columns
///   other paths         files that are tables already, as they are
///
/// A cell is a text as YAML has it: `3250 kWh/t`. One that begins with ' is a text whatever it
/// looks like, `~` is nothing, a list of texts stands in one cell between ` | `.
///
/// Errors  InputError if an input is no YAML: what was loaded always is.
[[nodiscard]] std::vector<File> to_sheets(const std::vector<model::InputFile>& inputs,
                                          const std::string& main_input, bool byte_order_mark);

/// Files made of tables, and from which cell each of their lines comes.
class Imported {
public:
    std::vector<File> files;
    std::string main_input;

    /// What is said of lines of the files, as said of the cells that they come from.
    [[nodiscard]] std::vector<Diagnostic> of_cells(std::vector<Diagnostic> diagnostics) const;

    /// By path of a file: the cell of each line, from line 1.
    std::map<std::string, std::vector<SourceLocation>> cells;
};

/// The files that a folder of such tables stands for. Whether they make a scenario is for the
/// loader to say.
///
/// Errors  InputError with file, line and column of each cell that is wrong; IoError.
[[nodiscard]] Imported from_sheets(const std::filesystem::path& folder);

} // namespace chainsim::sheets
