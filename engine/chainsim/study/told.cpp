#include <chainsim/base/error.hpp>
#include <chainsim/study/told.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <utility>

namespace chainsim::study {

namespace {

using Values = std::vector<accounts::IndicatorValue>;
using YearEnds = std::map<int, YearEnd>;

constexpr const char* energy_id = "energy_total_equivalent";
constexpr const char* controlled_id = "energy_controlled";

template <class List>
auto* value_in(List& values, const std::string& id) {
    const auto found =
        std::find_if(values.begin(), values.end(), [&id](const auto& one) { return one.id == id; });
    return found == values.end() ? nullptr : &*found;
}

/// The last that is told up to a year.
const YearEnd* last_told(const YearEnds& ends, int year) {
    const auto next = ends.upper_bound(year);
    return next == ends.begin() ? nullptr : &std::prev(next)->second;
}

int last_told_year(const YearEnds& ends, int year) {
    const auto next = ends.upper_bound(year);
    return next == ends.begin() ? 0 : std::prev(next)->first;
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

/// One year being told.
class Telling {
public:
    Telling(const system::System& system, const std::map<std::string, YearEnds>& told,
            const std::map<int, Values>& modelled, const Values& values,
            const ConfidenceShares& shares)
        : system_(system), told_(told), modelled_(modelled), planned_(values),
          out_{values, shares, {}} {}

    Told tell() && {
        for (const auto& [id, ends] : told_) {
            if (!is_ratio(id)) {
                set_sum(id, ends);
            }
        }
        move_controlled();
        for (const auto& ratio : system_.indicators.ratios) {
            set_ratio(ratio);
        }
        return std::move(out_);
    }

private:
    [[nodiscard]] bool is_ratio(const std::string& id) const {
        const auto& ratios = system_.indicators.ratios;
        return std::any_of(ratios.begin(), ratios.end(),
                           [&id](const auto& one) { return one.info.id == id; });
    }

    void state(const YearEnd& end, accounts::IndicatorValue& value) {
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
        auto* value = value_in(out_.values, id);
        const auto* end = last_told(ends, system_.year);
        if (value == nullptr || end == nullptr) {
            return;
        }
        const int year = last_told_year(ends, system_.year);
        if (year == system_.year) {
            state(*end, *value);
        } else if (const auto* then = anchor(id, year)) {
            value->value += end->full_year - then->value;
            out_.bases[id] = Basis::expected;
        }
    }

    void move_controlled() {
        const auto* energy = value_in(out_.values, energy_id);
        auto* controlled = value_in(out_.values, controlled_id);
        const auto total = told_.find(energy_id);
        const auto own = told_.find(controlled_id);
        if (energy == nullptr || controlled == nullptr || total == told_.end() ||
            !out_.bases.contains(energy_id) ||
            (own != told_.end() && last_told_year(own->second, system_.year) >=
                                       last_told_year(total->second, system_.year))) {
            return;
        }
        // What the model had of both is taken anew: the controlled energy may have been moved by
        // an older figure of its own.
        const auto* modelled_controlled = value_in(planned_, controlled_id);
        const auto* modelled_energy = value_in(planned_, energy_id);
        const bool deducts = modelled_controlled->value != modelled_energy->value;
        controlled->value = modelled_controlled->value + energy->value - modelled_energy->value;
        out_.bases[controlled_id] = deducts ? Basis::expected : out_.bases.at(energy_id);
    }

    void set_ratio(const system::RatioInfo& ratio) {
        auto* value = value_in(out_.values, ratio.info.id);
        if (value == nullptr) {
            return;
        }
        const auto own = told_.find(ratio.info.id);
        const auto* end = own == told_.end() ? nullptr : last_told(own->second, system_.year);
        const int year = end == nullptr ? 0 : last_told_year(own->second, system_.year);
        if (end != nullptr && year == system_.year) {
            state(*end, *value);
        } else if (!renew(ratio, *value) && end != nullptr) {
            const auto* then = anchor(ratio.info.id, year);
            if (then != nullptr && then->value != 0.0) {
                value->value *= end->full_year / then->value;
                out_.bases[value->id] = Basis::expected;
            }
        }
    }

    /// A quotient of which a part is told.
    bool renew(const system::RatioInfo& ratio, accounts::IndicatorValue& value) {
        const auto part = [this](int row) {
            return value_in(out_.values, system_.indicators.info[static_cast<std::size_t>(row)].id);
        };
        const auto* above = part(ratio.numerator);
        const auto* below = part(ratio.denominator);
        if (above == nullptr || below == nullptr || !(below->value > 0.0) ||
            (!out_.bases.contains(above->id) && !out_.bases.contains(below->id))) {
            return false;
        }
        value.value = ratio.factor * above->value / below->value;
        const bool is_actual =
            out_.basis_of(above->id) == Basis::actual && out_.basis_of(below->id) == Basis::actual;
        out_.bases[value.id] = is_actual ? Basis::actual : Basis::expected;
        return true;
    }

    const system::System& system_;
    const std::map<std::string, YearEnds>& told_;
    const std::map<int, Values>& modelled_;
    const Values& planned_;
    Told out_;
};

} // namespace

Basis Told::basis_of(const std::string& indicator) const {
    const auto found = bases.find(indicator);
    return found == bases.end() ? Basis::planned : found->second;
}

Teller::Teller(const model::Scenario& scenario) {
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
            if (const int told = last_told_year(ends, year); told != 0) {
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

Told Teller::tell(const system::System& system,
                  const std::vector<accounts::IndicatorValue>& modelled,
                  const ConfidenceShares& shares) const {
    return Telling(system, told_, modelled_, modelled, shares).tell();
}

} // namespace chainsim::study
