#pragma once

#include <chainsim/input_output/io_table.hpp>

#include <Eigen/Core>

#include <string>
#include <vector>

namespace chainsim::input_output {

/// One satellite (energy, CO2, jobs, value added) by who makes it, and by whose consumption it is
/// made for. Both add up to the same total.
struct Footprint {
    std::string satellite;
    double total = 0.0; ///< of production: of the sectors and of final demand itself
    double total_of_consumption = 0.0;
    Eigen::VectorXd by_sector;              ///< where it is made: s x
    Eigen::VectorXd by_product;             ///< whose delivery to final demand it is made for: m y
    Eigen::VectorXd production;             ///< by region, with what its final demand makes itself
    Eigen::VectorXd consumption;            ///< by consumer
    Eigen::VectorXd imports;                ///< by region: made elsewhere for its consumption
    Eigen::VectorXd exports;                ///< by region: made there for the consumption of others
    Eigen::MatrixXd of_consumer_by_product; ///< consumers x products, all regions of origin
};

/// Footprints of all satellites.
struct Footprints {
    std::vector<std::string> regions;   ///< of production
    std::vector<std::string> consumers; ///< the same, if all categories of final demand name one
    std::vector<std::string> products;  ///< names of sectors, each once
    bool is_trade_known = false;        ///< consumers are the regions, and there are several
    std::vector<Footprint> all;
};

/// Production-based and consumption-based accounts:
///     production = consumption - imports + exports   for each region.
///
/// Errors  ContractError if the output or final demand is not known.
/// Cost    one solution for each satellite and each consumer.
/// Source  Stadler (2021), J. Open Research Software 9(1): 8 (D_pba, D_cba, D_imp, D_exp); Miller &
///         Blair (2009), Input-Output Analysis, 2nd ed., chapters 3 and 10.
[[nodiscard]] Footprints footprints(const Economy& economy);

} // namespace chainsim::input_output
