#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/system/system.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace chainsim::accounts::detail {

/// A column with that part of its activity which belongs to a chain.
struct Part {
    std::size_t column = 0;
    double activity = 0.0;
};

/// What all standards of plants need to know of a solved year.
class PlantYear {
public:
    PlantYear(const model::Scenario& scenario, const system::System& system,
              const system::Solution& solution);

    [[nodiscard]] const model::Scenario& scenario() const { return scenario_; }
    [[nodiscard]] std::size_t rows() const { return supply_.size(); }
    [[nodiscard]] int number() const { return system_.year; }
    [[nodiscard]] const model::Commodity& commodity(std::size_t row) const {
        return scenario_.model.commodities[system_.layout.rows[row]];
    }
    [[nodiscard]] int row_of(model::Index<model::Commodity> commodity) const {
        return system_.layout.row_of[commodity.value];
    }
    [[nodiscard]] const model::Facility& facility(std::size_t column) const {
        return scenario_.facilities[system_.layout.columns[column]];
    }
    [[nodiscard]] model::Index<model::Facility> facility_index(std::size_t column) const {
        return system_.layout.columns[column];
    }
    [[nodiscard]] double activity(std::size_t column) const {
        return solution_.activity[static_cast<Eigen::Index>(column)];
    }
    [[nodiscard]] const std::vector<system::GrossFlow>& flows(std::size_t column) const {
        return system_.flows[column];
    }
    /// Columns that run a process, by number.
    [[nodiscard]] const std::vector<std::size_t>&
    columns_of(model::Index<model::Process> process) const {
        return columns_of_[process.value];
    }
    /// All that is there of a row: made, gross, and bought.
    [[nodiscard]] double supply(int row) const { return supply_[static_cast<std::size_t>(row)]; }
    /// Share of it that is not flared, vented or dumped.
    [[nodiscard]] double used_share(int row) const {
        return used_share_[static_cast<std::size_t>(row)];
    }

private:
    const model::Scenario& scenario_;
    const system::System& system_;
    const system::Solution& solution_;
    std::vector<std::vector<std::size_t>> columns_of_; ///< by process
    std::vector<double> supply_;                       ///< by row
    std::vector<double> used_share_;                   ///< by row
};

/// Gross amount of a row that a column takes or gives per unit of its product.
[[nodiscard]] double gross(std::span<const system::GrossFlow> flows, int row, bool taken);

/// A plant with what of the district belongs to it: of each step of the boundary that part which
/// its throughput calls for or feeds. The plants of a step that have the same owner and project
/// serve it if there are any, else all of them in proportion to their size.
[[nodiscard]] std::vector<Part> chain_of(const PlantYear& year, const model::Boundary& boundary,
                                         std::size_t column);

} // namespace chainsim::accounts::detail
