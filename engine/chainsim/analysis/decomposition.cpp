#include <chainsim/analysis/decomposition.hpp>

#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsim::analysis {

namespace {

enum class Kind { stays, appears, disappears, absent, other };

Kind kind_of(const ActivityPart& part) {
    const auto is_used = [](double activity, double energy) {
        return activity > 0.0 && energy > 0.0;
    };
    const auto is_absent = [](double activity, double energy) {
        return activity == 0.0 && energy == 0.0;
    };
    const bool before = is_used(part.activity_before, part.energy_before);
    const bool after = is_used(part.activity_after, part.energy_after);
    const bool none_before = is_absent(part.activity_before, part.energy_before);
    const bool none_after = is_absent(part.activity_after, part.energy_after);
    if (before && after) {
        return Kind::stays;
    }
    if (none_before && after) {
        return Kind::appears;
    }
    if (before && none_after) {
        return Kind::disappears;
    }
    return none_before && none_after ? Kind::absent : Kind::other;
}

double logarithmic_mean(double a, double b) {
    constexpr double equal = 1e-12;
    const double ratio = std::log(a / b);
    return std::abs(ratio) < equal ? 0.5 * (a + b) : (a - b) / ratio;
}

/// Effects of a part that is there in both years; `growth` is Q' / Q.
Effects effects_of(const ActivityPart& part, double growth) {
    const double weight = logarithmic_mean(part.energy_after, part.energy_before);
    const double activity = part.activity_after / part.activity_before;
    const double energy = part.energy_after / part.energy_before;
    return {weight * std::log(growth), weight * std::log(activity / growth),
            weight * std::log(energy / activity), 0.0};
}

} // namespace

Decomposition decompose(std::vector<ActivityPart> parts) {
    Decomposition out;
    out.parts = std::move(parts);
    double before = 0.0;
    double after = 0.0;
    for (const auto& part : out.parts) {
        if (kind_of(part) != Kind::other) {
            before += part.activity_before;
            after += part.activity_after;
        }
    }
    const double growth = before > 0.0 && after > 0.0 ? after / before : 1.0;
    out.effects.reserve(out.parts.size());
    for (const auto& part : out.parts) {
        Effects one;
        switch (kind_of(part)) {
        case Kind::stays:
            one = effects_of(part, growth);
            break;
        case Kind::appears:
            one.structure = part.energy_after;
            break;
        case Kind::disappears:
            one.structure = -part.energy_before;
            break;
        case Kind::absent:
            break;
        case Kind::other:
            one.other = part.energy_after - part.energy_before;
            break;
        }
        out.total.scale += one.scale;
        out.total.structure += one.structure;
        out.total.intensity += one.intensity;
        out.total.other += one.other;
        out.effects.push_back(one);
    }
    return out;
}

} // namespace chainsim::analysis
