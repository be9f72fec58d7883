#pragma once

#include <chainsim/optimise/backend.hpp>

#include <optional>
#include <vector>

namespace chainsim::optimise {

/// How far a point is from keeping the rows, bounds and wholeness of a program.
///
/// Units  violations are divided by 1 + |the bound| + the largest |a_ij x_j| of the row: an eighth
///        digit of a row of thousands is not a fault. Wholeness is the distance to a whole number.
struct Certificate {
    double row_violation = 0.0;
    double bound_violation = 0.0;
    double integrality_violation = 0.0;
    int worst_row = -1;    ///< none if no row is violated
    int worst_column = -1; ///< of bounds and wholeness
    double objective = 0.0;

    [[nodiscard]] double violation() const;
};

/// Asks of a point what a program demands, whoever made it. A value that is no finite number is an
/// infinite violation.
///
/// Errors  ContractError if the point has not one value for each column.
[[nodiscard]] Certificate certify(const Program& program, const std::vector<double>& point);

/// No point of a program without integers is better than this, whatever the duals are: weak
/// duality, with reduced costs taken at the bounds of the columns. Nothing if a reduced cost, or
/// a dual, beyond the tolerance asks for a bound that is infinite: then they prove nothing.
///
/// Units   duals as in `Answer::row_duals`.
/// Errors  ContractError if there is not one dual for each row.
/// Source  Neumaier & Shcherbina (2004), Safe bounds in linear and mixed-integer linear
///         programming, Mathematical Programming 99, 283-296; without its directed rounding.
[[nodiscard]] std::optional<double>
dual_bound(const Program& program, const std::vector<double>& row_duals, double tolerance = 1e-6);

/// Recomputes objective and violation of an answer, and takes back what does not hold: `failed`,
/// with a message, where the point breaks the program by more than ten times the tolerance, is
/// better than its bound, or is the optimum of a linear program that its duals do not prove to
/// 1e-6; `feasible` where it is called optimal and its bound is farther than the gap.
void check(const Program& program, const SolveOptions& options, Answer& answer);

} // namespace chainsim::optimise
