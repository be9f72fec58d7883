#pragma once

#include <chainsim/input_output/io_table.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <optional>
#include <vector>

namespace chainsim::input_output {

struct PathOptions {
    Eigen::Index sector = 0;
    std::optional<std::size_t> satellite{}; ///< absent: output
    /// Paths that bring less than this share of the total are left out.
    double cut_off = 1e-3;
    std::size_t most_paths = 1000;
    /// Ends of paths that are looked at before the search stops, whatever the cut-off.
    std::size_t most_nodes = 2'000'000;
};

/// One way along which a unit of final demand brings something about: its last sector makes it, for
/// the one before it, and so on to the sector that delivers.
struct Path {
    std::vector<Eigen::Index> sectors; ///< the one that delivers first
    double amount = 0.0;
};

/// The paths of one unit of final demand of a sector, the largest first.
///     total = sum of the paths + remainder
struct Paths {
    double total = 0.0;
    double direct = 0.0;
    std::vector<Path> paths;
    double remainder = 0.0; ///< of the total, what the paths listed do not bring
    std::size_t nodes = 0;
    bool is_complete = true; ///< every path above the cut-off is listed
};

/// Structural path analysis: the series s' (I + A + A^2 + ...) e, term by term, the branch with the
/// largest total first. A branch whose total is below the cut-off has no path above it, if
/// coefficients and intensities are not negative; with negative ones the search is by magnitudes,
/// and `is_complete` is false.
///
/// Cost    one transposed solution, and the columns of the sectors that are looked at.
/// Source  Defourny & Thorbecke (1984), Economic Journal 94, 111; Peters & Hertwich (2006),
///         Economic Systems Research 18, 155.
[[nodiscard]] Paths structural_paths(const Economy& economy, const PathOptions& options);

} // namespace chainsim::input_output
