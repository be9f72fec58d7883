#pragma once

#include <chainsim/study/budget.hpp>
#include <chainsim/study/check_report.hpp>
#include <chainsim/study/feasibility.hpp>
#include <chainsim/study/page.hpp>
#include <chainsim/study/study.hpp>

#include <future>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::study::detail {

/// Fills the parts of the two-page report, in the order in which they are read.
class ReportMaker {
public:
    explicit ReportMaker(std::span<const Study> studies, std::optional<int> year);
    Page make();

private:
    PagePart& part(const std::string& id, std::vector<std::string> columns);
    static void line(PagePart& part, const std::string& id, const model::Name& item, PageCell value,
                     model::Name remark = {});
    [[nodiscard]] const YearRun& year() const { return *year_; }
    [[nodiscard]] const Judgement* find(std::string_view indicator, bool of_change) const;
    /// Policies of the dual control that hold in the year, and all others that do.
    [[nodiscard]] std::vector<const Judgement*> of_dual_control() const;
    [[nodiscard]] std::vector<const Judgement*> of_others() const;
    [[nodiscard]] Verdict verdict() const;
    [[nodiscard]] const BudgetYear* budget_year() const;
    /// A rule with the product that it is about.
    [[nodiscard]] model::Name name_of(const LedgerJudgement& one) const;
    /// What a debt asks for, by name.
    [[nodiscard]] model::Name asked(const LedgerJudgement& one) const;

    // report.cpp
    void first_screen();
    void say_verdict(PagePart& out) const;
    void say_intensity(PagePart& out) const;
    void say_budget(PagePart& out) const;
    void say_carbon(PagePart& out) const;
    void say_projects(PagePart& out) const;
    void say_barriers(PagePart& out) const;
    void say_room(PagePart& out) const;
    void say_confidence(PagePart& out) const;

    // report_years.cpp: where the district stands
    void conclusion();
    void rules();
    void base_and_targets();
    void years();
    void comparison();
    void causes();

    // report_projects.cpp: what moves it, and what is open
    void projects();
    void access();
    void sensitivity();
    void risks();
    void sources();

    std::span<const Study> studies_;
    const Study& study_;
    const model::Scenario& scenario_;
    std::future<std::vector<BudgetAccount>> pending_; ///< solves years of its own, beside the run
    CheckReport report_;
    std::vector<Weight> weights_;   ///< in the year, the heaviest first
    std::optional<Run> base_run_;   ///< where the scenario does not solve the base year itself
    const YearRun* base_ = nullptr; ///< null where there is none before the year
    const YearRun* year_ = nullptr;
    std::vector<BudgetAccount> budgets_;
    std::optional<Feasibility> needs_;
    Page page_;
};

/// A value by id; null where the year has none.
[[nodiscard]] const accounts::IndicatorValue*
value_of(const std::vector<accounts::IndicatorValue>& values, std::string_view id);
/// An amount as text in both languages.
[[nodiscard]] model::Name amount_name(double value, const std::string& unit);
/// Names one after the other.
[[nodiscard]] model::Name joined(const std::vector<model::Name>& names);

} // namespace chainsim::study::detail
