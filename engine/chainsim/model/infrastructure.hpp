#pragma once

#include <chainsim/model/commodity.hpp>
#include <chainsim/model/datum.hpp>
#include <chainsim/model/registry.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chainsim::model {

/// A transformer station by which the district draws power. No balance binds it: what it can take
/// is set against the load beside the solved year.
struct Substation {
    std::string id;
    Name name;
    std::optional<int> level_kv;   ///< voltage of its higher side: stations of one level stand
                                   ///< beside each other, levels behind each other
    std::optional<Datum> capacity; ///< MVA of all its transformers, or of those that are added
    std::optional<Datum> load;     ///< MW, the highest in the base year; absent of a new one: none
    std::optional<int> start;      ///< first year; absent: it stands in the base year
    std::string project;           ///< that builds it: without it there is no station
    Provenance provenance;
};

enum class FreightDirection { in, out };

/// How goods come into the district or leave it.
struct FreightRoute {
    std::string id;
    Name name;
    FreightDirection direction = FreightDirection::out;
    std::vector<Index<Commodity>> commodities; ///< empty: all that no other route names
    bool by_pipe = false;                      ///< neither road nor rail
    std::optional<Path> rail;                  ///< share of the mass; absent: not known
    std::optional<Datum> road_distance;        ///< km
    std::optional<Datum> rail_distance;        ///< km
    Provenance provenance;
};

} // namespace chainsim::model
