#pragma once

#include <chainsim/linear/detail/kernels.hpp>
#include <chainsim/linear/detail/klu.hpp>

#include <optional>
#include <vector>

namespace chainsim::linear::detail {

/// Rows and columns in the order of the work: position k is row row_of[k] and column column_of[k],
/// which meet on the diagonal. Blocks are lower triangular: a row has entries in its own block and
/// in earlier ones.
struct Order {
    std::vector<int> row_of, column_of, block_start;
};

/// The matrix in an order, see RowsView.
struct Rows {
    std::vector<int> block_start, row_start, inside, off_end, column;
    std::vector<int> source; // entry of the matrix by columns
    [[nodiscard]] RowsView view() const;
};

/// The pattern of factors in an order, see FactorView.
struct FactorPattern {
    std::vector<int> lower_start, lower_column, lower_partner, upper_start, upper_column;
    [[nodiscard]] FactorView view() const;
};

/// A column for each row in which it has an entry, all different: the diagonal if it has no gap,
/// else a maximum matching. Nothing if there is none.
[[nodiscard]] std::optional<std::vector<int>> match(const ColumnsView& matrix);

/// Strongly connected blocks of the matched matrix in an order that computes what others need
/// first, and within each block an order by depth-first search, in which few entries point forward.
///
/// Source  Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972) 146.
[[nodiscard]] Order sweep_order(const ColumnsView& matrix, const std::vector<int>& column_of_row);

/// Within each block, an order in which entries that point forward weigh little: what one row
/// takes of another, weighed by the values and a solution.
///
/// Source  Eades, Lin, Smyth, "A fast and effective heuristic for the feedback arc set problem",
///         Inf. Process. Lett. 47 (1993) 319, with weights.
void improve_order(const Rows& rows, const std::vector<double>& values,
                   const std::vector<double>& unknown, Order& order);

[[nodiscard]] Rows make_rows(const ColumnsView& matrix, const Order& order);

/// KLU's blocks, last first, and its factors by rows.
[[nodiscard]] Order factor_order(const Factors& factors);
[[nodiscard]] FactorPattern factor_pattern(const Factors& factors);

} // namespace chainsim::linear::detail
