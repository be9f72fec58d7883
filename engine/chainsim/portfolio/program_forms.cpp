#include <chainsim/portfolio/detail/program_units.hpp>
#include <chainsim/portfolio/portfolio_program.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

// Indicators as rows of the program, and whether plants stand.

namespace chainsim::portfolio {

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

} // namespace chainsim::portfolio
