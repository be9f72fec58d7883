#include <chainsim/accounts/plant_money.hpp>
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/economy/embedding.hpp>
#include <chainsim/study/run.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace chainsim::economy {

namespace {

using Eigen::Index;
using input_output::Economy;
using table::absent;

/// The multipliers that effects are counted by, once for all years.
class Effects {
public:
    Effects(const Economy& economy, const EmbeddingOptions& options)
        : economy_(economy), value_added_(1 + static_cast<Index>(economy.table.satellite(
                                                  options.value_added, "--value-added"))),
          jobs_(1 + static_cast<Index>(economy.table.satellite(options.jobs, "--jobs"))),
          all_(input_output::multipliers(economy, options.households)) {}

    [[nodiscard]] Effect of(Eigen::VectorXd delivered) const {
        Effect effect;
        effect.delivered = delivered.sum();
        effect.output_by = economy_.leontief.solve(delivered);
        effect.output = effect.output_by.sum();
        effect.value_added = all_.total.col(value_added_).dot(delivered);
        effect.value_added_direct = all_.direct.col(value_added_).dot(delivered);
        effect.jobs = all_.total.col(jobs_).dot(delivered);
        effect.jobs_direct = all_.direct.col(jobs_).dot(delivered);
        const bool is_closed = all_.induced.cols() > 0;
        effect.value_added_induced =
            is_closed ? all_.induced.col(value_added_).dot(delivered) - effect.value_added : absent;
        effect.jobs_induced =
            is_closed ? all_.induced.col(jobs_).dot(delivered) - effect.jobs : absent;
        effect.delivered_by = std::move(delivered);
        return effect;
    }

private:
    const Economy& economy_;
    Index value_added_;
    Index jobs_;
    input_output::Multipliers all_;
};

double money_scale(const std::string& unit) {
    try {
        return units::Quantity(1.0, units::Unit::parse("CNY")).in(units::Unit::parse(unit));
    } catch (const units::UnitError& error) {
        throw InputError({Diagnostic{.where = {},
                                     .field = "--money",
                                     .message = error.what(),
                                     .help = "write a unit of money, such as CNY, 万元 or 亿元",
                                     .also = {},
                                     .line_text = {}}});
    }
}

/// Puts an amount on the sectors that stand for it.
struct Spread {
    Eigen::VectorXd local;
    double imported = 0.0;

    void add(const std::vector<SectorShare>& shares, double amount) {
        for (const auto& one : shares) {
            local[one.sector] += amount * one.share * one.local;
            imported += amount * one.share * (1.0 - one.local);
        }
    }
};

OperationYear operation_of(const Economy& economy, const model::Scenario& scenario,
                           const study::YearRun& run, const Mapping& mapping,
                           const Effects& effects, double scale) {
    OperationYear result;
    result.year = run.year();
    const auto size = economy.table.size();
    Spread bought{Eigen::VectorXd::Zero(size)};
    Spread sold{Eigen::VectorXd::Zero(size)};
    const auto dealings = accounts::dealings(scenario, run.year());
    for (const auto& balance : run.commodities()) {
        const auto& dealing = dealings[balance.commodity.value];
        const auto& id = scenario.model.commodities[balance.commodity].id;
        if (!dealing.known && (balance.bought > 0.0 || balance.sold > 0.0)) {
            result.unpriced.push_back(id);
            continue;
        }
        const double spent = scale * (balance.bought * dealing.bought.value() +
                                      balance.disposed * dealing.disposal.value());
        const double earned = scale * balance.sold * dealing.received.value();
        result.purchases += spent;
        result.sales += earned;
        const auto* const shares = mapping.commodity(id);
        if (shares != nullptr) {
            bought.add(*shares, spent);
            sold.add(*shares, earned);
        } else if (spent != 0.0) {
            result.unmapped.push_back({id, spent});
        }
    }
    result.imported = bought.imported;
    result.value_added = scale * run.planned_value("value_added");
    result.jobs = run.planned_value("jobs");
    result.sold_as = std::move(sold.local);
    result.effect = effects.of(std::move(bought.local));
    std::stable_sort(result.unmapped.begin(), result.unmapped.end(),
                     [](const Unmapped& a, const Unmapped& b) {
                         return std::abs(a.amount) > std::abs(b.amount);
                     });
    return result;
}

/// Years in which any project of the scenario invests.
std::set<int> years_of_investment(const model::Scenario& scenario) {
    std::set<int> years;
    for (const auto& project : scenario.projects) {
        if (!project.selected || !project.start) {
            continue;
        }
        // Without a schedule all of it falls into the year before the start.
        const int length = std::max(1, static_cast<int>(project.schedule.size()));
        for (int year = *project.start - length; year <= *project.start; ++year) {
            if (project.investment_share(year) > 0.0) {
                years.insert(year);
            }
        }
    }
    return years;
}

InvestmentYear investment_of(const Economy& economy, const model::Scenario& scenario, int year,
                             const Mapping& mapping, const Effects& effects, double scale) {
    InvestmentYear result;
    result.year = year;
    Spread bought{Eigen::VectorXd::Zero(economy.table.size())};
    for (const auto& project : scenario.projects) {
        if (!project.selected || !project.capex) {
            continue;
        }
        const double spent =
            scale * project.capex->value.in("CNY") * project.investment_share(year);
        if (spent == 0.0) {
            continue;
        }
        result.investment += spent;
        const auto* const shares = mapping.project(project.id);
        if (shares != nullptr) {
            bought.add(*shares, spent);
        } else {
            result.unmapped.push_back({project.id, spent});
        }
    }
    result.imported = bought.imported;
    result.effect = effects.of(std::move(bought.local));
    return result;
}

} // namespace

Embedding embed(const Economy& economy, const study::Study& study, const Mapping& mapping,
                const EmbeddingOptions& options) {
    const auto& scenario = study.scenario();
    const double scale = money_scale(options.money);
    const Effects effects(economy, options);
    const auto run = study.run();
    if (run.failure()) {
        throw study::NoSolution(run.failure()->message);
    }
    Embedding result;
    result.scenario = scenario.id;
    result.money = options.money;
    for (const auto& year : run.years()) {
        result.operation.push_back(operation_of(economy, scenario, year, mapping, effects, scale));
    }
    for (const int year : years_of_investment(scenario)) {
        result.investment.push_back(
            investment_of(economy, scenario, year, mapping, effects, scale));
    }
    for (const auto& project : scenario.projects) {
        if (project.selected && project.start && !project.capex && project.existing.empty()) {
            result.without_capex.push_back(project.id);
        }
    }
    return result;
}

} // namespace chainsim::economy
