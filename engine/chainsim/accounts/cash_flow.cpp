#include <chainsim/accounts/cash_flow.hpp>
#include <chainsim/base/error.hpp>

#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>

namespace chainsim::accounts {

namespace {

int count_sign_changes(std::span<const double> flows) {
    int changes = 0;
    double last = 0.0;
    for (const double flow : flows) {
        if (flow != 0.0) {
            changes += last * flow < 0.0 ? 1 : 0;
            last = flow;
        }
    }
    return changes;
}

bool begins_with_cost(std::span<const double> flows) {
    const auto first = std::find_if(flows.begin(), flows.end(), [](double f) { return f != 0.0; });
    return first != flows.end() && *first < 0.0;
}

/// Tax on a profit after what is left of earlier losses.
class IncomeTax {
public:
    explicit IncomeTax(int loss_years) : loss_years_(loss_years) {}

    double of(double profit, double rate) {
        while (!losses_.empty() && losses_.front().age >= loss_years_) {
            losses_.pop_front();
        }
        for (auto& loss : losses_) {
            ++loss.age;
        }
        if (profit < 0.0) {
            losses_.push_back({-profit, 0});
            return 0.0;
        }
        while (!losses_.empty() && profit > 0.0) {
            const double used = std::min(profit, losses_.front().amount);
            profit -= used;
            losses_.front().amount -= used;
            if (losses_.front().amount <= 0.0) {
                losses_.pop_front();
            }
        }
        return profit * rate;
    }

private:
    struct Loss {
        double amount = 0.0;
        int age = 0; ///< years in which it could be used so far
    };

    int loss_years_;
    std::deque<Loss> losses_;
};

/// Interest and repayment of each year, and what is still owed.
class Debt {
public:
    Debt(const Loan& loan, const Operations& operations) : loan_(loan) {
        const auto& sales = operations.sales;
        const auto first =
            std::find_if(sales.begin(), sales.end(), [](double sale) { return sale > 0.0; });
        operates_from_ = static_cast<std::size_t>(first - sales.begin());
    }

    /// Interest that is paid in the year, and the part paid back; what is drawn before operation
    /// bears interest from the middle of the year.
    std::pair<double, double> pay(std::size_t year, double drawn) {
        if (year < operates_from_) {
            owed_ += drawn + (owed_ + drawn / 2.0) * loan_.rate;
            return {0.0, 0.0};
        }
        owed_ += drawn;
        if (year == operates_from_) {
            part_ = owed_ / loan_.years;
        }
        const double interest = owed_ * loan_.rate;
        const double part = std::min(part_, owed_);
        owed_ -= part;
        return {interest, part};
    }

private:
    Loan loan_;
    std::size_t operates_from_ = 0;
    double owed_ = 0.0;
    double part_ = 0.0;
};

void expect_one_length(const Operations& operations, std::size_t years) {
    for (const auto* row :
         {&operations.investment, &operations.sales, &operations.purchases, &operations.labour,
          &operations.other_costs, &operations.production_taxes, &operations.depreciation}) {
        CHAINSIM_EXPECT(row->size() == years, "rows of a cash flow differ in length");
    }
}

} // namespace

double present_value(std::span<const double> flows, double rate) {
    double sum = 0.0;
    for (std::size_t k = flows.size(); k > 0; --k) { // Horner, from the last year back
        sum = (sum + flows[k - 1]) / (1.0 + rate);
    }
    return sum;
}

InternalRate internal_rate(std::span<const double> flows) {
    InternalRate result{std::nullopt, count_sign_changes(flows)};
    if (result.sign_changes != 1 || !begins_with_cost(flows)) {
        return result;
    }
    // With one change of sign the present value falls with the rate wherever it is nil.
    const auto value = [flows](double rate) { return present_value(flows, rate); };
    constexpr double lowest = -0.5; // what loses more a year is no investment
    constexpr double highest = 10.0;
    if (value(lowest) <= 0.0 || value(highest) >= 0.0) {
        return result;
    }
    constexpr int digits = 50;
    std::uintmax_t iterations = 200;
    const auto [low, high] = boost::math::tools::toms748_solve(
        value, lowest, highest, boost::math::tools::eps_tolerance<double>(digits), iterations);
    result.value = (low + high) / 2.0;
    return result;
}

std::optional<double> payback(std::span<const double> flows, double rate) {
    double sum = 0.0;
    std::optional<double> since;
    double discount = 1.0;
    for (std::size_t k = 0; k < flows.size(); ++k) {
        discount /= 1.0 + rate;
        const double flow = flows[k] * discount;
        if (sum < 0.0 && sum + flow >= 0.0) {
            since = static_cast<double>(k) - sum / flow;
        } else if (sum + flow < 0.0) {
            since.reset();
        }
        sum += flow;
    }
    return since;
}

CashFlow cash_flow(const Operations& operations, std::span<const double> tax_rate, int loss_years,
                   const Loan& loan) {
    const std::size_t years = tax_rate.size();
    expect_one_length(operations, years);
    CHAINSIM_EXPECT(loan.years >= 1, "a loan is paid back over a year at least");
    CashFlow result;
    IncomeTax tax(loss_years);
    IncomeTax equity_tax(loss_years);
    Debt debt(loan, operations);
    double tied = 0.0;
    for (std::size_t k = 0; k < years; ++k) {
        const bool is_last = k + 1 == years;
        const double needed = is_last ? 0.0 : operations.working_capital * operations.sales[k];
        const double earned = operations.sales[k] - operations.purchases[k] - operations.labour[k] -
                              operations.other_costs[k] - operations.production_taxes[k];
        const double profit = earned - operations.depreciation[k];
        const double drawn = operations.investment[k] * loan.share;
        const auto [interest, repaid] = debt.pay(k, drawn);
        const double before = earned - operations.investment[k] - (needed - tied) +
                              (is_last ? operations.remaining_value : 0.0);
        result.working_capital.push_back(needed - tied);
        result.income_tax.push_back(tax.of(profit, tax_rate[k]));
        result.before_tax.push_back(before);
        result.after_tax.push_back(before - result.income_tax.back());
        result.debt_service.push_back(interest + repaid);
        result.equity_income_tax.push_back(equity_tax.of(profit - interest, tax_rate[k]));
        result.equity.push_back(before + drawn - interest - repaid -
                                result.equity_income_tax.back());
        tied = needed;
    }
    return result;
}

} // namespace chainsim::accounts
