#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/io/xlsx.hpp>
#include <chainsim/study/detail/analysis_json.hpp>
#include <chainsim/study/detail/basis_text.hpp>
#include <chainsim/study/detail/page_view.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/page.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace chainsim::study {

namespace {

using detail::for_reader;
using detail::has_basis;
using detail::Json;
using detail::number_of;
using detail::shown;
using detail::view_of;
using table::Language;
using table::Table;

/// A part as a table: columns of numbers where all of them have one unit, else text with units.
Table table_of(const PagePart& part, Language language) {
    std::vector<table::Column> columns;
    std::vector<bool> is_number;
    std::set<std::string> named;
    const auto shown_columns = detail::columns_of(part);
    for (const std::size_t c : shown_columns) {
        auto view = view_of(part, c, language);
        is_number.push_back(view.is_number);
        auto name = c < part.headings.size() && !part.headings[c].en.empty()
                        ? detail::heading_of(part, c, language)
                        : part.columns[c];
        while (!named.insert(name).second) {
            name += "'";
        }
        columns.push_back(view.is_number ? table::number_column(name, std::move(view.unit))
                                         : table::text_column(name));
    }
    Table out(part.id, std::move(columns));
    for (const auto& row : part.rows) {
        std::vector<table::Cell> cells;
        for (std::size_t i = 0; i < shown_columns.size(); ++i) {
            const auto& cell = row.cells[shown_columns[i]];
            if (is_number[i]) {
                cells.emplace_back(cell.is_number
                                       ? for_reader(cell.value, cell.unit, language).number
                                       : table::absent);
            } else {
                const auto text = shown(cell, language, has_basis(part));
                cells.emplace_back(cell.is_number ? table::whole(text) : text);
            }
        }
        out.append(std::move(cells));
    }
    return out;
}

Json cell_json(const PageCell& cell) {
    if (cell.is_number) {
        Json out{{"value", detail::number(cell.value)}, {"unit", cell.unit}};
        if (cell.basis != Basis::planned) {
            out["basis"] = to_string(cell.basis);
        }
        return out;
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
                    if (cell.basis != Basis::planned) {
                        said.push_back(detail::basis_word(cell.basis, language));
                    }
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
    line(1, {}, table::absent, {}, std::string(table::say("page_basis", language)));
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
    return {true, value, std::move(unit), {}, {}, std::move(trace), Basis::planned};
}

PageCell based(PageCell cell, Basis basis) {
    cell.basis = basis;
    return cell;
}

PageCell word_cell(model::Name text, std::string id, Trace trace) {
    return {false,         table::absent, {}, std::move(id), std::move(text), std::move(trace),
            Basis::planned};
}

PageCell plain_cell(const std::string& text, Trace trace) {
    return word_cell({text, text}, {}, std::move(trace));
}

std::string page_json(const Page& page) {
    Json document{
        {"schema", page.schema}, {"scenario", page.scenario}, {"basis", to_string(Basis::planned)}};
    for (const auto& [key, cell] : page.head) {
        const bool is_year = cell.is_number && cell.unit.empty();
        document[key] = !is_year                 ? cell_json(cell)
                        : std::isnan(cell.value) ? Json(nullptr)
                                                 : Json(static_cast<int>(cell.value));
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
    out += '\n';
    for (const auto& note : page.notes) {
        out += detail::name_in(note, language) + '\n';
    }
    return out + std::string(table::say("page_basis", language)) + '\n';
}

void write_page_workbook(const Page& page, const std::filesystem::path& file, Language language) {
    std::vector<io::Sheet> sheets;
    if (page.is_one_sheet) {
        sheets.push_back(one_sheet(page, language));
        io::write_xlsx(file, sheets, language);
        return;
    }
    const std::string basis(table::say("page_basis", language));
    for (const auto& part : page.parts) {
        io::Sheet sheet;
        sheet.title = fmt::format("{} · {}", detail::name_in(page.title, language),
                                  detail::name_in(part.title, language));
        sheet.name = fmt::format("{} {}", sheets.size() + 1, part.id);
        sheet.name.resize(std::min<std::size_t>(sheet.name.size(), 31));
        std::vector<std::string> notes;
        notes.reserve(part.notes.size() + 1);
        for (const auto& note : part.notes) {
            notes.push_back(detail::name_in(note, language));
        }
        notes.push_back(basis);
        sheet.remark = fmt::format("{}", fmt::join(notes, " "));
        sheet.table = table_of(part, language);
        sheet.levels.reserve(part.rows.size());
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
        parts.reserve(page.parts.size());
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
        out += fmt::format("  ({} {}, {})", table::exact_text(found->value), found->unit,
                           detail::basis_word(found->basis, language));
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
