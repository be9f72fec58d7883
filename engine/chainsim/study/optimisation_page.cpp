#include <chainsim/study/detail/optimisation_reasons.hpp>
#include <chainsim/study/detail/optimisation_words.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/optimisation.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

namespace chainsim::study {

namespace {

using detail::sentence;

class OptimisationPage {
public:
    explicit OptimisationPage(const Optimisation& one) : one_(one) {
        const auto& scenario = one.study().scenario();
        page_.schema = "chainsim.optimise/1";
        page_.scenario = scenario.id;
        page_.title = sentence("optimise_title");
        page_.subtitle = scenario.name;
        page_.is_landscape = true;
        unit_ = detail::unit_of_goal(one_, 0);
    }

    Page make() {
        outcome();
        if (one_.is_found()) {
            chosen();
        }
        for (auto& part : detail::reason_parts(one_)) {
            page_.parts.push_back(std::move(part));
        }
        others();
        sampled();
        doubts();
        left_out();
        return std::move(page_);
    }

private:
    [[nodiscard]] const portfolio::Choice& choice(int at) const {
        return one_.district().choices()[static_cast<std::size_t>(at)];
    }
    static PageCell year_cell(int year) { return plain_cell(std::to_string(year)); }
    static PageCell nothing() { return plain_cell(""); }

    /// What was sought, what it comes to, and how good that is known to be.
    void outcome() {
        PagePart part;
        part.id = "outcome";
        part.title = sentence("optimise_outcome");
        part.columns = {"goal", "value", "without_projects", "as_decided", "sense"};
        const auto value = [](const portfolio::Outcome& outcome, std::size_t g) {
            return outcome.is_solved && g < outcome.values.size()
                       ? outcome.values[g]
                       : std::numeric_limits<double>::quiet_NaN();
        };
        for (std::size_t g = 0; g < one_.goals().size(); ++g) {
            const auto& goal = one_.goals()[g]->goal();
            part.rows.push_back(
                {fmt::format("goal_{}", g + 1),
                 {word_cell(detail::name_of_goal(one_, g), goal.terms.front().first),
                  amount_cell(value(one_.plan().outcome, g), detail::unit_of_goal(one_, g)),
                  amount_cell(value(one_.without(), g), detail::unit_of_goal(one_, g)),
                  amount_cell(value(one_.as_decided(), g), detail::unit_of_goal(one_, g)),
                  word_cell(sentence(goal.is_maximised ? "optimise_max" : "optimise_min"),
                            goal.is_maximised ? "max" : "min")},
                 0});
        }
        if (const auto why = detail::failure_in_words(one_)) {
            part.notes.push_back(*why);
        }
        note_bound(part);
        note_agreement(part);
        page_.parts.push_back(std::move(part));
    }

    /// How good the plan is known to be.
    void note_bound(PagePart& part) const {
        const auto& plan = one_.plan();
        if (one_.sampled()) {
            part.notes.push_back(sentence("optimise_at_nominal"));
            return;
        }
        const bool is_bounded = plan.outcome.is_solved && std::isfinite(plan.bound);
        if (!is_bounded || (plan.point.empty() && !one_.is_found())) {
            return;
        }
        const auto away = fmt::format(
            "{:.2g} %", 100.0 * optimise::relative_gap(plan.outcome.values.front(), plan.bound));
        if (plan.point.empty()) {
            part.notes.push_back(sentence("optimise_broken_off", away));
            return;
        }
        const auto note = [&](table::Language language) {
            return detail::fill("optimise_program", language, plan.solver,
                                detail::amount_text(plan.bound, unit_, language), away);
        };
        part.notes.push_back({note(table::Language::zh), note(table::Language::en)});
    }

    /// How the run of the written scenario agrees with what was chosen.
    void note_agreement(PagePart& part) const {
        const auto& agreement = one_.agreement();
        if (!agreement) {
            return;
        }
        part.notes.push_back(
            sentence(agreement->missed.empty() ? "optimise_agrees" : "optimise_misses",
                     fmt::format("{:.1g} %", 100.0 * agreement->worst), agreement->indicator,
                     agreement->year, agreement->missed.size()));
        if (!agreement->soft_missed.empty()) {
            part.notes.push_back(
                sentence("optimise_soft_missed", agreement->soft_missed.size(),
                         fmt::format("{}", fmt::join(agreement->soft_missed, ", "))));
        }
        constexpr double rounding = 1e-6;
        const bool is_pollutant =
            std::any_of(model::pollutants.begin(), model::pollutants.end(), [&](auto pollutant) {
                return model::to_string(pollutant) == agreement->indicator;
            });
        if (agreement->worst > rounding && is_pollutant) {
            part.notes.push_back(sentence("optimise_apart", agreement->indicator, agreement->year));
        }
    }

    void chosen() {
        PagePart part;
        part.id = "chosen";
        part.title = sentence("optimise_chosen");
        part.columns = {"project", "year", "size", "capex", "worth", "per_unit"};
        const bool has_second = one_.goals().size() > 1;
        for (std::size_t c = 0; c < one_.plan().portfolio.size(); ++c) {
            const auto& decided = one_.plan().portfolio[c];
            if (!decided.is_made()) {
                continue;
            }
            const auto& what = choice(static_cast<int>(c));
            const auto& size = what.sizes[static_cast<std::size_t>(decided.size)];
            const auto merit =
                std::find_if(one_.merits().begin(), one_.merits().end(),
                             [c](const auto& one) { return one.choice == static_cast<int>(c); });
            const bool is_known = merit != one_.merits().end();
            part.rows.push_back(
                {what.id,
                 {word_cell(detail::name_of_choice(what), what.id), year_cell(decided.year),
                  amount_cell(size.share, "1"), amount_cell(what.capex * size.capex, "CNY"),
                  is_known ? amount_cell(merit->change, unit_) : nothing(),
                  has_second && is_known && merit->indicator != 0.0
                      ? amount_cell(merit->change / std::abs(merit->indicator),
                                    unit_ + "/" + detail::unit_of_goal(one_, 1))
                      : nothing()},
                 1});
        }
        if (!has_second) {
            part.columns.pop_back();
            for (auto& row : part.rows) {
                row.cells.pop_back();
            }
        }
        part.notes.push_back(sentence("optimise_worth_note"));
        page_.parts.push_back(std::move(part));
    }

    /// The points of a front, or other portfolios that are nearly as good.
    void others() {
        if (one_.plans().size() < 2) {
            return;
        }
        PagePart part;
        part.id = "plans";
        part.title = sentence("optimise_plans");
        part.columns = {"plan"};
        part.headings = {{}};
        const bool is_front = one_.goals().size() > 1;
        for (std::size_t g = 0; g < one_.goals().size(); ++g) {
            part.columns.push_back(fmt::format("goal_{}", g + 1));
            part.headings.push_back(detail::name_of_goal(one_, g));
        }
        part.columns.insert(part.columns.end(), {"projects", "distance"});
        part.headings.insert(part.headings.end(), 2, {});
        if (is_front && one_.request().curve == one_.goals()[1]->goal().terms.front().first) {
            part.columns.emplace_back("marginal_cost");
            part.headings.emplace_back();
        }
        const WrittenPlan* before = nullptr;
        for (const auto& plan : one_.plans()) {
            const auto made = std::count_if(plan.portfolio.begin(), plan.portfolio.end(),
                                            [](const auto& one) { return one.is_made(); });
            PageRow row{plan.id, {plain_cell(plan.id)}, &plan == &one_.plans().front() ? 0 : 1};
            for (std::size_t g = 0; g < one_.goals().size(); ++g) {
                row.cells.push_back(amount_cell(plan.values[g], detail::unit_of_goal(one_, g)));
            }
            row.cells.push_back(amount_cell(static_cast<double>(made), {}));
            row.cells.push_back(
                amount_cell(portfolio::distance(plan.portfolio, one_.plan().portfolio), {}));
            if (part.columns.back() == "marginal_cost") {
                row.cells.push_back(marginal(before, plan));
                before = &plan == &one_.plans().front() ? nullptr : &plan;
            }
            part.rows.push_back(std::move(row));
        }
        page_.parts.push_back(std::move(part));
    }

    /// What the goal loses for each unit of the second one less, from a point to the one before.
    [[nodiscard]] PageCell marginal(const WrittenPlan* before, const WrittenPlan& plan) const {
        if (before == nullptr || before->values[1] == plan.values[1]) {
            return nothing();
        }
        return amount_cell((plan.values[0] - before->values[0]) /
                               (plan.values[1] - before->values[1]),
                           unit_ + "/" + detail::unit_of_goal(one_, 1));
    }

    /// What was decided before the draw is known, beside the plan for the nominal figures.
    void sampled() {
        const auto& plan = one_.sampled();
        if (!plan) {
            return;
        }
        PagePart part;
        part.id = "sampled";
        part.title = sentence("optimise_sampled", plan->fare.keeps.size());
        part.columns = {"plan", "mean", "draws_kept"};
        const auto add = [&](const std::string& id, const portfolio::Fare& fare) {
            part.rows.push_back(
                {id,
                 {plain_cell(id), amount_cell(fare.mean, unit_), amount_cell(fare.kept, "1")},
                 1});
        };
        const auto& id = one_.study().scenario().id;
        add(id + "_best", plan->fare);
        if (std::isfinite(plan->before.mean)) {
            add(id + "_nominal", plan->before);
        }
        if (std::isfinite(plan->bound)) {
            const auto note = [&](table::Language language) {
                return detail::fill("optimise_sampled_bound", language,
                                    detail::amount_text(plan->bound, unit_, language),
                                    detail::amount_text(plan->foresight, unit_, language));
            };
            part.notes.push_back({note(table::Language::zh), note(table::Language::en)});
        }
        if (plan->is_allowed) {
            part.notes.push_back(sentence("optimise_sampled_note",
                                          fmt::format("{:g} %", 100.0 * one_.request().chance)));
        }
        page_.parts.push_back(std::move(part));
    }

    void doubts() {
        if (one_.doubts().empty()) {
            return;
        }
        PagePart part;
        part.id = "doubt";
        part.title = sentence("optimise_doubt", one_.request().draws);
        part.columns = {"plan", "value", "mean", "low", "high", "chance"};
        for (const auto& doubt : one_.doubts()) {
            part.rows.push_back({doubt.id,
                                 {plain_cell(doubt.id), amount_cell(doubt.nominal, unit_),
                                  amount_cell(doubt.mean, unit_), amount_cell(doubt.low, unit_),
                                  amount_cell(doubt.high, unit_), amount_cell(doubt.all, "1")},
                                 1});
        }
        part.notes.push_back(sentence("optimise_doubt_note"));
        if (one_.sampled() && one_.doubts().front().all < one_.request().chance) {
            part.notes.push_back(sentence(
                "optimise_promise", fmt::format("{:.3g} %", 100.0 * one_.doubts().front().all),
                fmt::format("{:g} %", 100.0 * one_.request().chance)));
        }
        page_.parts.push_back(std::move(part));
    }

    void left_out() {
        for (const auto& one : one_.left_out()) {
            page_.notes.push_back(sentence("optimise_left_out_" + one.why, one.policy));
        }
    }

    const Optimisation& one_;
    Page page_;
    std::string unit_;
};

} // namespace

Page optimisation_page(const Optimisation& optimisation) {
    return OptimisationPage(optimisation).make();
}

} // namespace chainsim::study
