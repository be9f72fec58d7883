#include <chainsim/base/nearest.hpp>
#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/commodity_reader.hpp>
#include <chainsim/load/detail/economics_reader.hpp>
#include <chainsim/load/detail/energy_reader.hpp>
#include <chainsim/load/detail/environment_reader.hpp>
#include <chainsim/load/detail/model_reader.hpp>
#include <chainsim/load/detail/review_reader.hpp>
#include <chainsim/load/detail/rule_reader.hpp>
#include <chainsim/load/detail/tables.hpp>
#include <chainsim/model/closure.hpp>
#include <chainsim/model/formula.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::RecordReader;
using model::Commodity;

model::Registry<model::Family> read_families(const Sections& sections, const Names& names,
                                             const ReadingContext& context) {
    std::vector<model::Family> families;
    const FieldPath root("families");
    for (const auto& [id, record] : sections.of("families")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, family_table, path, context.findings);
        model::Family family;
        family.id = id;
        family.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
        family.aliases = reader.texts("aliases");
        family.members = reader.texts("members");
        [[maybe_unused]] const std::string note = reader.text("note");
        reader.finish();
        if (const auto* members = record.node->find("members")) {
            for (const auto& member : members->value.items) {
                (void)names.commodity(member.text, member.place, FieldPath(path, "members"),
                                      context.findings);
            }
        }
        families.push_back(std::move(family));
    }
    return model::Registry(std::move(families));
}

model::Registry<model::Technology> read_technologies(const Sections& sections, const Names& names,
                                                     const ReadingContext& context) {
    std::vector<model::Technology> technologies;
    const FieldPath root("technologies");
    for (const auto& [id, record] : sections.of("technologies")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, technology_table, path, context.findings);
        model::Technology technology;
        technology.id = id;
        technology.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
        const std::string product = reader.text("product");
        technology.provenance = read_provenance(reader, {}, context);
        reader.finish();
        const auto* entry = record.node->find("product");
        if (entry == nullptr) {
            continue;
        }
        if (const auto index = names.commodity(product, entry->value.place,
                                               FieldPath(path, "product"), context.findings)) {
            technology.product = *index;
            technologies.push_back(std::move(technology));
        }
    }
    return model::Registry(std::move(technologies));
}

/// Every technology that a process names is there and makes the same, and none is without variants.
void check_technologies(const model::Model& model, const Sections& sections,
                        const ReadingContext& context) {
    std::set<std::string, std::less<>> used;
    for (const auto& process : model.processes) {
        if (process.technology.empty()) {
            continue;
        }
        used.insert(process.technology);
        const auto& place =
            sections.of("processes").find(process.id)->second.node->find("technology")->value.place;
        const std::string field = fmt::format("processes.{}.technology", process.id);
        const auto found = model.technologies.find(process.technology);
        if (!found) {
            context.findings.add(
                place, field,
                fmt::format("unknown technology '{}'", utf8::shorten(process.technology, 60)),
                input::did_you_mean(process.technology, model.technologies.ids()));
        } else if (const auto& one = model.technologies[*found]; one.product != process.product) {
            context.findings.add(place, field,
                                 fmt::format("'{}' makes '{}', and '{}' is a technology of '{}'",
                                             process.id, model.commodities[process.product].id,
                                             one.id, model.commodities[one.product].id),
                                 "variants of a technology have the same `product`", {});
        }
    }
    for (const auto& [id, record] : sections.of("technologies")) {
        if (!used.contains(id)) {
            context.findings.add(record.place, fmt::format("technologies.{}", id),
                                 fmt::format("no process is a variant of '{}'", id),
                                 fmt::format("write `technology: {}` in its processes", id));
        }
    }
}

model::Registry<model::Price> read_prices(const Sections& sections, const Names& names,
                                          const ReadingContext& context) {
    static const units::Unit money = units::Unit::parse("CNY");
    std::vector<model::Price> prices;
    const FieldPath root("prices");
    for (const auto& [id, record] : sections.of("prices")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, price_table, path, context.findings);
        const auto commodity = names.commodity(id, record.place, root, context.findings);
        model::Price price;
        price.id = id;
        input::QuantityNeed need = any_unit();
        if (commodity) {
            price.commodity = *commodity;
            need = {money.per(names.commodities[*commodity].unit)};
        }
        price.provenance.where = record.node->place.location();
        const auto price_path =
            read_path_keys(reader, need, inherited_by(reader, {}, context), context);
        price.vat_included = reader.yes_no("vat_included").value_or(false);
        const auto vat = reader.quantity("vat");
        [[maybe_unused]] const std::string reference = reader.text("price_id");
        reader.finish();
        if (vat) {
            price.vat = vat->in("1");
        }
        if (price.vat_included && record.node->find("vat") == nullptr) {
            context.findings.add(record.node->place, path.text(),
                                 "VAT is included, but its rate is missing",
                                 "add for example `vat: 13 %`");
        }
        if (price_path) {
            price.path = *price_path;
            const auto& provenance = price.path.points().front().second.provenance;
            price.provenance.confidence = provenance.confidence;
            price.provenance.source = provenance.source;
            prices.push_back(std::move(price));
        }
    }
    return model::Registry(std::move(prices));
}

model::Registry<model::Factor> read_factors(const Sections& sections,
                                            const ReadingContext& context) {
    std::vector<model::Factor> factors;
    const FieldPath root("factors");
    for (const auto& [id, record] : sections.of("factors")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, factor_table, path, context.findings);
        const auto factor_path =
            read_path_keys(reader, any_unit(), inherited_by(reader, {}, context), context);
        reader.finish();
        if (factor_path) {
            model::Factor factor{id, *factor_path, factor_path->points().front().second.provenance};
            factor.provenance.where = record.node->place.location();
            factors.push_back(std::move(factor));
        }
    }
    return model::Registry(std::move(factors));
}

/// One step of a chain: an id, or a list of them.
std::vector<std::string> read_step(const Node& step, const FieldPath& path, const Names& names,
                                   const model::Registry<model::Family>& families,
                                   const ReadingContext& context) {
    std::vector<std::string> ids;
    const auto add = [&](const Node& node) {
        if (!node.is_scalar()) {
            input::note_kind(node, path, "a commodity or family id", context.findings);
        } else if (families.contains(node.text) ||
                   names.commodity(node.text, node.place, path, context.findings)) {
            ids.push_back(node.text);
        }
    };
    if (step.is_sequence()) {
        std::for_each(step.items.begin(), step.items.end(), add);
    } else {
        add(step);
    }
    return ids;
}

model::Registry<model::Chain> read_chains(const Sections& sections, const Names& names,
                                          const model::Registry<model::Family>& families,
                                          const ReadingContext& context) {
    constexpr std::array<std::string_view, 3> kinds{"chain", "product_list", "equipment_chain"};
    Names all_names = names;
    for (const auto& family : families) {
        all_names.further.emplace_back(family.id, family.id);
        for (const auto& alias : family.aliases) {
            all_names.further.emplace_back(alias, family.id);
        }
    }
    std::vector<model::Chain> chains;
    const FieldPath root("chains");
    for (const auto& [id, record] : sections.of("chains")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, chain_table, path, context.findings);
        model::Chain chain;
        chain.id = id;
        chain.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
        if (const auto kind = reader.word("kind")) {
            chain.kind = kinds[*kind];
        }
        chain.section = reader.text("section");
        chain.quote = reader.text("quote");
        chain.note = read_provenance(reader, {}, context).note;
        if (const Node* steps = reader.value("steps")) {
            for (const auto& step : steps->items) {
                chain.steps.push_back(
                    read_step(step, FieldPath(path, "steps"), all_names, families, context));
            }
        }
        reader.finish();
        chains.push_back(std::move(chain));
    }
    return model::Registry(std::move(chains));
}

model::Registry<model::Process> read_processes(const Sections& sections, const Names& names,
                                               const Documents& documents,
                                               const ReadingContext& context) {
    std::vector<model::Process> processes;
    for (const auto& [id, record] : sections.of("processes")) {
        const std::size_t findings_before = context.findings.size();
        auto process = read_process(id, *record.node, names, context);
        if (!process) {
            continue;
        }
        process->provenance.where = record.place.location();
        if (record.is_changed()) {
            rebalance_changed(*process, record, names, context);
        }
        if (context.findings.size() != findings_before) {
            processes.push_back(std::move(*process));
            continue; // a recipe with a flow that could not be read does not close, of course
        }
        for (auto& diagnostic : model::check_closure(*process, names.commodities)) {
            add_with_line(std::move(diagnostic), documents, context.findings);
        }
        processes.push_back(std::move(*process));
    }
    return model::Registry(std::move(processes));
}

} // namespace

void Words::add(std::string word, std::string id) {
    if (ids_.emplace(word, std::move(id)).second) {
        words_.push_back(std::move(word));
    }
}

std::string Words::help_for(std::string_view word) const {
    if (const auto exact = ids_.find(word); exact != ids_.end()) {
        return fmt::format("write its id '{}'", exact->second);
    }
    const std::string near = nearest(word, words_);
    return near.empty() ? std::string{} : fmt::format("did you mean '{}'?", ids_.at(near));
}

std::optional<model::Index<Commodity>> Names::commodity(std::string_view id, input::Place place,
                                                        const FieldPath& path,
                                                        input::Findings& findings) const {
    if (const auto found = commodities.find(id)) {
        return found;
    }
    findings.add(place, path.text(), fmt::format("unknown commodity '{}'", utf8::shorten(id, 60)),
                 help_for(id));
    return std::nullopt;
}

std::string Names::help_for(std::string_view word) const {
    Words words; // made only where a name is wrong: there are a thousand
    for (const auto& commodity : commodities) {
        words.add(commodity.id, commodity.id);
    }
    for (const auto& commodity : commodities) {
        for (const auto& alias : commodity.aliases) {
            words.add(alias, commodity.id);
        }
        words.add(commodity.name.zh, commodity.id);
        words.add(commodity.name.en, commodity.id);
    }
    for (const auto& [one, id] : further) {
        words.add(one, id);
    }
    return words.help_for(word);
}

model::Registry<model::Source> read_sources(const Sections& sections, ReadingContext& context) {
    std::vector<model::Source> sources;
    const FieldPath root("sources");
    for (const auto& [id, record] : sections.of("sources")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, source_table, path, context.findings);
        model::Source source{id, reader.text("title"), reader.text("address")};
        [[maybe_unused]] const std::string note = reader.text("note");
        reader.finish();
        context.sources.emplace(id, source.title);
        sources.push_back(std::move(source));
    }
    return model::Registry(std::move(sources));
}

model::Model read_model(const Sections& sections, const Documents& documents,
                        ReadingContext& context) {
    model::Model model;
    model.sources = read_sources(sections, context);
    model.commodities = read_commodities(sections, context);
    const Names names = names_of(model.commodities);
    model.families = read_families(sections, names, context);
    model.technologies = read_technologies(sections, names, context);
    model.processes = read_processes(sections, names, documents, context);
    check_technologies(model, sections, context);
    model.prices = read_prices(sections, names, context);
    model.factors = read_factors(sections, context);
    model.feedstock_uses = read_feedstock_uses(sections, names, context);
    model.energy_carriers = read_energy_carriers(sections, names, context);
    model.energy_transformations = read_energy_transformations(sections, names, context);
    model.energy_media = read_energy_media(sections, names, model.factors, context);
    model.carbon_guidelines = read_carbon_guidelines(sections, context);
    model.unit_standards = read_unit_standards(sections, names, model, context);
    read_economics(model, sections, context);
    model.emission_factors = read_emission_factors(sections, names, model, context);
    model.review_rules = read_review_rules(sections, context);
    model.water_quotas = read_water_quotas(sections, names, model, context);
    model.chains = read_chains(sections, names, model.families, context);
    check_prices(model, sections, context);
    return model;
}

void check_prices(const model::Model& model, const Sections& sections,
                  const ReadingContext& context) {
    const auto has_price = [](const Node& market, std::string_view side) {
        const auto* entry = market.find(side);
        return entry != nullptr &&
               (entry->value.is_scalar() || entry->value.find("price") != nullptr);
    };
    for (const auto& commodity : model.commodities) {
        const auto& record = sections.of("commodities").find(commodity.id)->second;
        const auto& prices = sections.of("prices");
        const auto price = prices.find(commodity.id);
        if (commodity.trade != model::Trade::market) {
            // An internal commodity may have a transfer price, by which plants are valued one by
            // one.
            if (price != prices.end() && commodity.trade != model::Trade::internal) {
                context.findings.add(
                    price->second.place, "prices",
                    fmt::format("'{}' is not traded on a market, so its price has no effect",
                                commodity.id),
                    "remove the price, or write `trade: market | internal` in the commodity",
                    {record.place});
            }
            continue;
        }
        const auto& markets = sections.of("markets");
        const auto market = markets.find(commodity.id);
        const bool is_priced_there = market != markets.end() &&
                                     has_price(*market->second.node, "buy") &&
                                     has_price(*market->second.node, "sell");
        const bool is_stated =
            record.node->find("trade") != nullptr && record.node->find("unit") != nullptr;
        if (price == prices.end() && !is_priced_there && is_stated) {
            context.findings.add(
                record.place, fmt::format("commodities.{}", commodity.id),
                fmt::format("'{}' is traded on a market and has no price", commodity.id),
                fmt::format("add it to `prices`, in CNY per {}, or write `trade: free | "
                            "internal | waste`",
                            commodity.unit.text()));
        }
    }
}

} // namespace chainsim::load::detail
