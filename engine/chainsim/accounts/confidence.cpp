#include <chainsim/accounts/indicators.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace chainsim::accounts {

namespace {

using Shares = std::array<double, 5>;

double sum(const Shares& shares) {
    double total = 0.0;
    for (const double share : shares) {
        total += share;
    }
    return total;
}

std::optional<Shares> normalised(Shares shares) {
    const double total = sum(shares);
    if (!(total > 0.0)) {
        return std::nullopt;
    }
    for (double& share : shares) {
        share /= total;
    }
    return shares;
}

/// No surer than the capacity and the load that it rests on.
model::Confidence confidence_of(const system::Term& term, const model::Scenario& scenario,
                                const system::System& system) {
    if (term.column >= system.equations.columns()) {
        return term.confidence;
    }
    const auto facility = system.layout.columns[static_cast<std::size_t>(term.column)];
    const auto& plant = scenario.facilities[facility];
    return std::max(
        {term.confidence, plant.capacity.provenance.confidence, plant.availability_confidence});
}

/// What each row rests on, by confidence, for given amounts of the columns. A column counts by what
/// it brings net, and within it each flow by its size: coal that passes through five plants on its
/// way weighs no more than what is lost of it in each.
std::vector<Shares> contributions(const model::Scenario& scenario, const system::System& system,
                                  const Eigen::VectorXd& amounts) {
    const auto& terms = system.indicators.terms; // by row, then column
    std::vector<Shares> out(system.indicators.info.size(), Shares{});
    for (auto first = terms.begin(); first != terms.end();) {
        const auto last = std::find_if(first, terms.end(), [first](const system::Term& term) {
            return term.row != first->row || term.column != first->column;
        });
        double net = 0.0;
        Shares gross{};
        for (auto term = first; term != last; ++term) {
            net += term->weight.value();
            gross[static_cast<std::size_t>(confidence_of(*term, scenario, system))] +=
                std::abs(term->weight.value());
        }
        const double part = std::abs(net * amounts[first->column]) / sum(gross);
        auto& shares = out[static_cast<std::size_t>(first->row)];
        for (std::size_t i = 0; i < shares.size(); ++i) {
            shares[i] += part * gross[i];
        }
        first = last;
    }
    return out;
}

/// Shares by row: of what flows; of an indicator that is zero, of what would flow if its plants
/// ran at capacity; and if they have none this year, of their coefficients.
class Judge {
public:
    Judge(const model::Scenario& scenario, const system::System& system,
          const system::Solution& solution)
        : indicators_(system.indicators) {
        const auto& eq = system.equations;
        Eigen::VectorXd amounts(eq.columns() + 4 * eq.net.rows());
        amounts << solution.activity, solution.bought, solution.sold, solution.disposed, eq.demand;
        by_amounts_ = contributions(scenario, system, amounts);
        amounts << eq.capacity, Eigen::VectorXd::Zero(4 * eq.net.rows());
        by_capacity_ = contributions(scenario, system, amounts);
        amounts << Eigen::VectorXd::Ones(eq.columns()), Eigen::VectorXd::Zero(4 * eq.net.rows());
        by_recipe_ = contributions(scenario, system, amounts);
    }

    [[nodiscard]] std::optional<Shares> of_row(int i) const {
        const auto row = static_cast<std::size_t>(i);
        const auto evidence = static_cast<std::size_t>(indicators_.evidence[row]);
        for (const auto* by : {&by_amounts_, &by_capacity_, &by_recipe_}) {
            auto shares = (*by)[evidence];
            shares[static_cast<std::size_t>(indicators_.constant_confidence[row])] +=
                std::abs(indicators_.constant[i]);
            if (const auto found = normalised(shares)) {
                return found;
            }
        }
        return std::nullopt;
    }

    /// A quotient is as sure as its two parts: the mean of their shares.
    [[nodiscard]] std::optional<Shares> of_ratio(const system::RatioInfo& ratio) const {
        const auto above = of_row(ratio.numerator);
        const auto below = of_row(ratio.denominator);
        if (!above || !below) {
            return above ? above : below;
        }
        Shares both{};
        for (std::size_t i = 0; i < both.size(); ++i) {
            both[i] = (*above)[i] + (*below)[i];
        }
        return normalised(both);
    }

private:
    const system::Indicators& indicators_;
    std::vector<Shares> by_amounts_;
    std::vector<Shares> by_capacity_;
    std::vector<Shares> by_recipe_;
};

} // namespace

std::map<std::string, std::array<double, 5>> confidence_shares(const model::Scenario& scenario,
                                                               const system::System& system,
                                                               const system::Solution& solution) {
    const auto& indicators = system.indicators;
    const Eigen::VectorXd values = indicators.values(system.equations, solution);
    const Judge judge(scenario, system, solution);
    std::map<std::string, Shares> out;
    for (int i = 0; i < indicators.shown; ++i) {
        if (const auto shares = judge.of_row(i)) {
            out.emplace(indicators.info[static_cast<std::size_t>(i)].id, *shares);
        }
    }
    for (const auto& ratio : indicators.ratios) {
        const auto shares = judge.of_ratio(ratio);
        if (shares && values[ratio.denominator] != 0.0) {
            out.emplace(ratio.info.id, *shares);
        }
    }
    for (const auto& kinked : indicators.kinked) {
        const auto shares = kinked.evidence < 0 ? std::nullopt : judge.of_row(kinked.evidence);
        if (shares) {
            out.emplace(kinked.info.id, *shares);
        }
    }
    return out;
}

} // namespace chainsim::accounts
