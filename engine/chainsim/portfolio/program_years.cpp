#include <chainsim/portfolio/detail/program_units.hpp>
#include <chainsim/portfolio/portfolio_program.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

// The rows and columns of one year: plants and their capacities, balances, trades.

namespace chainsim::portfolio {

namespace {

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

} // namespace chainsim::portfolio
