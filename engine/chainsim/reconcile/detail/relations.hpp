#pragma once

#include <chainsim/reconcile/detail/sheet.hpp>
#include <chainsim/reconcile/problem.hpp>

#include <string>
#include <vector>

namespace chainsim::reconcile::detail {

/// A row of a network that states an equation.
struct EquationRow {
    int line = 0;
    std::string id;
    std::string text;
};

/// A correlation as it is written in the row of a variable.
struct CorrelationRow {
    int line = 0;
    int variable = 0;
    std::string with;
    double coefficient = 0.0;
};

/// Adds the conditions that equations state, in the unit of the first variable of each; `units` by
/// variable. What is wrong is noted in `sheet`.
void add_equations(Sheet& sheet, Problem& problem, const std::vector<units::Unit>& units,
                   const std::vector<EquationRow>& rows);

/// Adds the correlations. What is wrong is noted in `sheet`.
void add_correlations(Sheet& sheet, Problem& problem, const std::vector<CorrelationRow>& rows);

} // namespace chainsim::reconcile::detail
