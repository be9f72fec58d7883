#include "user_session.hpp"

#include <fmt/format.h>

#include <type_traits>
#include <utility>
#include <variant>

namespace chainsim::workbench {

namespace {

Json value_json(const live::ControlValue& value) {
    return std::visit(
        [](const auto& one) -> Json {
            using Kind = std::decay_t<decltype(one)>;
            if constexpr (std::is_same_v<Kind, std::monostate>) {
                return nullptr;
            } else if constexpr (std::is_same_v<Kind, double>) {
                return study::detail::number(one);
            } else {
                return one;
            }
        },
        value);
}

live::ControlValue value_in(const Json& json, const std::string& control) {
    constexpr std::size_t longest = 1000;
    if (json.is_boolean()) {
        return json.get<bool>();
    }
    if (json.is_number()) {
        return json.get<double>();
    }
    if (json.is_string() && json.get_ref<const std::string&>().size() <= longest) {
        return json.get<std::string>();
    }
    throw wrong_field(control, "the value is neither true or false, a number, nor a short text",
                      "");
}

} // namespace

Json controls_json(const std::vector<live::Control>& controls) {
    Json list = Json::array();
    for (const auto& control : controls) {
        Json one{{"id", control.id},         {"kind", control.kind},
                 {"record", control.record}, {"name", study::detail::name(control.name)},
                 {"field", control.field},   {"label", study::detail::name(control.label)},
                 {"help", control.help},     {"type", live::to_string(control.type)},
                 {"unit", control.unit},     {"value", value_json(control.value)}};
        for (const auto& [key, bound] :
             {std::pair("low", control.low), std::pair("high", control.high),
              std::pair("step", control.step)}) {
            if (bound) {
                one[key] = study::detail::number(*bound);
            }
        }
        one["group"] = study::detail::name(control.group);
        list.push_back(std::move(one));
    }
    return list;
}

Json edits_json(const std::vector<live::Edit>& edits) {
    Json list = Json::array();
    for (const auto& edit : edits) {
        list.push_back({{"control", edit.control}, {"value", value_json(edit.value)}});
    }
    return list;
}

std::vector<live::Edit> edits_in(const Json& object) {
    constexpr std::size_t most = 5000;
    const auto found = object.find("edits");
    if (found == object.end() || !found->is_array()) {
        throw wrong_field("edits", "`edits` is no list", "send {edits: [{control, value}]}");
    }
    if (found->size() > most) {
        throw wrong_field("edits", fmt::format("more than {} edits", most), "");
    }
    std::vector<live::Edit> edits;
    for (const auto& one : *found) {
        if (!one.is_object() || !one.contains("control") || !one["control"].is_string() ||
            !one.contains("value")) {
            throw wrong_field("edits", "an edit has no control or no value",
                              "send {control, value}");
        }
        auto control = one["control"].get<std::string>();
        auto value = value_in(one["value"], control);
        edits.push_back({std::move(control), std::move(value)});
    }
    return edits;
}

} // namespace chainsim::workbench
