#include <chainsim/load/detail/energy_reader.hpp>
#include <chainsim/load/detail/known.hpp>
#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/detail/values.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::RecordReader;
using model::Commodity;
using model::Index;
using units::Unit;

const std::map<std::string, model::Sector>& sectors_by_name() {
    static const auto sectors = [] {
        std::map<std::string, model::Sector> out;
        for (std::size_t i = 0; i < model::sector_count; ++i) {
            const auto sector = static_cast<model::Sector>(i);
            out.emplace(to_string(sector), sector);
        }
        return out;
    }();
    return sectors;
}

/// The energy products of a list, each of which belongs to one record of the section.
class EnergyProducts {
public:
    EnergyProducts(const Names& names, const ReadingContext& context)
        : names_(names), context_(context) {}

    [[nodiscard]] std::vector<Index<Commodity>> read(const Node& list, const FieldPath& path,
                                                     const std::string& record) {
        std::vector<Index<Commodity>> out;
        out.reserve(list.items.size());
        for (const auto& item : list.items) {
            const auto index = names_.commodity(item.text, item.place, path, context_.findings);
            if (!index) {
                continue;
            }
            if (!names_.commodities[*index].energy_product) {
                context_.findings.add(item.place, path.text(),
                                      fmt::format("'{}' is no energy product", item.text));
            } else if (const auto [first, added] = taken_.emplace(item.text, record); !added) {
                context_.findings.add(
                    item.place, path.text(),
                    fmt::format("'{}' belongs to '{}' already", item.text, first->second));
            } else {
                out.push_back(*index);
            }
        }
        return out;
    }

    [[nodiscard]] bool holds(const std::string& commodity) const {
        return taken_.contains(commodity);
    }

private:
    const Names& names_;
    const ReadingContext& context_;
    std::map<std::string, std::string> taken_; ///< commodity -> record
};

void read_deliveries(model::EnergyCarrier& carrier, const Node& node, const FieldPath& path,
                     const Names& names, const ReadingContext& context) {
    for (const auto& entry : node.entries) {
        const FieldPath here(path, entry.key);
        const auto index = names.commodity(entry.key, entry.place, here, context.findings);
        if (!index || !check_known(entry.value.text, entry.value.place, here, "sector",
                                   ids_of(sectors_by_name()), context)) {
            continue;
        }
        if (std::find(carrier.commodities.begin(), carrier.commodities.end(), *index) ==
            carrier.commodities.end()) {
            context.findings.add(entry.place, here.text(),
                                 fmt::format("'{}' is not among the `commodities`", entry.key));
            continue;
        }
        carrier.delivered_to.emplace(entry.key, sectors_by_name().at(entry.value.text));
    }
}

/// Units agree within a column, and who uses what is delivered is known.
void check_commodities(const model::EnergyCarrier& carrier, const Record& record,
                       const FieldPath& path, const Names& names, const ReadingContext& context) {
    for (const auto index : carrier.commodities) {
        const auto& one = names.commodities[index];
        if (!one.unit.is_convertible_to(carrier.unit)) {
            context.findings.add(record.place, path.text(),
                                 fmt::format("'{}' is counted in {}, and this column in {}", one.id,
                                             one.unit.text(), carrier.unit.text()));
        }
        if (one.delivery == model::Delivery::district && !carrier.delivered_to.contains(one.id)) {
            context.findings.add(record.place, path.text(),
                                 fmt::format("'{}' is sold within the district, and no sector uses "
                                             "it",
                                             one.id),
                                 fmt::format("add `delivered_to: {{{}: transport}}`", one.id));
        }
    }
}

/// Shares of all sectors are together no more than the whole, in every year that one of them
/// states.
void check_shares(const std::map<model::Sector, model::SectorUse>& sectors, const Node& node,
                  const FieldPath& path, const ReadingContext& context) {
    for (const auto& [key, part] : {std::pair("fuel", &model::SectorUse::fuel),
                                    std::pair("power", &model::SectorUse::power)}) {
        std::set<int> years;
        for (const auto& [sector, use] : sectors) {
            if (use.*part) {
                for (const auto& [year, datum] : (use.*part)->points()) {
                    years.insert(year);
                }
            }
        }
        for (const int year : years) {
            double sum = 0.0;
            for (const auto& [sector, use] : sectors) {
                sum += use.*part ? (use.*part)->at(year).in("1") : 0.0;
            }
            constexpr double rounding = 1e-9;
            if (sum > 1.0 + rounding) {
                constexpr double percent = 100.0;
                context.findings.add(
                    node.place, path.text(),
                    fmt::format("the shares of `{}` are {:.6g} % together", key, percent * sum),
                    "100 % at most");
                break;
            }
        }
    }
}

} // namespace

model::Registry<model::EnergyCarrier>
read_energy_carriers(const Sections& sections, const Names& names, const ReadingContext& context) {
    std::vector<model::EnergyCarrier> carriers;
    EnergyProducts products(names, context);
    const FieldPath root("energy_carriers");
    for (const auto& [id, record] : sections.of("energy_carriers")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, energy_carrier_table, path, context.findings);
        model::EnergyCarrier carrier;
        carrier.id = id;
        carrier.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
        carrier.position = reader.whole("position").value_or(0);
        const auto unit = read_unit(reader, "1000 m3", context);
        (void)reader.texts("commodities");
        const Node* deliveries = reader.value("delivered_to");
        carrier.provenance = read_provenance(reader, {}, context);
        reader.finish();
        const auto* list = record.node->find("commodities");
        if (list == nullptr || !unit) {
            continue;
        }
        carrier.unit = *unit;
        carrier.commodities = products.read(list->value, FieldPath(path, "commodities"), id);
        if (deliveries != nullptr) {
            read_deliveries(carrier, *deliveries, FieldPath(path, "delivered_to"), names, context);
        }
        check_commodities(carrier, record, path, names, context);
        carriers.push_back(std::move(carrier));
    }
    if (!sections.of("energy_carriers").empty()) {
        for (const auto& [id, record] : sections.of("commodities")) {
            const auto index = names.commodities.find(id);
            if (index && names.commodities[*index].energy_product && !products.holds(id)) {
                context.findings.add(record.place, fmt::format("commodities.{}", id),
                                     fmt::format("'{}' is an energy product that belongs to no "
                                                 "column of the energy balance",
                                                 id),
                                     "list it in one of `energy_carriers`");
            }
        }
    }
    return model::Registry(std::move(carriers));
}

model::Registry<model::EnergyTransformation>
read_energy_transformations(const Sections& sections, const Names& names,
                            const ReadingContext& context) {
    std::vector<model::EnergyTransformation> lines;
    EnergyProducts products(names, context);
    const FieldPath root("energy_transformations");
    for (const auto& [id, record] : sections.of("energy_transformations")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, energy_transformation_table, path, context.findings);
        model::EnergyTransformation line;
        line.id = id;
        line.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
        line.position = reader.whole("position").value_or(0);
        (void)reader.texts("products");
        line.provenance = read_provenance(reader, {}, context);
        reader.finish();
        if (const auto* list = record.node->find("products")) {
            line.products = products.read(list->value, FieldPath(path, "products"), id);
        }
        lines.push_back(std::move(line));
    }
    return model::Registry(std::move(lines));
}

model::Registry<model::EnergyMedium>
read_energy_media(const Sections& sections, const Names& names,
                  const model::Registry<model::Factor>& factors, const ReadingContext& context) {
    std::vector<model::EnergyMedium> media;
    const FieldPath root("energy_media");
    for (const auto& [id, record] : sections.of("energy_media")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, energy_medium_table, path, context.findings);
        const auto commodity = names.commodity(id, record.place, root, context.findings);
        const std::string factor = reader.text("factor");
        model::EnergyMedium medium;
        medium.id = id;
        medium.provenance = read_provenance(reader, {}, context);
        reader.finish();
        const auto* entry = record.node->find("factor");
        if (!commodity || entry == nullptr ||
            !check_known(factor, entry->value.place, FieldPath(path, "factor"), "factor",
                         factors.ids(), context)) {
            continue;
        }
        medium.commodity = *commodity;
        medium.factor = factor;
        const auto& one = names.commodities[*commodity];
        const auto& unit = factors.at(factor).path.points().front().second.value.unit();
        if (one.energy_product) {
            context.findings.add(record.place, path.text(),
                                 fmt::format("'{}' is an energy product, and counts as such", id));
        } else if (!unit.is_convertible_to(Unit::parse("tce").per(one.unit))) {
            context.findings.add(entry->value.place, path.text(),
                                 fmt::format("'{}' is in {}, and '{}' is counted in {}", factor,
                                             unit.text(), id, one.unit.text()));
        } else {
            media.push_back(std::move(medium));
        }
    }
    return model::Registry(std::move(media));
}

std::map<model::Sector, model::SectorUse> read_sectors(const Node& node, const FieldPath& path,
                                                       const Inherited& inherited,
                                                       const ReadingContext& context) {
    std::map<model::Sector, model::SectorUse> out;
    for (const auto& entry : node.entries) {
        const FieldPath here(path, entry.key);
        if (!check_known(entry.key, entry.place, here, "sector", ids_of(sectors_by_name()),
                         context)) {
            continue;
        }
        RecordReader reader(entry.value, sector_table, here, context.findings);
        model::SectorUse use;
        for (const auto& [key, into] :
             {std::pair("fuel", &use.fuel), std::pair("power", &use.power)}) {
            if (const Node* value = reader.value(key)) {
                *into =
                    read_path(*value, FieldPath(here, key), reader.need(key), inherited, context);
            }
        }
        reader.finish();
        out.emplace(sectors_by_name().at(entry.key), std::move(use));
    }
    check_shares(out, node, path, context);
    return out;
}

model::Registry<model::CarbonGuideline> read_carbon_guidelines(const Sections& sections,
                                                               const ReadingContext& context) {
    std::vector<model::CarbonGuideline> guidelines;
    std::map<std::string, std::string> taken; // code -> guideline
    const FieldPath root("carbon_guidelines");
    for (const auto& [id, record] : sections.of("carbon_guidelines")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, carbon_guideline_table, path, context.findings);
        model::CarbonGuideline one;
        one.id = id;
        one.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
        one.industries = reader.texts("industries");
        one.deducts_given = reader.word("power_and_heat_given").value_or(0) == 0;
        one.provenance = read_provenance(reader, {}, context);
        reader.finish();
        for (const auto& code : one.industries) {
            for (const auto& [other, guideline] : taken) {
                if (code.starts_with(other) || other.starts_with(code)) {
                    context.findings.add(
                        record.node->find("industries")->value.place,
                        FieldPath(path, "industries").text(),
                        fmt::format("'{}' belongs to '{}' already", code, guideline));
                }
            }
        }
        for (const auto& code : one.industries) {
            taken.emplace(code, id);
        }
        guidelines.push_back(std::move(one));
    }
    return model::Registry(std::move(guidelines));
}

} // namespace chainsim::load::detail
