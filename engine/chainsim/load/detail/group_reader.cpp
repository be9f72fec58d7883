#include <chainsim/load/detail/group_reader.hpp>
#include <chainsim/load/detail/known.hpp>
#include <chainsim/load/detail/tables.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::RecordReader;
using model::Facility;
using model::PlantGroup;
using Plants = std::map<std::string, const Facility*>;

/// What plants of the study have in one of their fields.
std::vector<std::string> all_of(const Plants& plants, std::string Facility::*field) {
    std::set<std::string> values;
    for (const auto& [id, plant] : plants) {
        values.insert(plant->*field);
    }
    values.erase("");
    return {values.begin(), values.end()};
}

void check_group(const PlantGroup& group, const Record& record, const FieldPath& path,
                 const Plants& plants, const ReadingContext& context) {
    const auto place_of = [&](std::string_view key) {
        const auto* entry = record.node->find(key);
        return entry == nullptr ? record.place : entry->value.place;
    };
    bool is_known = group.states_something();
    for (const auto& [key, stated, field] : {std::tuple("park", &group.park, &Facility::park),
                                             std::tuple("owner", &group.owner, &Facility::owner)}) {
        is_known = (stated->empty() || check_known(*stated, place_of(key), FieldPath(path, key),
                                                   key, all_of(plants, field), context)) &&
                   is_known;
    }
    const auto ids = ids_of(plants);
    if (const auto* entry = record.node->find("plants")) {
        for (const auto& item : entry->value.items) {
            if (!check_known(item.text, item.place, FieldPath(path, "plants"), "facility", ids,
                             context)) {
                is_known = false;
            } else if (is_known && !group.holds(*plants.at(item.text))) {
                context.findings.add(
                    item.place, FieldPath(path, "plants").text(),
                    fmt::format("'{}' is not of that park, industry or owner", item.text),
                    "whoever meets all that is stated belongs to a group");
                is_known = false;
            }
        }
    }
    if (is_known && std::none_of(plants.begin(), plants.end(), [&group](const auto& plant) {
            return group.holds(*plant.second);
        })) {
        context.findings.add(record.place, path.text(), "no plant of the study belongs to it",
                             "state less, or what the plants have in `park`, `industry`, `owner`");
    }
}

} // namespace

model::Registry<PlantGroup> read_plant_groups(const Sections& sections,
                                              const ReadingContext& context) {
    std::vector<PlantGroup> groups;
    const FieldPath root("plant_groups");
    for (const auto& [id, record] : sections.of("plant_groups")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, plant_group_table, path, context.findings);
        PlantGroup group;
        group.id = id;
        group.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
        group.park = reader.text("park");
        group.industry = reader.text("industry");
        group.owner = reader.text("owner");
        group.plants = reader.texts("plants");
        group.provenance = read_provenance(reader, {}, context);
        reader.finish();
        if (!group.states_something() && record.node->is_map()) {
            context.findings.add(record.place, path.text(), "nothing says which plants it holds",
                                 "add `park`, `industry`, `owner` or `plants`");
        }
        groups.push_back(std::move(group));
    }
    return model::Registry(std::move(groups));
}

void check_plant_groups(const Sections& sections, const Study& study,
                        const ReadingContext& context) {
    const auto plants = plants_of(study);
    const FieldPath root("plant_groups");
    for (const auto& [id, record] : sections.of("plant_groups")) {
        check_group(study.groups.at(id), record, FieldPath(root, id), plants, context);
    }
}

} // namespace chainsim::load::detail
