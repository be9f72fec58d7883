#pragma once

#include <chainsim/input/reader.hpp>
#include <chainsim/model/datum.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>

namespace chainsim::load::detail {

/// Confidence and source that a record gives to figures that have none of their own.
struct Inherited {
    std::optional<model::Confidence> confidence;
    std::string source;
    /// Where the record stands. A figure written in another file was changed by a scenario, and
    /// then the record's confidence is not its confidence.
    const input::Document* document = nullptr;
};

/// The records of `assumptions`, which figures name by `use`.
struct Assumptions {
    std::map<std::string, const input::Node*, std::less<>> records;
    mutable std::set<std::string, std::less<>> used; ///< those that some figure named
};

/// What readers of values share.
struct ReadingContext {
    input::Findings& findings;
    /// id -> title of `sources:`; a `source` that is no id here is free text.
    std::map<std::string, std::string, std::less<>> sources;
    const Assumptions* assumptions = nullptr; ///< null where there are none
};

/// What stands beside a figure about where it comes from.
struct Stated {
    std::optional<model::Confidence> confidence;
    std::string source;
    const input::Document* document =
        nullptr; ///< in which `confidence` stands, if it stands anywhere
};

/// Own confidence and source of a map, without looking around it; takes these two keys.
[[nodiscard]] Stated stated_by(input::RecordReader& record, const ReadingContext& context);

/// Provenance of one figure. `value` is where the number stands, `own` what is stated beside it.
[[nodiscard]] model::Provenance provenance_of(const input::Node& value, const Stated& own,
                                              const input::FieldPath& path,
                                              const Inherited& inherited,
                                              const ReadingContext& context);

/// Provenance of a record, from its own `confidence`, `source` and `note`; takes these three keys.
///
/// `outer` is what an enclosing record gives. Missing ones are noted only where a figure needs
/// them.
[[nodiscard]] model::Provenance read_provenance(input::RecordReader& record, const Inherited& outer,
                                                const ReadingContext& context);

/// What the figures of a record inherit.
[[nodiscard]] Inherited inherited_by(const input::RecordReader& record, const Inherited& outer,
                                     const ReadingContext& context);

} // namespace chainsim::load::detail
