#include <chainsim/base/error.hpp>
#include <chainsim/model/datum.hpp>
#include <chainsim/number/tape.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace chainsim::model {

std::string_view to_string(Confidence confidence) {
    switch (confidence) {
    case Confidence::seed:
        return "seed";
    case Confidence::verified:
        return "verified";
    case Confidence::known:
        return "known";
    case Confidence::estimate:
        return "estimate";
    case Confidence::assumption:
        return "assumption";
    }
    return {};
}

std::optional<Confidence> to_confidence(std::string_view text) {
    for (const Confidence confidence : confidences) {
        if (to_string(confidence) == text) {
            return confidence;
        }
    }
    return std::nullopt;
}

std::string_view to_string(Distribution distribution) {
    switch (distribution) {
    case Distribution::none:
        return "none";
    case Distribution::uniform:
        return "uniform";
    case Distribution::triangular:
        return "triangular";
    case Distribution::normal:
        return "normal";
    case Distribution::lognormal:
        return "lognormal";
    case Distribution::pert:
        return "pert";
    }
    return {};
}

Path::Path(Datum constant) { points_.emplace_back(constant_year, std::move(constant)); }

Path::Path(std::vector<std::pair<int, Datum>> points, Interpolation interpolation)
    : points_(std::move(points)), interpolation_(interpolation) {
    CHAINSIM_EXPECT(!points_.empty(), "a path needs at least one point");
    for (std::size_t i = 1; i < points_.size(); ++i) {
        CHAINSIM_EXPECT(points_[i - 1].first < points_[i].first, "years of a path ascend");
        CHAINSIM_EXPECT(
            points_[i].second.value.unit() == points_[0].second.value.unit(),
            fmt::format("all points of a path are in {}", points_[0].second.value.unit().text()));
    }
}

const Datum& Path::ruling(int year) const {
    CHAINSIM_EXPECT(!points_.empty(), "an empty path has no value");
    const auto after =
        std::upper_bound(points_.begin(), points_.end(), year,
                         [](int wanted, const auto& point) { return wanted < point.first; });
    return after == points_.begin() ? after->second : std::prev(after)->second;
}

Confidence Path::confidence_at(int year) const {
    CHAINSIM_EXPECT(!points_.empty(), "an empty path has no value");
    const auto after =
        std::upper_bound(points_.begin(), points_.end(), year,
                         [](int wanted, const auto& point) { return wanted < point.first; });
    const auto sure = [](const auto& point) { return point->second.provenance.confidence; };
    if (after == points_.begin()) {
        return std::max(sure(after), Confidence::estimate); // before the first point
    }
    const auto before = std::prev(after);
    if (before->first == year || before->first == constant_year ||
        interpolation_ == Interpolation::step) {
        return sure(before);
    }
    return std::max(sure(before), after == points_.end() ? Confidence::estimate : sure(after));
}

number::Number read(const Datum& datum, const units::Unit& unit) {
    const double value = datum.value.in(unit);
    return number::is_plain()
               ? value
               : number::read(&datum, value, units::Quantity(1.0, datum.value.unit()).in(unit));
}

number::Number Path::read(int year, const units::Unit& unit) const {
    if (number::is_plain()) {
        return at(year).in(unit);
    }
    const auto after =
        std::upper_bound(points_.begin(), points_.end(), year,
                         [](int wanted, const auto& point) { return wanted < point.first; });
    const bool lies_between = after != points_.begin() && after != points_.end() &&
                              interpolation_ == Interpolation::linear &&
                              std::prev(after)->first != year;
    if (!lies_between) {
        return model::read(ruling(year), unit);
    }
    const auto& [year_before, before] = *std::prev(after);
    const double share =
        static_cast<double>(year - year_before) / static_cast<double>(after->first - year_before);
    const auto& own = before.value.unit();
    const auto first = model::read(before, own);
    const auto value = first + share * (model::read(after->second, own) - first);
    return value * units::Quantity(1.0, own).in(unit);
}

number::Number Path::read_in_a_year(int year, const units::Unit& unit) const {
    static const auto a_year = units::Unit::parse("a");
    CHAINSIM_EXPECT(!points_.empty(), "an empty path has no value");
    const bool is_amount = points_.front().second.value.unit().is_convertible_to(unit);
    return read(year, is_amount ? unit : unit.per(a_year));
}

units::Quantity Path::at(int year) const {
    CHAINSIM_EXPECT(!points_.empty(), "an empty path has no value");
    const auto after =
        std::upper_bound(points_.begin(), points_.end(), year,
                         [](int wanted, const auto& point) { return wanted < point.first; });
    if (after == points_.begin()) {
        return after->second.value;
    }
    const auto& [year_before, before] = *std::prev(after);
    if (after == points_.end() || interpolation_ == Interpolation::step || year_before == year) {
        return before.value;
    }
    const double share =
        static_cast<double>(year - year_before) / static_cast<double>(after->first - year_before);
    const double first = before.value.number();
    const double second = after->second.value.number();
    return {first + share * (second - first), before.value.unit()};
}

} // namespace chainsim::model
