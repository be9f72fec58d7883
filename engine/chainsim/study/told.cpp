#include <chainsim/base/error.hpp>
#include <chainsim/study/told.hpp>
#include <chainsim/table/column.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <deque>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace chainsim::study {

namespace {

using Values = std::vector<accounts::IndicatorValue>;
using YearEnds = std::map<int, YearEnd>;

constexpr const char* energy_id = "energy_total_equivalent";
constexpr const char* controlled_id = "energy_controlled";
constexpr const char* feedstock_id = "energy_feedstock";
constexpr const char* non_fossil_id = "energy_renewable";
constexpr const char* gdp_id = "gdp_given";

/// Accounts of the whole district, which hold what no plant of the model stands for.
constexpr std::array<std::string_view, 7> totals{"energy_total_equivalent",
                                                 "energy_total_calorific",
                                                 "energy_controlled",
                                                 "energy_feedstock",
                                                 "energy_renewable",
                                                 "co2_energy",
                                                 "gdp"};

template <class List>
auto* value_in(List& values, const std::string& id) {
    const auto found =
        std::find_if(values.begin(), values.end(), [&id](const auto& one) { return one.id == id; });
    return found == values.end() ? nullptr : &*found;
}

/// The year that a year rests on: itself, or the last told one since the base year; 0: none. Years
/// that lack a month tell nothing.
int told_year(const YearEnds& ends, int year, int base_year) {
    for (auto next = ends.upper_bound(year); next != ends.begin();) {
        --next;
        if (!std::isnan(next->second.full_year)) {
            return next->first == year || next->first >= base_year ? next->first : 0;
        }
    }
    return 0;
}

model::Confidence confidence_of(const YearEnd& end) {
    if (end.basis != Basis::actual) {
        return model::Confidence::estimate;
    }
    switch (end.grade) {
    case model::ReportGrade::flash:
        return model::Confidence::estimate;
    case model::ReportGrade::annual:
        return model::Confidence::known;
    case model::ReportGrade::verified:
        return model::Confidence::verified;
    }
    return model::Confidence::estimate;
}

/// Growth of GDP from one year to another, by the periods that the years between lie in; nothing
/// where none is stated for one of them.
std::optional<double> growth_between(const model::Scenario& scenario, int from, int to) {
    double growth = 1.0;
    for (int year = from + 1; year <= to; ++year) {
        const auto* period = model::period_of(scenario.periods, year);
        if (period == nullptr) {
            return std::nullopt;
        }
        const auto before = year - 1 <= period->base_year
                                ? std::optional<number::Number>(1.0)
                                : model::growth_since_base(*period, year - 1);
        const auto after = model::growth_since_base(*period, year);
        if (!before || !after) {
            return std::nullopt;
        }
        growth *= after->value() / before->value();
    }
    return growth;
}

/// One year being told.
class Telling {
public:
    Telling(const model::Scenario& scenario, const system::System& system, int base_year,
            const std::map<std::string, YearEnds>& told, const std::map<int, Values>& modelled,
            const Values& values, const ConfidenceShares& shares)
        : scenario_(scenario), system_(system), base_year_(base_year), told_(told),
          modelled_(modelled), planned_(values), out_{values, shares, {}, {}} {}

    Told tell() && {
        for (const auto& [id, ends] : told_) {
            if (ratio_of(id) == nullptr) {
                set_sum(id, ends);
            }
        }
        move_controlled();
        spread_gaps();
        for (const auto& ratio : system_.indicators.ratios) {
            set_ratio(ratio);
        }
        return std::move(out_);
    }

private:
    [[nodiscard]] const system::RatioInfo* ratio_of(const std::string& id) const {
        const auto& ratios = system_.indicators.ratios;
        const auto found = std::find_if(ratios.begin(), ratios.end(),
                                        [&id](const auto& one) { return one.info.id == id; });
        return found == ratios.end() ? nullptr : &*found;
    }

    /// The year that an indicator rests on; 0: none.
    [[nodiscard]] int since(const std::string& id) const {
        const auto found = told_.find(id);
        return found == told_.end() ? 0 : told_year(found->second, system_.year, base_year_);
    }

    /// A value by id, which is added where the accounts lack it.
    accounts::IndicatorValue& value_of(const std::string& id, const model::Name& name,
                                       const std::string& unit) {
        if (auto* known = value_in(out_.values, id)) {
            return *known;
        }
        const auto place =
            std::lower_bound(out_.values.begin(), out_.values.end(), id,
                             [](const auto& one, const std::string& key) { return one.id < key; });
        return *out_.values.insert(place, {id, name, unit, table::absent});
    }

    void state(const YearEnd& end) {
        auto& value = value_of(end.indicator, end.name, end.unit);
        value.value = end.full_year;
        out_.bases[value.id] = end.basis;
        auto& shares = out_.shares[value.id];
        shares.fill(0.0);
        shares.at(static_cast<std::size_t>(confidence_of(end))) = 1.0;
    }

    /// What the model has in the year of an anchor; null if it counts none of it then.
    [[nodiscard]] const accounts::IndicatorValue* anchor(const std::string& id, int year) const {
        const auto found = modelled_.find(year);
        CHAINSIM_EXPECT(found != modelled_.end(), "a year that others rest on is not kept");
        return value_in(found->second, id);
    }

    void set_sum(const std::string& id, const YearEnds& ends) {
        const int year = told_year(ends, system_.year, base_year_);
        if (year == 0) {
            return;
        }
        const auto& end = ends.at(year);
        if (year == system_.year) {
            state(end);
            return;
        }
        auto* value = value_in(out_.values, id);
        const auto* then = anchor(id, year);
        if (value == nullptr || then == nullptr) {
            return;
        }
        const auto growth =
            id == gdp_id ? growth_between(scenario_, year, system_.year) : std::optional<double>();
        const bool is_total = std::find(totals.begin(), totals.end(), id) != totals.end();
        if (growth) {
            value->value = end.full_year * *growth;
        } else if (is_total || id == gdp_id || then->value == 0.0) {
            value->value += end.full_year - then->value;
        } else {
            value->value *= end.full_year / then->value;
        }
        out_.bases[id] = Basis::expected;
    }

    /// What misses a month of this year, and what is made of it.
    void spread_gaps() {
        for (const auto& [id, ends] : told_) {
            const auto found = ends.find(system_.year);
            if (found != ends.end() && !found->second.missing.empty() &&
                std::isnan(found->second.full_year)) {
                out_.gaps[id] = found->second.missing;
            }
        }
        const auto pass_on = [this](const std::string& from, const std::string& to) {
            if (const auto gap = out_.gaps.find(from);
                gap != out_.gaps.end() && out_.basis_of(to) != Basis::actual) {
                out_.gaps.try_emplace(to, gap->second);
            }
        };
        pass_on(energy_id, controlled_id);
        for (const auto& ratio : system_.indicators.ratios) {
            pass_on(part(ratio.numerator), ratio.info.id);
            pass_on(part(ratio.denominator), ratio.info.id);
        }
    }

    /// By how much what is told differs from the model; 0 where nothing is.
    [[nodiscard]] double more_of(const std::string& id) {
        const auto* told = value_in(out_.values, id);
        const auto* planned = value_in(planned_, id);
        return told == nullptr || planned == nullptr || !out_.bases.contains(id)
                   ? 0.0
                   : told->value - planned->value;
    }

    void move_controlled() {
        const auto* planned = value_in(planned_, controlled_id);
        auto* controlled = value_in(out_.values, controlled_id);
        const int latest = std::max({since(energy_id), since(feedstock_id), since(non_fossil_id)});
        if (planned == nullptr || controlled == nullptr || latest == 0 ||
            since(controlled_id) >= latest) {
            return;
        }
        const auto* period = model::period_of(scenario_.periods, system_.year);
        const bool feedstock = period == nullptr || period->feedstock_deducted;
        const bool non_fossil =
            period == nullptr || period->non_fossil != model::NonFossil::counted;
        controlled->value = planned->value + more_of(energy_id) -
                            (feedstock ? more_of(feedstock_id) : 0.0) -
                            (non_fossil ? more_of(non_fossil_id) : 0.0);
        const auto is_settled = [this](const char* id, bool is_deducted) {
            const auto* value = value_in(out_.values, id);
            return !is_deducted || value == nullptr || value->value == 0.0 ||
                   out_.basis_of(id) == Basis::actual;
        };
        const bool is_actual = is_settled(energy_id, true) && is_settled(feedstock_id, feedstock) &&
                               is_settled(non_fossil_id, non_fossil);
        out_.bases[controlled_id] = is_actual ? Basis::actual : Basis::expected;
        if (const auto shares = out_.shares.find(energy_id); shares != out_.shares.end()) {
            out_.shares[controlled_id] = shares->second; // the deductions are small beside it
        }
    }

    [[nodiscard]] const std::string& part(int row) const {
        return system_.indicators.info[static_cast<std::size_t>(row)].id;
    }

    /// A quotient of two values; NaN where it says nothing.
    static double quotient(double factor, const accounts::IndicatorValue* above,
                           const accounts::IndicatorValue* below) {
        return above == nullptr || below == nullptr || !(below->value > 0.0)
                   ? table::absent
                   : factor * above->value / below->value;
    }

    void set_ratio(const system::RatioInfo& ratio) {
        const auto& above = part(ratio.numerator);
        const auto& below = part(ratio.denominator);
        const int own = since(ratio.info.id);
        if (own == system_.year) {
            state(told_.at(ratio.info.id).at(own));
            return;
        }
        const double now =
            quotient(ratio.factor, value_in(out_.values, above), value_in(out_.values, below));
        const bool has_told_part = out_.bases.contains(above) || out_.bases.contains(below);
        if (std::isnan(now) || (own == 0 && !has_told_part)) {
            return;
        }
        auto& value = value_of(ratio.info.id, ratio.info.name, ratio.info.unit);
        value.value = now;
        bool is_actual =
            out_.basis_of(above) == Basis::actual && out_.basis_of(below) == Basis::actual;
        if (own != 0 && own >= std::max(since(above), since(below))) {
            // Told as late as its parts: it starts from itself.
            const double then = quotient(ratio.factor, then_of(above, own), then_of(below, own));
            if (then > 0.0) {
                value.value *= told_.at(ratio.info.id).at(own).full_year / then;
            }
            is_actual = false;
        }
        out_.bases[value.id] = is_actual ? Basis::actual : Basis::expected;
        mix_shares(value.id, above, below);
    }

    /// A part of a quotient in a year of the past: as told, or as the model has it.
    [[nodiscard]] const accounts::IndicatorValue* then_of(const std::string& id, int year) {
        const auto* modelled = anchor(id, year);
        const auto found = told_.find(id);
        if (found == told_.end() || !found->second.contains(year) ||
            std::isnan(found->second.at(year).full_year)) {
            return modelled;
        }
        const auto& end = found->second.at(year);
        return &scratch_.emplace_back(
            accounts::IndicatorValue{id, end.name, end.unit, end.full_year});
    }

    /// As much of each confidence as its parts have on average.
    void mix_shares(const std::string& id, const std::string& above, const std::string& below) {
        const auto first = out_.shares.find(above);
        const auto second = out_.shares.find(below);
        if (first == out_.shares.end() || second == out_.shares.end()) {
            return;
        }
        std::array<double, 5> mixed{};
        for (std::size_t i = 0; i < mixed.size(); ++i) {
            mixed.at(i) = 0.5 * (first->second.at(i) + second->second.at(i));
        }
        out_.shares[id] = mixed;
    }

    const model::Scenario& scenario_;
    const system::System& system_;
    int base_year_;
    const std::map<std::string, YearEnds>& told_;
    const std::map<int, Values>& modelled_;
    const Values& planned_;
    Told out_;
    std::deque<accounts::IndicatorValue> scratch_;
};

} // namespace

Basis Told::basis_of(const std::string& indicator) const {
    const auto found = bases.find(indicator);
    return found == bases.end() ? Basis::planned : found->second;
}

Teller::Teller(const model::Scenario& scenario) : base_year_(scenario.region.base_year) {
    std::set<int> years;
    for (const auto& one : scenario.actuals.figures) {
        years.insert(one.year);
    }
    for (const int year : years) {
        for (auto& end : told_year_ends(scenario, year)) {
            auto& ends = told_[end.indicator];
            ends.emplace(year, std::move(end));
        }
    }
}

std::vector<int> Teller::anchors_of(const std::vector<int>& years) const {
    std::set<int> out;
    for (const auto& [id, ends] : told_) {
        for (const int year : years) {
            if (const int told = told_year(ends, year, base_year_); told != 0) {
                out.insert(told);
            }
        }
    }
    for (const int year : years) {
        out.erase(year);
    }
    return {out.begin(), out.end()};
}

void Teller::keep(int year, const std::vector<accounts::IndicatorValue>& modelled) {
    const bool is_anchor = std::any_of(
        told_.begin(), told_.end(), [year](const auto& one) { return one.second.contains(year); });
    if (is_anchor) {
        modelled_[year] = modelled;
    }
}

Told Teller::tell(const model::Scenario& scenario, const system::System& system,
                  const std::vector<accounts::IndicatorValue>& modelled,
                  const ConfidenceShares& shares) const {
    return Telling(scenario, system, base_year_, told_, modelled_, modelled, shares).tell();
}

} // namespace chainsim::study
