#pragma once

#include <chainsim/base/error.hpp>
#include <chainsim/footprint/burdens.hpp>
#include <chainsim/footprint/supply.hpp>

#include <Eigen/SparseCore>

namespace chainsim::footprint {

/// A supply that turns in a loop and gives nothing: no unit of anything can be taken from it.
class Unproductive : public Error {
public:
    using Error::Error;
};

/// Cradle to gate: what a unit of each commodity takes and burdens, through all that it is made of.
///
/// With A the amounts that a unit takes (`takes`) and d what its suppliers burden themselves
/// (`own`), the burdens of a unit are e = d + A' e, and what a unit y takes in all is
/// q = y + A q. Both are the same total: d q = e y.
///
/// Shapes  by commodity: rows of the system.
/// Cost    one sparse factorisation.
class Footprint {
public:
    /// Errors  Unproductive
    Footprint(const Supply& supply, const Burdens& burdens);

    /// burdens x rows: of a unit of each commodity.
    [[nodiscard]] const Eigen::MatrixXd& intensity() const { return intensity_; }
    /// burdens x rows: of a unit, without what it takes.
    [[nodiscard]] const Eigen::MatrixXd& own() const { return own_; }
    /// rows x rows: column c has what a unit of c takes of each row.
    [[nodiscard]] const Eigen::SparseMatrix<double>& takes() const { return takes_; }
    /// Units of each commodity that a unit of one takes in all, itself among them.
    [[nodiscard]] Eigen::VectorXd requirement(int row) const;

private:
    Eigen::SparseMatrix<double> takes_;
    Eigen::MatrixXd own_;
    Eigen::MatrixXd intensity_;
};

} // namespace chainsim::footprint
