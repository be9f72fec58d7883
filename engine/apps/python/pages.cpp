#include "bindings.hpp"

#include <algorithm>
#include <cstddef>
#include <set>

namespace chainsim::python {

namespace {

using study::Page;
using study::PageCell;
using study::PagePart;
using table::Column;

/// The word as programs read it.
std::string word_of(const PageCell& cell) { return cell.id.empty() ? cell.text.en : cell.id; }

/// A column of a part. Where its numbers have several units, or stand between words, these follow
/// in columns of theirs: NAME_unit, NAME_word.
void add_column(const PagePart& part, std::size_t at, std::vector<Column>& columns) {
    std::vector<double> numbers;
    std::vector<std::string> units;
    std::vector<std::string> words;
    std::set<std::string> known_units;
    std::size_t count = 0; // of numbers
    numbers.reserve(part.rows.size());
    units.reserve(part.rows.size());
    words.reserve(part.rows.size());
    for (const auto& row : part.rows) {
        const auto& cell = row.cells[at];
        numbers.push_back(cell.is_number ? cell.value : table::absent);
        units.push_back(cell.is_number ? cell.unit : std::string{});
        words.push_back(cell.is_number ? std::string{} : word_of(cell));
        if (cell.is_number) {
            known_units.insert(cell.unit);
            ++count;
        }
    }
    const auto& name = part.columns[at];
    if (count == 0) {
        columns.push_back({name, {}, std::move(words)});
        return;
    }
    const bool is_one = known_units.size() == 1;
    columns.push_back({name, is_one ? *known_units.begin() : "", std::move(numbers)});
    if (!is_one) {
        columns.push_back({name + "_unit", {}, std::move(units)});
    }
    if (count < part.rows.size()) {
        columns.push_back({name + "_word", {}, std::move(words)});
    }
}

table::Table table_of(const PagePart& part) {
    std::vector<std::string> ids;
    ids.reserve(part.rows.size());
    for (const auto& row : part.rows) {
        ids.push_back(row.id);
    }
    std::vector<Column> columns;
    // A part may have a column of that name itself.
    const bool has_id =
        std::find(part.columns.begin(), part.columns.end(), "id") != part.columns.end();
    columns.push_back({has_id ? "row" : "id", {}, std::move(ids)});
    for (std::size_t at = 0; at < part.columns.size(); ++at) {
        add_column(part, at, columns);
    }
    return {part.id, std::move(columns)};
}

py::dict tables_of(const Page& page) {
    py::dict out;
    for (const auto& part : page.parts) {
        out[py::str(part.id)] = shared(table_of(part));
    }
    return out;
}

py::dict head_of(const Page& page) {
    py::dict out;
    for (const auto& [id, cell] : page.head) {
        out[py::str(id)] = cell.is_number ? py::object(py::float_(cell.value))
                                          : py::object(py::str(word_of(cell)));
    }
    return out;
}

} // namespace

py::dict name_dict(const model::Name& name) {
    py::dict out;
    out["zh"] = name.zh;
    out["en"] = name.en;
    return out;
}

py::object from_json(const std::string& text) {
    return py::module_::import("json").attr("loads")(text);
}

void bind_pages(py::module_& module) {
    py::class_<Page, std::shared_ptr<Page>>(
        module, "Page", "An answer that the engine shows as a form: tables, with words around them")
        .def_readonly("schema", &Page::schema)
        .def_readonly("scenario", &Page::scenario, "Id of the scenario")
        .def_property_readonly("title", [](const Page& page) { return name_dict(page.title); })
        .def_property_readonly("head", &head_of, "What holds for the whole page, by id")
        .def_property_readonly("tables", &tables_of, "The parts, by id, each a Table")
        .def(
            "text",
            [](const Page& page, const std::string& language, std::size_t width) {
                return study::page_text(page, language_named(language), width);
            },
            py::arg("language") = "en", py::arg("width") = 0, "As the program prints it")
        .def(
            "html",
            [](const Page& page, const std::string& language) {
                return study::page_html(page, language_named(language));
            },
            py::arg("language") = "en", "One file, to be printed")
        .def(
            "to_dict", [](const Page& page) { return from_json(study::page_json(page)); },
            "What the program prints with --json")
        .def(
            "write_workbook",
            [](const Page& page, const std::filesystem::path& file, const std::string& language) {
                study::write_page_workbook(page, file, language_named(language));
            },
            py::arg("file"), py::arg("language") = "en", "Writes it as .xlsx")
        .def(
            "explain",
            [](const Page& page, const std::string& cell, const std::string& language) {
                return study::explain(page, cell, language_named(language));
            },
            py::arg("cell"), py::arg("language") = "en",
            "How a cell, named PART.ROW.COLUMN, was made")
        .def("__repr__", [](const Page& page) { return "<chainsim.Page " + page.schema + ">"; });
}

} // namespace chainsim::python
