#include <chainsim/input_output/multipliers.hpp>

#include <fmt/format.h>

#include <utility>

namespace chainsim::input_output {

namespace {

using Eigen::Index;

/// Per unit of income: consumption of each sector, what households pay each other, and what their
/// consumption brings by itself of each satellite (fuel that they burn).
struct Spending {
    Eigen::VectorXd of_sectors;
    double of_households = 0.0;
    Eigen::VectorXd own;
};

Spending spending(const IoTable& table, const Households& households) {
    const auto income = static_cast<Index>(households.income);
    double earned = table.intensities.col(income).dot(table.output);
    Spending result{Eigen::VectorXd::Zero(table.size()), 0.0,
                    Eigen::VectorXd::Zero(table.final_satellites.rows())};
    for (Index k = 0; k < table.final_demand.cols(); ++k) {
        earned += table.final_satellites(income, k);
    }
    for (const Index column : households.consumption) {
        result.of_sectors += table.final_demand.col(column);
        result.of_households += table.final_satellites(income, column);
        result.own += table.final_satellites.col(column);
    }
    if (!(earned > 0.0)) {
        throw NoAnswer(
            fmt::format("households earn nothing by '{}'", table.satellites[households.income]));
    }
    result.of_sectors /= earned;
    result.of_households /= earned;
    result.own /= earned;
    return result;
}

Eigen::VectorXd over_mean(const Eigen::VectorXd& values) { return values / values.mean(); }

} // namespace

Multipliers multipliers(const Economy& economy, const std::optional<Households>& households) {
    const auto& table = economy.table;
    const Index size = table.size();
    Multipliers result;
    result.names = {"output"};
    result.names.insert(result.names.end(), table.satellites.begin(), table.satellites.end());
    result.direct.resize(size, 1 + table.intensities.cols());
    result.direct.col(0).setOnes();
    result.direct.rightCols(table.intensities.cols()) = table.intensities;
    result.total = economy.leontief.solve_transposed(result.direct);
    if (!households) {
        return result;
    }
    CHAINSIM_EXPECT(table.has_output(), "households of a table whose output is known");
    const auto spent = spending(table, *households);
    const Eigen::VectorXd earned = result.total.col(1 + static_cast<Index>(households->income));
    const double left = 1.0 - spent.of_households - earned.dot(spent.of_sectors);
    if (!(left > 0.0)) {
        throw NoAnswer("households spend at least what their spending lets them earn: the table "
                       "closed by them is unproductive");
    }
    result.induced = result.total;
    for (Index k = 0; k < result.total.cols(); ++k) {
        const double own = k == 0 ? 0.0 : spent.own(k - 1); // households are no sector
        const double each = (result.total.col(k).dot(spent.of_sectors) + own) / left;
        result.induced.col(k) += each * earned;
    }
    return result;
}

Linkages linkages(const Economy& economy) {
    const auto& table = economy.table;
    const Eigen::VectorXd ones = Eigen::VectorXd::Ones(table.size());
    Linkages result;
    result.backward = economy.leontief.solve_transposed(ones);
    result.forward = economy.leontief.solve(ones);
    result.power = over_mean(result.backward);
    result.sensitivity = over_mean(result.forward);
    if (table.has_output()) {
        // G 1 = x^-1 L x: no second factorisation.
        result.forward_ghosh = economy.leontief.solve(table.output);
        for (Index k = 0; k < table.size(); ++k) {
            auto& here = result.forward_ghosh[k];
            here = table.output[k] > 0.0 ? here / table.output[k] : 1.0;
        }
        result.sensitivity_ghosh = over_mean(result.forward_ghosh);
    }
    return result;
}

} // namespace chainsim::input_output
