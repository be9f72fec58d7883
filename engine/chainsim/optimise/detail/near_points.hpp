#pragma once

#include <chainsim/optimise/detail/choice_tree.hpp>
#include <chainsim/optimise/detail/coin_common.hpp>
#include <chainsim/optimise/detail/mixed_model.hpp>

#include <vector>

namespace chainsim::optimise::detail {

/// What is left open around a point.
struct Neighbourhood {
    int reach = 2;             ///< positions up and down in a choice
    double least_share = 1e-6; ///< of the relaxed point: such columns are open too
    long nodes = 40;           ///< the search ends after them
};

/// Looks for a better point near one inside the box: what neither the relaxed point nor the
/// neighbourhood wants is fixed, which leaves few whole columns, and they get a tree of their own.
/// True if `point` and `value` are better now.
///
/// Cost   the nodes of the neighbourhood, each about as dear as one of the whole model.
[[nodiscard]] bool search_near(const MixedModel& model, Box box, const SearchLimit& limit,
                               const SearchAim& aim, const Neighbourhood& around,
                               const std::vector<double>& relaxed, std::vector<double>& point,
                               double& value);

} // namespace chainsim::optimise::detail
