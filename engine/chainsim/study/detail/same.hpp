#pragma once

#include <chainsim/model/scenario.hpp>

#include <optional>
#include <vector>

namespace chainsim::study::detail {

/// Whether two records say the same, their provenance left aside. Indices mean the same in both
/// (see join_libraries).
[[nodiscard]] bool same(const units::Quantity& a, const units::Quantity& b);
[[nodiscard]] bool same(const model::Datum& a, const model::Datum& b);
[[nodiscard]] bool same(const model::Path& a, const model::Path& b);
[[nodiscard]] bool same(const model::MarketSide& a, const model::MarketSide& b);
[[nodiscard]] bool same(const model::Market& a, const model::Market& b);
[[nodiscard]] bool same(const model::Price& a, const model::Price& b);
[[nodiscard]] bool same(const model::Demand& a, const model::Demand& b);
[[nodiscard]] bool same(const model::Factor& a, const model::Factor& b);
[[nodiscard]] bool same(const model::Commodity& a, const model::Commodity& b);
[[nodiscard]] bool same(const model::Process& a, const model::Process& b);
[[nodiscard]] bool same(const model::Policy& a, const model::Policy& b);
[[nodiscard]] bool same(const model::Budget& a, const model::Budget& b);
[[nodiscard]] bool same(const model::Period& a, const model::Period& b);
[[nodiscard]] bool same(const model::Improvement& a, const model::Improvement& b);
[[nodiscard]] bool same(const model::PlantGroup& a, const model::PlantGroup& b);
[[nodiscard]] bool same(const model::CarbonGuideline& a, const model::CarbonGuideline& b);
[[nodiscard]] bool same(const model::EmissionFactor& a, const model::EmissionFactor& b);
[[nodiscard]] bool same(const model::UnitStandard& a, const model::UnitStandard& b);
[[nodiscard]] bool same(const model::WaterQuota& a, const model::WaterQuota& b);
[[nodiscard]] bool same(const model::LedgerSource& a, const model::LedgerSource& b);
[[nodiscard]] bool same(const model::LedgerRule& a, const model::LedgerRule& b);
[[nodiscard]] bool same(const std::vector<model::Flow>& a, const std::vector<model::Flow>& b);

template <class Record>
[[nodiscard]] bool same(const std::optional<Record>& a, const std::optional<Record>& b) {
    return a.has_value() == b.has_value() && (!a || same(*a, *b));
}

/// Whether two paths have the same values in these years.
[[nodiscard]] bool same_in(const model::Path& a, const model::Path& b,
                           const std::vector<int>& years);
[[nodiscard]] bool same_in(const std::optional<model::Path>& a, const std::optional<model::Path>& b,
                           const std::vector<int>& years);

} // namespace chainsim::study::detail
