#include <chainsim/study/admission.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <utility>

namespace chainsim::study {

namespace {

using detail::coded_cell;
using detail::sentence;

constexpr double cny_in_10k = 1e4;

class AdmissionPage {
public:
    explicit AdmissionPage(const AdmissionReport& report)
        : report_(report), scenario_(report.run.scenario()) {
        page_.schema = "chainsim.admit/1";
        page_.scenario = scenario_.id;
        page_.title = sentence("admit_title");
        page_.subtitle = {fmt::format("{} · {} 年", scenario_.name.zh, report.year),
                          fmt::format("{} · {}", scenario_.name.en, report.year)};
        page_.is_landscape = true;
        page_.head.emplace_back("year", amount_cell(report.year, {}));
    }

    Page make() {
        scores();
        norms();
        ranking();
        exits();
        return std::move(page_);
    }

private:
    static std::string unit_of_reader(model::ParkFigure figure) {
        return figure == model::ParkFigure::investment ? "CNY" : "万元/mu";
    }

    static double in_reader(model::ParkFigure figure, double value) {
        return figure == model::ParkFigure::investment ? value : value / cny_in_10k;
    }

    void scores() {
        PagePart part;
        part.id = "scores";
        part.title = sentence("admit_scores");
        part.columns = {"project", "status", "score", "kept", "missed", "remark"};
        for (const auto& one : report_.projects) {
            const auto& project = scenario_.projects[one.project->project];
            int kept = 0;
            int missed = 0;
            Trace trace{"score = sum of weight x min(1, value / norm) / sum of weights", {}, {}};
            for (const auto& norm : one.project->norms) {
                const auto& record = scenario_.model.park_norms[norm.norm];
                if (record.is_average) {
                    continue;
                }
                const bool is_kept =
                    norm.verdict == NormVerdict::met || norm.verdict == NormVerdict::advice_kept;
                kept += is_kept ? 1 : 0;
                missed += !is_kept && norm.verdict != NormVerdict::undetermined ? 1 : 0;
                if (record.weight) {
                    trace.inputs.push_back(
                        {record.id, norm.value / norm.bound, "1",
                         fmt::format("weight {}", record.weight->value.in("1"))});
                }
            }
            model::Name remark;
            if (!one.missing.empty()) {
                remark = sentence("admit_missing", fmt::format("{}", fmt::join(one.missing, ", ")));
            } else if (one.project->illustration) {
                remark = sentence("admit_assumed");
            }
            part.rows.push_back(
                {project.id,
                 {word_cell(project.name), coded_cell("status", model::to_string(project.status)),
                  std::isnan(one.score)
                      ? word_cell(sentence("card_undetermined_plain"), "undetermined", trace)
                      : amount_cell(one.score, "1", trace),
                  plain_cell(std::to_string(kept)), plain_cell(std::to_string(missed)),
                  word_cell(remark)},
                 1});
        }
        part.notes.push_back(sentence("admit_score_note"));
        page_.parts.push_back(std::move(part));
    }

    void norms() {
        PagePart part;
        part.id = "norms";
        part.title = sentence("admit_norms");
        part.columns = {"project", "norm", "value", "bound", "verdict", "confidence", "source"};
        for (const auto& one : report_.projects) {
            const auto& project = scenario_.projects[one.project->project];
            for (const auto& norm : one.project->norms) {
                const auto& record = scenario_.model.park_norms[norm.norm];
                const auto& given = record.at_least.provenance;
                const auto unit = unit_of_reader(record.figure);
                Trace trace{formula_of(record.figure), inputs_of(*one.project, record.figure), {}};
                part.rows.push_back(
                    {project.id + "_" + record.id,
                     {word_cell(project.name), word_cell(record.name, record.id),
                      std::isnan(norm.value)
                          ? word_cell(sentence("card_not_known"), "undetermined", trace)
                          : amount_cell(in_reader(record.figure, norm.value), unit, trace),
                      amount_cell(in_reader(record.figure, norm.bound), unit,
                                  {{}, {}, given.source}),
                      coded_cell("norm_verdict", to_string(norm.verdict)),
                      coded_cell("confidence", model::to_string(given.confidence)),
                      plain_cell(given.source)},
                     1});
            }
        }
        part.notes.push_back(sentence("admit_norm_note"));
        page_.parts.push_back(std::move(part));
    }

    static std::string formula_of(model::ParkFigure figure) {
        switch (figure) {
        case model::ParkFigure::investment:
            return "investment";
        case model::ParkFigure::investment_per_mu:
            return "investment / land";
        case model::ParkFigure::output_per_mu:
            return "sales / land";
        case model::ParkFigure::tax_per_mu:
            return "tax / land";
        case model::ParkFigure::value_added_per_mu:
            return "value added / land";
        }
        return {};
    }

    [[nodiscard]] std::vector<TraceInput> inputs_of(const ProjectEconomics& one,
                                                    model::ParkFigure figure) const {
        const auto& project = scenario_.projects[one.project];
        std::vector<TraceInput> out;
        const auto add = [&](const char* id, double value, const char* unit,
                             const std::string& source) {
            out.push_back({id, value, unit, source});
        };
        switch (figure) {
        case model::ParkFigure::investment:
        case model::ParkFigure::investment_per_mu:
            add("investment", one.investment, "CNY",
                project.capex ? project.capex->provenance.source : std::string("recipes"));
            break;
        case model::ParkFigure::output_per_mu:
            add("sales", one.sales, "CNY", "economics.csv");
            break;
        case model::ParkFigure::tax_per_mu:
            add("tax", one.tax, "CNY", "economics.csv");
            break;
        case model::ParkFigure::value_added_per_mu:
            add("value added", one.value_added, "CNY", "economics.csv");
            break;
        }
        if (figure != model::ParkFigure::investment && project.land) {
            add("land", project.land->value.in("mu"), "mu", project.land->provenance.source);
        }
        return out;
    }

    static Trace per_mu(const char* what, double value, double land) {
        return {fmt::format("{} / land", what),
                {{what, value, "CNY", {}}, {"land", land, "mu", {}}},
                {}};
    }

    void ranking() {
        PagePart part;
        part.id = "ranking";
        part.title = sentence("admit_ranking");
        part.columns = {"enterprise",         "park",          "land",   "land_known",
                        "value_added_per_mu", "output_per_mu", "verdict"};
        for (const auto& one : report_.land_users) {
            const auto figure = [&](const char* what, double value) {
                return amount_cell(value / one.land / cny_in_10k, "万元/mu",
                                   per_mu(what, value, one.land));
            };
            part.rows.push_back(
                {one.id,
                 {plain_cell(one.id), plain_cell(one.park.empty() ? "-" : one.park),
                  amount_cell(one.land, "mu",
                              {"land of its plants, by their investment unless a project states it",
                               {},
                               "models/standards/economics.yaml"}),
                  coded_cell("admit_land", one.is_land_assumed ? "inferred" : "stated"),
                  figure("value added", one.value_added), figure("sales", one.sales),
                  coded_cell("admit", one.is_candidate ? "candidate" : "stays")},
                 1});
        }
        part.notes.push_back(sentence("admit_ranking_note"));
        page_.parts.push_back(std::move(part));
    }

    void exits() {
        PagePart part;
        part.id = "exits";
        part.title = sentence("admit_exits");
        part.columns = {"enterprise", "land", "energy_freed", "water_freed",      "so2",
                        "nox",        "pm",   "voc",          "value_added_lost", "tax_lost"};
        for (const auto& one : report_.land_users) {
            if (!one.is_candidate) {
                continue;
            }
            const auto freed = [&](const char* id, double value, const char* unit) {
                return amount_cell(value, unit,
                                   {"the district with its plants, less without them",
                                    {},
                                    fmt::format("indicators.csv: {}", id)});
            };
            part.rows.push_back(
                {one.id,
                 {plain_cell(one.id), amount_cell(one.land, "mu"),
                  freed("energy_controlled", one.energy, "tce"),
                  freed("fresh_water", one.fresh_water, "m3"), freed("so2", one.so2, "t"),
                  freed("nox", one.nox, "t"), freed("pm", one.pm, "t"), freed("voc", one.voc, "t"),
                  freed("value_added", one.gdp, "CNY"), freed("tax", one.tax, "CNY")},
                 1});
        }
        part.notes.push_back(sentence("admit_exit_note"));
        page_.parts.push_back(std::move(part));
    }

    const AdmissionReport& report_;
    const model::Scenario& scenario_;
    Page page_;
};

} // namespace

Page admission_page(const AdmissionReport& report) { return AdmissionPage(report).make(); }

} // namespace chainsim::study
