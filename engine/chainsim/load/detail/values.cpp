#include <chainsim/base/utf8.hpp>
#include <chainsim/input/document.hpp>
#include <chainsim/load/detail/range.hpp>
#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/detail/values.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::QuantityNeed;
using input::RecordReader;
using units::Quantity;

/// The path of the assumption that `{use: ID}` names; nothing after a finding.
std::optional<model::Path> read_used(const Node& node, const FieldPath& path,
                                     const QuantityNeed& need, const ReadingContext& context) {
    const auto* use = node.find("use");
    for (const auto& entry : node.entries) {
        if (entry.key != "use") {
            context.findings.add(entry.place, path.text(),
                                 fmt::format("`use` stands alone, and here is `{}` beside it",
                                             utf8::shorten(entry.key, 60)),
                                 "keep one of the two");
            return std::nullopt;
        }
    }
    static const Assumptions none;
    const Assumptions& all = context.assumptions != nullptr ? *context.assumptions : none;
    const auto found = all.records.find(use->value.text);
    if (found == all.records.end()) {
        std::vector<std::string> known;
        known.reserve(all.records.size());
        for (const auto& [id, record] : all.records) {
            known.push_back(id);
        }
        context.findings.add(
            use->value.place, path.text(),
            fmt::format("unknown assumption '{}'", utf8::shorten(use->value.text, 60)),
            input::help_for_unknown(use->value.text, known));
        return std::nullopt;
    }
    all.used.insert(found->first);
    return read_assumption(found->first, *found->second, need, context);
}

bool is_use(const Node& node) { return node.is_map() && node.find("use") != nullptr; }

std::optional<Quantity> read_needed(const Node& node, const FieldPath& path,
                                    const QuantityNeed& need, const ReadingContext& context) {
    return input::read_quantity(node, path, need, context.findings);
}

} // namespace

input::QuantityNeed yearly(const Node& node, const units::Unit& unit) {
    const Node* first = &node;
    while (first->is_map()) {
        const auto* entry =
            first->find("value") != nullptr ? first->find("value") : first->find("path");
        if (entry == nullptr && first->entries.empty()) {
            break;
        }
        first = entry != nullptr ? &entry->value : &first->entries.front().value;
    }
    try {
        if (first->is_scalar() && units::Quantity::parse(first->text).unit().is_like(unit)) {
            return {unit, 0.0};
        }
    } catch (
        const units::UnitError&) { // NOLINT(bugprone-empty-catch): told by the reader of the value
    }
    return {unit.per(units::Unit::parse("a")), 0.0};
}

input::QuantityNeed any_unit() {
    QuantityNeed need;
    need.any_unit = true;
    return need;
}

std::optional<model::Datum> read_datum_keys(RecordReader& record, const QuantityNeed& need,
                                            const Inherited& inherited,
                                            const ReadingContext& context) {
    const Node* value = record.value("value");
    const Node* range = record.value("range");
    model::Datum datum;
    datum.distribution = distribution_of(record);
    const Stated own = stated_by(record, context);
    const std::string note = record.text("note");
    if (value == nullptr) {
        return std::nullopt;
    }
    const FieldPath& path = record.path();
    const auto quantity = read_needed(*value, path, need, context);
    if (!quantity) {
        return std::nullopt;
    }
    datum.value = *quantity;
    datum.provenance = provenance_of(*value, own, path, inherited, context);
    datum.provenance.note = note;
    if (range != nullptr) {
        datum.range = read_range(*range, path, *quantity, value->place, need, context);
    } else if (datum.distribution != model::Distribution::none) {
        note_no_range(record, context);
    }
    return datum;
}

std::optional<model::Datum> read_datum(const Node& node, const FieldPath& path,
                                       const QuantityNeed& need, const Inherited& inherited,
                                       const ReadingContext& context) {
    if (is_use(node)) {
        const auto used = read_used(node, path, need, context);
        if (used && used->points().size() > 1) {
            context.findings.add(
                node.place, path.text(),
                "the assumption changes over the years, and here one figure stands",
                "use an assumption with `value`");
            return std::nullopt;
        }
        return used ? std::optional(used->points().front().second) : std::nullopt;
    }
    if (node.is_map()) {
        RecordReader record(node, datum_table, path, context.findings);
        (void)record.text("use"); // read above, where it stands
        auto datum = read_datum_keys(record, need, inherited, context);
        record.finish();
        return datum;
    }
    const auto quantity = read_needed(node, path, need, context);
    if (!quantity) {
        return std::nullopt;
    }
    model::Datum datum;
    datum.value = *quantity;
    datum.provenance = provenance_of(node, {}, path, inherited, context);
    return datum;
}

std::optional<units::Unit> read_unit(input::RecordReader& record, std::string_view example,
                                     const ReadingContext& context) {
    const std::string text = record.text("unit");
    const auto* entry = record.node().find("unit");
    if (text.empty() || entry == nullptr) {
        return std::nullopt;
    }
    try {
        return units::Unit::parse(text);
    } catch (const units::UnitError& error) {
        context.findings.add(entry->value.place, input::FieldPath(record.path(), "unit").text(),
                             error.what(), fmt::format("write for example `{}`", example));
        return std::nullopt;
    }
}

std::optional<int> read_year_key(const input::Entry& entry, const FieldPath& path,
                                 input::Findings& findings) {
    Node year;
    year.kind = input::NodeKind::scalar;
    year.place = entry.place;
    year.text = entry.key;
    const auto number = input::read_whole(year, path, 1900.0, 2200.0, findings);
    return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

namespace {

/// The points of a path, in the order of the file, which is to be that of the years.
std::optional<std::vector<std::pair<int, model::Datum>>>
read_points(const Node& points, const FieldPath& path, const QuantityNeed& need,
            const Inherited& inherited, const ReadingContext& context) {
    std::vector<std::pair<int, model::Datum>> result;
    bool is_complete = true;
    if (points.entries.empty()) {
        context.findings.add(points.place, path.text(), "a path needs at least one year",
                             "write for example `{2020: 1900 CNY/t}`");
        return std::nullopt;
    }
    for (const auto& entry : points.entries) {
        const FieldPath here(path, entry.key);
        const auto year = read_year_key(entry, path, context.findings);
        auto datum = read_datum(entry.value, here, need, inherited, context);
        if (!year || !datum) {
            is_complete = false;
            continue;
        }
        if (!result.empty() && *year <= result.back().first) {
            context.findings.add(entry.place, here.text(),
                                 fmt::format("year {} stands after {}", *year, result.back().first),
                                 "write the years in ascending order");
            is_complete = false;
            continue;
        }
        if (!result.empty()) {
            const units::Unit& unit = result.front().second.value.unit();
            if (!datum->value.unit().is_like(unit)) {
                context.findings.add(
                    entry.value.place, here.text(),
                    fmt::format("'{}' is {}, and the first point is {}", entry.value.text,
                                datum->value.unit().dimension_name(), unit.dimension_name()),
                    "");
                is_complete = false;
                continue;
            }
            const double factor = Quantity(1.0, datum->value.unit()).in(unit);
            datum->value = Quantity(datum->value.in(unit), unit);
            if (datum->range) {
                datum->range = {factor * datum->range->first, factor * datum->range->second};
            }
        }
        result.emplace_back(*year, std::move(*datum));
    }
    return is_complete ? std::optional(std::move(result)) : std::nullopt;
}

/// Ranges of single years: {2020: [1500, 2300]}.
void read_point_ranges(const Node& ranges, const FieldPath& path, const QuantityNeed& need,
                       std::vector<std::pair<int, model::Datum>>& points,
                       const ReadingContext& context) {
    if (!ranges.is_map()) {
        input::note_kind(ranges, path, "a map from years to ranges", context.findings);
        return;
    }
    for (const auto& entry : ranges.entries) {
        const auto year = read_year_key(entry, path, context.findings);
        if (!year) {
            continue;
        }
        const auto point = std::find_if(points.begin(), points.end(),
                                        [&](const auto& p) { return p.first == *year; });
        if (point == points.end()) {
            context.findings.add(
                entry.place, path.text(),
                fmt::format("the path has no year {}, so its range says nothing", *year), "");
            continue;
        }
        point->second.range = read_range(entry.value, FieldPath(path, entry.key),
                                         point->second.value, entry.value.place, need, context);
    }
}

} // namespace

std::optional<model::Path> read_path_keys(RecordReader& record, const QuantityNeed& need,
                                          const Inherited& inherited,
                                          const ReadingContext& context) {
    const Node* value = record.value("value");
    const Node* points_node = record.value("path");
    const auto interpolation = record.word("interpolate");
    const Node* range = record.value("range");
    const model::Distribution distribution = distribution_of(record);
    const Stated own = stated_by(record, context);
    const std::string note = record.text("note");
    const FieldPath& path = record.path();
    Inherited here = inherited;
    if (own.confidence) {
        here.confidence = own.confidence;
        here.document = own.document;
    } else if (own.document != nullptr) {
        here.confidence = model::Confidence::assumption; // an unknown word, which is noted
    }
    if (!own.source.empty()) {
        here.source = own.source;
    }
    if ((value == nullptr) == (points_node == nullptr)) {
        if (record.node().is_map()) {
            context.findings.add(record.node().place, path.text(),
                                 value == nullptr ? "neither `value` nor `path` is given"
                                                  : "both `value` and `path` are given",
                                 "write `value: ...` or `path: {2020: ..., 2025: ...}`");
        }
        return std::nullopt;
    }
    if (value != nullptr) {
        auto datum = read_datum(*value, path, need, here, context);
        if (!datum) {
            return std::nullopt;
        }
        datum->provenance.note = note;
        datum->distribution = distribution;
        if (range != nullptr) {
            datum->range = read_range(*range, path, datum->value, value->place, need, context);
        } else if (distribution != model::Distribution::none) {
            note_no_range(record, context);
        }
        return model::Path(std::move(*datum));
    }
    auto points = read_points(*points_node, FieldPath(path, "path"), need, here, context);
    if (!points) {
        return std::nullopt;
    }
    if (range != nullptr) {
        read_point_ranges(*range, FieldPath(path, "range"), need, *points, context);
    }
    bool has_range = false;
    for (auto& [year, datum] : *points) {
        has_range = has_range || datum.range.has_value();
        datum.distribution = datum.range ? distribution : datum.distribution;
    }
    if (!has_range && distribution != model::Distribution::none) {
        note_no_range(record, context);
    }
    const bool is_step = interpolation && *interpolation == 1;
    return model::Path(std::move(*points),
                       is_step ? model::Interpolation::step : model::Interpolation::linear);
}

std::optional<model::Path> read_path(const Node& node, const FieldPath& path,
                                     const QuantityNeed& need, const Inherited& inherited,
                                     const ReadingContext& context) {
    if (is_use(node)) {
        return read_used(node, path, need, context);
    }
    if (node.is_map()) {
        RecordReader record(node, path_table, path, context.findings);
        (void)record.text("use"); // read above, where it stands
        auto result = read_path_keys(record, need, inherited, context);
        record.finish();
        return result;
    }
    auto datum = read_datum(node, path, need, inherited, context);
    return datum ? std::optional(model::Path(std::move(*datum))) : std::nullopt;
}

std::optional<model::Path> read_assumption(const std::string& id, const Node& node,
                                           const QuantityNeed& need,
                                           const ReadingContext& context) {
    const FieldPath root("assumptions");
    const FieldPath here(root, id);
    RecordReader record(node, assumption_table, here, context.findings);
    (void)record.value("name");
    auto path = read_path_keys(record, need, inherited_by(record, {}, context), context);
    record.finish();
    return path;
}

model::Name read_name(const Node* node, const FieldPath& path, std::string_view fallback,
                      const ReadingContext& context) {
    model::Name name{std::string(fallback), std::string(fallback)};
    if (node == nullptr || !node->is_map()) {
        return name;
    }
    RecordReader record(*node, name_table, path, context.findings);
    const std::string zh = record.text("zh");
    const std::string en = record.text("en");
    record.finish();
    name.zh = zh.empty() ? name.zh : zh;
    name.en = en.empty() ? name.en : en;
    return name;
}

} // namespace chainsim::load::detail
