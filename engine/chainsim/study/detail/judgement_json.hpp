#pragma once

#include <chainsim/study/detail/analysis_json.hpp>
#include <chainsim/study/policies.hpp>

#include <utility>

namespace chainsim::study::detail {

/// A judged policy, as `summary.json` and `check --json` have it.
[[nodiscard]] inline Json judgement(const Judgement& policy) {
    Json inputs = Json::object();
    for (const auto& [id, value] : policy.inputs) {
        inputs[id] = value;
    }
    Json remarks = Json::object();
    for (const auto& remark : policy.remarks) {
        remarks[remark.id] = {{"value", number(remark.value)}, {"unit", remark.unit}};
    }
    Json json = {{"id", policy.id},
                 {"name", name(policy.name)},
                 {"group", model::to_string(policy.group)},
                 {"indicator", policy.indicator},
                 {"formula", policy.formula},
                 {"inputs", std::move(inputs)},
                 {"value", number(policy.value)},
                 {"bound", number(policy.bound)},
                 {"margin", number(policy.margin)},
                 {"turns_at", number(policy.turns_at)},
                 {"unit", policy.unit},
                 {"hard", policy.hard},
                 {"illustration", policy.illustration},
                 {"verdict", to_string(policy.verdict)},
                 {"missing", policy.missing},
                 {"source", policy.source},
                 {"confidence", model::to_string(policy.confidence)}};
    if (policy.range) {
        json["range"] = {number(policy.range->first), number(policy.range->second)};
    }
    if (policy.colour != Colour::none) {
        json["colour"] = to_string(policy.colour);
    }
    if (!policy.remarks.empty()) {
        json["remarks"] = std::move(remarks);
    }
    return json;
}

} // namespace chainsim::study::detail
