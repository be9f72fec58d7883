#pragma once

#include <chainsim/model/commodity.hpp>
#include <chainsim/model/energy_balance.hpp>
#include <chainsim/model/registry.hpp>

#include <map>
#include <optional>
#include <string>

namespace chainsim::model {

/// One side of a market: may it be traded, at what price, up to what amount.
struct MarketSide {
    bool allowed = false;
    std::optional<Path> price; ///< without VAT; absent: the price table
    std::optional<Path> limit; ///< per year; absent: no limit
    bool before_local = false; ///< buy side: bought before local makers are called
    SourceLocation where;
};

/// Where a commodity is bought and sold across the boundary of the region.
struct Market {
    std::string id; ///< commodity id
    Index<Commodity> commodity;
    std::optional<MarketSide> buy;  ///< absent: the default of the commodity
    std::optional<MarketSide> sell; ///< absent: the default of the commodity
    Provenance provenance;
};

/// Amount of a commodity that must be delivered each year.
struct Demand {
    std::string id; ///< commodity id
    Index<Commodity> commodity;
    Path amount;
    Provenance provenance;
};

/// A figure of the statistics of the base year, and what a run says of the same thing.
struct Statistic {
    Name name;
    Datum datum;
    std::string indicator;    ///< that counts the same in a run, or empty
    std::string explanation;  ///< why the two differ, or why nothing can be set against it
    bool same_source = false; ///< as the plants of the study: agreement is no check
};

/// What share of the energy of the rest of the economy a sector uses.
struct SectorUse {
    std::optional<Path> fuel; ///< of coal, oil, gas and heat
    std::optional<Path> power;
};

/// A district: its statistics and what lies outside the modelled plants.
struct Region {
    std::string id;
    Name name;
    int base_year = 0;
    std::map<std::string, Statistic> statistics;
    std::map<std::string, Path> rest_of_economy; ///< gdp, energy, power, co2, fresh_water, by key
    std::map<Sector, SectorUse> sectors;         ///< into which the energy of the rest is split
    std::map<std::string, Path> resources;
    Provenance provenance;
};

} // namespace chainsim::model
