#pragma once

#include <chainsim/accounts/closure.hpp>
#include <chainsim/accounts/indicators.hpp>
#include <chainsim/load/load_scenario.hpp>
#include <chainsim/model/scenario.hpp>
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/system/system.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace chainsim::test {

/// A file below the source folder.
[[nodiscard]] inline std::filesystem::path source(std::string_view relative) {
    return std::filesystem::path(CHAINSIM_SOURCE_DIR) / relative;
}

/// One solved year of a scenario, asked by names.
class SolvedYear {
public:
    SolvedYear(const std::filesystem::path& scenario, int year);
    SolvedYear(model::Scenario scenario, int year);

    [[nodiscard]] const model::Scenario& scenario() const { return scenario_; }
    [[nodiscard]] const system::System& system() const { return system_; }
    [[nodiscard]] const system::Solution& solution() const { return solution_; }
    [[nodiscard]] accounts::DistrictClosure closure() const;

    // By facility.
    [[nodiscard]] double activity(std::string_view facility) const;
    [[nodiscard]] double capacity(std::string_view facility) const;
    [[nodiscard]] system::BindingKind binding(std::string_view facility) const;
    [[nodiscard]] std::string binding_commodity(std::string_view facility) const; ///< or empty

    // By commodity, in its unit of account.
    [[nodiscard]] double produced(std::string_view commodity) const; ///< gross
    [[nodiscard]] double consumed(std::string_view commodity) const; ///< gross
    [[nodiscard]] double bought(std::string_view commodity) const;
    [[nodiscard]] double sold(std::string_view commodity) const;
    [[nodiscard]] double disposed(std::string_view commodity) const;
    /// What facilities of one process take of the commodity (positive) or make of it.
    [[nodiscard]] double consumed_by(std::string_view process, std::string_view commodity) const;

    [[nodiscard]] double indicator(std::string_view id) const;

private:
    [[nodiscard]] int row(std::string_view commodity) const;
    [[nodiscard]] int column(std::string_view facility) const;
    [[nodiscard]] double gross(std::string_view commodity, double sign,
                               std::string_view process) const;

    model::Scenario scenario_;
    system::System system_;
    system::Solution solution_;
};

/// The district of the base year and that of the plan, each solved once for all tests of a program.
[[nodiscard]] const SolvedYear& solved_base(); ///< scenarios/hainan/base_2020.yaml, 2020
[[nodiscard]] const SolvedYear& solved_plan(); ///< scenarios/hainan/plan_2025.yaml, 2025

} // namespace chainsim::test
