#include <chainsim/load/detail/all_tables.hpp>
#include <chainsim/load/json_schema.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <string>

namespace chainsim::load {

namespace {

using SchemaJson = nlohmann::ordered_json;
using input::Field;
using input::FieldKind;
using input::RecordTable;

/// Whether all keys of a record are asked for, or only those that change.
enum class Extent { whole, changes };

SchemaJson reference(std::string_view record, Extent extent) {
    std::string name(record);
    std::replace(name.begin(), name.end(), ' ', '_');
    return {{"$ref", "#/definitions/" + name + (extent == Extent::changes ? "_changes" : "")}};
}

SchemaJson one_of_types(std::initializer_list<const char*> types) {
    return {{"type", std::vector<std::string>(types.begin(), types.end())}};
}

/// A quantity alone: `3250 kWh/t`, or a number where there is no unit.
SchemaJson quantity() { return one_of_types({"string", "number"}); }

SchemaJson whole_number(const Field& field) {
    SchemaJson out{{"type", "integer"}};
    if (std::isfinite(field.minimum)) {
        out["minimum"] = field.minimum;
    }
    if (std::isfinite(field.maximum)) {
        out["maximum"] = field.maximum;
    }
    return out;
}

SchemaJson record_or_quantity(std::string_view record) {
    return {{"anyOf", SchemaJson::array({quantity(), reference(record, Extent::whole)})}};
}

SchemaJson value_of(const Field& field, Extent extent) {
    switch (field.kind) {
    case FieldKind::text:
        return one_of_types({"string", "number"}); // a name may be written as a number
    case FieldKind::texts:
        return {{"type", "array"}, {"items", one_of_types({"string", "number"})}};
    case FieldKind::word: {
        SchemaJson out{{"enum", SchemaJson::array()}};
        for (const auto word : field.words) {
            out["enum"].push_back(word);
        }
        return out;
    }
    case FieldKind::whole:
        return whole_number(field);
    case FieldKind::yes_no:
        return {{"type", "boolean"}};
    case FieldKind::quantity:
        return quantity();
    case FieldKind::datum:
        return record_or_quantity("datum");
    case FieldKind::path:
        return record_or_quantity("path");
    case FieldKind::record:
        return reference(field.record, extent);
    case FieldKind::records:
        return {{"type", "object"}, {"additionalProperties", reference(field.record, extent)}};
    case FieldKind::list:
        return {{"type", "array"}};
    case FieldKind::map:
        return {{"type", "object"}};
    case FieldKind::any:
        return SchemaJson::object();
    }
    return SchemaJson::object();
}

std::string explained(const Field& field) {
    std::string out(field.doc);
    if (!field.unit.empty()) {
        out += " Unit: " + std::string(field.unit) + ".";
    }
    return out;
}

SchemaJson record_of(const RecordTable& table, Extent extent) {
    SchemaJson properties = SchemaJson::object();
    SchemaJson needed = SchemaJson::array();
    for (const auto& field : table.fields) {
        auto value = value_of(field, extent);
        SchemaJson one = SchemaJson::object();
        if (value.contains("$ref")) { // beside a reference draft 7 reads nothing
            one["allOf"] = SchemaJson::array({std::move(value)});
        } else {
            one = std::move(value);
        }
        one["description"] = explained(field);
        properties[std::string(field.key)] = std::move(one);
        // An assumption of the study may stand for the value itself.
        const bool has_stand_in = field.key == "value" && table.find("use") != nullptr;
        if (field.presence == input::Presence::required && !has_stand_in) {
            needed.push_back(field.key);
        }
    }
    SchemaJson out{{"type", "object"},
                   {"description", table.doc},
                   {"additionalProperties", false},
                   {"properties", std::move(properties)}};
    if (extent == Extent::whole && !needed.empty()) {
        out["required"] = std::move(needed);
    }
    if (extent == Extent::changes) {
        return {{"anyOf", SchemaJson::array({{{"type", "null"}}, quantity(), std::move(out)})}};
    }
    // What says nothing but its value may stand as the value alone.
    if (const auto* value = table.find("value"); value != nullptr) {
        return {{"anyOf", SchemaJson::array({quantity(), std::move(out)})}};
    }
    return out;
}

/// A file of this format is a record of that table.
SchemaJson file_of(const char* format, std::string_view record) {
    return {{"if", {{"properties", {{"format", {{"const", format}}}}}}},
            {"then", reference(record, Extent::whole)}};
}

} // namespace

std::string json_schema() {
    SchemaJson definitions = SchemaJson::object();
    for (const auto* table : detail::all_tables()) {
        std::string name(table->name);
        std::replace(name.begin(), name.end(), ' ', '_');
        // Changes of a scenario say what differs, and no more.
        definitions[name] =
            record_of(*table, table == &detail::sections_table ? Extent::changes : Extent::whole);
        definitions[name + "_changes"] = record_of(*table, Extent::changes);
    }
    const SchemaJson schema{
        {"$schema", "http://json-schema.org/draft-07/schema#"},
        {"title", "chainsim: files of models, studies and scenarios"},
        {"type", "object"},
        {"required", {"format"}},
        {"properties",
         {{"format",
           {{"enum", {"chainsim.models/1", "chainsim.study/1", "chainsim.scenario/1"}}}}}},
        {"allOf", SchemaJson::array({file_of("chainsim.models/1", "models file"),
                                     file_of("chainsim.study/1", "study file"),
                                     file_of("chainsim.scenario/1", "scenario")})},
        {"definitions", std::move(definitions)}};
    return schema.dump(1) + '\n';
}

} // namespace chainsim::load
