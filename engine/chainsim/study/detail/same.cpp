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

} // namespace chainsim::study::detail
