#include <chainsim/study/detail/judged_cells.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/evaluation.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chainsim::study {

namespace {

using detail::coded_cell;
using detail::figure_cell;
using detail::row_id;
using detail::sentence;
using detail::trace_of;
using detail::verdict_cell;

class EvaluationPage {
public:
    EvaluationPage(const Study& study, const Evaluation& evaluation)
        : scenario_(study.scenario()), evaluation_(evaluation) {
        page_.schema = "chainsim.evaluate/1";
        page_.scenario = scenario_.id;
        const auto& period = *evaluation.period;
        const char* key = evaluation.year == period.until ? "evaluate_final" : "evaluate_mid_term";
        page_.title = {detail::fill(key, table::Language::zh, period.name.zh),
                       detail::fill(key, table::Language::en, period.name.en)};
        page_.subtitle = {fmt::format("{} · {} 年", scenario_.name.zh, evaluation.year),
                          fmt::format("{} · {}", scenario_.name.en, evaluation.year)};
        page_.is_landscape = true;
        page_.head.emplace_back("year", amount_cell(evaluation.year, {}));
        page_.head.emplace_back("period", plain_cell(period.id));
    }

    Page make() {
        indicators();
        open();
        causes();
        return std::move(page_);
    }

private:
    /// The unit of the indicator itself, of which a change may be told in per cent.
    [[nodiscard]] std::string own_unit(const Evaluated& one) const {
        const auto& judged = one.judged;
        if (judged.unit != "%") {
            return judged.unit;
        }
        return scenario_.policies.at(judged.id).unit;
    }

    void indicators() {
        PagePart part;
        part.id = "indicators";
        part.title = sentence("evaluate_indicators");
        part.columns = {"indicator", "nature", "base",   "target", "due",
                        "value",     "rate",   "margin", "basis",  "verdict"};
        for (const auto& one : evaluation_.indicators) {
            const auto& judged = one.judged;
            const bool is_change = scenario_.policies.at(judged.id).change != model::Change::none;
            const auto trace = trace_of(judged);
            part.rows.push_back(
                {row_id(scenario_.policies.at(judged.id), judged),
                 {word_cell(judged.name),
                  coded_cell("nature", judged.hard ? "binding" : "expected"),
                  is_change ? figure_cell(one.base, own_unit(one), trace)
                            : word_cell(sentence("evaluate_no_base"), "none"),
                  figure_cell(one.target, judged.unit, {{}, {}, judged.source}),
                  figure_cell(judged.bound, judged.unit, trace),
                  based(figure_cell(judged.value, judged.unit, trace), judged.basis),
                  std::isnan(one.rate) ? word_cell(sentence("evaluate_no_rate"), "none")
                                       : amount_cell(one.rate, "1",
                                                     {"value / due; due / value of an upper bound",
                                                      {{"value", judged.value, judged.unit, {}},
                                                       {"due", judged.bound, judged.unit, {}}},
                                                      {}}),
                  figure_cell(judged.margin, judged.unit, trace),
                  coded_cell("basis", to_string(judged.basis)), verdict_cell(judged)},
                 1});
        }
        part.notes.push_back(
            sentence(part.rows.empty() ? "evaluate_no_target" : "evaluate_rate_note"));
        page_.parts.push_back(std::move(part));
    }

    /// What is asked for, and never guessed.
    void open() {
        PagePart part;
        part.id = "open";
        part.title = sentence("evaluate_open");
        part.columns = {"indicator", "missing"};
        for (const auto& one : evaluation_.indicators) {
            if (one.judged.verdict == Verdict::undetermined) {
                part.rows.push_back(
                    {one.judged.id,
                     {word_cell(one.judged.name),
                      plain_cell(fmt::format("{}", fmt::join(one.judged.missing, ", ")))},
                     1});
            }
        }
        const auto& period = *evaluation_.period;
        const bool has_target =
            std::any_of(scenario_.policies.begin(), scenario_.policies.end(),
                        [&](const auto& one) { return one.period == period.id; });
        if (!has_target) {
            part.notes.push_back(sentence("evaluate_ask_targets", period.id));
        } else if (part.rows.empty()) {
            part.notes.push_back(sentence("evaluate_nothing_open"));
        }
        page_.parts.push_back(std::move(part));
    }

    void causes() {
        PagePart part;
        part.id = "causes";
        part.title = sentence("evaluate_causes");
        part.columns = {"part",      "energy_before", "energy_after", "scale",
                        "structure", "intensity",     "other",        "energy_change"};
        if (!evaluation_.causes) {
            part.notes.push_back(sentence("evaluate_no_causes"));
            page_.parts.push_back(std::move(part));
            return;
        }
        const auto& causes = *evaluation_.causes;
        const std::string source = causes.is_of_actuals ? "actuals.csv" : "the model";
        double before = 0.0;
        double after = 0.0;
        for (std::size_t i = 0; i < causes.energy.parts.size(); ++i) {
            const auto& one = causes.energy.parts[i];
            before += one.energy_before;
            after += one.energy_after;
            add(part, one.id, causes.names[i], one.energy_before, one.energy_after,
                causes.energy.effects[i], one.energy_after - one.energy_before, source, 1);
        }
        add(part, "total", sentence("evaluate_total"), before, after, causes.energy.total,
            causes.change, source, 0);
        const double remainder = causes.change - causes.energy.total.sum();
        part.notes.push_back(
            sentence(causes.is_of_actuals ? "evaluate_causes_actual" : "evaluate_causes_model",
                     causes.before, causes.after));
        part.notes.push_back(
            sentence("evaluate_remainder",
                     fmt::format("{:.3g}", std::abs(remainder) < 1e-6 ? 0.0 : remainder)));
        if (!causes.missing.empty()) {
            part.notes.push_back(
                sentence("evaluate_left_out", fmt::format("{}", fmt::join(causes.missing, ", "))));
        }
        page_.parts.push_back(std::move(part));
    }

    static void add(PagePart& part, const std::string& id, const model::Name& name, double before,
                    double after, const analysis::Effects& effects, double change,
                    const std::string& source, int level) {
        const auto effect = [&](double value, const char* formula) {
            return amount_cell(value, "tce",
                               {formula,
                                {{"E", before, "tce", source}, {"E'", after, "tce", source}},
                                "B. W. Ang, Energy Policy 33 (2005) 867-871"});
        };
        part.rows.push_back({id,
                             {word_cell(name), amount_cell(before, "tce", {{}, {}, source}),
                              amount_cell(after, "tce", {{}, {}, source}),
                              effect(effects.scale, "L(E', E) ln(Q'/Q)"),
                              effect(effects.structure, "L(E', E) ln(S'/S)"),
                              effect(effects.intensity, "L(E', E) ln(I'/I)"),
                              effect(effects.other, "E' - E where there is no logarithm"),
                              amount_cell(change, "tce", {"energy_after - energy_before", {}, {}})},
                             level});
    }

    const model::Scenario& scenario_;
    const Evaluation& evaluation_;
    Page page_;
};

} // namespace

Page evaluation_page(const Study& study, const Evaluation& evaluation) {
    return EvaluationPage(study, evaluation).make();
}

} // namespace chainsim::study
