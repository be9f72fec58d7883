#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/io/xlsx.hpp>
#include <chainsim/study/detail/analysis_json.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/page.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <tuple>

namespace chainsim::study {

namespace {

using detail::for_reader;
using detail::Json;
using table::Language;
using table::Table;

/// The unit that all numbers of a column have; nothing where they differ, or there is none.
std::optional<std::string> common_unit(const PagePart& part, std::size_t column) {
    std::optional<std::string> unit;
    for (const auto& row : part.rows) {
        const auto& cell = row.cells[column];
        if (!cell.is_number) {
            if (!cell.text.en.empty()) {
                return std::nullopt;
            }
            continue;
        }
        if (unit && *unit != cell.unit) {
            return std::nullopt;
        }
        unit = cell.unit;
    }
    return unit;
}

/// A number and its unit, as a reader is used to: a share in per cent.
std::pair<double, std::string> number_of(const PageCell& cell, Language language) {
    constexpr double percent = 100.0;
    if (cell.unit == "1") {
        return {percent * cell.value, "%"};
    }
    auto [number, unit] = for_reader(cell.value, cell.unit, language);
    // By itself a small amount is told in its own unit: 716 t, and not 0.0716 of ten thousand.
    constexpr double least_scaled = 0.1;
    if (number != 0.0 && std::abs(number) < least_scaled) {
        if (cell.unit == "t") {
            return {cell.value, language == Language::en ? "t" : "吨"};
        }
        if (cell.unit == "tce") {
            return {cell.value, language == Language::en ? "tce" : "吨标煤"};
        }
    }
    return {number, std::move(unit)};
}

std::string amount_of(const PageCell& cell, Language language) {
    const auto [number, unit] = number_of(cell, language);
    if (std::isnan(number)) {
        return "-";
    }
    if (cell.unit == "1") {
        return table::percent_text(cell.value);
    }
    if (cell.unit == "year") {
        return fmt::format("{:.0f}", cell.value);
    }
    return unit.empty() ? table::reader_text(number)
                        : fmt::format("{} {}", table::reader_text(number), unit);
}

std::string shown(const PageCell& cell, Language language) {
    return cell.is_number ? amount_of(cell, language) : detail::name_in(cell.text, language);
}

bool is_plain_number(const std::optional<std::string>& unit) {
    return unit && *unit != "1" && *unit != "year";
}

/// A part as a table: columns of numbers where all of them have one unit, else text with units.
Table table_of(const PagePart& part, Language language) {
    std::vector<table::Column> columns;
    std::vector<bool> is_number;
    for (std::size_t c = 0; c < part.columns.size(); ++c) {
        const auto unit = common_unit(part, c);
        is_number.push_back(is_plain_number(unit));
        columns.push_back(
            is_number.back()
                ? table::number_column(part.columns[c], for_reader(0.0, *unit, language).unit)
                : table::text_column(part.columns[c]));
    }
    Table out(part.id, std::move(columns));
    for (const auto& row : part.rows) {
        std::vector<table::Cell> cells;
        for (std::size_t c = 0; c < row.cells.size(); ++c) {
            const auto& cell = row.cells[c];
            if (is_number[c]) {
                cells.emplace_back(cell.is_number
                                       ? for_reader(cell.value, cell.unit, language).number
                                       : table::absent);
            } else {
                const auto text = shown(cell, language);
                cells.emplace_back(cell.is_number ? table::whole(text) : text);
            }
        }
        out.append(std::move(cells));
    }
    return out;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char one : text) {
        switch (one) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += one;
        }
    }
    return out;
}

constexpr std::string_view style = R"(
@page { size: A4 ORIENTATION; margin: 10mm 11mm; }
* { box-sizing: border-box; }
body { font: 8.4pt/1.32 "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei",
       "PingFang SC", sans-serif; color: #111; max-width: WIDTHmm; margin: 0 auto; padding: 4mm 0; }
@media print { body { padding: 0; max-width: none; } }
h1 { font-size: 14pt; margin: 0; text-align: center; letter-spacing: .02em; }
.subtitle { text-align: center; color: #444; margin: .6mm 0 1.6mm; }
h2 { font-size: 9.4pt; margin: 2.2mm 0 .7mm; padding-left: 2mm; border-left: 1.2mm solid #1f4e79;
     break-after: avoid; }
table { width: 100%; border-collapse: collapse; break-inside: auto; }
th, td { border: .2mm solid #9aa5b1; padding: .35mm 1.3mm; text-align: left;
         vertical-align: top; overflow-wrap: anywhere; }
th { background: #e8eef5; font-weight: 600; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
tr.sum td { font-weight: 700; background: #f5f7fa; }
.bad { color: #a40000; font-weight: 700; }
.good { color: #1b5e20; }
.open { color: #7a5200; }
p.unit { text-align: right; margin: -4mm 0 .4mm; color: #333; font-size: 7.6pt; }
td.s { white-space: nowrap; }
td:first-child { min-width: 34mm; }
p.note { margin: .5mm 0; color: #333; font-size: 7.6pt; }
)";

/// Of a form that is to fit on one page: two columns, wide tables across both.
constexpr std::string_view dense_style = R"(
@page { margin: 6mm 8mm; }
body { font-size: 6.5pt; line-height: 1.2; columns: 2; column-gap: 4mm; padding: 0; max-width: 194mm; }
h1 { font-size: 11pt; column-span: all; }
.subtitle { column-span: all; margin: 0 0 .5mm; }
section.wide { column-span: all; }
td:first-child { min-width: 13mm; }
section { break-inside: avoid; }
h2 { font-size: 7.4pt; margin: 1mm 0 .3mm; }
th, td { padding: .05mm .8mm; }
td.n { white-space: normal; }
p.note { font-size: 6.2pt; margin: .2mm 0; }
p.unit { font-size: 6.2pt; margin: -2.8mm 0 .2mm; }
td.s { white-space: normal; }
)";

std::string style_of(const Page& page) {
    std::string text(style);
    const auto set = [&text](std::string_view key, std::string_view value) {
        text.replace(text.find(key), key.size(), value);
    };
    set("ORIENTATION", page.is_landscape ? "landscape" : "portrait");
    set("WIDTH", page.is_landscape ? "275" : "188");
    return page.is_one_sheet ? text + std::string(dense_style) : text;
}

/// How a word is coloured; also told by the word itself, for those who print in black.
std::string_view class_of(const PageCell& cell) {
    constexpr std::array<std::string_view, 6> bad{"missed",    "red",      "barred",
                                                  "uncovered", "backward", "advice_missed"};
    constexpr std::array<std::string_view, 5> open{"undetermined", "orange", "needed",
                                                   "illustration", "recalled"};
    constexpr std::array<std::string_view, 3> good{"met", "green", "advice_kept"};
    const auto is_one_of = [&cell](const auto& list) {
        return std::find(list.begin(), list.end(), cell.id) != list.end();
    };
    return is_one_of(bad) ? "bad" : is_one_of(open) ? "open" : is_one_of(good) ? "good" : "";
}

std::string html_part(const PagePart& part, Language language) {
    constexpr std::size_t narrow = 4;
    std::string out = fmt::format("<section id=\"{}\"{}>\n<h2>{}</h2>\n", escaped(part.id),
                                  part.columns.size() > narrow ? " class=\"wide\"" : "",
                                  escaped(detail::name_in(part.title, language)));
    if (!part.rows.empty()) {
        std::vector<std::optional<std::string>> units;
        std::set<std::string> shown_units;
        for (std::size_t c = 0; c < part.columns.size(); ++c) {
            units.push_back(common_unit(part, c));
            if (is_plain_number(units.back())) {
                shown_units.insert(for_reader(0.0, *units.back(), language).unit);
            }
        }
        const bool is_told_once = shown_units.size() == 1 && !shown_units.begin()->empty();
        if (is_told_once) {
            out += fmt::format("<p class=\"unit\">{}</p>\n",
                               escaped(detail::fill("form_unit", language, *shown_units.begin())));
        }
        out += "<table><thead><tr>";
        for (std::size_t c = 0; c < part.columns.size(); ++c) {
            const bool plain = is_plain_number(units[c]);
            const auto unit =
                plain && !is_told_once ? for_reader(0.0, *units[c], language).unit : std::string();
            out += fmt::format("<th{}>{}{}</th>", plain ? " class=\"n\"" : "",
                               escaped(table::heading(part.columns[c], language)),
                               unit.empty() ? "" : " (" + escaped(unit) + ")");
        }
        out += "</tr></thead><tbody>\n";
        for (const auto& row : part.rows) {
            out += row.level == 0 ? "<tr class=\"sum\">" : "<tr>";
            for (std::size_t c = 0; c < row.cells.size(); ++c) {
                const auto& cell = row.cells[c];
                if (is_plain_number(units[c])) {
                    const double value = for_reader(cell.value, cell.unit, language).number;
                    out += fmt::format("<td class=\"n\">{}</td>",
                                       cell.is_number ? table::reader_text(value) : "");
                    continue;
                }
                constexpr std::size_t short_word = 14;
                const auto text = shown(cell, language);
                std::string kind(class_of(cell));
                if (c > 0 && table::display_width(text) <= short_word) {
                    kind += kind.empty() ? "s" : " s"; // a year or a status stays in one line
                }
                if (cell.is_number) {
                    kind = "n";
                }
                out += fmt::format("<td{}>{}</td>",
                                   kind.empty() ? kind : fmt::format(" class=\"{}\"", kind),
                                   escaped(text));
            }
            out += "</tr>\n";
        }
        out += "</tbody></table>\n";
    }
    for (const auto& note : part.notes) {
        out += fmt::format("<p class=\"note\">{}</p>\n", escaped(detail::name_in(note, language)));
    }
    return out + "</section>\n";
}

Json cell_json(const PageCell& cell) {
    if (cell.is_number) {
        return {{"value", detail::number(cell.value)}, {"unit", cell.unit}};
    }
    if (!cell.id.empty()) {
        return cell.id;
    }
    return cell.text.zh == cell.text.en ? Json(cell.text.en) : detail::name(cell.text);
}

/// All parts below each other, one value a line.
io::Sheet one_sheet(const Page& page, Language language) {
    io::Sheet sheet;
    sheet.name = page.schema.substr(page.schema.find('.') + 1);
    sheet.name.resize(std::min(sheet.name.find('/'), sheet.name.size()));
    sheet.is_one_page = true;
    sheet.title = detail::name_in(page.title, language);
    sheet.remark = detail::name_in(page.subtitle, language);
    sheet.table = Table(sheet.name, {table::text_column("item"), table::number_column("value"),
                                     table::text_column("unit"), table::text_column("remark")});
    const auto line = [&](int level, const std::string& item, double value, std::string unit,
                          std::string text) {
        sheet.table.append({item, value, std::move(unit), std::move(text)});
        sheet.levels.push_back(level);
    };
    for (const auto& part : page.parts) {
        line(0, detail::name_in(part.title, language), table::absent, {}, {});
        for (const auto& row : part.rows) {
            const auto item = shown(row.cells.front(), language);
            // The first number is the value; all else is said beside it.
            double value = table::absent;
            std::string unit;
            std::vector<std::string> said;
            bool has_value = false;
            for (std::size_t c = 1; c < row.cells.size(); ++c) {
                const auto& cell = row.cells[c];
                if (cell.is_number && !has_value) {
                    std::tie(value, unit) = number_of(cell, language);
                    has_value = true;
                } else if (const auto text = shown(cell, language); !text.empty()) {
                    const bool is_named = part.columns[c] != "remark" && part.columns.size() > 3;
                    said.push_back(
                        is_named
                            ? fmt::format("{} {}", table::heading(part.columns[c], language), text)
                            : text);
                }
            }
            line(1, item, value, std::move(unit), fmt::format("{}", fmt::join(said, "; ")));
        }
        for (const auto& note : part.notes) {
            line(1, {}, table::absent, {}, detail::name_in(note, language));
        }
    }
    return sheet;
}

std::vector<std::string> addresses(const Page& page) {
    std::vector<std::string> out;
    for (const auto& part : page.parts) {
        for (const auto& row : part.rows) {
            for (const auto& column : part.columns) {
                out.push_back(fmt::format("{}.{}.{}", part.id, row.id, column));
            }
        }
    }
    return out;
}

const PageCell* find_cell(const Page& page, std::string_view address) {
    for (const auto& part : page.parts) {
        for (const auto& row : part.rows) {
            for (std::size_t c = 0; c < part.columns.size(); ++c) {
                if (address == fmt::format("{}.{}.{}", part.id, row.id, part.columns[c])) {
                    return &row.cells[c];
                }
            }
        }
    }
    return nullptr;
}

} // namespace

PageCell amount_cell(double value, std::string unit, Trace trace) {
    return {true, value, std::move(unit), {}, {}, std::move(trace)};
}

PageCell word_cell(model::Name text, std::string id, Trace trace) {
    return {false, table::absent, {}, std::move(id), std::move(text), std::move(trace)};
}

PageCell plain_cell(const std::string& text, Trace trace) {
    return word_cell({text, text}, {}, std::move(trace));
}

std::string page_json(const Page& page) {
    Json document{{"schema", page.schema}, {"scenario", page.scenario}};
    for (const auto& [key, cell] : page.head) {
        document[key] = cell.is_number && cell.unit.empty()
                            ? (std::isnan(cell.value) ? Json(nullptr) : Json(cell.value))
                            : cell_json(cell);
    }
    for (const auto& part : page.parts) {
        Json rows = Json::array();
        for (const auto& row : part.rows) {
            Json one{{"id", row.id}};
            for (std::size_t c = 0; c < part.columns.size(); ++c) {
                one[part.columns[c]] = cell_json(row.cells[c]);
            }
            rows.push_back(std::move(one));
        }
        document[part.id] = std::move(rows);
    }
    return document.dump(1) + '\n';
}

std::string page_text(const Page& page, Language language, std::size_t width) {
    std::string out = detail::name_in(page.title, language) + '\n';
    if (!page.subtitle.en.empty()) {
        out += detail::name_in(page.subtitle, language) + '\n';
    }
    for (const auto& part : page.parts) {
        out += '\n' + detail::name_in(part.title, language) + '\n';
        if (!part.rows.empty()) {
            out += table::to_text(table_of(part, language), {.language = language, .width = width});
        }
        for (const auto& note : part.notes) {
            out += detail::name_in(note, language) + '\n';
        }
    }
    out += page.notes.empty() ? "" : "\n";
    for (const auto& note : page.notes) {
        out += detail::name_in(note, language) + '\n';
    }
    return out;
}

std::string page_html(const Page& page, Language language) {
    const auto title = escaped(detail::name_in(page.title, language));
    std::string out =
        fmt::format("<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<title>{}</title>\n<style>{}</style></head>\n<body>\n<h1>{}</h1>\n",
                    language == Language::zh ? "zh-CN" : "en", title, style_of(page), title);
    if (!page.subtitle.en.empty()) {
        out += fmt::format("<p class=\"subtitle\">{}</p>\n",
                           escaped(detail::name_in(page.subtitle, language)));
    }
    for (const auto& part : page.parts) {
        out += html_part(part, language);
    }
    for (const auto& note : page.notes) {
        out += fmt::format("<p class=\"note\">{}</p>\n", escaped(detail::name_in(note, language)));
    }
    return out + "</body></html>\n";
}

void write_page_workbook(const Page& page, const std::filesystem::path& file, Language language) {
    std::vector<io::Sheet> sheets;
    if (page.is_one_sheet) {
        sheets.push_back(one_sheet(page, language));
        io::write_xlsx(file, sheets, language);
        return;
    }
    for (const auto& part : page.parts) {
        io::Sheet sheet;
        sheet.title = fmt::format("{} · {}", detail::name_in(page.title, language),
                                  detail::name_in(part.title, language));
        sheet.name = fmt::format("{} {}", sheets.size() + 1, part.id);
        sheet.name.resize(std::min<std::size_t>(sheet.name.size(), 31));
        std::vector<std::string> notes;
        for (const auto& note : part.notes) {
            notes.push_back(detail::name_in(note, language));
        }
        sheet.remark = fmt::format("{}", fmt::join(notes, " "));
        sheet.table = table_of(part, language);
        for (const auto& row : part.rows) {
            sheet.levels.push_back(row.level);
        }
        sheets.push_back(std::move(sheet));
    }
    io::write_xlsx(file, sheets, language);
}

std::string explain(const Page& page, std::string_view cell, Language language) {
    const auto* found = find_cell(page, cell);
    if (found == nullptr) {
        const auto known = addresses(page);
        const auto near = nearest(cell, known);
        std::vector<std::string> parts;
        for (const auto& part : page.parts) {
            parts.push_back(part.id);
        }
        throw InputError(
            {Diagnostic{{},
                        {},
                        fmt::format("no cell '{}'", cell),
                        near.empty() ? fmt::format("a cell is PART.ROW.COLUMN, with PART one of {}",
                                                   fmt::join(parts, ", "))
                                     : fmt::format("did you mean '{}'?", near),
                        {},
                        {}}});
    }
    std::string out = fmt::format("{} = {}", cell, shown(*found, language));
    if (found->is_number && !std::isnan(found->value)) {
        out += fmt::format("  ({} {})", table::exact_text(found->value), found->unit);
    }
    out += '\n';
    const auto& trace = found->trace;
    out +=
        fmt::format("{}: {}\n", table::say("explain_formula", language),
                    trace.formula.empty() ? table::say("explain_stated", language) : trace.formula);
    for (const auto& input : trace.inputs) {
        out += fmt::format("  {} = {}{}{}\n", input.id,
                           std::isnan(input.value)
                               ? std::string(table::say("explain_unknown", language))
                               : table::exact_text(input.value),
                           input.unit.empty() || input.unit == "1" ? "" : " " + input.unit,
                           input.source.empty() ? "" : "  [" + input.source + "]");
    }
    if (!trace.source.empty()) {
        out += fmt::format("{}: {}\n", table::say("explain_source", language), trace.source);
    }
    return out;
}

} // namespace chainsim::study
