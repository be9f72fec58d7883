#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/budget_reader.hpp>
#include <chainsim/load/detail/decision_reader.hpp>
#include <chainsim/load/detail/energy_reader.hpp>
#include <chainsim/load/detail/group_reader.hpp>
#include <chainsim/load/detail/infrastructure_reader.hpp>
#include <chainsim/load/detail/ledger_reader.hpp>
#include <chainsim/load/detail/plan_reader.hpp>
#include <chainsim/load/detail/project_reader.hpp>
#include <chainsim/load/detail/rule_reader.hpp>
#include <chainsim/load/detail/study_reader.hpp>
#include <chainsim/load/detail/tables.hpp>
#include <chainsim/model/indicator_kinds.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::RecordReader;
using units::Unit;

/// What lies outside the modelled plants: known amounts per year, none of them negative.
void read_rest_of_economy(RecordReader& reader, const FieldPath& path, const Inherited& inherited,
                          const ReadingContext& context, model::Region& region) {
    static const std::map<std::string, std::string> units_of{{"co2", "t"},
                                                             {"energy_calorific", "tce"},
                                                             {"energy_equivalent", "tce"},
                                                             {"fresh_water", "m3"},
                                                             {"gdp", "CNY"},
                                                             {"power", "MWh"}};
    const Node* rest = reader.value("rest_of_economy");
    if (rest == nullptr) {
        return;
    }
    std::vector<std::string> known;
    known.reserve(units_of.size());
    for (const auto& [key, unit] : units_of) {
        known.push_back(key);
    }
    const FieldPath here(path, "rest_of_economy");
    for (const auto& entry : rest->entries) {
        const FieldPath place(here, entry.key);
        const auto found = units_of.find(entry.key);
        if (found == units_of.end()) {
            context.findings.add(entry.place, place.text(),
                                 fmt::format("unknown key `{}`", utf8::shorten(entry.key, 60)),
                                 input::help_for_unknown(entry.key, known));
        } else if (auto read = read_path(entry.value, place,
                                         yearly(entry.value, Unit::parse(found->second)), inherited,
                                         context)) {
            region.rest_of_economy.emplace(entry.key, std::move(*read));
        }
    }
}

/// A figure of the statistics: a datum, or a datum with the indicator that it is set against.
std::optional<model::Statistic> read_statistic(const std::string& id, const Node& node,
                                               const FieldPath& path,
                                               const std::vector<model::IndicatorKind>& kinds,
                                               const Inherited& inherited,
                                               const ReadingContext& context) {
    model::Statistic statistic;
    statistic.name = {id, id};
    std::optional<model::Datum> datum;
    std::optional<model::IndicatorKind> kind;
    if (node.is_map() && node.find("use") == nullptr) {
        RecordReader reader(node, statistic_table, path, context.findings);
        statistic.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
        kind = read_indicator(reader, path, kinds, context);
        statistic.explanation = reader.text("explanation");
        statistic.same_source = reader.yes_no("same_source").value_or(false);
        datum = read_datum_keys(reader, any_unit(), inherited, context);
        reader.finish();
    } else {
        datum = read_datum(node, path, any_unit(), inherited, context);
    }
    if (!datum) {
        return std::nullopt;
    }
    if (kind) {
        statistic.indicator = kind->id;
        const Unit unit = Unit::parse(kind->unit);
        if (!datum->value.unit().is_convertible_to(unit)) {
            context.findings.add(node.find("indicator")->value.place, path.text(),
                                 fmt::format("'{}' is in {}, and the figure is {}", kind->id,
                                             kind->unit, to_string(datum->value)));
        }
    }
    statistic.datum = std::move(*datum);
    return statistic;
}

model::Region read_region(const Sections& sections, const std::vector<model::IndicatorKind>& kinds,
                          const ReadingContext& context) {
    model::Region region;
    if (!sections.region()) {
        return region;
    }
    const FieldPath path("region");
    RecordReader reader(*sections.region()->node, region_table, path, context.findings);
    const Inherited inherited = inherited_by(reader, {}, context);
    region.id = reader.text("id");
    region.name = read_name(reader.value("name"), FieldPath(path, "name"), region.id, context);
    region.base_year = reader.whole("base_year").value_or(0);
    if (const Node* statistics = reader.value("statistics")) {
        const FieldPath here(path, "statistics");
        for (const auto& entry : statistics->entries) {
            if (auto one = read_statistic(entry.key, entry.value, FieldPath(here, entry.key), kinds,
                                          inherited, context)) {
                region.statistics.emplace(entry.key, std::move(*one));
            }
        }
    }
    const auto read_paths = [&](std::string_view key, std::map<std::string, model::Path>& into) {
        const Node* paths = reader.value(key);
        if (paths == nullptr) {
            return;
        }
        const FieldPath here(path, key);
        for (const auto& entry : paths->entries) {
            if (auto read = read_path(entry.value, FieldPath(here, entry.key), any_unit(),
                                      inherited, context)) {
                into.emplace(entry.key, std::move(*read));
            }
        }
    };
    read_rest_of_economy(reader, path, inherited, context, region);
    if (const Node* sectors = reader.value("sectors")) {
        region.sectors = read_sectors(*sectors, FieldPath(path, "sectors"), inherited, context);
    }
    read_paths("resources", region.resources);
    region.provenance = read_provenance(reader, {}, context);
    reader.finish();
    return region;
}

std::optional<model::MarketSide> read_side(const Node& node, bool is_buy, const FieldPath& path,
                                           const Unit& unit, const Inherited& outer,
                                           const ReadingContext& context) {
    model::MarketSide side;
    side.where = node.place.location();
    if (node.is_scalar() && node.text == "none") {
        return side;
    }
    if (!node.is_map()) {
        input::note_kind(node, path, "a map, or `none`,", context.findings);
        return std::nullopt;
    }
    side.allowed = true;
    RecordReader reader(node, is_buy ? buy_table : sell_table, path, context.findings);
    const Inherited inherited = inherited_by(reader, outer, context);
    const Unit price_unit = Unit::parse("CNY").per(unit);
    if (const Node* price = reader.value("price")) {
        side.price = read_path(*price, FieldPath(path, "price"), reader.need("price", price_unit),
                               inherited, context);
    }
    if (const Node* limit = reader.value("limit")) {
        side.limit =
            read_path(*limit, FieldPath(path, "limit"), yearly(*limit, unit), inherited, context);
    }
    if (is_buy) {
        side.before_local = reader.word("rank").value_or(0) == 1;
    }
    (void)read_provenance(reader, outer, context);
    reader.finish();
    return side;
}

model::Registry<model::Market> read_markets(const Sections& sections, const Names& names,
                                            const ReadingContext& context) {
    std::vector<model::Market> markets;
    const FieldPath root("markets");
    for (const auto& [id, record] : sections.of("markets")) {
        const FieldPath path(root, id);
        const auto commodity = names.commodity(id, record.place, root, context.findings);
        RecordReader reader(*record.node, market_table, path, context.findings);
        const Inherited inherited = inherited_by(reader, {}, context);
        const Node* buy = reader.value("buy");
        const Node* sell = reader.value("sell");
        model::Market market;
        market.id = id;
        market.provenance = read_provenance(reader, {}, context);
        reader.finish();
        if (!commodity) {
            continue;
        }
        market.commodity = *commodity;
        const Unit& unit = names.commodities[*commodity].unit;
        if (buy != nullptr) {
            market.buy = read_side(*buy, true, FieldPath(path, "buy"), unit, inherited, context);
        }
        if (sell != nullptr) {
            market.sell =
                read_side(*sell, false, FieldPath(path, "sell"), unit, inherited, context);
        }
        if (buy == nullptr && sell == nullptr && record.node->is_map()) {
            context.findings.add(record.place, path.text(), "neither `buy` nor `sell` is given");
        }
        markets.push_back(std::move(market));
    }
    return model::Registry(std::move(markets));
}

model::Registry<model::Demand> read_demands(const Sections& sections, const Names& names,
                                            const ReadingContext& context) {
    std::vector<model::Demand> demands;
    const FieldPath root("demand");
    for (const auto& [id, record] : sections.of("demand")) {
        const FieldPath path(root, id);
        const auto commodity = names.commodity(id, record.place, root, context.findings);
        Inherited inherited;
        inherited.document = record.place.document;
        const auto need =
            commodity ? yearly(*record.node, names.commodities[*commodity].unit) : any_unit();
        const auto amount = read_path(*record.node, path, need, inherited, context);
        if (commodity && amount) {
            model::Demand demand{id, *commodity, *amount,
                                 amount->points().front().second.provenance};
            demands.push_back(std::move(demand));
        }
    }
    return model::Registry(std::move(demands));
}

/// An id means one facility, whether it stands for itself or within a project.
void check_facility_ids(const Sections& sections, input::Findings& findings) {
    std::map<std::string, input::Place> places;
    const auto claim = [&](const std::string& id, input::Place place) {
        const auto [first, added] = places.emplace(id, place);
        if (!added) {
            findings.add(place, "facilities",
                         fmt::format("'{}' is a facility already", utf8::shorten(id, 60)),
                         "ids of facilities are unique, those of projects included",
                         {first->second});
        }
    };
    for (const auto& [id, record] : sections.of("facilities")) {
        claim(id, record.place);
    }
    for (const auto& [id, record] : sections.of("projects")) {
        const auto* facilities = record.node->find("facilities");
        if (facilities == nullptr) {
            continue;
        }
        for (const auto& entry : facilities->value.entries) {
            claim(entry.key, entry.place);
        }
    }
}

} // namespace

std::map<std::string, const model::Facility*> plants_of(const Study& study) {
    std::map<std::string, const model::Facility*> plants;
    for (const auto& read : study.facilities) {
        plants.emplace(read.facility.id, &read.facility);
    }
    for (const auto& [id, project] : study.projects) {
        for (const auto& read : project.facilities) {
            plants.emplace(read.facility.id, &read.facility);
        }
    }
    return plants;
}

Study read_study(const Sections& sections, const model::Model& model, const Documents& documents,
                 const ReadingContext& context) {
    const Names names = names_of(model.commodities);
    Study study;
    study.groups = read_plant_groups(sections, context);
    const auto kinds = model::indicator_kinds(model, study.groups);
    study.region = read_region(sections, kinds, context);
    study.markets = read_markets(sections, names, context);
    study.demands = read_demands(sections, names, context);
    study.periods = read_periods(sections, model, study.region, context);
    study.policies = read_policies(sections, kinds, study.periods, context);
    study.budgets = read_budgets(sections, context);
    check_facility_ids(sections, context.findings);
    const FacilityContext facility_context{model, names, documents, context};
    const FieldPath root("facilities");
    for (const auto& [id, record] : sections.of("facilities")) {
        if (auto read = read_facility(id, record.place, *record.node, FieldPath(root, id), {},
                                      facility_context)) {
            study.facilities.push_back(std::move(*read));
        }
    }
    for (const auto& [id, record] : sections.of("projects")) {
        study.projects.emplace(id, read_project(id, record, facility_context));
    }
    study.substations = read_substations(sections, study, context);
    study.freight_routes = read_freight_routes(sections, names, context);
    check_plant_groups(sections, study, context);
    study.targets = read_targets(sections, study, context);
    study.improvements = read_improvements(sections, model, context);
    study.decision_rules = read_decision_rules(sections, study, context);
    study.decision_groups = read_decision_groups(sections, study, context);
    read_ledger_sources(sections, model, study, context);
    read_ledger_rules(sections, model, study, context);
    return study;
}

} // namespace chainsim::load::detail
