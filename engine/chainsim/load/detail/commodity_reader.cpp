#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/commodity_reader.hpp>
#include <chainsim/load/detail/tables.hpp>
#include <chainsim/model/formula.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
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
        commodity_.non_fossil = record_.yes_no("non_fossil").value_or(false);
        if (const auto carbon = record_.word("carbon")) {
            commodity_.process_carbon = *carbon == 1;
            if (commodity_.composition[static_cast<std::size_t>(model::Element::C)] == 0.0) {
                note(record_.node().find("carbon")->value, "carbon", "it holds no carbon",
                     "remove `carbon`");
            }
        }
        commodity_.standard_coal =
            datum("standard_coal", units::Unit::parse("kgce").per(commodity_.unit));
    }

    void read_trade() {
        if (const auto trade = record_.word("trade")) {
            commodity_.trade = static_cast<model::Trade>(*trade);
        }
        if (const auto delivery = record_.word("delivery")) {
            commodity_.delivery = static_cast<model::Delivery>(*delivery);
            if (commodity_.trade == model::Trade::free || commodity_.trade == model::Trade::waste) {
                note(record_.node().find("delivery")->value, "delivery",
                     fmt::format("what is {} is not sold, so nothing of it is delivered",
                                 commodity_.trade == model::Trade::free ? "free" : "waste"),
                     "remove `delivery`");
            }
        }
        if (const auto sink = record_.word("sink")) {
            commodity_.sink = static_cast<model::Sink>(*sink + 1); // the table has no `none`
        }
        commodity_.disposal_cost =
            datum("disposal_cost", units::Unit::parse("CNY").per(commodity_.unit));
        if (const auto pollutant = record_.word("pollutant")) {
            commodity_.pollutant = static_cast<model::Pollutant>(*pollutant);
        }
        if (const auto waste = record_.word("solid_waste")) {
            commodity_.solid_waste = static_cast<model::SolidWaste>(*waste + 1); // no word for none
        }
        commodity_.returned_water = record_.yes_no("returned_water").value_or(false);
        check_counts();
        const auto* cost = record_.node().find("disposal_cost");
        if (commodity_.trade == model::Trade::waste && cost == nullptr) {
            context_.findings.add(
                record_.node().place, path_.text(), "a waste needs its disposal cost",
                fmt::format("add `disposal_cost: ... CNY/{}`", commodity_.unit.text()));
        }
    }

    /// Pollutants and wastes are counted in tonnes, water in cubic metres.
    void check_counts() {
        const auto check = [&](std::string_view key, bool is_stated, std::string_view unit) {
            if (is_stated && is_unit_known_ &&
                (!has_mass(commodity_) || (unit == "m3" && commodity_.unit.text() != unit))) {
                note(record_.node().find(key)->value, key,
                     fmt::format("it is counted in {}, and '{}' in {}", unit, commodity_.id,
                                 commodity_.unit.text()),
                     fmt::format("remove `{}`", key));
            }
        };
        check("pollutant", commodity_.pollutant.has_value(), "t");
        check("solid_waste", commodity_.solid_waste != model::SolidWaste::none, "t");
        check("returned_water", commodity_.returned_water, "m3");
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

} // namespace

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

} // namespace chainsim::load::detail
