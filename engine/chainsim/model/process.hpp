#pragma once

#include <chainsim/model/commodity.hpp>
#include <chainsim/model/registry.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::model {

/// What an input is for, or what an output is.
enum class FlowKind {
    feedstock,
    fuel,
    utility,
    reagent,
    catalyst,
    product,
    coproduct,
    byproduct,
    waste,
    emission
};

[[nodiscard]] std::string_view to_string(FlowKind kind);

/// One commodity in or out of a process, per unit of its reference product.
struct Flow {
    Index<Commodity> commodity;
    double amount = 0.0; ///< unit of account of the commodity per unit of the reference product
    FlowKind kind = FlowKind::feedstock;
    bool closing = false; ///< solved from the balance of the recipe, and moves when others do
    Datum datum;          ///< the figure as written, with range and provenance
};

/// Least input that the reactions allow.
struct Minimum {
    std::vector<Index<Commodity>> commodities;
    std::optional<Element> element; ///< absent: the amounts themselves, summed
    double amount = 0.0;            ///< unit of the first commodity, or t of the element
    std::string basis;
    SourceLocation where;
};

/// What decides how far a facility wants to run (DESIGN, "The balance").
enum class Driver { at_capacity, on_supply, on_demand };

[[nodiscard]] std::string_view to_string(Driver driver);

/// The unit-energy limits of a standard for the product of a process.
struct Standard {
    std::vector<Datum> levels; ///< advanced first
    std::string basis;
    Provenance provenance;
};

/// Ways to one product that a planner chooses among: dry or wet quenching, for instance.
struct Technology {
    std::string id;
    Name name;
    Index<Commodity> product;
    Provenance provenance;
};

/// A technology: what it takes and gives per unit of its reference product.
struct Process {
    std::string id;
    Name name;
    std::string chain;
    std::string technology; ///< id of the Technology that it is a variant of, or empty
    Index<Commodity> product;
    std::vector<Flow> inputs;  ///< by commodity id
    std::vector<Flow> outputs; ///< by commodity id
    std::vector<std::string> reactions;
    std::vector<Minimum> minima;
    Driver driver = Driver::at_capacity;
    std::optional<Index<Commodity>> driving_feed;
    std::vector<Index<Commodity>> primary_energy; ///< outputs counted as primary production
    double chemical_heat = 0.0;                   ///< GJ per unit, not in any heating value
    std::optional<Datum> unit_energy;             ///< kgce per unit, as the source states it
    std::optional<Standard> standard;
    std::optional<Datum> capex; ///< CNY per (unit per year)
    std::string scale;
    std::map<std::string, std::string> why_open; ///< "mass", "energy" or an element -> reason
    Provenance provenance;
};

} // namespace chainsim::model
