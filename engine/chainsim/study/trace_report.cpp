#include <chainsim/base/error.hpp>
#include <chainsim/study/detail/analysis_json.hpp>
#include <chainsim/study/trace_report.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <utility>

namespace chainsim::study {

namespace {

using detail::Json;
using detail::number;
using graph::Relation;
using table::Language;

std::string_view relation_of(const TraceReport& report) {
    if (report.trace.to.id.empty()) {
        return to_string(report.reached.empty() ? Relation::absent : Relation::path);
    }
    return to_string(report.trace.relation);
}

/// An end of the way that answers; there is one where families are asked for.
model::Index<model::Commodity> end_of(const std::optional<model::Index<model::Commodity>>& end) {
    if (!end) {
        throw ContractError("a family that no member answers for");
    }
    return *end;
}

/// Ids and names of the records of a scenario.
class Names {
public:
    explicit Names(const model::Scenario& scenario) : scenario_(scenario) {}

    [[nodiscard]] const std::string& id(model::Index<model::Commodity> index) const {
        return scenario_.model.commodities[index].id;
    }
    [[nodiscard]] const std::string& id(model::Index<model::Process> index) const {
        return scenario_.model.processes[index].id;
    }
    [[nodiscard]] const std::string& id(model::Index<model::Facility> index) const {
        return scenario_.facilities[index].id;
    }
    [[nodiscard]] static const std::string& name(const model::Name& name, Language language) {
        return language == Language::zh && !name.zh.empty() ? name.zh : name.en;
    }
    [[nodiscard]] const std::string& name(model::Index<model::Commodity> index,
                                          Language language) const {
        return name(scenario_.model.commodities[index].name, language);
    }
    [[nodiscard]] const std::string& name(model::Index<model::Process> index,
                                          Language language) const {
        return name(scenario_.model.processes[index].name, language);
    }
    [[nodiscard]] const std::string& name(model::Index<model::Facility> index,
                                          Language language) const {
        return name(scenario_.facilities[index].name, language);
    }

    template <class Record>
    [[nodiscard]] Json ids(const std::vector<model::Index<Record>>& indices) const {
        Json list = Json::array();
        for (const auto index : indices) {
            list.push_back(id(index));
        }
        return list;
    }

private:
    const model::Scenario& scenario_;
};

Json meaning_json(const graph::Meaning& meaning) {
    return {{"word", meaning.word},
            {"id", meaning.id},
            {"name", detail::name(meaning.name)},
            {"family", meaning.family}};
}

Json ways_json(const Names& names, const std::vector<graph::Way>& ways) {
    Json list = Json::array();
    for (const auto& way : ways) {
        Json processes = Json::array();
        Json facilities = Json::array();
        for (const auto& step : way.processes) {
            processes.push_back(names.ids(step));
        }
        for (const auto& step : way.facilities) {
            facilities.push_back(names.ids(step));
        }
        list.push_back({{"commodities", names.ids(way.commodities)},
                        {"processes", std::move(processes)},
                        {"facilities", std::move(facilities)},
                        {"built", way.built}});
    }
    return list;
}

Json via_json(const Names& names, const graph::Trace& trace) {
    Json via = Json::array();
    switch (trace.relation) {
    case Relation::path:
        for (const auto& step : trace.ways.front().processes) {
            via.push_back(names.id(step.front()));
        }
        break;
    case Relation::siblings:
        return names.ids(trace.parents);
    case Relation::family:
        if (trace.from.family) {
            via.push_back(names.id(end_of(trace.source)));
        }
        if (trace.to.family) {
            via.push_back(names.id(end_of(trace.target)));
        }
        break;
    case Relation::absent:
        break;
    }
    return via;
}

Json reached_json(const Names& names, const std::vector<graph::Reached>& reached) {
    Json list = Json::array();
    for (const auto& one : reached) {
        list.push_back({{"commodity", names.id(one.commodity)},
                        {"steps", one.steps},
                        {"built", one.built},
                        {"share", number(one.share)}});
    }
    return list;
}

template <class... Values>
std::string fill(std::string_view key, Language language, const Values&... values) {
    return fmt::format(fmt::runtime(table::say(key, language)), values...) + '\n';
}

std::string ways_text(const Names& names, const std::vector<graph::Way>& ways, Language language) {
    std::string out;
    for (const auto& way : ways) {
        out += "  ";
        for (std::size_t i = 0; i < way.commodities.size(); ++i) {
            if (i > 0) {
                const auto& facilities = way.facilities[i - 1];
                const auto& processes = way.processes[i - 1];
                std::string who = facilities.empty() ? names.name(processes.front(), language)
                                                     : names.name(facilities.front(), language);
                if (facilities.size() > 1) {
                    who += fmt::format(" +{}", facilities.size() - 1);
                }
                out += fmt::format(" -[{}]-> ", who);
            }
            out += names.name(way.commodities[i], language);
        }
        out += fmt::format("  ({})\n", table::say(way.built ? "built" : "not_built", language));
    }
    return out;
}

std::string reached_text(const Names& names, const TraceReport& report, Language language,
                         std::size_t width) {
    table::Table table("reached", {table::text_column("commodity"), table::text_column("id"),
                                   table::whole_column("steps"), table::text_column("built"),
                                   table::text_column("share")});
    for (const auto& one : report.reached) {
        table.append(
            {names.name(one.commodity, language), names.id(one.commodity), std::int64_t{one.steps},
             std::string(table::say(one.built ? "built" : "not_built", language)),
             table::percent_text(one.built ? one.share.value_or(table::absent) : table::absent)});
    }
    const std::string& from = Names::name(report.trace.from.name, language);
    std::string text = fill("reach", language, from) +
                       table::to_text(table, {.language = language, .width = width});
    return report.solved ? text + fill("share_meaning", language) : text;
}

} // namespace

TraceReport trace(const Study& study, int year, const std::string& from, const std::string& to) {
    TraceReport report;
    report.year = year;
    const auto& scenario = study.scenario();
    report.trace.from = graph::look_up(scenario.model, from);
    if (!to.empty()) {
        report.trace.to = graph::look_up(scenario.model, to);
    }
    const Run run = study.run(year);
    report.solved = run.outcome() == system::Outcome::solved;
    std::optional<graph::YearFlows> flows;
    if (report.solved) {
        flows = run.year(year).flows(scenario);
    }
    const graph::YearFlows* known = flows ? &*flows : nullptr;
    if (to.empty()) {
        report.reached = graph::trace_all(scenario, year, from, known);
    } else {
        report.trace = graph::trace(scenario, year, from, to, known);
    }
    return report;
}

bool is_absent(const TraceReport& report) { return relation_of(report) == "absent"; }

std::string trace_json(const Study& study, const TraceReport& report) {
    const Names names(study.scenario());
    const auto& trace = report.trace;
    Json json = Json::object();
    json["relation"] = relation_of(report);
    if (trace.to.id.empty()) {
        json["year"] = report.year;
        json["from"] = meaning_json(trace.from);
        json["reached"] = reached_json(names, report.reached);
        return json.dump(1) + '\n';
    }
    json["share"] = number(trace.share);
    json["year"] = report.year;
    json["built"] = trace.built;
    json["paths"] = ways_json(names, trace.ways);
    json["via"] = via_json(names, trace);
    json["from"] = meaning_json(trace.from);
    json["to"] = meaning_json(trace.to);
    json["reverse"] = trace.reverse;
    return json.dump(1) + '\n';
}

std::string trace_text(const Study& study, const TraceReport& report, Language language,
                       std::size_t width) {
    const Names names(study.scenario());
    const auto& trace = report.trace;
    const std::string& from = Names::name(trace.from.name, language);
    const std::string& to = Names::name(trace.to.name, language);
    if (trace.to.id.empty()) {
        return reached_text(names, report, language, width);
    }
    std::string out;
    switch (trace.relation) {
    case Relation::path:
        out = fill("path", language, from, to);
        break;
    case Relation::family:
        out = fill("path", language, names.name(end_of(trace.source), language),
                   names.name(end_of(trace.target), language));
        if (trace.from.family) {
            out += fill("family", language, from, names.name(end_of(trace.source), language));
        }
        if (trace.to.family) {
            out += fill("family", language, to, names.name(end_of(trace.target), language));
        }
        break;
    case Relation::siblings: {
        std::string parents;
        for (const auto parent : trace.parents) {
            parents += parents.empty() ? "" : table::say("and", language);
            parents += names.name(parent, language);
        }
        return fill("siblings", language, from, to, parents);
    }
    case Relation::absent:
        return fill(trace.reverse ? "absent_reverse" : "absent", language, from, to);
    }
    if (trace.share) {
        out += fill(trace.from.family ? "share_of_family" : "share", language, report.year, from,
                    table::percent_text(*trace.share), to);
        out += fill("share_meaning", language);
    }
    return out + ways_text(names, trace.ways, language);
}

} // namespace chainsim::study
