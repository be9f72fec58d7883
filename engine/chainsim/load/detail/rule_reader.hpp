#pragma once

#include <chainsim/load/detail/study_reader.hpp>
#include <chainsim/model/indicator_kinds.hpp>

#include <optional>
#include <vector>

namespace chainsim::load::detail {

/// Reads `feedstock_uses`; a product belongs to one of them.
[[nodiscard]] model::Registry<model::FeedstockUse>
read_feedstock_uses(const Sections& sections, const Names& names, const ReadingContext& context);

/// Reads `periods`, and checks that what they name is there and that no two rule in one year.
[[nodiscard]] model::Registry<model::Period> read_periods(const Sections& sections,
                                                          const model::Model& model,
                                                          const model::Region& region,
                                                          const ReadingContext& context);

/// Reads `policies`; those on a change since a base name a period.
[[nodiscard]] model::Registry<model::Policy>
read_policies(const Sections& sections, const std::vector<model::IndicatorKind>& kinds,
              const model::Registry<model::Period>& periods, const ReadingContext& context);

/// The indicator that a record names; nothing after a finding, if there is no such indicator.
[[nodiscard]] std::optional<model::IndicatorKind>
read_indicator(input::RecordReader& reader, const input::FieldPath& path,
               const std::vector<model::IndicatorKind>& kinds, const ReadingContext& context);

} // namespace chainsim::load::detail
