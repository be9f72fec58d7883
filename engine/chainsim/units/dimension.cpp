#include <chainsim/units/quantity.hpp>

#include <fmt/format.h>

#include <array>
#include <cstddef>

namespace chainsim::units {

namespace {

struct Named {
    std::string_view name;
    Dimension dimension;
};

/// Dimensions with a name of their own. Earlier ones are preferred as the part above the line, so
/// that J/m3 is "energy per volume" and not a pressure.
constexpr std::array named{
    Named{"mass", {{1, 0, 0, 0}}},   Named{"energy", {{1, 2, -2, 0}}},
    Named{"volume", {{0, 3, 0, 0}}}, Named{"money", {{0, 0, 0, 1}}},
    Named{"power", {{1, 2, -3, 0}}}, Named{"area", {{0, 2, 0, 0}}},
    Named{"length", {{0, 1, 0, 0}}}, Named{"time", {{0, 0, 1, 0}}},
};

Dimension quotient(const Dimension& over, const Dimension& under) {
    Dimension result;
    for (std::size_t i = 0; i < result.powers.size(); ++i) {
        result.powers[i] = over.powers[i] - under.powers[i];
    }
    return result;
}

} // namespace

std::string Dimension::name() const {
    if (*this == Dimension{}) {
        return "dimensionless";
    }
    for (const auto& [name, dimension] : named) {
        if (dimension == *this) {
            return std::string(name);
        }
    }
    for (const auto& under : named) {
        if (quotient(Dimension{}, under.dimension) == *this) {
            return fmt::format("per {}", under.name);
        }
    }
    for (const auto& over : named) {
        for (const auto& under : named) {
            if (quotient(over.dimension, under.dimension) == *this) {
                return fmt::format("{} per {}", over.name, under.name);
            }
        }
    }
    constexpr std::array<std::string_view, 4> base{"kg", "m", "s", "CNY"};
    std::string result;
    for (std::size_t i = 0; i < base.size(); ++i) {
        if (powers[i] == 0) {
            continue;
        }
        const std::string_view space = result.empty() ? "" : " ";
        result += powers[i] == 1 ? fmt::format("{}{}", space, base[i])
                                 : fmt::format("{}{}{}", space, base[i], powers[i]);
    }
    return result;
}

std::string Unit::dimension_name() const {
    const Dimension under = quotient(over_, dimension_);
    if (over_ == dimension_ && text_.find('/') == std::string::npos) {
        return dimension_.name();
    }
    if (over_ == Dimension{}) {
        return dimension_.name();
    }
    const std::string below = under.name();
    return below.find(" per ") == std::string::npos
               ? fmt::format("{} per {}", over_.name(), below)
               : fmt::format("{} per ({})", over_.name(), below);
}

} // namespace chainsim::units
