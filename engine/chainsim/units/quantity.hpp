#pragma once

#include <chainsim/base/error.hpp>

#include <array>
#include <compare>
#include <string>
#include <string_view>
#include <utility>

namespace chainsim::units {

/// A text that is no quantity or unit, or a conversion between dimensions.
class UnitError : public Error {
public:
    using Error::Error;
};

/// Powers of the base dimensions.
struct Dimension {
    std::array<int, 4> powers{}; ///< mass, length, time, money

    [[nodiscard]] std::string name() const; ///< "energy per mass", "money", or "kg m2 s-2"
    friend bool operator==(const Dimension&, const Dimension&) = default;
};

/// A unit of measurement: how much of the coherent base unit it is, its dimension, and its text.
///
/// Units    The coherent base is kg, m, s and CNY. Known: g, t, J, Wh, W, m, m2 ... with the usual
///          prefixes; tce (29.3076 GJ), kgce; CNY; mu (666.67 m2), ha; a (a year of 365 days);
///          %, ppm; person, piece; and the Chinese words of statistics (吨 吨标煤 元 千瓦时 立方米
///          亩 年 ...) after 万 or 亿. `Nm3` and 标方 are m3: a gas volume is at 0 degC and 101.325
///          kPa.
/// Threads  Everything may be called from many threads at once.
/// Cost     A text is parsed once per process and then looked up.
/// Source   tce: GB/T 2589-2020 (29 307.6 kJ per kgce). The algebra is that of UDUNITS-2.
class Unit {
public:
    Unit() = default; ///< the unit 1

    /// Reads "t", "1000 m3", "kWh/t", "t/(1000 m3)", "CNY/(t/a)", "万千瓦时", "元/吨".
    ///
    /// Errors  UnitError naming the text and the nearest known unit; also for what may be read in
    ///         two ways, as in "t/1000 m3".
    [[nodiscard]] static Unit parse(std::string_view text);

    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] double scale() const noexcept { return scale_; }
    [[nodiscard]] const Dimension& dimension() const noexcept { return dimension_; }
    /// "mass per mass" for t/t, where `dimension().name()` can only say "dimensionless".
    [[nodiscard]] std::string dimension_name() const;
    [[nodiscard]] bool is_convertible_to(const Unit& other) const noexcept {
        return dimension_ == other.dimension_;
    }
    /// Convertible, and above and below the line as well: kg/t is like t/t, m3/m3 and % are not.
    [[nodiscard]] bool is_like(const Unit& other) const noexcept {
        return dimension_ == other.dimension_ && over_ == other.over_;
    }
    /// This unit per `other`, written "t/(1000 m3)".
    [[nodiscard]] Unit per(const Unit& other) const;

    friend bool operator==(const Unit& a, const Unit& b) {
        return a.scale_ == b.scale_ && a.dimension_ == b.dimension_;
    }

private:
    double scale_ = 1.0;
    Dimension dimension_;
    Dimension over_; ///< of what stands above the line; `dimension_` if there is no line
    std::string text_ = "1";
};

/// A number with its unit. Getting the number out names the unit.
class Quantity {
public:
    Quantity() = default;
    Quantity(double number, Unit unit) : number_(number), unit_(std::move(unit)) {}

    /// Reads "3250 kWh/t", "95 %", "0.95", "1.2e3 万吨". Errors  UnitError.
    [[nodiscard]] static Quantity parse(std::string_view text);

    [[nodiscard]] double in(const Unit& unit) const; ///< Errors  UnitError naming both dimensions
    [[nodiscard]] double in(std::string_view unit) const; ///< the same, from text
    /// An amount of one year, which may be written as such or per year: "5 t" or "5 t/a".
    /// Errors  as `in`.
    [[nodiscard]] double in_a_year(const Unit& unit) const;
    [[nodiscard]] double number() const noexcept { return number_; } ///< in its own unit
    [[nodiscard]] const Unit& unit() const noexcept { return unit_; }

private:
    double number_ = 0.0;
    Unit unit_;
};

[[nodiscard]] Quantity operator+(const Quantity& a, const Quantity& b); ///< Errors  UnitError
[[nodiscard]] Quantity operator-(const Quantity& a, const Quantity& b); ///< Errors  UnitError
[[nodiscard]] Quantity operator*(double factor, const Quantity& quantity);
[[nodiscard]] std::string to_string(const Quantity& quantity); ///< shortest text that reads back

/// Reads a number as chainsim writes them: `12`, `-0.5`, `1.2e3`.
///
/// Errors  UnitError for anything else: `010`, `0x1f`, `.5`, `1_000`, `nan`, `inf`, what overflows.
[[nodiscard]] double parse_number(std::string_view text);

} // namespace chainsim::units
