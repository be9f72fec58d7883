#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/boundary_reader.hpp>
#include <chainsim/load/detail/model_reader.hpp>
#include <chainsim/load/detail/tables.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::RecordReader;
using model::Index;
using model::Process;
using model::UnitStandard;
using units::Unit;

class UnitStandardReader {
public:
    UnitStandardReader(const std::string& id, const Node& node, const FieldPath& root,
                       const Names& names, const model::Model& model, const ReadingContext& context)
        : path_(root, id), names_(names), model_(model), context_(context),
          record_(node, unit_standard_table, path_, context.findings),
          inherited_(inherited_by(record_, {}, context)) {
        standard_.id = id;
        standard_.provenance.where = node.place.location();
    }

    UnitStandard read() {
        standard_.name =
            read_name(record_.value("name"), FieldPath(path_, "name"), standard_.id, context_);
        read_unit();
        standard_.boundary = record_.text("boundary");
        standard_.only_named = record_.yes_no("only_named").value_or(false);
        standard_.no_limit = record_.text("no_limit");
        standard_.not_judged = record_.text("not_judged");
        standard_.counts_feedstock = record_.word("feedstock").value_or(0) == 0;
        BoundaryReader boundary(record_, path_, names_, model_, context_);
        standard_.plants = boundary.read();
        before_ = boundary.named();
        read_scale();
        read_electricity();
        read_media();
        read_plausible();
        read_limits();
        read_grades();
        const auto where = standard_.provenance.where;
        standard_.provenance = read_provenance(record_, {}, context_);
        standard_.provenance.where = where;
        record_.finish();
        if (record_.node().is_map()) {
            check_whole();
        }
        return std::move(standard_);
    }

private:
    void note(const Node& node, std::string_view key, std::string message, std::string help) {
        context_.findings.add(node.place, FieldPath(path_, key).text(), std::move(message),
                              std::move(help));
    }

    void read_unit() {
        if (const auto unit = detail::read_unit(record_, "kgce/t", context_)) {
            standard_.unit = *unit;
            has_unit_ = true;
        }
    }

    /// One kgce per unit of the product, in the unit of the figures.
    void read_scale() {
        const auto& products = standard_.plants.products;
        if (products.empty() || !has_unit_) {
            return;
        }
        const Unit own = Unit::parse("kgce").per(model_.commodities[products.front().first].unit);
        if (standard_.unit.is_convertible_to(own)) {
            standard_.scale = units::Quantity(1.0, own).in(standard_.unit);
        } else {
            has_unit_ = false;
            note(record_.node().find("unit")->value, "unit",
                 fmt::format("{} is no energy per unit of '{}'", standard_.unit.text(),
                             record_.node().find("products")->value.entries.front().key),
                 fmt::format("write for example `{}`", own.text()));
        }
    }

    void read_electricity() {
        const bool fuels_only = record_.yes_no("fuels_only").value_or(false);
        const Node* node = record_.value("electricity");
        if (node != nullptr) {
            standard_.electricity = read_datum(*node, FieldPath(path_, "electricity"),
                                               record_.need("electricity"), inherited_, context_);
        }
        if ((node != nullptr) == fuels_only && record_.node().is_map()) {
            note(record_.node(), "electricity",
                 fuels_only ? "power counts nothing here, and has a factor"
                            : "nothing says what a kWh counts",
                 "write `electricity: 0.1229 kgce/kWh` as the standard prescribes, or "
                 "`fuels_only: true`");
        }
    }

    void read_media() {
        const Node* node = record_.value("media");
        if (node == nullptr) {
            return;
        }
        const FieldPath path(path_, "media");
        for (const auto& entry : node->entries) {
            const auto index = names_.commodity(entry.key, entry.place, path, context_.findings);
            const auto factor = model_.factors.find(entry.value.text);
            if (!factor) {
                context_.findings.add(
                    entry.value.place, path.text(),
                    fmt::format("unknown factor '{}'", utf8::shorten(entry.value.text, 60)),
                    input::did_you_mean(entry.value.text, model_.factors.ids()));
            } else if (index) {
                const Unit unit = Unit::parse("kgce").per(model_.commodities[*index].unit);
                const auto value = model_.factors[*factor].path.at(0);
                if (value.unit().is_convertible_to(unit)) {
                    standard_.media.emplace_back(*index, entry.value.text);
                } else {
                    context_.findings.add(entry.value.place, path.text(),
                                          fmt::format("'{}' is in {}; {} is needed here",
                                                      entry.value.text, value.unit().text(),
                                                      unit.text()),
                                          {});
                }
            }
        }
    }

    [[nodiscard]] input::QuantityNeed need() const {
        return has_unit_ ? input::QuantityNeed{standard_.unit} : any_unit();
    }

    void read_plausible() {
        const Node* node = record_.value("plausible");
        if (node == nullptr) {
            return;
        }
        const FieldPath path(path_, "plausible");
        std::vector<double> ends;
        for (const auto& item : node->items) {
            if (const auto end = input::read_quantity(item, path, need(), context_.findings);
                end && has_unit_) {
                ends.push_back(end->in(standard_.unit));
            }
        }
        if (ends.size() == 2 && ends[0] < ends[1]) {
            standard_.plausible = {ends[0], ends[1]};
        } else if (has_unit_) {
            note(*node, "plausible", "a range has a lowest and a highest value",
                 "write for example `[90 kgce/t, 200 kgce/t]`");
        }
    }

    static model::EditionYears read_years(RecordReader& reader) {
        return {reader.whole("from").value_or(0), reader.whole("until")};
    }

    std::optional<model::Datum> figure(RecordReader& reader, std::string_view key,
                                       const FieldPath& path, const Inherited& inherited) {
        const Node* node = reader.value(key);
        return node == nullptr
                   ? std::nullopt
                   : read_datum(*node, FieldPath(path, key), need(), inherited, context_);
    }

    void read_limits() {
        const Node* node = record_.value("limits");
        if (node == nullptr) {
            return;
        }
        const FieldPath path(path_, "limits");
        std::vector<const Node*> nodes;
        for (const auto& item : node->items) {
            RecordReader reader(item, limits_table, path, context_.findings);
            const Inherited inherited = inherited_by(reader, inherited_, context_);
            model::LimitEdition edition;
            edition.number = reader.text("number");
            edition.years = read_years(reader);
            edition.levels = {figure(reader, "level_1", path, inherited),
                              figure(reader, "level_2", path, inherited),
                              figure(reader, "level_3", path, inherited)};
            read_allowances(reader, edition, path, inherited);
            edition.not_read = reader.text("not_read");
            edition.provenance = read_provenance(reader, inherited_, context_);
            reader.finish();
            const bool has_figure = item.find("level_1") != nullptr ||
                                    item.find("level_2") != nullptr ||
                                    item.find("level_3") != nullptr;
            if (edition.not_read.empty() ? item.find("level_3") == nullptr : has_figure) {
                context_.findings.add(
                    item.place, path.text(),
                    edition.not_read.empty()
                        ? fmt::format("the edition '{}' has no level 3", edition.number)
                        : fmt::format("the edition '{}' has figures, and says why it has none",
                                      edition.number),
                    "add `level_3`, which every plant must keep, or say in `not_read` why there "
                    "are no figures");
            }
            standard_.limits.push_back(std::move(edition));
            nodes.push_back(&item);
        }
        check_order(standard_.limits, nodes, path);
    }

    void read_allowances(RecordReader& reader, model::LimitEdition& edition, const FieldPath& path,
                         const Inherited& inherited) {
        const Node* node = reader.value("allowances");
        if (node == nullptr) {
            return;
        }
        const FieldPath own(path, "allowances");
        for (const auto& entry : node->entries) {
            const auto index = model_.processes.find(entry.key);
            if (!index || std::find(before_.begin(), before_.end(), *index) == before_.end()) {
                context_.findings.add(entry.place, own.text(),
                                      fmt::format("'{}' is no process of this boundary", entry.key),
                                      "name one of `makers` or `steps`");
                continue;
            }
            if (const auto datum = read_datum(entry.value, FieldPath(own, entry.key), need(),
                                              inherited, context_)) {
                edition.allowances.emplace_back(*index, *datum);
            }
        }
    }

    void read_grades() {
        const Node* node = record_.value("grades");
        if (node == nullptr) {
            return;
        }
        const FieldPath path(path_, "grades");
        std::vector<const Node*> nodes;
        for (const auto& item : node->items) {
            RecordReader reader(item, grades_table, path, context_.findings);
            const Inherited inherited = inherited_by(reader, inherited_, context_);
            model::GradeEdition edition;
            edition.number = reader.text("number");
            edition.years = read_years(reader);
            const auto benchmark = figure(reader, "benchmark", path, inherited);
            const auto baseline = figure(reader, "baseline", path, inherited);
            edition.provenance = read_provenance(reader, inherited_, context_);
            reader.finish();
            if (benchmark && baseline) {
                edition.benchmark = *benchmark;
                edition.baseline = *baseline;
                standard_.grades.push_back(std::move(edition));
                nodes.push_back(&item);
            }
        }
        check_order(standard_.grades, nodes, path);
    }

    /// Editions follow each other, and no year has two.
    template <class Edition>
    void check_order(const std::vector<Edition>& editions, const std::vector<const Node*>& nodes,
                     const FieldPath& path) {
        for (std::size_t i = 0; i + 1 < editions.size(); ++i) {
            const auto& older = editions[i];
            const auto& newer = editions[i + 1];
            if (!older.years.until || *older.years.until >= newer.years.from) {
                context_.findings.add(
                    nodes[i + 1]->place, path.text(),
                    fmt::format("'{}' begins in {}, when '{}' still rules", newer.number,
                                newer.years.from, older.number),
                    fmt::format("write editions by year, and `until: {}` in the older one",
                                newer.years.from - 1),
                    {nodes[i]->place});
            }
        }
        for (std::size_t i = 0; i < editions.size(); ++i) {
            const auto& years = editions[i].years;
            if (years.until && *years.until < years.from) {
                context_.findings.add(nodes[i]->place, path.text(),
                                      fmt::format("'{}' ends in {}, before it begins",
                                                  editions[i].number, *years.until),
                                      {});
            }
        }
    }

    /// A standard without plants or without figures says why.
    void check_whole() {
        const Node& node = record_.node();
        if ((node.find("makers") == nullptr) == standard_.not_judged.empty()) {
            note(node, "makers",
                 standard_.not_judged.empty() ? "no process is judged by this standard"
                                              : "processes are named, and why there are none",
                 "write either `makers` or `not_judged`");
        }
        const bool has_editions = node.find("limits") != nullptr || node.find("grades") != nullptr;
        if (has_editions != standard_.no_limit.empty()) {
            note(node, "limits",
                 has_editions ? "editions are given, and why there are none"
                              : "this standard has no edition, so nothing is judged by it",
                 "write either `limits` and `grades`, or `no_limit`");
        }
    }

    FieldPath path_;
    const Names& names_;
    const model::Model& model_;
    const ReadingContext& context_;
    RecordReader record_;
    Inherited inherited_;
    UnitStandard standard_;
    bool has_unit_ = false;
    std::vector<Index<Process>> before_; ///< makers and steps that are read
};

} // namespace

model::Registry<UnitStandard> read_unit_standards(const Sections& sections, const Names& names,
                                                  const model::Model& model,
                                                  const ReadingContext& context) {
    std::vector<UnitStandard> standards;
    const FieldPath root("unit_standards");
    for (const auto& [id, record] : sections.of("unit_standards")) {
        standards.push_back(
            UnitStandardReader(id, *record.node, root, names, model, context).read());
    }
    return model::Registry(std::move(standards));
}

} // namespace chainsim::load::detail
