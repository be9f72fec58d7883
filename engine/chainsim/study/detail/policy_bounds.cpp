#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/model/dual_control.hpp>
#include <chainsim/model/indicator_kinds.hpp>
#include <chainsim/study/detail/change.hpp>
#include <chainsim/study/detail/policy_bounds.hpp>
#include <chainsim/study/policies.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <set>
#include <utility>

namespace chainsim::study::detail {

bool is_beyond_forms(const model::Scenario& scenario, const std::string& indicator) {
    return indicator.starts_with("smallest_capacity_") ||
           std::any_of(scenario.groups.begin(), scenario.groups.end(),
                       [&](const auto& group) { return indicator.ends_with("_of_" + group.id); });
}

namespace {

/// Fills in which rows an indicator is; why it is none that a program could hold, or nothing.
std::string find_rows(const portfolio::District& district, std::size_t year,
                      portfolio::Bound& bound) {
    const auto& indicators = district.years()[year].system.indicators;
    const auto ratio =
        std::find_if(indicators.ratios.begin(), indicators.ratios.end(),
                     [&bound](const auto& one) { return one.info.id == bound.indicator; });
    if (ratio != indicators.ratios.end()) {
        bound.row = ratio->numerator;
        bound.denominator = ratio->denominator;
        bound.factor = ratio->factor;
        bound.unit = ratio->info.unit;
        return {};
    }
    const bool is_kinked =
        std::any_of(indicators.kinked.begin(), indicators.kinked.end(),
                    [&bound](const auto& one) { return one.info.id == bound.indicator; });
    if (is_kinked || is_beyond_forms(district.scenario(), bound.indicator)) {
        return "form";
    }
    if (bound.indicator == "capex") { // of the candidates it is by the calendar, see `budget`
        return "budget";
    }
    bound.row = district.row(year, bound.indicator);
    if (bound.row < 0 && bound.indicator == "land") {
        bound.unit = "mu";
        return {};
    }
    if (bound.row < 0) {
        return "not_counted";
    }
    bound.unit = indicators.info[static_cast<std::size_t>(bound.row)].unit;
    return {};
}

/// Where the margin of a change is nil, as a bound on the indicator itself: the margin is a
/// straight line of it.
std::optional<std::pair<double, bool>> bound_of_change(const model::Policy& policy,
                                                       const model::Scenario& scenario, int year) {
    const auto& period = scenario.periods.at(policy.period);
    const ChangeSince change(policy, period, scenario.region, year);
    if (!change.is_due()) {
        return std::nullopt;
    }
    const auto margin = [&](double value) {
        Judgement judged;
        change.state(judged);
        judged.margin = std::numeric_limits<double>::quiet_NaN();
        change.measure(judged, [value](const std::string&) { return std::optional(value); });
        return judged.margin;
    };
    const double at_nothing = margin(0.0);
    const double slope = margin(1.0) - at_nothing;
    if (!std::isfinite(at_nothing) || !std::isfinite(slope) || slope == 0.0) {
        return std::nullopt;
    }
    return std::pair(-at_nothing / slope, slope < 0.0);
}

class BoundMaker {
public:
    BoundMaker(const model::Scenario& scenario, const portfolio::District& district,
               std::vector<LeftOut>& left_out)
        : scenario_(scenario), district_(district), left_out_(left_out) {}

    std::vector<portfolio::Bound> make() {
        for (const auto& policy : scenario_.policies) {
            for (std::size_t i = 0; i < district_.years().size(); ++i) {
                add(policy, i);
            }
        }
        return std::move(out_);
    }

private:
    void add(const model::Policy& policy, std::size_t i) {
        const int year = district_.years()[i].year;
        if (year < policy.from || year > policy.until.value_or(year)) {
            return;
        }
        portfolio::Bound bound;
        bound.id = policy.id;
        bound.label = policy.id;
        bound.year = i;
        bound.indicator = policy.indicator;
        bound.is_hard = policy.hard;
        if (const auto why = find_rows(district_, i, bound); !why.empty()) {
            leave(policy, why);
            return;
        }
        if (policy.change != model::Change::none) {
            if (const auto change = bound_of_change(policy, scenario_, year)) {
                finish(policy, std::move(bound), change->first, change->second);
            } else if (scenario_.periods.at(policy.period).holds(year)) {
                leave(policy, "undetermined");
            }
            return;
        }
        for (const auto& [path, is_upper] :
             {std::pair(&policy.at_most, true), std::pair(&policy.at_least, false)}) {
            if (*path) {
                finish(policy, bound, bound_in(**path, year, bound.unit, policy), is_upper);
            }
        }
    }

    void finish(const model::Policy& policy, portfolio::Bound bound, double value, bool is_upper) {
        bound.value = value;
        bound.is_upper = is_upper;
        if (!bound.is_hard) {
            bound.penalty = penalty(policy, bound);
        }
        out_.push_back(std::move(bound));
    }

    [[nodiscard]] std::optional<double> penalty(const model::Policy& policy,
                                                const portfolio::Bound& bound) const {
        if (scenario_.decision_rules.empty()) {
            return std::nullopt;
        }
        const auto& penalties = scenario_.decision_rules.begin()->penalties;
        const auto found = penalties.find(policy.id);
        if (found == penalties.end()) {
            return std::nullopt;
        }
        const int year = district_.years()[bound.year].year;
        const auto quantity = found->second.at(year);
        auto wanted = units::Unit::parse("CNY");
        if (!bound.unit.empty() && bound.unit != "1") {
            wanted = wanted.per(units::Unit::parse(bound.unit));
        }
        if (!quantity.unit().is_convertible_to(wanted)) {
            throw InputError({Diagnostic{
                found->second.ruling(year).provenance.where,
                "decision_rules.penalties." + policy.id,
                fmt::format("a penalty of {} does not fit the indicator '{}', which is counted "
                            "in {}",
                            units::to_string(quantity), bound.indicator, bound.unit),
                fmt::format("write it in {}", wanted.text()),
                {},
                {}}});
        }
        const double price = quantity.in(wanted.text());
        if (bound.denominator < 0) {
            return price;
        }
        // A program counts what a ratio is over by in units of its denominator.
        const auto below = district_.form(bound.year, bound.denominator);
        return below.terms.empty() && below.constant > 0.0 ? std::optional(price / below.constant)
                                                           : std::nullopt;
    }

    void leave(const model::Policy& policy, const std::string& why) {
        if (seen_.insert(policy.id).second) {
            left_out_.push_back({policy.id, why});
        }
    }

    const model::Scenario& scenario_;
    const portfolio::District& district_;
    std::vector<LeftOut>& left_out_;
    std::set<std::string> seen_;
    std::vector<portfolio::Bound> out_;
};

[[noreturn]] void refuse_bound(const std::string& message, const std::string& help) {
    throw InputError({Diagnostic{{}, {}, message, help, {}, {}}});
}

} // namespace

std::vector<portfolio::Bound> policy_bounds(const model::Scenario& scenario,
                                            const portfolio::District& district,
                                            std::vector<LeftOut>& left_out) {
    return BoundMaker(scenario, district, left_out).make();
}

AskedBound read_asked_bound(const std::string& text, bool is_upper,
                            const model::Scenario& scenario) {
    const auto equals = text.find('=');
    if (equals == std::string::npos) {
        refuse_bound(fmt::format("'{}' bounds nothing: an amount is missing", text),
                     "write for example energy_controlled=6.2Mtce");
    }
    AskedBound out;
    out.is_upper = is_upper;
    out.indicator = text.substr(0, equals);
    out.text = text.substr(equals + 1);
    const auto kinds = model::indicator_kinds(scenario.model, scenario.groups);
    const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                   [&out](const auto& one) { return one.id == out.indicator; });
    if (kind == kinds.end()) {
        std::vector<std::string> ids;
        ids.reserve(kinds.size());
        for (const auto& one : kinds) {
            ids.push_back(one.id);
        }
        const auto near = nearest(out.indicator, ids);
        refuse_bound(fmt::format("unknown indicator '{}' to bound", out.indicator),
                     near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    }
    try {
        out.amount = units::Quantity::parse(out.text);
        (void)out.amount.in_a_year(units::Unit::parse(kind->unit));
    } catch (const Error&) {
        refuse_bound(fmt::format("'{}' is no amount of '{}', which is counted in {}", out.text,
                                 out.indicator, kind->unit),
                     fmt::format("write an amount in {}", kind->unit));
    }
    out.policy = fmt::format("{}_{}", is_upper ? "at_most" : "at_least", out.indicator);
    return out;
}

int first_year_of_choice(const portfolio::District& district) {
    int first = std::numeric_limits<int>::max();
    for (const auto& choice : district.choices()) {
        if (!choice.years.empty()) {
            first = std::min(first, choice.years.front());
        }
    }
    return first;
}

std::vector<portfolio::Bound> asked_bounds(const AskedBound& asked,
                                           const portfolio::District& district) {
    std::vector<portfolio::Bound> out;
    const int first = first_year_of_choice(district);
    for (std::size_t i = 0; i < district.years().size(); ++i) {
        if (district.years()[i].year < first) {
            continue;
        }
        portfolio::Bound bound;
        bound.id = bound.label = asked.policy;
        bound.year = i;
        bound.indicator = asked.indicator;
        bound.is_upper = asked.is_upper;
        const auto why = find_rows(district, i, bound);
        if (why == "not_counted") {
            continue;
        }
        if (!why.empty()) {
            refuse_bound(fmt::format("'{}' cannot be bounded by a program: it is no linear form",
                                     asked.indicator),
                         "bound another indicator; a budget of investment stands in "
                         "decision_rules");
        }
        bound.value = asked.amount.in_a_year(units::Unit::parse(bound.unit));
        out.push_back(std::move(bound));
    }
    if (out.empty()) {
        refuse_bound(
            fmt::format("'{}' is counted in no year that can be decided on", asked.indicator), "");
    }
    return out;
}

} // namespace chainsim::study::detail
