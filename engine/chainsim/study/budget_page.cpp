#include <chainsim/study/budget.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace chainsim::study {

namespace {

using detail::sentence;
using model::BudgetKind;

class BudgetPage {
public:
    explicit BudgetPage(const Study& study) : study_(study) {
        page_.schema = "chainsim.budget/1";
        page_.scenario = study.scenario().id;
        page_.title = sentence("budget_title");
        page_.subtitle = study.scenario().name;
        page_.is_landscape = true;
    }

    Page make(const std::vector<BudgetAccount>& accounts) {
        for (const auto& account : accounts) {
            kind_ = account.budget.kind == BudgetKind::energy ? "energy" : "carbon";
            unit_ = unit_of(account.budget.kind);
            page_.head.emplace_back(
                "first_red_" + kind_,
                amount_cell(account.first_red ? *account.first_red : table::absent, {}));
            lines(account);
            projects(account);
        }
        return std::move(page_);
    }

private:
    static std::string column(const BudgetYear& year) { return std::to_string(year.year); }

    static std::string indicator(const BudgetAccount& account) {
        return std::string(indicator_of(account.budget.kind));
    }

    /// A line of one year is the sum of what its projects put into it.
    [[nodiscard]] Trace trace_of(const BudgetAccount& account, const BudgetYear& year,
                                 BudgetLine line) const {
        Trace trace;
        if (line == BudgetLine::carried) {
            trace.formula = account.budget.carry_over
                                ? "carried = left of the year before in the same period"
                                : "carried = 0: the budget is not carried over";
            return trace;
        }
        for (const auto& item : year.items) {
            if (item.line == line) {
                trace.inputs.push_back(
                    {item.id, item.amount, unit_,
                     fmt::format("{}_projects.{}.{}", kind_, item.id, year.year)});
            }
        }
        trace.formula = fmt::format("{} = sum of what is listed", to_string(line));
        if (line == BudgetLine::quota && !account.rise_policy.empty()) {
            trace.formula =
                fmt::format("quota = target of {} / years of the period", account.rise_policy);
            trace.source = study_.scenario().policies.at(account.rise_policy).provenance.source;
        } else if (line == BudgetLine::quota) {
            trace.formula = "as stated in budgets";
            trace.source = account.budget.quota
                               ? account.budget.quota->ruling(year.year).provenance.source
                               : account.budget.provenance.source;
        }
        return trace;
    }

    [[nodiscard]] Trace left_trace(const BudgetYear& year) const {
        Trace trace{"left = quota + carried + closures + retrofits + certificates + rights - "
                    "approved - built - proposed",
                    {},
                    "内发改环资字〔2021〕209号"};
        for (std::size_t i = 0; i < budget_lines; ++i) {
            const std::string id(to_string(static_cast<BudgetLine>(i)));
            trace.inputs.push_back(
                {id, year.lines.at(i), unit_, fmt::format("{}.{}.{}", kind_, id, year.year)});
        }
        return trace;
    }

    void lines(const BudgetAccount& account) {
        PagePart part;
        part.id = kind_;
        part.title = account.budget.name;
        part.columns = {"line"};
        for (const auto& year : account.years) {
            part.columns.push_back(column(year));
        }
        for (std::size_t i = 0; i < budget_lines; ++i) {
            const auto line = static_cast<BudgetLine>(i);
            PageRow row{std::string(to_string(line)), {}, 1};
            row.cells.push_back(word_cell(sentence("budget_" + row.id), row.id));
            for (const auto& year : account.years) {
                row.cells.push_back(
                    amount_cell(year.lines.at(i), unit_, trace_of(account, year, line)));
            }
            part.rows.push_back(std::move(row));
        }
        PageRow left{"left", {word_cell(sentence("budget_left"), "left")}, 0};
        PageRow colour{"colour", {word_cell(sentence("budget_colour"), "colour")}, 0};
        PageRow others{"others", {word_cell(sentence("budget_others"), "others")}, 1};
        for (const auto& year : account.years) {
            left.cells.push_back(amount_cell(year.left, unit_, left_trace(year)));
            colour.cells.push_back(detail::coded_cell(
                "budget",
                std::isnan(year.left) ? "undetermined"
                : year.left < 0       ? "red"
                                      : "green",
                {"red where left < 0",
                 {{"left", year.left, unit_, fmt::format("{}.left.{}", kind_, year.year)}},
                 {}}));
            others.cells.push_back(
                amount_cell(year.others, unit_,
                            {"others = rise of the indicator - approved - built - proposed + "
                             "closures + retrofits + certificates",
                             {{"rise of " + indicator(account), year.rise, unit_,
                               "check --json, against the year before"}},
                             {}}));
        }
        part.rows.push_back(std::move(left));
        part.rows.push_back(std::move(others));
        notes(account, part);
        page_.parts.push_back(std::move(part));
        // Words among numbers would make text of every column: the colours stand by themselves.
        PagePart colours;
        colours.id = kind_ + "_colour";
        colours.title = sentence("budget_colours");
        colours.columns = page_.parts.back().columns;
        colours.rows.push_back(std::move(colour));
        page_.parts.push_back(std::move(colours));
    }

    static void notes(const BudgetAccount& account, PagePart& part) {
        const bool has_quota = std::any_of(account.years.begin(), account.years.end(),
                                           [](const auto& one) { return !std::isnan(one.left); });
        part.notes.push_back(!has_quota          ? sentence("budget_none")
                             : account.first_red ? sentence("budget_first_red", *account.first_red)
                                                 : sentence("budget_never_red"));
        const auto open = std::count_if(account.years.begin(), account.years.end(),
                                        [](const auto& one) { return std::isnan(one.left); });
        if (open > 0) {
            part.notes.push_back(sentence("budget_no_quota", open));
        }
        if (account.illustration) {
            part.notes.push_back(sentence("budget_illustration"));
        }
        part.notes.push_back(sentence("budget_others_note"));
    }

    void projects(const BudgetAccount& account) {
        PagePart part;
        part.id = kind_ + "_projects";
        part.title = sentence("budget_items");
        part.columns = {"item", "category", "status", "start"};
        for (const auto& year : account.years) {
            part.columns.push_back(column(year));
        }
        std::set<std::pair<BudgetLine, std::string>> listed;
        for (const auto& year : account.years) {
            for (const auto& item : year.items) {
                if (item.line != BudgetLine::quota && listed.emplace(item.line, item.id).second) {
                    part.rows.push_back(row_of(account, item));
                }
            }
        }
        if (part.rows.empty()) {
            part.notes.push_back(sentence("budget_no_items"));
        }
        std::stable_sort(part.rows.begin(), part.rows.end(), [](const auto& a, const auto& b) {
            return a.cells[1].id < b.cells[1].id;
        });
        page_.parts.push_back(std::move(part));
    }

    [[nodiscard]] PageRow row_of(const BudgetAccount& account, const BudgetItem& item) const {
        PageRow row{item.id, {}, 1};
        row.cells.push_back(word_cell(item.name));
        row.cells.push_back(word_cell(sentence("budget_" + std::string(to_string(item.line))),
                                      std::string(to_string(item.line))));
        const auto& projects = study_.scenario().projects;
        const auto* project = projects.contains(item.id) ? &projects.at(item.id) : nullptr;
        row.cells.push_back(project == nullptr
                                ? plain_cell("")
                                : detail::coded_cell("status", model::to_string(project->status)));
        row.cells.push_back(project == nullptr || !project->start
                                ? plain_cell("")
                                : plain_cell(std::to_string(*project->start)));
        for (const auto& year : account.years) {
            double amount = 0.0;
            for (const auto& one : year.items) {
                amount += one.id == item.id && one.line == item.line ? one.amount : 0.0;
            }
            const bool is_pull = item.line >= BudgetLine::approved;
            row.cells.push_back(amount_cell(
                amount, unit_,
                {is_pull ? "weight of the project in the year - weight in the year before"
                         : "the district without it in the year - the district with it",
                 {},
                 is_pull
                     ? fmt::format("check --project {}: {}", item.id,
                                   account.budget.kind == BudgetKind::energy ? "energy_controlled"
                                                                             : "co2_energy")
                     : std::string()}));
        }
        return row;
    }

    const Study& study_;
    Page page_;
    std::string kind_;
    std::string unit_;
};

} // namespace

Page budget_page(const Study& study, const std::vector<BudgetAccount>& accounts) {
    return BudgetPage(study).make(accounts);
}

} // namespace chainsim::study
