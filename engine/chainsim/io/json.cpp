#include <chainsim/base/diagnostic.hpp>
#include <chainsim/io/json.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace chainsim::io {

namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void refuse(const std::string& file, std::string message) {
    Diagnostic finding;
    finding.where.file = file;
    finding.message = std::move(message);
    finding.help = "write an array of objects, one object a row, all with the same keys and with "
                   "texts, numbers or null as values";
    throw InputError(std::vector<Diagnostic>(1, finding));
}

Json value_of(const table::Cell& cell) {
    return std::visit([](const auto& value) { return Json(value); }, cell);
}

/// The values of one key, as the column they are.
table::Cells cells_of(const Json& rows, const std::string& key, const std::string& file) {
    std::vector<std::string> texts;
    std::vector<std::int64_t> whole;
    std::vector<double> numbers;
    for (const auto& row : rows) {
        if (!row.contains(key)) {
            refuse(file, "a row without '" + key + "'");
        }
        const Json& value = row.at(key);
        if (value.is_string()) {
            texts.push_back(value.get<std::string>());
        } else if (value.is_number_integer()) {
            whole.push_back(value.get<std::int64_t>());
            numbers.push_back(value.get<double>());
        } else if (value.is_number() || value.is_null()) {
            numbers.push_back(value.is_null() ? table::absent : value.get<double>());
        } else {
            refuse(file, "'" + key + "' holds neither a text nor a number");
        }
    }
    if (!texts.empty() && !numbers.empty()) {
        refuse(file, "'" + key + "' holds texts and numbers");
    }
    if (!texts.empty()) {
        return texts;
    }
    if (whole.size() == rows.size()) {
        return whole;
    }
    return numbers;
}

} // namespace

std::string to_json(const table::Table& table) {
    Json rows = Json::array();
    for (std::size_t row = 0; row < table.rows(); ++row) {
        Json object = Json::object();
        for (const auto& column : table.columns()) {
            object[column.name] = value_of(column.at(row));
        }
        rows.push_back(std::move(object));
    }
    return rows.dump(1) + '\n';
}

table::Table from_json(std::string_view text, const std::string& file_name) {
    const Json rows = Json::parse(text, nullptr, false);
    if (rows.is_discarded() || !rows.is_array() ||
        !std::all_of(rows.begin(), rows.end(), [](const Json& row) { return row.is_object(); })) {
        refuse(file_name, "this is no array of objects");
    }
    std::vector<table::Column> columns;
    if (!rows.empty()) {
        for (const auto& [key, value] : rows.front().items()) {
            columns.push_back({key, {}, cells_of(rows, key, file_name)});
        }
    }
    const std::size_t width = columns.size();
    if (std::any_of(rows.begin(), rows.end(),
                    [width](const Json& row) { return row.size() != width; })) {
        refuse(file_name, "rows with different keys");
    }
    return {file_name, std::move(columns)};
}

} // namespace chainsim::io
