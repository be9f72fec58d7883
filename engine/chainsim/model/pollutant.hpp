#pragma once

#include <chainsim/model/commodity.hpp>
#include <chainsim/model/process.hpp>
#include <chainsim/model/registry.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::model {

/// How much of a pollutant a unit makes: by a figure, or by what is known of it elsewhere.
struct EmissionAmount {
    enum class Way {
        figure,
        recipe, ///< the flows of the recipe that are this pollutant
        sulphur ///< of a flare: all sulphur in the gas, as SO2
    };
    Way way = Way::figure;
    double amount = 0.0;         ///< t per unit, where it is a figure
    std::optional<Datum> figure; ///< the same as written
};

/// A level of emission control (排放水平): special limits, ultra-low emission.
struct EmissionLevel {
    std::string id;
    int from = 0;                ///< the first year in which every plant keeps it
    std::optional<int> new_from; ///< plants that start in this year or later keep it at once
    std::array<EmissionAmount, pollutants.size()> amounts; ///< by Pollutant
    Provenance provenance;
};

/// What plants of some processes emit to the air, per unit of what they make or take, after their
/// own abatement; or that they emit nothing that counts, and why.
struct EmissionFactor {
    std::string id;
    Name name;
    std::vector<Index<Process>> processes;
    bool flares = false; ///< judges what the district flares, per GJ, instead of processes
    std::optional<Index<Commodity>> per; ///< absent: per unit of the product of each process
    std::string none;                    ///< why nothing is counted, or empty
    std::vector<EmissionLevel> levels;   ///< by year, in the order in which they come into force
    Provenance provenance;

    /// The level that a plant which started in `start` (absent: before every year) keeps in `year`.
    [[nodiscard]] const EmissionLevel& level_in(int year, std::optional<int> start) const;
};

} // namespace chainsim::model
