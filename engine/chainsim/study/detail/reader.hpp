#pragma once

#include <chainsim/model/commodity.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/language.hpp>

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace chainsim::study::detail {

/// An amount in a unit that a reader of the language is used to.
struct ReaderAmount {
    double number = 0.0;
    std::string unit; ///< empty for numbers without dimension
};

/// 12,345,678 t is 1234.57 万吨, in English 12,345.7 kt.
[[nodiscard]] ReaderAmount for_reader(double value, const std::string& unit,
                                      table::Language language);

/// The same as one text: "1,234.6 万吨".
[[nodiscard]] std::string amount_text(double value, const std::string& unit,
                                      table::Language language);

[[nodiscard]] const std::string& name_in(const model::Name& name, table::Language language);

/// Tonnes, or tonnes of standard coal, of one unit: what makes commodities comparable enough to
/// put the large ones first.
[[nodiscard]] double weight_of(const model::Commodity& commodity);

/// A sentence of the catalogue with its places filled.
template <class... Values>
[[nodiscard]] std::string fill(std::string_view key, table::Language language,
                               const Values&... values) {
    return fmt::format(fmt::runtime(table::say(key, language)), values...);
}

} // namespace chainsim::study::detail
