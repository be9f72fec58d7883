#pragma once

#include <chainsim/uncertainty/parameters.hpp>

#include <utility>
#include <vector>

namespace chainsim::uncertainty::detail {

/// What no recipe may do, whatever is drawn: `constant` + sum of weight x parameter is not
/// negative.
struct RecipeLimit {
    double constant = 0.0;
    std::vector<std::pair<int, double>> terms; ///< parameter, weight
};

/// Energy is not made, and no feed falls below what the reactions need, both as `validate` has them
/// of a recipe as it is written. A limit that the nominal recipe does not keep, as it may with a
/// reason, is none.
[[nodiscard]] std::vector<RecipeLimit>
limits_of(const RecipeInUse& recipe, const model::Registry<model::Commodity>& commodities);

} // namespace chainsim::uncertainty::detail
