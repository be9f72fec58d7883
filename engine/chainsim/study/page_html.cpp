#include <chainsim/io/markup.hpp>
#include <chainsim/study/detail/page_view.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/page.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>

namespace chainsim::study {

namespace {

using detail::ColumnView;
using detail::for_reader;
using detail::has_basis;
using detail::shown;
using detail::view_of;
using io::escaped_markup;
using table::Language;

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

/// Of a form that is to fit on two pages, in one column.
constexpr std::string_view small_style = R"(
@page { margin: 8mm 10mm; }
body { font-size: 7.5pt; line-height: 1.2; padding: 0; max-width: 190mm; }
h1 { font-size: 13pt; margin: 0; }
.subtitle { margin: 0 0 1mm; }
section { break-inside: avoid; }
h2 { font-size: 8.6pt; margin: 1.2mm 0 .4mm; }
th, td { padding: .25mm 1mm; }
td:first-child { min-width: 28mm; }
p.note { font-size: 7.2pt; margin: .3mm 0; }
p.unit { font-size: 7.2pt; margin: -3.4mm 0 .3mm; }
)";

std::string style_of(const Page& page) {
    std::string text(style);
    const auto set = [&text](std::string_view key, std::string_view value) {
        text.replace(text.find(key), key.size(), value);
    };
    set("ORIENTATION", page.is_landscape ? "landscape" : "portrait");
    set("WIDTH", page.is_landscape ? "275" : "188");
    return text + std::string(page.is_one_sheet ? dense_style : page.is_small ? small_style : "");
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

bool has_numbers_alone(const PagePart& part, std::size_t column) {
    return std::all_of(part.rows.begin(), part.rows.end(),
                       [column](const PageRow& row) { return row.cells[column].is_number; });
}

std::string html_part(const PagePart& part, Language language) {
    constexpr std::size_t narrow = 4;
    std::string out = fmt::format("<section id=\"{}\"{}>\n<h2>{}</h2>\n", escaped_markup(part.id),
                                  part.columns.size() > narrow ? " class=\"wide\"" : "",
                                  escaped_markup(detail::name_in(part.title, language)));
    if (!part.rows.empty()) {
        std::vector<ColumnView> views;
        std::set<std::string> shown_units;
        const auto shown_columns = detail::columns_of(part);
        views.reserve(part.columns.size());
        for (std::size_t c = 0; c < part.columns.size(); ++c) {
            views.push_back(view_of(part, c, language));
            if (views.back().is_number) {
                shown_units.insert(views.back().unit);
            }
        }
        const bool is_told_once = shown_units.size() == 1 && !shown_units.begin()->empty();
        if (is_told_once) {
            out += fmt::format(
                "<p class=\"unit\">{}</p>\n",
                escaped_markup(detail::fill("form_unit", language, *shown_units.begin())));
        }
        out += "<table><thead><tr>";
        for (const std::size_t c : shown_columns) {
            const bool plain = views[c].is_number;
            const auto unit = plain && !is_told_once ? views[c].unit : std::string();
            out += fmt::format("<th{}>{}{}</th>", has_numbers_alone(part, c) ? " class=\"n\"" : "",
                               escaped_markup(detail::heading_of(part, c, language)),
                               unit.empty() ? "" : " (" + escaped_markup(unit) + ")");
        }
        out += "</tr></thead><tbody>\n";
        for (const auto& row : part.rows) {
            out += row.level == 0 ? "<tr class=\"sum\">" : "<tr>";
            for (const std::size_t c : shown_columns) {
                const auto& cell = row.cells[c];
                if (views[c].is_number) {
                    const double value = for_reader(cell.value, cell.unit, language).number;
                    out += fmt::format("<td class=\"n\">{}</td>",
                                       cell.is_number ? table::reader_text(value) : "");
                    continue;
                }
                constexpr std::size_t short_word = 14;
                const auto text = shown(cell, language, has_basis(part));
                std::string kind(class_of(cell));
                if (c > 0 && table::display_width(text) <= short_word) {
                    kind += kind.empty() ? "s" : " s"; // a year or a status stays in one line
                }
                if (cell.is_number) {
                    kind = "n";
                }
                out += fmt::format("<td{}>{}</td>",
                                   kind.empty() ? kind : fmt::format(" class=\"{}\"", kind),
                                   escaped_markup(text));
            }
            out += "</tr>\n";
        }
        out += "</tbody></table>\n";
    }
    for (const auto& note : part.notes) {
        out += fmt::format("<p class=\"note\">{}</p>\n",
                           escaped_markup(detail::name_in(note, language)));
    }
    return out + "</section>\n";
}

} // namespace

std::string page_html(const Page& page, Language language) {
    const auto title = escaped_markup(detail::name_in(page.title, language));
    std::string out =
        fmt::format("<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<title>{}</title>\n<style>{}</style></head>\n<body>\n<h1>{}</h1>\n",
                    language == Language::zh ? "zh-CN" : "en", title, style_of(page), title);
    if (!page.subtitle.en.empty()) {
        out += fmt::format("<p class=\"subtitle\">{}</p>\n",
                           escaped_markup(detail::name_in(page.subtitle, language)));
    }
    for (const auto& part : page.parts) {
        out += html_part(part, language);
    }
    for (const auto& note : page.notes) {
        out += fmt::format("<p class=\"note\">{}</p>\n",
                           escaped_markup(detail::name_in(note, language)));
    }
    out += fmt::format("<p class=\"note\">{}</p>\n",
                       escaped_markup(table::say("page_basis", language)));
    return out + "</body></html>\n";
}

} // namespace chainsim::study
