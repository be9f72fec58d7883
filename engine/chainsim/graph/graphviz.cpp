#include <chainsim/graph/graphviz.hpp>
#include <chainsim/table/number_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <string_view>

namespace chainsim::graph {

namespace {

using model::FlowKind;

std::string escaped(std::string_view text) {
    std::string result;
    for (const char character : text) {
        if (character == '"' || character == '\\') {
            result += '\\';
        }
        result += character == '\n' ? ' ' : character;
    }
    return result;
}

std::string_view fill_of(model::Phase phase) {
    switch (phase) {
    case model::Phase::gas:
        return "#dcecf8";
    case model::Phase::liquid:
        return "#e6e0f2";
    case model::Phase::solid:
        return "#ece7dd";
    case model::Phase::energy:
        return "#fdeec2";
    case model::Phase::service:
        return "#f4f4f4";
    }
    return "#ffffff";
}

/// Borders of facilities, by chain.
constexpr std::array<std::string_view, 6> chain_colours{"#2f5d8a", "#8a4b2f", "#5b8a2f",
                                                        "#7a2f8a", "#2f8a84", "#8a7a2f"};

/// Colour and line of an arrow.
std::string_view line_of(FlowKind kind) {
    switch (kind) {
    case FlowKind::feedstock:
        return R"(color="#404040")";
    case FlowKind::fuel:
        return R"(color="#c05a1c", style=dashed)";
    case FlowKind::utility:
        return R"(color="#b0b0b0", style=dotted)";
    case FlowKind::reagent:
        return R"(color="#7a7a7a")";
    case FlowKind::catalyst:
        return R"(color="#b0b0b0", style=dotted)";
    case FlowKind::product:
        return R"(color="#1b6e3c")";
    case FlowKind::coproduct:
    case FlowKind::byproduct:
        return R"(color="#5a9e6f")";
    case FlowKind::waste:
    case FlowKind::emission:
        return R"(color="#a08080", style=dashed)";
    }
    return {};
}

class Drawing {
public:
    Drawing(const model::Scenario& scenario, int year, const DotOptions& options)
        : scenario_(scenario), year_(year), options_(options),
          network_(FlowNetwork::of(scenario, year)) {
        CHAINSIM_EXPECT(options.activity.empty() ||
                            options.activity.size() == scenario.facilities.size(),
                        "one activity for each facility of the scenario");
        find_used();
        choose_edges();
    }

    std::string text() {
        header();
        commodities();
        facilities();
        edges();
        out_ += "}\n";
        return std::move(out_);
    }

private:
    auto to() { return std::back_inserter(out_); }
    [[nodiscard]] const Node& node(int position) const {
        return network_.nodes()[static_cast<std::size_t>(position)];
    }
    [[nodiscard]] bool takes(const Edge& edge) const {
        return node(edge.from).kind == NodeKind::commodity;
    }
    [[nodiscard]] const model::Commodity& commodity_of(const Edge& edge) const {
        const Node& end = takes(edge) ? node(edge.from) : node(edge.to);
        return scenario_.model.commodities[model::Index<model::Commodity>{end.record}];
    }
    [[nodiscard]] const model::Facility& facility(std::uint32_t record) const {
        return scenario_.facilities[model::Index<model::Facility>{record}];
    }
    [[nodiscard]] const std::string& name_in(const model::Name& name) const {
        const bool zh = options_.language == table::Language::zh;
        return zh && !name.zh.empty() ? name.zh : name.en;
    }

    /// Commodities that a facility takes for more than a utility.
    void find_used() {
        for (const auto& edge : network_.edges()) {
            if (takes(edge) && edge.kind != FlowKind::utility && edge.kind != FlowKind::catalyst) {
                used_.insert(edge.from);
            }
        }
    }

    /// The arrows that are drawn, and the commodities at their ends.
    void choose_edges() {
        for (const auto& edge : network_.edges()) {
            if (options_.everything || tells_something(edge)) {
                drawn_.push_back(&edge);
                shown_.insert(takes(edge) ? edge.from : edge.to);
                largest_ = std::max(largest_, mass(edge));
            }
        }
    }

    [[nodiscard]] bool tells_something(const Edge& edge) const {
        const auto& commodity = commodity_of(edge);
        if (commodity.trade == model::Trade::free || commodity.phase == model::Phase::service) {
            return false;
        }
        switch (edge.kind) {
        case FlowKind::utility:
        case FlowKind::catalyst:
        case FlowKind::emission:
            return false;
        case FlowKind::waste:
            return used_.contains(edge.to);
        case FlowKind::feedstock:
        case FlowKind::fuel:
        case FlowKind::reagent:
        case FlowKind::product:
        case FlowKind::coproduct:
        case FlowKind::byproduct:
            return true;
        }
        return true;
    }

    /// Tonnes a year along an arrow; zero where the year is not solved.
    [[nodiscard]] double mass(const Edge& edge) const {
        if (options_.activity.empty()) {
            return 0.0;
        }
        const std::uint32_t record = takes(edge) ? node(edge.to).record : node(edge.from).record;
        return edge.amount * commodity_of(edge).mass * options_.activity[record];
    }

    void header() {
        fmt::format_to(to(), "digraph \"{}\" {{\n", escaped(scenario_.id));
        fmt::format_to(to(),
                       "  graph [rankdir=LR, ranksep=0.9, nodesep=0.16, fontsize=20, "
                       "labelloc=t, label=\"{} · {}\",\n",
                       escaped(name_in(scenario_.name)), year_);
        out_ += "    fontname=\"Noto Sans CJK SC, sans-serif\"]\n";
        out_ += "  node [fontname=\"Noto Sans CJK SC, sans-serif\", fontsize=11, "
                "color=\"#808080\", style=filled]\n";
        out_ += "  edge [arrowsize=0.6]\n";
    }

    void commodities() {
        for (const int position : shown_) {
            const auto& commodity =
                scenario_.model.commodities[model::Index<model::Commodity>{node(position).record}];
            fmt::format_to(to(), "  \"c:{}\" [shape=ellipse, fillcolor=\"{}\", label=\"{}\"]\n",
                           escaped(commodity.id), fill_of(commodity.phase),
                           escaped(name_in(commodity.name)));
        }
    }

    /// Not as clusters: dot puts all members of a cluster that a loop runs through in one rank.
    void facilities() {
        std::map<std::string, std::string_view> borders;
        for (const auto& one : network_.nodes()) {
            if (one.kind == NodeKind::facility) {
                borders.emplace(chain_of(one.record), "");
            }
        }
        std::size_t next = 0;
        for (auto& [chain, border] : borders) {
            border = chain_colours[next++ % chain_colours.size()];
        }
        for (const auto& one : network_.nodes()) {
            if (one.kind == NodeKind::facility) {
                box(one.record, borders.at(chain_of(one.record)));
            }
        }
    }

    [[nodiscard]] const std::string& chain_of(std::uint32_t record) const {
        return scenario_.model.processes[facility(record).process_in(year_)].chain;
    }

    void box(std::uint32_t record, std::string_view border) {
        const auto& one = facility(record);
        const auto& product =
            scenario_.model.commodities[scenario_.model.processes[one.process].product];
        std::string label = escaped(name_in(one.name));
        const double capacity = one.available_capacity(year_, product.unit).value();
        const std::string unit = escaped(product.unit.text());
        if (options_.activity.empty()) {
            label += fmt::format("\\n{} {}/a", table::reader_text(capacity), unit);
        } else {
            label += fmt::format("\\n{} / {} {}/a", table::reader_text(options_.activity[record]),
                                 table::reader_text(capacity), unit);
        }
        const bool idle = !options_.activity.empty() && options_.activity[record] <= 0.0;
        fmt::format_to(to(),
                       "  \"f:{}\" [shape=box, color=\"{}\", fillcolor=\"{}\", label=\"{}\"]\n",
                       escaped(one.id), border, idle ? "#f6f6f6" : "#ffffff", label);
    }

    void edges() {
        for (const Edge* edge : drawn_) {
            const std::string commodity = escaped(commodity_of(*edge).id);
            const std::uint32_t record =
                takes(*edge) ? node(edge->to).record : node(edge->from).record;
            const std::string own = escaped(facility(record).id);
            const double width =
                largest_ > 0.0 ? 0.6 + 4.0 * std::sqrt(mass(*edge) / largest_) : 1.0;
            if (takes(*edge)) {
                fmt::format_to(to(), R"(  "c:{}" -> "f:{}")", commodity, own);
            } else {
                fmt::format_to(to(), R"(  "f:{}" -> "c:{}")", own, commodity);
            }
            fmt::format_to(to(), " [{}, penwidth={:.2f}]\n", line_of(edge->kind), width);
        }
    }

    const model::Scenario& scenario_;
    int year_;
    const DotOptions& options_;
    FlowNetwork network_;
    std::set<int> used_;
    std::set<int> shown_;
    std::vector<const Edge*> drawn_;
    double largest_ = 0.0;
    std::string out_;
};

} // namespace

std::string to_dot(const model::Scenario& scenario, int year, const DotOptions& options) {
    return Drawing(scenario, year, options).text();
}

} // namespace chainsim::graph
