#pragma once

#include <chainsim/model/dual_control.hpp>
#include <chainsim/model/policy.hpp>
#include <chainsim/model/region.hpp>
#include <chainsim/study/policies.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::study::detail {

/// A figure with its lowest and highest plausible value.
struct Span {
    double low = 0.0;
    double value = 0.0;
    double high = 0.0;
};

/// The base figures of a period, and what indicators were in the base year by its rule.
///
/// Units  as the indicators: tce, t, CNY, tce/万元, t/万元.
class Base {
public:
    Base(const model::Period& period, const model::Region& region)
        : period_(period), region_(region) {}

    /// A figure of the base year; absent, and noted by its symbol (E_0), where it is not known.
    [[nodiscard]] std::optional<Span> figure(const std::string& key,
                                             std::vector<std::string>& missing) const;
    /// An indicator in the base year, by the rule of the period: what the rule deducts now is
    /// deducted there as well.
    [[nodiscard]] std::optional<Span> of(const std::string& indicator,
                                         std::vector<std::string>& missing) const;
    /// Keys of the figures of the period that an indicator is made of.
    [[nodiscard]] std::vector<std::string> parts_of(const std::string& indicator) const;
    /// Whether one of these figures is no better than an estimate.
    [[nodiscard]] bool is_guessed(const std::vector<std::string>& keys) const;

private:
    const model::Period& period_;
    const model::Region& region_;
};

/// One policy on a change since the base of a period, in one year.
class ChangeSince {
public:
    ChangeSince(const model::Policy& policy, const model::Period& period,
                const model::Region& region, int year);

    /// Formula, unit and target: what can be said before anything is counted.
    void state(Judgement& judged) const;
    /// Whether something is due in the year.
    [[nodiscard]] bool is_due() const;
    /// Value, bound, margin, range, colour, remarks, or what is missing for them.
    /// `value_of` gives an indicator of the year.
    void measure(Judgement& judged,
                 const std::function<std::optional<double>(const std::string&)>& value_of) const;
    [[nodiscard]] bool rests_on_guess() const;

private:
    /// Is it an intensity over the GDP of the district?
    [[nodiscard]] bool is_of_district() const;
    /// The indicator in the base year: as the policy states it, or from the figures of the period.
    [[nodiscard]] std::optional<Span> base(std::vector<std::string>& missing) const;
    [[nodiscard]] double due(double target) const;
    [[nodiscard]] double target_for(double value) const;
    void measure_drop(Judgement& judged, double now, const Span& base) const;
    void measure_rise(Judgement& judged, double now, const Span& base) const;
    void remark_allowed_growth(Judgement& judged) const;
    void remark_on_ratio(Judgement& judged, double now, double allowed) const;

    const model::Policy& policy_;
    const model::Period& period_;
    Base base_;
    int year_;
    double passed_; ///< years since the base
    double whole_;  ///< years of the period
};

} // namespace chainsim::study::detail
