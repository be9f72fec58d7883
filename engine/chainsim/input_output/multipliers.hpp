#pragma once

#include <chainsim/input_output/io_table.hpp>

#include <Eigen/Core>

#include <optional>
#include <string>
#include <vector>

namespace chainsim::input_output {

/// Households as one more sector: the satellite that is their income, and the category of final
/// demand that is their consumption.
struct Households {
    std::size_t income = 0;                ///< satellite
    std::vector<Eigen::Index> consumption; ///< columns of final demand
};

/// What one unit of final demand of a sector brings about.
///
/// Shapes  sectors x (1 + satellites): the first column is output, then the satellites.
struct Multipliers {
    std::vector<std::string> names; ///< "output", then the satellites
    Eigen::MatrixXd direct;         ///< per unit of output of the sector itself
    Eigen::MatrixXd total;          ///< type I: with all suppliers
    /// Type II: with what households spend of what they earn besides; output is that of the
    /// sectors, without that of households. No columns without households.
    Eigen::MatrixXd induced;
};

/// Multipliers of output and of each satellite: m' = s' (I - A)^-1, one transposed solution each.
///
/// Type II needs no second factorisation: with h the income per unit of output, c the consumption
/// per unit of income, s0 the satellites of that consumption itself and c0 what households buy of
/// each other (of the income, s0), the households' own multiplier is u = (m' c + s0) / (1 - c0 - h'
/// (I - A)^-1 c) and those of the sectors m + u (I - A)^-T h. What they consume is all of their
/// column of final demand, spent of all of their row, final demand's part of it included.
///
/// Errors  NoAnswer if households spend at least what they earn all told.
/// Source  Miller & Blair (2009), Input-Output Analysis, 2nd ed., 2.5 and 6.2.
[[nodiscard]] Multipliers multipliers(const Economy& economy,
                                      const std::optional<Households>& households = std::nullopt);

/// How a sector hangs together with the others, relative to the average of all (1).
///
/// Source  Rasmussen (1956), Studies in Inter-Sectoral Relations: power and sensitivity of
///         dispersion; Miller & Blair (2009), 12.2: forward linkages by the Ghosh inverse.
struct Linkages {
    Eigen::VectorXd backward;      ///< column sums of L
    Eigen::VectorXd forward;       ///< row sums of L
    Eigen::VectorXd forward_ghosh; ///< row sums of G; empty where the output is not known
    Eigen::VectorXd power;         ///< backward over its mean
    Eigen::VectorXd sensitivity;   ///< forward over its mean
    Eigen::VectorXd sensitivity_ghosh;
};

[[nodiscard]] Linkages linkages(const Economy& economy);

} // namespace chainsim::input_output
