#include "bindings.hpp"
#include <chainsim/io/csv.hpp>
#include <chainsim/io/json.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <unordered_map>

namespace chainsim::python {

namespace {

using table::Column;
using table::Table;

template <class Number>
py::array view_of(const std::vector<Number>& numbers, const py::object& owner) {
    py::array_t<Number> out(static_cast<py::ssize_t>(numbers.size()), numbers.data(), owner);
    out.attr("flags").attr("writeable") = false; // a result stays what it is
    return out;
}

/// Text is an array of Python strings; equal ones are one string.
py::array strings_of(const std::vector<std::string>& texts) {
    std::unordered_map<std::string_view, py::str> known;
    py::list out(texts.size());
    for (std::size_t row = 0; row < texts.size(); ++row) {
        auto found = known.find(texts[row]);
        if (found == known.end()) {
            found = known.emplace(texts[row], py::str(texts[row])).first;
        }
        out[row] = found->second;
    }
    return py::module_::import("numpy").attr("array")(out, py::arg("dtype") = "object");
}

struct ToArray {
    py::object owner;

    py::array operator()(const std::vector<std::string>& texts) const { return strings_of(texts); }
    py::array operator()(const std::vector<std::int64_t>& numbers) const {
        return view_of(numbers, owner);
    }
    py::array operator()(const std::vector<double>& numbers) const {
        return view_of(numbers, owner);
    }
};

std::vector<std::string> names_of(const Table& table) {
    std::vector<std::string> out;
    out.reserve(table.columns().size());
    for (const auto& column : table.columns()) {
        out.push_back(column.name);
    }
    return out;
}

const Column* find(const Table& table, const std::string& name) {
    for (const auto& column : table.columns()) {
        if (column.name == name) {
            return &column;
        }
    }
    return nullptr;
}

const Column& column_named(const Table& table, const std::string& name) {
    const auto* column = find(table, name);
    if (column == nullptr) {
        throw unknown_id("column", name, names_of(table));
    }
    return *column;
}

py::array column_array(const py::object& self, const std::string& name) {
    const auto& table = py::cast<const Table&>(self);
    return std::visit(ToArray{self}, column_named(table, name).cells);
}

py::dict to_dict(const py::object& self) {
    py::dict out;
    for (const auto& column : py::cast<const Table&>(self).columns()) {
        out[py::str(column.name)] = std::visit(ToArray{self}, column.cells);
    }
    return out;
}

py::dict units_of(const Table& table) {
    py::dict out;
    for (const auto& column : table.columns()) {
        if (!column.unit.empty()) {
            out[py::str(column.name)] = column.unit;
        }
    }
    return out;
}

py::object to_pandas(const py::object& self) {
    const auto pandas = py::module_::import("pandas");
    auto frame = pandas.attr("DataFrame")(to_dict(self), py::arg("copy") = false);
    frame.attr("attrs")["units"] = units_of(py::cast<const Table&>(self));
    return frame;
}

std::string shown(const Table& table) {
    return fmt::format("<chainsim.Table {}: {} rows x {} columns>", table.name(), table.rows(),
                       table.columns().size());
}

} // namespace

void bind_tables(py::module_& module) {
    py::class_<Table, std::shared_ptr<Table>>(
        module, "Table",
        "Labelled columns of equal length.\n\n"
        "`table[\"amount\"]` is a NumPy array: of numbers a read-only view that keeps the table\n"
        "alive, of text an array of str. NaN stands for a number that is not known. A table is a\n"
        "mapping from names to columns: `dict(table)` works.")
        .def_property_readonly("name", &Table::name, "As the file in a run folder")
        .def_property_readonly("units", &units_of,
                               "Unit of each column that has one; where rows differ there is a "
                               "column `unit`")
        .def("keys", &names_of, "Names of the columns, in order")
        .def("column", &column_array, py::arg("name"), "The array of one column")
        .def("__getitem__", &column_array, py::arg("name"))
        .def(
            "__contains__",
            [](const Table& table, const std::string& name) {
                return find(table, name) != nullptr;
            },
            py::arg("name"))
        .def("__iter__", [](const Table& table) { return py::iter(py::cast(names_of(table))); })
        .def("__len__", &Table::rows, "Number of rows")
        .def("to_dict", &to_dict, "A dict of the arrays")
        .def("to_pandas", &to_pandas,
             "A pandas.DataFrame over the same numbers, read only: `.copy()` makes one of its own. "
             "Units stand in `attrs[\"units\"]`.")
        .def(
            "to_csv", [](const Table& table) { return io::to_csv(table); },
            "The text of the file in a run folder")
        .def(
            "to_json", [](const Table& table) { return io::to_json(table); },
            "An array with one object a row, as text")
        .def("__repr__", &shown);
}

} // namespace chainsim::python
