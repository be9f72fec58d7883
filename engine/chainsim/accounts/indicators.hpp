#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/system/system.hpp>

#include <map>
#include <string>
#include <vector>

namespace chainsim::accounts {

/// The compiled year with its indicator rows: energy, carbon, water, money, and the chain's own.
///
/// Units    as INTERFACES: tce, t, m3, MWh, CNY.
/// Source   GB/T 2589-2020 for standard coal; DESIGN, "The accounts".
[[nodiscard]] system::System compile(const model::Scenario& scenario, int year);

/// An indicator of a solved year.
struct IndicatorValue {
    std::string id;
    model::Name name;
    std::string unit;
    double value = 0.0;
};

/// Values of all shown indicators and ratios of a solved year, by id. A ratio with a zero
/// denominator is left out: there is nothing to say.
[[nodiscard]] std::vector<IndicatorValue> evaluate(const system::System& system,
                                                   const system::Solution& solution);

/// How much of an indicator rests on data of which confidence: shares of the absolute
/// contributions of each flow, summing to 1 (all zero if the indicator is zero).
/// Key: indicator id; value: share by model::Confidence.
[[nodiscard]] std::map<std::string, std::array<double, 5>>
confidence_shares(const model::Scenario& scenario, const system::System& system,
                  const system::Solution& solution);

} // namespace chainsim::accounts
