#pragma once

#include <chainsim/accounts/detail/figure.hpp>
#include <chainsim/model/scenario.hpp>
#include <chainsim/system/system.hpp>

#include <cstddef>
#include <vector>

namespace chainsim::accounts::detail {

/// CO2 of a plant as its enterprise reports it: what leaves its stacks, and what others gave off
/// for the power and the heat that it takes.
///
/// Power of the sun and the wind that a plant takes directly counts nothing; once it is in the
/// network it counts at the factor of the network, certificates or not. What a plant gives is
/// deducted, unless the guideline of its industry counts what is bought alone; of power that it
/// takes and gives, only the net. A power plant without a code of industry deducts nothing.
///
/// Units   t per unit of the plant's product.
/// Source  GB/T 32151 by industry; factors of enterprise reports; 环办气候函〔2023〕332号 for power
///         that is bought with certificates.
class EnterpriseCarbon {
public:
    struct Parts {
        Figure direct;
        Figure power;
        Figure heat;
        Figure uncredited; ///< of power and heat given, that which the guideline does not deduct
    };

    EnterpriseCarbon(const model::Scenario& scenario, const system::System& system);

    /// Are all factors there that the plants need?
    [[nodiscard]] bool is_known() const { return is_known_; }
    [[nodiscard]] Parts of(int f) const;
    /// CO2 per unit of power or heat that crosses the boundary of a plant, by row; 0 for all else.
    [[nodiscard]] const Figure& carried(int r) const {
        return carried_[static_cast<std::size_t>(r)];
    }

private:
    [[nodiscard]] bool gives_credit(int f) const;

    const model::Scenario& scenario_;
    const system::System& system_;
    int co2_ = -1;
    std::vector<Figure> carried_;
    std::vector<char> is_power_; ///< by row
    bool is_known_ = true;
};

} // namespace chainsim::accounts::detail
