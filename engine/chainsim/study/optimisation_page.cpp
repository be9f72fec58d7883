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
        unit_ = unit_of(0);
    }

    Page make() {
        outcome();
        if (one_.is_found()) {
            chosen();
            rejected();
            prices();
            deviations();
        }
        conflict();
        others();
        sampled();
        doubts();
        left_out();
        return std::move(page_);
    }

private:
    [[nodiscard]] int year(std::size_t at) const { return one_.district().years()[at].year; }
    [[nodiscard]] const portfolio::Choice& choice(int at) const {
        return one_.district().choices()[static_cast<std::size_t>(at)];
    }
    static PageCell year_cell(int year) { return plain_cell(std::to_string(year)); }
    static PageCell nothing() { return plain_cell(""); }

    /// A goal without dimension is a count, jobs, and no share.
    [[nodiscard]] std::string unit_of(std::size_t goal) const {
        const auto& unit = one_.goals()[goal]->goal().unit;
        return unit == "1" ? std::string() : unit;
    }

    [[nodiscard]] model::Name goal_name(std::size_t g) const {
        const auto& goal = one_.goals()[g]->goal();
        if (goal.terms.size() > 1) {
            std::string text;
            for (const auto& [id, weight] : goal.terms) {
                text += fmt::format("{}{:g} {}",
                                    text.empty()   ? ""
                                    : weight < 0.0 ? " "
                                                   : " + ",
                                    weight, id);
            }
            return {text, text};
        }
        const auto& id = goal.terms.front().first;
        if (id == portfolio::net_present_value) {
            return sentence("optimise_npv");
        }
        for (std::size_t i = one_.district().years().size(); i-- > 0;) {
            if (const int row = one_.district().row(i, id); row >= 0) {
                return one_.district()
                    .years()[i]
                    .system.indicators.info[static_cast<std::size_t>(row)]
                    .name;
            }
        }
        return {id, id};
    }

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
                 {word_cell(goal_name(g), goal.terms.front().first),
                  amount_cell(value(one_.plan().outcome, g), unit_of(g)),
                  amount_cell(value(one_.without(), g), unit_of(g)),
                  amount_cell(value(one_.as_decided(), g), unit_of(g)),
                  word_cell(sentence(goal.is_maximised ? "optimise_max" : "optimise_min"),
                            goal.is_maximised ? "max" : "min")},
                 0});
        }
        const auto& plan = one_.plan();
        if (!one_.is_found()) {
            const auto why = failure_of(one_);
            part.notes.push_back({why, why});
        }
        if (one_.sampled()) {
            part.notes.push_back(sentence("optimise_at_nominal"));
        } else if (!plan.point.empty()) {
            part.notes.push_back(program_note(plan));
        } else if (std::isfinite(plan.bound) && one_.is_found()) {
            const double away = std::abs(plan.bound - plan.outcome.values.front()) /
                                std::max(1e-10, std::abs(plan.outcome.values.front()));
            part.notes.push_back(
                sentence("optimise_broken_off", fmt::format("{:.2g} %", 100.0 * away)));
        }
        if (const auto& agreement = one_.agreement()) {
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
            const bool is_pollutant = std::any_of(
                model::pollutants.begin(), model::pollutants.end(), [&](auto pollutant) {
                    return model::to_string(pollutant) == agreement->indicator;
                });
            if (agreement->worst > rounding && is_pollutant) {
                part.notes.push_back(
                    sentence("optimise_apart", agreement->indicator, agreement->year));
            }
        }
        page_.parts.push_back(std::move(part));
    }

    [[nodiscard]] model::Name program_note(const portfolio::Plan& plan) const {
        const double away = plan.outcome.is_solved
                                ? std::abs(plan.bound - plan.outcome.values.front()) /
                                      std::max(1e-10, std::abs(plan.outcome.values.front()))
                                : 0.0;
        const auto note = [&](table::Language language) {
            return detail::fill("optimise_program", language, plan.solver,
                                detail::amount_text(plan.bound, unit_, language),
                                fmt::format("{:.2g} %", 100.0 * away));
        };
        return {note(table::Language::zh), note(table::Language::en)};
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
                 {word_cell(named(what), what.id), year_cell(decided.year),
                  amount_cell(size.share, "1"), amount_cell(what.capex * size.capex, "CNY"),
                  is_known ? amount_cell(merit->change, unit_) : nothing(),
                  has_second && is_known && merit->indicator != 0.0
                      ? amount_cell(merit->change / std::abs(merit->indicator),
                                    unit_ + "/" + unit_of(1))
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

    static model::Name named(const portfolio::Choice& what) {
        return what.is_closure ? model::Name{detail::fill("optimise_closure", table::Language::zh,
                                                          what.name.zh),
                                             detail::fill("optimise_closure", table::Language::en,
                                                          what.name.en)}
                               : what.name;
    }

    [[nodiscard]] model::Name name_of_other(const std::string& id) const {
        const auto& scenario = one_.district().scenario();
        if (scenario.decision_groups.contains(id)) {
            return scenario.decision_groups.at(id).name;
        }
        return scenario.projects.contains(id) ? scenario.projects.at(id).name : model::Name{id, id};
    }

    [[nodiscard]] model::Name breach(const portfolio::Breach& one, const std::string& self) const {
        using Kind = portfolio::Breach::Kind;
        // A relation may be that of another choice to this one.
        const bool is_of_other = one.other == self;
        const auto other = name_of_other(is_of_other ? one.choice : one.other);
        const auto about = [&](std::string_view key) {
            return model::Name{detail::fill(key, table::Language::zh, other.zh),
                               detail::fill(key, table::Language::en, other.en)};
        };
        switch (one.kind) {
        case Kind::needs:
            return about("optimise_needs");
        case Kind::excludes:
            return about("optimise_excludes");
        case Kind::follows:
            return about(is_of_other ? "optimise_precedes" : "optimise_follows");
        case Kind::group:
            return about("optimise_group");
        case Kind::starts:
            return sentence("optimise_starts", one.year);
        case Kind::budget:
            return sentence("optimise_budget", one.year);
        }
        return {};
    }

    /// What is in the way of a project, in words.
    [[nodiscard]] model::Name hindrance(const portfolio::Rejection& one) const {
        if (!one.is_possible) {
            return sentence("optimise_no_year");
        }
        if (!one.misses.empty()) {
            const auto& bound = one_.bounds()[one.misses.front()];
            return sentence("optimise_misses_policy", bound.id, year(bound.year));
        }
        if (!one.breaches.empty()) {
            return breach(one.breaches.front(), choice(one.choice).id);
        }
        if (one.breaks > 0.0) {
            return sentence("optimise_load");
        }
        const bool is_worse =
            one_.goals().front()->goal().is_maximised ? one.change < 0.0 : one.change > 0.0;
        if (one.short_of) {
            const auto& name = one_.district().scenario().model.commodities[*one.short_of].name;
            return {detail::fill("optimise_short", table::Language::zh, name.zh),
                    detail::fill("optimise_short", table::Language::en, name.en)};
        }
        return sentence(is_worse ? "optimise_no_return" : "optimise_no_effect");
    }

    void rejected() {
        PagePart part;
        part.id = "rejected";
        part.title = sentence("optimise_rejected");
        part.columns = {"project",   "year",         "change", "at_shadow_prices",
                        "hindrance", "price_needed", "product"};
        for (const auto& one : one_.rejections()) {
            const auto& what = choice(one.choice);
            PageCell price = nothing();
            PageCell product = nothing();
            if (one.product) {
                const auto& commodity = one_.district().scenario().model.commodities[*one.product];
                product = word_cell(commodity.name, commodity.id);
                if (std::isfinite(one.price_needed)) {
                    price = amount_cell(one.price_needed, "CNY/" + commodity.unit.text());
                }
            }
            part.rows.push_back(
                {what.id,
                 {word_cell(named(what), what.id),
                  one.is_possible ? year_cell(one.best.year) : nothing(),
                  one.is_possible ? amount_cell(one.change, unit_) : nothing(),
                  std::isfinite(one.at_prices) ? amount_cell(one.at_prices, unit_) : nothing(),
                  word_cell(hindrance(one)), std::move(price), std::move(product)},
                 1});
        }
        part.notes.push_back(sentence("optimise_rejected_note"));
        page_.parts.push_back(std::move(part));
    }

    void prices() {
        PagePart policies;
        policies.id = "prices";
        policies.title = sentence("optimise_prices");
        policies.columns = {"policy",           "step",           "tightened", "loosened",
                            "change_tightened", "change_loosened"};
        for (const auto& price : one_.prices().policies) {
            const auto unit = unit_ + "/" + price.unit;
            policies.rows.push_back(
                {price.policy,
                 {plain_cell(price.policy), amount_cell(price.step, "1"),
                  amount_cell(price.tightened, unit), amount_cell(price.loosened, unit),
                  amount_cell(price.change_tightened, unit_),
                  amount_cell(price.change_loosened, unit_)},
                 1});
            if (price.is_told) {
                policies.notes.push_back(sentence("optimise_basis", price.policy));
            }
        }
        if (policies.rows.empty()) {
            policies.notes.push_back(sentence(one_.request().step > 0.0 && !one_.sampled()
                                                  ? "optimise_no_price"
                                                  : "optimise_not_priced"));
        }
        if (!policies.rows.empty()) {
            policies.notes.push_back(sentence("optimise_price_note"));
        }
        page_.parts.push_back(std::move(policies));
        PagePart years;
        years.id = "duals";
        years.title = sentence("optimise_duals");
        years.columns = {"policy", "year", "room", "at_choice", "relaxed"};
        for (const auto& price : one_.prices().bounds) {
            const auto& bound = one_.bounds()[price.bound];
            if (!(std::abs(price.at_choice) > 0.0) && !(std::abs(price.relaxed) > 0.0)) {
                continue;
            }
            if (!bound.is_hard && !bound.penalty) {
                continue;
            }
            const auto unit = unit_ + "/" + bound.unit;
            years.rows.push_back(
                {fmt::format("{}_{}", bound.id, year(bound.year)),
                 {plain_cell(bound.id), year_cell(year(bound.year)),
                  amount_cell(price.room, bound.unit), amount_cell(price.at_choice, unit),
                  amount_cell(price.relaxed, unit)},
                 1});
        }
        if (!years.rows.empty()) {
            page_.parts.push_back(std::move(years));
        }
    }

    void deviations() {
        if (one_.deviations().empty()) {
            return;
        }
        const auto& scenario = one_.district().scenario();
        PagePart part;
        part.id = "deviations";
        part.title = sentence("optimise_deviations", one_.deviation_indicator());
        part.columns = {"year", "plan", "program", "run", "difference", "deviating"};
        for (const auto& one : one_.deviations()) {
            const auto& system = one_.district().years()[one.year].system;
            const int row = one_.district().row(one.year, one_.deviation_indicator());
            const auto& unit = system.indicators.info[static_cast<std::size_t>(row)].unit;
            model::Name plants;
            for (const auto& plant : one.plants) {
                const auto facility = system.layout.columns[static_cast<std::size_t>(plant.column)];
                const auto& name = scenario.facilities[facility].name;
                plants.zh += (plants.zh.empty() ? "" : "、") + name.zh;
                plants.en += (plants.en.empty() ? "" : ", ") + name.en;
            }
            part.rows.push_back({fmt::format("{}", year(one.year)),
                                 {year_cell(year(one.year)), amount_cell(one.plan, unit),
                                  amount_cell(one.program, unit), amount_cell(one.run, unit),
                                  amount_cell(one.program / one.run - 1.0, "1"), word_cell(plants)},
                                 1});
        }
        part.notes.push_back(sentence("optimise_deviation_note"));
        page_.parts.push_back(std::move(part));
    }

    void conflict() {
        const auto& found = one_.conflict();
        if (!found) {
            return;
        }
        PagePart part;
        part.id = "conflict";
        part.title = sentence("optimise_conflict");
        part.columns = {"policy", "year", "bound", "relaxation"};
        for (const auto b : found->bounds) {
            const auto& bound = one_.bounds()[b];
            const auto& moves = found->relaxation;
            const auto move = std::find_if(moves.begin(), moves.end(),
                                           [b](const auto& one) { return one.first == b; });
            part.rows.push_back(
                {fmt::format("{}_{}", bound.id, year(bound.year)),
                 {plain_cell(bound.id), year_cell(year(bound.year)),
                  amount_cell(bound.value, bound.unit),
                  move == moves.end() ? nothing() : amount_cell(move->second, bound.unit)},
                 1});
        }
        for (const auto& row : found->means) {
            part.rows.push_back({row, {plain_cell(row), nothing(), nothing(), nothing()}, 1});
        }
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
            part.headings.push_back(goal_name(g));
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
                row.cells.push_back(amount_cell(plan.values[g], unit_of(g)));
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
                           unit_ + "/" + unit_of(1));
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
        const auto chance = fmt::format("{:g} %", 100.0 * one_.request().chance);
        part.notes.push_back(
            sentence(plan->is_allowed ? "optimise_sampled_note" : "optimise_unsafe", chance));
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
