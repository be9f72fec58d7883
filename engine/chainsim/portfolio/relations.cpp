#include <chainsim/portfolio/relations.hpp>

#include <algorithm>
#include <cstddef>
#include <map>

namespace chainsim::portfolio {

namespace {

class BreachFinder {
public:
    BreachFinder(const District& district, const Portfolio& portfolio)
        : district_(district), portfolio_(portfolio) {}

    std::vector<Breach> find() {
        for (std::size_t c = 0; c < portfolio_.size(); ++c) {
            if (portfolio_[c].is_made()) {
                look_at_others(c);
            }
        }
        count_groups();
        const auto& rules = district_.scenario().decision_rules;
        if (!rules.empty()) {
            count_starts(*rules.begin());
            add_up_budget(*rules.begin());
        }
        return std::move(out_);
    }

private:
    [[nodiscard]] const Decision* decision(const std::string& id) const {
        const int at = district_.choice(id);
        return at < 0 ? nullptr : &portfolio_[static_cast<std::size_t>(at)];
    }

    void look_at_others(std::size_t c) {
        const auto& choice = district_.choices()[c];
        const int year = portfolio_[c].year;
        for (const auto& id : choice.needs) {
            if (!decision(id)->is_made_by(year)) {
                out_.push_back({Breach::Kind::needs, choice.id, id, 0, 1.0});
            }
        }
        for (const auto& id : choice.follows) {
            if (decision(id)->is_made() && decision(id)->year >= year) {
                out_.push_back({Breach::Kind::follows, choice.id, id, 0, 1.0});
            }
        }
        for (const auto& id : choice.excludes) {
            if (const auto* other = decision(id); other != nullptr && other->is_made()) {
                out_.push_back({Breach::Kind::excludes, choice.id, id, 0, 1.0});
            }
        }
    }

    void count_groups() {
        const auto& scenario = district_.scenario();
        for (const auto& group : scenario.decision_groups) {
            int built = 0;
            for (const auto& id : group.projects) {
                const auto* decided = decision(id);
                const bool is_built =
                    decided != nullptr ? decided->is_made() : scenario.projects.at(id).selected;
                built += is_built ? 1 : 0;
            }
            const int off =
                std::max(built - group.at_most.value_or(built), group.at_least.value_or(0) - built);
            if (off > 0) {
                out_.push_back({Breach::Kind::group, {}, group.id, 0, static_cast<double>(off)});
            }
        }
    }

    void count_starts(const model::DecisionRules& rules) {
        if (!rules.starts_a_year) {
            return;
        }
        std::map<int, int> starts;
        for (std::size_t c = 0; c < portfolio_.size(); ++c) {
            if (portfolio_[c].is_made() && !district_.choices()[c].is_closure) {
                ++starts[portfolio_[c].year];
            }
        }
        for (const auto& [year, count] : starts) {
            if (count > *rules.starts_a_year) {
                out_.push_back({Breach::Kind::starts,
                                {},
                                {},
                                year,
                                static_cast<double>(count - *rules.starts_a_year)});
            }
        }
    }

    void add_up_budget(const model::DecisionRules& rules) {
        const auto& years = district_.scenario().years;
        for (int year = years.front(); rules.budget && year <= years.back(); ++year) {
            const double most = rules.budget->at(year).in_a_year(units::Unit::parse("CNY"));
            double spent = 0.0;
            for (std::size_t c = 0; c < portfolio_.size(); ++c) {
                const auto& choice = district_.choices()[c];
                if (portfolio_[c].is_made()) {
                    spent += choice.capex *
                             choice.sizes[static_cast<std::size_t>(portfolio_[c].size)].capex *
                             choice.investment_share(portfolio_[c].year, year);
                }
            }
            constexpr double rounding = 1.0; // CNY
            if (spent > most + rounding) {
                out_.push_back(
                    {Breach::Kind::budget, {}, {}, year, (spent - most) / std::max(most, 1.0)});
            }
        }
    }

    const District& district_;
    const Portfolio& portfolio_;
    std::vector<Breach> out_;
};

} // namespace

std::vector<Breach> breaches_of(const District& district, const Portfolio& portfolio) {
    return BreachFinder(district, portfolio).find();
}

} // namespace chainsim::portfolio
