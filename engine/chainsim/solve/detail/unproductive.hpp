#pragma once

#include <vector>

namespace chainsim::solve::detail {

/// Does a set of columns take more of some rows than it could make, however it runs? `net`: rows x
/// columns, row-major, of rows that nobody else supplies. True if prices of the rows are found at
/// which every column costs more than it brings: then none of them can run. False if they can, or
/// if it is too close to tell, or too large.
///
/// The matrix is a game of two (von Neumann): one picks a row, the other a column. Its value is
/// below zero if and only if there are such prices. The two learn by playing it, until one of them
/// holds a proof.
///
/// Cost     rounds of two passes over the matrix, a hundred where it is clear; at most 8192, or
/// some
///          400,000 entries looked at.
[[nodiscard]] bool is_unproductive(int row_count, int column_count, std::vector<double> net);

} // namespace chainsim::solve::detail
