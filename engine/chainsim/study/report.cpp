#include <chainsim/base/diagnostic.hpp>
#include <chainsim/study/detail/judged_cells.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/detail/report_maker.hpp>
#include <chainsim/study/report.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsim::study {

namespace detail {

namespace {

constexpr std::size_t heaviest_projects = 5;
constexpr std::size_t most_named = 4;

bool is_judged(const Judgement& one) { return one.verdict != Verdict::not_applicable; }

bool is_of_dual_control(const Judgement& one) {
    return one.group == model::PolicyGroup::dual_control && is_judged(one);
}

/// The last year with a policy of the dual control, or the last of all.
const YearRun& judged_year(const Run& run) {
    const auto& years = run.years();
    const auto found = std::find_if(years.rbegin(), years.rend(), [](const YearRun& year) {
        return std::any_of(year.policies().begin(), year.policies().end(), is_of_dual_control);
    });
    return found == years.rend() ? years.back() : *found;
}

const YearRun& solved_year(const Run& run, int year) {
    std::vector<int> known;
    for (const auto& one : run.years()) {
        if (one.year() == year) {
            return one;
        }
        known.push_back(one.year());
    }
    throw InputError({Diagnostic{{},
                                 {},
                                 fmt::format("the scenario does not solve {}", year),
                                 fmt::format("its years are {}", fmt::join(known, ", ")),
                                 {},
                                 {}}});
}

/// The first few of what is named, and how many more there are.
model::Name some_of(std::vector<model::Name> names) {
    const auto count = names.size();
    if (count > most_named) {
        names.resize(most_named);
    }
    auto out = joined(names);
    if (count > most_named) {
        const auto more = sentence("report_and_more", count - most_named);
        out.zh += more.zh;
        out.en += more.en;
    }
    return out;
}

} // namespace

model::Name amount_name(double value, const std::string& unit) {
    return {amount_text(value, unit, table::Language::zh),
            amount_text(value, unit, table::Language::en)};
}

const accounts::IndicatorValue* value_of(const std::vector<accounts::IndicatorValue>& values,
                                         std::string_view id) {
    const auto found =
        std::find_if(values.begin(), values.end(), [id](const auto& one) { return one.id == id; });
    return found == values.end() ? nullptr : &*found;
}

model::Name joined(const std::vector<model::Name>& names) {
    model::Name out;
    // A sentence within a list gives up its full stop.
    const auto add = [](std::string& list, std::string_view one, std::string_view stop,
                        std::string_view between) {
        if (one.ends_with(stop)) {
            one.remove_suffix(stop.size());
        }
        list += list.empty() ? "" : between;
        list += one;
    };
    for (const auto& one : names) {
        add(out.zh, one.zh, "。", "；");
        add(out.en, one.en, ".", "; ");
    }
    return out;
}

ReportMaker::ReportMaker(std::span<const Study> studies, std::optional<int> year)
    : studies_(studies), study_(studies.front()), scenario_(study_.scenario()),
      // The budget solves years of its own, beside those of the run; the future waits for it if
      // anything below is refused.
      pending_(std::async(std::launch::async,
                          [&study = studies.front()] { return study::budgets(study); })),
      report_(check(study_, {}, false)) {
    if (const auto& failure = report_.run.failure()) {
        throw NoSolution(failure->message);
    }
    year_ = year ? &solved_year(report_.run, *year) : &judged_year(report_.run);
    report_.economics = project_economics(report_.run);
    // Projects are weighed in the year that is judged.
    weights_ = weigh(scenario_, year_->year(), report_.missing);
    const int base = scenario_.region.base_year;
    if (base < year_->year()) {
        const auto& years = report_.run.years();
        const auto found = std::find_if(years.begin(), years.end(),
                                        [base](const YearRun& one) { return one.year() == base; });
        if (found != years.end()) {
            base_ = &*found;
        } else {
            base_run_ = study_.run(base);
            if (const auto& failure = base_run_->failure()) {
                throw NoSolution(failure->message);
            }
            base_ = &base_run_->years().front();
        }
        needs_ = feasibility(scenario_, *base_, *year_);
    }
    budgets_ = pending_.get();
    page_.schema = "chainsim.report/1";
    page_.scenario = scenario_.id;
    page_.title = sentence("report_title");
    page_.subtitle = {fmt::format("{} · {} 年", scenario_.name.zh, year_->year()),
                      fmt::format("{} · {}", scenario_.name.en, year_->year())};
    page_.is_small = true;
    page_.head.emplace_back("year", amount_cell(year_->year(), {}));
    page_.head.emplace_back("verdict", coded_cell("report", to_string(verdict())));
}

Page ReportMaker::make() {
    first_screen();
    conclusion();
    rules();
    base_and_targets();
    years();
    comparison();
    causes();
    projects();
    access();
    sensitivity();
    risks();
    sources();
    page_.notes.push_back(sentence("report_formulas"));
    return std::move(page_);
}

PagePart& ReportMaker::part(const std::string& id, std::vector<std::string> columns) {
    PagePart out;
    out.id = id;
    out.title = sentence("report_" + id);
    out.columns = std::move(columns);
    page_.parts.push_back(std::move(out));
    return page_.parts.back();
}

void ReportMaker::line(PagePart& part, const std::string& id, const model::Name& item,
                       PageCell value, model::Name remark) {
    part.rows.push_back({id, {word_cell(item), std::move(value), word_cell(std::move(remark))}, 1});
}

const Judgement* ReportMaker::find(std::string_view indicator, bool of_change) const {
    for (const auto& one : year().policies()) {
        const bool is_change = scenario_.policies.at(one.id).change != model::Change::none;
        if (one.indicator == indicator && is_change == of_change && is_judged(one)) {
            return &one;
        }
    }
    return nullptr;
}

std::vector<const Judgement*> ReportMaker::of_dual_control() const {
    std::vector<const Judgement*> out;
    for (const auto* one : worst_first(year())) {
        if (is_of_dual_control(*one)) {
            out.push_back(one);
        }
    }
    return out;
}

std::vector<const Judgement*> ReportMaker::of_others() const {
    std::vector<const Judgement*> out;
    for (const auto* one : worst_first(year())) {
        if (is_judged(*one) && !is_of_dual_control(*one)) {
            out.push_back(one);
        }
    }
    return out;
}

Verdict ReportMaker::verdict() const {
    return overall_verdict(year().policies(), year().ledgers());
}

model::Name ReportMaker::name_of(const LedgerJudgement& one) const {
    auto name = scenario_.ledger_rules[one.rule].name;
    if (one.product) {
        const auto& product = scenario_.model.commodities[*one.product].name;
        name.zh += "：" + product.zh;
        name.en += ": " + product.en;
    }
    return name;
}

model::Name ReportMaker::asked(const LedgerJudgement& one) const {
    std::vector<model::Name> names;
    for (const auto& id : one.missing) {
        const auto source = scenario_.ledger_sources.find(id);
        names.push_back(source ? scenario_.ledger_sources[*source].name
                               : sentence("ledger_asked_" + id));
    }
    return joined(names);
}

const BudgetYear* ReportMaker::budget_year() const {
    for (const auto& account : budgets_) {
        if (account.budget.kind != model::BudgetKind::energy) {
            continue;
        }
        for (const auto& one : account.years) {
            if (one.year == year().year()) {
                return &one;
            }
        }
    }
    return nullptr;
}

void ReportMaker::first_screen() {
    auto& out = part("first_screen", {"item", "value", "remark"});
    say_verdict(out);
    say_intensity(out);
    say_budget(out);
    say_carbon(out);
    say_projects(out);
    say_barriers(out);
    say_room(out);
    say_confidence(out);
}

void ReportMaker::say_verdict(PagePart& out) const {
    std::vector<model::Name> missed;
    std::vector<model::Name> open;
    std::vector<model::Name> soft;
    bool is_sure = false;
    for (const auto* one : worst_first(year())) {
        const bool counts = is_of_dual_control(*one) || one->hard;
        if (one->verdict == Verdict::missed) {
            (counts ? missed : soft).push_back(one->name);
            is_sure = is_sure || (counts && !one->illustration);
        } else if (one->verdict == Verdict::undetermined && counts) {
            open.push_back(one->name);
        }
    }
    for (const auto& one : year().ledgers()) {
        if (one.verdict == Verdict::missed) {
            missed.push_back(name_of(one));
            is_sure = is_sure || !one.illustration;
        } else if (one.verdict == Verdict::undetermined) {
            open.push_back(name_of(one));
        }
    }
    std::vector<model::Name> parts;
    for (const auto& [key, names] :
         {std::pair("report_missed_are", &missed), std::pair("report_open_are", &open),
          std::pair("report_soft_are", &soft)}) {
        if (!names->empty()) {
            const auto list = some_of(*names);
            parts.push_back(
                {fill(key, table::Language::zh, list.zh), fill(key, table::Language::en, list.en)});
        }
    }
    if (of_dual_control().empty()) {
        parts.push_back(sentence("report_no_dual_control"));
    }
    const auto verdict = this->verdict();
    auto word = sentence("report_" + std::string(to_string(verdict)));
    if (verdict == Verdict::missed && !is_sure) {
        word = illustrated(word);
    }
    line(out, "verdict", sentence("screen_verdict"),
         word_cell(word, std::string(to_string(verdict)),
                   {"missed if a target of the dual control, a hard rule or a replacement is "
                    "missed; undetermined if one of them is",
                    {},
                    "check --json"}),
         joined(parts));
}

void ReportMaker::say_intensity(PagePart& out) const {
    const auto* one = find("energy_intensity", true);
    if (one == nullptr) {
        line(out, "intensity", sentence("screen_intensity"),
             word_cell(sentence("card_not_known"), "undetermined"),
             sentence("report_no_intensity"));
        return;
    }
    const auto due = amount_name(one->bound, one->unit);
    const auto gap = amount_name(one->margin, one->unit);
    line(out, "intensity", sentence("screen_intensity"),
         based(amount_cell(one->value, one->unit, trace_of(*one)), one->basis),
         {fill("report_due_and_gap", table::Language::zh, due.zh, gap.zh),
          fill("report_due_and_gap", table::Language::en, due.en, gap.en)});
}

void ReportMaker::say_budget(PagePart& out) const {
    const auto* one = budget_year();
    if (one == nullptr || std::isnan(one->left)) {
        line(out, "budget", sentence("screen_budget"),
             word_cell(sentence("card_not_known"), "undetermined"), sentence("report_no_budget"));
        return;
    }
    const auto account =
        std::find_if(budgets_.begin(), budgets_.end(), [](const BudgetAccount& each) {
            return each.budget.kind == model::BudgetKind::energy;
        });
    const int first_red = account->first_red.value_or(0);
    line(out, "budget", sentence("screen_budget"),
         amount_cell(one->left, "tce",
                     {"left of the energy budget in the year", {}, "budget --json"}),
         joined({first_red == 0 ? sentence("budget_never_red")
                                : sentence("budget_first_red", first_red),
                 sentence("report_budget_planned")}));
}

void ReportMaker::say_carbon(PagePart& out) const {
    std::vector<model::Name> parts;
    for (const auto& one : year().policies()) {
        if (!one.indicator.starts_with("co2") || !is_judged(one)) {
            continue;
        }
        const auto verdict = sentence("verdict_" + std::string(to_string(one.verdict)));
        parts.push_back({one.name.zh + " " + verdict.zh, one.name.en + " " + verdict.en});
    }
    const auto& all = year().indicators();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [](const auto& one) { return one.id == "co2_energy"; });
    line(out, "carbon", sentence("screen_carbon"),
         found == all.end() ? word_cell(sentence("card_not_known"), "undetermined")
                            : based(amount_cell(found->value, found->unit,
                                                {"indicator co2_energy", {}, "summary.json"}),
                                    year().basis_of(found->id)),
         parts.empty() ? sentence("report_no_carbon") : some_of(std::move(parts)));
}

void ReportMaker::say_projects(PagePart& out) const {
    double sum = 0.0;
    std::vector<model::Name> parts;
    Trace trace{"sum of controlled energy of the projects named", {}, "check --json"};
    for (const auto& one : weights_) {
        if (parts.size() >= heaviest_projects) {
            break;
        }
        if (one.pull.outcome != system::Outcome::solved || !(one.pull.controlled > 0.0)) {
            continue;
        }
        const auto& project = scenario_.projects[one.pull.project];
        const auto amount = amount_name(one.pull.controlled, "tce");
        sum += one.pull.controlled;
        parts.push_back({project.name.zh + " " + amount.zh, project.name.en + " " + amount.en});
        trace.inputs.push_back({project.id, one.pull.controlled, "tce", "projects.controlled"});
    }
    line(out, "projects", sentence("screen_projects"),
         parts.empty() ? word_cell(sentence("report_none"), "none")
                       : amount_cell(sum, "tce", std::move(trace)),
         parts.empty() ? sentence("report_no_weights") : joined(parts));
}

void ReportMaker::say_barriers(PagePart& out) const {
    std::vector<model::Name> parts;
    for (const auto& one : year().ledgers()) {
        if (one.verdict == Verdict::met || one.verdict == Verdict::not_applicable) {
            continue;
        }
        const auto rule = name_of(one);
        const auto verdict = sentence("verdict_" + std::string(to_string(one.verdict)));
        parts.push_back({rule.zh + " " + verdict.zh, rule.en + " " + verdict.en});
    }
    const auto backward =
        std::count_if(year().products().begin(), year().products().end(), [](const auto& one) {
            return one.grade == Grade::backward && one.verdict != Verdict::undetermined;
        });
    if (backward > 0) {
        parts.push_back(sentence("report_backward", backward));
    }
    for (const auto* one : of_others()) {
        if (one->hard && one->verdict == Verdict::missed) {
            parts.push_back(one->name);
        }
    }
    const auto count = parts.size();
    line(out, "barriers", sentence("screen_barriers"),
         count == 0 ? word_cell(sentence("report_none"), "none")
                    : word_cell(sentence("report_items", count), "missed",
                                {"ledgers, products below the baseline and hard policies that are "
                                 "not met",
                                 {},
                                 "check --json"}),
         some_of(std::move(parts)));
}

void ReportMaker::say_room(PagePart& out) const {
    const auto* one = budget_year();
    if (one == nullptr) {
        line(out, "room", sentence("screen_room"),
             word_cell(sentence("card_not_known"), "undetermined"), sentence("report_no_budget"));
        return;
    }
    double sum = 0.0;
    std::vector<model::Name> parts;
    Trace trace{"closures + retrofits + certificates + rights of the year", {}, "budget --json"};
    for (const auto which : {BudgetLine::closures, BudgetLine::retrofits, BudgetLine::certificates,
                             BudgetLine::rights}) {
        const double freed = one->lines.at(static_cast<std::size_t>(which));
        const std::string id(to_string(which));
        trace.inputs.push_back({id, freed, "tce", "budget"});
        if (!(std::abs(freed) > 0.0)) {
            continue;
        }
        sum += freed;
        const auto word = sentence("budget_" + id);
        const auto amount = amount_name(freed, "tce");
        parts.push_back({word.zh + " " + amount.zh, word.en + " " + amount.en});
    }
    line(out, "room", sentence("screen_room"), amount_cell(sum, "tce", std::move(trace)),
         joined(parts));
}

void ReportMaker::say_confidence(PagePart& out) const {
    const auto& shares = year().confidence();
    const auto found = shares.find("energy_controlled");
    const double assumed =
        found == shares.end()
            ? table::absent
            : found->second.at(static_cast<std::size_t>(model::Confidence::assumption));
    const auto open =
        std::count_if(year().policies().begin(), year().policies().end(),
                      [](const auto& one) { return one.verdict == Verdict::undetermined; });
    line(out, "confidence", sentence("screen_confidence"),
         amount_cell(assumed, "1",
                     {"share of energy_controlled that rests on assumptions", {}, "summary.json"}),
         sentence("report_open_policies", open));
}

} // namespace detail

Page report_page(std::span<const Study> studies, std::optional<int> year) {
    CHAINSIM_EXPECT(!studies.empty(), "a report is of a study");
    return detail::ReportMaker(studies, year).make();
}

Verdict overall_verdict(const std::vector<Judgement>& policies,
                        const std::vector<LedgerJudgement>& ledgers) {
    bool is_open = false;
    bool has_any = false;
    for (const auto& one : ledgers) {
        if (one.verdict == Verdict::missed) {
            return Verdict::missed;
        }
        is_open = is_open || one.verdict == Verdict::undetermined;
    }
    for (const auto& one : policies) {
        const bool counts = detail::is_of_dual_control(one) || (one.hard && detail::is_judged(one));
        if (counts && one.verdict == Verdict::missed) {
            return Verdict::missed;
        }
        has_any = has_any || detail::is_of_dual_control(one);
        is_open = is_open || (counts && one.verdict == Verdict::undetermined);
    }
    return is_open || !has_any ? Verdict::undetermined : Verdict::met;
}

int reported_year(const Run& run) { return detail::judged_year(run).year(); }

} // namespace chainsim::study
