#pragma once

#include <chainsim/analysis/amount.hpp>
#include <chainsim/model/scenario.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <optional>
#include <vector>

namespace chainsim::study::detail {

using Json = nlohmann::ordered_json;

/// `null` for what is not known, or beyond every number.
[[nodiscard]] inline Json number(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}
[[nodiscard]] inline Json number(const std::optional<double>& value) {
    return value ? number(*value) : Json(nullptr);
}

[[nodiscard]] inline Json name(const model::Name& name) {
    return {{"zh", name.zh}, {"en", name.en}};
}

[[nodiscard]] inline Json amounts(const model::Scenario& scenario,
                                  const std::vector<analysis::Amount>& amounts) {
    Json list = Json::array();
    for (const auto& one : amounts) {
        const auto& commodity = scenario.model.commodities[one.commodity];
        list.push_back({{"commodity", commodity.id},
                        {"amount", one.amount},
                        {"unit", commodity.unit.text()},
                        {"value", one.value}});
    }
    return list;
}

} // namespace chainsim::study::detail
