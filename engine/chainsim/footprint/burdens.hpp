#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/system/system.hpp>

#include <Eigen/Core>

#include <string_view>
#include <vector>

namespace chainsim::footprint {

/// What a year counts that a product can carry: energy, carbon, water, emissions, cost.
///
/// Rows of the indicators, without what they deduct for a sale: what is sold carries its burdens
/// away. What plants bring by standing there (wages, what is written off) is spread over what they
/// make in the year. `cost` is what is paid for: purchases, disposal, wages, what is written off;
/// without taxes and profit.
///
/// Shapes  direct: burdens x columns, per unit of activity; bought, disposed: burdens x rows, per
///         unit of account.
/// Units   as `info`, per unit of the column's product or of the row's commodity.
struct Burdens {
    std::vector<system::IndicatorInfo> info;
    Eigen::MatrixXd direct;
    Eigen::MatrixXd bought;
    Eigen::MatrixXd disposed;

    /// Position of a burden; -1: none.
    [[nodiscard]] int find(std::string_view id) const;
};

[[nodiscard]] Burdens burdens_of(const model::Scenario& scenario, const system::System& system,
                                 const system::Solution& solution);

} // namespace chainsim::footprint
