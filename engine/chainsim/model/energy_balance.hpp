#pragma once

#include <chainsim/model/commodity.hpp>
#include <chainsim/model/registry.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::model {

struct Factor;

/// Who uses energy, as in the lines of a regional energy balance.
///
/// Source  能源统计报表制度; GB/T 4754-2017 for the divisions behind them.
enum class Sector { agriculture, industry, construction, transport, trade, services, households };

inline constexpr std::size_t sector_count = 7;

[[nodiscard]] std::string_view to_string(Sector sector);

/// The sector of an industry that begins with a code of GB/T 4754-2017 ("2521 coking"), if it does.
/// Division 05, services to farms, counts to agriculture as in the balance.
[[nodiscard]] std::optional<Sector> sector_of(std::string_view industry);

/// A column of the regional energy balance: energy products that statistics count as one.
struct EnergyCarrier {
    std::string id;
    Name name;
    int position = 0;
    units::Unit unit; ///< physical; that of all its commodities
    std::vector<Index<Commodity>> commodities;
    /// Who uses what is sold within the district, by commodity id.
    std::map<std::string, Sector> delivered_to;
    Provenance provenance;
};

/// A line of transformation (加工转换): plants whose reference product is one of `products`.
struct EnergyTransformation {
    std::string id;
    Name name;
    int position = 0;
    std::vector<Index<Commodity>> products;
    Provenance provenance;
};

/// How enterprises of some industries report CO2 (企业温室气体核算指南).
///
/// Source  GB/T 32151 by industry.
struct CarbonGuideline {
    std::string id;
    Name name;
    std::vector<std::string> industries; ///< how their codes begin
    bool deducts_given = true;           ///< power and heat given are deducted from what is taken
    Provenance provenance;
};

/// An energy-consuming medium (耗能工质): what a plant takes of it counts as energy.
///
/// Source  GB/T 2589-2020, table B.1.
struct EnergyMedium {
    std::string id; ///< commodity id
    Index<Commodity> commodity;
    std::string factor; ///< id
    Provenance provenance;
};

} // namespace chainsim::model
