#pragma once

#include <chainsim/model/model.hpp>
#include <chainsim/model/process.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chainsim::model {

/// Coefficients of a recipe that are set anew, in the order of its flows; absent ones are not set.
struct NewAmounts {
    std::vector<std::optional<double>> inputs;  ///< one per `process.inputs`
    std::vector<std::optional<double>> outputs; ///< one per `process.outputs`
};

/// The amounts of a recipe after its closing flows moved along.
struct Rebalance {
    std::vector<double> inputs;
    std::vector<double> outputs;
    /// What the closing flows could not keep: "ash 0.012 t", largest first. Empty if all is kept.
    std::vector<std::string> open;

    [[nodiscard]] bool is_closed() const noexcept { return open.empty(); }
};

/// Moves the closing flows of a recipe so that what its nominal coefficients leave open, of every
/// element and of mass, stays as it was although some coefficients are set anew.
///
/// Closing flows that are set anew themselves stay as set. The others move by the least sum of
/// squares of (change / width of range), where a flow without range counts with 20 % of its amount,
/// and none becomes negative. Traces (see Closure::is_trace) need not be kept, but may not grow
/// beyond traces.
///
/// Errors  ContractError if the sizes do not fit the recipe.
/// Source  Weighted least squares under equality constraints, by the nonnegative algorithm of
/// Lawson &
///         Hanson (1974), Solving Least Squares Problems, ch. 23.
[[nodiscard]] Rebalance rebalance(const Process& process, const NewAmounts& amounts,
                                  const Registry<Commodity>& commodities);

} // namespace chainsim::model
