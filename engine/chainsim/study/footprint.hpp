#pragma once

#include <chainsim/footprint/allocation.hpp>
#include <chainsim/footprint/supply.hpp>
#include <chainsim/footprint/tree.hpp>
#include <chainsim/study/page.hpp>
#include <chainsim/study/study.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace chainsim::study {

struct FootprintRequest {
    std::string commodity; ///< id, alias or name, Chinese or English; of a family its one member
                           ///< that is supplied
    int year = 0;          ///< 0: the last of the scenario
    footprint::Allocation allocation = footprint::Allocation::substitution;
    /// What tree and paths tell of: an id of `footprint::Burdens`, or `energy`, `co2`, `water`.
    std::string burden = "energy";
    /// Ways to the commodity that are set against each other: ids of processes or facilities, or
    /// `bought`.
    std::vector<std::string> routes;
    std::size_t paths = 10;
    footprint::TreeLimits tree;
};

/// What a unit of a commodity carries of one burden, by allocation.
struct FootprintLine {
    system::IndicatorInfo burden;                              ///< the unit is that of the burden
    std::array<double, footprint::allocations.size()> value{}; ///< per unit of the commodity; NaN
                                                               ///< where its supply is unproductive
};

/// What is bought or taken from nature for a unit, through all that it is made of.
struct FootprintTake {
    model::Index<model::Commodity> commodity;
    double amount = 0.0; ///< in its unit of account; below zero: replaced by coproducts
    double burden = 0.0; ///< that it carries by itself
    double cost = 0.0;   ///< CNY
};

/// One way to the commodity: all else is supplied as it is.
struct FootprintRoute {
    std::string id;
    model::Name name;
    std::vector<double> value; ///< by line
    /// Bought at its price, though the district has no offer of it in the year.
    bool is_without_offer = false;
};

/// Cradle to gate: what a unit of a commodity takes and burdens.
struct FootprintReport {
    int year = 0;
    model::Index<model::Commodity> commodity;
    footprint::Allocation allocation = footprint::Allocation::substitution;
    std::size_t burden = 0;           ///< of `lines`: what tree and paths tell of
    std::vector<FootprintLine> lines; ///< as `footprint::Burdens`
    footprint::Branch tree;           ///< rows of `commodities`
    footprint::StructuralPaths paths; ///< likewise
    std::vector<model::Index<model::Commodity>> commodities; ///< by row
    std::vector<FootprintTake> takes;                        ///< the largest burden first
    std::vector<FootprintRoute> routes;
    std::vector<footprint::Remark> remarks;
    std::vector<model::Index<model::Facility>> facilities; ///< by column, of the remarks
    std::size_t without_factor = 0; ///< of `takes`: how many carry nothing of the burden

    /// Of the burden that is asked for, by the allocation that is asked for.
    [[nodiscard]] double total() const { return tree.burden; }
};

/// Errors  graph::UnknownCommodity; InputError naming the nearest burden, route or supplied member
///         of a family; NoSolution of the year, or of an unproductive supply.
[[nodiscard]] FootprintReport footprint(const Study& study, const FootprintRequest& request);

/// Schema `chainsim.footprint/1`: parts `burdens`, `tree`, `takes`, `paths`, `routes`.
[[nodiscard]] Page footprint_page(const Study& study, const FootprintReport& report);

/// `{total, unit, allocation, tree: {id, amount, children}}` and all else of the report: amounts of
/// the tree are of the burden, and those of the children of a node sum to its own.
[[nodiscard]] std::string footprint_json(const Study& study, const FootprintReport& report);

} // namespace chainsim::study
