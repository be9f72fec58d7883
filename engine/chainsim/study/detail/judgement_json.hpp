#pragma once

#include <chainsim/study/detail/analysis_json.hpp>
#include <chainsim/study/run.hpp>

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
                 {"basis", to_string(policy.basis)},
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

/// The products of a year, judged by their standards.
[[nodiscard]] inline Json products(const model::Scenario& scenario, const YearRun& year) {
    Json list = Json::array();
    for (const auto& product : year.products()) {
        list.push_back(
            {{"id", product.id},
             {"facility", scenario.facilities[product.facility].id},
             {"name", detail::name(scenario.model.unit_standards[product.standard].name)},
             {"unit_energy", number(product.value)},
             {"unit", product.unit},
             {"benchmark", number(product.benchmark)},
             {"baseline", number(product.baseline)},
             {"grade", product.grade ? Json(to_string(*product.grade)) : Json(nullptr)},
             {"level_1", number(product.levels[0])},
             {"level_2", number(product.levels[1])},
             {"level_3", number(product.levels[2])},
             {"level", product.level == 0 ? Json(nullptr) : Json(product.level)},
             {"duty", to_string(product.duty)},
             {"bound", number(product.bound)},
             {"margin", number(product.margin)},
             {"hard", product.hard},
             {"illustration", product.illustration},
             {"verdict", to_string(product.verdict)},
             {"missing", product.missing},
             {"edition", product.edition},
             {"list", product.list},
             {"electricity_factor", number(product.electricity_factor)},
             {"source", product.source},
             {"confidence", model::to_string(product.confidence)}});
    }
    return list;
}

/// The debts of replacement and offset of a year.
[[nodiscard]] inline Json ledgers(const model::Scenario& scenario, const YearRun& year) {
    Json list = Json::array();
    for (const auto& ledger : year.ledgers()) {
        const auto& rule = scenario.ledger_rules[ledger.rule];
        Json entries = Json::array();
        for (const auto& entry : ledger.entries) {
            entries.push_back({{"project", scenario.projects[entry.project].id},
                               {"new", number(entry.fresh)},
                               {"replaced", number(entry.replaced)},
                               {"assigned", number(entry.assigned)}});
        }
        list.push_back(
            {{"id", ledger.id},
             {"name", detail::name(rule.name)},
             {"kind", model::to_string(rule.kind)},
             {"product", ledger.product ? Json(scenario.model.commodities[*ledger.product].id)
                                        : Json(nullptr)},
             {"unit", ledger.unit},
             {"new", number(ledger.fresh)},
             {"ratio", number(ledger.ratio)},
             {"ratio_range", {number(ledger.lowest_ratio), number(ledger.highest_ratio)}},
             {"required", number(ledger.required)},
             {"covered", number(ledger.covered)},
             {"uncovered", number(ledger.uncovered)},
             {"unassigned", number(ledger.unassigned)},
             {"illustration", ledger.illustration},
             {"verdict", to_string(ledger.verdict)},
             {"missing", ledger.missing},
             {"source", ledger.source},
             {"confidence", model::to_string(ledger.confidence)},
             {"projects", std::move(entries)}});
    }
    return list;
}

/// The plants of a year, judged by their water quotas.
[[nodiscard]] inline Json water_quotas(const model::Scenario& scenario, const YearRun& year) {
    Json list = Json::array();
    for (const auto& one : year.water_quotas()) {
        list.push_back({{"id", one.id},
                        {"facility", scenario.facilities[one.facility].id},
                        {"name", detail::name(scenario.model.water_quotas[one.quota].name)},
                        {"unit_water", number(one.value)},
                        {"unit", one.unit},
                        {"general", number(one.general)},
                        {"advanced", number(one.advanced)},
                        {"new", one.is_new},
                        {"bound", number(one.bound)},
                        {"margin", number(one.margin)},
                        {"illustration", one.illustration},
                        {"verdict", to_string(one.verdict)},
                        {"missing", one.missing},
                        {"edition", one.edition},
                        {"source", one.source},
                        {"confidence", model::to_string(one.confidence)}});
    }
    return list;
}

} // namespace chainsim::study::detail
