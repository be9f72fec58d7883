#include <chainsim/study/detail/project_operations.hpp>
#include <chainsim/study/project_economics.hpp>
#include <chainsim/table/column.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace chainsim::study {

namespace {

using accounts::Operations;
using detail::ProjectOperations;
using detail::ProjectWorld;
using model::Rate;
using table::absent;

/// The industry of a project is that in which it invests most.
const model::Industry* industry_of(const ProjectWorld& world, const model::Project& project) {
    std::map<std::string, std::pair<double, const model::Industry*>> sums;
    const auto& scenario = world.scenario();
    for (const auto& id : project.facilities) {
        if (const auto found = scenario.facilities.find(id)) {
            const auto& assets = world.assets(*found);
            auto& sum = sums[assets.industry->id];
            sum.first += assets.investment.value();
            sum.second = assets.industry;
        }
    }
    const auto largest =
        std::max_element(sums.begin(), sums.end(), [](const auto& a, const auto& b) {
            return a.second.first < b.second.first;
        });
    return largest == sums.end() ? nullptr : largest->second.second;
}

/// Sets operations to those at a price of the main product, of which all are linear, from those at
/// 0 and at 1; what no price changes is in `out` already.
void blend(const Operations& at_zero, const Operations& at_one, double price, Operations& out) {
    for (const auto row : {&Operations::sales, &Operations::purchases, &Operations::other_costs,
                           &Operations::production_taxes}) {
        for (std::size_t at = 0; at < (out.*row).size(); ++at) {
            (out.*row)[at] = (at_zero.*row)[at] + price * ((at_one.*row)[at] - (at_zero.*row)[at]);
        }
    }
}

class Valuation {
public:
    Valuation(ProjectWorld& world, model::Index<model::Project> index)
        : world_(world), project_(world.scenario().projects[index]),
          industry_(industry_of(world, project_)),
          operations_(world, project_, life_of(industry_)) {
        clear(index);
    }

    ProjectEconomics value() {
        auto& out = result_;
        out.first_year = operations_.first_year();
        out.last_year = operations_.last_year();
        out.investment = project_.capex ? project_.capex->value.in("CNY") : absent;
        out.missing = operations_.missing();
        if (industry_ != nullptr && industry_->within_hosts) {
            out.missing.emplace_back("industry"); // its staff and life are those of its hosts
        }
        const bool has_flows =
            std::none_of(out.missing.begin(), out.missing.end(), [](const std::string& what) {
                return what == "plants" || what == "industry" || what.starts_with("year ");
            });
        if (has_flows) {
            run_years();
        }
        set_per_mu();
        set_norms();
        const auto is_assumed = [](const std::optional<model::Datum>& datum) {
            return datum && datum->provenance.confidence == model::Confidence::assumption;
        };
        out.illustration = is_assumed(project_.capex) || is_assumed(project_.land);
        return std::move(out);
    }

private:
    static int life_of(const model::Industry* industry) {
        constexpr int none = 1; // of what has no plants, and so no years of operation
        return industry == nullptr || !industry->life
                   ? none
                   : static_cast<int>(std::lround(industry->life->value.in("a")));
    }

    void clear(model::Index<model::Project> index) {
        result_.project = index;
        for (double* figure : {&result_.working_capital,
                               &result_.jobs,
                               &result_.sales,
                               &result_.purchases,
                               &result_.depreciation,
                               &result_.value_added,
                               &result_.vat,
                               &result_.tax,
                               &result_.required_return,
                               &result_.npv_before_tax,
                               &result_.npv_after_tax,
                               &result_.irr_before_tax,
                               &result_.irr_after_tax,
                               &result_.irr_equity,
                               &result_.payback,
                               &result_.payback_discounted,
                               &result_.price,
                               &result_.levelised_cost,
                               &result_.break_even_price,
                               &result_.investment_per_mu,
                               &result_.output_per_mu,
                               &result_.tax_per_mu}) {
            *figure = absent;
        }
    }

    [[nodiscard]] accounts::CashFlow cash_of(const Operations& operations) {
        const int first = operations_.first_year();
        for (std::size_t at = tax_rates_.size(); at < operations.sales.size(); ++at) {
            tax_rates_.push_back(
                world_.rate(industry_->western ? Rate::income_tax_western : Rate::income_tax,
                            first + static_cast<int>(at)));
        }
        const auto years = [this, first](Rate which) {
            return static_cast<int>(std::lround(world_.rate(which, first)));
        };
        return accounts::cash_flow(operations, tax_rates_, years(Rate::loss_years),
                                   {world_.rate(Rate::loan_share, first),
                                    world_.rate(Rate::loan_rate, first), years(Rate::loan_years)});
    }

    void run_years() {
        auto& out = result_;
        out.operations = operations_.at(std::nullopt);
        out.missing = operations_.missing(); // prices that it deals at as well
        out.jobs = operations_.jobs();
        out.sales = out.operations.sales.back();
        out.purchases = out.operations.purchases.back();
        out.value_added = out.sales - out.purchases;
        out.working_capital = out.operations.working_capital * out.sales;
        out.vat = operations_.vat().back();
        out.cash = cash_of(out.operations);
        const bool is_priced =
            std::none_of(out.missing.begin(), out.missing.end(),
                         [](const std::string& what) { return what.starts_with("price "); });
        if (!is_priced) {
            out.sales = out.purchases = out.value_added = out.working_capital = out.vat = absent;
            return;
        }
        if (project_.capex) {
            out.depreciation = *std::max_element(out.operations.depreciation.begin(),
                                                 out.operations.depreciation.end());
            out.tax = out.vat + out.operations.production_taxes.back() + out.cash.income_tax.back();
            set_returns();
            set_costs();
        }
    }

    void set_returns() {
        auto& out = result_;
        out.required_return =
            industry_->required_return ? industry_->required_return->value.in("1") : absent;
        const auto& cash = out.cash;
        out.npv_before_tax = accounts::present_value(cash.before_tax, out.required_return);
        out.npv_after_tax = accounts::present_value(cash.after_tax, out.required_return);
        bool is_several = false;
        const auto rate = [&is_several](const std::vector<double>& flows) {
            const auto found = accounts::internal_rate(flows);
            is_several = is_several || found.sign_changes > 1;
            return found.value.value_or(absent);
        };
        out.irr_before_tax = rate(cash.before_tax);
        out.irr_after_tax = rate(cash.after_tax);
        out.irr_equity = rate(cash.equity);
        if (is_several) {
            out.missing.emplace_back("single rate");
        }
        out.payback = accounts::payback(cash.after_tax, 0.0).value_or(absent);
        out.payback_discounted =
            accounts::payback(cash.after_tax, out.required_return).value_or(absent);
    }

    /// Both prices are one of all years. The levelised cost follows from present values; taxes on
    /// profits bend, so the other is searched.
    void set_costs() {
        auto& out = result_;
        if (!operations_.product()) {
            return;
        }
        out.product = operations_.product();
        const auto& made = operations_.made();
        const double amount = accounts::present_value(made, out.required_return);
        const double last = made.back();
        out.price = last > 0.0 ? operations_.main_sales().back() / last : absent;
        if (amount <= 0.0) {
            return;
        }
        const auto at_nothing = operations_.at(0.0);
        const auto at_one = operations_.at(1.0);
        auto priced = at_nothing; // one for all prices that are tried
        const auto value_at = [&](double price, bool after_tax) {
            blend(at_nothing, at_one, price, priced);
            const auto cash = cash_of(priced);
            return accounts::present_value(after_tax ? cash.after_tax : cash.before_tax,
                                           out.required_return);
        };
        const double at_zero = value_at(0.0, false);
        const double slope = value_at(1.0, false) - at_zero;
        if (slope <= 0.0) {
            return;
        }
        out.levelised_cost = -at_zero / slope;
        // A tax on profits takes part of what a higher price brings, never all of it.
        double low = out.levelised_cost;
        double high = low;
        double step = std::max(std::abs(low), 1.0) / 100.0;
        for (int i = 0; i < 40 && value_at(high, true) < 0.0; ++i) {
            low = high;
            high += step;
            step *= 2.0;
        }
        constexpr int halvings = 40;
        for (int i = 0; i < halvings; ++i) {
            const double middle = (low + high) / 2.0;
            (value_at(middle, true) < 0.0 ? low : high) = middle;
        }
        out.break_even_price = high;
    }

    void set_per_mu() {
        auto& out = result_;
        if (!project_.land) {
            out.missing.emplace_back("land");
            return;
        }
        mu_ = project_.land->value.in("mu");
        if (mu_ > 0.0) { // what stands on a roof takes no land
            out.investment_per_mu = out.investment / mu_;
            out.output_per_mu = out.sales / mu_;
            out.tax_per_mu = out.tax / mu_;
        }
    }

    void set_norms() {
        const auto& norms = world_.scenario().model.park_norms;
        for (std::uint32_t i = 0; i < norms.size(); ++i) {
            NormJudgement one;
            one.norm = {i};
            const auto& norm = norms[one.norm];
            one.bound = norm.at_least.value.in(model::unit_of(norm.figure));
            one.value = figure(norm.figure);
            const bool binds =
                !norm.is_average && norm.at_least.provenance.confidence <= model::Confidence::known;
            const bool kept = one.value >= one.bound;
            if (!std::isnan(one.value)) {
                one.verdict = binds
                                  ? (kept ? NormVerdict::met : NormVerdict::missed)
                                  : (kept ? NormVerdict::advice_kept : NormVerdict::advice_missed);
            }
            result_.norms.push_back(one);
        }
    }

    [[nodiscard]] double figure(model::ParkFigure which) const {
        switch (which) {
        case model::ParkFigure::investment:
            return result_.investment;
        case model::ParkFigure::investment_per_mu:
            return result_.investment_per_mu;
        case model::ParkFigure::output_per_mu:
            return result_.output_per_mu;
        case model::ParkFigure::tax_per_mu:
            return result_.tax_per_mu;
        case model::ParkFigure::value_added_per_mu:
            return mu_ > 0.0 ? result_.value_added / mu_ : absent;
        }
        return absent;
    }

    ProjectWorld& world_;
    const model::Project& project_;
    const model::Industry* industry_;
    ProjectOperations operations_;
    std::vector<double> tax_rates_; ///< by year; many prices are tried
    double mu_ = 0.0;
    ProjectEconomics result_;
};

} // namespace

std::string_view to_string(NormVerdict verdict) {
    switch (verdict) {
    case NormVerdict::met:
        return "met";
    case NormVerdict::missed:
        return "missed";
    case NormVerdict::advice_kept:
        return "advice_kept";
    case NormVerdict::advice_missed:
        return "advice_missed";
    case NormVerdict::undetermined:
        return "undetermined";
    }
    return {};
}

std::vector<ProjectEconomics> project_economics(const Run& run) {
    std::vector<ProjectEconomics> result;
    if (run.failure() || run.years().empty()) {
        return result;
    }
    ProjectWorld world(run);
    if (!world.is_known()) {
        return result;
    }
    const auto& projects = run.scenario().projects;
    for (std::uint32_t i = 0; i < projects.size(); ++i) {
        const model::Index<model::Project> index{i};
        const auto& project = projects[index];
        if (project.selected && project.start && project.existing.empty()) {
            result.push_back(Valuation(world, index).value());
        }
    }
    return result;
}

} // namespace chainsim::study
