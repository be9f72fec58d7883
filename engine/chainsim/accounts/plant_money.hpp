#pragma once

#include <chainsim/model/scenario.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chainsim::accounts {

/// At what a plant deals in one commodity in a year, CNY per unit of account without VAT.
///
/// `paid` is the price of the market where a study states one, else that of the price table;
/// `received` likewise. Waste has the cost of its disposal as a negative price on both sides: who
/// gives it away pays, and who takes it is paid what the disposal would have cost.
struct Dealing {
    number::Number paid;
    number::Number received;
    number::Number bought;   ///< what a unit costs at the boundary: `paid`, but nothing for waste
    number::Number disposal; ///< what getting rid of a unit at the boundary costs
    number::Number vat;      ///< rate; 0 where nothing is taxed
    model::Confidence paid_confidence = model::Confidence::seed;
    model::Confidence received_confidence = model::Confidence::seed;
    bool known = true; ///< false: neither free nor waste, and without a price
};

/// The dealings of all commodities in a year, by their index.
///
/// Cost     one look-up of a path per commodity.
[[nodiscard]] std::vector<Dealing> dealings(const model::Scenario& scenario, int year);

/// What a plant stands for apart from what flows through it. All of it belongs to its nameplate,
/// however far the plant runs.
struct PlantAssets {
    const model::Industry* industry = nullptr; ///< never null in a result
    number::Number investment;                 ///< CNY, at prices of about 2020; 0 `within_hosts`
    number::Number jobs;                       ///< persons
    number::Number land;                       ///< mu
    number::Number taxed_land;                 ///< mu, of `land`
    std::optional<number::Number> maintenance; ///< a year, as share; absent: as the economy has it
    model::Confidence investment_confidence = model::Confidence::seed;
    model::Confidence jobs_confidence = model::Confidence::seed;
    model::Confidence land_confidence = model::Confidence::seed;
};

/// Of all facilities, by their index; empty if the library has no economy, or no industry for one
/// of them. The investment that a project states is shared among its plants as the recipes have it;
/// else a plant takes the specific investment of its recipe. Land that a project states is shared
/// likewise.
[[nodiscard]] std::vector<PlantAssets> plant_assets(const model::Scenario& scenario);

/// What is written off a year of a new asset while all of it lasts, as share of its first value.
[[nodiscard]] number::Number straight_line_rate(const model::Economy& economy, int year);

/// Who pays the taxes of a plant: its owner, or the plant itself where none is stated.
[[nodiscard]] const std::string& taxpayer(const model::Facility& facility);

} // namespace chainsim::accounts
