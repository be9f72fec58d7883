#include <chainsim/load/detail/infrastructure_reader.hpp>
#include <chainsim/load/detail/known.hpp>
#include <chainsim/load/detail/tables.hpp>

#include <fmt/format.h>

#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::RecordReader;

model::Substation read_substation(const std::string& id, const Record& record,
                                  const FieldPath& path, const Study& study,
                                  const ReadingContext& context) {
    RecordReader reader(*record.node, substation_table, path, context.findings);
    const Inherited inherited = inherited_by(reader, {}, context);
    model::Substation out;
    out.id = id;
    out.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
    for (const auto& [key, figure, unit] :
         {std::tuple("capacity", &out.capacity, "MVA"), std::tuple("load", &out.load, "MW")}) {
        if (const auto* node = reader.value(key)) {
            *figure = read_datum(*node, FieldPath(path, key),
                                 reader.need(key, units::Unit::parse(unit)), inherited, context);
        }
    }
    out.level_kv = reader.whole("level_kv");
    out.start = reader.whole("start");
    out.project = reader.text("project");
    if (!out.project.empty()) {
        check_known(out.project, record.node->find("project")->value.place,
                    FieldPath(path, "project"), "project", ids_of(study.projects), context);
    }
    out.provenance = read_provenance(reader, {}, context);
    reader.finish();
    return out;
}

class RouteReader {
public:
    RouteReader(const Names& names, const ReadingContext& context)
        : names_(names), context_(context) {}

    model::FreightRoute read(const std::string& id, const Record& record, const FieldPath& path) {
        RecordReader reader(*record.node, freight_route_table, path, context_.findings);
        const Inherited inherited = inherited_by(reader, {}, context_);
        model::FreightRoute out;
        out.id = id;
        out.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context_);
        const auto direction = reader.word("direction");
        out.direction = static_cast<model::FreightDirection>(direction.value_or(0));
        out.commodities = commodities(reader, path);
        out.by_pipe = reader.yes_no("by_pipe").value_or(false);
        if (const auto* node = reader.value("rail")) {
            out.rail = read_path(*node, FieldPath(path, "rail"),
                                 reader.need("rail", units::Unit::parse("1")), inherited, context_);
        }
        for (const auto& [key, figure] : {std::pair("road_distance", &out.road_distance),
                                          std::pair("rail_distance", &out.rail_distance)}) {
            if (const auto* node = reader.value(key)) {
                *figure =
                    read_datum(*node, FieldPath(path, key),
                               reader.need(key, units::Unit::parse("km")), inherited, context_);
            }
        }
        out.provenance = read_provenance(reader, {}, context_);
        reader.finish();
        if (direction) {
            claim(out, record, path);
        }
        return out;
    }

private:
    std::vector<model::Index<model::Commodity>> commodities(RecordReader& reader,
                                                            const FieldPath& path) {
        std::vector<model::Index<model::Commodity>> out;
        const auto words = reader.texts("commodities");
        const auto* entry = reader.node().find("commodities");
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto place =
                entry->value.is_sequence() ? entry->value.items.at(i).place : entry->value.place;
            if (const auto known = names_.commodity(words[i], place, FieldPath(path, "commodities"),
                                                    context_.findings)) {
                out.push_back(*known);
            }
        }
        return out;
    }

    /// A commodity, or all others, that two routes of one direction name.
    void claim(const model::FreightRoute& route, const Record& record, const FieldPath& path) {
        const auto take = [&](std::optional<model::Index<model::Commodity>> one) {
            const auto key = std::pair(static_cast<int>(route.direction),
                                       one ? static_cast<std::int64_t>(one->value) : -1);
            const auto [first, added] = claimed_.emplace(key, record.place);
            if (!added) {
                context_.findings.add(
                    record.place, path.text(),
                    one ? fmt::format("'{}' has a route already", names_.commodities[*one].id)
                        : std::string("a second route of all others"),
                    "what goes two ways has one route, with the share of rail", {first->second});
            }
        };
        if (route.commodities.empty()) {
            take(std::nullopt);
        }
        for (const auto& one : route.commodities) {
            take(one);
        }
    }

    const Names& names_;
    const ReadingContext& context_;
    std::map<std::pair<int, std::int64_t>, input::Place> claimed_;
};

} // namespace

model::Registry<model::Substation> read_substations(const Sections& sections, const Study& study,
                                                    const ReadingContext& context) {
    std::vector<model::Substation> out;
    const FieldPath root("substations");
    for (const auto& [id, record] : sections.of("substations")) {
        out.push_back(read_substation(id, record, FieldPath(root, id), study, context));
    }
    return model::Registry(std::move(out));
}

model::Registry<model::FreightRoute>
read_freight_routes(const Sections& sections, const Names& names, const ReadingContext& context) {
    std::vector<model::FreightRoute> out;
    RouteReader reader(names, context);
    const FieldPath root("freight_routes");
    for (const auto& [id, record] : sections.of("freight_routes")) {
        out.push_back(reader.read(id, record, FieldPath(root, id)));
    }
    return model::Registry(std::move(out));
}

} // namespace chainsim::load::detail
