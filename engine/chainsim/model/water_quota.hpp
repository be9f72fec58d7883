#pragma once

#include <chainsim/model/unit_standard.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::model {

/// Water that a unit of product may take, in one edition: the general value (通用值) is what
/// plants that stand must keep, the advanced one (先进值) what new plants must keep.
struct QuotaEdition {
    std::string number;
    EditionYears years;
    Datum general;
    std::optional<Datum> advanced; ///< absent where the edition has none
    Provenance provenance;
};

/// A water quota (用水定额): how the water of a product is counted, and how much of it is allowed.
struct WaterQuota {
    std::string id;
    Name name;
    units::Unit unit;     ///< of all its figures: m3/t, m3/MWh
    double scale = 1.0;   ///< one m3 per unit of the product, in `unit`
    std::string boundary; ///< in words
    Boundary plants;
    std::vector<std::pair<Index<Commodity>, double>> waters; ///< m3 counted per unit taken
    std::string not_judged;                                  ///< why no plant is judged, or empty
    std::vector<QuotaEdition> editions;                      ///< by year, without overlap
    Provenance provenance;
};

} // namespace chainsim::model
