#pragma once

#include <chainsim/accounts/closure.hpp>
#include <chainsim/accounts/energy_balance.hpp>
#include <chainsim/accounts/facility_carbon.hpp>
#include <chainsim/accounts/indicators.hpp>
#include <chainsim/graph/trace.hpp>
#include <chainsim/model/scenario.hpp>
#include <chainsim/study/ledgers.hpp>
#include <chainsim/study/policies.hpp>
#include <chainsim/study/products.hpp>
#include <chainsim/study/told.hpp>
#include <chainsim/study/water_quotas.hpp>
#include <chainsim/system/system.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::study {

/// What became of a commodity in a year, in its unit of account: all gross.
///     produced + bought = consumed + sold + disposed + final_demand
struct CommodityBalance {
    model::Index<model::Commodity> commodity;
    double produced = 0.0;
    double consumed = 0.0;
    double bought = 0.0; ///< also what is taken from nature
    double sold = 0.0;
    double disposed = 0.0; ///< also what is emitted or curtailed
    double final_demand = 0.0;
    /// What plants that stand idle for want of it could take besides, up to their capacity.
    double short_of = 0.0;
};

/// A solved year: the compiled system, its solution, and all that is counted on it.
class YearRun {
public:
    /// `teller` keeps the year, if later ones rest on it.
    ///
    /// Errors  ContractError if the solution is none, or the teller lacks a year before this one.
    YearRun(const model::Scenario& scenario, system::System system, system::Solution solution,
            Teller& teller);

    [[nodiscard]] int year() const noexcept { return system_.year; }
    [[nodiscard]] const system::System& system() const noexcept { return system_; }
    [[nodiscard]] const system::Solution& solution() const noexcept { return solution_; }
    [[nodiscard]] const accounts::DistrictClosure& closure() const noexcept { return closure_; }
    /// With the statistics in the place of what they tell: what the policies judge.
    [[nodiscard]] const std::vector<accounts::IndicatorValue>& indicators() const noexcept {
        return told_.values;
    }
    /// As the model has them, by id; what the statistics alone tell is not among them.
    [[nodiscard]] const std::vector<accounts::IndicatorValue>& planned() const noexcept {
        return planned_;
    }
    [[nodiscard]] Basis basis_of(const std::string& indicator) const {
        return told_.basis_of(indicator);
    }
    /// Whether the statistics have a word in any figure of the year.
    [[nodiscard]] bool is_told() const noexcept { return !told_.bases.empty(); }
    [[nodiscard]] const ConfidenceShares& confidence() const noexcept { return told_.shares; }
    [[nodiscard]] const std::vector<Judgement>& policies() const noexcept { return policies_; }
    /// Unit energy of the plants that a standard judges, by standard and then by facility.
    [[nodiscard]] const std::vector<ProductJudgement>& products() const noexcept {
        return products_;
    }
    /// The energy balance, the bridge and the plants' consumption; empty where the models name no
    /// energy carriers.
    [[nodiscard]] const accounts::EnergyStatement& energy() const noexcept { return energy_; }
    /// CO2 of the plants as their enterprises report it.
    [[nodiscard]] const std::vector<accounts::FacilityCarbon>& carbon() const noexcept {
        return carbon_;
    }
    /// Debts of replacement and offset, by rule and product.
    [[nodiscard]] const std::vector<LedgerJudgement>& ledgers() const noexcept { return ledgers_; }
    /// Unit water of the plants that a quota judges, by quota and then by facility.
    [[nodiscard]] const std::vector<QuotaJudgement>& water_quotas() const noexcept {
        return water_quotas_;
    }
    /// By commodity id; those that are in use.
    [[nodiscard]] const std::vector<CommodityBalance>& commodities() const noexcept {
        return commodities_;
    }

    /// Errors  ContractError naming an indicator that this year does not have.
    [[nodiscard]] units::Quantity indicator(std::string_view id) const;
    /// The same as the model has it.
    [[nodiscard]] units::Quantity planned(std::string_view id) const;
    /// The number alone; NaN where the model counts none of it.
    [[nodiscard]] double planned_value(std::string_view id) const;
    /// What a facility makes in the year, units of its product; zero if it is not there.
    [[nodiscard]] double activity(model::Index<model::Facility> facility) const;
    /// What facilities take and how much of each commodity is used, for graph::trace.
    [[nodiscard]] graph::YearFlows flows(const model::Scenario& scenario) const;

private:
    system::System system_;
    system::Solution solution_;
    accounts::DistrictClosure closure_;
    std::vector<accounts::IndicatorValue> planned_;
    Told told_;
    accounts::EnergyStatement energy_;
    std::vector<accounts::FacilityCarbon> carbon_;
    std::vector<CommodityBalance> commodities_;
    std::vector<Judgement> policies_;
    std::vector<ProductJudgement> products_;
    std::vector<LedgerJudgement> ledgers_;
    std::vector<QuotaJudgement> water_quotas_;
};

/// A year that has no solution, and why.
struct Failure {
    int year = 0;
    system::Outcome outcome = system::Outcome::not_converged;
    std::vector<std::string> facilities;  ///< ids of those concerned
    std::vector<std::string> commodities; ///< ids of those concerned
    std::string message;                  ///< one line, with names
    int iterations = 0;
    double residual = 0.0;
};

/// All years of a scenario, solved.
class Run {
public:
    /// `main_input` is the path, among the inputs, of the file that was opened.
    Run(std::shared_ptr<const model::Scenario> scenario, std::string main_input,
        std::vector<YearRun> years, std::optional<Failure> failure);

    [[nodiscard]] system::Outcome outcome() const;
    [[nodiscard]] const std::optional<Failure>& failure() const noexcept { return failure_; }
    [[nodiscard]] const model::Scenario& scenario() const noexcept { return *scenario_; }
    [[nodiscard]] const std::string& main_input() const noexcept { return main_input_; }

    /// All years, ascending.
    ///
    /// Errors  ContractError if the run has no solution: there is nothing to read.
    [[nodiscard]] const std::vector<YearRun>& years() const;
    /// Errors  ContractError if the run has no solution, or not this year.
    [[nodiscard]] const YearRun& year(int year) const;

private:
    // Shared with the Study, which may be gone before the run; nobody changes it.
    std::shared_ptr<const model::Scenario> scenario_;
    std::string main_input_;
    std::vector<YearRun> years_;
    std::optional<Failure> failure_;
};

[[nodiscard]] std::string_view to_string(system::Outcome outcome);
[[nodiscard]] std::string_view to_string(system::BindingKind kind);

} // namespace chainsim::study
