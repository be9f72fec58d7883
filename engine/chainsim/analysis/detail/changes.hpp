#pragma once

#include <chainsim/analysis/amount.hpp>
#include <chainsim/system/system.hpp>

#include <Eigen/Core>

#include <vector>

namespace chainsim::analysis::detail {

/// What one unit of each commodity row is worth, by way of trade.
///
/// Units  CNY per unit of account; heat: GJ of heating value.
struct UnitValues {
    Eigen::VectorXd bought;
    Eigen::VectorXd sold;
    Eigen::VectorXd disposed; ///< what disposal costs
    Eigen::VectorXd heat;
    Eigen::VectorXd mass; ///< t
};

/// Errors  ContractError if `system` has no indicator rows.
[[nodiscard]] UnitValues unit_values(const model::Scenario& scenario, const system::System& system);

/// Tells two solutions of one system apart.
class Comparison {
public:
    Comparison(const model::Scenario& scenario, const system::System& system);

    /// What is bought more in `after`, dearest first; what is free is left out.
    [[nodiscard]] std::vector<Amount> bought_more(const system::Solution& before,
                                                  const system::Solution& after) const;
    /// What is sold less, most revenue first; amounts are above zero.
    [[nodiscard]] std::vector<Amount> sold_less(const system::Solution& before,
                                                const system::Solution& after) const;
    /// What is flared, dumped, curtailed or given off more, most heat and then most mass first.
    /// Left out is what is given off by its nature: emissions without value.
    [[nodiscard]] std::vector<Amount> wasted_more(const system::Solution& before,
                                                  const system::Solution& after) const;

    [[nodiscard]] const UnitValues& values() const { return values_; }

private:
    [[nodiscard]] const model::Commodity& commodity(int row) const;

    const model::Scenario& scenario_;
    const system::System& system_;
    UnitValues values_;
};

} // namespace chainsim::analysis::detail
