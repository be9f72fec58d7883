#pragma once

#include <chainsim/model/process.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::model {

/// All flows of a plant, per unit of its product.
struct Recipe {
    std::vector<Flow> inputs;
    std::vector<Flow> outputs;
};

/// A change of a facility's coefficients from a year on: a retrofit, or a measured plant.
struct Override {
    int from = 0;
    Index<Process> process; ///< whose recipe it changes: that of the facility, or another variant
                            ///< of its technology, to which it was rebuilt
    std::map<std::string, Datum> inputs; ///< commodity id -> new amount per unit of product
    std::map<std::string, Datum> outputs;
    /// The whole recipe from then on, with all earlier changes, and closing flows moved
    /// (rebalance.hpp). Shared, because plants of one process that save alike have the same.
    std::shared_ptr<const Recipe> recipe;
    std::string reason;
    Provenance provenance;
};

enum class Status { proposed, approved, building, running, at_capacity, closed };

[[nodiscard]] std::string_view to_string(Status status);

/// A process at a place, with a capacity.
struct Facility {
    std::string id;
    Name name;
    Index<Process> process;
    std::string owner;
    std::string site;
    std::string park;
    std::string industry;
    std::string unit_standard; ///< id of the one that judges it, where several could, or empty
    bool above_scale = true;
    Datum capacity; ///< reference product per year
    double availability = 1.0;
    Confidence availability_confidence = Confidence::seed; ///< the surest where none is stated
    std::optional<int> start;  ///< first year of operation; absent: before every year
    std::optional<int> retire; ///< first year without it
    std::vector<double> ramp;  ///< share of capacity in the first, second ... year
    Driver driver = Driver::at_capacity;
    std::optional<Index<Commodity>> driving_feed;
    int priority = 5;                      ///< smaller is served first
    std::map<std::string, int> priorities; ///< commodity id -> priority there
    std::vector<Override> overrides;
    Status status = Status::running;
    std::string project; ///< id of the project that builds it, or empty
    Provenance provenance;

    /// Whether it stands in `year`: started, and not retired.
    [[nodiscard]] bool exists(int year) const noexcept {
        return (!start || year >= *start) && (!retire || year < *retire);
    }
    /// As stated, but `running` once it has started and `closed` once it has retired.
    [[nodiscard]] Status status_in(int year) const noexcept {
        if (retire && year >= *retire) {
            return Status::closed;
        }
        return start && year >= *start ? Status::running : status;
    }
    /// The technology in `year`: that which it was built with, or rebuilt to.
    [[nodiscard]] Index<Process> process_in(int year) const noexcept;
    /// The last override in force in `year`, or null: then the recipe is that of `process`.
    [[nodiscard]] const Override* override_in(int year) const noexcept;
    /// Capacity in `year`, units of the reference product: nameplate x availability x ramp.
    [[nodiscard]] number::Number available_capacity(int year,
                                                    const units::Unit& product_unit) const;
};

} // namespace chainsim::model
