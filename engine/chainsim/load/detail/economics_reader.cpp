#include <chainsim/load/detail/economics_reader.hpp>
#include <chainsim/load/detail/known.hpp>
#include <chainsim/load/detail/tables.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <utility>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::RecordReader;
using model::Industry;
using units::Unit;

class EconomicsReader {
public:
    EconomicsReader(model::Model& model, const Sections& sections, const ReadingContext& context)
        : model_(model), sections_(sections), context_(context) {}

    void read() {
        read_economies();
        read_industries();
        read_park_norms();
        if (model_.economy && model_.industries.empty()) {
            context_.findings.add(sections_.of("economies").begin()->second.place, "economies",
                                  "there are no `industries`, so no plant has staff, land and life",
                                  "add `industries`");
        } else if (!model_.economy && !model_.industries.empty() &&
                   sections_.of("economies").empty()) {
            context_.findings.add(sections_.of("industries").begin()->second.place, "industries",
                                  "there is no economy, so no industry has wages and taxes",
                                  "add `economies`");
        } else if (!model_.industries.empty()) {
            check_processes();
        }
    }

private:
    void read_economies() {
        const FieldPath root("economies");
        for (const auto& [id, record] : sections_.of("economies")) {
            const FieldPath path(root, id);
            if (model_.economy) {
                context_.findings.add(record.place, path.text(),
                                      fmt::format("'{}' is the economy already; a library has one",
                                                  model_.economy->id),
                                      "remove one of the two");
                continue;
            }
            RecordReader reader(*record.node, economy_table, path, context_.findings);
            const Inherited inherited = inherited_by(reader, {}, context_);
            model::Economy economy;
            economy.id = id;
            economy.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context_);
            for (std::size_t i = 0; i < model::rate_kinds.size(); ++i) {
                const auto key = model::rate_kinds[i].key;
                if (const auto* node = reader.value(key)) {
                    economy.rates[i] = read_path(*node, FieldPath(path, key), reader.need(key),
                                                 inherited, context_)
                                           .value_or(model::Path{});
                }
            }
            economy.sales_taxes = read_taxes(reader, "sales_taxes", true, inherited);
            economy.emission_taxes = read_taxes(reader, "emission_taxes", false, inherited);
            economy.withdrawal_taxes = read_taxes(reader, "withdrawal_taxes", false, inherited);
            economy.provenance = read_provenance(reader, {}, context_);
            reader.finish();
            model_.economy = std::move(economy);
        }
    }

    std::map<std::string, model::Path> read_taxes(RecordReader& reader, std::string_view key,
                                                  bool is_share, const Inherited& inherited) {
        std::map<std::string, model::Path> taxes;
        const auto* node = reader.value(key);
        if (node == nullptr) {
            return taxes;
        }
        const FieldPath path(reader.path(), key);
        for (const auto& entry : node->entries) {
            const FieldPath here(path, entry.key);
            if (!check_known(entry.key, entry.place, here, "commodity", model_.commodities.ids(),
                             context_)) {
                continue;
            }
            const auto unit = Unit::parse("CNY").per(model_.commodities.at(entry.key).unit);
            const input::QuantityNeed need = is_share ? input::QuantityNeed{Unit{}, 0.0, 1.0, false}
                                                      : input::QuantityNeed{unit, 0.0};
            if (auto tax = read_path(entry.value, here, need, inherited, context_)) {
                taxes.emplace(entry.key, std::move(*tax));
            }
        }
        return taxes;
    }

    void read_industries() {
        std::vector<Industry> industries;
        const FieldPath root("industries");
        for (const auto& [id, record] : sections_.of("industries")) {
            const FieldPath path(root, id);
            RecordReader reader(*record.node, industry_table, path, context_.findings);
            const Inherited inherited = inherited_by(reader, {}, context_);
            Industry industry;
            industry.id = id;
            industry.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context_);
            industry.processes = reader.texts("processes");
            industry.chains = reader.texts("chains");
            industry.within_hosts = reader.yes_no("within_hosts").value_or(false);
            industry.western = reader.yes_no("western").value_or(false);
            for (const auto& [key, datum] :
                 {std::pair("jobs", &industry.jobs), std::pair("land", &industry.land),
                  std::pair("life", &industry.life),
                  std::pair("required_return", &industry.required_return)}) {
                const auto* node = reader.value(key);
                check_presence(record, path, key, node != nullptr, industry.within_hosts);
                if (node != nullptr) {
                    *datum = read_datum(*node, FieldPath(path, key), reader.need(key), inherited,
                                        context_);
                }
            }
            for (const auto& [key, datum] : {std::pair("maintenance", &industry.maintenance),
                                             std::pair("taxed_land", &industry.taxed_land)}) {
                if (const auto* node = reader.value(key)) {
                    *datum = read_datum(*node, FieldPath(path, key), reader.need(key), inherited,
                                        context_);
                }
            }
            industry.provenance = read_provenance(reader, {}, context_);
            reader.finish();
            check_names(industry, record, path);
            industries.push_back(std::move(industry));
        }
        model_.industries = model::Registry(std::move(industries));
    }

    void check_presence(const Record& record, const FieldPath& path, std::string_view key,
                        bool is_there, bool within_hosts) const {
        if (!is_there && !within_hosts && record.node->is_map()) {
            context_.findings.add(
                record.place, path.text(), fmt::format("`{}` is missing", key),
                "add it, or `within_hosts: true` if its units belong to the plants they serve");
        } else if (is_there && within_hosts) {
            context_.findings.add(record.node->find(key)->place, path.text(),
                                  fmt::format("`{}` has no effect `within_hosts`", key),
                                  "remove it, or `within_hosts`");
        }
    }

    /// What it names is there, and no other industry names it.
    void check_names(const Industry& industry, const Record& record, const FieldPath& path) {
        static constexpr std::array<std::string_view, 2> keys{"processes", "chains"};
        std::set<std::string> all_chains;
        for (const auto& process : model_.processes) {
            all_chains.insert(process.chain);
        }
        const std::vector<std::string> chains(all_chains.begin(), all_chains.end());
        for (const auto key : keys) {
            const auto* entry = record.node->find(key);
            if (entry == nullptr) {
                continue;
            }
            const FieldPath here(path, key);
            const bool is_process = key == keys[0];
            for (const auto& item : entry->value.items) {
                if (!check_known(item.text, item.place, here, is_process ? "process" : "chain",
                                 is_process ? model_.processes.ids() : chains, context_)) {
                    continue;
                }
                const auto [first, added] =
                    (is_process ? of_process_ : of_chain_).emplace(item.text, industry.id);
                if (!added) {
                    context_.findings.add(
                        item.place, here.text(),
                        fmt::format("'{}' belongs to '{}' already", item.text, first->second),
                        "keep one of the two");
                }
            }
        }
    }

    /// A process without an industry, or without what it costs, would count as nothing.
    void check_processes() {
        for (const auto& process : model_.processes) {
            const auto record = sections_.of("processes").find(process.id);
            if (record == sections_.of("processes").end()) {
                continue;
            }
            const std::string field = fmt::format("processes.{}", process.id);
            const auto* industry = model_.industry_of(process);
            if (industry == nullptr) {
                context_.findings.add(
                    record->second.place, field,
                    fmt::format("'{}' belongs to no industry{}, so its staff is not known",
                                process.id,
                                process.chain.empty()
                                    ? std::string{}
                                    : fmt::format(", nor does its chain '{}'", process.chain)),
                    "add it to `processes`, or its chain to `chains`, of one of `industries`");
            } else if (!industry->within_hosts && !process.capex) {
                context_.findings.add(
                    record->second.place, field,
                    fmt::format("'{}' has no `capex`, and '{}' counts staff by it", process.id,
                                industry->id),
                    "add `capex`, or name it in an industry that is `within_hosts`");
            }
        }
    }

    void read_park_norms() {
        std::vector<model::ParkNorm> norms;
        const FieldPath root("park_norms");
        for (const auto& [id, record] : sections_.of("park_norms")) {
            const FieldPath path(root, id);
            RecordReader reader(*record.node, park_norm_table, path, context_.findings);
            const Inherited inherited = inherited_by(reader, {}, context_);
            model::ParkNorm norm;
            norm.id = id;
            norm.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context_);
            norm.is_average = reader.yes_no("average").value_or(false);
            if (const auto* weight = reader.value("weight")) {
                norm.weight = read_datum(*weight, FieldPath(path, "weight"), reader.need("weight"),
                                         inherited, context_);
            }
            const auto figure = reader.word("figure");
            const auto* bound = reader.value("at_least");
            norm.provenance = read_provenance(reader, {}, context_);
            reader.finish();
            if (!figure || bound == nullptr) {
                continue;
            }
            norm.figure = model::park_figures[*figure];
            const auto unit = Unit::parse(model::unit_of(norm.figure));
            if (auto datum = read_datum(*bound, FieldPath(path, "at_least"),
                                        reader.need("at_least", unit), inherited, context_)) {
                norm.at_least = std::move(*datum);
                norms.push_back(std::move(norm));
            }
        }
        model_.park_norms = model::Registry(std::move(norms));
    }

    model::Model& model_;
    const Sections& sections_;
    const ReadingContext& context_;
    std::map<std::string, std::string> of_process_; ///< process -> industry
    std::map<std::string, std::string> of_chain_;
};

} // namespace

void read_economics(model::Model& model, const Sections& sections, const ReadingContext& context) {
    EconomicsReader(model, sections, context).read();
}

} // namespace chainsim::load::detail
