#pragma once

#include <chainsim/base/source_location.hpp>
#include <chainsim/input/findings.hpp>
#include <chainsim/input_output/matrix.hpp>
#include <chainsim/parallel/executor.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::input_output {

/// What a row or column stands for: a sector of a region, a category of final demand, a satellite.
struct Label {
    std::string region; ///< empty in a table of one region
    std::string name;

    friend bool operator==(const Label&, const Label&) = default;
};

/// "region / name", or the name alone.
[[nodiscard]] std::string to_string(const Label& label);

/// A matrix of numbers with its labels, and where each stands in its file.
// NOLINTNEXTLINE(bugprone-exception-escape): see Matrix
struct Sheet {
    std::string file;
    std::vector<Label> rows;    ///< none: the file has no labels (Matrix Market)
    std::vector<Label> columns; ///< likewise
    std::vector<int> row_lines;
    int header_line = 1;
    std::vector<int> column_places; ///< characters of the header line, from 1
    Matrix values;

    [[nodiscard]] bool is_labelled() const { return !rows.empty(); }
    /// Where a row begins; the file where it has no labels.
    [[nodiscard]] SourceLocation row_place(std::size_t row) const;
    [[nodiscard]] SourceLocation column_place(std::size_t column) const;
};

/// Reads a matrix; what is wrong is noted in the findings, and stands as zero.
///
/// Either of:
/// - Matrix Market, coordinate or array, real or integer, general or symmetric: it has no labels.
/// - CSV, separated by tabs, commas or semicolons (whichever the first line has), UTF-8 with or
///   without byte order mark. Numbers may have thousands separators, 1,234.5, within quotes or
///   where the separator is no comma; an empty cell is 0; lines without any cell are left out.
///   There is one line of headings and one column of labels, but for two forms that pymrio writes:
///   a first cell `region` and a second `sector` begin two columns of labels; a first cell `region`
///   above `sector`, `category` or `stressor` begins two lines of headings, and perhaps a third one
///   that names the columns of labels. 地区, 部门 and 类别 will do as well.
///
/// Errors   IoError if the file cannot be read.
/// Threads  those of the executor.
/// Cost     some 30 ns a number and thread; the text and the numbers in memory at the same time.
/// Source   Stadler (2021), Pymrio, J. Open Research Software 9(1): 8; Boisvert, Pozo & Remington
///          (1996), NISTIR 5935.
[[nodiscard]] Sheet read_sheet(const std::filesystem::path& file, input::Findings& findings,
                               const parallel::Executor& executor);

/// The same of a text, as if it stood in `file`.
[[nodiscard]] Sheet parse_sheet(std::string_view text, std::string file, input::Findings& findings,
                                const parallel::Executor& executor);

} // namespace chainsim::input_output
