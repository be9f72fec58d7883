#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/number/number.hpp>
#include <chainsim/system/equations.hpp>
#include <chainsim/system/solution.hpp>

#include <Eigen/SparseCore>

#include <string>
#include <utility>
#include <vector>

namespace chainsim::system {

/// Which commodity a row is and which facility a column is.
struct Layout {
    std::vector<model::Index<model::Commodity>> rows;   ///< by commodity id
    std::vector<int> row_of;                            ///< by commodity index; -1: not in use
    std::vector<model::Index<model::Facility>> columns; ///< by facility id
};

/// A gross flow of a facility: the matrix holds only the net one.
struct GrossFlow {
    int row = 0;
    number::Number amount; ///< unit of the row per unit of the column's product; input < 0 < output
    model::FlowKind kind = model::FlowKind::feedstock;
    model::Confidence confidence = model::Confidence::assumption;
};

/// An indicator: a linear form q over activities, trades and demand, plus a constant.
struct IndicatorInfo {
    std::string id;
    model::Name name;
    std::string unit;
};

/// An indicator that is the quotient of two others.
struct RatioInfo {
    IndicatorInfo info;
    int numerator = 0;
    int denominator = 0;
    double factor = 1.0; ///< value = factor * numerator / denominator
};

/// An indicator that is no linear form: a row, and shares of what of other rows is positive, as a
/// tax on profits is. Nothing that needs weights can take it.
struct KinkedInfo {
    IndicatorInfo info;
    int row = -1;      ///< -1: none
    int evidence = -1; ///< the row whose terms tell how sure it is
    std::vector<std::pair<int, number::Number>> positive; ///< row, share
};

/// Two indicator rows that reach one total by different ways.
struct Agreement {
    std::string what;
    int one = 0;
    int other = 0;
};

/// One addend of an indicator: a weight on one column, and how sure its figures are.
struct Term {
    int row = 0;
    int column = 0; ///< of Indicators::weights
    number::Number weight;
    model::Confidence confidence = model::Confidence::assumption;
};

/// What a plant brings to the constant of an indicator by standing there, whatever it runs at.
struct Standing {
    int row = 0;
    int column = 0; ///< the plant
    double value = 0.0;
};

/// All that is counted, as rows over the columns of the balance.
///
/// Shapes   weights: indicators x (columns + 4 rows), over [activity, buy, sell, dispose, demand].
struct Indicators {
    std::vector<IndicatorInfo> info;
    Eigen::SparseMatrix<double, Eigen::RowMajor> weights;
    Eigen::VectorXd constant;
    std::vector<int> constant_nodes; ///< by row: of the tape, -1; empty without a recording
    std::vector<Standing> standing;  ///< of `constant`, the parts of single plants, by row
    std::vector<RatioInfo> ratios;
    std::vector<KinkedInfo> kinked;
    std::vector<Agreement> agreements; ///< may name rows past `shown`
    int shown = 0;                     ///< rows that users see; the rest serve ratios and checks
    std::vector<Term> terms;           ///< what the weights are the sum of, by row
    std::vector<model::Confidence> constant_confidence; ///< by row
    std::vector<int> evidence; ///< by row: the row whose terms tell how sure it is

    [[nodiscard]] Eigen::VectorXd values(const Equations& equations,
                                         const Solution& solution) const;
};

/// Which figures of the equations depend on parameters: nodes of the tape that recorded them, -1
/// where they do not. All empty without a recording.
struct EquationNodes {
    std::vector<int> net; ///< by position in the non-zeros
    std::vector<int> capacity;
    std::vector<int> demand;
    std::vector<int> buy_limit;
    std::vector<int> sell_limit;
};

/// One year of a scenario, compiled: equations, what their rows and columns are, what is counted.
struct System {
    int year = 0;
    Layout layout;
    Equations equations;
    EquationNodes nodes;
    std::vector<std::vector<GrossFlow>> flows; ///< by column
    Indicators indicators;                     ///< filled in by accounts::compile
};

/// Compiles the equations of one year: the coefficients in force, capacities, and the market rules
/// of DESIGN ("Markets") with their defaults. Leaves `indicators` empty. Where a recording goes on
/// (number/tape.hpp), it says which figures depend on its parameters.
///
/// Errors   ContractError if `scenario` does not hold what its loader promises.
[[nodiscard]] System compile(const model::Scenario& scenario, int year);

} // namespace chainsim::system
