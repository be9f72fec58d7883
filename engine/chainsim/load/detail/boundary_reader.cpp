#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/boundary_reader.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace chainsim::load::detail {

namespace {

using model::Commodity;
using model::Index;
using model::Process;

bool gives(const Process& process, Index<Commodity> commodity) {
    return std::any_of(process.outputs.begin(), process.outputs.end(),
                       [&](const auto& flow) { return flow.commodity == commodity; });
}

bool takes(const Process& process, Index<Commodity> commodity) {
    return std::any_of(process.inputs.begin(), process.inputs.end(),
                       [&](const auto& flow) { return flow.commodity == commodity; });
}

} // namespace

using input::FieldPath;
using input::Node;
using units::Unit;

model::Boundary BoundaryReader::read() {
    read_processes();
    read_products();
    return std::move(boundary_);
}

void BoundaryReader::note(const Node& node, std::string_view key, std::string message,
                          std::string help) {
    context_.findings.add(node.place, FieldPath(path_, key).text(), std::move(message),
                          std::move(help));
}

std::optional<Index<Process>> BoundaryReader::process(const Node& node, std::string_view key) {
    if (const auto found = model_.processes.find(node.text)) {
        return found;
    }
    note(node, key, fmt::format("unknown process '{}'", utf8::shorten(node.text, 60)),
         input::did_you_mean(node.text, model_.processes.ids()));
    return std::nullopt;
}

void BoundaryReader::read_processes() {
    [[maybe_unused]] const auto maker_ids = record_.texts("makers");
    [[maybe_unused]] const auto step_ids = record_.texts("steps");
    for (const Node& item : items("makers")) {
        if (const auto index = process(item, "makers")) {
            boundary_.makers.push_back(*index);
        }
    }
    named_ = boundary_.makers;
    for (const Node& item : items("steps")) {
        if (const auto index = process(item, "steps")) {
            add_step(item, *index);
            named_.push_back(*index);
        }
    }
}

std::vector<Node> BoundaryReader::items(std::string_view key) const {
    const auto* entry = record_.node().find(key);
    return entry == nullptr ? std::vector<Node>{} : entry->value.items;
}

void BoundaryReader::add_step(const Node& node, Index<Process> index) {
    const Process& added = model_.processes[index];
    const auto is_before = [&](const auto& matches) {
        return std::any_of(named_.begin(), named_.end(),
                           [&](Index<Process> other) { return matches(model_.processes[other]); });
    };
    const bool downstream = added.driving_feed && is_before([&](const Process& other) {
                                return gives(other, *added.driving_feed);
                            });
    if (!downstream &&
        !is_before([&](const Process& other) { return takes(other, added.product); })) {
        note(node, "steps",
             fmt::format("nothing links '{}' to a maker or a step before it", added.id),
             "list it after the step that gives what drives it, or takes what it makes");
        return;
    }
    // What it makes for others counts only for those that are known by then.
    for (const auto& step : boundary_.steps) {
        if (!step.is_downstream && takes(added, step.link)) {
            note(node, "steps",
                 fmt::format("'{}' takes '{}', whose makers stand before it", added.id,
                             model_.commodities[step.link].id),
                 "list it before them");
            return;
        }
    }
    const auto link = downstream ? *added.driving_feed : added.product;
    const auto same =
        std::find_if(boundary_.steps.begin(), boundary_.steps.end(), [&](const auto& step) {
            return step.link == link && step.is_downstream == downstream;
        });
    if (same != boundary_.steps.end()) {
        same->processes.push_back(index);
    } else {
        boundary_.steps.push_back({link, downstream, {index}});
    }
}

void BoundaryReader::read_products() {
    const Node* node = record_.value("products");
    if (node == nullptr) {
        return;
    }
    const FieldPath path(path_, "products");
    for (const auto& entry : node->entries) {
        const auto index = names_.commodity(entry.key, entry.place, path, context_.findings);
        const auto weight = input::read_quantity(entry.value, FieldPath(path, entry.key),
                                                 {Unit::parse("1"), 0.0}, context_.findings);
        if (!index || !weight) {
            continue;
        }
        const Unit& unit = model_.commodities[*index].unit;
        if (!boundary_.products.empty() &&
            !(unit == model_.commodities[boundary_.products.front().first].unit)) {
            context_.findings.add(entry.place, path.text(),
                                  fmt::format("'{}' is counted in {}, and the products before "
                                              "it are not",
                                              entry.key, unit.text()),
                                  "products of one standard have one unit");
            continue;
        }
        boundary_.products.emplace_back(*index, weight->number());
    }
}

} // namespace chainsim::load::detail
