#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/detail/sensitivity_model.hpp>
#include <chainsim/study/sensitivity.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

namespace chainsim::study {

namespace {

using detail::Factor;
using detail::SensitivityModel;
using detail::sentence;
using uncertainty::Parameter;

constexpr double hundred = 100.0;

/// How much is to be gained by knowing a figure better: least of what the plan itself states.
double poorness(model::Confidence confidence) {
    switch (confidence) {
    case model::Confidence::seed:
    case model::Confidence::verified:
        return 0.1;
    case model::Confidence::known:
        return 0.25;
    case model::Confidence::estimate:
        return 0.6;
    case model::Confidence::assumption:
        return 1.0;
    }
    return 1.0;
}

class SensitivityPage {
public:
    SensitivityPage(const Study& study, const SensitivityRequest& request)
        : request_(request), model_(study, request),
          shown_(std::min(static_cast<std::size_t>(request.top), model_.factors().size())) {
        page_.schema = "chainsim.sensitivity/1";
        page_.scenario = study.scenario().id;
        page_.title = sentence("sensitivity_title");
        page_.subtitle = model_.info().name;
        page_.is_landscape = true;
    }

    Page make() {
        page_.head.emplace_back("indicator", plain_cell(request_.indicator));
        page_.head.emplace_back("year", plain_cell(std::to_string(model_.year().year())));
        page_.head.emplace_back("value", amount_cell(model_.nominal(), unit()));
        switch (request_.method) {
        case SensitivityMethod::gradient:
            model_.swing(shown_);
            show_gradient();
            show_worth();
            break;
        case SensitivityMethod::morris:
            show_morris();
            break;
        case SensitivityMethod::sobol:
            show_sobol();
            break;
        }
        return std::move(page_);
    }

private:
    [[nodiscard]] const std::string& unit() const { return model_.info().unit; }
    [[nodiscard]] const std::vector<Factor>& factors() const { return model_.factors(); }

    [[nodiscard]] static Trace source_of(const Parameter& one) {
        return {"",
                {{one.id, one.value, one.unit, to_string(one.where)},
                 {"low", one.low, one.unit, ""},
                 {"high", one.high, one.unit, ""}},
                one.source};
    }

    [[nodiscard]] std::vector<PageCell> name_of(const Factor& factor) const {
        const auto& one = model_.figure(factor);
        model::Name name = one.name;
        if (factor.members.size() > 1) {
            name.zh += fmt::format(" 等{}项", factor.members.size());
            name.en += fmt::format(" and {} copies", factor.members.size() - 1);
        }
        return {word_cell(name, one.id, source_of(one)),
                amount_cell(one.value, one.unit, source_of(one))};
    }

    [[nodiscard]] static PageCell confidence_of(const Parameter& one) {
        return detail::coded_cell("confidence", model::to_string(one.confidence));
    }

    void show_gradient() {
        PagePart part;
        part.id = "figures";
        part.title = sentence("sensitivity_figures");
        part.columns = {"figure",  "figure_value", "elasticity", "at_low",
                        "at_high", "share",        "confidence"};
        for (std::size_t k = 0; k < shown_; ++k) {
            const auto& factor = factors()[k];
            const auto& one = model_.figure(factor);
            PageRow row{one.id, name_of(factor), 1};
            row.cells.push_back(amount_cell(
                factor.elasticity, "%/%",
                {"elasticity = slope x figure / indicator",
                 {{"slope", factor.slope, unit() + "/(" + one.unit + ")", "one backward sweep"},
                  {"figure", one.value, one.unit, one.id},
                  {request_.indicator, model_.nominal(), unit(), "the nominal run"}},
                 {}}));
            row.cells.push_back(amount_cell(factor.low, unit()));
            row.cells.push_back(amount_cell(factor.high, unit()));
            row.cells.push_back(amount_cell(
                hundred * factor.share, "%",
                {"share = (slope x standard deviation)^2 / sum of these",
                 {{"effect", factor.effect, unit(), ""}, {"spread", model_.spread(), unit(), ""}},
                 {}}));
            row.cells.push_back(confidence_of(one));
            part.rows.push_back(std::move(row));
        }
        part.notes.push_back(sentence("sensitivity_figures_note"));
        page_.parts.push_back(std::move(part));
    }

    /// Share of the variance times poor confidence: what should be measured better.
    void show_worth() {
        std::vector<std::size_t> order(factors().size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto worth = [this](std::size_t k) {
            return factors()[k].share * poorness(model_.figure(factors()[k]).confidence);
        };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return worth(a) > worth(b); });
        PagePart part;
        part.id = "measure";
        part.title = sentence("sensitivity_measure");
        part.columns = {"figure", "figure_value", "share", "confidence", "worth"};
        for (std::size_t k = 0; k < shown_ && worth(order[k]) > 0.0; ++k) {
            const auto& factor = factors()[order[k]];
            const auto& one = model_.figure(factor);
            PageRow row{one.id, name_of(factor), 1};
            row.cells.push_back(amount_cell(hundred * factor.share, "%"));
            row.cells.push_back(confidence_of(one));
            row.cells.push_back(amount_cell(hundred * worth(order[k]), "%"));
            part.rows.push_back(std::move(row));
        }
        part.notes.push_back(sentence("sensitivity_measure_note"));
        page_.parts.push_back(std::move(part));
    }

    void show_sobol() {
        const std::size_t own = std::min(shown_, model_.drawn());
        const auto found = model_.sobol(own);
        const auto& indices = found.outputs.front();
        PagePart part;
        part.id = "indices";
        part.title = sentence("sensitivity_sobol");
        part.columns = {"figure",      "figure_value", "first",      "first_low", "first_high",
                        "total_order", "total_low",    "total_high", "confidence"};
        for (std::size_t k = 0; k < indices.first.size(); ++k) {
            PageRow row{k < own ? model_.figure(factors()[k]).id : "others", {}, 1};
            row.cells =
                k < own
                    ? name_of(factors()[k])
                    : std::vector<PageCell>{
                          word_cell(sentence("sensitivity_others", model_.drawn() - own), "others"),
                          amount_cell(table::absent, {})};
            for (const auto& one : {indices.first[k], indices.total[k]}) {
                for (const double value : {one.value, one.low, one.high}) {
                    row.cells.push_back(amount_cell(hundred * value, "%"));
                }
            }
            row.cells.push_back(k < own ? confidence_of(model_.figure(factors()[k]))
                                        : plain_cell(""));
            part.rows.push_back(std::move(row));
        }
        part.notes.push_back(sentence("sensitivity_sobol_note", found.evaluations, indices.lost));
        page_.parts.push_back(std::move(part));
    }

    void show_morris() {
        constexpr std::int64_t first_look = 8;
        const auto trajectories = static_cast<int>(request_.n > 0 ? request_.n : first_look);
        const auto found = model_.morris(trajectories);
        const std::size_t drawn = model_.drawn();
        const auto& effects = found.outputs.front();
        std::vector<std::size_t> order(drawn);
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return effects[a].mu_star.value > effects[b].mu_star.value;
        });
        PagePart part;
        part.id = "effects";
        part.title = sentence("sensitivity_morris");
        part.columns = {"figure",  "figure_value", "mu_star", "mu_low",
                        "mu_high", "mu",           "sigma",   "confidence"};
        for (std::size_t i = 0; i < std::min(shown_, drawn); ++i) {
            const auto& effect = effects[order[i]];
            const auto& factor = factors()[order[i]];
            PageRow row{model_.figure(factor).id, name_of(factor), 1};
            for (const double value : {effect.mu_star.value, effect.mu_star.low,
                                       effect.mu_star.high, effect.mu, effect.sigma}) {
                row.cells.push_back(amount_cell(value, unit()));
            }
            row.cells.push_back(confidence_of(model_.figure(factor)));
            part.rows.push_back(std::move(row));
        }
        part.notes.push_back(sentence("sensitivity_morris_note", trajectories, drawn,
                                      found.evaluations, found.lost.front()));
        page_.parts.push_back(std::move(part));
    }

    SensitivityRequest request_;
    SensitivityModel model_;
    std::size_t shown_; ///< factors
    Page page_;
};

} // namespace

Page sensitivity_page(const Study& study, const SensitivityRequest& request) {
    const auto nominal = study.run();
    if (nominal.outcome() != system::Outcome::solved) {
        const auto& failure = nominal.failure();
        throw NoSolution(failure ? failure->message : "no solution");
    }
    return SensitivityPage(study, request).make();
}

} // namespace chainsim::study
