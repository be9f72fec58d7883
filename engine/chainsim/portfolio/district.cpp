#include <chainsim/accounts/indicators.hpp>
#include <chainsim/accounts/plant_money.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/parallel/executor.hpp>
#include <chainsim/portfolio/district.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

namespace chainsim::portfolio {

namespace {

/// Money and staff follow the investment; all else that stands there is a capacity.
bool follows_investment(const system::IndicatorInfo& info) {
    return info.unit == "CNY" || info.unit.empty() || info.id == "jobs";
}

double made_share(const std::vector<Choice>& choices, int choice, int year,
                  const Portfolio& portfolio, bool by_capex) {
    const auto at = static_cast<std::size_t>(choice);
    if (!portfolio[at].is_made_by(year)) {
        return 0.0;
    }
    const auto& size = choices[at].sizes[static_cast<std::size_t>(portfolio[at].size)];
    return by_capex ? size.capex : size.share;
}

} // namespace

District::District(const model::Candidates& candidates, std::vector<Choice> choices,
                   double discount_rate, number::Figures drawn)
    : candidates_(&candidates), choices_(std::move(choices)), rate_(discount_rate),
      drawn_(std::move(drawn)) {
    const auto& years = candidates.scenario.years;
    years_.resize(years.size()); // a year is large, and not to be copied
    for (std::size_t i = 0; i < years.size(); ++i) {
        Year& one = years_[i];
        one.year = years[i];
        const int next = i + 1 < years.size() ? years[i + 1] : years[i] + 1;
        one.span = next - years[i];
        one.discount = 0.0;
        for (int calendar = years[i]; calendar < next; ++calendar) {
            one.discount += discount(calendar);
        }
    }
    dispatches_.resize(years.size());
    const auto count = static_cast<std::int64_t>(years.size());
    parallel::Executor().for_each(0, count, [&](std::int64_t i, int /*worker*/) {
        const auto at = static_cast<std::size_t>(i);
        Year& one = years_[at];
        const number::Replacing replacing(drawn_);
        one.system = accounts::compile(candidates.scenario, one.year);
        const auto& capacity = one.system.equations.capacity;
        one.nominal.assign(capacity.data(), capacity.data() + capacity.size());
        dispatches_[at] = std::make_unique<solve::Dispatch>(one.system.equations);
    });
    find_rules();
}

double District::discount(int year) const {
    const int passed = std::max(0, year - candidates_->scenario.years.front());
    return std::pow(1.0 + rate_, -passed);
}

double District::remaining(int start) const {
    const auto& economy = scenario().model.economy;
    if (!economy) {
        return 0.0;
    }
    const int last = scenario().years.back();
    const number::Replacing replacing(drawn_);
    const double rate = accounts::straight_line_rate(*economy, last).value();
    return std::max(0.0, 1.0 - rate * (last - start + 1));
}

int District::choice(std::string_view id) const {
    const auto found = std::find_if(choices_.begin(), choices_.end(),
                                    [id](const Choice& one) { return one.id == id; });
    return found == choices_.end() ? -1 : static_cast<int>(found - choices_.begin());
}

void District::find_rules() {
    const auto& layout = years_.front().system.layout;
    std::map<model::Index<model::Facility>, std::size_t> column;
    for (std::size_t f = 0; f < layout.columns.size(); ++f) {
        column.emplace(layout.columns[f], f);
    }
    const auto column_of = [&](const std::string& id) {
        const auto index = scenario().facilities.find(id);
        CHAINSIM_EXPECT(index.has_value(), "a plant that is rebuilt is there");
        return index ? column.at(*index) : 0;
    };
    rules_.resize(layout.columns.size());
    for (std::size_t c = 0; c < choices_.size(); ++c) {
        const auto& main = choices_[c].main;
        main_columns_.push_back(main ? static_cast<int>(column.at(*main)) : -1);
        for (const auto plant : choices_[c].plants) {
            auto& rule = rules_[column.at(plant)];
            rule.builder = static_cast<int>(c);
            rule.ramp = scenario().facilities[plant].ramp;
        }
        for (const auto plant : choices_[c].ends) {
            rules_[column.at(plant)].enders.push_back(static_cast<int>(c));
        }
    }
    for (const auto& rebuilt : candidates_->rebuilt) {
        auto& rule = rules_[column_of(rebuilt.facility)];
        auto& first = rules_[column_of(rebuilt.original)];
        rule.is_rebuilt = true;
        rule.enders = first.enders;
        for (const auto& id : rebuilt.projects) {
            const int c = choice(id);
            rule.after.push_back(c);
            if (std::find(first.before.begin(), first.before.end(), c) == first.before.end()) {
                first.before.push_back(c);
            }
        }
    }
    for (const auto& rebuilt : candidates_->rebuilt) {
        auto& rule = rules_[column_of(rebuilt.facility)];
        for (const int c : rules_[column_of(rebuilt.original)].before) {
            if (std::find(rule.after.begin(), rule.after.end(), c) == rule.after.end()) {
                rule.before.push_back(c);
            }
        }
    }
}

double District::share(int column, int year, const Portfolio& portfolio) const {
    const auto& rule = rules_[static_cast<std::size_t>(column)];
    const auto is_made = [&](int c) {
        return portfolio[static_cast<std::size_t>(c)].is_made_by(year);
    };
    if (std::any_of(rule.enders.begin(), rule.enders.end(), is_made) ||
        std::any_of(rule.before.begin(), rule.before.end(), is_made) ||
        !std::all_of(rule.after.begin(), rule.after.end(), is_made)) {
        return 0.0;
    }
    if (rule.builder < 0) {
        return 1.0;
    }
    const double size = made_share(choices_, rule.builder, year, portfolio, false);
    if (size == 0.0) {
        return 0.0;
    }
    const int start = portfolio[static_cast<std::size_t>(rule.builder)].year;
    const auto age = static_cast<std::size_t>(year - start);
    return size * (age < rule.ramp.size() ? rule.ramp[age] : 1.0);
}

int District::row(std::size_t at, std::string_view id) const {
    const auto& info = years_[at].system.indicators.info;
    const auto found =
        std::find_if(info.begin(), info.end(), [id](const auto& one) { return one.id == id; });
    return found == info.end() ? -1 : static_cast<int>(found - info.begin());
}

Form District::form(const system::System& system, int row) const {
    const auto& indicators = system.indicators;
    const auto columns = static_cast<Eigen::Index>(system.equations.columns());
    const auto rows = static_cast<Eigen::Index>(system.equations.rows());
    const auto trades = static_cast<int>(columns + 3 * rows);
    Form out;
    out.constant = indicators.constant[row];
    for (Eigen::SparseMatrix<double, Eigen::RowMajor>::InnerIterator it(indicators.weights, row);
         it; ++it) {
        const auto column = static_cast<int>(it.col());
        if (column < trades) {
            out.terms.emplace_back(column, it.value());
        } else {
            out.constant += it.value() * system.equations.demand[column - trades];
        }
    }
    const bool by_capex = follows_investment(indicators.info[static_cast<std::size_t>(row)]);
    const auto parts = std::equal_range(indicators.standing.begin(), indicators.standing.end(),
                                        system::Standing{row, 0, 0.0},
                                        [](const auto& a, const auto& b) { return a.row < b.row; });
    for (auto at_part = parts.first; at_part != parts.second; ++at_part) {
        const auto& part = *at_part;
        const auto& rule = rules_[static_cast<std::size_t>(part.column)];
        const bool may_be_absent = rule.builder >= 0 || !rule.enders.empty() || rule.is_rebuilt;
        if (may_be_absent) {
            out.constant -= part.value;
            if (!rule.is_rebuilt) {
                out.standing.push_back({part.column, part.value, by_capex});
            }
        }
    }
    return out;
}

double District::presence(const Form::Part& part, int year, const Portfolio& portfolio) const {
    const auto& rule = rules_[static_cast<std::size_t>(part.column)];
    const bool is_ended = std::any_of(rule.enders.begin(), rule.enders.end(), [&](int c) {
        return portfolio[static_cast<std::size_t>(c)].is_made_by(year);
    });
    if (is_ended) {
        return 0.0;
    }
    return rule.builder < 0 ? 1.0
                            : made_share(choices_, rule.builder, year, portfolio, part.by_capex);
}

Eigen::VectorXd flows_of(const system::Solution& run) {
    Eigen::VectorXd out(run.activity.size() + 3 * run.bought.size());
    out << run.activity, run.bought, run.sold, run.disposed;
    return out;
}

double District::value(std::size_t at, const Form& form, const Eigen::VectorXd& flows,
                       const Portfolio& portfolio) const {
    const int year = years_[at].year;
    double sum = form.constant;
    for (const auto& [column, weight] : form.terms) {
        sum += weight * flows[column];
    }
    for (const auto& part : form.standing) {
        sum += part.value * presence(part, year, portfolio);
    }
    for (const auto& [choice, amount] : form.chosen) {
        sum += amount * made_share(choices_, choice, year, portfolio, true);
    }
    return sum;
}

system::Solution District::run(std::size_t at, const Portfolio& portfolio) {
    auto& one = years_[at];
    for (std::size_t f = 0; f < one.nominal.size(); ++f) {
        one.system.equations.capacity[static_cast<Eigen::Index>(f)] =
            one.nominal[f] * share(static_cast<int>(f), one.year, portfolio);
    }
    return dispatches_[at]->solve();
}

} // namespace chainsim::portfolio
