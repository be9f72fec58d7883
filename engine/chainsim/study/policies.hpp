#pragma once

#include <chainsim/accounts/indicators.hpp>
#include <chainsim/model/scenario.hpp>
#include <chainsim/study/basis.hpp>
#include <chainsim/system/system.hpp>

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chainsim::study {

/// What a policy says of a solved year.
enum class Verdict {
    met,
    missed,
    undetermined,  ///< a figure is missing; never counts as met
    not_applicable ///< the year lies outside the policy's time
};

[[nodiscard]] std::string_view to_string(Verdict verdict);

/// A figure that a verdict comes with.
struct Remark {
    std::string id; ///< its sentence in the catalogue is `remark_ID`
    double value = 0.0;
    std::string unit;
};

/// How a change stands against what is due: the barometer of dual control (晴雨表).
enum class Colour {
    none,
    green,  ///< what is due by the year is reached
    orange, ///< short of what is due, though the target itself is not passed the wrong way
    red     ///< it went the wrong way, or past the target
};

[[nodiscard]] std::string_view to_string(Colour colour);

/// A policy, judged: a verdict always comes with its formula and its inputs.
///
/// Units  value, bound and margin are in `unit`, that of the indicator; NaN where there is none.
struct Judgement {
    std::string id;
    model::Name name;
    model::PolicyGroup group = model::PolicyGroup::plan;
    std::string indicator;
    std::string formula; ///< "coal_mined <= bound"
    std::vector<std::pair<std::string, double>> inputs;
    double value = 0.0;
    Basis basis = Basis::planned; ///< of the value
    double bound = 0.0;
    double margin = 0.0; ///< room left: positive if the bound is kept
    /// Lowest and highest value within the ranges of the base figures; of a change.
    std::optional<std::pair<double, double>> range;
    double turns_at = 0.0; ///< the bound, of a change the target, at which the verdict turns
    std::vector<Remark> remarks;
    Colour colour = Colour::none; ///< of a change
    std::string unit;
    bool hard = true;
    /// The verdict rests on an assumption: the bound is one, or that part of the value which is
    /// assumed is larger than the margin.
    bool illustration = false;
    Verdict verdict = Verdict::undetermined;
    std::vector<std::string> missing; ///< ids of the figures that a verdict would need
    std::string source;
    model::Confidence confidence = model::Confidence::assumption;
};

/// A figure that a judgement comes with; NaN if it has none of that id.
[[nodiscard]] double remark_of(const Judgement& judged, std::string_view id);

/// Shares of confidence by indicator, as accounts::confidence_shares gives them.
using ConfidenceShares = std::map<std::string, std::array<double, 5>>;

/// Judges every policy of a scenario on a solved year, by id; one with two bounds is judged twice.
///
/// Errors  InputError with the place of a bound whose unit does not fit its indicator.
[[nodiscard]] std::vector<Judgement> judge(const model::Scenario& scenario,
                                           const system::System& system,
                                           const std::vector<accounts::IndicatorValue>& values,
                                           const ConfidenceShares& shares);

/// The same with other policies in the place of those of the scenario, bounds that are tried: only
/// id, group, verdict, value, bound and margin, without how they came about.
[[nodiscard]] std::vector<Judgement>
try_policies(const model::Registry<model::Policy>& policies, const model::Scenario& scenario,
             const system::System& system, const std::vector<accounts::IndicatorValue>& values);

/// A bound in the unit of its indicator. Indicators are counted over a year, so that a bound may be
/// written per year or without.
///
/// Errors  InputError with the place of a bound whose unit does not fit.
[[nodiscard]] double bound_in(const model::Path& path, int year, const std::string& unit,
                              const model::Policy& policy);

struct Told;

/// The same on a year with the statistics in it; every value then says its basis.
[[nodiscard]] std::vector<Judgement> judge(const model::Scenario& scenario,
                                           const system::System& system, const Told& told);

} // namespace chainsim::study
