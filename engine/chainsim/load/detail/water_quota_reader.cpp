#include <chainsim/load/detail/boundary_reader.hpp>
#include <chainsim/load/detail/environment_reader.hpp>
#include <chainsim/load/detail/tables.hpp>

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::RecordReader;
using model::WaterQuota;
using units::Unit;

class WaterQuotaReader {
public:
    WaterQuotaReader(const std::string& id, const Node& node, const FieldPath& root,
                     const Names& names, const model::Model& model, const ReadingContext& context)
        : path_(root, id), names_(names), model_(model), context_(context),
          record_(node, water_quota_table, path_, context.findings),
          inherited_(inherited_by(record_, {}, context)) {
        quota_.id = id;
    }

    WaterQuota read() {
        quota_.name =
            read_name(record_.value("name"), FieldPath(path_, "name"), quota_.id, context_);
        quota_.boundary = record_.text("boundary");
        quota_.not_judged = record_.text("not_judged");
        quota_.plants = BoundaryReader(record_, path_, names_, model_, context_).read();
        read_unit();
        read_waters();
        read_editions();
        quota_.provenance = read_provenance(record_, {}, context_);
        record_.finish();
        if (record_.node().is_map() &&
            (record_.node().find("makers") == nullptr) == quota_.not_judged.empty()) {
            note(record_.node(), "makers",
                 quota_.not_judged.empty() ? "no process is judged by this quota"
                                           : "processes are named, and why there are none",
                 "write either `makers` or `not_judged`");
        }
        return std::move(quota_);
    }

private:
    void note(const Node& node, std::string_view key, std::string message, std::string help) {
        context_.findings.add(node.place, FieldPath(path_, key).text(), std::move(message),
                              std::move(help));
    }

    /// Water per unit of the product.
    void read_unit() {
        const auto& products = quota_.plants.products;
        const Unit own =
            products.empty()
                ? Unit::parse("m3/t")
                : Unit::parse("m3").per(model_.commodities[products.front().first].unit);
        const auto unit = detail::read_unit(record_, own.text(), context_);
        if (!unit || products.empty()) {
            return;
        }
        quota_.unit = *unit;
        const Node& node = record_.node().find("unit")->value;
        if (quota_.unit.is_convertible_to(own)) {
            quota_.scale = units::Quantity(1.0, own).in(quota_.unit);
            has_unit_ = true;
        } else {
            note(node, "unit",
                 fmt::format("{} is no water per unit of '{}'", quota_.unit.text(),
                             model_.commodities[products.front().first].id),
                 fmt::format("write for example `{}`", own.text()));
        }
    }

    void read_waters() {
        const Node* node = record_.value("waters");
        if (node == nullptr) {
            return;
        }
        const FieldPath path(path_, "waters");
        for (const auto& entry : node->entries) {
            const auto index = names_.commodity(entry.key, entry.place, path, context_.findings);
            if (!index) {
                continue;
            }
            const Unit unit = Unit::parse("m3").per(model_.commodities[*index].unit);
            if (const auto counted = input::read_quantity(entry.value, FieldPath(path, entry.key),
                                                          {unit, 0.0}, context_.findings)) {
                quota_.waters.emplace_back(*index, counted->in(unit));
            }
        }
    }

    std::optional<model::Datum> figure(RecordReader& reader, std::string_view key,
                                       const FieldPath& path, const Inherited& inherited) {
        const Node* node = reader.value(key);
        const auto need = has_unit_ ? input::QuantityNeed{quota_.unit, 0.0} : any_unit();
        return node == nullptr ? std::nullopt
                               : read_datum(*node, FieldPath(path, key), need, inherited, context_);
    }

    void read_editions() {
        const Node* node = record_.value("editions");
        if (node == nullptr) {
            return;
        }
        const FieldPath path(path_, "editions");
        for (const auto& item : node->items) {
            RecordReader reader(item, quota_edition_table, path, context_.findings);
            const Inherited inherited = inherited_by(reader, inherited_, context_);
            model::QuotaEdition edition;
            edition.number = reader.text("number");
            edition.years = {reader.whole("from").value_or(0), reader.whole("until")};
            const auto general = figure(reader, "general", path, inherited);
            edition.advanced = figure(reader, "advanced", path, inherited);
            edition.provenance = read_provenance(reader, inherited_, context_);
            reader.finish();
            if (!quota_.editions.empty()) {
                const auto& older = quota_.editions.back();
                if (!older.years.until || *older.years.until >= edition.years.from) {
                    context_.findings.add(
                        item.place, path.text(),
                        fmt::format("'{}' begins in {}, when '{}' still rules", edition.number,
                                    edition.years.from, older.number),
                        fmt::format("write editions by year, and `until: {}` in the older one",
                                    edition.years.from - 1));
                }
            }
            if (general && has_unit_ && edition.advanced &&
                edition.advanced->value.in(quota_.unit) > general->value.in(quota_.unit)) {
                context_.findings.add(item.place, path.text(),
                                      "the advanced value is above the general one", {});
            }
            if (general) {
                edition.general = *general;
                quota_.editions.push_back(std::move(edition));
            }
        }
    }

    FieldPath path_;
    const Names& names_;
    const model::Model& model_;
    const ReadingContext& context_;
    RecordReader record_;
    Inherited inherited_;
    WaterQuota quota_;
    bool has_unit_ = false;
};

} // namespace

model::Registry<WaterQuota> read_water_quotas(const Sections& sections, const Names& names,
                                              const model::Model& model,
                                              const ReadingContext& context) {
    std::vector<WaterQuota> quotas;
    const FieldPath root("water_quotas");
    for (const auto& [id, record] : sections.of("water_quotas")) {
        quotas.push_back(WaterQuotaReader(id, *record.node, root, names, model, context).read());
    }
    return model::Registry(std::move(quotas));
}

} // namespace chainsim::load::detail
