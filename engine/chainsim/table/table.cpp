#include <chainsim/base/error.hpp>
#include <chainsim/table/table.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace chainsim::table {

namespace {

/// Adds a cell to the column if both are of one kind.
bool push(Cells& cells, Cell&& cell) {
    return std::visit(
        [&cell](auto& values) {
            using Value = typename std::decay_t<decltype(values)>::value_type;
            if (auto* value = std::get_if<Value>(&cell)) {
                values.push_back(std::move(*value));
                return true;
            }
            return false;
        },
        cells);
}

} // namespace

Table::Table(std::string name, std::vector<Column> columns)
    : name_(std::move(name)), columns_(std::move(columns)) {
    std::set<std::string_view> names;
    for (const auto& column : columns_) {
        CHAINSIM_EXPECT(names.insert(column.name).second,
                        "table '" + name_ + "' has two columns '" + column.name + "'");
        CHAINSIM_EXPECT(column.size() == columns_.front().size(),
                        "column '" + column.name + "' of table '" + name_ + "' differs in length");
    }
}

void Table::append(std::vector<Cell> row) {
    CHAINSIM_EXPECT(row.size() == columns_.size(),
                    "a row of " + std::to_string(row.size()) + " cells for table '" + name_ +
                        "' of " + std::to_string(columns_.size()) + " columns");
    // Every kind is checked first, so that a refused row leaves the columns of one length.
    for (std::size_t i = 0; i < row.size(); ++i) {
        CHAINSIM_EXPECT(row[i].index() == columns_[i].cells.index(),
                        "a cell of another kind in column '" + columns_[i].name + "'");
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
        push(columns_[i].cells, std::move(row[i]));
    }
}

void Table::append_column(Column column) {
    CHAINSIM_EXPECT(std::none_of(columns_.begin(), columns_.end(),
                                 [&](const Column& one) { return one.name == column.name; }),
                    "table '" + name_ + "' has a column '" + column.name + "' already");
    CHAINSIM_EXPECT(columns_.empty() || column.size() == rows(),
                    "column '" + column.name + "' of table '" + name_ + "' differs in length");
    columns_.push_back(std::move(column));
}

const Column& Table::column(std::string_view name) const {
    const auto found = std::find_if(columns_.begin(), columns_.end(),
                                    [name](const Column& column) { return column.name == name; });
    CHAINSIM_EXPECT(found != columns_.end(),
                    "table '" + name_ + "' has no column '" + std::string(name) + "'");
    return *found;
}

std::size_t Table::rows() const { return columns_.empty() ? 0 : columns_.front().size(); }

} // namespace chainsim::table
