#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/detail/report_maker.hpp>
#include <chainsim/study/evaluation.hpp>
#include <chainsim/study/solve_for.hpp>
#include <chainsim/study/year_comparison.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <future>
#include <set>
#include <utility>

namespace chainsim::study::detail {

namespace {

constexpr std::size_t most_targets = 10;
constexpr std::size_t most_projects = 6;
constexpr std::size_t most_ledgers = 8;
constexpr std::size_t most_risks = 10;
constexpr std::size_t most_causes = 4;

/// What the table of years and that of scenarios show.
constexpr std::array<std::string_view, 8> told_indicators{"energy_total_equivalent",
                                                          "energy_controlled",
                                                          "energy_intensity",
                                                          "gdp_given",
                                                          "value_added",
                                                          "co2_energy",
                                                          "co2_intensity",
                                                          "fresh_water"};

PageCell figure(double value, const std::string& unit, Trace trace = {}) {
    return std::isnan(value)
               ? word_cell(sentence("card_not_known"), "undetermined", std::move(trace))
               : amount_cell(value, unit, std::move(trace));
}

const accounts::IndicatorValue* value_of(const std::vector<accounts::IndicatorValue>& values,
                                         std::string_view id) {
    const auto found =
        std::find_if(values.begin(), values.end(), [id](const auto& one) { return one.id == id; });
    return found == values.end() ? nullptr : &*found;
}

double remark_in(const Judgement& judged, std::string_view id) {
    const auto found = std::find_if(judged.remarks.begin(), judged.remarks.end(),
                                    [id](const auto& one) { return one.id == id; });
    return found == judged.remarks.end() ? table::absent : found->value;
}

Trace judged_by(const Judgement& one) {
    Trace trace{one.formula, {}, one.source};
    for (const auto& [id, value] : one.inputs) {
        trace.inputs.push_back({id, value, {}, "check --json"});
    }
    return trace;
}

PageCell verdict_cell(const Judgement& one, Trace trace) {
    const std::string id(to_string(one.verdict));
    const auto word = sentence("verdict_" + id);
    return word_cell(one.illustration ? illustrated(word) : word, id, std::move(trace));
}

/// Some of many years: the first, the last, one that must be there, and others evenly between.
std::vector<const YearRun*> some_years(const std::vector<const YearRun*>& all, int kept) {
    constexpr std::size_t most = 7;
    if (all.size() <= most) {
        return all;
    }
    std::vector<const YearRun*> out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool is_even = i * (most - 2) / (all.size() - 1) !=
                             (i == 0 ? most : (i - 1) * (most - 2) / (all.size() - 1));
        if (is_even || all[i]->year() == kept) {
            out.push_back(all[i]);
        }
    }
    return out;
}

/// What a judgement asks for, in words.
model::Name asked_by(const Judgement& judged) {
    std::vector<model::Name> names;
    for (const auto& id : judged.missing) {
        if (id == "R" || id == "bound") {
            names.push_back(sentence("asked_target"));
        } else if (const auto open = id.find('['); open != std::string::npos) {
            names.push_back(sentence("asked_base_of", id.substr(open + 1, id.size() - open - 2)));
        } else if (id.ends_with("_0")) {
            names.push_back(sentence("asked_base", id.substr(0, id.size() - 2)));
        } else {
            names.push_back({id, id});
        }
    }
    return joined(names);
}

/// What plants above the benchmark would save at it, tce a year.
double to_benchmark(const model::Scenario& scenario, const YearRun& year) {
    double sum = 0.0;
    for (const auto& one : year.products()) {
        const auto& facility = scenario.facilities[one.facility];
        const auto& process = scenario.model.processes[facility.process_in(year.year())];
        const auto wanted =
            units::Unit::parse("tce").per(scenario.model.commodities[process.product].unit);
        const auto given = units::Unit::parse(one.unit);
        const double over = one.value - one.benchmark;
        // What cannot be judged, as a reading that cannot be, saves nothing.
        if (over > 0.0 && one.verdict != Verdict::undetermined && given.is_convertible_to(wanted)) {
            sum += units::Quantity(over, given).in(wanted)*year.activity(one.facility);
        }
    }
    return sum;
}

} // namespace

/// Options, never orders: what would close a gap of the dual control.
void ReportMaker::conclusion() {
    auto& out = part("conclusion", {"item", "value", "remark"});
    for (const auto* one : of_dual_control()) {
        if (one->verdict != Verdict::missed) {
            continue;
        }
        const double room = remark_in(*one, "room");
        const bool is_carbon = one->indicator.starts_with("co2");
        if (!std::isnan(room) && room < 0.0) {
            line(out, one->id + "_saving", one->name,
                 amount_cell(-room, is_carbon ? "t" : "tce", judged_by(*one)),
                 sentence(is_carbon ? "report_cut" : "report_save"));
        }
        const double growth = remark_in(*one, "needed_growth");
        if (!std::isnan(growth)) {
            line(out, one->id + "_growth", one->name, amount_cell(growth, "%", judged_by(*one)),
                 sentence("report_growth"));
        }
        if (one->indicator == "energy_intensity" && !std::isnan(room)) {
            for (const auto& answer :
                 solve_for(scenario_, year().year(), {Unknown::green_power, {}}, one->id)) {
                const bool is_found = answer.answered == Answered::found;
                line(out, one->id + "_green", one->name,
                     figure(is_found ? answer.needed : answer.limit, "MWh",
                            {"check --solve-for green_power", {}, {}}),
                     sentence(is_found                                 ? "report_green"
                              : answer.answered == Answered::no_effect ? "report_green_none"
                                                                       : "report_green_most"));
            }
        }
    }
    const double saved = to_benchmark(scenario_, year());
    if (saved > 0.0) {
        line(out, "benchmark", sentence("report_benchmark"),
             amount_cell(saved, "tce",
                         {"sum of (unit energy - benchmark) * output of the plants above it",
                          {},
                          "products.csv"}),
             sentence("report_benchmark_note"));
    }
    for (const auto& one : weights_) {
        const auto& project = scenario_.projects[one.pull.project];
        if (project.status == model::Status::proposed && one.pull.controlled > 0.0 &&
            one.pull.outcome == system::Outcome::solved) {
            line(out, "later", project.name,
                 amount_cell(one.pull.controlled, "tce",
                             {"controlled energy of the project", {}, "check --json"}),
                 sentence("report_later"));
            break;
        }
    }
    out.notes.push_back(sentence(out.rows.empty() ? "report_nothing_to_do" : "report_options"));
}

void ReportMaker::rules() {
    auto& out = part("rules", {"item", "value", "remark"});
    const auto* period = model::period_of(scenario_.periods, year().year());
    if (period != nullptr) {
        line(out, "period", sentence("rules_period"), word_cell(period->name),
             {fmt::format("{}—{}", period->from, period->until),
              fmt::format("{} to {}", period->from, period->until)});
        line(out, "feedstock", sentence("rules_feedstock"),
             word_cell(sentence(period->feedstock_deducted ? "rules_deducted" : "rules_counted"),
                       period->feedstock_deducted ? "deducted" : "counted"));
        const std::array<std::string_view, 3> words{"counted", "increment", "deducted"};
        const auto word = words.at(static_cast<std::size_t>(period->non_fossil));
        line(out, "non_fossil", sentence("rules_non_fossil"),
             word_cell(sentence("rules_" + std::string(word)), std::string(word)));
        const auto& factors = scenario_.model.factors;
        if (factors.contains(period->electricity_equivalent)) {
            const auto& path = factors.at(period->electricity_equivalent).path;
            const auto& given = path.ruling(year().year()).provenance;
            line(out, "electricity", sentence("rules_electricity"),
                 amount_cell(path.at(year().year()).in("kgce/kWh"), "kgce/kWh",
                             {"factor " + period->electricity_equivalent, {}, given.source}));
        }
    } else {
        line(out, "period", sentence("rules_period"),
             word_cell(sentence("card_not_known"), "undetermined"), sentence("rules_no_period"));
    }
    line(out, "prices", sentence("rules_prices"),
         plain_cell(std::to_string(scenario_.region.base_year)));
    const auto& actuals = scenario_.actuals;
    int last = 0;
    for (const auto& one : actuals.figures) {
        last = std::max(last, one.year);
    }
    line(out, "statistics", sentence("rules_statistics"),
         last == 0 ? word_cell(sentence("report_none"), "none") : plain_cell(std::to_string(last)),
         sentence(last == 0 ? "rules_all_planned" : "rules_told_to"));
}

void ReportMaker::base_and_targets() {
    auto& out =
        part("targets", {"indicator", "base", "target", "due", "value", "margin", "verdict"});
    std::vector<const Judgement*> shown = of_dual_control();
    for (const auto* one : of_others()) {
        if (one->hard && one->verdict == Verdict::missed) {
            shown.push_back(one);
        }
    }
    for (const auto* one : shown) {
        if (out.rows.size() >= most_targets) {
            out.notes.push_back(sentence("report_more_targets", shown.size() - most_targets));
            break;
        }
        const auto all = evaluated(scenario_, *one);
        const auto& policy = scenario_.policies.at(one->id);
        const auto trace = judged_by(*one);
        const bool is_least = one->formula.find(">= bound") != std::string::npos;
        const auto& own_unit = one->unit == "%" ? policy.unit : one->unit;
        out.rows.push_back(
            {one->id + (is_least && policy.at_most && policy.at_least ? "_least" : ""),
             {word_cell(one->name),
              policy.change == model::Change::none ? word_cell(sentence("evaluate_no_base"), "none")
                                                   : amount_cell(all.base, own_unit, trace),
              amount_cell(all.target, one->unit, {{}, {}, one->source}),
              amount_cell(one->bound, one->unit, trace),
              based(amount_cell(one->value, one->unit, trace), one->basis),
              amount_cell(one->margin, one->unit, trace), verdict_cell(*one, trace)},
             1});
    }
    if (out.rows.empty()) {
        out.notes.push_back(sentence("report_no_dual_control"));
    }
}

void ReportMaker::years() {
    std::vector<const YearRun*> shown;
    if (base_run_) {
        shown.push_back(base_);
    }
    for (const auto& one : report_.run.years()) {
        shown.push_back(&one);
    }
    const auto all_years = shown.size();
    shown = some_years(shown, year().year());
    std::vector<std::string> columns{"indicator"};
    for (const auto* one : shown) {
        columns.push_back(std::to_string(one->year()));
    }
    auto& out = part("years", std::move(columns));
    if (shown.size() < all_years) {
        out.notes.push_back(sentence("report_some_years"));
    }
    for (const auto id : told_indicators) {
        const accounts::IndicatorValue* last = nullptr;
        for (const auto* one : shown) {
            const auto* value = value_of(one->indicators(), id);
            last = value == nullptr ? last : value;
        }
        if (last == nullptr) {
            continue;
        }
        PageRow row{std::string(id), {word_cell(last->name)}, 1};
        for (const auto* one : shown) {
            const auto* value = value_of(one->indicators(), id);
            const auto source = fmt::format("summary.json, {}", one->year());
            row.cells.push_back(value == nullptr
                                    ? amount_cell(table::absent, last->unit)
                                    : based(amount_cell(value->value, value->unit,
                                                        {"indicator " + row.id, {}, source}),
                                            one->basis_of(row.id)));
        }
        out.rows.push_back(std::move(row));
    }
    for (const auto& account : budgets_) {
        PageRow row{
            "left_" + account.budget.id,
            {word_cell({account.budget.name.zh + "余量", account.budget.name.en + ", left"})},
            0};
        for (const auto* one : shown) {
            double left = table::absent;
            for (const auto& each : account.years) {
                left = each.year == one->year() ? each.left : left;
            }
            row.cells.push_back(amount_cell(left, std::string(unit_of(account.budget.kind)),
                                            {"left of the budget", {}, "budget --json"}));
        }
        out.rows.push_back(std::move(row));
    }
}

void ReportMaker::comparison() {
    std::vector<std::string> columns{"indicator"};
    std::vector<std::future<Run>> pending;
    for (const auto& study : studies_.subspan(1)) {
        const auto& own = study.scenario().years;
        const bool has_year = std::find(own.begin(), own.end(), year().year()) != own.end();
        const int chosen = has_year ? year().year() : own.back();
        pending.push_back(
            std::async(std::launch::async, [&study, chosen] { return study.run(chosen); }));
    }
    std::vector<Run> runs;
    runs.reserve(pending.size());
    for (auto& one : pending) {
        runs.push_back(one.get());
        if (const auto& failure = runs.back().failure()) {
            throw NoSolution(failure->message);
        }
    }
    std::set<std::string> named{"indicator"};
    for (const auto& study : studies_) {
        auto id = study.scenario().id;
        while (!named.insert(id).second) {
            id += "_";
        }
        columns.push_back(id);
    }
    if (runs.empty()) {
        part("comparison", {"indicator"}).notes.push_back(sentence("report_no_comparison"));
        return;
    }
    auto& out = part("comparison", std::move(columns));
    out.headings.push_back({});
    for (const auto& study : studies_) {
        out.headings.push_back(study.scenario().name);
    }
    std::vector<const YearRun*> shown{&year()};
    for (const auto& run : runs) {
        shown.push_back(&run.years().front());
    }
    for (const auto id : told_indicators) {
        const auto* first = value_of(year().planned(), id);
        if (first == nullptr) {
            continue;
        }
        PageRow row{std::string(id), {word_cell(first->name)}, 1};
        for (const auto* one : shown) {
            const auto* value = value_of(one->planned(), id);
            row.cells.push_back(amount_cell(
                value == nullptr ? table::absent : value->value, first->unit,
                {"indicator " + row.id, {}, fmt::format("summary.json, {}", one->year())}));
        }
        out.rows.push_back(std::move(row));
    }
    PageRow missed{"missed", {word_cell(sentence("report_missed_hard"))}, 0};
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const auto& one = *shown[i];
        const auto judged =
            judge(studies_[i].scenario(), one.system(), one.planned(), one.confidence());
        const auto count = std::count_if(judged.begin(), judged.end(), [](const auto& each) {
            return each.hard && each.verdict == Verdict::missed;
        });
        missed.cells.push_back(plain_cell(std::to_string(count)));
    }
    out.rows.push_back(std::move(missed));
    out.notes.push_back(sentence("report_compare_note", year().year()));
}

void ReportMaker::causes() {
    auto& out = part("causes", {"item", "value", "remark"});
    if (base_ == nullptr || scenario_.model.energy_carriers.empty()) {
        out.notes.push_back(sentence("evaluate_no_causes"));
        return;
    }
    const auto compared = compare_years(scenario_, *base_, year());
    const auto& total = compared.energy.total;
    using Effect = double analysis::Effects::*;
    for (const auto& [id, effect] :
         {std::pair<std::string, Effect>("scale", &analysis::Effects::scale),
          std::pair<std::string, Effect>("structure", &analysis::Effects::structure),
          std::pair<std::string, Effect>("intensity", &analysis::Effects::intensity),
          std::pair<std::string, Effect>("other", &analysis::Effects::other)}) {
        std::vector<std::pair<double, std::size_t>> order;
        for (std::size_t i = 0; i < compared.energy.effects.size(); ++i) {
            order.emplace_back(-std::abs(compared.energy.effects[i].*effect), i);
        }
        std::sort(order.begin(), order.end());
        std::vector<model::Name> parts;
        for (std::size_t i = 0; i < std::min(most_causes, order.size()); ++i) {
            const double one = compared.energy.effects[order[i].second].*effect;
            if (one != 0.0) {
                const auto amount = amount_name(one, "tce");
                const auto& name = compared.names[order[i].second];
                parts.push_back({name.zh + " " + amount.zh, name.en + " " + amount.en});
            }
        }
        line(out, id, sentence("cause_" + id),
             amount_cell(total.*effect, "tce",
                         {"LMDI, additive, over divisions of industry", {}, "compare --years"}),
             joined(parts));
    }
    const char* energy = "energy_total_equivalent";
    const double before = base_->indicator(energy).in("tce");
    const double after = year().indicator(energy).in("tce");
    const double told = after - before - (compared.total_after - compared.total_before);
    if (base_->is_told() || year().is_told()) {
        line(out, "statistics", sentence("cause_statistics"),
             amount_cell(told, "tce",
                         {"what the statistics have more than the model, in the one year less in "
                          "the other",
                          {},
                          "summary.json: value - planned"}));
    }
    out.rows.push_back(
        {"change",
         {word_cell(sentence("cause_change", compared.before, compared.after)),
          amount_cell(after - before, "tce",
                      {"scale + structure + intensity + other + statistics", {}, {}}),
          plain_cell({})},
         0});
}

void ReportMaker::projects() {
    auto& out = part("projects", {"project", "status", "controlled", "replaced", "value_added", "m",
                                  "n", "irr_after_tax"});
    if (weights_.empty()) {
        out.notes.push_back(sentence("report_no_weights"));
    }
    for (const auto& one : weights_) {
        if (out.rows.size() >= most_projects) {
            break;
        }
        if (one.pull.outcome != system::Outcome::solved) {
            continue;
        }
        const auto& project = scenario_.projects[one.pull.project];
        const auto economics =
            std::find_if(report_.economics.begin(), report_.economics.end(),
                         [&](const auto& each) { return each.project == one.pull.project; });
        const Trace pull{"district with the project less without it", {}, "check --json"};
        out.rows.push_back(
            {project.id,
             {word_cell(project.name), coded_cell("status", model::to_string(project.status)),
              amount_cell(one.pull.controlled, "tce", pull),
              amount_cell(one.pull.replaced_energy, "tce", pull),
              amount_cell(one.pull.value_added, "CNY", pull),
              amount_cell(one.m, "1", {"m = d / allowed rise", {}, "check --json"}),
              amount_cell(one.n, "1",
                          {"n = ((a + d) / (b + e)) / (a / b) - 1", {}, "check --json"}),
              amount_cell(economics == report_.economics.end() ? table::absent
                                                               : economics->irr_after_tax,
                          "1", {"internal rate of return after tax", {}, "economics.csv"})},
             1});
    }
}

/// Replacement and offset, and what no balance binds.
void ReportMaker::access() {
    auto& out = part("access", {"item", "needed", "available", "room", "verdict", "missing"});
    for (const auto& one : year().ledgers()) {
        if (out.rows.size() >= most_ledgers) {
            break;
        }
        const auto id =
            one.product ? one.id + "_" + scenario_.model.commodities[*one.product].id : one.id;
        const Trace trace{
            "fresh * ratio, against what was given up",
            {{"fresh", one.fresh, one.unit, {}}, {"ratio", one.ratio, "1", one.source}},
            one.source};
        out.rows.push_back(
            {id,
             {word_cell(name_of(one)), amount_cell(one.required, one.unit, trace),
              amount_cell(one.covered, one.unit, trace),
              amount_cell(one.covered - one.required, one.unit, trace),
              coded_cell("verdict", to_string(one.verdict), trace),
              word_cell(asked(one), fmt::format("{}", fmt::join(one.missing, ", ")))},
             1});
    }
    if (needs_) {
        for (const auto& one : needs_->needs) {
            if (one.verdict == NeedVerdict::reported || one.is_warning) {
                continue;
            }
            const std::string id(to_string(one.need));
            const Trace trace{"feasibility", {}, "feasibility --json"};
            out.rows.push_back(
                {id,
                 {coded_cell("need", id), amount_cell(one.needed, one.unit, trace),
                  amount_cell(one.available, one.unit, trace),
                  amount_cell(one.available - one.needed, one.unit, trace),
                  coded_cell("need_verdict", to_string(one.verdict), trace),
                  one.missing.empty() ? plain_cell({})
                                      : word_cell(sentence("report_asked", one.missing.size()),
                                                  fmt::format("{}", fmt::join(one.missing, ", ")))},
                 1});
        }
    }
    if (out.rows.empty()) {
        out.notes.push_back(sentence("report_no_ledger"));
    }
}

void ReportMaker::sensitivity() {
    auto& out = part("sensitivity", {"policy", "value", "range", "turns_at"});
    for (const auto* one : of_dual_control()) {
        const auto trace = judged_by(*one);
        model::Name range = sentence("report_no_range");
        if (one->range) {
            const auto low =
                amount_name(std::min(one->range->first, one->range->second), one->unit);
            const auto high =
                amount_name(std::max(one->range->first, one->range->second), one->unit);
            range = {low.zh + " ～ " + high.zh, low.en + " to " + high.en};
        }
        out.rows.push_back(
            {one->id,
             {word_cell(one->name), based(amount_cell(one->value, one->unit, trace), one->basis),
              word_cell(range), amount_cell(one->turns_at, one->unit, trace)},
             1});
    }
    out.notes.push_back(sentence("report_sensitivity_note"));
}

void ReportMaker::risks() {
    auto& out = part("risks", {"item", "remark"});
    std::size_t count = 0;
    const auto add = [&out, &count](const std::string& id, const model::Name& item,
                                    PageCell remark) {
        if (++count <= most_risks) {
            out.rows.push_back({id, {word_cell(item), std::move(remark)}, 1});
        }
    };
    for (const auto* one : worst_first(year())) {
        if (one->verdict == Verdict::missed) {
            const bool is_upper_least = one->formula.find(">= bound") != std::string::npos &&
                                        scenario_.policies.at(one->id).at_most.has_value();
            add(one->id + (is_upper_least ? "_least" : ""), one->name,
                verdict_cell(*one, judged_by(*one)));
        }
    }
    for (const auto* one : of_dual_control()) {
        if (one->verdict == Verdict::undetermined) {
            const auto missing = asked_by(*one);
            add(one->id, one->name,
                word_cell({fill("report_ask", table::Language::zh, missing.zh),
                           fill("report_ask", table::Language::en, missing.en)},
                          "undetermined", judged_by(*one)));
        }
    }
    for (const auto& one : year().ledgers()) {
        if (one.verdict == Verdict::missed) {
            const auto amount = amount_name(one.uncovered, one.unit);
            add(one.product ? one.id + "_" + scenario_.model.commodities[*one.product].id : one.id,
                name_of(one),
                word_cell({fill("report_uncovered", table::Language::zh, amount.zh),
                           fill("report_uncovered", table::Language::en, amount.en)},
                          "uncovered"));
        }
    }
    if (needs_) {
        for (const auto& one : needs_->needs) {
            if (one.verdict == NeedVerdict::short_of || one.verdict == NeedVerdict::undetermined) {
                const std::string id(to_string(one.need));
                add(id, sentence("need_" + id),
                    coded_cell(one.is_warning ? "need_warning" : "need_verdict",
                               to_string(one.verdict), {{}, {}, "feasibility --json"}));
            }
        }
    }
    if (count > most_risks) {
        out.notes.push_back(sentence("report_more_risks", count - most_risks));
    }
    const auto* gdp = value_of(year().indicators(), "gdp_given");
    const auto* added = value_of(year().indicators(), "value_added");
    if (gdp != nullptr && added != nullptr && added->value > gdp->value) {
        out.notes.push_back(sentence("report_gdp_warning"));
    }
    if (out.rows.empty()) {
        out.notes.push_back(sentence("report_no_risk"));
    }
}

/// How sure the figures are, and what is asked for.
void ReportMaker::sources() {
    std::vector<std::string> columns{"indicator"};
    for (const auto confidence : model::confidences) {
        columns.emplace_back(model::to_string(confidence));
    }
    auto& out = part("sources", std::move(columns));
    for (const std::string id : {"energy_controlled", "co2_energy", "value_added", "fresh_water"}) {
        const auto shares = year().confidence().find(id);
        const auto* value = value_of(year().indicators(), id);
        if (shares == year().confidence().end() || value == nullptr) {
            continue;
        }
        PageRow row{id, {word_cell(value->name)}, 1};
        for (const double share : shares->second) {
            row.cells.push_back(
                amount_cell(share, "1", {"share of the figure by confidence", {}, "summary.json"}));
        }
        out.rows.push_back(std::move(row));
    }
    const auto open =
        std::count_if(year().policies().begin(), year().policies().end(),
                      [](const auto& one) { return one.verdict == Verdict::undetermined; });
    out.notes.push_back(sentence("report_sources_note", open));
}

} // namespace chainsim::study::detail
