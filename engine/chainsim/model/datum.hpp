#pragma once

#include <chainsim/base/source_location.hpp>
#include <chainsim/number/number.hpp>
#include <chainsim/units/quantity.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chainsim::model {

/// A name as planners read it.
struct Name {
    std::string zh;
    std::string en;
};

/// How sure a figure is, from the plan itself down to a guess.
enum class Confidence { seed, verified, known, estimate, assumption };

inline constexpr std::array confidences{Confidence::seed, Confidence::verified, Confidence::known,
                                        Confidence::estimate, Confidence::assumption};

[[nodiscard]] std::string_view to_string(Confidence confidence);
[[nodiscard]] std::optional<Confidence> to_confidence(std::string_view text);

/// Shape of the uncertainty of a figure within its range.
enum class Distribution { none, uniform, triangular, normal, lognormal, pert };

[[nodiscard]] std::string_view to_string(Distribution distribution);

/// Where a figure comes from.
struct Provenance {
    Confidence confidence = Confidence::assumption;
    std::string source; ///< free text, or the title behind a key of `sources:`
    std::string note;
    SourceLocation where;
};

/// A figure: value, plausible range (in the unit of the value), and provenance.
struct Datum {
    units::Quantity value;
    std::optional<std::pair<double, double>> range;
    Distribution distribution = Distribution::none;
    Provenance provenance;
};

/// A figure as accounts read it: a parameter of the recording where one goes on (number/tape.hpp).
///
/// Errors   UnitError.
[[nodiscard]] number::Number read(const Datum& datum, const units::Unit& unit);

enum class Interpolation { linear, step };

/// A figure that changes over the years: given points, flat outside them.
class Path {
public:
    Path() = default;
    explicit Path(Datum constant);
    /// Points by ascending year, all in the unit of the first.  Errors  ContractError otherwise.
    Path(std::vector<std::pair<int, Datum>> points, Interpolation interpolation);

    [[nodiscard]] bool empty() const noexcept { return points_.empty(); }
    [[nodiscard]] units::Quantity at(int year) const; ///< Errors  ContractError if empty
    /// The same as accounts read it: made of the given points, which may be parameters.
    ///
    /// Errors   ContractError if empty; UnitError.
    [[nodiscard]] number::Number read(int year, const units::Unit& unit) const;
    /// An amount of one year, which may be written as such or per year.
    [[nodiscard]] number::Number read_in_a_year(int year, const units::Unit& unit) const;
    /// The given point that rules in `year`: the last at or before it, or the first.
    [[nodiscard]] const Datum& ruling(int year) const;
    /// How sure the value in `year` is: between two points as sure as the weaker of them, outside
    /// of all points at best an estimate. A step holds until the next one as it stands.
    [[nodiscard]] Confidence confidence_at(int year) const;
    [[nodiscard]] const std::vector<std::pair<int, Datum>>& points() const noexcept {
        return points_;
    }
    [[nodiscard]] Interpolation interpolation() const noexcept { return interpolation_; }

private:
    static constexpr int constant_year = 0;

    std::vector<std::pair<int, Datum>> points_; ///< a constant has one point, year 0
    Interpolation interpolation_ = Interpolation::linear;
};

} // namespace chainsim::model
