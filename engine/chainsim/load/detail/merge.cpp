#include <chainsim/load/detail/merge.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::load::detail {

namespace {

using input::Entry;
using input::FieldPath;
using input::Findings;
using input::Node;

bool is_figure(const Node& node) {
    return node.is_map() && (node.find("value") != nullptr || node.find("path") != nullptr ||
                             node.find("use") != nullptr);
}

/// What belongs to a figure and not to what it is a figure of.
bool belongs_to_figure(std::string_view key) {
    constexpr std::array<std::string_view, 9> keys{"use",        "value",       "path",
                                                   "range",      "interpolate", "distribution",
                                                   "confidence", "source",      "note"};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// A datum or path with a new number in place of the old figure.
Node with_new_value(const Node& base, const Node& value) {
    Node result = base;
    std::erase_if(result.entries, [](const Entry& entry) { return belongs_to_figure(entry.key); });
    result.entries.insert(result.entries.begin(), Entry{"value", value.place, value});
    return result;
}

bool is_year(std::string_view key) {
    return key.size() == 4 &&
           std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Where a new key goes: years among years in their order, anything else at the end.
std::vector<Entry>::iterator place_for(std::vector<Entry>& entries, const std::string& key) {
    const bool all_years = std::all_of(entries.begin(), entries.end(),
                                       [](const Entry& entry) { return is_year(entry.key); });
    if (!is_year(key) || !all_years) {
        return entries.end();
    }
    return std::find_if(entries.begin(), entries.end(),
                        [&](const Entry& entry) { return entry.key > key; });
}

/// Only flows carry a role or a kind, and only recipes have flows.
bool is_flow_map(const Node& map) {
    return !map.entries.empty() &&
           std::all_of(map.entries.begin(), map.entries.end(), [](const Entry& e) {
               return e.value.find("role") != nullptr || e.value.find("kind") != nullptr;
           });
}

void note_new_flow(const Node& base, const Entry& entry, const FieldPath& path,
                   Findings& findings) {
    std::vector<std::string> known(base.entries.size());
    std::transform(base.entries.begin(), base.entries.end(), known.begin(),
                   [](const Entry& existing) { return existing.key; });
    findings.add(entry.place, path.text(),
                 fmt::format("the recipe has no '{}' here, so this changes nothing", entry.key),
                 input::help_for_unknown(entry.key, known));
}

} // namespace

Node merged(const Node& base, const Node& change, const FieldPath& path, Findings& findings) {
    if (!change.is_map()) {
        return is_figure(base) && change.is_scalar() ? with_new_value(base, change) : change;
    }
    if (!base.is_map()) {
        if (!base.is_scalar() || is_figure(change)) {
            return change;
        }
        // `{range: ...}` for a figure that is a bare text: the text is its value.
        Node figure;
        figure.kind = input::NodeKind::map;
        figure.place = base.place;
        figure.entries.push_back(Entry{"value", base.place, base});
        return merged(figure, change, path, findings);
    }
    const bool only_known_keys = is_flow_map(base);
    Node result = base;
    for (const auto& entry : change.entries) {
        if (Entry* existing = result.find(entry.key)) {
            existing->value =
                merged(existing->value, entry.value, FieldPath(path, entry.key), findings);
        } else if (only_known_keys) {
            note_new_flow(base, entry, path, findings);
        } else if ((entry.key == "use" || entry.key == "value" || entry.key == "path") &&
                   is_figure(base)) {
            // The other of the two forms of a path.
            std::erase_if(result.entries, [](const Entry& e) {
                return e.key == "use" || e.key == "value" || e.key == "path" || e.key == "range";
            });
            result.entries.insert(result.entries.begin(), entry);
        } else {
            result.entries.insert(place_for(result.entries, entry.key), entry);
        }
    }
    return result;
}

} // namespace chainsim::load::detail
