#include <chainsim/study/detail/optimisation_words.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/optimisation.hpp>

#include <fmt/format.h>

namespace chainsim::study::detail {

namespace {

model::Name name_of_other(const Optimisation& plan, const std::string& id) {
    const auto& scenario = plan.district().scenario();
    if (scenario.decision_groups.contains(id)) {
        return scenario.decision_groups.at(id).name;
    }
    return scenario.projects.contains(id) ? scenario.projects.at(id).name : model::Name{id, id};
}

model::Name breach_in_words(const Optimisation& plan, const portfolio::Breach& one,
                            const std::string& self) {
    using Kind = portfolio::Breach::Kind;
    // A relation may be that of another choice to this one.
    const bool is_of_other = one.other == self;
    const auto other = name_of_other(plan, is_of_other ? one.choice : one.other);
    const auto about = [&](std::string_view key) {
        return model::Name{fill(key, table::Language::zh, other.zh),
                           fill(key, table::Language::en, other.en)};
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

} // namespace

std::string unit_of_goal(const Optimisation& plan, std::size_t goal) {
    const auto& unit = plan.goals()[goal]->goal().unit;
    return unit == "1" ? std::string() : unit;
}

model::Name name_of_goal(const Optimisation& plan, std::size_t g) {
    const auto& goal = plan.goals()[g]->goal();
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
    for (std::size_t i = plan.district().years().size(); i-- > 0;) {
        if (const int row = plan.district().row(i, id); row >= 0) {
            return plan.district()
                .years()[i]
                .system.indicators.info[static_cast<std::size_t>(row)]
                .name;
        }
    }
    return {id, id};
}

model::Name name_of_choice(const portfolio::Choice& what) {
    return what.is_closure
               ? model::Name{fill("optimise_closure", table::Language::zh, what.name.zh),
                             fill("optimise_closure", table::Language::en, what.name.en)}
               : what.name;
}

model::Name hindrance_of(const Optimisation& plan, const portfolio::Rejection& one) {
    if (!one.is_possible) {
        return sentence("optimise_no_year");
    }
    if (!one.misses.empty()) {
        const auto& bound = plan.bounds()[one.misses.front()];
        return sentence("optimise_misses_policy", bound.id,
                        plan.district().years()[bound.year].year);
    }
    if (!one.breaches.empty()) {
        return breach_in_words(plan, one.breaches.front(),
                               plan.district().choices()[static_cast<std::size_t>(one.choice)].id);
    }
    if (one.breaks > 0.0) {
        return sentence("optimise_load");
    }
    const bool is_worse =
        plan.goals().front()->goal().is_maximised ? one.change < 0.0 : one.change > 0.0;
    if (one.short_of) {
        const auto& name = plan.district().scenario().model.commodities[*one.short_of].name;
        return {fill("optimise_short", table::Language::zh, name.zh),
                fill("optimise_short", table::Language::en, name.en)};
    }
    if (plan.sampled() && !is_worse && one.change != 0.0) {
        return sentence("optimise_not_in_mean"); // a gain at the nominal figures alone
    }
    return sentence(is_worse ? "optimise_no_return" : "optimise_no_effect");
}

std::optional<model::Name> failure_in_words(const Optimisation& plan) {
    if (failure_of(plan).empty()) {
        return std::nullopt;
    }
    if (plan.is_found()) { // at the nominal figures, but not over the draws
        return sentence("optimise_unsafe", fmt::format("{:g} %", 100.0 * plan.request().chance));
    }
    if (const auto& conflict = plan.conflict()) {
        return sentence(conflict->is_settled           ? "optimise_settled"
                        : conflict->relaxation.empty() ? "optimise_conflicting"
                                                       : "optimise_conflicting_enough");
    }
    if (plan.missed().empty()) {
        return sentence("optimise_no_means");
    }
    const auto missed = [&plan](table::Language language) {
        std::string text;
        for (const auto& [b, over] : plan.missed()) {
            const auto& bound = plan.bounds()[b];
            text += fmt::format("{}{} {} {}", text.empty() ? "" : "; ", bound.id,
                                plan.district().years()[bound.year].year,
                                amount_text(over, bound.unit, language));
        }
        return fill("optimise_nearest", language, text);
    };
    return model::Name{missed(table::Language::zh), missed(table::Language::en)};
}

} // namespace chainsim::study::detail
