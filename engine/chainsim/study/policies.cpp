#include <chainsim/base/diagnostic.hpp>
#include <chainsim/model/indicator_kinds.hpp>
#include <chainsim/study/detail/change.hpp>
#include <chainsim/study/policies.hpp>
#include <chainsim/study/told.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

namespace chainsim::study {

namespace {

using Values = std::vector<accounts::IndicatorValue>;

const accounts::IndicatorValue* find(const Values& values, const std::string& id) {
    const auto found = std::find_if(values.begin(), values.end(),
                                    [&id](const auto& value) { return value.id == id; });
    return found == values.end() ? nullptr : &*found;
}

const system::RatioInfo* find_ratio(const system::Indicators& indicators, const std::string& id) {
    const auto found = std::find_if(indicators.ratios.begin(), indicators.ratios.end(),
                                    [&id](const auto& ratio) { return ratio.info.id == id; });
    return found == indicators.ratios.end() ? nullptr : &*found;
}

/// Sums of a thousand flows agree with a bound that they meet exactly to rounding only.
Verdict verdict_of(const Judgement& judged) {
    const double rounding = 1e-12 * std::max(std::abs(judged.bound), std::abs(judged.value));
    return judged.margin >= -rounding ? Verdict::met : Verdict::missed;
}

class PolicyJudge {
public:
    /// `explains`: whether to say how a verdict came about, and what is missing for one.
    PolicyJudge(const model::Scenario& scenario, const system::System& system, const Values& values,
                const ConfidenceShares& shares, bool explains)
        : scenario_(scenario), system_(system), values_(values), shares_(shares),
          explains_(explains) {}

    [[nodiscard]] Judgement judge(const model::Policy& policy,
                                  const std::optional<model::Path>& bound, bool at_most) const {
        Judgement result = stated(policy);
        const auto* value = find(values_, policy.indicator);
        explain(result, policy, value, at_most);
        if (bound) {
            const auto& given = bound->ruling(system_.year).provenance;
            result.source = given.source.empty() ? policy.provenance.source : given.source;
            result.confidence = given.confidence;
        }
        if (system_.year < policy.from || system_.year > policy.until.value_or(system_.year)) {
            result.verdict = Verdict::not_applicable;
            return result;
        }
        if (value == nullptr) {
            result.missing.push_back(missing_for(policy.indicator));
        }
        if (!bound) {
            result.missing.emplace_back("bound");
        }
        if (value == nullptr || !bound) {
            return result;
        }
        result.bound = bound_in(*bound, system_.year, value->unit, policy);
        result.margin = at_most ? result.bound - value->value : value->value - result.bound;
        result.verdict = verdict_of(result);
        result.turns_at = value->value;
        result.illustration = rests_on_assumption(result);
        return result;
    }

    /// A change since the base of a period, in the years of the period.
    [[nodiscard]] Judgement judge_change(const model::Policy& policy) const {
        Judgement result = stated(policy);
        const auto& period = scenario_.periods.at(policy.period);
        if (policy.target) {
            const auto& given = policy.target->ruling(system_.year).provenance;
            result.source = given.source.empty() ? policy.provenance.source : given.source;
            result.confidence = given.confidence;
        }
        const detail::ChangeSince change(policy, period, scenario_.region, system_.year);
        change.state(result);
        if (!change.is_due()) {
            result.verdict = Verdict::not_applicable;
            return result;
        }
        change.measure(result, [this](const std::string& id) {
            const auto* found = find(values_, id);
            return found == nullptr ? std::nullopt : std::optional(found->value);
        });
        for (auto& missing : result.missing) {
            if (missing == policy.indicator) {
                missing = missing_for(policy.indicator);
            }
        }
        if (!std::isfinite(result.margin)) {
            return result; // and `missing` says why
        }
        result.verdict = verdict_of(result);
        result.illustration = change.rests_on_guess() || rests_on_assumption(result);
        return result;
    }

private:
    static Judgement stated(const model::Policy& policy) {
        Judgement result;
        result.id = policy.id;
        result.name = policy.name;
        result.group = policy.group;
        result.indicator = policy.indicator;
        result.hard = policy.hard;
        result.source = policy.provenance.source;
        result.confidence = policy.provenance.confidence;
        result.value = table::absent;
        result.bound = table::absent;
        result.margin = table::absent;
        result.turns_at = table::absent;
        return result;
    }

    /// The formula, and the figures that stand in it.
    void explain(Judgement& result, const model::Policy& policy,
                 const accounts::IndicatorValue* value, bool at_most) const {
        if (value != nullptr) {
            result.value = value->value;
            result.unit = value->unit;
        }
        if (!explains_) {
            return;
        }
        const char* sign = at_most ? "<=" : ">=";
        result.formula = fmt::format("{} {} bound", policy.indicator, sign);
        if (value == nullptr) {
            return;
        }
        const auto* ratio = find_ratio(system_.indicators, policy.indicator);
        if (ratio == nullptr) {
            result.inputs.emplace_back(policy.indicator, value->value);
            return;
        }
        std::vector<const std::string*> parts;
        for (const int part : {ratio->numerator, ratio->denominator}) {
            const auto& info = system_.indicators.info[static_cast<std::size_t>(part)];
            parts.push_back(&info.id);
            if (const auto* known = find(values_, info.id)) {
                result.inputs.emplace_back(info.id, known->value);
            }
        }
        result.formula = fmt::format("{} = {} * {} / {} {} bound", policy.indicator, ratio->factor,
                                     *parts[0], *parts[1], sign);
    }

    [[nodiscard]] bool rests_on_assumption(const Judgement& result) const {
        const auto found = shares_.find(result.indicator);
        const double share =
            found == shares_.end()
                ? 0.0
                : found->second[static_cast<std::size_t>(model::Confidence::assumption)];
        return result.confidence == model::Confidence::assumption ||
               (share > 0.0 && share * std::abs(result.value) >= std::abs(result.margin));
    }

    /// The figure whose absence leaves an indicator out: a factor of the library, or itself.
    [[nodiscard]] std::string missing_for(const std::string& indicator) const {
        if (!explains_) {
            return indicator;
        }
        if (const auto* ratio = find_ratio(system_.indicators, indicator)) {
            const auto& below =
                system_.indicators.info[static_cast<std::size_t>(ratio->denominator)].id;
            if (find(values_, indicator) == nullptr && find(values_, below) != nullptr) {
                return below + " > 0";
            }
        }
        for (const auto& kind : model::indicator_kinds(scenario_.model, scenario_.groups)) {
            if (kind.id == indicator && !kind.factor.empty() &&
                !scenario_.model.factors.contains(kind.factor)) {
                return kind.factor;
            }
        }
        return indicator;
    }

    const model::Scenario& scenario_;
    const system::System& system_;
    const Values& values_;
    const ConfidenceShares& shares_;
    bool explains_;
};

std::vector<Judgement> judge_all(const model::Registry<model::Policy>& policies,
                                 const PolicyJudge& judge) {
    std::vector<Judgement> result;
    for (const auto& policy : policies) {
        if (policy.change != model::Change::none) {
            result.push_back(judge.judge_change(policy));
            continue;
        }
        if (policy.at_most || !policy.at_least) {
            result.push_back(judge.judge(policy, policy.at_most, true));
        }
        if (policy.at_least) {
            result.push_back(judge.judge(policy, policy.at_least, false));
        }
    }
    return result;
}

} // namespace

double bound_in(const model::Path& path, int year, const std::string& unit,
                const model::Policy& policy) {
    const units::Quantity bound = path.at(year);
    const auto wanted = units::Unit::parse(unit);
    if (bound.unit().is_convertible_to(wanted) ||
        bound.unit().is_convertible_to(wanted.per(units::Unit::parse("a")))) {
        return bound.in_a_year(wanted);
    }
    throw InputError({Diagnostic{
        path.ruling(year).provenance.where,
        "policies." + policy.id,
        fmt::format("a bound of {} does not fit the indicator '{}', which is counted in {}",
                    units::to_string(bound), policy.indicator, unit),
        fmt::format("write a bound in {}", unit),
        {},
        {}}});
}

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
    case Verdict::met:
        return "met";
    case Verdict::missed:
        return "missed";
    case Verdict::undetermined:
        return "undetermined";
    case Verdict::not_applicable:
        return "not_applicable";
    }
    return {};
}

std::string_view to_string(Colour colour) {
    switch (colour) {
    case Colour::none:
        return "none";
    case Colour::green:
        return "green";
    case Colour::orange:
        return "orange";
    case Colour::red:
        return "red";
    }
    return {};
}

double remark_of(const Judgement& judged, std::string_view id) {
    const auto found = std::find_if(judged.remarks.begin(), judged.remarks.end(),
                                    [id](const auto& one) { return one.id == id; });
    return found == judged.remarks.end() ? table::absent : found->value;
}

std::vector<Judgement> judge(const model::Scenario& scenario, const system::System& system,
                             const Values& values, const ConfidenceShares& shares) {
    return judge_all(scenario.policies, PolicyJudge(scenario, system, values, shares, true));
}

std::vector<Judgement> try_policies(const model::Registry<model::Policy>& policies,
                                    const model::Scenario& scenario, const system::System& system,
                                    const Values& values) {
    const ConfidenceShares unknown;
    return judge_all(policies, PolicyJudge(scenario, system, values, unknown, false));
}

std::vector<Judgement> judge(const model::Scenario& scenario, const system::System& system,
                             const Told& told) {
    auto out = judge(scenario, system, told.values, told.shares);
    for (auto& one : out) {
        one.basis = told.basis_of(one.indicator);
        const auto gap = told.gaps.find(one.indicator);
        if (gap != told.gaps.end() && one.verdict != Verdict::not_applicable) {
            one.verdict = Verdict::undetermined;
            one.colour = Colour::none;
            one.missing.insert(one.missing.end(), gap->second.begin(), gap->second.end());
        }
    }
    return out;
}

} // namespace chainsim::study
