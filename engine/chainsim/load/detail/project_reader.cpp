#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/project_reader.hpp>
#include <chainsim/load/detail/tables.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::RecordReader;
using units::Unit;

/// Reads the facilities that a project builds.
void read_facilities(const Node& facilities, const FieldPath& here, const Inherited& inherited,
                     const FacilityContext& context, ReadProject& project) {
    for (const auto& entry : facilities.entries) {
        project.project.facilities.push_back(entry.key);
        auto read = read_facility(entry.key, entry.place, entry.value, FieldPath(here, entry.key),
                                  inherited, context);
        if (const auto* start = entry.value.find("start")) {
            context.reading.findings.add(start->place, FieldPath(here, entry.key).text(),
                                         "a facility of a project starts with the project",
                                         "move `start` to the project");
        }
        if (read) {
            read->facility.project = project.project.id;
            project.facilities.push_back(std::move(*read));
        }
    }
}

/// Takes the capacity of the facility that stands for the project; the first where none is named.
void find_main_facility(const Node& node, const FieldPath& path, const FacilityContext& context,
                        ReadProject& project) {
    auto& one = project.project;
    const auto& ids = one.existing.empty() ? one.facilities : one.existing;
    if (one.main_facility.empty()) {
        one.main_facility = ids.empty() ? std::string{} : ids.front();
    } else if (std::find(ids.begin(), ids.end(), one.main_facility) == ids.end()) {
        context.reading.findings.add(node.find("main")->value.place, FieldPath(path, "main").text(),
                                     fmt::format("'{}' is no facility of this project",
                                                 utf8::shorten(one.main_facility, 60)),
                                     input::help_for_unknown(one.main_facility, ids));
    }
    for (const auto& read : project.facilities) {
        if (read.facility.id == one.main_facility && !one.capacity) {
            one.capacity = read.facility.capacity;
            one.product = context.model.processes[read.facility.process].product;
        }
    }
}

/// What the plan states of a project as a whole: a product and its capacity, both or neither.
void read_stated_capacity(RecordReader& reader, const FieldPath& path, const Inherited& inherited,
                          const FacilityContext& context, model::Project& project) {
    const std::string id = reader.text("product");
    const Node* capacity = reader.value("capacity");
    const auto* product = reader.node().find("product");
    auto& findings = context.reading.findings;
    if (product == nullptr || capacity == nullptr) {
        if (product != nullptr || capacity != nullptr) {
            findings.add(product != nullptr ? product->value.place : capacity->place, path.text(),
                         "`product` and `capacity` of a project go together");
        }
        return;
    }
    const FieldPath here(path, "product");
    project.product = context.names.commodity(id, product->value.place, here, findings);
    if (project.product) {
        const Unit& unit = context.names.commodities[*project.product].unit;
        project.capacity = read_datum(*capacity, FieldPath(path, "capacity"),
                                      yearly(*capacity, unit), inherited, context.reading);
    }
}

/// Shares of the investment by year: together all of it.
void read_schedule(RecordReader& reader, const FieldPath& path, const ReadingContext& reading,
                   model::Project& project) {
    const Node* schedule = reader.value("schedule");
    if (schedule == nullptr) {
        return;
    }
    const FieldPath here(path, "schedule");
    double sum = 0.0;
    for (const auto& item : schedule->items) {
        if (const auto share =
                input::read_quantity(item, here, {Unit{}, 0.0, 1.0, false}, reading.findings)) {
            project.schedule.push_back(share->in("1"));
            sum += project.schedule.back();
        }
    }
    constexpr double slack = 1e-6; // percentages are typed by hand
    if (project.schedule.size() == schedule->items.size() && std::abs(sum - 1.0) > slack) {
        reading.findings.add(schedule->place, here.text(),
                             fmt::format("the shares add up to {:.6g} %", 100.0 * sum),
                             "they are shares of the whole investment: together 100 %");
    }
}

} // namespace

ReadProject read_project(const std::string& id, const Record& record,
                         const FacilityContext& context) {
    constexpr std::array statuses{model::Status::proposed,    model::Status::approved,
                                  model::Status::building,    model::Status::running,
                                  model::Status::at_capacity, model::Status::closed};
    const ReadingContext& reading = context.reading;
    const FieldPath root("projects");
    const FieldPath path(root, id);
    RecordReader reader(*record.node, project_table, path, reading.findings);
    const Inherited inherited = inherited_by(reader, {}, reading);
    ReadProject result;
    result.place = record.place;
    model::Project& project = result.project;
    project.id = id;
    project.name = read_name(reader.value("name"), FieldPath(path, "name"), id, reading);
    if (const Node* owner = reader.value("owner")) {
        project.owner = owner->is_map() ? read_name(owner, FieldPath(path, "owner"), "", reading).zh
                                        : owner->text;
    }
    project.box = reader.whole("box").value_or(0);
    project.kind = reader.word("kind").value_or(0) == 0 ? "industry" : "infrastructure";
    if (const auto status = reader.word("status")) {
        project.status = statuses[*status];
    }
    project.start = reader.whole("start");
    result.start_given = record.node->find("start") != nullptr;
    project.earliest = reader.whole("earliest");
    project.latest = reader.whole("latest");
    if (const Node* capex = reader.value("capex")) {
        project.capex =
            read_datum(*capex, FieldPath(path, "capex"), reader.need("capex"), inherited, reading);
    }
    if (const Node* land = reader.value("land")) {
        project.land =
            read_datum(*land, FieldPath(path, "land"), reader.need("land"), inherited, reading);
    }
    read_schedule(reader, path, reading, project);
    project.existing = reader.texts("existing");
    if (const Node* retrofits = reader.value("retrofits")) {
        for (const auto& entry : retrofits->entries) {
            project.retrofits.push_back(entry.key);
            result.named.emplace(entry.key, entry.place);
            result.retrofits.emplace(entry.key, &entry.value);
        }
    }
    project.requirements = reader.texts("requires");
    project.excludes = reader.texts("excludes");
    project.replaces = reader.texts("replaces");
    for (const std::string_view key : {"requires", "excludes", "replaces", "existing"}) {
        if (const auto* entry = record.node->find(key)) {
            for (const auto& item : entry->value.items) {
                result.named.emplace(item.text, item.place);
            }
        }
    }
    const Node* facilities = reader.value("facilities");
    project.main_facility = reader.text("main");
    read_stated_capacity(reader, path, inherited, context, project);
    project.provenance = read_provenance(reader, {}, reading);
    reader.finish();
    if (facilities != nullptr) {
        read_facilities(*facilities, FieldPath(path, "facilities"), inherited, context, result);
    }
    for (const auto& built : result.facilities) {
        const auto& ramp = built.facility.ramp;
        const auto full =
            std::find_if(ramp.begin(), ramp.end(), [](double share) { return share >= 1.0; });
        project.ramp_years = std::max(project.ramp_years, static_cast<int>(full - ramp.begin()));
    }
    find_main_facility(*record.node, path, context, result);
    return result;
}

} // namespace chainsim::load::detail
