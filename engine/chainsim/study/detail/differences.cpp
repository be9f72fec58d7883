#include <chainsim/base/error.hpp>
#include <chainsim/study/detail/change_list.hpp>
#include <chainsim/study/detail/common_library.hpp>
#include <chainsim/study/detail/differences.hpp>
#include <chainsim/study/detail/plant_states.hpp>
#include <chainsim/study/detail/same.hpp>

#include <algorithm>
#include <optional>
#include <set>

namespace chainsim::study::detail {

namespace {

/// Changes past which those of one kind count as one.
constexpr std::size_t most_changes = 24;

std::string text_of(const units::Quantity& quantity) {
    return fmt::format("{:.6g} {}", quantity.number(), quantity.unit().text());
}

/// All ids of two registries or maps, each once.
template <class Records>
std::set<std::string> ids_of(const Records& a, const Records& b) {
    std::set<std::string> ids;
    for (const auto* records : {&a, &b}) {
        for (const auto& id : records->ids()) {
            ids.insert(id);
        }
    }
    return ids;
}

template <class Record>
const Record* find(const model::Registry<Record>& records, const std::string& id) {
    const auto index = records.find(id);
    return index ? &records[*index] : nullptr;
}

model::Name added_or_removed(bool added) {
    return in_both(added ? "change_added" : "change_removed");
}

/// What is no plant: each record of the second scenario that says something else.
class Records {
public:
    Records(const model::Scenario& a, const model::Scenario& b, int year, ChangeList& changes)
        : a_(a), b_(b), year_(year), changes_(changes),
          years_{year, a.region.base_year, b.region.base_year} {}

    void find_all() {
        of_kind(ChangeKind::market, a_.markets, b_.markets, [this](const auto& x, const auto& y) {
            return same_side(x.buy, y.buy) && same_side(x.sell, y.sell);
        });
        of_kind(ChangeKind::demand, a_.demands, b_.demands, [this](const auto& x, const auto& y) {
            return same_in(x.amount, y.amount, years_);
        });
        of_kind(ChangeKind::price, a_.model.prices, b_.model.prices,
                [this](const auto& x, const auto& y) {
                    return x.vat_included == y.vat_included && x.vat == y.vat &&
                           same_in(x.path, y.path, years_);
                });
        of_kind(ChangeKind::factor, a_.model.factors, b_.model.factors,
                [this](const auto& x, const auto& y) { return same_in(x.path, y.path, years_); });
        const auto never = [](const auto& /*x*/, const auto& /*y*/) { return false; };
        const auto always = [](const auto& /*x*/, const auto& /*y*/) { return true; };
        of_kind(ChangeKind::commodity, a_.model.commodities, b_.model.commodities, never);
        of_kind(ChangeKind::process, a_.model.processes, b_.model.processes, never);
        of_kind(ChangeKind::improvement, a_.improvements, b_.improvements, always);
        of_kind(ChangeKind::policy, a_.policies, b_.policies, always);
        of_kind(ChangeKind::policy, a_.budgets, b_.budgets, always);
        of_kind(ChangeKind::group, a_.groups, b_.groups, never);
        of_kind(ChangeKind::guideline, a_.model.carbon_guidelines, b_.model.carbon_guidelines,
                never);
        of_kind(ChangeKind::standard, a_.model.unit_standards, b_.model.unit_standards, always);
        of_kind(ChangeKind::standard, a_.model.water_quotas, b_.model.water_quotas, always);
        of_kind(ChangeKind::ledger, a_.ledger_sources, b_.ledger_sources, always);
        of_kind(ChangeKind::ledger, a_.ledger_rules, b_.ledger_rules, always);
        find_emissions();
        find_periods();
        find_region();
    }

private:
    /// Whether such a record moves indicators; else it judges them, or has done its work already.
    static bool is_felt(ChangeKind kind) {
        return kind != ChangeKind::policy && kind != ChangeKind::improvement &&
               kind != ChangeKind::standard && kind != ChangeKind::ledger;
    }

    /// `same_here`: whether two records that differ say the same in the year.
    template <class Record, class SameHere>
    void of_kind(ChangeKind kind, const model::Registry<Record>& a,
                 const model::Registry<Record>& b, SameHere same_here) {
        for (const auto& id : ids_of(a, b)) {
            const auto* x = find(a, id);
            const auto* y = find(b, id);
            if ((x == nullptr && y == nullptr) || (x != nullptr && y != nullptr && same(*x, *y))) {
                continue;
            }
            const auto change = changes_.at(kind, id, name_of(x == nullptr ? *y : *x));
            const bool both = x != nullptr && y != nullptr;
            changes_.tell(change, both ? detail_of(*x, *y) : added_or_removed(x == nullptr));
            if (is_felt(kind) && !(both && same_here(*x, *y))) {
                changes_.mark_moves(change);
            }
        }
    }

    [[nodiscard]] bool same_side(const std::optional<model::MarketSide>& x,
                                 const std::optional<model::MarketSide>& y) const {
        return x.has_value() == y.has_value() &&
               (!x || (x->allowed == y->allowed && x->before_local == y->before_local &&
                       same_in(x->price, y->price, years_) && same_in(x->limit, y->limit, years_)));
    }

    [[nodiscard]] const model::Name& commodity(model::Index<model::Commodity> index) const {
        return a_.model.commodities[index].name;
    }
    template <class Record>
    [[nodiscard]] model::Name name_of(const Record& record) const {
        if constexpr (requires { record.name; }) {
            return record.name;
        } else if constexpr (requires { record.commodity; }) {
            return commodity(record.commodity);
        } else {
            return {record.id, record.id};
        }
    }

    /// The figure before and after, where there is one; else what sort of thing it is.
    [[nodiscard]] model::Name detail_of(const model::Path& x, const model::Path& y) const {
        if (x.empty() || y.empty() || same_in(x, y, {year_})) {
            return in_both("change_other_year");
        }
        const auto before = text_of(x.at(year_));
        const auto after = text_of(y.at(year_));
        return from_to({before, before}, {after, after});
    }
    template <class Record>
    [[nodiscard]] model::Name detail_of(const Record& x, const Record& y) const {
        if constexpr (requires { x.amount.at(0); }) {
            return detail_of(x.amount, y.amount);
        } else if constexpr (requires { x.path; }) {
            return detail_of(x.path, y.path);
        } else if constexpr (requires { x.saving; }) {
            return detail_of(x.saving, y.saving);
        } else if constexpr (requires { x.buy; }) {
            return market_detail(x, y);
        } else {
            return in_both("change_figures");
        }
    }
    [[nodiscard]] model::Name market_detail(const model::Market& x, const model::Market& y) const {
        model::Name out;
        const auto add = [&](std::string_view key, const auto& p, const auto& q) {
            if (same(p, q)) {
                return;
            }
            model::Name one = in_both(key);
            if (p && q && p->allowed && q->allowed && p->limit && q->limit &&
                !same(p->limit, q->limit)) {
                const auto limits = this->detail_of(*p->limit, *q->limit);
                one.zh += " " + limits.zh;
                one.en += " " + limits.en;
            }
            out.zh += (out.zh.empty() ? "" : "；") + one.zh;
            out.en += (out.en.empty() ? "" : "; ") + one.en;
        };
        add("change_buy", x.buy, y.buy);
        add("change_sell", x.sell, y.sell);
        return out;
    }

    /// As one, for every process must be covered by one factor.
    void find_emissions() {
        const auto& x = a_.model.emission_factors;
        const auto& y = b_.model.emission_factors;
        std::optional<std::size_t> change;
        for (const auto& id : ids_of(x, y)) {
            const auto* before = find(x, id);
            const auto* after = find(y, id);
            if (before != nullptr && after != nullptr && same(*before, *after)) {
                continue;
            }
            if (!change) {
                change = changes_.at(ChangeKind::pollutant, emission_factors_key,
                                     in_both("change_emissions"));
                changes_.mark_moves(*change);
            }
            changes_.tell(*change, (before == nullptr ? after : before)->name);
        }
    }

    /// A period with the figures of its base year.
    void find_periods() {
        for (const auto& id : ids_of(a_.periods, b_.periods)) {
            const auto* x = find(a_.periods, id);
            const auto* y = find(b_.periods, id);
            const auto* known = x == nullptr ? y : x;
            const bool both = x != nullptr && y != nullptr;
            if (known == nullptr || (both && same(*x, *y) && same_base(*x))) {
                continue;
            }
            const auto change = changes_.at(ChangeKind::period, id, known->name);
            changes_.tell(change,
                          both ? in_both("change_figures") : added_or_removed(x == nullptr));
            const auto rules = [this](const model::Scenario& scenario, const model::Period* one) {
                return one != nullptr && model::period_of(scenario.periods, year_) == one;
            };
            if (rules(a_, x) || rules(b_, y)) {
                changes_.mark_moves(change);
            }
        }
    }
    [[nodiscard]] bool same_base(const model::Period& period) const {
        return std::all_of(period.base.begin(), period.base.end(), [this](const auto& one) {
            return same(a_.region.statistics.at(one.second).datum,
                        b_.region.statistics.at(one.second).datum);
        });
    }

    void find_region() {
        std::set<std::string> keys;
        for (const auto* region : {&a_.region, &b_.region}) {
            for (const auto& [key, path] : region->rest_of_economy) {
                keys.insert(key);
            }
        }
        const auto& x = a_.region.rest_of_economy;
        const auto& y = b_.region.rest_of_economy;
        for (const auto& key : keys) {
            const auto one = x.find(key);
            const auto other = y.find(key);
            const bool both = one != x.end() && other != y.end();
            if (both && same(one->second, other->second)) {
                continue;
            }
            const auto change = changes_.at(ChangeKind::region, key, in_both("change_rest", key));
            changes_.tell(change, both ? detail_of(one->second, other->second)
                                       : added_or_removed(one == x.end()));
            if (!both || !same_in(one->second, other->second, {year_})) {
                changes_.mark_moves(change);
            }
        }
        if (a_.region.base_year != b_.region.base_year) {
            const auto change =
                changes_.at(ChangeKind::region, base_year_key, in_both("change_base_year"));
            changes_.tell(change, from_to({std::to_string(a_.region.base_year),
                                           std::to_string(a_.region.base_year)},
                                          {std::to_string(b_.region.base_year),
                                           std::to_string(b_.region.base_year)}));
            changes_.mark_moves(change);
        }
    }

    const model::Scenario& a_;
    const model::Scenario& b_;
    int year_;
    ChangeList& changes_;
    std::vector<int> years_; ///< in which a figure counts: GDP is at prices of the base year
};

model::Name built_text(const model::Project& project) {
    return project.selected && project.start ? in_both("change_built", *project.start)
                                             : in_both("change_not_built");
}

bool same_spending(const model::Project& x, const model::Project& y) {
    return same(x.capex, y.capex) && same(x.land, y.land) && x.schedule == y.schedule;
}

void find_projects(const model::Scenario& a, const model::Scenario& b, int year,
                   ChangeList& changes) {
    for (const auto& id : ids_of(a.projects, b.projects)) {
        const auto* x = find(a.projects, id);
        const auto* y = find(b.projects, id);
        const model::Project none;
        const auto& before = x == nullptr ? none : *x;
        const auto& after = y == nullptr ? none : *y;
        const bool same_start = is_built(before) == is_built(after) &&
                                (!is_built(before) || before.start == after.start);
        if (same_start && (!is_built(before) ||
                           (same_spending(before, after) && before.replaces == after.replaces))) {
            continue;
        }
        const auto change =
            changes.at(ChangeKind::project, id, (x == nullptr ? after : before).name);
        changes.tell(change, same_start ? in_both("change_figures")
                                        : from_to(built_text(before), built_text(after)));
        const auto takes_land = [year](const model::Project& project) {
            return project.land && is_built_by(project, year);
        };
        const bool invests = (before.capex && before.investment_share(year) > 0.0) ||
                             (after.capex && after.investment_share(year) > 0.0);
        if (invests || takes_land(before) || takes_land(after)) {
            changes.mark_spends(change);
        }
    }
}

} // namespace

Differences differences(const model::Scenario& a, const model::Scenario& b, int year) {
    CHAINSIM_EXPECT(share_library(a, b), "two scenarios with libraries of their own");
    ChangeList changes;
    find_projects(a, b, year, changes);
    Records(a, b, year, changes).find_all();
    Differences out;
    out.facilities = plant_states(a, b, year, changes);
    changes.group(most_changes);
    auto finished = changes.finish();
    for (auto& variant : out.facilities) {
        for (auto* choices : {&variant.there_if, &variant.retired_if}) {
            for (auto& choice : *choices) {
                choice.change = finished.place[choice.change];
            }
        }
    }
    out.changes = std::move(finished.changes);
    out.records = std::move(finished.records);
    return out;
}

} // namespace chainsim::study::detail
