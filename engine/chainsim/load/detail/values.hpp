#pragma once

#include <chainsim/input/reader.hpp>
#include <chainsim/load/detail/provenance.hpp>
#include <chainsim/model/datum.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace chainsim::load::detail {

/// The need of an amount per year, none below zero: it may be written as "t/a", or as "t" where the
/// year is understood.
[[nodiscard]] input::QuantityNeed yearly(const input::Node& node, const units::Unit& unit);

/// A need that any unit satisfies.
[[nodiscard]] input::QuantityNeed any_unit();

/// Reads `value`, `range`, `distribution`, `confidence`, `source` and `note` of a datum's map.
[[nodiscard]] std::optional<model::Datum> read_datum_keys(input::RecordReader& record,
                                                          const input::QuantityNeed& need,
                                                          const Inherited& inherited,
                                                          const ReadingContext& context);

/// Reads a datum: a text, or a map of the table `datum`.
[[nodiscard]] std::optional<model::Datum>
read_datum(const input::Node& node, const input::FieldPath& path, const input::QuantityNeed& need,
           const Inherited& inherited, const ReadingContext& context);

/// Reads the keys of a path's map: `value` or `path`, `interpolate`, `range`, `distribution`,
/// `confidence`, `source`, `note`. All points come out in the unit of the first.
[[nodiscard]] std::optional<model::Path> read_path_keys(input::RecordReader& record,
                                                        const input::QuantityNeed& need,
                                                        const Inherited& inherited,
                                                        const ReadingContext& context);

/// Reads a path: a text, or a map of the table `path`.
[[nodiscard]] std::optional<model::Path>
read_path(const input::Node& node, const input::FieldPath& path, const input::QuantityNeed& need,
          const Inherited& inherited, const ReadingContext& context);

/// Reads one record of `assumptions` as a path, against the need of the figure that uses it.
[[nodiscard]] std::optional<model::Path> read_assumption(const std::string& id,
                                                         const input::Node& node,
                                                         const input::QuantityNeed& need,
                                                         const ReadingContext& context);

/// Reads a name: a map of the table `name`; `fallback` for what is absent.
[[nodiscard]] model::Name read_name(const input::Node* node, const input::FieldPath& path,
                                    std::string_view fallback, const ReadingContext& context);

/// Reads the unit that a record names in `unit`: nothing where it has none, and after a finding
/// that shows `example` where it is no unit.
[[nodiscard]] std::optional<units::Unit>
read_unit(input::RecordReader& record, std::string_view example, const ReadingContext& context);

/// Reads a year that stands as a key.
[[nodiscard]] std::optional<int>
read_year_key(const input::Entry& entry, const input::FieldPath& path, input::Findings& findings);

} // namespace chainsim::load::detail
