#pragma once

#include <chainsim/analysis/amount.hpp>
#include <chainsim/system/system.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace chainsim::analysis {

/// Why a commodity is a gap of the chain.
enum class GapKind {
    surplus, ///< it leaves raw, or is flared or dumped (延链: the chain could go on)
    bought   ///< it comes from outside, while the library can make it (补链: a link is missing)
};

[[nodiscard]] std::string_view to_string(GapKind kind);

/// A process that would close a gap, tried in the district.
///
/// Units  CNY, tce, and units of account; all per year but `capex`.
struct Candidate {
    model::Index<model::Process> process;
    system::Outcome outcome = system::Outcome::solved; ///< otherwise nothing else is known
    double capacity = 0.0; ///< of its product: what would close the gap if all else were there
    double activity = 0.0; ///< how far it runs
    double closes = 0.0;   ///< of a surplus, what it takes in; of what is bought, what no longer is
    double value_added = 0.0; ///< change of the district's
    double energy = 0.0;      ///< change of `energy_total_equivalent`; NaN where not counted
    double capex = 0.0;       ///< of `capacity`, CNY; NaN where the recipe states none
    system::BindingKind binding = system::BindingKind::capacity;
    std::optional<model::Index<model::Commodity>> binding_commodity;
    std::vector<Amount> bought; ///< more than without it, dearest first
    /// Inputs among `bought` that the region has no market for: they were let in for the trial.
    std::vector<model::Index<model::Commodity>> let_in;

    /// Value added per tce that it takes; infinite if it adds value and takes none, NaN if it adds
    /// none or where energy is not counted.
    [[nodiscard]] double value_per_tce() const;
};

/// A commodity at which the chain could go on, or is open.
struct Gap {
    GapKind kind = GapKind::surplus;
    model::Index<model::Commodity> commodity;
    double amount = 0.0;               ///< sold and wasted, or bought
    double wasted = 0.0;               ///< of it: flared, dumped, given off
    double tonnes = 0.0;               ///< mass; of energy, heating value as tonnes of coal
    std::vector<Candidate> candidates; ///< best first; at least one
};

/// What comes first. A candidate that adds no value comes after all that do.
enum class GapOrder {
    value_per_tce, ///< value added per tce taken: what takes none first, by value added
    value,         ///< value added
    tonnage        ///< tonnes of the gap; candidates by value added
};

struct Gaps {
    double value_added = 0.0; ///< of the district as it is, CNY
    int tried = 0;            ///< candidates
    std::vector<Gap> gaps;
};

/// The commodities that leave the district raw, or that it buys, while a process of the library
/// that no facility runs, or that runs at capacity, could take or make them; each process tried in
/// the district at the size of the gap.
///
/// A trial is a solve of the whole district with the plant: boilers fire more for the steam that it
/// takes, a by-product without an outlet holds it back, and what it displaces is no longer bought.
/// The plant is served and called after all others, so it takes nothing from anyone. Solid and
/// liquid inputs that nobody makes or uses here, and for which the region has no market, are let in
/// at the price table; gases, power, steam and services are not. Whether the market takes so much
/// of the product is not asked: it does, at its price.
///
/// A process takes a commodity if it goes on in it (graph::carriage) as a feedstock or fuel and is
/// at least a third by mass of all that it takes, what is free not counted, so neither soda used up
/// as a reagent nor the plastic in a filter extends a chain; it makes its reference product. A mine
/// is no missing link but a resource. Left out are what is free, services, and what is handed to
/// people of the district, and surpluses without a market (refuse, gas for the flare) for which no
/// candidate adds value.
///
/// Errors  ContractError if the year has no solution.
/// Cost    one compilation and one solve a candidate.
[[nodiscard]] Gaps gaps(const model::Scenario& scenario, int year,
                        GapOrder order = GapOrder::value_per_tce);

} // namespace chainsim::analysis
