#pragma once

#include <chainsim/model/commodity.hpp>
#include <chainsim/model/process.hpp>
#include <chainsim/model/registry.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::model {

struct Factor;

/// The years that an edition rules, both included; a year belongs to the edition that was in force
/// for most of it.
struct EditionYears {
    int from = 0;
    std::optional<int> until;

    [[nodiscard]] bool holds(int year) const noexcept {
        return year >= from && (!until || year <= *until);
    }
};

/// Limits of a national standard in one of its editions. Level 1 is advanced, level 2 what new
/// plants must keep, level 3 what every plant must keep.
struct LimitEdition {
    std::string number; ///< "GB 21342-2025"
    EditionYears years;
    std::array<std::optional<Datum>, 3> levels; ///< in the unit of the standard
    /// Added to level 3 for the share of the product that passes a process: wet quenching.
    std::vector<std::pair<Index<Process>, Datum>> allowances;
    std::string not_read; ///< why it has no figures, or empty
    Provenance provenance;
};

/// Benchmark (标杆) and baseline (基准) of a list of the authorities in one of its editions.
struct GradeEdition {
    std::string number;
    EditionYears years;
    Datum benchmark;
    Datum baseline;
    Provenance provenance;
};

/// A step of the boundary, whose plants are linked to those before it by one commodity.
struct BoundaryStep {
    Index<Commodity> link;
    bool is_downstream = false;            ///< it takes the link; else it makes it
    std::vector<Index<Process>> processes; ///< variants
};

/// Which plants a standard judges, and what of the district belongs to each of them.
struct Boundary {
    std::vector<Index<Process>> makers; ///< each plant that runs one is judged; none: not judged
    std::vector<BoundaryStep> steps;    ///< in order of their links
    /// What counts as product and how much of it: less what the boundary takes of it itself.
    std::vector<std::pair<Index<Commodity>, double>> products;
};

/// What a standard says of the energy that one unit of a product takes: how it is counted, and how
/// much of it is allowed, by edition.
struct UnitStandard {
    std::string id;
    Name name;
    units::Unit unit;        ///< of all its figures: kgce/t, gce/kWh
    double scale = 1.0;      ///< one kgce per unit of the product, in `unit`
    std::string boundary;    ///< in words
    bool only_named = false; ///< judges only plants that name it, not all that run a maker
    Boundary plants;
    bool counts_feedstock = true;
    std::optional<Datum> electricity; ///< as the standard prescribes; absent: fuels alone count
    std::vector<std::pair<Index<Commodity>, std::string>> media; ///< energy media, with factors
    std::optional<std::pair<double, double>> plausible;          ///< what plants of the trade reach
    std::string no_limit;             ///< why there are no editions, or empty
    std::string not_judged;           ///< why no plant is judged, or empty
    std::vector<LimitEdition> limits; ///< by year, without overlap
    std::vector<GradeEdition> grades; ///< by year, without overlap
    Provenance provenance;
};

/// The edition that rules in a year, or null.
template <class Edition>
[[nodiscard]] const Edition* edition_in(const std::vector<Edition>& editions, int year) {
    const auto found =
        std::find_if(editions.begin(), editions.end(),
                     [year](const Edition& edition) { return edition.years.holds(year); });
    return found == editions.end() ? nullptr : &*found;
}

} // namespace chainsim::model
