#pragma once

#include <chainsim/input_output/matrix.hpp>

#include <Eigen/Core>

#include <vector>

namespace chainsim::input_output {

struct BalanceOptions {
    /// Largest difference of a row or column from its total, as share of the largest total.
    double tolerance = 1e-9;
    int most_rounds = 10000;
};

enum class BalanceOutcome {
    balanced,
    totals_differ, ///< the rows should add up to another sum than the columns
    impossible,    ///< a row or column has no entry that could bear its total
    not_converged  ///< the zeros leave no table with these totals, or it is approached too slowly
};

/// A table with new totals that stays as close to the old one as it can: r Z s, where r and s scale
/// rows and columns; of negative entries 1/r Z 1/s.
struct Balanced {
    BalanceOutcome outcome = BalanceOutcome::balanced;
    Matrix values; ///< also of an outcome that is none, as far as it went
    Eigen::VectorXd row_factors;
    Eigen::VectorXd column_factors;
    int rounds = 0;
    bool has_negative = false;         ///< GRAS was needed
    double worst = 0.0;                ///< largest difference left, as share of the largest total
    std::vector<Eigen::Index> rows;    ///< that do not have their total, the worst first
    std::vector<Eigen::Index> columns; ///< likewise
};

/// RAS balancing, or GRAS where entries are negative. Zeros stay zero and signs stay.
///
/// Errors  ContractError if sizes do not fit.
/// Cost    two passes over the entries a round.
/// Source  Stone (1961), Input-Output and National Accounts; Miller & Blair (2009), 7.4; Junius &
///         Oosterhaven (2003), Economic Systems Research 15, 87, with the correction of Lenzen,
///         Wood & Gallego (2007), ibid. 19, 461; Temurshoev, Miller & Bouwmeester (2013), ibid. 25,
///         361 for rows without positive entries.
[[nodiscard]] Balanced balance(const Matrix& values, const Eigen::VectorXd& row_totals,
                               const Eigen::VectorXd& column_totals,
                               const BalanceOptions& options = {});

} // namespace chainsim::input_output
