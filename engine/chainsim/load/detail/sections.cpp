#include <chainsim/base/utf8.hpp>
#include <chainsim/input/reader.hpp>
#include <chainsim/load/detail/merge.hpp>
#include <chainsim/load/detail/sections.hpp>
#include <chainsim/load/detail/tables.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace chainsim::load::detail {

namespace {

using input::Entry;
using input::FieldPath;
using input::Findings;
using input::Node;

bool may_change(std::string_view key) { return sections_table.find(key) != nullptr; }

/// Those of a study, and those that the library alone has.
bool is_section(std::string_view key) {
    const auto* in_models = models_file_table.find(key);
    return may_change(key) ||
           (in_models != nullptr && in_models->kind == input::FieldKind::records);
}

bool is_id(std::string_view text) {
    const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
    return !text.empty() && text.size() <= 100 && is_small(text[0]) &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) { return is_small(c) || (c >= '0' && c <= '9') || c == '_'; });
}

/// Sources are cited by the short names of the trade: HB, G21342.
bool is_source_id(std::string_view text) {
    return !text.empty() && text.size() <= 100 && text.find(' ') == std::string_view::npos;
}

void check_id(std::string_view section, const Entry& entry, Findings& findings) {
    const bool is_right = section == "sources" ? is_source_id(entry.key) : is_id(entry.key);
    if (!is_right) {
        findings.add(entry.place, std::string(section),
                     fmt::format("'{}' is no id", utf8::shorten(entry.key, 60)),
                     section == "sources"
                         ? "ids of sources have no spaces"
                         : "ids are of small letters, digits and _, a letter first");
    }
}

std::vector<std::string> ids_of(const Records& records) {
    std::vector<std::string> ids;
    ids.reserve(records.size());
    for (const auto& [id, record] : records) {
        ids.push_back(id);
    }
    return ids;
}

} // namespace

void Sections::add(const Node& map, Findings& findings) {
    for (const auto& section : map.entries) {
        if (!is_section(section.key)) {
            continue; // a key of the file or scenario, or one that was noted as unknown
        }
        if (!section.value.is_map()) {
            input::note_kind(section.value, FieldPath(section.key), "a map", findings);
            continue;
        }
        if (section.key == "region") {
            if (region_) {
                findings.add(section.place, "region", "a second region; a study has one",
                             "remove one of the two", {region_->place});
            } else {
                region_ = Record{section.place, &section.value, &section.value};
            }
            continue;
        }
        for (const auto& entry : section.value.entries) {
            add_record(section.key, entry, findings);
        }
    }
}

void Sections::add_record(std::string_view section, const Entry& entry, Findings& findings) {
    check_id(section, entry, findings);
    const auto [existing, added] = records_[std::string(section)].emplace(
        entry.key, Record{entry.place, &entry.value, &entry.value});
    if (!added) {
        findings.add(
            entry.place, std::string(section),
            fmt::format("'{}' stands twice in `{}`", utf8::shorten(entry.key, 60), section),
            "keep one of the two, or use `changes` in a scenario", {existing->second.place});
    }
}

void Sections::change(const Node& map, Findings& findings) {
    for (const auto& section : map.entries) {
        if (!may_change(section.key) || !section.value.is_map()) {
            if (may_change(section.key)) {
                input::note_kind(section.value, FieldPath(section.key), "a map", findings);
            }
            continue;
        }
        if (section.key == "region") {
            if (!region_) {
                findings.add(section.place, "changes.region", "there is no region to change");
                continue;
            }
            merged_.push_back(merged(*region_->node, section.value, FieldPath("region"), findings));
            region_->node = &merged_.back();
            continue;
        }
        for (const auto& entry : section.value.entries) {
            change_record(section.key, entry, findings);
        }
    }
}

void Sections::change_record(std::string_view section, const Entry& entry, Findings& findings) {
    auto& records = records_[std::string(section)];
    const auto found = records.find(entry.key);
    if (found == records.end()) {
        if (section == "facilities" && change_project_facility(entry, findings)) {
            return;
        }
        const auto ids = ids_of(records);
        std::string help = input::help_for_unknown(entry.key, ids);
        if (input::did_you_mean(entry.key, ids).empty()) {
            help += fmt::format("{}a new record belongs under `add: {}:`", help.empty() ? "" : "; ",
                                section);
        }
        findings.add(entry.place, fmt::format("changes.{}", section),
                     fmt::format("there is no '{}' in `{}`, so this changes nothing",
                                 utf8::shorten(entry.key, 60), section),
                     std::move(help));
        return;
    }
    const FieldPath root(section);
    merged_.push_back(
        merged(*found->second.node, entry.value, FieldPath(root, entry.key), findings));
    found->second.node = &merged_.back();
}

/// Facilities of projects stand within their project, but a change may name them like any other.
bool Sections::change_project_facility(const Entry& entry, Findings& findings) {
    for (auto& [id, project] : records_["projects"]) {
        const Entry* facilities = project.node->find("facilities");
        if (facilities == nullptr || facilities->value.find(entry.key) == nullptr) {
            continue;
        }
        const FieldPath root("facilities");
        Node changed = *project.node;
        Node& facility = changed.find("facilities")->value.find(entry.key)->value;
        facility = merged(facility, entry.value, FieldPath(root, entry.key), findings);
        merged_.push_back(std::move(changed));
        project.node = &merged_.back();
        return true;
    }
    return false;
}

const Records& Sections::of(std::string_view section) const {
    static const Records none;
    const auto found = records_.find(section);
    return found == records_.end() ? none : found->second;
}

} // namespace chainsim::load::detail
