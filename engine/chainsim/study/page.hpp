#pragma once

#include <chainsim/model/datum.hpp>
#include <chainsim/study/basis.hpp>
#include <chainsim/table/language.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chainsim::study {

/// What a figure was made from.
struct TraceInput {
    std::string id; ///< as the formula names it
    double value = 0.0;
    std::string unit;
    std::string source; ///< where it comes from: another cell, an indicator, a publication
};

/// How a figure was made.
struct Trace {
    std::string formula;
    std::vector<TraceInput> inputs;
    std::string source; ///< of the rule or the figure, or empty
};

/// One value of a page: a number with its unit, or a word.
struct PageCell {
    bool is_number = false;
    double value = 0.0; ///< NaN: not known
    std::string unit;   ///< of the engine; what a reader sees is scaled
    std::string id;     ///< the word as programs read it; empty: the text itself
    model::Name text;
    Trace trace;
    Basis basis = Basis::planned; ///< of a number
};

[[nodiscard]] PageCell amount_cell(double value, std::string unit, Trace trace = {});
/// The same number, which is not planned: it is marked wherever no column says so.
[[nodiscard]] PageCell based(PageCell cell, Basis basis);
/// A name, or a sentence of the catalogue in both languages.
[[nodiscard]] PageCell word_cell(model::Name text, std::string id = {}, Trace trace = {});
/// What is the same in both languages.
[[nodiscard]] PageCell plain_cell(const std::string& text, Trace trace = {});

struct PageRow {
    std::string id;
    std::vector<PageCell> cells; ///< one a column
    int level = 1;               ///< 0: bold, a sum or a result
};

/// A table of a page; a cell is addressed as PART.ROW.COLUMN.
struct PagePart {
    std::string id;
    model::Name title;
    std::vector<std::string> columns; ///< ids, of which the catalogue has the headings
    std::vector<PageRow> rows;
    std::vector<model::Name> notes;      ///< below the table
    std::vector<model::Name> headings{}; ///< of columns that the catalogue does not name, or none
};

/// A form of the planner's desk: once made, shown as text, JSON, HTML or a workbook, and explained
/// cell by cell.
struct Page {
    std::string schema;
    std::string scenario; ///< id
    model::Name title;
    model::Name subtitle;
    std::vector<std::pair<std::string, PageCell>> head; ///< of the JSON document, and no cells
    std::vector<PagePart> parts;
    std::vector<model::Name> notes; ///< below all
    bool is_landscape = false;
    bool is_small = false;     ///< printed small, to fit on two pages
    bool is_one_sheet = false; ///< as a workbook: all parts below each other
};

/// `{schema, scenario, basis, HEAD..., PART: [{id, COLUMN: {value, unit} | text}]}`; null where a
/// number is not known. A number that is not planned has its own `basis`.
[[nodiscard]] std::string page_json(const Page& page);
/// For a terminal of `width` columns; 0: no limit.
[[nodiscard]] std::string page_text(const Page& page, table::Language language, std::size_t width);
/// One file that needs nothing else, to be read or printed on A4.
[[nodiscard]] std::string page_html(const Page& page, table::Language language);
/// One sheet a part, or one of all.
///
/// Errors  IoError with the path and the reason.
void write_page_workbook(const Page& page, const std::filesystem::path& file,
                         table::Language language);

/// How a cell was made: its value, formula, inputs and source.
///
/// Errors  InputError for an address that the page does not have, with the nearest one.
[[nodiscard]] std::string explain(const Page& page, std::string_view cell,
                                  table::Language language);

} // namespace chainsim::study
