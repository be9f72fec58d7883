#include <chainsim/study/detail/judged_cells.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/detail/report_maker.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::study::detail {

namespace {

constexpr std::size_t most_projects = 6;
constexpr std::size_t most_ledgers = 8;
constexpr std::size_t most_risks = 10;

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

} // namespace

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
        const auto trace = trace_of(*one);
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
            add(row_id(scenario_.policies.at(one->id), *one), one->name, verdict_cell(*one));
        }
    }
    for (const auto* one : of_dual_control()) {
        if (one->verdict == Verdict::undetermined) {
            const auto missing = asked_by(*one);
            add(one->id, one->name,
                word_cell({fill("report_ask", table::Language::zh, missing.zh),
                           fill("report_ask", table::Language::en, missing.en)},
                          "undetermined", trace_of(*one)));
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
