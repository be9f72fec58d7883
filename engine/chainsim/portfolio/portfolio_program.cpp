#include <chainsim/base/error.hpp>
#include <chainsim/portfolio/portfolio_program.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <utility>

namespace chainsim::portfolio {

namespace {

constexpr double million = 1e6;
using optimise::infinity;

/// Throughput of the rows of a year with all plants at capacity: what trades are measured in.
std::vector<double> throughput(const District::Year& year) {
    const auto& equations = year.system.equations;
    std::vector<double> out(static_cast<std::size_t>(equations.rows()), 0.0);
    for (int f = 0; f < equations.columns(); ++f) {
        const double nominal = year.nominal[static_cast<std::size_t>(f)];
        for (Eigen::SparseMatrix<double>::InnerIterator it(equations.net, f); it; ++it) {
            auto& largest = out[static_cast<std::size_t>(it.row())];
            largest = std::max(largest, std::abs(it.value()) * nominal);
        }
    }
    for (int r = 0; r < equations.rows(); ++r) {
        auto& one = out[static_cast<std::size_t>(r)];
        one = std::max(one, equations.demand[r]);
        one = one > 0.0 ? one : 1.0;
    }
    return out;
}

/// What plants can take of a commodity, with the demand, and what they can give.
std::pair<double, double> throughput_of(const District::Year& year, int row) {
    const auto& equations = year.system.equations;
    std::pair<double, double> out{equations.demand[row], 0.0};
    for (int f = 0; f < equations.columns(); ++f) {
        const double amount =
            equations.net.coeff(row, f) * year.nominal[static_cast<std::size_t>(f)];
        (amount < 0.0 ? out.first : out.second) += std::abs(amount);
    }
    return out;
}

double limit_in(double limit, double scale) {
    return limit == system::unlimited ? infinity : limit / scale;
}

} // namespace

Conducts open_conducts(const District& district) {
    Conducts out;
    for (const auto& year : district.years()) {
        const auto rows = static_cast<std::size_t>(year.system.equations.rows());
        Conduct one;
        one.least.assign(year.nominal.size(), 0.0);
        one.most.assign(year.nominal.size(), 1.0);
        one.buys.assign(rows, infinity);
        one.sells = one.disposes = one.buys;
        out.push_back(std::move(one));
    }
    return out;
}

Conducts certain_conducts(const District& district) {
    Conducts out = open_conducts(district);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto& equations = district.years()[i].system.equations;
        out[i].is_open = false;
        for (int f = 0; f < equations.columns(); ++f) {
            const auto at = static_cast<std::size_t>(f);
            bool is_free = equations.driver[at] == system::ColumnDriver::at_capacity;
            for (Eigen::SparseMatrix<double>::InnerIterator it(equations.net, f); it && is_free;
                 ++it) {
                const auto r = static_cast<std::size_t>(it.row());
                is_free = it.value() < 0.0
                              ? equations.buy_limit[it.row()] == system::unlimited
                              : equations.sink[r] != 0 ||
                                    equations.sell_limit[it.row()] == system::unlimited;
            }
            out[i].least[at] = is_free ? 1.0 : 0.0;
        }
    }
    return out;
}

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

template <class Weigh>
void PortfolioProgram::add_starts(int row, int choice, int until, Weigh weigh) {
    for (const int s : starts_of_[static_cast<std::size_t>(choice)]) {
        const auto& start = starts_[static_cast<std::size_t>(s)];
        if (start.decision.year <= until) {
            builder_.add(row, start.column, weigh(start.decision));
        }
    }
}

void PortfolioProgram::add_year(std::size_t year, const Conduct& conduct) {
    const auto& one = district_->years()[year];
    const auto& equations = one.system.equations;
    auto& columns = years_[year];
    columns.activity.assign(static_cast<std::size_t>(equations.columns()), -1);
    columns.scale = throughput(one);
    for (int f = 0; f < equations.columns(); ++f) {
        add_activity(year, f, conduct);
    }
    add_balance(year, conduct);
}

void PortfolioProgram::add_activity(std::size_t year, int f, const Conduct& conduct) {
    const auto& one = district_->years()[year];
    const auto& rule = district_->rules()[static_cast<std::size_t>(f)];
    if (one.nominal[static_cast<std::size_t>(f)] <= 0.0) {
        return;
    }
    const auto can_be_made = [&](int choice) {
        const auto& years = district_->choices()[static_cast<std::size_t>(choice)].years;
        return !years.empty() && years.front() <= one.year;
    };
    if ((rule.builder >= 0 && !can_be_made(rule.builder)) ||
        !std::all_of(rule.after.begin(), rule.after.end(), can_be_made)) {
        return;
    }
    const double most = rule.builder < 0 ? 1.0 : largest_share(rule.builder);
    const auto& facility =
        district_->scenario().facilities[one.system.layout.columns[static_cast<std::size_t>(f)]];
    const auto at = static_cast<std::size_t>(f);
    const bool is_steady = rule.is_always_there();
    years_[year].activity[at] =
        builder_.add_column(name("x", facility.id, one.year), is_steady ? conduct.least[at] : 0.0,
                            most * conduct.most[at]);
    if (!is_steady) {
        add_capacity(year, f, conduct);
    }
}

void PortfolioProgram::add_capacity(std::size_t year, int f, const Conduct& conduct) {
    const auto& one = district_->years()[year];
    const auto& rule = district_->rules()[static_cast<std::size_t>(f)];
    const auto& choices = district_->choices();
    const int x = years_[year].activity[static_cast<std::size_t>(f)];
    const auto& facility =
        district_->scenario().facilities[one.system.layout.columns[static_cast<std::size_t>(f)]];
    const auto& id = facility.id;
    const double most = rule.builder < 0 ? 1.0 : largest_share(rule.builder);
    const auto capacity = [&](const Decision& start) {
        const auto age = static_cast<std::size_t>(one.year - start.year);
        const double ramp = age < rule.ramp.size() ? rule.ramp[age] : 1.0;
        return ramp * choices[static_cast<std::size_t>(rule.builder)]
                          .sizes[static_cast<std::size_t>(start.size)]
                          .share;
    };
    const auto most_each = [most](const Decision&) { return most; };
    const double low = conduct.least[static_cast<std::size_t>(f)];
    const double high = conduct.most[static_cast<std::size_t>(f)];
    const bool is_only_built = rule.enders.empty() && rule.before.empty() && rule.after.empty();
    const bool is_told = is_only_built && low == high;
    if (rule.builder >= 0) {
        const int row =
            builder_.add_row(name("capacity", id, one.year), is_told ? 0.0 : -infinity, 0.0);
        builder_.add(row, x, 1.0);
        add_starts(row, rule.builder, one.year,
                   [&](const Decision& d) { return -high * capacity(d); });
        const auto& rules = district_->scenario().decision_rules;
        const double load = rules.empty() ? 0.0 : rules.begin()->minimum_load;
        if (load > 0.0 && choices[static_cast<std::size_t>(rule.builder)].main ==
                              one.system.layout.columns[static_cast<std::size_t>(f)]) {
            const int least = builder_.add_row(name("load", id, one.year), 0.0, infinity);
            builder_.add(least, x, 1.0);
            add_starts(least, rule.builder, one.year,
                       [&](const Decision& d) { return -load * capacity(d); });
        }
    }
    for (const auto* list : {&rule.enders, &rule.before}) {
        for (const int c : *list) {
            const int row = builder_.add_row(
                name("ended", id + "." + choices[static_cast<std::size_t>(c)].id, one.year),
                -infinity, most);
            builder_.add(row, x, 1.0);
            add_starts(row, c, one.year, most_each);
        }
    }
    for (const int c : rule.after) {
        const int row = builder_.add_row(
            name("rebuilt", id + "." + choices[static_cast<std::size_t>(c)].id, one.year),
            -infinity, 0.0);
        builder_.add(row, x, 1.0);
        add_starts(row, c, one.year, [](const Decision&) { return -1.0; });
    }
    if (low > 0.0 && !is_told) {
        // At least so much of what stands, less all of it for each choice that takes it away.
        const double base = rule.builder < 0 ? 1.0 : 0.0;
        const double less = most * static_cast<double>(rule.after.size());
        const int row =
            builder_.add_row(name("least", id, one.year), low * (base - less), infinity);
        builder_.add(row, x, 1.0);
        if (rule.builder >= 0) {
            add_starts(row, rule.builder, one.year,
                       [&](const Decision& d) { return -low * capacity(d); });
        }
        const auto taken = [&](const Decision&) { return low * most; };
        for (const auto* list : {&rule.enders, &rule.before}) {
            for (const int c : *list) {
                add_starts(row, c, one.year, taken);
            }
        }
        for (const int c : rule.after) {
            add_starts(row, c, one.year, [&](const Decision&) { return -low * most; });
        }
    }
}

void PortfolioProgram::add_balance(std::size_t year, const Conduct& conduct) {
    const auto& one = district_->years()[year];
    const auto& equations = one.system.equations;
    auto& columns = years_[year];
    const auto rows = static_cast<std::size_t>(equations.rows());
    std::vector<int> row(rows, -1);
    std::vector<int> resale(rows, -1);
    columns.bought.assign(rows, -1);
    columns.sold.assign(rows, -1);
    columns.disposed.assign(rows, -1);
    for (std::size_t r = 0; r < rows; ++r) {
        const auto at = static_cast<Eigen::Index>(r);
        const auto& id = district_->scenario().model.commodities[one.system.layout.rows[r]].id;
        const double scale = columns.scale[r];
        row[r] = builder_.add_row(name("balance", id, one.year), equations.demand[at] / scale,
                                  equations.demand[at] / scale);
        const double bought =
            std::min(limit_in(equations.buy_limit[at], scale), conduct.buys[r] / scale);
        const double sold =
            std::min(limit_in(equations.sell_limit[at], scale), conduct.sells[r] / scale);
        const double disposed = equations.sink[r] != 0 ? conduct.disposes[r] / scale : 0.0;
        const auto trade = [&](const char* kind, double limit, double sign) {
            const int column = builder_.add_column(name(kind, id, one.year), 0.0, limit);
            builder_.add(row[r], column, sign);
            return column;
        };
        if (bought > 0.0) {
            columns.bought[r] = trade("buy", bought, 1.0);
        }
        if (sold > 0.0) {
            columns.sold[r] = trade("sell", sold, -1.0);
        }
        if (disposed > 0.0) {
            columns.disposed[r] = trade("dispose", disposed, -1.0);
        }
        if (columns.sold[r] >= 0 || columns.disposed[r] >= 0) {
            // Nobody buys to sell again: what leaves was made here. Nor does a plant that runs on
            // demand make what a market without a limit, or a sink, takes from others.
            const bool is_market_open = equations.sell_limit[at] == system::unlimited;
            resale[r] =
                builder_.add_row(name("leaves", id, one.year), -infinity,
                                 conduct.is_open || is_market_open || sold <= 0.0 ? 0.0 : sold);
            for (const int column : {columns.sold[r], columns.disposed[r]}) {
                if (column >= 0) {
                    builder_.add(resale[r], column, 1.0);
                }
            }
        }
    }
    for (int f = 0; f < equations.columns(); ++f) {
        const int x = columns.activity[static_cast<std::size_t>(f)];
        if (x < 0) {
            continue;
        }
        const double nominal = one.nominal[static_cast<std::size_t>(f)];
        for (Eigen::SparseMatrix<double>::InnerIterator it(equations.net, f); it; ++it) {
            const auto r = static_cast<std::size_t>(it.row());
            const double share = it.value() * nominal / columns.scale[r];
            builder_.add(row[r], x, share);
            const bool is_on_demand =
                equations.driver[static_cast<std::size_t>(f)] == system::ColumnDriver::on_demand &&
                equations.product[static_cast<std::size_t>(f)] == it.row();
            if (resale[r] >= 0 && share > 0.0 && (conduct.is_open || !is_on_demand)) {
                builder_.add(resale[r], x, -share);
            }
        }
    }
}

void PortfolioProgram::add_directions(std::size_t year) {
    const auto& one = district_->years()[year];
    auto& columns = years_[year];
    const double sign = goals_.front()->goal().is_maximised ? 1.0 : -1.0;
    for (std::size_t r = 0; r < columns.bought.size(); ++r) {
        const int bought = columns.bought[r];
        if (bought < 0) {
            continue;
        }
        double gain = 0.0;
        for (const int column : {columns.sold[r], columns.disposed[r]}) {
            if (column >= 0) {
                gain = std::max(gain, sign * (builder_.cost(column) + builder_.cost(bought)));
            }
        }
        if (gain <= 0.0) {
            continue;
        }
        const auto& id = district_->scenario().model.commodities[one.system.layout.rows[r]].id;
        const int direction =
            builder_.add_column(name("imports", id, one.year), 0.0, 1.0, 0.0, true);
        columns.directions.emplace_back(direction, r);
        // No more is bought, or leaves, than all plants together take, or give.
        const auto [taken, given] = throughput_of(one, static_cast<int>(r));
        const int in = builder_.add_row(name("imports.in", id, one.year), -infinity, 0.0);
        builder_.add(in, bought, 1.0);
        builder_.add(in, direction, -std::min(builder_.upper(bought), taken / columns.scale[r]));
        for (const int column : {columns.sold[r], columns.disposed[r]}) {
            if (column >= 0) {
                const double most = std::min(builder_.upper(column), given / columns.scale[r]);
                const int row = builder_.add_row(name("imports.out", id, one.year) +
                                                     (column == columns.sold[r] ? ".s" : ".d"),
                                                 -infinity, most);
                builder_.add(row, column, 1.0);
                builder_.add(row, direction, most);
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

int PortfolioProgram::presence_column(std::size_t year, const Form::Part& part) {
    const auto& one = district_->years()[year];
    const auto& rule = district_->rules()[static_cast<std::size_t>(part.column)];
    const auto key = std::pair(year, 2 * part.column + (part.by_capex ? 1 : 0));
    const auto [found, is_new] = presences_.try_emplace(key, -1, part.by_capex);
    if (!is_new) {
        return found->second.first;
    }
    const auto& facility =
        district_->scenario()
            .facilities[one.system.layout.columns[static_cast<std::size_t>(part.column)]];
    const auto size = [&](const Decision& start) {
        const auto& sizes = district_->choices()[static_cast<std::size_t>(rule.builder)].sizes;
        const auto& step = sizes[static_cast<std::size_t>(start.size)];
        return part.by_capex ? step.capex : step.share;
    };
    double most = 1.0;
    if (rule.builder >= 0) {
        for (const auto& step :
             district_->choices()[static_cast<std::size_t>(rule.builder)].sizes) {
            most = std::max(most, part.by_capex ? step.capex : step.share);
        }
    }
    const auto id = facility.id + (part.by_capex ? ".capex" : ".share");
    const int column = builder_.add_column(name("stands", id, one.year), 0.0, most);
    found->second.first = column;
    const int least = builder_.add_row(name("stands.least", id, one.year),
                                       rule.builder < 0 ? 1.0 : 0.0, infinity);
    builder_.add(least, column, 1.0);
    if (rule.builder >= 0) {
        const int row = builder_.add_row(name("stands.built", id, one.year), -infinity, 0.0);
        builder_.add(row, column, 1.0);
        add_starts(row, rule.builder, one.year, [&](const Decision& d) { return -size(d); });
        add_starts(least, rule.builder, one.year, [&](const Decision& d) { return -size(d); });
    }
    for (const int c : rule.enders) {
        const int row = builder_.add_row(
            name("stands.ended", id + "." + district_->choices()[static_cast<std::size_t>(c)].id,
                 one.year),
            -infinity, most);
        builder_.add(row, column, 1.0);
        add_starts(row, c, one.year, [most](const Decision&) { return most; });
        add_starts(least, c, one.year, [most](const Decision&) { return most; });
    }
    return column;
}

double PortfolioProgram::add_form(int row, std::size_t year, const Form& form, double factor) {
    const auto& one = district_->years()[year];
    const auto& columns = years_[year];
    if (const auto& settled = settled_[year]) {
        const Portfolio none(district_->choices().size());
        return factor * district_->value(year, form, flows_of(*settled), none);
    }
    double constant = factor * form.constant;
    const auto add = [&](int column, double value) {
        if (column < 0 || value == 0.0) {
            return;
        }
        if (row < 0) {
            builder_.add_cost(column, value);
        } else {
            builder_.add(row, column, value);
        }
    };
    const auto plants = static_cast<int>(columns.activity.size());
    const auto rows = static_cast<int>(columns.bought.size());
    for (const auto& [at, weight] : form.terms) {
        if (at < plants) {
            const auto f = static_cast<std::size_t>(at);
            add(columns.activity[f], factor * weight * one.nominal[f]);
            continue;
        }
        const auto r = static_cast<std::size_t>((at - plants) % rows);
        const int kind = (at - plants) / rows;
        const auto& list = kind == 0 ? columns.bought : kind == 1 ? columns.sold : columns.disposed;
        add(list[r], factor * weight * columns.scale[r]);
    }
    const auto add_made = [&](int choice, double value, bool by_capex) {
        for (const int s : starts_of_[static_cast<std::size_t>(choice)]) {
            const auto& start = starts_[static_cast<std::size_t>(s)];
            const auto& size = district_->choices()[static_cast<std::size_t>(choice)]
                                   .sizes[static_cast<std::size_t>(start.decision.size)];
            if (start.decision.year <= one.year) {
                add(start.column, value * (by_capex ? size.capex : size.share));
            }
        }
    };
    for (const auto& part : form.standing) {
        const auto& rule = district_->rules()[static_cast<std::size_t>(part.column)];
        if (rule.builder >= 0 && rule.enders.empty()) {
            add_made(rule.builder, factor * part.value, part.by_capex);
        } else if (rule.builder < 0 && rule.enders.size() == 1) {
            constant += factor * part.value;
            for (const int s : starts_of_[static_cast<std::size_t>(rule.enders.front())]) {
                const auto& start = starts_[static_cast<std::size_t>(s)];
                if (start.decision.year <= one.year) {
                    add(start.column, -factor * part.value);
                }
            }
        } else {
            add(presence_column(year, part), factor * part.value);
        }
    }
    for (const auto& [choice, amount] : form.chosen) {
        add_made(choice, factor * amount, true);
    }
    return constant;
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

Portfolio PortfolioProgram::portfolio(const std::vector<double>& point) const {
    constexpr double half = 0.5;
    Portfolio out(district_->choices().size());
    for (const auto& start : starts_) {
        if (point[static_cast<std::size_t>(start.column)] > half) {
            out[static_cast<std::size_t>(start.choice)] = start.decision;
        }
    }
    return out;
}

std::vector<double> PortfolioProgram::chosen(const Portfolio& portfolio) const {
    std::vector<double> out(static_cast<std::size_t>(program_.columns()), 0.0);
    for (const auto& start : starts_) {
        if (portfolio[static_cast<std::size_t>(start.choice)] == start.decision) {
            out[static_cast<std::size_t>(start.column)] = 1.0;
        }
    }
    return out;
}

optimise::Program PortfolioProgram::fixed(const Portfolio& portfolio) const {
    auto out = program_;
    const auto figures = chosen(portfolio);
    for (const auto& start : starts_) {
        const auto at = static_cast<std::size_t>(start.column);
        out.lower[at] = out.upper[at] = figures[at];
    }
    std::fill(out.is_integer.begin(), out.is_integer.end(), char{0});
    return out;
}

system::Solution PortfolioProgram::solution(std::size_t year,
                                            const std::vector<double>& point) const {
    if (const auto& settled = settled_[year]) {
        return *settled;
    }
    const auto& one = district_->years()[year];
    const auto& columns = years_[year];
    const auto rows = static_cast<Eigen::Index>(columns.bought.size());
    system::Solution out;
    out.activity = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(columns.activity.size()));
    out.bought = out.sold = out.disposed = Eigen::VectorXd::Zero(rows);
    for (std::size_t f = 0; f < columns.activity.size(); ++f) {
        if (columns.activity[f] >= 0) {
            out.activity[static_cast<Eigen::Index>(f)] =
                one.nominal[f] * point[static_cast<std::size_t>(columns.activity[f])];
        }
    }
    for (std::size_t r = 0; r < columns.bought.size(); ++r) {
        const auto read = [&](const std::vector<int>& list) {
            return list[r] < 0 ? 0.0 : columns.scale[r] * point[static_cast<std::size_t>(list[r])];
        };
        const auto at = static_cast<Eigen::Index>(r);
        out.bought[at] = read(columns.bought);
        out.sold[at] = read(columns.sold);
        out.disposed[at] = read(columns.disposed);
    }
    return out;
}

std::vector<double> PortfolioProgram::point(const Portfolio& portfolio,
                                            const std::vector<system::Solution>& runs) const {
    auto out = chosen(portfolio);
    std::vector<Eigen::VectorXd> flows;
    for (std::size_t i = 0; i < years_.size(); ++i) {
        flows.push_back(flows_of(runs[i]));
        const auto& one = district_->years()[i];
        const auto& columns = years_[i];
        for (std::size_t f = 0; f < columns.activity.size(); ++f) {
            if (columns.activity[f] >= 0) {
                out[static_cast<std::size_t>(columns.activity[f])] =
                    runs[i].activity[static_cast<Eigen::Index>(f)] / one.nominal[f];
            }
        }
        for (std::size_t r = 0; r < columns.bought.size(); ++r) {
            const auto at = static_cast<Eigen::Index>(r);
            for (const auto& [list, figures] : {std::pair(&columns.bought, &runs[i].bought),
                                                std::pair(&columns.sold, &runs[i].sold),
                                                std::pair(&columns.disposed, &runs[i].disposed)}) {
                if ((*list)[r] >= 0) {
                    out[static_cast<std::size_t>((*list)[r])] = (*figures)[at] / columns.scale[r];
                }
            }
        }
    }
    for (const auto& columns : years_) {
        for (const auto& [direction, r] : columns.directions) {
            out[static_cast<std::size_t>(direction)] =
                out[static_cast<std::size_t>(columns.bought[r])] > 0.0 ? 1.0 : 0.0;
        }
    }
    for (const auto& tax : taxes_) {
        const auto& [profit, rate] = tax.valuer->cash()[tax.year].profits[tax.payer];
        out[static_cast<std::size_t>(tax.column)] = std::max(
            0.0, rate / million * district_->value(tax.year, profit, flows[tax.year], portfolio));
    }
    for (std::size_t b = 0; b < bounds_.size(); ++b) {
        if (slack_columns_[b] >= 0) {
            const double excess = district_->value(bounds_[b].year, form_of(*district_, bounds_[b]),
                                                   flows[bounds_[b].year], portfolio);
            out[static_cast<std::size_t>(slack_columns_[b])] =
                std::max(0.0, bounds_[b].is_upper ? excess : -excess);
        }
    }
    for (const auto& [key, column] : presences_) {
        const Form::Part part{key.second / 2, 1.0, column.second};
        Form form;
        form.standing.push_back(part);
        out[static_cast<std::size_t>(column.first)] =
            district_->value(key.first, form, flows[key.first], portfolio);
    }
    return out;
}

} // namespace chainsim::portfolio
