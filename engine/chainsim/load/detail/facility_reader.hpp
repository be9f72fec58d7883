#pragma once

#include <chainsim/load/detail/study_reader.hpp>

namespace chainsim::load::detail {

/// Names and figures that facilities are read against.
struct FacilityContext {
    const model::Model& model;
    const Names& names;
    const Documents& documents;
    const ReadingContext& reading;
};

/// Reads a facility. `nullopt` after findings if its process is not known.
[[nodiscard]] std::optional<ReadFacility>
read_facility(const std::string& id, input::Place place, const input::Node& node,
              const input::FieldPath& path, const Inherited& outer, const FacilityContext& context);

/// Reads what a project rebuilds in `facility` when it starts, after all of its own overrides.
void read_retrofit(model::Facility& facility, const input::Node& node, const input::FieldPath& path,
                   int start, const FacilityContext& context);

} // namespace chainsim::load::detail
