#include <chainsim/study/detail/judgement_json.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/study/summary.hpp>
#include <chainsim/study/version.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>

namespace chainsim::study {

namespace {

using Json = nlohmann::ordered_json;

Json head(const Run& run) {
    const auto& scenario = run.scenario();
    Json json = Json::object();
    json["schema"] = "chainsim.summary/1";
    json["engine"] = {{"version", version()}, {"commit", commit()}};
    json["scenario"] = {
        {"id", scenario.id}, {"name", detail::name(scenario.name)}, {"hash", hash_of(scenario)}};
    return json;
}

Json closure_json(const accounts::DistrictClosure& closure) {
    Json elements = Json::object();
    for (const auto& [element, open] : closure.elements) {
        elements[element] = open;
    }
    return {{"balance", closure.balance},
            {"accounts", closure.accounts},
            {"mass", closure.mass},
            {"energy", closure.energy},
            {"elements", elements}};
}

Json policies_json(const YearRun& year) {
    Json list = Json::array();
    for (const auto& policy : year.policies()) {
        list.push_back(detail::judgement(policy));
    }
    return list;
}

Json facilities_json(const Run& run, const YearRun& year) {
    const auto& scenario = run.scenario();
    const auto& system = year.system();
    Json list = Json::array();
    for (std::size_t column = 0; column < system.layout.columns.size(); ++column) {
        const auto position = static_cast<Eigen::Index>(column);
        const auto& facility = scenario.facilities[system.layout.columns[column]];
        const auto& process = scenario.model.processes[facility.process_in(year.year())];
        const double activity = year.solution().activity[position];
        const double capacity = system.equations.capacity[position];
        const auto& binding = year.solution().binding[column];
        Json commodity = nullptr;
        if (binding.row >= 0) {
            const auto row = system.layout.rows[static_cast<std::size_t>(binding.row)];
            commodity = scenario.model.commodities[row].id;
        }
        list.push_back(
            {{"id", facility.id},
             {"process", process.id},
             {"activity", activity},
             {"unit", scenario.model.commodities[process.product].unit.text()},
             {"capacity", capacity},
             {"utilisation", capacity > 0.0 ? Json(activity / capacity) : Json(nullptr)},
             {"binding",
              {{"kind", to_string(binding.kind)}, {"commodity", std::move(commodity)}}}});
    }
    return list;
}

Json commodities_json(const Run& run, const YearRun& year) {
    Json list = Json::array();
    for (const auto& balance : year.commodities()) {
        const auto& commodity = run.scenario().model.commodities[balance.commodity];
        list.push_back({{"id", commodity.id},
                        {"unit", commodity.unit.text()},
                        {"produced", balance.produced},
                        {"consumed", balance.consumed},
                        {"bought", balance.bought},
                        {"sold", balance.sold},
                        {"disposed", balance.disposed},
                        {"final_demand", balance.final_demand},
                        {"short_of", balance.short_of}});
    }
    return list;
}

/// Totals of the lines of the energy balance, and the bridge, in tce; null without carriers.
Json energy_json(const YearRun& year) {
    const auto& energy = year.energy();
    if (energy.balance.lines.empty()) {
        return nullptr;
    }
    Json lines = Json::array();
    for (const auto& line : energy.balance.lines) {
        lines.push_back({{"line", line.id},
                         {"tce", line.total.calorific},
                         {"tce_equivalent", line.total.equivalent}});
    }
    Json terms = Json::array();
    for (const auto& term : energy.bridge.terms) {
        terms.push_back({{"term", term.id}, {"tce", term.value}});
    }
    return {{"balance", std::move(lines)},
            {"bridge",
             {{"terms", std::move(terms)},
              {"total", energy.bridge.total},
              {"difference", energy.bridge.difference}}}};
}

Json year_json(const Run& run, const YearRun& year) {
    Json indicators = Json::object();
    // Ids are unique; looking each up among hundreds before it is added would take longer than all
    // the rest of a year.
    auto& entries = indicators.get_ref<Json::object_t&>();
    entries.reserve(year.indicators().size());
    for (const auto& value : year.indicators()) {
        Json one{{"value", value.value}, {"unit", value.unit}};
        if (const auto basis = year.basis_of(value.id); basis != Basis::planned) {
            one["basis"] = to_string(basis);
            one["planned"] = detail::number(year.planned_value(value.id));
        }
        entries.Json::object_t::Container::emplace_back(value.id, std::move(one));
    }
    const auto& solution = year.solution();
    return {{"year", year.year()},
            {"basis", to_string(Basis::planned)}, // of all that says no other
            {"solver",
             {{"status", to_string(solution.outcome)},
              {"iterations", solution.iterations},
              {"residual", solution.residual}}},
            {"closure", closure_json(year.closure())},
            {"indicators", std::move(indicators)},
            {"policies", policies_json(year)},
            {"facilities", facilities_json(run, year)},
            {"commodities", commodities_json(run, year)},
            {"products", detail::products(run.scenario(), year)},
            {"energy", energy_json(year)},
            {"ledgers", detail::ledgers(run.scenario(), year)},
            {"water_quotas", detail::water_quotas(run.scenario(), year)}};
}

/// Of the last year: shares move little between years, and a reader wants one figure.
Json confidence_json(const YearRun& year) {
    Json json = Json::object();
    for (const auto& [indicator, shares] : year.confidence()) {
        Json entry = Json::object();
        for (std::size_t i = 0; i < shares.size(); ++i) {
            entry[std::string(model::to_string(model::confidences[i]))] = shares[i];
        }
        json[indicator] = std::move(entry);
    }
    return json;
}

Json failure_json(const Failure& failure) {
    return {{"year", failure.year},
            {"solver",
             {{"status", to_string(failure.outcome)},
              {"iterations", failure.iterations},
              {"residual", failure.residual},
              {"message", failure.message},
              {"facilities", failure.facilities},
              {"commodities", failure.commodities}}}};
}

} // namespace

std::string summary_json(const Run& run) {
    Json json = head(run);
    json["years"] = Json::array();
    if (const auto& failure = run.failure()) {
        json["years"].push_back(failure_json(*failure));
        return json.dump(1) + '\n';
    }
    for (const auto& year : run.years()) {
        json["years"].push_back(year_json(run, year));
    }
    json["confidence"] = run.years().empty() ? Json::object() : confidence_json(run.years().back());
    return json.dump(1) + '\n';
}

} // namespace chainsim::study
