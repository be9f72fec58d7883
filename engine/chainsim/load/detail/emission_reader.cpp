#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/environment_reader.hpp>
#include <chainsim/load/detail/known.hpp>
#include <chainsim/load/detail/tables.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::RecordReader;
using model::EmissionAmount;
using model::EmissionFactor;
using model::EmissionLevel;
using model::Pollutant;
using units::Unit;
using Way = EmissionAmount::Way;

bool moves(const model::Process& process, model::Index<model::Commodity> commodity) {
    const auto is_it = [&](const auto& flow) { return flow.commodity == commodity; };
    return std::any_of(process.inputs.begin(), process.inputs.end(), is_it) ||
           std::any_of(process.outputs.begin(), process.outputs.end(), is_it);
}

class EmissionFactorReader {
public:
    EmissionFactorReader(const std::string& id, const Node& node, const FieldPath& root,
                         const Names& names, const model::Model& model,
                         const ReadingContext& context)
        : path_(root, id), names_(names), model_(model), context_(context),
          record_(node, pollutant_table, path_, context.findings),
          inherited_(inherited_by(record_, {}, context)) {
        factor_.id = id;
    }

    EmissionFactor read() {
        factor_.name =
            read_name(record_.value("name"), FieldPath(path_, "name"), factor_.id, context_);
        factor_.flares = record_.yes_no("flares").value_or(false);
        factor_.none = record_.text("none");
        read_processes();
        read_unit();
        read_levels();
        factor_.provenance = read_provenance(record_, {}, context_);
        record_.finish();
        if (record_.node().is_map()) {
            check_whole();
        }
        return std::move(factor_);
    }

private:
    void note(const Node& node, const FieldPath& path, std::string message, std::string help) {
        context_.findings.add(node.place, path.text(), std::move(message), std::move(help));
    }

    void read_processes() {
        (void)record_.texts("processes");
        const auto* entry = record_.node().find("processes");
        if (entry == nullptr) {
            return;
        }
        const FieldPath path(path_, "processes");
        for (const auto& item : entry->value.items) {
            if (const auto process = model_.processes.find(item.text)) {
                factor_.processes.push_back(*process);
            } else {
                (void)check_known(item.text, item.place, path, "process", model_.processes.ids(),
                                  context_);
            }
        }
    }

    /// Per unit of what the figures are: of one commodity, or of the products, which are alike.
    void read_unit() {
        const std::string per = record_.text("per");
        if (factor_.flares) {
            unit_ = Unit::parse("GJ");
        }
        if (!per.empty()) {
            const Node& node = record_.node().find("per")->value;
            const FieldPath path(path_, "per");
            factor_.per = names_.commodity(per, node.place, path, context_.findings);
            if (!factor_.per) {
                return;
            }
            unit_ = model_.commodities[*factor_.per].unit;
            for (const auto process : factor_.processes) {
                if (!moves(model_.processes[process], *factor_.per)) {
                    note(node, path,
                         fmt::format("'{}' neither takes nor gives '{}'",
                                     model_.processes[process].id, per),
                         "make it an entry of its own");
                }
            }
            return;
        }
        for (const auto process : factor_.processes) {
            const auto& product = model_.commodities[model_.processes[process].product];
            if (unit_ && !(*unit_ == product.unit) && factor_.none.empty()) {
                note(record_.node().find("processes")->value, FieldPath(path_, "processes"),
                     fmt::format("'{}' makes {}, and the processes before it {}",
                                 model_.processes[process].id, product.unit.text(), unit_->text()),
                     "make it an entry of its own, or write `per`");
            }
            unit_ = unit_ ? unit_ : product.unit;
        }
    }

    void read_levels() {
        const Node* node = record_.value("levels");
        if (node == nullptr) {
            return;
        }
        const FieldPath path(path_, "levels");
        std::vector<const Node*> nodes;
        for (const auto& entry : node->entries) {
            factor_.levels.push_back(
                read_level(entry.key, entry.value, FieldPath(path, entry.key)));
            for (std::size_t i = 0; i < nodes.size(); ++i) {
                if (factor_.levels[i].from == factor_.levels.back().from) {
                    context_.findings.add(entry.place, path.text(),
                                          fmt::format("'{}' begins in {}, as '{}' does", entry.key,
                                                      factor_.levels.back().from,
                                                      factor_.levels[i].id),
                                          "a year belongs to one level", {nodes[i]->place});
                }
            }
            nodes.push_back(&entry.value);
        }
        std::stable_sort(factor_.levels.begin(), factor_.levels.end(),
                         [](const auto& a, const auto& b) { return a.from < b.from; });
    }

    EmissionLevel read_level(const std::string& id, const Node& node, const FieldPath& path) {
        RecordReader reader(node, emission_level_table, path, context_.findings);
        const Inherited inherited = inherited_by(reader, inherited_, context_);
        EmissionLevel level;
        level.id = id;
        level.from = reader.whole("from").value_or(0);
        level.new_from = reader.whole("new_from");
        for (const auto pollutant : model::pollutants) {
            const auto key = model::to_string(pollutant);
            if (const Node* amount = reader.value(key)) {
                level.amounts[static_cast<std::size_t>(pollutant)] =
                    read_amount(*amount, pollutant, FieldPath(path, key), inherited);
            }
        }
        level.provenance = read_provenance(reader, inherited_, context_);
        reader.finish();
        if (level.new_from && *level.new_from >= level.from) {
            note(node, path,
                 fmt::format("new plants keep it from {} on, and every plant from {}",
                             *level.new_from, level.from),
                 "write the earlier year in `new_from`, or remove it");
        }
        return level;
    }

    EmissionAmount read_amount(const Node& node, Pollutant pollutant, const FieldPath& path,
                               const Inherited& inherited) {
        if (node.is_scalar() && node.text == "recipe") {
            check_recipes(node, pollutant, path);
            return {Way::recipe, 0.0, std::nullopt};
        }
        if (node.is_scalar() && node.text == "sulphur") {
            if (!factor_.flares || pollutant != Pollutant::so2) {
                note(node, path, "`sulphur` tells the SO2 of flares, and of nothing else",
                     "write a figure");
            }
            return {Way::sulphur, 0.0, std::nullopt};
        }
        if (!unit_) {
            return {Way::figure, 0.0, read_datum(node, path, any_unit(), inherited, context_)};
        }
        const Unit unit = Unit::parse("t").per(*unit_);
        auto figure = read_datum(node, path, {unit, 0.0}, inherited, context_);
        const double amount = figure ? figure->value.in(unit) : 0.0;
        return {Way::figure, amount, std::move(figure)};
    }

    /// A recipe that does not know the pollutant is no recipe that emits none of it.
    void check_recipes(const Node& node, Pollutant pollutant, const FieldPath& path) {
        if (factor_.flares) {
            note(node, path, "a flare has no recipe", "write a figure");
        }
        for (const auto process : factor_.processes) {
            const auto& outputs = model_.processes[process].outputs;
            if (std::none_of(outputs.begin(), outputs.end(), [&](const auto& flow) {
                    return model_.commodities[flow.commodity].pollutant == pollutant;
                })) {
                note(node, path,
                     fmt::format("the recipe of '{}' gives no commodity that counts as {}",
                                 model_.processes[process].id, model::to_string(pollutant)),
                     "write a figure");
            }
        }
    }

    void check_whole() {
        const Node& node = record_.node();
        if (factor_.flares == (node.find("processes") != nullptr)) {
            note(node, FieldPath(path_, "processes"),
                 factor_.flares ? "processes are named, and flares as well"
                                : "nothing is judged by this entry",
                 "write either `processes` or `flares: true`");
        }
        if ((node.find("levels") != nullptr) != factor_.none.empty()) {
            note(node, FieldPath(path_, "levels"),
                 factor_.none.empty() ? "nothing says what is emitted"
                                      : "levels are given, and why nothing is counted",
                 "write either `levels`, or in `none` why nothing is counted");
        }
        if (!factor_.none.empty() && factor_.per) {
            note(node.find("per")->value, FieldPath(path_, "per"),
                 "nothing is counted here, so `per` has no effect", "remove `per`");
        }
    }

    FieldPath path_;
    const Names& names_;
    const model::Model& model_;
    const ReadingContext& context_;
    RecordReader record_;
    Inherited inherited_;
    EmissionFactor factor_;
    std::optional<Unit> unit_;
};

/// Each process has one factor; what has none would count as nothing without a word.
void check_cover(const std::vector<EmissionFactor>& factors, const Sections& sections,
                 const model::Model& model, const ReadingContext& context) {
    std::map<std::uint32_t, std::string> taken; // process -> entry
    std::string flares;
    for (const auto& factor : factors) {
        const auto& record = sections.of("pollutants").find(factor.id)->second;
        const std::string field = fmt::format("pollutants.{}", factor.id);
        for (const auto process : factor.processes) {
            const auto [first, added] = taken.emplace(process.value, factor.id);
            if (!added) {
                context.findings.add(record.place, field,
                                     fmt::format("'{}' belongs to '{}' already",
                                                 model.processes[process].id, first->second),
                                     "a process belongs to one entry");
            }
        }
        if (factor.flares && !flares.empty()) {
            context.findings.add(record.place, field,
                                 fmt::format("'{}' judges what is flared already", flares),
                                 "keep one of the two");
        }
        flares = factor.flares ? factor.id : flares;
    }
    for (std::uint32_t i = 0; i < model.processes.size(); ++i) {
        const auto& id = model.processes[{i}].id;
        if (!taken.contains(i)) {
            context.findings.add(sections.of("processes").find(id)->second.place,
                                 fmt::format("processes.{}", id),
                                 fmt::format("no entry of `pollutants` says what '{}' emits", id),
                                 "name it in `processes` of one that does, or of one that says in "
                                 "`none` why nothing is counted");
        }
    }
    for (const auto& commodity : model.commodities) {
        if (commodity.sink == model::Sink::flare && flares.empty()) {
            context.findings.add(
                sections.of("commodities").find(commodity.id)->second.place,
                fmt::format("commodities.{}", commodity.id),
                fmt::format("'{}' is flared, and no entry of `pollutants` judges flares",
                            commodity.id),
                "add one with `flares: true`");
        }
    }
}

} // namespace

model::Registry<EmissionFactor> read_emission_factors(const Sections& sections, const Names& names,
                                                      const model::Model& model,
                                                      const ReadingContext& context) {
    std::vector<EmissionFactor> factors;
    const FieldPath root("pollutants");
    for (const auto& [id, record] : sections.of("pollutants")) {
        factors.push_back(
            EmissionFactorReader(id, *record.node, root, names, model, context).read());
    }
    if (!factors.empty()) {
        check_cover(factors, sections, model, context);
    }
    return model::Registry(std::move(factors));
}

} // namespace chainsim::load::detail
