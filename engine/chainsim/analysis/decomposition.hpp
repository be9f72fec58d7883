#pragma once

#include <string>
#include <vector>

namespace chainsim::analysis {

/// A part of an economy in two years: what it adds and what energy it uses for that.
///
/// Units  any, the same for all parts.
struct ActivityPart {
    std::string id;
    double activity_before = 0.0;
    double activity_after = 0.0;
    double energy_before = 0.0;
    double energy_after = 0.0;
};

/// What of the change of energy is due to scale, structure and intensity.
struct Effects {
    double scale = 0.0;     ///< all activity grew
    double structure = 0.0; ///< shares of the parts in it moved
    double intensity = 0.0; ///< energy per activity of the parts moved
    double other = 0.0; ///< parts with negative activity or energy, which have no share to speak of

    [[nodiscard]] double sum() const { return scale + structure + intensity + other; }
};

struct Decomposition {
    std::vector<ActivityPart> parts; ///< as given
    std::vector<Effects> effects;    ///< by part
    Effects total;                   ///< sums to the change of all energy, to rounding
};

/// The additive logarithmic mean Divisia index (LMDI-I) of E = sum Q S_i I_i, with Q the activity
/// of all parts, S_i the share of a part in it and I_i its energy per activity:
///
///     scale_i = L(E_i', E_i) ln(Q'/Q), with L(a, b) = (a - b) / ln(a / b), and so on.
///
/// It leaves no residual. A part that appears or disappears is a change of structure: the limit of
/// a vanishing share at its intensity. What has activity or energy below zero in one of the years,
/// or energy without activity, has no logarithm; its change is `other`, and it is no part of Q.
///
/// Source  B. W. Ang, The LMDI approach to decomposition analysis: a practical guide, Energy Policy
///         33 (2005) 867-871; B. W. Ang & N. Liu, Handling zero values in the LMDI decomposition
///         approach, Energy Policy 35 (2007) 238-246.
[[nodiscard]] Decomposition decompose(std::vector<ActivityPart> parts);

} // namespace chainsim::analysis
