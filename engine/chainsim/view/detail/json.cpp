#include <chainsim/study/detail/page_view.hpp>
#include <chainsim/view/detail/json.hpp>

namespace chainsim::view::detail {

Json trace_json(const study::Trace& trace) {
    Json inputs = Json::array();
    for (const auto& one : trace.inputs) {
        inputs.push_back({{"id", one.id},
                          {"value", number(one.value)},
                          {"unit", one.unit},
                          {"source", one.source}});
    }
    return {{"formula", trace.formula}, {"inputs", std::move(inputs)}, {"source", trace.source}};
}

Json cell_json(const study::PageCell& cell) {
    Json out;
    if (cell.is_number) {
        out = {{"v", number(cell.value)}, {"u", cell.unit}};
        if (cell.basis != study::Basis::planned) {
            out["basis"] = to_string(cell.basis);
        }
    } else {
        out = {{"t", name(cell.text)}};
        if (!cell.id.empty()) {
            out["id"] = cell.id;
        }
    }
    if (!cell.trace.formula.empty() || !cell.trace.source.empty()) {
        out["trace"] = trace_json(cell.trace);
    }
    return out;
}

Json part_json(const study::PagePart& part) {
    using study::detail::heading_of;
    using table::Language;
    const auto shown = study::detail::columns_of(part);
    Json columns = Json::array();
    for (const auto c : shown) {
        columns.push_back({{"id", part.columns[c]},
                           {"heading", name({heading_of(part, c, Language::zh),
                                             heading_of(part, c, Language::en)})}});
    }
    Json rows = Json::array();
    for (const auto& row : part.rows) {
        Json cells = Json::array();
        for (const auto c : shown) {
            cells.push_back(cell_json(row.cells[c]));
        }
        Json one{{"id", row.id}, {"cells", std::move(cells)}};
        if (row.level == 0) {
            one["sum"] = true;
        }
        rows.push_back(std::move(one));
    }
    Json notes = Json::array();
    for (const auto& note : part.notes) {
        notes.push_back(name(note));
    }
    return {{"id", part.id},
            {"title", name(part.title)},
            {"columns", std::move(columns)},
            {"rows", std::move(rows)},
            {"notes", std::move(notes)}};
}

Json sankey_json(const Sankey& sankey) {
    Json nodes = Json::array();
    for (const auto& node : sankey.nodes) {
        Json one{{"id", node.id}, {"name", name(node.name)}, {"kind", to_string(node.kind)}};
        if (!node.drill.empty()) {
            one["drill"] = node.drill;
        }
        nodes.push_back(std::move(one));
    }
    Json links = Json::array();
    for (const auto& link : sankey.links) {
        Json one{{"from", link.from},
                 {"to", link.to},
                 {"value", drawn(link.value)},
                 {"what", name(link.what)}};
        if (link.back) {
            one["back"] = true;
        }
        links.push_back(std::move(one));
    }
    return {{"id", sankey.id},
            {"name", name(sankey.name)},
            {"unit", sankey.unit},
            {"nodes", std::move(nodes)},
            {"links", std::move(links)}};
}

} // namespace chainsim::view::detail
