#pragma once

#include <chainsim/system/system.hpp>

#include <string_view>

namespace chainsim::analysis::detail {

/// Reads one indicator of a compiled year off any solution of it, without looking for its name
/// again; NaN if the year does not have it.
///
/// It refers to the system and must not outlive it.
class Gauge {
public:
    Gauge(const system::System& system, std::string_view indicator);

    [[nodiscard]] double operator()(const system::Solution& solution) const;

    // The weight of one unit; 0 if the year does not have the indicator.
    [[nodiscard]] double of_column(int column) const;
    [[nodiscard]] double of_bought(int row) const;
    [[nodiscard]] double of_sold(int row) const;
    [[nodiscard]] double of_disposed(int row) const;

private:
    [[nodiscard]] double weight(int position) const;

    const system::System& system_;
    int indicator_ = -1;
};

/// The row that reaches value added by the margins of the facilities: its weights by column are
/// what each brings per unit of its product, at the price table.
inline constexpr std::string_view margins = "value_added.second";

} // namespace chainsim::analysis::detail
