#include <chainsim/base/nearest.hpp>
#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/model_reader.hpp>
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

/// Analyses are given to three or four figures.
constexpr double composition_slack = 2e-3;

constexpr std::array<std::string_view, 7> account_units{"t",  "1000 m3", "m3",   "MWh",
                                                        "GJ", "1000 m2", "piece"};

bool has_mass(const Commodity& commodity) {
    return commodity.phase != model::Phase::energy && commodity.phase != model::Phase::service;
}

/// Reads one commodity.
class CommodityReader {
public:
    CommodityReader(const std::string& id, const Node& node, const ReadingContext& context)
        : root_("commodities"), path_(root_, id), context_(context),
          record_(node, commodity_table, path_, context.findings),
          inherited_(inherited_by(record_, {}, context)) {
        commodity_.id = id;
    }

    Commodity run() {
        commodity_.name =
            read_name(record_.value("name"), FieldPath(path_, "name"), commodity_.id, context_);
        commodity_.aliases = record_.texts("aliases");
        read_unit();
        if (const auto phase = record_.word("phase")) {
            commodity_.phase = static_cast<model::Phase>(*phase);
        }
        read_mass();
        read_composition();
        read_active();
        read_energy();
        read_trade();
        commodity_.provenance = read_provenance(record_, {}, context_);
        record_.finish();
        return std::move(commodity_);
    }

private:
    void note(const Node& node, std::string_view key, std::string message, std::string help = {}) {
        context_.findings.add(node.place, FieldPath(path_, key).text(), std::move(message),
                              std::move(help));
    }
    /// A datum of this record in some unit.
    std::optional<model::Datum> datum(std::string_view key, const units::Unit& unit) {
        const Node* node = record_.value(key);
        return node == nullptr || !is_unit_known_
                   ? std::nullopt
                   : read_datum(*node, FieldPath(path_, key), record_.need(key, unit), inherited_,
                                context_);
    }

    void read_unit() {
        const std::string text = record_.text("unit");
        const auto* const known = std::find(account_units.begin(), account_units.end(), text);
        if (known != account_units.end()) {
            commodity_.unit = units::Unit::parse(text);
            is_unit_known_ = true;
        } else if (!text.empty()) {
            note(record_.node().find("unit")->value, "unit",
                 fmt::format("'{}' is no unit of account", utf8::shorten(text, 40)),
                 fmt::format("write one of {}", fmt::join(account_units, ", ")));
        }
    }

    void read_mass() {
        static const units::Unit tonne = units::Unit::parse("t");
        const auto mass = datum("mass", tonne.per(commodity_.unit));
        const auto* entry = record_.node().find("mass");
        if (!has_mass(commodity_)) {
            if (entry != nullptr) {
                note(entry->value, "mass", "energy and services have no mass", "remove `mass`");
            }
            return;
        }
        if (mass) {
            commodity_.mass = mass->value.in(tonne.per(commodity_.unit));
        } else if (commodity_.unit == tonne) {
            commodity_.mass = 1.0;
        } else if (entry == nullptr && is_unit_known_) {
            context_.findings.add(record_.node().place, path_.text(),
                                  fmt::format("the mass of {} is missing", commodity_.unit.text()),
                                  fmt::format("add `mass: ... t/({})`", commodity_.unit.text()));
        }
    }

    void read_composition() {
        const Node* composition = record_.value("composition");
        commodity_.formula = record_.text("formula");
        if (!has_mass(commodity_)) {
            if (composition != nullptr || !commodity_.formula.empty()) {
                const auto* entry =
                    record_.node().find(composition != nullptr ? "composition" : "formula");
                note(entry->value, entry->key, "energy and services have no composition",
                     fmt::format("remove `{}`", entry->key));
            }
            return;
        }
        if (composition != nullptr && !commodity_.formula.empty()) {
            note(record_.node().find("formula")->value, "formula",
                 "both `composition` and `formula` are given",
                 "keep one: a formula is for a pure substance");
            return;
        }
        if (!commodity_.formula.empty()) {
            if (const auto atoms = model::atoms_of(commodity_.formula)) {
                commodity_.composition = model::composition_of(*atoms);
            } else {
                note(record_.node().find("formula")->value, "formula",
                     fmt::format("'{}' is no formula", utf8::shorten(commodity_.formula, 60)),
                     "write for example `CaC2`");
            }
            return;
        }
        if (composition != nullptr) {
            read_fractions(*composition);
        } else if (record_.node().is_map() && record_.node().find("composition") == nullptr &&
                   record_.node().find("formula") == nullptr) {
            context_.findings.add(record_.node().place, path_.text(),
                                  "neither `composition` nor `formula` is given",
                                  "add `composition: {C: ..., H: ..., ash: ...}`, which sums to 1");
        }
    }

    void read_fractions(const Node& composition) {
        const FieldPath path(path_, "composition");
        std::vector<std::string> symbols;
        for (std::size_t i = 0; i < model::element_count; ++i) {
            symbols.emplace_back(model::to_string(static_cast<model::Element>(i)));
        }
        bool is_complete = true;
        for (const auto& entry : composition.entries) {
            const auto element = model::to_element(entry.key);
            if (!element) {
                context_.findings.add(
                    entry.place, path.text(),
                    fmt::format("'{}' is no element here", utf8::shorten(entry.key, 40)),
                    fmt::format("known: {}", fmt::join(symbols, " ")));
                is_complete = false;
                continue;
            }
            const auto fraction =
                input::read_quantity(entry.value, FieldPath(path, entry.key),
                                     {units::Unit{}, 0.0, 1.0, false}, context_.findings);
            if (fraction) {
                commodity_.composition[static_cast<std::size_t>(*element)] = fraction->in("1");
            } else {
                is_complete = false;
            }
        }
        const double sum =
            std::accumulate(commodity_.composition.begin(), commodity_.composition.end(), 0.0);
        if (is_complete && std::abs(sum - 1.0) > composition_slack) {
            context_.findings.add(composition.place, path.text(),
                                  fmt::format("the mass fractions sum to {:.5g}", sum),
                                  "they are to sum to 1; what is not analysed is `other`");
        }
    }

    void read_active() {
        const Node* active = record_.value("active");
        if (active == nullptr) {
            return;
        }
        static const units::Unit tonne = units::Unit::parse("t");
        const FieldPath path(path_, "active");
        for (const auto& entry : active->entries) {
            const auto amount = input::read_quantity(
                entry.value, FieldPath(path, entry.key),
                record_.need("active", tonne.per(commodity_.unit)), context_.findings);
            if (amount) {
                commodity_.active.emplace(entry.key, amount->in(tonne.per(commodity_.unit)));
            }
        }
    }

    /// Energy per mass ("38.6 MJ/kg") or per unit ("3.6 GJ/MWh"), as GJ per unit.
    std::optional<double> energy(std::string_view key) {
        static const units::Unit per_mass = units::Unit::parse("GJ/t");
        const units::Unit per_unit = units::Unit::parse("GJ").per(commodity_.unit);
        const Node* node = record_.value(key);
        if (node == nullptr || !is_unit_known_) {
            return std::nullopt;
        }
        // A text that is energy per mass is judged as that, any other as energy per unit.
        const Node* number =
            node->is_map() && node->find("value") != nullptr ? &node->find("value")->value : node;
        bool is_per_mass = false;
        if (number->is_scalar() && has_mass(commodity_)) {
            try {
                is_per_mass = units::Quantity::parse(number->text).unit().is_like(per_mass);
            } catch (const units::UnitError&) {
                is_per_mass = true; // told by read_datum
            }
        }
        const units::Unit& unit = is_per_mass ? per_mass : per_unit;
        const auto datum =
            read_datum(*node, FieldPath(path_, key), record_.need(key, unit), inherited_, context_);
        if (!datum) {
            return std::nullopt;
        }
        return datum->value.in(unit) * (is_per_mass ? commodity_.mass : 1.0);
    }

    void read_energy() {
        const auto lhv = energy("lhv");
        if (lhv) {
            commodity_.lhv = *lhv;
        } else if (commodity_.phase == model::Phase::energy &&
                   commodity_.unit.is_convertible_to(units::Unit::parse("GJ"))) {
            commodity_.lhv = units::Quantity(1.0, commodity_.unit).in("GJ");
        }
        commodity_.enthalpy = energy("enthalpy").value_or(commodity_.lhv);
        commodity_.energy_product = record_.yes_no("energy_product").value_or(false);
        commodity_.standard_coal =
            datum("standard_coal", units::Unit::parse("kgce").per(commodity_.unit));
    }

    void read_trade() {
        if (const auto trade = record_.word("trade")) {
            commodity_.trade = static_cast<model::Trade>(*trade);
        }
        if (const auto sink = record_.word("sink")) {
            commodity_.sink = static_cast<model::Sink>(*sink + 1); // the table has no `none`
        }
        commodity_.disposal_cost =
            datum("disposal_cost", units::Unit::parse("CNY").per(commodity_.unit));
        const auto* cost = record_.node().find("disposal_cost");
        if (commodity_.trade == model::Trade::waste && cost == nullptr) {
            context_.findings.add(
                record_.node().place, path_.text(), "a waste needs its disposal cost",
                fmt::format("add `disposal_cost: ... CNY/{}`", commodity_.unit.text()));
        }
    }

    FieldPath root_;
    FieldPath path_;
    const ReadingContext& context_;
    RecordReader record_;
    Inherited inherited_;
    Commodity commodity_;
    bool is_unit_known_ = false; ///< otherwise nothing that is per unit can be judged
};

/// Every word means one commodity or family: ids and aliases of both.
void check_words(const Sections& sections, input::Findings& findings) {
    struct Use {
        std::string id;
        input::Place place;
    };
    std::map<std::string, Use, std::less<>> words;
    const auto claim = [&](const std::string& word, const std::string& id, input::Place place,
                           std::string_view section) {
        const auto [first, added] = words.emplace(word, Use{id, place});
        if (!added && first->second.id != id) {
            findings.add(
                place, fmt::format("{}.{}.aliases", section, id),
                fmt::format("'{}' means '{}' already", utf8::shorten(word, 60), first->second.id),
                "a word means one thing; keep one of the two", {first->second.place});
        }
    };
    for (const std::string_view section : {"commodities", "families"}) {
        for (const auto& [id, record] : sections.of(section)) {
            claim(id, id, record.place, section);
        }
    }
    for (const std::string_view section : {"commodities", "families"}) {
        for (const auto& [id, record] : sections.of(section)) {
            const auto* aliases = record.node->find("aliases");
            if (aliases == nullptr) {
                continue;
            }
            for (const auto& alias : aliases->value.items) {
                if (alias.is_scalar()) {
                    claim(alias.text, id, alias.place, section);
                }
            }
        }
    }
}

model::Registry<Commodity> read_commodities(const Sections& sections,
                                            const ReadingContext& context) {
    std::vector<Commodity> commodities;
    for (const auto& [id, record] : sections.of("commodities")) {
        commodities.push_back(CommodityReader(id, *record.node, context).run());
        commodities.back().provenance.where = record.place.location();
    }
    check_words(sections, context.findings);
    return model::Registry(std::move(commodities));
}

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
        all_names.words.add(family.id, family.id);
        for (const auto& alias : family.aliases) {
            all_names.words.add(alias, family.id);
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
                 words.help_for(id));
    return std::nullopt;
}

Names names_of(const model::Registry<Commodity>& commodities) {
    Names names{commodities, {}};
    for (const auto& commodity : commodities) {
        names.words.add(commodity.id, commodity.id);
    }
    for (const auto& commodity : commodities) {
        for (const auto& alias : commodity.aliases) {
            names.words.add(alias, commodity.id);
        }
        names.words.add(commodity.name.zh, commodity.id);
        names.words.add(commodity.name.en, commodity.id);
    }
    return names;
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
    model.processes = read_processes(sections, names, documents, context);
    model.prices = read_prices(sections, names, context);
    model.factors = read_factors(sections, context);
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
