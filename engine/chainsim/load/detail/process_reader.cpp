#include <chainsim/load/detail/model_reader.hpp>
#include <chainsim/load/detail/tables.hpp>
#include <chainsim/model/rebalance.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::RecordReader;
using model::Flow;
using model::FlowKind;
using units::Unit;

/// Reads one process.
class ProcessReader {
public:
    ProcessReader(const std::string& id, const Node& node, const Names& names,
                  const ReadingContext& context)
        : root_("processes"), path_(root_, id), names_(names), context_(context),
          record_(node, process_table, path_, context.findings),
          inherited_(inherited_by(record_, {}, context)) {
        process_.id = id;
    }

    std::optional<model::Process> run() {
        process_.name =
            read_name(record_.value("name"), FieldPath(path_, "name"), process_.id, context_);
        process_.chain = record_.text("chain");
        process_.technology = record_.text("technology");
        const auto product = commodity("product");
        if (product) {
            process_.product = *product;
            product_unit_ = names_.commodities[*product].unit;
        }
        process_.inputs = read_flows("inputs", input_table, product.has_value());
        process_.outputs = read_flows("outputs", output_table, product.has_value());
        process_.reactions = record_.texts("reactions");
        const Node* minima = record_.value("minima");
        if (const auto driver = record_.word("driver")) {
            process_.driver = static_cast<model::Driver>(*driver);
        }
        process_.driving_feed = commodity("driving_feed");
        read_primary_energy();
        read_figures(product.has_value());
        process_.scale = record_.text("scale");
        read_why_open();
        process_.provenance = read_provenance(record_, {}, context_);
        if (minima != nullptr && product) {
            read_minima(*minima);
        }
        record_.finish();
        if (!product) {
            return std::nullopt;
        }
        check_product();
        check_driver();
        return std::move(process_);
    }

private:
    [[nodiscard]] const Node& value_of(std::string_view key) const {
        return record_.node().find(key)->value;
    }

    std::optional<model::Index<model::Commodity>> commodity(std::string_view key) {
        const std::string id = record_.text(key);
        return id.empty() ? std::nullopt
                          : names_.commodity(id, value_of(key).place, FieldPath(path_, key),
                                             context_.findings);
    }

    /// `has_product` is false where the unit of the product is not known, so units cannot be
    /// judged.
    std::vector<Flow> read_flows(std::string_view key, const input::RecordTable& table,
                                 bool has_product) {
        std::vector<Flow> flows;
        const Node* node = record_.value(key);
        if (node == nullptr) {
            return flows;
        }
        const FieldPath side(path_, key);
        for (const auto& entry : node->entries) {
            const FieldPath path(side, entry.key);
            const auto id = names_.commodity(entry.key, entry.place, side, context_.findings);
            RecordReader reader(entry.value, table, path, context_.findings);
            const bool is_judged = id && has_product;
            const Unit unit = is_judged ? names_.commodities[*id].unit.per(product_unit_) : Unit{};
            const auto need = is_judged ? input::QuantityNeed{unit, 0.0} : any_unit();
            const auto datum = read_datum_keys(reader, need, inherited_, context_);
            const bool is_input = &table == &input_table;
            const auto word = reader.word(is_input ? "role" : "kind");
            const bool closing = reader.yes_no("closing").value_or(false);
            reader.finish();
            if (!datum || !is_judged) {
                continue;
            }
            Flow flow;
            flow.commodity = *id;
            flow.amount = datum->value.in(unit);
            const auto first = is_input ? FlowKind::feedstock : FlowKind::product;
            flow.kind = static_cast<FlowKind>(static_cast<std::size_t>(first) + word.value_or(0));
            flow.closing = closing;
            flow.datum = *datum;
            flows.push_back(std::move(flow));
        }
        // Indices follow the order of ids, so the order of the file leaves no trace.
        std::sort(flows.begin(), flows.end(),
                  [](const Flow& a, const Flow& b) { return a.commodity < b.commodity; });
        return flows;
    }

    void read_primary_energy() {
        const auto ids = record_.texts("primary_energy");
        if (ids.empty()) {
            return;
        }
        const FieldPath path(path_, "primary_energy");
        for (const auto& item : value_of("primary_energy").items) {
            const auto index = names_.commodity(item.text, item.place, path, context_.findings);
            if (index && !has_flow(process_.outputs, *index)) {
                context_.findings.add(item.place, path.text(),
                                      fmt::format("'{}' is no output of this process", item.text));
            } else if (index) {
                process_.primary_energy.push_back(*index);
            }
        }
    }

    static bool has_flow(const std::vector<Flow>& flows, model::Index<model::Commodity> wanted) {
        return std::any_of(flows.begin(), flows.end(),
                           [&](const Flow& flow) { return flow.commodity == wanted; });
    }

    std::optional<model::Datum> datum(std::string_view key, const Unit& unit, bool is_judged) {
        const Node* node = record_.value(key);
        if (node == nullptr) {
            return std::nullopt;
        }
        return read_datum(*node, FieldPath(path_, key),
                          is_judged ? record_.need(key, unit) : any_unit(), inherited_, context_);
    }

    void read_figures(bool has_product) {
        const Unit year = Unit::parse("a");
        const Unit heat = Unit::parse("GJ").per(product_unit_);
        const Unit coal = Unit::parse("kgce").per(product_unit_);
        const auto chemical_heat = datum("chemical_heat", heat, has_product);
        if (chemical_heat && has_product) {
            process_.chemical_heat = chemical_heat->value.in(heat);
        }
        process_.unit_energy = datum("unit_energy", coal, has_product);
        process_.capex =
            datum("capex", Unit::parse("CNY").per(product_unit_.per(year)), has_product);
        const Node* standard = record_.value("standard");
        if (standard == nullptr) {
            return;
        }
        const FieldPath path(path_, "standard");
        RecordReader reader(*standard, standard_table, path, context_.findings);
        model::Standard result;
        const Inherited inherited = inherited_by(reader, inherited_, context_);
        result.basis = reader.text("basis");
        result.provenance = read_provenance(reader, inherited_, context_);
        if (const Node* levels = reader.value("levels")) {
            for (const auto& level : levels->items) {
                const auto need = has_product ? input::QuantityNeed{coal} : any_unit();
                if (auto read =
                        read_datum(level, FieldPath(path, "levels"), need, inherited, context_)) {
                    result.levels.push_back(std::move(*read));
                }
            }
        }
        reader.finish();
        process_.standard = std::move(result);
    }

    void read_why_open() {
        const Node* node = record_.value("why_open");
        if (node == nullptr) {
            return;
        }
        const FieldPath path(path_, "why_open");
        for (const auto& entry : node->entries) {
            const bool is_known =
                entry.key == "mass" || entry.key == "energy" || model::to_element(entry.key);
            if (!is_known) {
                context_.findings.add(
                    entry.place, path.text(),
                    fmt::format("'{}' is not mass, energy or an element", entry.key));
            }
            if (!entry.value.is_scalar() || entry.value.text.empty()) {
                input::note_kind(entry.value, FieldPath(path, entry.key), "a reason",
                                 context_.findings);
            } else {
                process_.why_open.emplace(entry.key, entry.value.text);
            }
        }
    }

    void read_minima(const Node& minima) {
        const FieldPath path(path_, "minima");
        for (const auto& item : minima.items) {
            RecordReader reader(item, minimum_table, path, context_.findings);
            model::Minimum minimum;
            minimum.where = item.place.location();
            const auto ids = reader.texts("commodities");
            const std::string symbol = reader.text("element");
            minimum.basis = reader.text("basis");
            const Node* value = reader.value("value");
            reader.finish();
            if (!symbol.empty()) {
                minimum.element = model::to_element(symbol);
                if (!minimum.element) {
                    context_.findings.add(item.find("element")->value.place, path.text(),
                                          fmt::format("'{}' is no element", symbol));
                    continue;
                }
            }
            for (const auto& id : ids) {
                const auto index = names_.commodity(id, item.place, path, context_.findings);
                if (index && !has_flow(process_.inputs, *index)) {
                    context_.findings.add(item.place, path.text(),
                                          fmt::format("'{}' is no input of this process", id));
                } else if (index) {
                    minimum.commodities.push_back(*index);
                }
            }
            if (value == nullptr || minimum.commodities.empty() ||
                minimum.commodities.size() != ids.size()) {
                continue;
            }
            const Unit over = minimum.element
                                  ? Unit::parse("t")
                                  : names_.commodities[minimum.commodities.front()].unit;
            const Unit unit = over.per(product_unit_);
            if (const auto datum = read_datum(*value, path, {unit, 0.0}, inherited_, context_)) {
                minimum.amount = datum->value.in(unit);
                process_.minima.push_back(std::move(minimum));
            }
        }
    }

    void check_product() {
        const auto* outputs = record_.node().find("outputs");
        if (outputs == nullptr || !outputs->value.is_map()) {
            return;
        }
        const std::string& id = names_.commodities[process_.product].id;
        const FieldPath path(path_, "outputs");
        bool is_made = false;
        for (const auto& flow : process_.outputs) {
            const bool is_product = flow.commodity == process_.product;
            is_made = is_made || is_product;
            if (is_product == (flow.kind == FlowKind::product)) {
                continue;
            }
            context_.findings.add(
                outputs->value.find(names_.commodities[flow.commodity].id)->place, path.text(),
                is_product
                    ? fmt::format("the reference product is of kind '{}'", to_string(flow.kind))
                    : fmt::format("'{}' is of kind 'product', and '{}' is the reference product",
                                  names_.commodities[flow.commodity].id, id),
                is_product ? "write `kind: product`" : "write `kind: coproduct`");
        }
        const auto* entry = outputs->value.find(id);
        if (entry == nullptr) {
            context_.findings.add(
                outputs->place, path.text(),
                fmt::format("the reference product '{}' is not among the outputs", id),
                fmt::format("add `{}: {{value: 1 {}, kind: product}}`", id,
                            product_unit_.per(product_unit_).text()));
            return;
        }
        if (!is_made) {
            return; // noted already
        }
        const auto flow =
            std::find_if(process_.outputs.begin(), process_.outputs.end(),
                         [&](const Flow& f) { return f.commodity == process_.product; });
        if (std::abs(flow->amount - 1.0) > 1e-9) {
            context_.findings.add(
                entry->value.place, path.text(),
                fmt::format("the reference product is {:.6g}, and all amounts are per 1 of it",
                            flow->amount),
                fmt::format("write `value: 1 {}`", product_unit_.per(product_unit_).text()));
        }
    }

    void check_driver() {
        if (process_.driving_feed && !has_flow(process_.inputs, *process_.driving_feed)) {
            context_.findings.add(value_of("driving_feed").place,
                                  FieldPath(path_, "driving_feed").text(),
                                  fmt::format("'{}' is no input of this process",
                                              names_.commodities[*process_.driving_feed].id));
        }
        if (process_.driver == model::Driver::on_supply &&
            record_.node().find("driving_feed") == nullptr) {
            context_.findings.add(value_of("driver").place, FieldPath(path_, "driver").text(),
                                  "`on_supply` needs a driving feed",
                                  "add `driving_feed: ...`, one of the inputs");
        }
    }

    FieldPath root_;
    FieldPath path_;
    const Names& names_;
    const ReadingContext& context_;
    RecordReader record_;
    Inherited inherited_;
    model::Process process_;
    Unit product_unit_;
};

/// Amounts that differ from the nominal ones, flow by flow.
std::vector<std::optional<double>> changed_amounts(const std::vector<Flow>& nominal,
                                                   const std::vector<Flow>& changed) {
    std::vector<std::optional<double>> amounts(nominal.size());
    for (std::size_t i = 0; i < nominal.size(); ++i) {
        const auto now = std::find_if(changed.begin(), changed.end(), [&](const Flow& flow) {
            return flow.commodity == nominal[i].commodity;
        });
        if (now != changed.end() && now->amount != nominal[i].amount) {
            amounts[i] = now->amount;
        }
    }
    return amounts;
}

/// Where a scenario first changed a flow; the record if it changed something else.
input::Place place_of_change(const Record& record) {
    for (const std::string_view side : {"inputs", "outputs"}) {
        const auto* flows = record.node->find(side);
        if (flows == nullptr) {
            continue;
        }
        for (const auto& flow : flows->value.entries) {
            const auto* value = flow.value.find("value");
            if (value != nullptr && value->value.place.document != record.place.document) {
                return value->value.place;
            }
        }
    }
    return record.place;
}

} // namespace

std::optional<model::Process> read_process(const std::string& id, const Node& node,
                                           const Names& names, const ReadingContext& context) {
    return ProcessReader(id, node, names, context).run();
}

void rebalance_changed(model::Process& process, const Record& record, const Names& names,
                       const ReadingContext& context) {
    // What is wrong with the nominal record is wrong in the changed one as well, or was put right.
    input::Findings ignored;
    const ReadingContext quiet{ignored, context.sources};
    const auto nominal = read_process(process.id, *record.nominal, names, quiet);
    if (!nominal || nominal->inputs.size() != process.inputs.size() ||
        nominal->outputs.size() != process.outputs.size() || nominal->product != process.product) {
        return; // another recipe; it is judged by its own closure
    }
    const auto result = model::rebalance(*nominal,
                                         {changed_amounts(nominal->inputs, process.inputs),
                                          changed_amounts(nominal->outputs, process.outputs)},
                                         names.commodities);
    if (!result.is_closed()) {
        note_open(process, result, place_of_change(record), fmt::format("processes.{}", process.id),
                  names, context);
        return;
    }
    set_amounts(process.inputs, result.inputs);
    set_amounts(process.outputs, result.outputs);
}

void set_amounts(std::vector<Flow>& flows, const std::vector<double>& amounts) {
    for (std::size_t i = 0; i < flows.size(); ++i) {
        Flow& flow = flows[i];
        if (amounts[i] == flow.amount) {
            continue;
        }
        // The datum follows the amount, and its range keeps its width relative to it.
        const double factor = flow.amount > 0.0 ? amounts[i] / flow.amount : 1.0;
        flow.amount = amounts[i];
        flow.datum.value = factor * flow.datum.value;
        if (flow.datum.range) {
            flow.datum.range = {factor * flow.datum.range->first,
                                factor * flow.datum.range->second};
        }
    }
}

void note_open(const model::Process& process, const model::Rebalance& result, input::Place place,
               const std::string& field, const Names& names, const ReadingContext& context) {
    std::string closing;
    for (const auto* flows : {&process.inputs, &process.outputs}) {
        for (const auto& flow : *flows) {
            if (flow.closing) {
                closing += fmt::format("{}{}", closing.empty() ? "" : ", ",
                                       names.commodities[flow.commodity].id);
            }
        }
    }
    context.findings.add(
        place, field,
        fmt::format(
            "recipe '{}' cannot keep its balance after this change; out minus in moves by {}",
            process.id, fmt::join(result.open, ", ")),
        closing.empty()
            ? "the recipe has no closing flows: change what balances it as well"
            : fmt::format("its closing flows ({}) cannot take that up; change other flows as well",
                          closing));
}

} // namespace chainsim::load::detail
