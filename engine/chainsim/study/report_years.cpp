#include <chainsim/study/detail/judged_cells.hpp>
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
        const double room = remark_of(*one, "room");
        const bool is_carbon = one->indicator.starts_with("co2");
        if (!std::isnan(room) && room < 0.0) {
            line(out, one->id + "_saving", one->name,
                 amount_cell(-room, is_carbon ? "t" : "tce", trace_of(*one)),
                 sentence(is_carbon ? "report_cut" : "report_save"));
        }
        const double growth = remark_of(*one, "needed_growth");
        if (!std::isnan(growth)) {
            line(out, one->id + "_growth", one->name, amount_cell(growth, "%", trace_of(*one)),
                 sentence("report_growth"));
        }
        if (one->indicator == "energy_intensity" && !std::isnan(room)) {
            for (const auto& answer :
                 solve_for(scenario_, year().year(), {Unknown::green_power, {}}, one->id)) {
                const bool is_found = answer.answered == Answered::found;
                line(out, one->id + "_green", one->name,
                     figure_cell(is_found ? answer.needed : answer.limit, "MWh",
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
        const auto trace = trace_of(*one);
        const auto& own_unit = one->unit == "%" ? policy.unit : one->unit;
        out.rows.push_back(
            {row_id(policy, *one),
             {word_cell(one->name),
              policy.change == model::Change::none ? word_cell(sentence("evaluate_no_base"), "none")
                                                   : amount_cell(all.base, own_unit, trace),
              amount_cell(all.target, one->unit, {{}, {}, one->source}),
              amount_cell(one->bound, one->unit, trace),
              based(amount_cell(one->value, one->unit, trace), one->basis),
              amount_cell(one->margin, one->unit, trace), verdict_cell(*one)},
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

} // namespace chainsim::study::detail
