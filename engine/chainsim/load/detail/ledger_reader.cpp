#include <chainsim/load/detail/known.hpp>
#include <chainsim/load/detail/ledger_reader.hpp>
#include <chainsim/load/detail/model_reader.hpp>
#include <chainsim/load/detail/tables.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::RecordReader;
using model::Commodity;
using model::Index;
using model::LedgerKind;
using model::LedgerRule;
using model::LedgerSource;
using units::Unit;

class SourceReader {
public:
    SourceReader(const std::string& id, const Record& record, const FieldPath& root,
                 const Names& names, const model::Model& model, const Study& study,
                 const ReadingContext& context)
        : path_(root, id), names_(names), model_(model), study_(study), context_(context),
          place_(record.place), record_(*record.node, ledger_source_table, path_, context.findings),
          inherited_(inherited_by(record_, {}, context)) {
        source_.id = id;
    }

    LedgerSource read() {
        source_.name =
            read_name(record_.value("name"), FieldPath(path_, "name"), source_.id, context_);
        source_.kind = static_cast<LedgerKind>(record_.word("kind").value_or(0));
        read_commodity();
        read_origin();
        read_amount();
        source_.stopped = record_.whole("stopped").value_or(0);
        const auto idle = record_.word("idle_2020").value_or(0);
        source_.idle_2020 = idle == 1;
        may_serve_ = idle == 0;
        source_.document = record_.text("document");
        read_uses();
        source_.provenance = read_provenance(record_, {}, context_);
        record_.finish();
        return std::move(source_);
    }

private:
    void note(std::string_view key, std::string message, std::string help) {
        const auto* entry = record_.node().find(key);
        context_.findings.add(entry == nullptr ? place_ : entry->value.place,
                              FieldPath(path_, key).text(), std::move(message), std::move(help));
    }

    void read_commodity() {
        const std::string commodity = record_.text("commodity");
        const bool is_capacity = source_.kind == LedgerKind::capacity;
        if (commodity.empty() == is_capacity && record_.node().is_map()) {
            note("commodity",
                 is_capacity ? "capacity of what was given up is not said"
                             : fmt::format("{} is counted whatever it was used for",
                                           model::to_string(source_.kind)),
                 is_capacity ? "add `commodity: ...`" : "remove `commodity`");
        } else if (is_capacity && !commodity.empty()) {
            source_.commodity =
                names_.commodity(commodity, record_.node().find("commodity")->value.place,
                                 FieldPath(path_, "commodity"), context_.findings);
        }
    }

    void read_origin() {
        source_.facility = record_.text("facility");
        const std::string outside = record_.text("outside");
        if (source_.facility.empty() == outside.empty() && record_.node().is_map()) {
            note("facility", "it is not said what was given up, or it is said twice",
                 "write either `facility`, of the study, or `outside`, in words");
            return;
        }
        if (source_.facility.empty()) {
            return;
        }
        const auto plants = plants_of(study_);
        const auto plant = plants.find(source_.facility);
        if (plant == plants.end()) {
            note("facility",
                 fmt::format("unknown facility '{}'", utf8::shorten(source_.facility, 60)),
                 input::did_you_mean(source_.facility, ids_of(plants)));
            return;
        }
        for (const auto& [id, project] : study_.projects) {
            const auto& replaced = project.project.replaces;
            if (std::find(replaced.begin(), replaced.end(), source_.facility) != replaced.end()) {
                note("facility",
                     fmt::format("'{}' is a source of '{}', which replaces it, by itself",
                                 source_.facility, id),
                     "remove this record: no source is used twice");
            }
        }
        read_plant(*plant->second);
    }

    /// What was given up is what the plant made, and no more than it could make.
    void read_plant(const model::Facility& plant) {
        const auto made = model_.processes[plant.process].product;
        if (!source_.commodity) {
            return;
        }
        if (source_.commodity == made) {
            most_ = plant.capacity.value;
        } else {
            note("commodity",
                 fmt::format("'{}' makes '{}'", source_.facility, model_.commodities[made].id), {});
        }
    }

    [[nodiscard]] Unit unit() const {
        if (source_.commodity) {
            return model_.commodities[*source_.commodity].unit;
        }
        return Unit::parse(model::unit_of(source_.kind));
    }

    [[nodiscard]] bool has_unit() const {
        return source_.kind != LedgerKind::capacity || source_.commodity.has_value();
    }

    /// An amount per year, in the unit of the kind.
    [[nodiscard]] double in_unit(const units::Quantity& amount) const {
        return amount.in_a_year(unit());
    }

    void read_amount() {
        const Node* node = record_.value("amount");
        if (node == nullptr) {
            return;
        }
        const FieldPath path(path_, "amount");
        const auto need = has_unit() ? yearly(*node, unit()) : any_unit();
        auto amount = read_datum(*node, path, need, inherited_, context_);
        if (!amount || !has_unit()) {
            return;
        }
        source_.amount = in_unit(amount->value);
        if (most_) {
            check_amount(amount->value, *most_);
        }
        source_.datum = std::move(*amount);
    }

    void check_amount(const units::Quantity& amount, const units::Quantity& most) {
        if (source_.amount > in_unit(most) * (1.0 + 1e-12)) {
            note("amount",
                 fmt::format("{} is more than the capacity of '{}', {}", units::to_string(amount),
                             source_.facility, units::to_string(most)),
                 {});
        }
    }

    void read_uses() {
        const Node* node = record_.value("used_for");
        if (node == nullptr) {
            return;
        }
        const FieldPath path(path_, "used_for");
        double sum = 0.0;
        for (const auto& entry : node->entries) {
            const bool is_known = check_known(entry.key, entry.place, path, "project",
                                              ids_of(study_.projects), context_);
            const auto need = has_unit() ? yearly(entry.value, unit()) : any_unit();
            const auto amount = input::read_quantity(entry.value, FieldPath(path, entry.key), need,
                                                     context_.findings);
            if (is_known && amount && has_unit()) {
                source_.uses.push_back({entry.key, in_unit(*amount)});
                sum += source_.uses.back().amount;
            }
        }
        if (sum > source_.amount * (1.0 + 1e-12)) {
            note("used_for",
                 fmt::format("{:.10g} {} are used, and {:.10g} are verified", sum, unit().text(),
                             source_.amount),
                 "what is used is at most what was verified");
        }
        if (!may_serve_) {
            note("used_for",
                 source_.idle_2020 ? "it stood idle all of 2020, and so it cannot serve"
                                   : "whether it stood idle all of 2020 is not known, and until "
                                     "then it cannot serve",
                 "remove `used_for`");
        }
    }

    FieldPath path_;
    const Names& names_;
    const model::Model& model_;
    const Study& study_;
    const ReadingContext& context_;
    input::Place place_;
    RecordReader record_;
    Inherited inherited_;
    LedgerSource source_;
    bool may_serve_ = true;
    std::optional<units::Quantity> most_; ///< capacity of the plant that it was
};

/// Commodities that a list names, each once.
std::vector<Index<Commodity>> read_commodities(RecordReader& reader, std::string_view key,
                                               const Names& names, const FieldPath& path,
                                               const ReadingContext& context) {
    std::vector<Index<Commodity>> result;
    (void)reader.texts(key);
    if (const auto* entry = reader.node().find(key)) {
        for (const auto& item : entry->value.items) {
            if (const auto index = names.commodity(item.text, item.place, FieldPath(path, key),
                                                   context.findings)) {
                result.push_back(*index);
            }
        }
    }
    return result;
}

/// The product of two rules of one kind that would be counted by both, if there is any; of other
/// kinds than capacity a debt is one sum, whatever is made.
bool share_a_debt(const LedgerRule& a, const LedgerRule& b) {
    const int until_a = a.years.until.value_or(std::numeric_limits<int>::max());
    const int until_b = b.years.until.value_or(std::numeric_limits<int>::max());
    if (a.kind != b.kind || a.years.from > until_b || b.years.from > until_a) {
        return false;
    }
    return a.kind != LedgerKind::capacity ||
           std::any_of(a.products.begin(), a.products.end(), [&](auto product) {
               return std::find(b.products.begin(), b.products.end(), product) != b.products.end();
           });
}

bool is_pollutant(LedgerKind kind) {
    return kind == LedgerKind::so2 || kind == LedgerKind::nox || kind == LedgerKind::pm ||
           kind == LedgerKind::voc;
}

void check_rule(const LedgerRule& rule, const Node& node, const FieldPath& path,
                const model::Model& model, const ReadingContext& context) {
    const auto note = [&](std::string_view key, std::string message, std::string help) {
        const auto* entry = node.find(key);
        context.findings.add(entry == nullptr ? node.place : entry->value.place,
                             FieldPath(path, key).text(), std::move(message), std::move(help));
    };
    if (rule.kind == LedgerKind::capacity && node.find("products") == nullptr) {
        note("products", "capacity of what must be replaced is not said", "add `products: [...]`");
    }
    if ((rule.kind == LedgerKind::coal) != (node.find("carriers") != nullptr)) {
        note("carriers",
             rule.kind == LedgerKind::coal
                 ? "it is not said what counts as coal"
                 : fmt::format("{} is counted without carriers", model::to_string(rule.kind)),
             rule.kind == LedgerKind::coal ? "add `carriers: [...]`" : "remove `carriers`");
    }
    if (is_pollutant(rule.kind) && model.emission_factors.empty()) {
        note("kind", "nothing in the models says what plants emit", "add `pollutants` to them");
    }
    if (rule.years.until && *rule.years.until < rule.years.from) {
        note("until",
             fmt::format("it rules until {} and from {}", *rule.years.until, rule.years.from), {});
    }
}

LedgerRule read_rule(const std::string& id, const Node& node, const FieldPath& path,
                     const Names& names, const model::Model& model, const ReadingContext& context) {
    RecordReader reader(node, ledger_rule_table, path, context.findings);
    const Inherited inherited = inherited_by(reader, {}, context);
    LedgerRule rule;
    rule.id = id;
    rule.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
    rule.kind = static_cast<LedgerKind>(reader.word("kind").value_or(0));
    rule.products = read_commodities(reader, "products", names, path, context);
    rule.carriers = read_commodities(reader, "carriers", names, path, context);
    if (const Node* ratio = reader.value("ratio")) {
        rule.ratio =
            read_datum(*ratio, FieldPath(path, "ratio"), reader.need("ratio"), inherited, context)
                .value_or(model::Datum{});
    }
    rule.years.from = reader.whole("from").value_or(0);
    rule.years.until = reader.whole("until");
    rule.provenance = read_provenance(reader, {}, context);
    reader.finish();
    if (node.is_map()) {
        check_rule(rule, node, path, model, context);
    }
    return rule;
}

} // namespace

void read_ledger_sources(const Sections& sections, const model::Model& model, Study& study,
                         const ReadingContext& context) {
    const Names names = names_of(model.commodities);
    std::vector<LedgerSource> sources;
    std::map<std::pair<std::string, LedgerKind>, input::Place> plants; ///< that gave already
    const FieldPath root("ledger_sources");
    for (const auto& [id, record] : sections.of("ledger_sources")) {
        auto source = SourceReader(id, record, root, names, model, study, context).read();
        if (!source.facility.empty()) {
            const auto [first, added] =
                plants.emplace(std::pair(source.facility, source.kind), record.place);
            if (!added) {
                context.findings.add(record.place, FieldPath(root, id).text(),
                                     fmt::format("'{}' gives {} already", source.facility,
                                                 model::to_string(source.kind)),
                                     "no source is used twice", {first->second});
            }
        }
        sources.push_back(std::move(source));
    }
    study.ledger_sources = model::Registry(std::move(sources));
}

void read_ledger_rules(const Sections& sections, const model::Model& model, Study& study,
                       const ReadingContext& context) {
    const Names names = names_of(model.commodities);
    std::vector<LedgerRule> rules;
    const FieldPath root("ledger_rules");
    for (const auto& [id, record] : sections.of("ledger_rules")) {
        const FieldPath path(root, id);
        rules.push_back(read_rule(id, *record.node, path, names, model, context));
        for (std::size_t i = 0; i + 1 < rules.size(); ++i) {
            if (share_a_debt(rules.back(), rules[i])) {
                context.findings.add(
                    record.place, path.text(),
                    fmt::format("'{}' counts the same debt in the same years", rules[i].id),
                    "a debt is counted by one rule");
            }
        }
    }
    study.ledger_rules = model::Registry(std::move(rules));
}

} // namespace chainsim::load::detail
