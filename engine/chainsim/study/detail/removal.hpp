#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/system/system.hpp>

#include <map>
#include <string>
#include <vector>

namespace chainsim::study::detail {

/// What the district has more of in a year for the sake of some of its plants: with them, less
/// without them, all others free to run as they then would.
class Removal {
public:
    /// Errors  ContractError if the year has no solution.
    Removal(const model::Scenario& scenario, int year);
    Removal(const Removal&) = delete;
    Removal& operator=(const Removal&) = delete;
    Removal(Removal&&) = delete;
    Removal& operator=(Removal&&) = delete;
    ~Removal() = default;

    /// By indicator, in its unit; empty where the district has no solution without them.
    [[nodiscard]] std::map<std::string, double>
    of(const std::vector<model::Index<model::Facility>>& plants);

    [[nodiscard]] const system::System& system() const { return system_; }
    [[nodiscard]] const system::Solution& solution() const { return base_; }
    /// Column of a plant, or -1 if it has none.
    [[nodiscard]] int column_of(model::Index<model::Facility> plant) const {
        return column_of_[plant.value];
    }

private:
    system::System system_;
    std::vector<int> column_of_;
    solve::Dispatch dispatch_; ///< after the equations that it refers to
    system::Solution base_;
    std::map<std::string, double> values_;
};

} // namespace chainsim::study::detail
