#include <chainsim/study/detail/same.hpp>

#include <algorithm>

namespace chainsim::study::detail {

bool same(const units::Quantity& a, const units::Quantity& b) {
    return a.number() == b.number() && a.unit() == b.unit();
}

bool same(const model::Datum& a, const model::Datum& b) { return same(a.value, b.value); }

bool same(const model::Path& a, const model::Path& b) {
    const auto& x = a.points();
    const auto& y = b.points();
    return (x.size() < 2 || a.interpolation() == b.interpolation()) &&
           std::equal(x.begin(), x.end(), y.begin(), y.end(),
                      [](const auto& one, const auto& other) {
                          return one.first == other.first && same(one.second, other.second);
                      });
}

bool same_in(const model::Path& a, const model::Path& b, const std::vector<int>& years) {
    if (a.empty() || b.empty()) {
        return a.empty() == b.empty();
    }
    return std::all_of(years.begin(), years.end(),
                       [&](int year) { return same(a.at(year), b.at(year)); });
}

bool same_in(const std::optional<model::Path>& a, const std::optional<model::Path>& b,
             const std::vector<int>& years) {
    return a.has_value() == b.has_value() && (!a || same_in(*a, *b, years));
}

bool same(const model::MarketSide& a, const model::MarketSide& b) {
    return a.allowed == b.allowed && a.before_local == b.before_local && same(a.price, b.price) &&
           same(a.limit, b.limit);
}

bool same(const model::Market& a, const model::Market& b) {
    return same(a.buy, b.buy) && same(a.sell, b.sell);
}

bool same(const model::Price& a, const model::Price& b) {
    return a.vat_included == b.vat_included && a.vat == b.vat && same(a.path, b.path);
}

bool same(const model::Demand& a, const model::Demand& b) { return same(a.amount, b.amount); }

bool same(const model::Factor& a, const model::Factor& b) { return same(a.path, b.path); }

bool same(const model::Commodity& a, const model::Commodity& b) {
    return a.unit == b.unit && a.phase == b.phase && a.mass == b.mass &&
           a.composition == b.composition && a.active == b.active && a.lhv == b.lhv &&
           a.enthalpy == b.enthalpy && a.energy_product == b.energy_product &&
           a.process_carbon == b.process_carbon && a.non_fossil == b.non_fossil &&
           a.trade == b.trade && a.delivery == b.delivery && a.sink == b.sink &&
           same(a.standard_coal, b.standard_coal) && same(a.disposal_cost, b.disposal_cost);
}

bool same(const std::vector<model::Flow>& a, const std::vector<model::Flow>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.commodity == y.commodity && x.amount == y.amount && x.kind == y.kind;
    });
}

bool same(const model::Process& a, const model::Process& b) {
    return a.technology == b.technology && a.product == b.product && same(a.inputs, b.inputs) &&
           same(a.outputs, b.outputs) && a.primary_energy == b.primary_energy &&
           a.chemical_heat == b.chemical_heat;
}

bool same(const model::Budget& a, const model::Budget& b) {
    return a.kind == b.kind && a.carry_over == b.carry_over && same(a.quota, b.quota) &&
           same(a.rights, b.rights);
}

bool same(const model::Policy& a, const model::Policy& b) {
    return a.indicator == b.indicator && a.from == b.from && a.until == b.until &&
           a.hard == b.hard && a.change == b.change && a.period == b.period &&
           a.progress == b.progress && same(a.at_most, b.at_most) && same(a.at_least, b.at_least) &&
           same(a.target, b.target) && a.has_own_base == b.has_own_base && same(a.base, b.base);
}

bool same(const model::Period& a, const model::Period& b) {
    return a.base_year == b.base_year && a.from == b.from && a.until == b.until &&
           a.feedstock_deducted == b.feedstock_deducted && a.feedstock_uses == b.feedstock_uses &&
           a.non_fossil == b.non_fossil && a.electricity_equivalent == b.electricity_equivalent &&
           a.base == b.base && same(a.gdp_growth, b.gdp_growth) &&
           same(a.certificates, b.certificates) &&
           same(a.certificates_at_most, b.certificates_at_most) &&
           same(a.saving_needed, b.saving_needed);
}

bool same(const model::Improvement& a, const model::Improvement& b) {
    return a.processes == b.processes && same(a.saving, b.saving);
}

bool same(const model::PlantGroup& a, const model::PlantGroup& b) {
    return a.park == b.park && a.industry == b.industry && a.owner == b.owner &&
           a.plants == b.plants;
}

bool same(const model::CarbonGuideline& a, const model::CarbonGuideline& b) {
    return a.industries == b.industries && a.deducts_given == b.deducts_given;
}

namespace {

/// Lists whose members say the same, in order.
template <class Member, class Same>
bool all_same(const std::vector<Member>& a, const std::vector<Member>& b, Same same_member) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_member);
}

template <class Key>
bool same_figures(const std::vector<std::pair<Key, model::Datum>>& a,
                  const std::vector<std::pair<Key, model::Datum>>& b) {
    return all_same(a, b, [](const auto& x, const auto& y) {
        return x.first == y.first && same(x.second, y.second);
    });
}

bool same_years(const model::EditionYears& a, const model::EditionYears& b) {
    return a.from == b.from && a.until == b.until;
}

bool same_boundary(const model::Boundary& a, const model::Boundary& b) {
    return a.makers == b.makers && a.products == b.products &&
           all_same(a.steps, b.steps, [](const auto& x, const auto& y) {
               return x.link == y.link && x.is_downstream == y.is_downstream &&
                      x.processes == y.processes;
           });
}

bool same_level(const model::EmissionLevel& a, const model::EmissionLevel& b) {
    return a.from == b.from && a.new_from == b.new_from &&
           std::equal(
               a.amounts.begin(), a.amounts.end(), b.amounts.begin(),
               [](const auto& x, const auto& y) { return x.way == y.way && x.amount == y.amount; });
}

bool same_limits(const model::LimitEdition& a, const model::LimitEdition& b) {
    return same_years(a.years, b.years) && same_figures(a.allowances, b.allowances) &&
           std::equal(a.levels.begin(), a.levels.end(), b.levels.begin(),
                      [](const auto& x, const auto& y) { return same(x, y); });
}

} // namespace

bool same(const model::EmissionFactor& a, const model::EmissionFactor& b) {
    return std::is_permutation(a.processes.begin(), a.processes.end(), b.processes.begin(),
                               b.processes.end()) &&
           a.flares == b.flares && a.per == b.per && a.none.empty() == b.none.empty() &&
           all_same(a.levels, b.levels, same_level);
}

bool same(const model::UnitStandard& a, const model::UnitStandard& b) {
    return a.unit == b.unit && a.scale == b.scale && a.only_named == b.only_named &&
           same_boundary(a.plants, b.plants) && a.counts_feedstock == b.counts_feedstock &&
           same(a.electricity, b.electricity) && a.media == b.media &&
           all_same(a.limits, b.limits, same_limits) &&
           all_same(a.grades, b.grades, [](const auto& x, const auto& y) {
               return same_years(x.years, y.years) && same(x.benchmark, y.benchmark) &&
                      same(x.baseline, y.baseline);
           });
}

bool same(const model::WaterQuota& a, const model::WaterQuota& b) {
    return a.unit == b.unit && a.scale == b.scale && same_boundary(a.plants, b.plants) &&
           a.waters == b.waters &&
           all_same(a.editions, b.editions, [](const auto& x, const auto& y) {
               return same_years(x.years, y.years) && same(x.general, y.general) &&
                      same(x.advanced, y.advanced);
           });
}

bool same(const model::LedgerSource& a, const model::LedgerSource& b) {
    return a.kind == b.kind && a.commodity == b.commodity && a.facility == b.facility &&
           a.amount == b.amount && a.stopped == b.stopped && a.idle_2020 == b.idle_2020 &&
           a.document == b.document && all_same(a.uses, b.uses, [](const auto& x, const auto& y) {
               return x.project == y.project && x.amount == y.amount;
           });
}

bool same(const model::LedgerRule& a, const model::LedgerRule& b) {
    return a.kind == b.kind && a.products == b.products && a.carriers == b.carriers &&
           same(a.ratio, b.ratio) && same_years(a.years, b.years);
}

} // namespace chainsim::study::detail
