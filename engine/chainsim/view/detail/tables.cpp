#include <chainsim/base/error.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/view/detail/tables.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>

namespace chainsim::view::detail {

namespace {

std::string heading(const table::Column& column, table::Language language) {
    const auto words = table::heading(column.name, language);
    return column.unit.empty() ? std::string(words) : fmt::format("{} ({})", words, column.unit);
}

std::string text_of(const table::Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) {
        return *text;
    }
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
        return std::to_string(*whole);
    }
    return table::reader_text(std::get<double>(cell));
}

} // namespace

study::PagePart part_of(const std::string& id, const model::Name& title, const table::Table& zh,
                        const table::Table& en) {
    CHAINSIM_EXPECT(zh.rows() == en.rows() && zh.columns().size() == en.columns().size(),
                    "one table in two languages");
    study::PagePart out;
    out.id = id;
    out.title = title;
    for (std::size_t c = 0; c < zh.columns().size(); ++c) {
        out.columns.push_back(en.columns()[c].name);
        out.headings.push_back({heading(zh.columns()[c], table::Language::zh),
                                heading(en.columns()[c], table::Language::en)});
    }
    for (std::size_t r = 0; r < zh.rows(); ++r) {
        study::PageRow row{std::to_string(r), {}, 1};
        for (std::size_t c = 0; c < zh.columns().size(); ++c) {
            row.cells.push_back(
                study::word_cell({text_of(zh.columns()[c].at(r)), text_of(en.columns()[c].at(r))}));
        }
        out.rows.push_back(std::move(row));
    }
    return out;
}

} // namespace chainsim::view::detail
