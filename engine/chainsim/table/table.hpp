#pragma once

#include <chainsim/table/column.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::table {

/// Labelled columns of equal length: the one shape in which results travel.
class Table {
public:
    Table() = default;
    /// Errors  ContractError if two columns have one name, or lengths differ.
    Table(std::string name, std::vector<Column> columns);

    /// Adds a row: one cell a column, each of the kind of its column.
    ///
    /// Errors  ContractError if the count or a kind does not fit.
    void append(std::vector<Cell> row);

    /// Adds a column behind the others.
    ///
    /// Errors  ContractError if there is one of that name, or its length differs.
    void append_column(Column column);

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] const std::vector<Column>& columns() const noexcept { return columns_; }
    /// Errors  ContractError if there is no such column.
    [[nodiscard]] const Column& column(std::string_view name) const;
    [[nodiscard]] std::size_t rows() const;

    friend bool operator==(const Table&, const Table&) = default;

private:
    std::string name_;
    std::vector<Column> columns_;
};

} // namespace chainsim::table
