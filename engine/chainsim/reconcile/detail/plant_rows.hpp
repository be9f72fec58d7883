#pragma once

#include <chainsim/reconcile/detail/sheet.hpp>
#include <chainsim/reconcile/measurements.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::reconcile::detail {

/// A row of a file of plants, with its names resolved.
struct PlantRow {
    int line = 0;
    std::optional<model::Index<model::Facility>> facility; ///< absent: trade of the district
    model::Index<model::Commodity> commodity;
    Direction direction = Direction::none;
    std::optional<double> measured; ///< in the unit of account
    double sigma = 0.0;
    double lower = 0.0;
    double upper = unbounded;
};

struct PlantRows {
    int year = 0;
    std::vector<PlantRow> rows; ///< of that year
};

/// Errors  InputError with every row that is wrong.
[[nodiscard]] PlantRows read_plant_rows(std::string_view text, const std::string& file,
                                        const model::Scenario& scenario, int year);

/// The recipe of a plant in a year.
[[nodiscard]] const std::vector<model::Flow>& flows_of(const model::Scenario& scenario,
                                                       model::Index<model::Facility> facility,
                                                       int year, Direction direction);

/// The standard deviation of a flow by the range of its figure, in the unit of `Flow::amount`.
[[nodiscard]] double sigma_of(const model::Flow& flow);

} // namespace chainsim::reconcile::detail
