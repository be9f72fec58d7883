#include <chainsim/study/detail/environment_tables.hpp>
#include <chainsim/study/detail/group_table.hpp>
#include <chainsim/study/detail/judgement_json.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/view/contributions.hpp>
#include <chainsim/view/detail/json.hpp>
#include <chainsim/view/detail/tables.hpp>
#include <chainsim/view/year_flows.hpp>
#include <chainsim/view/year_view.hpp>

#include <algorithm>
#include <cstddef>
#include <map>

namespace chainsim::view {

namespace {

using detail::drawn;
using detail::Json;
using detail::name;
using detail::number;
using study::detail::sentence;

constexpr std::size_t most_contributions = 10;

/// The plants of a year and what flows between them.
class GraphMaker {
public:
    GraphMaker(const model::Scenario& scenario, const study::YearRun& year)
        : scenario_(scenario), year_(year), system_(year.system()) {}

    Json make() {
        Json chains = Json::array();
        for (const auto& id : running_chains(scenario_, year_)) {
            chains.push_back({{"id", id}, {"name", name(chain_name(id))}});
        }
        add_nodes();
        add_edges();
        return {{"chains", std::move(chains)},
                {"nodes", std::move(nodes_)},
                {"edges", std::move(edges_)}};
    }

private:
    /// Of plants that stand in the year.
    void add_nodes() {
        place_.assign(system_.layout.columns.size(), -1);
        for (std::size_t column = 0; column < place_.size(); ++column) {
            const auto at = static_cast<Eigen::Index>(column);
            const double capacity = system_.equations.capacity[at];
            if (!(capacity > 0.0)) {
                continue;
            }
            place_[column] = static_cast<int>(nodes_.size());
            const auto& plant = scenario_.facilities[system_.layout.columns[column]];
            const auto& process = scenario_.model.processes[plant.process_in(year_.year())];
            const double activity = year_.solution().activity[at];
            const auto& binding = year_.solution().binding[column];
            Json node{{"id", plant.id},
                      {"name", name(plant.name)},
                      {"chain", process.chain},
                      {"process", name(process.name)},
                      {"activity", drawn(activity)},
                      {"capacity", drawn(capacity)},
                      {"unit", scenario_.model.commodities[process.product].unit.text()},
                      {"utilisation", drawn(activity / capacity)},
                      {"binding", study::to_string(binding.kind)}};
            if (!plant.project.empty()) {
                node["project"] = plant.project;
            }
            if (binding.row >= 0) {
                node["of"] = name(commodity(binding.row).name);
            }
            nodes_.push_back(std::move(node));
        }
    }

    /// From all makers of a commodity to all of its takers, in proportion.
    void add_edges() {
        struct End {
            int node;
            double amount;
        };
        std::vector<std::vector<End>> made(system_.layout.rows.size());
        std::vector<std::vector<End>> taken(made.size());
        for (std::size_t column = 0; column < place_.size(); ++column) {
            const double activity = year_.solution().activity[static_cast<Eigen::Index>(column)];
            if (place_[column] < 0 || activity <= 0.0) {
                continue;
            }
            for (const auto& flow : system_.flows[column]) {
                auto& ends = (flow.amount > 0.0 ? made : taken)[static_cast<std::size_t>(flow.row)];
                ends.push_back({place_[column], std::abs(flow.amount.value()) * activity});
            }
        }
        for (std::size_t row = 0; row < made.size(); ++row) {
            const auto& what = commodity(static_cast<int>(row));
            if (what.trade == model::Trade::free) {
                continue;
            }
            double total = year_.solution().bought[static_cast<Eigen::Index>(row)];
            for (const auto& end : made[row]) {
                total += end.amount;
            }
            const auto factor =
                what.energy_product && what.standard_coal
                    ? what.standard_coal->value.in(units::Unit::parse("tce").per(what.unit))
                    : table::absent;
            for (const auto& from : made[row]) {
                for (const auto& to : taken[row]) {
                    const double amount = from.amount * to.amount / total;
                    constexpr double least_part = 0.01; // of all that there is: less makes no line
                    if (from.node == to.node || amount < least_part * total) {
                        continue;
                    }
                    edges_.push_back({{"from", from.node},
                                      {"to", to.node},
                                      {"what", name(what.name)},
                                      {"id", what.id},
                                      {"amount", drawn(amount)},
                                      {"unit", what.unit.text()},
                                      {"tce", drawn(amount * factor)}});
                }
            }
        }
    }

    [[nodiscard]] const model::Commodity& commodity(int row) const {
        return scenario_.model.commodities[system_.layout.rows[static_cast<std::size_t>(row)]];
    }

    const model::Scenario& scenario_;
    const study::YearRun& year_;
    const system::System& system_;
    std::vector<int> place_; ///< node by column; -1: it does not stand
    Json nodes_ = Json::array();
    Json edges_ = Json::array();
};

/// Lines of the energy balance by the carriers that are in use, in standard coal.
study::PagePart balance_part(const study::YearRun& year) {
    study::PagePart out;
    out.id = "balance";
    out.title = sentence("book_balance_coal");
    const auto& balance = year.energy().balance;
    std::vector<std::size_t> used;
    const auto add_column = [&out](const std::string& id, const model::Name& heading) {
        out.columns.push_back(id);
        out.headings.push_back(heading);
    };
    add_column("line", {});
    for (std::size_t c = 0; c < balance.columns.size(); ++c) {
        if (std::any_of(balance.lines.begin(), balance.lines.end(),
                        [c](const auto& line) { return line.by_carrier[c].calorific != 0.0; })) {
            used.push_back(c);
            add_column(balance.columns[c].id, balance.columns[c].name);
        }
    }
    add_column("calorific_total", {});
    add_column("equivalent_total", {});
    for (const auto& line : balance.lines) {
        study::PageRow row{line.id, {study::word_cell(line.name)}, line.level};
        for (const auto c : used) {
            row.cells.push_back(study::amount_cell(line.by_carrier[c].calorific, "tce"));
        }
        row.cells.push_back(study::amount_cell(line.total.calorific, "tce"));
        row.cells.push_back(study::amount_cell(line.total.equivalent, "tce"));
        out.rows.push_back(std::move(row));
    }
    return out;
}

study::PagePart bridge_part(const study::YearRun& year) {
    study::PagePart out;
    out.id = "bridge";
    out.title = sentence("book_bridge");
    out.columns = {"term", "tce"};
    const auto& bridge = year.energy().bridge;
    for (const auto& term : bridge.terms) {
        out.rows.push_back(
            {term.id, {study::word_cell(term.name), study::amount_cell(term.value, "tce")}, 1});
    }
    if (!bridge.terms.empty()) {
        study::Trace trace{"sum of all terms", {}, "energy_bridge.csv"};
        for (const auto& term : bridge.terms) {
            trace.inputs.push_back({term.id, term.value, "tce", {}});
        }
        out.rows.push_back({"total",
                            {study::word_cell(sentence("bridge_total")),
                             study::amount_cell(bridge.total, "tce", std::move(trace))},
                            0});
    }
    return out;
}

Json products_json(const model::Scenario& scenario, const study::YearRun& year) {
    Json list = Json::array();
    for (const auto& one : year.products()) {
        list.push_back(
            {{"id", one.id + "." + scenario.facilities[one.facility].id},
             {"facility", name(scenario.facilities[one.facility].name)},
             {"name", name(scenario.model.unit_standards[one.standard].name)},
             {"unit", one.unit},
             {"value", number(one.value)},
             {"benchmark", number(one.benchmark)},
             {"baseline", number(one.baseline)},
             {"levels", {number(one.levels[0]), number(one.levels[1]), number(one.levels[2])}},
             {"grade", one.grade ? Json(study::to_string(*one.grade)) : Json(nullptr)},
             {"verdict", study::to_string(one.verdict)},
             {"source", one.source},
             {"edition", one.edition}});
    }
    return list;
}

Json contributions_json(const model::Scenario& scenario, const study::YearRun& year,
                        const std::set<std::string>& indicators) {
    Json out = Json::object();
    for (const auto& id : indicators) {
        const auto parts = contributions(scenario, year, id, most_contributions);
        if (!parts || parts->empty()) {
            continue;
        }
        Json list = Json::array();
        for (const auto& part : *parts) {
            list.push_back(
                {{"name", name(part.name)}, {"value", number(part.value)}, {"id", part.id}});
        }
        out[id] = std::move(list);
    }
    return out;
}

} // namespace

nlohmann::ordered_json year_json(const model::Scenario& scenario, const study::YearRun& year,
                                 const std::set<std::string>& indicators) {
    Json chains = Json::array();
    for (const auto& id : running_chains(scenario, year)) {
        chains.push_back(detail::sankey_json(flows_within_chain(scenario, year, id)));
    }
    Json parts = Json::array();
    const auto add = [&](const char* id, const char* title, auto make) {
        const auto part =
            detail::part_of(id, sentence(title), make(scenario, year, table::Language::zh),
                            make(scenario, year, table::Language::en));
        if (!part.rows.empty()) {
            parts.push_back(detail::part_json(part));
        }
    };
    add("groups", "book_groups", study::detail::group_table);
    add("ledgers", "book_ledgers", study::detail::ledger_table);
    add("quotas", "book_quotas", study::detail::water_quota_table);
    const auto flows = [&](Measure measure) {
        return detail::sankey_json(flows_between_chains(scenario, year, measure));
    };
    return {{"year", year.year()},
            {"materials", flows(Measure::mass)},
            {"energy", flows(Measure::energy)},
            {"carbon", flows(Measure::carbon)},
            {"chains", std::move(chains)},
            {"graph", GraphMaker(scenario, year).make()},
            {"balance", detail::part_json(balance_part(year))},
            {"bridge", detail::part_json(bridge_part(year))},
            {"products", products_json(scenario, year)},
            {"contributions", contributions_json(scenario, year, indicators)},
            {"parts", std::move(parts)}};
}

} // namespace chainsim::view
