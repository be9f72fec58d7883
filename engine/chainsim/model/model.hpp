#pragma once

#include <chainsim/model/commodity.hpp>
#include <chainsim/model/dual_control.hpp>
#include <chainsim/model/economics.hpp>
#include <chainsim/model/energy_balance.hpp>
#include <chainsim/model/pollutant.hpp>
#include <chainsim/model/process.hpp>
#include <chainsim/model/registry.hpp>
#include <chainsim/model/review_rule.hpp>
#include <chainsim/model/unit_standard.hpp>
#include <chainsim/model/water_quota.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::model {

/// Market price of a commodity over the years, as published.
struct Price {
    std::string id; ///< commodity id
    Index<Commodity> commodity;
    Path path;
    bool vat_included = false;
    double vat = 0.0; ///< rate, 0.13 for 13 %
    Provenance provenance;

    /// Price without VAT in CNY per unit of account of the commodity.
    [[nodiscard]] number::Number without_vat(int year, const units::Unit& commodity_unit) const;
};

/// A scalar or path that the accounts use: power's equivalent value, a grid factor.
struct Factor {
    std::string id;
    Path path;
    Provenance provenance;
};

/// A chain of the plan, as ordered steps; a step of several ids is a branch.
struct Chain {
    std::string id;
    Name name;
    std::string kind; ///< chain, product_list or equipment_chain
    std::string section;
    std::string quote;
    std::vector<std::vector<std::string>> steps; ///< commodity or family ids
    std::string note;
};

/// A publication that figures come from.
struct Source {
    std::string id;
    std::string title;
    std::string address;
};

/// What the world is: commodities, technologies, prices and factors, complete and checked.
struct Model {
    Registry<Commodity> commodities;
    Registry<Family> families;
    Registry<Technology> technologies;
    Registry<Process> processes;
    Registry<Price> prices;
    Registry<Factor> factors;
    Registry<FeedstockUse> feedstock_uses;
    Registry<UnitStandard> unit_standards;
    Registry<EnergyCarrier> energy_carriers; ///< none, or all energy products in one each
    Registry<EnergyTransformation> energy_transformations;
    Registry<EnergyMedium> energy_media;
    Registry<CarbonGuideline> carbon_guidelines; ///< of industries that do not deduct by default
    std::optional<Economy> economy; ///< absent: money beyond sales and margins is not counted
    Registry<Industry> industries;
    Registry<ParkNorm> park_norms;
    Registry<ReviewRule> review_rules;         ///< by day
    Registry<EmissionFactor> emission_factors; ///< none: pollutants are not counted
    Registry<WaterQuota> water_quotas;
    Registry<Chain> chains;
    Registry<Source> sources;

    /// The commodity of this id or alias (zh or en), if any.
    [[nodiscard]] std::optional<Index<Commodity>> find_commodity(std::string_view word) const;
    /// The industry of a process: the one that names it, or else its chain; null if none does.
    [[nodiscard]] const Industry* industry_of(const Process& process) const;
};

} // namespace chainsim::model
