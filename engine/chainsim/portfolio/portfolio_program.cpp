#include <chainsim/base/error.hpp>
#include <chainsim/portfolio/detail/program_units.hpp>
#include <chainsim/portfolio/portfolio_program.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <utility>

namespace chainsim::portfolio {

PortfolioProgram::PortfolioProgram(const District& district, std::vector<const Valuer*> goals,
                                   std::vector<Bound> bounds, const Conducts& conducts,
                                   std::vector<std::optional<system::Solution>> settled)
    : district_(&district), goals_(std::move(goals)), bounds_(std::move(bounds)),
      settled_(std::move(settled)) {
    CHAINSIM_EXPECT(conducts.size() == district.years().size() &&
                        settled_.size() == conducts.size(),
                    "conducts and settled years are by year");
    for (const auto* one : goals_) {
        const auto& unit = one->goal().unit;
        units_.push_back(unit == "CNY" || unit.empty() ? million : 1.0);
    }
    add_choices();
    years_.resize(district.years().size());
    for (std::size_t i = 0; i < years_.size(); ++i) {
        if (!is_settled(i)) {
            add_year(i, conducts[i]);
        }
    }
    add_means();
    add_bounds();
    for (std::size_t g = 0; g < goals_.size(); ++g) {
        add_goal(g);
    }
    for (std::size_t i = 0; i < years_.size(); ++i) {
        if (!is_settled(i)) {
            add_directions(i);
        }
    }
    const bool is_maximised = goals_.front()->goal().is_maximised;
    program_ = builder_.build(district.scenario().id, is_maximised);
}

std::string PortfolioProgram::name(const char* kind, std::string_view id, int year) {
    return fmt::format("{}.{}.{}", kind, id, year);
}

double PortfolioProgram::largest_share(int choice) const {
    const auto& sizes = district_->choices()[static_cast<std::size_t>(choice)].sizes;
    return std::max_element(sizes.begin(), sizes.end(),
                            [](const auto& a, const auto& b) { return a.share < b.share; })
        ->share;
}

void PortfolioProgram::add_choices() {
    const auto& choices = district_->choices();
    starts_of_.resize(choices.size());
    for (std::size_t c = 0; c < choices.size(); ++c) {
        for (const int year : choices[c].years) {
            for (std::size_t size = 0; size < choices[c].sizes.size(); ++size) {
                auto id = name("y", choices[c].id, year);
                if (size > 0) {
                    id += fmt::format(".{}", size);
                }
                const int column = builder_.add_column(std::move(id), 0.0, 1.0, 0.0, true);
                starts_of_[c].push_back(static_cast<int>(starts_.size()));
                starts_.push_back({static_cast<int>(c), {year, static_cast<int>(size)}, column});
            }
        }
        if (starts_of_[c].size() > 1) {
            const int row = builder_.add_row("once." + choices[c].id, -infinity, 1.0);
            for (const int s : starts_of_[c]) {
                builder_.add(row, starts_[static_cast<std::size_t>(s)].column, 1.0);
            }
        }
    }
}

void PortfolioProgram::add_means() {
    const auto& rules = district_->scenario().decision_rules;
    if (!rules.empty()) {
        add_budget(*rules.begin());
    }
    add_relations();
    add_groups();
}

void PortfolioProgram::add_budget(const model::DecisionRules& rules) {
    const auto& choices = district_->choices();
    const int first = district_->scenario().years.front();
    const int last = district_->scenario().years.back();
    for (int year = first; rules.budget && year <= last; ++year) {
        const double most = rules.budget->at(year).in_a_year(units::Unit::parse("CNY")) / million;
        const int row = builder_.add_row(fmt::format("budget.{}", year), -infinity, most);
        for (const auto& start : starts_) {
            const auto& choice = choices[static_cast<std::size_t>(start.choice)];
            const double share = choice.investment_share(start.decision.year, year);
            builder_.add(row, start.column,
                         share * choice.capex / million *
                             choice.sizes[static_cast<std::size_t>(start.decision.size)].capex);
        }
    }
    if (!rules.starts_a_year) {
        return;
    }
    std::set<int> years;
    for (const auto& start : starts_) {
        years.insert(start.decision.year);
    }
    for (const int year : years) {
        const int row =
            builder_.add_row(fmt::format("starts.{}", year), -infinity, *rules.starts_a_year);
        for (const auto& start : starts_) {
            const bool is_project = !choices[static_cast<std::size_t>(start.choice)].is_closure;
            if (start.decision.year == year && is_project) {
                builder_.add(row, start.column, 1.0);
            }
        }
    }
}

void PortfolioProgram::add_relations() {
    const auto& choices = district_->choices();
    const auto one_each = [](const Decision&) { return 1.0; };
    std::set<std::pair<int, int>> apart;
    for (std::size_t c = 0; c < choices.size(); ++c) {
        const int self = static_cast<int>(c);
        for (const auto& id : choices[c].needs) {
            const int other = district_->choice(id);
            for (const int year : choices[c].years) {
                const int row =
                    builder_.add_row(name("needs", choices[c].id + "." + id, year), -infinity, 0.0);
                add_starts(row, self, year, one_each);
                add_starts(row, other, year, [](const Decision&) { return -1.0; });
            }
        }
        for (const auto& id : choices[c].follows) {
            // What begins by a year, and the other one later or in the same: never both.
            for (const int year : choices[c].years) {
                const int row = builder_.add_row(name("follows", choices[c].id + "." + id, year),
                                                 -infinity, 1.0);
                add_starts(row, self, year, one_each);
                for (const int s : starts_of_[static_cast<std::size_t>(district_->choice(id))]) {
                    const auto& start = starts_[static_cast<std::size_t>(s)];
                    if (start.decision.year >= year) {
                        builder_.add(row, start.column, 1.0);
                    }
                }
            }
        }
        for (const auto& id : choices[c].excludes) {
            const int other = district_->choice(id);
            if (other >= 0) {
                apart.emplace(std::min(self, other), std::max(self, other));
            }
        }
    }
    const int last = district_->scenario().years.back();
    for (const auto& [a, b] : apart) {
        const int row = builder_.add_row("excludes." + choices[static_cast<std::size_t>(a)].id +
                                             "." + choices[static_cast<std::size_t>(b)].id,
                                         -infinity, 1.0);
        add_starts(row, a, last, one_each);
        add_starts(row, b, last, one_each);
    }
}

void PortfolioProgram::add_groups() {
    const auto& scenario = district_->scenario();
    const int last = scenario.years.back();
    for (const auto& group : scenario.decision_groups) {
        int built = 0; // of those that are not to be decided on
        std::vector<int> open;
        for (const auto& id : group.projects) {
            const int c = district_->choice(id);
            if (c >= 0) {
                open.push_back(c);
            } else if (scenario.projects.at(id).selected) {
                ++built;
            }
        }
        const double least = group.at_least ? *group.at_least - built : -infinity;
        const double most = group.at_most ? *group.at_most - built : infinity;
        const int row = builder_.add_row("group." + group.id, least, std::max(most, least));
        for (const int c : open) {
            add_starts(row, c, last, [](const Decision&) { return 1.0; });
        }
    }
}

void PortfolioProgram::add_bounds() {
    for (const auto& bound : bounds_) {
        const bool binds = bound.is_hard || bound.penalty;
        if (is_settled(bound.year) || !binds) {
            bound_rows_.push_back(-1);
            bound_scales_.push_back(1.0);
            slack_columns_.push_back(-1);
            continue;
        }
        const auto form = form_of(*district_, bound);
        const double scale = 1.0 / std::max({1.0, std::abs(bound.value), std::abs(form.constant)});
        const int row = builder_.add_row(
            name("policy", bound.id, district_->years()[bound.year].year), -infinity, infinity);
        const double constant = add_form(row, bound.year, form, scale);
        bound_rows_.push_back(row);
        bound_scales_.push_back(scale);
        slack_columns_.push_back(-1);
        if (bound.is_upper) {
            builder_.set_row_bounds(row, -infinity, -constant);
        } else {
            builder_.set_row_bounds(row, -constant, infinity);
        }
        if (bound.penalty && !bound.is_hard) {
            const int slack = builder_.add_column(
                name("missed", bound.id, district_->years()[bound.year].year), 0.0, infinity);
            builder_.add(row, slack, bound.is_upper ? -scale : scale);
            slack_columns_.back() = slack;
            const double sign = goals_.front()->goal().is_maximised ? -1.0 : 1.0;
            builder_.add_cost(slack, sign * *bound.penalty * goals_.front()->factor(bound.year) /
                                         units_.front());
        }
    }
}

void PortfolioProgram::add_goal(std::size_t goal) {
    const auto& valuer = *goals_[goal];
    const int row = builder_.add_row(fmt::format("goal.{}", goal), -infinity, infinity);
    const bool is_objective = goal == 0;
    const auto add = [&](int column, double value) {
        builder_.add(row, column, value);
        if (is_objective) {
            builder_.add_cost(column, value);
        }
    };
    const auto add_both = [&](std::size_t year, const Form& form, double factor) {
        if (is_objective && !is_settled(year)) {
            (void)add_form(-1, year, form, factor);
        }
        return add_form(row, year, form, factor);
    };
    double rest = 0.0;
    for (std::size_t i = 0; i < years_.size(); ++i) {
        const double factor = valuer.factor(i) / units_[goal];
        for (const auto& form : valuer.forms()[i]) {
            rest += add_both(i, form, factor);
        }
        if (!valuer.has_npv()) {
            continue;
        }
        const double weight = factor * valuer.npv_weight();
        rest += add_both(i, valuer.cash()[i].cash, weight);
        const auto& profits = valuer.cash()[i].profits;
        for (std::size_t p = 0; p < profits.size(); ++p) {
            if (is_settled(i)) {
                rest -=
                    weight * std::max(0.0, add_form(row, i, profits[p].first, profits[p].second));
            } else {
                add(tax_column(i, p, valuer), -weight * million);
            }
        }
    }
    for (const auto& start : starts_) {
        add(start.column, valuer.investment(start.choice, start.decision) / units_[goal]);
    }
    goal_rows_.push_back(row);
    goal_rests_.push_back(rest);
    if (is_objective) {
        builder_.add_constant(rest);
    }
}

/// A tax on profits only: what is paid is at least the rate times the profit, and never negative.
int PortfolioProgram::tax_column(std::size_t year, std::size_t payer, const Valuer& valuer) {
    const auto [found, is_new] = tax_columns_.try_emplace({year, payer}, -1);
    if (is_new) {
        const auto& [profit, rate] = valuer.cash()[year].profits[payer];
        const int calendar = district_->years()[year].year;
        found->second =
            builder_.add_column(fmt::format("tax.{}.{}", payer, calendar), 0.0, infinity);
        const int row =
            builder_.add_row(fmt::format("profit.{}.{}", payer, calendar), -infinity, infinity);
        builder_.add(row, found->second, 1.0);
        builder_.set_row_bounds(row, -add_form(row, year, profit, -rate / million), infinity);
        taxes_.push_back({year, payer, found->second, &valuer});
    }
    return found->second;
}

void PortfolioProgram::limit_goal(std::size_t goal, double value) {
    const auto row = static_cast<std::size_t>(goal_rows_[goal]);
    const double bound = value / units_[goal] - goal_rests_[goal];
    const bool is_maximised = goals_[goal]->goal().is_maximised;
    program_.row_lower[row] = -infinity;
    program_.row_upper[row] = infinity;
    (is_maximised ? program_.row_lower : program_.row_upper)[row] = bound;
}

} // namespace chainsim::portfolio
