#pragma once

#include <chainsim/model/datum.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace chainsim::model {

/// What a budget counts.
enum class BudgetKind {
    energy, ///< controlled energy, tce
    carbon  ///< CO2 of energy as assessed, t
};

[[nodiscard]] constexpr std::string_view unit_of(BudgetKind kind) {
    return kind == BudgetKind::energy ? "tce" : "t";
}

[[nodiscard]] constexpr std::string_view indicator_of(BudgetKind kind) {
    return kind == BudgetKind::energy ? "energy_controlled" : "co2_energy";
}

/// The room for new use that is handed down year by year (能耗、碳排放预算).
///
/// Source  内发改环资字〔2021〕209号, energy budgets by league and banner.
struct Budget {
    std::string id;
    Name name;
    BudgetKind kind = BudgetKind::energy;
    std::optional<Path> quota;  ///< new room granted in a year; absent: as the period's rise has it
    std::optional<Path> rights; ///< of energy or emission, bought in a year
    bool carry_over = true;     ///< what a year leaves, or lacks, goes to the next of the period
    Provenance provenance;
};

} // namespace chainsim::model
