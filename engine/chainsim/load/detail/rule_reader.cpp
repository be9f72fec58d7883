#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/known.hpp>
#include <chainsim/load/detail/rule_reader.hpp>
#include <chainsim/load/detail/tables.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::RecordReader;
using units::Unit;

/// Products of a use: each of one use only, and none an energy product, for then the energy is
/// converted and not used up.
void read_products(model::FeedstockUse& use, std::vector<model::Index<model::Commodity>>& products,
                   const Node& list, const FieldPath& path, const Names& names,
                   std::map<std::string, std::string>& taken, const ReadingContext& context) {
    for (const auto& item : list.items) {
        const auto index = names.commodity(item.text, item.place, path, context.findings);
        if (!index) {
            continue;
        }
        if (names.commodities[*index].energy_product) {
            context.findings.add(item.place, path.text(),
                                 fmt::format("'{}' is an energy product: what makes it converts "
                                             "energy and uses none up as raw material",
                                             item.text));
            continue;
        }
        if (const auto [first, added] = taken.emplace(item.text, use.id); !added) {
            context.findings.add(
                item.place, path.text(),
                fmt::format("'{}' belongs to '{}' already", item.text, first->second),
                "a product belongs to one use of feedstock");
            continue;
        }
        products.push_back(*index);
    }
}

void read_base(model::Period& period, const Node& node, const FieldPath& path,
               const model::Region& region, const ReadingContext& context) {
    static const std::map<std::string_view, std::string_view> units_of{{"energy", "tce"},
                                                                       {"feedstock", "tce"},
                                                                       {"non_fossil", "tce"},
                                                                       {"gdp", "CNY"},
                                                                       {"co2", "t"}};
    RecordReader reader(node, period_base_table, path, context.findings);
    for (const auto& [key, unit] : units_of) {
        const std::string id = reader.text(key);
        if (id.empty()) {
            continue;
        }
        const auto place = node.find(key)->value.place;
        const FieldPath here(path, key);
        if (!check_known(id, place, here, "statistic", ids_of(region.statistics), context)) {
            continue;
        }
        const auto& figure = region.statistics.at(id).datum.value;
        if (!figure.unit().is_convertible_to(Unit::parse(unit))) {
            context.findings.add(place, here.text(),
                                 fmt::format("'{}' is {}, and a figure in {} is needed here", id,
                                             to_string(figure), unit));
            continue;
        }
        period.base.emplace(key, id);
    }
    reader.finish();
}

void read_local_practice(model::Period& period, const Node& node, const FieldPath& path,
                         const model::Model& model, const ReadingContext& context) {
    for (const auto& entry : node.entries) {
        const FieldPath here(path, entry.key);
        if (!check_known(entry.key, entry.place, here, "use of feedstock",
                         model.feedstock_uses.ids(), context)) {
            continue;
        }
        if (entry.value.text != "true" && entry.value.text != "false") {
            input::note_kind(entry.value, here, "`true` or `false`", context.findings);
            continue;
        }
        period.feedstock_uses.emplace(entry.key, entry.value.text == "true");
    }
}

/// Limits between classes: shares, ascending.
std::vector<double> read_limits(RecordReader& reader, std::string_view key, const FieldPath& path,
                                const ReadingContext& context) {
    std::vector<double> limits;
    const Node* list = reader.value(key);
    if (list == nullptr) {
        return limits;
    }
    const FieldPath here(path, key);
    for (const auto& item : list->items) {
        const auto limit =
            input::read_quantity(item, here, {Unit{}, 0.0, 1.0, false}, context.findings);
        if (!limit) {
            continue;
        }
        if (!limits.empty() && limit->in("1") <= limits.back()) {
            context.findings.add(item.place, here.text(),
                                 fmt::format("{} is not above the limit before it", item.text),
                                 "limits between classes ascend");
        }
        limits.push_back(limit->in("1"));
    }
    return limits;
}

/// Certificates from elsewhere, with the cap that they stand under.
void read_certificates(model::Period& period, RecordReader& reader, const FieldPath& path,
                       const Inherited& inherited, const ReadingContext& context) {
    const auto read = [&](std::string_view key, std::optional<model::Path>& into) {
        if (const Node* node = reader.value(key)) {
            auto need = reader.need(key);
            if (!need.unit.is_convertible_to(Unit{})) {
                need = yearly(*node, need.unit);
            }
            into = read_path(*node, FieldPath(path, key), need, inherited, context);
        }
    };
    read("certificates", period.certificates);
    read("certificates_at_most", period.certificates_at_most);
    read("saving_needed", period.saving_needed);
    const auto* entry = reader.node().find("certificates");
    for (const std::string_view key : {"certificates_at_most", "saving_needed"}) {
        const auto* cap = reader.node().find(key);
        if (entry == nullptr && cap != nullptr) {
            context.findings.add(cap->place, path.text(),
                                 fmt::format("`{}` has no effect without `certificates`", key),
                                 "add `certificates: ... MWh`, or remove it");
        }
    }
    if (entry == nullptr) {
        return;
    }
    if (period.non_fossil != model::NonFossil::deducted) {
        context.findings.add(entry->place, path.text(),
                             "certificates from elsewhere count under the rule of 2024 alone",
                             "write `non_fossil: deducted`, or remove them");
    }
    if (reader.node().find("certificates_at_most") == nullptr ||
        reader.node().find("saving_needed") == nullptr) {
        context.findings.add(entry->place, path.text(),
                             "certificates from elsewhere count up to a share of the saving that "
                             "the target needs",
                             "add `certificates_at_most: 50 %` and `saving_needed: ... tce`");
    }
}

/// The years of a period follow its base, and no other period rules in them.
void check_years(const std::vector<model::Period>& periods, const model::Period& period,
                 const Record& record, const FieldPath& path, const ReadingContext& context) {
    if (period.from <= period.base_year || period.until < period.from) {
        context.findings.add(record.place, path.text(),
                             fmt::format("base year {}, first year {} and last year {} do not "
                                         "follow each other",
                                         period.base_year, period.from, period.until));
    }
    for (const auto& other : periods) {
        if (period.from <= other.until && other.from <= period.until) {
            context.findings.add(
                record.place, path.text(),
                fmt::format("'{}' rules from {} to {} already", other.id, other.from, other.until),
                "a year is judged by the rule of one period");
        }
    }
}

/// What a bound must be: of the unit of its indicator, and of a sum per year or without.
input::QuantityNeed bound_of(const model::IndicatorKind& kind, const Node& node) {
    const Unit unit = Unit::parse(kind.unit);
    if (kind.unit == "1" || kind.unit.find('/') != std::string::npos) {
        return {unit};
    }
    auto need = yearly(node, unit);
    need.minimum = -std::numeric_limits<double>::infinity();
    return need;
}

constexpr std::array<std::string_view, 4> bound_keys{"at_most", "at_least", "drop_at_least",
                                                     "rise_at_most"};

/// What an indicator dropped from is more than nothing.
void check_base(const model::Policy& policy, const Record& record, const FieldPath& path,
                const ReadingContext& context) {
    if (policy.change != model::Change::drop || !policy.base) {
        return;
    }
    const auto& base = *policy.base;
    if (!(base.value.number() > 0.0) || (base.range && !(base.range->first > 0.0))) {
        context.findings.add(record.node->find("base")->value.place, FieldPath(path, "base").text(),
                             "a drop from nothing, or from less, is no share",
                             "write a base, and its range, above 0; or `base: unknown`");
    }
}

/// A policy has a bound, and one on a change has a period.
void check_bounds(const model::Policy& policy, const Record& record, const FieldPath& path,
                  const ReadingContext& context) {
    const auto has = [&](std::string_view key) { return record.node->find(key) != nullptr; };
    if (!record.node->is_map()) {
        return;
    }
    if (std::none_of(bound_keys.begin(), bound_keys.end(), has)) {
        context.findings.add(record.place, path.text(), "it has no bound",
                             "add `at_most`, `at_least`, `drop_at_least` or `rise_at_most`");
    }
    const bool is_change = has("drop_at_least") || has("rise_at_most");
    const auto& known = model::indicators_with_base();
    const bool is_of_period =
        std::find(known.begin(), known.end(), policy.indicator) != known.end();
    if (is_change && !policy.indicator.empty() && !is_of_period && !has("base")) {
        context.findings.add(
            record.node->find("indicator")->value.place, path.text(),
            fmt::format("a period has no base for '{}'", policy.indicator),
            fmt::format("add `base: ...`, what it was in the base year, or `base: unknown`; "
                        "periods have bases of {}",
                        fmt::join(known, ", ")));
    }
    if (has("base") && (is_of_period || !is_change)) {
        context.findings.add(
            record.node->find("base")->place, path.text(),
            is_change ? fmt::format("the base of '{}' is that of the period", policy.indicator)
                      : "`base` has no effect on a bound that is no change",
            "remove it");
    }
    if (has("drop_at_least") && has("rise_at_most")) {
        context.findings.add(record.place, path.text(), "a drop and a rise at once",
                             "make two policies of it");
    }
    if (is_change && !has("period")) {
        context.findings.add(record.place, path.text(),
                             "a bound on a change needs the period whose base it is counted from",
                             "add `period: ...`");
    }
    if (is_change && (has("at_most") || has("at_least"))) {
        context.findings.add(record.place, path.text(),
                             "a policy bounds an indicator or its change, not both",
                             "make two policies of it");
    }
    for (const std::string_view key : {"period", "progress"}) {
        if (!is_change && has(key)) {
            context.findings.add(
                record.node->find(key)->place, path.text(),
                fmt::format("`{}` has no effect on a bound that is no change", key),
                "remove it, or write `drop_at_least` or `rise_at_most`");
        }
    }
    if (policy.until && *policy.until < policy.from) {
        context.findings.add(
            record.node->find("until")->value.place, path.text(),
            fmt::format("it holds until {} and from {}", *policy.until, policy.from));
    }
}

} // namespace

model::Registry<model::FeedstockUse>
read_feedstock_uses(const Sections& sections, const Names& names, const ReadingContext& context) {
    std::vector<model::FeedstockUse> uses;
    std::map<std::string, std::string> taken; // product -> use
    const FieldPath root("feedstock_uses");
    for (const auto& [id, record] : sections.of("feedstock_uses")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, feedstock_use_table, path, context.findings);
        model::FeedstockUse use;
        use.id = id;
        use.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
        (void)reader.texts("products");
        (void)reader.texts("recovered_by");
        use.counts = reader.yes_no("counts").value_or(true);
        use.provenance = read_provenance(reader, {}, context);
        reader.finish();
        if (const auto* products = record.node->find("products")) {
            read_products(use, use.products, products->value, FieldPath(path, "products"), names,
                          taken, context);
        }
        if (const auto* plants = record.node->find("recovered_by")) {
            read_products(use, use.recovered_by, plants->value, FieldPath(path, "recovered_by"),
                          names, taken, context);
        }
        uses.push_back(std::move(use));
    }
    return model::Registry(std::move(uses));
}

model::Registry<model::Period> read_periods(const Sections& sections, const model::Model& model,
                                            const model::Region& region,
                                            const ReadingContext& context) {
    std::vector<model::Period> periods;
    const FieldPath root("periods");
    for (const auto& [id, record] : sections.of("periods")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, period_table, path, context.findings);
        const Inherited inherited = inherited_by(reader, {}, context);
        model::Period period;
        period.id = id;
        period.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
        period.base_year = reader.whole("base_year").value_or(0);
        period.from = reader.whole("from").value_or(0);
        period.until = reader.whole("until").value_or(0);
        period.feedstock_deducted = reader.word("feedstock").value_or(1) == 1;
        period.non_fossil = static_cast<model::NonFossil>(reader.word("non_fossil").value_or(2));
        period.electricity_equivalent = reader.text("electricity_equivalent");
        if (period.electricity_equivalent.empty()) {
            period.electricity_equivalent = "electricity_equivalent";
        } else {
            (void)check_known(period.electricity_equivalent,
                              record.node->find("electricity_equivalent")->value.place,
                              FieldPath(path, "electricity_equivalent"), "factor",
                              model.factors.ids(), context);
        }
        if (const Node* uses = reader.value("feedstock_uses")) {
            read_local_practice(period, *uses, FieldPath(path, "feedstock_uses"), model, context);
        }
        const Node* base = reader.value("base");
        if (base != nullptr && !(base->is_scalar() && base->text == "none")) {
            read_base(period, *base, FieldPath(path, "base"), region, context);
        }
        period.m_classes = read_limits(reader, "m_classes", path, context);
        period.n_classes = read_limits(reader, "n_classes", path, context);
        read_certificates(period, reader, path, inherited, context);
        if (const Node* growth = reader.value("gdp_growth")) {
            period.gdp_growth = read_path(*growth, FieldPath(path, "gdp_growth"),
                                          reader.need("gdp_growth"), inherited, context);
        }
        period.provenance = read_provenance(reader, {}, context);
        reader.finish();
        check_years(periods, period, record, path, context);
        periods.push_back(std::move(period));
    }
    return model::Registry(std::move(periods));
}

model::Registry<model::Policy> read_policies(const Sections& sections,
                                             const std::vector<model::IndicatorKind>& kinds,
                                             const model::Registry<model::Period>& periods,
                                             const ReadingContext& context) {
    std::vector<model::Policy> policies;
    const FieldPath root("policies");
    for (const auto& [id, record] : sections.of("policies")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, policy_table, path, context.findings);
        const Inherited inherited = inherited_by(reader, {}, context);
        model::Policy policy;
        policy.id = id;
        policy.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
        if (const auto group = reader.word("group")) {
            policy.group = static_cast<model::PolicyGroup>(*group);
        }
        const auto kind = read_indicator(reader, path, kinds, context);
        const auto bound = [&](std::string_view key,
                               bool is_share = false) -> std::optional<model::Path> {
            const Node* node = reader.value(key);
            if (node == nullptr) {
                return std::nullopt;
            }
            const auto need = is_share ? reader.need(key)
                              : kind   ? bound_of(*kind, *node)
                                       : any_unit();
            return read_path(*node, FieldPath(path, key), need, inherited, context);
        };
        policy.indicator = kind ? kind->id : std::string{};
        policy.at_most = bound("at_most");
        policy.at_least = bound("at_least");
        for (const auto& [key, change] : {std::pair("drop_at_least", model::Change::drop),
                                          std::pair("rise_at_most", model::Change::rise)}) {
            const auto* entry = record.node->find(key);
            const bool is_unknown =
                entry != nullptr && entry->value.is_scalar() && entry->value.text == "unknown";
            auto target = is_unknown ? (static_cast<void>(reader.value(key)), std::nullopt)
                                     : bound(key, change == model::Change::drop);
            if (entry != nullptr) {
                policy.change = change;
                policy.target = std::move(target);
            }
        }
        policy.period = reader.text("period");
        policy.unit = kind ? kind->unit : std::string{};
        if (const Node* base = reader.value("base")) {
            policy.has_own_base = true;
            if (!(base->is_scalar() && base->text == "unknown")) {
                policy.base =
                    read_datum(*base, FieldPath(path, "base"),
                               kind ? bound_of(*kind, *base) : any_unit(), inherited, context);
            }
        }
        policy.progress = static_cast<model::Progress>(reader.word("progress").value_or(0));
        policy.from = reader.whole("from").value_or(0);
        policy.until = reader.whole("until");
        policy.hard = reader.yes_no("hard").value_or(true);
        policy.provenance = read_provenance(reader, {}, context);
        reader.finish();
        if (!policy.period.empty()) {
            (void)check_known(policy.period, record.node->find("period")->value.place,
                              FieldPath(path, "period"), "period", periods.ids(), context);
        }
        check_base(policy, record, path, context);
        check_bounds(policy, record, path, context);
        policies.push_back(std::move(policy));
    }
    return model::Registry(std::move(policies));
}

std::optional<model::IndicatorKind> read_indicator(RecordReader& reader, const FieldPath& path,
                                                   const std::vector<model::IndicatorKind>& kinds,
                                                   const ReadingContext& context) {
    const std::string id = reader.text("indicator");
    const auto found =
        std::find_if(kinds.begin(), kinds.end(), [&id](const auto& kind) { return kind.id == id; });
    if (found != kinds.end()) {
        return *found;
    }
    if (const auto* entry = reader.node().find("indicator"); entry != nullptr && !id.empty()) {
        std::vector<std::string> known(kinds.size());
        std::transform(kinds.begin(), kinds.end(), known.begin(),
                       [](const auto& kind) { return kind.id; });
        context.findings.add(entry->value.place, FieldPath(path, "indicator").text(),
                             fmt::format("unknown indicator '{}'", utf8::shorten(id, 60)),
                             input::did_you_mean(id, known));
    }
    return std::nullopt;
}

} // namespace chainsim::load::detail
