#pragma once

#include <chainsim/model/scenario.hpp>

#include <string>
#include <utility>
#include <vector>

namespace chainsim::uncertainty {

/// What kind of figure a parameter is.
enum class ParameterKind {
    coefficient, ///< a flow of a recipe
    price,
    factor,   ///< calorific value, grid factor, emission factor
    capacity, ///< of a plant
    market,   ///< a limit of trade, or a demand
    economy,  ///< wages, taxes, staff, land, investment
    region    ///< what lies outside the plants, growth
};

[[nodiscard]] std::string_view to_string(ParameterKind kind);

/// A figure of a scenario that its results may depend on.
///
/// Ids say where it stands: `processes.slot_coking.inputs.coking_coal`, `prices.coke`,
/// `prices.coke.2025` for a point of a path, `facilities.wuhai_coking.capacity`.
struct Parameter {
    std::string id;
    ParameterKind kind = ParameterKind::coefficient;
    model::Name name;
    std::string unit;
    double value = 0.0; ///< in its unit; of a flow per unit of the product, in units of account
    /// Of its range, in the same unit; equal to the value where it has none.
    double low = 0.0;
    double high = 0.0;
    model::Distribution shape = model::Distribution::none;
    model::Confidence confidence = model::Confidence::assumption;
    std::string source;
    SourceLocation where;
    const void* figure = nullptr; ///< by which a tape knows it
    /// Parameters of one set move together, at the same quantile: points of one path, and one
    /// figure that several recipes were copied from. -1: moves alone.
    int set = -1;

    [[nodiscard]] bool has_range() const noexcept { return low < high; }
};

/// A recipe in use: of a process, or as a plant has changed it.
struct RecipeInUse {
    std::string id;
    model::Process process;  ///< with the flows in force
    std::vector<int> inputs; ///< parameter by position in `process.inputs`
    std::vector<int> outputs;
};

/// All figures of a scenario, of recipes that its plants use, that accounts and balance can read.
///
/// The scenario must outlive it and stay where it is: figures are known by their addresses.
struct Parameters {
    std::vector<Parameter> all;
    std::vector<RecipeInUse> recipes;
    int sets = 0;
};

[[nodiscard]] Parameters parameters_of(const model::Scenario& scenario);

} // namespace chainsim::uncertainty
