#pragma once

#include <chainsim/model/commodity.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/language.hpp>

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace chainsim::study::detail {

/// Indicators that a planner looks at first. What a model does not have is left out.
inline constexpr std::array<std::string_view, 14> key_indicators{"energy_total_equivalent",
                                                                 "energy_total_calorific",
                                                                 "energy_feedstock",
                                                                 "energy_renewable",
                                                                 "energy_controlled",
                                                                 "energy_intensity",
                                                                 "gdp",
                                                                 "value_added",
                                                                 "revenue",
                                                                 "co2_fuel",
                                                                 "co2_process",
                                                                 "co2_power",
                                                                 "co2_total",
                                                                 "fresh_water"};

/// An amount in a unit that a reader of the language is used to.
struct ReaderAmount {
    double number = 0.0;
    std::string unit; ///< empty for numbers without dimension
};

/// 12,345,678 t is 1234.57 万吨, in English 12,345.7 kt.
[[nodiscard]] ReaderAmount for_reader(double value, const std::string& unit,
                                      table::Language language);

/// An amount of a commodity; the unit of a gas says that it is at normal conditions.
[[nodiscard]] ReaderAmount for_reader(double value, const model::Commodity& commodity,
                                      table::Language language);

/// "26.7 × 10^9 CNY": two numbers side by side would be read as one.
[[nodiscard]] std::string with_unit(double number, std::string_view unit);

/// The same as one text: "1,234.6 万吨".
[[nodiscard]] std::string amount_text(double value, const model::Commodity& commodity,
                                      table::Language language);

[[nodiscard]] std::string amount_text(double value, const std::string& unit,
                                      table::Language language);

/// What a column of numbers is counted in, as its heading says.
struct ColumnUnit {
    std::string_view text;
    double size = 1.0; ///< in CNY or tce

    [[nodiscard]] double operator()(double value) const { return value / size; }
    /// As one text, as the column has it: "47.39 × 10^6 CNY".
    [[nodiscard]] std::string amount(double value) const;
};

/// Of sums of single plants, which the units of a district's totals would round away.
[[nodiscard]] ColumnUnit plant_money(table::Language language);
[[nodiscard]] ColumnUnit plant_energy(table::Language language);

/// Whether a table with several names in a row would cut them too short to be known. `width` in
/// columns, 0: no limit.
[[nodiscard]] bool is_narrow(std::size_t width);

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

/// A sentence that counts something: where it is one, as `key` with `_one` after it has it.
template <class... Values>
[[nodiscard]] std::string fill_count(std::string_view key, table::Language language,
                                     std::size_t count, const Values&... values) {
    return fill(count == 1 ? std::string(key) + "_one" : std::string(key), language, count,
                values...);
}

} // namespace chainsim::study::detail
