#pragma once

#include <chainsim/load/detail/provenance.hpp>

#include <optional>
#include <utility>

namespace chainsim::load::detail {

/// Reads `[low, high]`, in the unit of `value`, which is to lie between them.
///
/// `value_place` is where the value stands: a scenario that changes it may stand in another file.
/// Nothing after a finding.
[[nodiscard]] std::optional<std::pair<double, double>>
read_range(const input::Node& node, const input::FieldPath& path, const units::Quantity& value,
           input::Place value_place, const input::QuantityNeed& need,
           const ReadingContext& context);

/// Reads `distribution`; takes the key.
[[nodiscard]] model::Distribution distribution_of(input::RecordReader& record);

/// Notes a distribution that has no range to spread over.
void note_no_range(const input::RecordReader& record, const ReadingContext& context);

} // namespace chainsim::load::detail
