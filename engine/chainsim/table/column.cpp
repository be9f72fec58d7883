#include <chainsim/base/error.hpp>
#include <chainsim/table/column.hpp>

#include <utility>

namespace chainsim::table {

std::size_t Column::size() const {
    return std::visit([](const auto& values) { return values.size(); }, cells);
}

Cell Column::at(std::size_t row) const {
    CHAINSIM_EXPECT(row < size(), "column '" + name + "' has no such row");
    return std::visit([row](const auto& values) { return Cell{values[row]}; }, cells);
}

Column text_column(std::string name) {
    return Column{std::move(name), {}, std::vector<std::string>{}};
}

Column whole_column(std::string name, std::string unit) {
    return Column{std::move(name), std::move(unit), std::vector<std::int64_t>{}};
}

Column number_column(std::string name, std::string unit) {
    return Column{std::move(name), std::move(unit), std::vector<double>{}};
}

} // namespace chainsim::table
