#include <chainsim/study/detail/change.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace chainsim::study::detail {

namespace {

constexpr double percent = 100.0;
constexpr double cny = 1e4; // 万元

struct Symbol {
    std::string_view key;
    std::string_view symbol;
    std::string_view unit;
};

constexpr std::array symbols{
    Symbol{"energy", "E_0", "tce"},      Symbol{"feedstock", "F_0", "tce"},
    Symbol{"non_fossil", "NF_0", "tce"}, Symbol{"gdp", "GDP_0", "CNY"},
    Symbol{"co2", "CO2_0", "t"},
};

const Symbol& symbol_of(const std::string& key) {
    return *std::find_if(symbols.begin(), symbols.end(),
                         [&key](const Symbol& one) { return one.key == key; });
}

bool is_ratio(const std::string& indicator) { return indicator.ends_with("_intensity"); }

/// A datum whose value is that much in some unit, with its range in that unit.
Span span_of(const model::Datum& datum, double value) {
    if (!datum.range || datum.value.number() == 0.0) {
        return {value, value, value};
    }
    const double scale = value / datum.value.number();
    return {datum.range->first * scale, value, datum.range->second * scale};
}

std::string numerator_of(const std::string& intensity) {
    return intensity == "co2_intensity" ? "co2_energy" : "energy_controlled";
}

} // namespace

std::optional<Span> Base::figure(const std::string& key, std::vector<std::string>& missing) const {
    const auto& symbol = symbol_of(key);
    const auto found = period_.base.find(key);
    if (found == period_.base.end()) {
        missing.emplace_back(symbol.symbol);
        return std::nullopt;
    }
    const auto& datum = region_.statistics.at(found->second).datum;
    return span_of(datum, datum.value.in(std::string(symbol.unit)));
}

std::vector<std::string> Base::parts_of(const std::string& indicator) const {
    if (is_ratio(indicator)) {
        auto parts = parts_of(numerator_of(indicator));
        parts.emplace_back("gdp");
        return parts;
    }
    if (indicator == "co2_energy") {
        return {"co2"};
    }
    if (indicator == "gdp_given") {
        return {"gdp"};
    }
    std::vector<std::string> parts{"energy"};
    if (indicator == "energy_controlled") {
        if (period_.feedstock_deducted) {
            parts.emplace_back("feedstock");
        }
        // Of an increment nothing is deducted in the base year, and it stands in the year's own.
        if (period_.non_fossil != model::NonFossil::counted) {
            parts.emplace_back("non_fossil");
        }
    }
    return parts;
}

std::optional<Span> Base::of(const std::string& indicator,
                             std::vector<std::string>& missing) const {
    if (is_ratio(indicator)) {
        const auto above = of(numerator_of(indicator), missing);
        const auto below = figure("gdp", missing);
        if (!above || !below) {
            return std::nullopt;
        }
        return Span{cny * above->low / below->high, cny * above->value / below->value,
                    cny * above->high / below->low};
    }
    const auto parts = parts_of(indicator);
    auto sum = figure(parts.front(), missing);
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const auto part = figure(parts[i], missing);
        const bool is_kept =
            parts[i] == "non_fossil" && period_.non_fossil == model::NonFossil::increment;
        if (!part || !sum) {
            sum.reset();
        } else if (!is_kept) {
            sum = Span{sum->low - part->high, sum->value - part->value, sum->high - part->low};
        }
    }
    return sum;
}

bool Base::is_guessed(const std::vector<std::string>& keys) const {
    return std::any_of(keys.begin(), keys.end(), [this](const std::string& key) {
        const auto found = period_.base.find(key);
        return found != period_.base.end() &&
               region_.statistics.at(found->second).datum.provenance.confidence >=
                   model::Confidence::estimate;
    });
}

ChangeSince::ChangeSince(const model::Policy& policy, const model::Period& period,
                         const model::Region& region, int year)
    : policy_(policy), period_(period), base_(period, region), year_(year),
      passed_(year - period.base_year), whole_(period.until - period.base_year) {}

std::optional<Span> ChangeSince::base(std::vector<std::string>& missing) const {
    if (!policy_.has_own_base) {
        return base_.of(policy_.indicator, missing);
    }
    if (!policy_.base) {
        missing.push_back(fmt::format("{}[{}]", policy_.indicator, period_.base_year));
        return std::nullopt;
    }
    return span_of(*policy_.base, policy_.base->value.in_a_year(units::Unit::parse(policy_.unit)));
}

bool ChangeSince::is_of_district() const {
    return is_ratio(policy_.indicator) && !policy_.has_own_base;
}

bool ChangeSince::is_due() const {
    const bool is_end = policy_.progress != model::Progress::end || year_ == period_.until;
    return period_.holds(year_) && year_ >= policy_.from &&
           year_ <= policy_.until.value_or(year_) && is_end;
}

double ChangeSince::due(double target) const {
    if (policy_.progress == model::Progress::end) {
        return target;
    }
    return policy_.change == model::Change::drop && policy_.progress == model::Progress::yearly
               ? 1.0 - std::pow(1.0 - target, passed_ / whole_)
               : target * passed_ / whole_;
}

/// The target of which the value would be just what is due.
double ChangeSince::target_for(double value) const {
    if (policy_.progress == model::Progress::end) {
        return value;
    }
    return policy_.change == model::Change::drop && policy_.progress == model::Progress::yearly
               ? 1.0 - std::pow(1.0 - value, whole_ / passed_)
               : value * whole_ / passed_;
}

void ChangeSince::state(Judgement& judged) const {
    const auto& id = policy_.indicator;
    const std::string share =
        policy_.progress == model::Progress::end
            ? std::string{}
            : fmt::format("({}/{})", year_ - period_.base_year, period_.until - period_.base_year);
    if (policy_.change == model::Change::drop) {
        judged.unit = "%";
        const bool is_yearly = policy_.progress == model::Progress::yearly;
        judged.formula = fmt::format("1 - {0}[{1}] / {0}[{2}] >= {3}", id, year_, period_.base_year,
                                     share.empty() ? "R"
                                     : is_yearly   ? "1 - (1 - R)^" + share
                                                   : "R * " + share);
    } else {
        judged.unit = policy_.unit;
        judged.formula = fmt::format("{0}[{1}] - {0}[{2}] <= D{3}", id, year_, period_.base_year,
                                     share.empty() ? "" : " * " + share);
    }
}

void ChangeSince::remark_allowed_growth(Judgement& judged) const {
    const auto growth = model::growth_since_base(period_, period_.until);
    if (policy_.target && growth && is_of_district()) {
        const double target = policy_.target->at(year_).in("1");
        judged.remarks.push_back(
            {"allowed_growth", percent * ((1.0 - target) * growth->value() - 1.0), "%"});
    }
}

void ChangeSince::measure(
    Judgement& judged,
    const std::function<std::optional<double>(const std::string&)>& value_of) const {
    if (policy_.change == model::Change::drop) {
        remark_allowed_growth(judged);
    }
    std::vector<std::string> shown{policy_.indicator};
    if (is_of_district()) {
        shown.push_back(numerator_of(policy_.indicator));
        shown.emplace_back("gdp_given");
    }
    if (shown.back() == "energy_controlled" || shown.size() == 3) {
        shown.insert(shown.end(), {"energy_total_equivalent", "energy_feedstock",
                                   "energy_renewable", "energy_certificates"});
    }
    for (const auto& id : shown) {
        const auto value = value_of(id);
        const bool is_of_energy = policy_.indicator != "co2_intensity" || !id.starts_with("energy");
        if (value && is_of_energy) {
            judged.inputs.emplace_back(id, *value);
        }
    }
    const auto base = this->base(judged.missing);
    std::vector<std::string> ignored;
    if (policy_.has_own_base && base) {
        judged.inputs.emplace_back(fmt::format("{}[{}]", policy_.indicator, period_.base_year),
                                   base->value);
    }
    for (const auto& key :
         policy_.has_own_base ? std::vector<std::string>{} : base_.parts_of(policy_.indicator)) {
        if (const auto figure = base_.figure(key, ignored)) {
            judged.inputs.emplace_back(symbol_of(key).symbol, figure->value);
        }
    }
    const auto now = value_of(policy_.indicator);
    if (!now && base) {
        judged.missing.push_back(is_of_district() && !period_.gdp_growth ? "gdp_growth"
                                                                         : policy_.indicator);
    }
    if (!policy_.target) {
        judged.missing.emplace_back(policy_.change == model::Change::drop ? "R" : "D");
    }
    if (!now || !base) {
        return;
    }
    if (policy_.change == model::Change::drop) {
        measure_drop(judged, *now, *base);
    } else {
        measure_rise(judged, *now, *base);
    }
}

/// What may still be used, or must be saved, at the GDP of the year; and by how much GDP would have
/// to grow in the mean since the base for what is used to be allowed.
void ChangeSince::remark_on_ratio(Judgement& judged, double now, double allowed) const {
    const auto input = [&judged](std::string_view id) {
        const auto found = std::find_if(judged.inputs.begin(), judged.inputs.end(),
                                        [id](const auto& one) { return one.first == id; });
        return found == judged.inputs.end() ? std::nullopt : std::optional(found->second);
    };
    const auto gdp = input("gdp_given");
    const auto base_gdp = input("GDP_0");
    if (!gdp || !base_gdp) {
        return;
    }
    judged.remarks.push_back(
        {"room", (allowed - now) * *gdp / cny, policy_.indicator == "co2_intensity" ? "t" : "tce"});
    const double growth = now / allowed * *gdp / *base_gdp;
    judged.remarks.push_back(
        {"needed_growth", percent * (std::pow(growth, 1.0 / passed_) - 1.0), "%"});
}

void ChangeSince::measure_drop(Judgement& judged, double now, const Span& base) const {
    const double drop = 1.0 - now / base.value;
    judged.value = percent * drop;
    judged.range.emplace(percent * (1.0 - now / base.low), percent * (1.0 - now / base.high));
    judged.turns_at = percent * target_for(drop);
    judged.remarks.push_back(
        {"yearly_rate", percent * (1.0 - std::pow(1.0 - drop, 1.0 / passed_)), "%"});
    if (!policy_.target) {
        return;
    }
    const double needed = due(policy_.target->at(year_).in("1"));
    judged.bound = percent * needed;
    judged.margin = judged.value - judged.bound;
    const double allowed = (1.0 - needed) * base.value;
    if (is_of_district()) {
        remark_on_ratio(judged, now, allowed);
        judged.remarks.push_back({"break_even_base", now / (1.0 - needed),
                                  policy_.indicator == "co2_intensity" ? "t/万元" : "tce/万元"});
    }
    judged.colour = drop < 0.0                        ? Colour::red
                    : judged.margin < -1e-9 * percent ? Colour::orange
                                                      : Colour::green;
}

void ChangeSince::measure_rise(Judgement& judged, double now, const Span& base) const {
    judged.value = now - base.value;
    judged.range.emplace(now - base.high, now - base.low);
    judged.turns_at = target_for(judged.value);
    if (!policy_.target) {
        return;
    }
    const double whole = policy_.target->at(year_).in_a_year(units::Unit::parse(judged.unit));
    judged.bound = due(whole);
    judged.margin = judged.bound - judged.value;
    judged.colour = judged.value > whole  ? Colour::red
                    : judged.margin < 0.0 ? Colour::orange
                                          : Colour::green;
}

bool ChangeSince::rests_on_guess() const {
    if (policy_.has_own_base) {
        return policy_.base && policy_.base->provenance.confidence >= model::Confidence::estimate;
    }
    return base_.is_guessed(base_.parts_of(policy_.indicator));
}

} // namespace chainsim::study::detail
