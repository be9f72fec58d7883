#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/facility_reader.hpp>
#include <chainsim/load/detail/tables.hpp>
#include <chainsim/model/closure.hpp>
#include <chainsim/model/rebalance.hpp>

#include <fmt/format.h>

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

/// Reads the list `overrides` of a facility, and works out the whole recipe after each.
class OverrideReader {
public:
    OverrideReader(model::Facility& facility, const FieldPath& path, Inherited inherited,
                   const FacilityContext& context)
        : facility_(facility), path_(path), inherited_(std::move(inherited)), context_(context),
          in_force_(context.model.processes[facility.process]) {}

    void run(const Node& list) {
        for (const auto& item : list.items) {
            RecordReader reader(item, override_table, path_, context_.reading.findings);
            const int from = reader.whole("from").value_or(0);
            run(item, reader, from);
        }
    }

    /// What a project rebuilds from its start on.
    void run_retrofit(const Node& item, int start) {
        if (const auto* last = facility_.override_in(std::numeric_limits<int>::max())) {
            in_force_ = context_.model.processes[last->process];
            if (last->recipe) { // none where it was refused
                in_force_.inputs = last->recipe->inputs;
                in_force_.outputs = last->recipe->outputs;
            }
        }
        RecordReader reader(item, retrofit_table, path_, context_.reading.findings);
        run(item, reader, start);
    }

private:
    void run(const Node& item, RecordReader& reader, int from) {
        const std::size_t findings_before = context_.reading.findings.size();
        model::Override change;
        change.from = from;
        change.reason = reader.text("reason");
        change.provenance = read_provenance(reader, inherited_, context_.reading);
        const Inherited inherited = inherited_by(reader, inherited_, context_.reading);
        read_variant(reader);
        if (const auto process = context_.model.processes.find(in_force_.id)) {
            change.process = *process;
        }
        change.inputs = read_side(reader, "inputs", in_force_.inputs, inherited);
        change.outputs = read_side(reader, "outputs", in_force_.outputs, inherited);
        reader.finish();
        if (!item.is_map()) {
            return;
        }
        if (!facility_.overrides.empty() && change.from <= facility_.overrides.back().from) {
            context_.reading.findings.add(
                item.place, path_.text(),
                fmt::format("an override from {} stands after one from {}", change.from,
                            facility_.overrides.back().from),
                "write overrides in ascending order of years");
        }
        if (item.find("inputs") == nullptr && item.find("outputs") == nullptr &&
            item.find("process") == nullptr) {
            context_.reading.findings.add(item.place, path_.text(),
                                          "an override that changes nothing",
                                          "add `process`, `inputs` or `outputs`");
        }
        if (context_.reading.findings.size() == findings_before) {
            apply(change, item);
        }
        facility_.overrides.push_back(std::move(change));
    }

    /// Takes another variant of the technology as the recipe to start from.
    void read_variant(RecordReader& reader) {
        const std::string id = reader.text("process");
        const auto* entry = reader.node().find("process");
        if (id.empty() || entry == nullptr) {
            return;
        }
        const auto& processes = context_.model.processes;
        std::vector<std::string> variants;
        for (const auto& process : processes) {
            if (!process.technology.empty() && process.technology == in_force_.technology) {
                variants.push_back(process.id);
            }
        }
        const FieldPath path(path_, "process");
        auto& findings = context_.reading.findings;
        if (!processes.contains(id)) {
            findings.add(entry->value.place, path.text(),
                         fmt::format("unknown process '{}'", utf8::shorten(id, 60)),
                         input::did_you_mean(id, processes.ids()));
        } else if (std::find(variants.begin(), variants.end(), id) == variants.end()) {
            findings.add(
                entry->value.place, path.text(),
                fmt::format("'{}' is no variant of the technology of '{}'", id, in_force_.id),
                variants.empty() ? "it is a variant of none"
                                 : fmt::format("its variants are {}", fmt::join(variants, ", ")));
        } else if (const auto& variant = processes.at(id);
                   facility_.driver == model::Driver::on_supply && facility_.driving_feed &&
                   !takes(variant, *facility_.driving_feed)) {
            findings.add(entry->value.place, path.text(),
                         fmt::format("'{}' does not take '{}', whose supply drives this facility",
                                     id, context_.names.commodities[*facility_.driving_feed].id));
        } else {
            in_force_ = variant;
        }
    }

    static bool takes(const model::Process& process, model::Index<model::Commodity> commodity) {
        return std::any_of(process.inputs.begin(), process.inputs.end(),
                           [&](const auto& flow) { return flow.commodity == commodity; });
    }

    std::map<std::string, model::Datum> read_side(RecordReader& reader, std::string_view key,
                                                  const std::vector<model::Flow>& flows,
                                                  const Inherited& inherited) {
        std::map<std::string, model::Datum> result;
        const Node* node = reader.value(key);
        if (node == nullptr) {
            return result;
        }
        const auto& commodities = context_.names.commodities;
        const Unit& product_unit = commodities[in_force_.product].unit;
        const FieldPath side(path_, key);
        std::vector<std::string> ids(flows.size());
        std::transform(flows.begin(), flows.end(), ids.begin(),
                       [&](const model::Flow& flow) { return commodities[flow.commodity].id; });
        for (const auto& entry : node->entries) {
            if (std::find(ids.begin(), ids.end(), entry.key) == ids.end()) {
                context_.reading.findings.add(
                    entry.place, side.text(),
                    fmt::format("the recipe '{}' has no '{}' here, so this changes nothing",
                                in_force_.id, utf8::shorten(entry.key, 60)),
                    input::help_for_unknown(entry.key, ids));
                continue;
            }
            const Unit unit = commodities.at(entry.key).unit.per(product_unit);
            if (auto datum = read_datum(entry.value, FieldPath(side, entry.key), {unit, 0.0},
                                        inherited, context_.reading)) {
                result.emplace(entry.key, std::move(*datum));
            }
        }
        return result;
    }

    [[nodiscard]] std::vector<std::optional<double>>
    amounts_of(const std::vector<model::Flow>& flows,
               const std::map<std::string, model::Datum>& data) const {
        const auto& commodities = context_.names.commodities;
        const Unit& product_unit = commodities[in_force_.product].unit;
        std::vector<std::optional<double>> amounts;
        for (const auto& flow : flows) {
            const auto& commodity = commodities[flow.commodity];
            const auto datum = data.find(commodity.id);
            amounts.push_back(datum == data.end() ? std::nullopt
                                                  : std::optional(datum->second.value.in(
                                                        commodity.unit.per(product_unit))));
        }
        return amounts;
    }

    /// Puts the data of the override in place of those of the recipe.
    void replace_data(std::vector<model::Flow>& flows,
                      const std::map<std::string, model::Datum>& data) const {
        for (auto& flow : flows) {
            if (const auto datum = data.find(context_.names.commodities[flow.commodity].id);
                datum != data.end()) {
                flow.datum = datum->second;
            }
        }
    }

    void apply(model::Override& change, const Node& item) {
        const auto result = model::rebalance(in_force_,
                                             {amounts_of(in_force_.inputs, change.inputs),
                                              amounts_of(in_force_.outputs, change.outputs)},
                                             context_.names.commodities);
        if (!result.is_closed()) {
            note_open(in_force_, result, item.place, path_.text(), context_.names,
                      context_.reading);
            return;
        }
        set_amounts(in_force_.inputs, result.inputs);
        set_amounts(in_force_.outputs, result.outputs);
        replace_data(in_force_.inputs, change.inputs);
        replace_data(in_force_.outputs, change.outputs);
        for (auto& diagnostic : model::check_closure(in_force_, context_.names.commodities)) {
            // Told where the coefficient was changed, not where the recipe stands.
            context_.reading.findings.add(item.place, path_.text(), std::move(diagnostic.message),
                                          std::move(diagnostic.help));
        }
        change.recipe = std::make_shared<const model::Recipe>(
            model::Recipe{in_force_.inputs, in_force_.outputs});
    }

    model::Facility& facility_;
    const FieldPath& path_;
    Inherited inherited_;
    const FacilityContext& context_;
    model::Process in_force_;
};

/// Reads one facility.
class FacilityReader {
public:
    FacilityReader(const std::string& id, const Node& node, const FieldPath& path,
                   const Inherited& outer, const FacilityContext& context)
        : path_(path), outer_(outer), context_(context), reading_(context.reading),
          record_(node, facility_table, path, reading_.findings),
          inherited_(inherited_by(record_, outer, reading_)) {
        facility_.id = id;
    }

    std::optional<model::Facility> run() {
        facility_.name =
            read_name(record_.value("name"), FieldPath(path_, "name"), facility_.id, reading_);
        const auto process = read_process_name();
        facility_.owner = read_owner();
        facility_.site = record_.text("site");
        facility_.park = record_.text("park");
        facility_.industry = record_.text("industry");
        read_unit_standard(process);
        facility_.above_scale = record_.yes_no("above_scale").value_or(true);
        read_capacity(process);
        read_years();
        read_driver(process);
        read_priorities();
        const Node* overrides = record_.value("overrides");
        facility_.provenance = read_provenance(record_, outer_, reading_);
        record_.finish();
        if (!process) {
            return std::nullopt;
        }
        if (overrides != nullptr) {
            const FieldPath path(path_, "overrides");
            OverrideReader(facility_, path, inherited_, context_).run(*overrides);
        }
        return std::move(facility_);
    }

private:
    [[nodiscard]] const Node& value_of(std::string_view key) const {
        return record_.node().find(key)->value;
    }

    std::optional<model::Index<model::Process>> read_process_name() {
        const std::string id = record_.text("process");
        if (id.empty()) {
            return std::nullopt;
        }
        const auto found = context_.model.processes.find(id);
        if (!found) {
            reading_.findings.add(value_of("process").place, FieldPath(path_, "process").text(),
                                  fmt::format("unknown process '{}'", utf8::shorten(id, 60)),
                                  input::did_you_mean(id, context_.model.processes.ids()));
            return std::nullopt;
        }
        facility_.process = *found;
        return found;
    }

    void read_unit_standard(std::optional<model::Index<model::Process>> process) {
        facility_.unit_standard = record_.text("unit_standard");
        if (facility_.unit_standard.empty()) {
            return;
        }
        const auto& standards = context_.model.unit_standards;
        const auto found = standards.find(facility_.unit_standard);
        const auto add = [&](std::string message, std::string help) {
            reading_.findings.add(value_of("unit_standard").place,
                                  FieldPath(path_, "unit_standard").text(), std::move(message),
                                  std::move(help));
        };
        if (!found) {
            add(fmt::format("unknown unit standard '{}'",
                            utf8::shorten(facility_.unit_standard, 60)),
                input::did_you_mean(facility_.unit_standard, standards.ids()));
            return;
        }
        const auto& makers = standards[*found].plants.makers;
        if (process && std::find(makers.begin(), makers.end(), *process) == makers.end()) {
            add(fmt::format("'{}' does not judge the process '{}'", facility_.unit_standard,
                            context_.model.processes[*process].id),
                "its `makers` say which processes it judges");
        }
    }

    std::string read_owner() {
        const Node* owner = record_.value("owner");
        if (owner == nullptr) {
            return {};
        }
        if (owner->is_map()) {
            return read_name(owner, FieldPath(path_, "owner"), "", reading_).zh;
        }
        if (!owner->is_scalar()) {
            input::note_kind(*owner, FieldPath(path_, "owner"), "a text or a name",
                             reading_.findings);
        }
        return owner->text;
    }

    std::optional<model::Datum> datum(std::string_view key, const input::QuantityNeed& need) {
        const Node* node = record_.value(key);
        return node == nullptr
                   ? std::nullopt
                   : read_datum(*node, FieldPath(path_, key), need, inherited_, reading_);
    }

    void read_capacity(std::optional<model::Index<model::Process>> process) {
        input::QuantityNeed need = any_unit();
        if (process) {
            const auto product = context_.model.processes[*process].product;
            need = record_.need("capacity",
                                context_.names.commodities[product].unit.per(Unit::parse("a")));
        }
        facility_.capacity = datum("capacity", need).value_or(model::Datum{});
        if (const auto availability = datum("availability", record_.need("availability"))) {
            facility_.availability = availability->value.in("1");
            facility_.availability_confidence = availability->provenance.confidence;
        }
        const Node* ramp = record_.value("ramp");
        if (ramp == nullptr) {
            return;
        }
        for (const auto& item : ramp->items) {
            if (const auto share = input::read_quantity(
                    item, FieldPath(path_, "ramp"), {Unit{}, 0.0, 1.0, false}, reading_.findings)) {
                facility_.ramp.push_back(share->in("1"));
            }
        }
    }

    void read_years() {
        constexpr std::array statuses{model::Status::running, model::Status::building,
                                      model::Status::proposed, model::Status::closed};
        facility_.start = record_.whole("start");
        facility_.retire = record_.whole("retire");
        if (const auto status = record_.word("status")) {
            facility_.status = statuses[*status];
        }
        if (facility_.start && facility_.retire && *facility_.retire <= *facility_.start) {
            reading_.findings.add(value_of("retire").place, FieldPath(path_, "retire").text(),
                                  fmt::format("it retires in {} and starts in {}",
                                              *facility_.retire, *facility_.start),
                                  "`retire` is the first year without it");
        }
        if (facility_.status == model::Status::closed && record_.node().find("retire") == nullptr) {
            reading_.findings.add(value_of("status").place, FieldPath(path_, "status").text(),
                                  "it is closed, and since when is missing",
                                  "add `retire`: the first year without it");
        }
    }

    void read_driver(std::optional<model::Index<model::Process>> process) {
        const auto driver = record_.word("driver");
        const std::string feed = record_.text("driving_feed");
        if (!process) {
            return;
        }
        const model::Process& recipe = context_.model.processes[*process];
        facility_.driver = driver ? static_cast<model::Driver>(*driver) : recipe.driver;
        facility_.driving_feed = recipe.driving_feed;
        if (!feed.empty()) {
            const FieldPath path(path_, "driving_feed");
            const Node& node = value_of("driving_feed");
            facility_.driving_feed =
                context_.names.commodity(feed, node.place, path, reading_.findings);
            note_if_no_input(recipe, facility_.driving_feed, node, path);
        }
        if (driver && facility_.driver == model::Driver::on_supply && !facility_.driving_feed &&
            feed.empty()) {
            reading_.findings.add(value_of("driver").place, FieldPath(path_, "driver").text(),
                                  "`on_supply` needs a driving feed",
                                  "add `driving_feed: ...`, one of the inputs");
        }
    }

    void note_if_no_input(const model::Process& recipe,
                          std::optional<model::Index<model::Commodity>> index, const Node& node,
                          const FieldPath& path) {
        const bool is_input =
            !index || std::any_of(recipe.inputs.begin(), recipe.inputs.end(),
                                  [&](const auto& f) { return f.commodity == *index; });
        if (!is_input) {
            reading_.findings.add(node.place, path.text(),
                                  fmt::format("'{}' is no input of '{}'", node.text, recipe.id));
        }
    }

    void read_priorities() {
        facility_.priority = record_.whole("priority").value_or(facility_.priority);
        const Node* priorities = record_.value("priorities");
        if (priorities == nullptr) {
            return;
        }
        const FieldPath path(path_, "priorities");
        for (const auto& entry : priorities->entries) {
            const FieldPath here(path, entry.key);
            (void)context_.names.commodity(entry.key, entry.place, path, reading_.findings);
            if (const auto value =
                    input::read_whole(entry.value, here, 0.0, 1000.0, reading_.findings)) {
                facility_.priorities.emplace(entry.key, static_cast<int>(*value));
            }
        }
    }

    const FieldPath& path_;
    const Inherited& outer_;
    const FacilityContext& context_;
    const ReadingContext& reading_;
    RecordReader record_;
    Inherited inherited_;
    model::Facility facility_;
};

} // namespace

void read_retrofit(model::Facility& facility, const Node& node, const FieldPath& path, int start,
                   const FacilityContext& context) {
    OverrideReader(facility, path, {}, context).run_retrofit(node, start);
}

std::optional<ReadFacility> read_facility(const std::string& id, input::Place place,
                                          const Node& node, const FieldPath& path,
                                          const Inherited& outer, const FacilityContext& context) {
    auto facility = FacilityReader(id, node, path, outer, context).run();
    return facility ? std::optional(ReadFacility{std::move(*facility), place}) : std::nullopt;
}

} // namespace chainsim::load::detail
