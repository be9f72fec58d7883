#pragma once

#include <chainsim/model/scenario.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace chainsim::live {

/// How a control is moved.
enum class ControlType {
    flag,   ///< on or off
    year,   ///< a whole year
    number, ///< in `unit`, between `low` and `high`
    text    ///< in the words of the files: "300 kt/a"
};

/// "switch", "year", "number" or "text".
[[nodiscard]] std::string_view to_string(ControlType type);

/// What a control stands at: nothing where a text is as the files have it.
using ControlValue = std::variant<std::monostate, bool, double, std::string>;

/// Something of a scenario that may be moved.
///
/// Ids are KIND:RECORD:FIELD: "project:mto:start", "policy:energy_cap:at_most",
/// "price:coke:value", "facility:mine:capacity".
struct Control {
    std::string id;
    std::string kind;   ///< project, facility, policy, price or period
    std::string record; ///< id of the record
    model::Name name;   ///< of the record
    std::string field;  ///< key of its field table, or `built`
    model::Name label;
    std::string help; ///< what the field table says of it
    ControlType type = ControlType::number;
    std::string unit;
    ControlValue value; ///< as the scenario has it
    std::optional<double> low;
    std::optional<double> high;
    std::optional<double> step;
    model::Name group; ///< within the kind: of policies their group, of plants their chain ...
};

/// A control that stands elsewhere than the scenario has it.
struct Edit {
    std::string control;
    ControlValue value;
};

/// What may be moved of a scenario: projects and their start years, capacities of plants, prices,
/// bounds and dates of policies, and as text other fields of these records.
[[nodiscard]] std::vector<Control> controls_of(const model::Scenario& scenario,
                                               const std::vector<std::string>& candidates);

} // namespace chainsim::live
