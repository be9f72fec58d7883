#pragma once

namespace chainsim::linear {

/// Where an iteration starts; factors need none.
enum class Start {
    zero, ///< the unknowns handed over are ignored
    given ///< the unknowns handed over are close to the solution
};

enum class LaneOutcome {
    solved,
    inaccurate, ///< regular, but the backward error stays above the tolerance: no result
    singular    ///< to working precision, or not finite: no result
};

/// What is known of the solution in one lane. Without a result, its unknowns are not a number.
struct LaneReport {
    LaneOutcome outcome = LaneOutcome::solved;
    /// Componentwise: the largest, over the rows, of |right - A x| over |right| + |A| |x|.
    double backward_error = 0.0;
    int steps = 0;        ///< of GMRES with the factor of the nominal values, if it was needed
    bool pivoted = false; ///< done again by itself, with pivoting
};

} // namespace chainsim::linear
