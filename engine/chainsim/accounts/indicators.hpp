#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/system/system.hpp>

#include <array>
#include <map>
#include <string>
#include <vector>

namespace chainsim::accounts {

/// The compiled year with its indicator rows: energy, carbon, water, money, and the chain's own.
///
/// Of a commodity X, `made_X` is what plants make of it, gross of what they use themselves (as
/// statistics count the output of power plants). A recipe that takes at least as much of X as it
/// gives passes it on and makes none; power counts as one, so feeding power in from the grid, from
/// the sun to the load or into a vehicle makes no power. `sold_X` is what leaves by sale; where X
/// is delivered within the district (`delivery: district`), it is used there: it is no export of
/// energy, and counts as local conversion. What a recipe passes on and gives back is not used.
///
/// A total covers the modelled plants alone, and its name says so, unless the region states what
/// lies outside them (`rest_of_economy`).
///
/// Units    as INTERFACES: tce, t, m3, MWh, CNY.
/// Source   GB/T 2589-2020 for standard coal; the guideline for provincial greenhouse gas
///          inventories (2011) and the accounting guide for chemical plants for process carbon;
///          DESIGN, "The accounts".
[[nodiscard]] system::System compile(const model::Scenario& scenario, int year);

/// An indicator of a solved year.
struct IndicatorValue {
    std::string id;
    model::Name name;
    std::string unit;
    double value = 0.0;
};

/// Values of all shown indicators and ratios of a solved year, by id. A ratio whose
/// denominator is not positive is left out: energy per a loss says nothing.
[[nodiscard]] std::vector<IndicatorValue> evaluate(const system::System& system,
                                                   const system::Solution& solution);

/// How much of an indicator rests on data of which confidence: shares of the absolute
/// contributions of each flow, summing to 1. Of an indicator that is zero: on what its plants
/// would bring at capacity, for that is what makes it zero. Of a ratio: the mean of its two parts.
/// An indicator that no plant and no trade could ever move is left out.
/// Key: indicator id; value: share by model::Confidence.
[[nodiscard]] std::map<std::string, std::array<double, 5>>
confidence_shares(const model::Scenario& scenario, const system::System& system,
                  const system::Solution& solution);

} // namespace chainsim::accounts
