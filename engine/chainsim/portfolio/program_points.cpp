#include <chainsim/portfolio/detail/program_units.hpp>
#include <chainsim/portfolio/portfolio_program.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

// Points of the program: what they choose and run, and the point that a run is.

namespace chainsim::portfolio {

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
