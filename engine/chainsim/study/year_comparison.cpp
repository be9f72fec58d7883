#include <chainsim/accounts/plant_money.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/study/detail/judgement_json.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/year_comparison.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

namespace chainsim::study {

namespace {

using detail::Json;
using table::Language;
using table::Table;

struct Part {
    double activity = 0.0; ///< CNY
    double energy = 0.0;   ///< tce
};

constexpr auto rest = "rest_of_economy";
constexpr auto unproductive = "unproductive";

/// Division of GB/T 4754 in its two digits; "00" where the industry has no code.
std::string division_of(const model::Facility& facility) {
    return model::sector_of(facility.industry) ? facility.industry.substr(0, 2) : "00";
}

/// What the flows of a plant are worth at the prices of a year, CNY.
double margin_of(const system::System& system, std::size_t column, double activity,
                 const std::vector<accounts::Dealing>& dealings) {
    double sum = 0.0;
    for (const auto& flow : system.flows[column]) {
        const auto& one = dealings[system.layout.rows[static_cast<std::size_t>(flow.row)].value];
        const auto& price = flow.amount > 0.0 ? one.received : one.paid;
        sum += flow.amount.value() * activity * price.value();
    }
    return sum;
}

std::map<std::string, Part> parts_of(const model::Scenario& scenario, const YearRun& year) {
    std::map<std::string, Part> parts;
    const auto& system = year.system();
    const auto dealings = accounts::dealings(scenario, scenario.region.base_year);
    double counted = 0.0;
    for (std::size_t f = 0; f < system.layout.columns.size(); ++f) {
        const double activity = year.solution().activity[static_cast<Eigen::Index>(f)];
        if (activity > 0.0) {
            parts[division_of(scenario.facilities[system.layout.columns[f]])].activity +=
                margin_of(system, f, activity, dealings);
        }
    }
    for (const auto& one : year.energy().facilities) {
        const std::string division = division_of(scenario.facilities[one.facility]);
        // Media are made of energy that is counted where they are made.
        const double energy = one.equivalent - one.media;
        parts[division].energy += energy;
        counted += energy;
    }
    const auto stated = [&](const std::string& key, const char* unit) {
        const auto found = scenario.region.rest_of_economy.find(key);
        if (found == scenario.region.rest_of_economy.end()) {
            return 0.0;
        }
        return found->second.at(year.year()).in_a_year(units::Unit::parse(unit));
    };
    parts[rest] = {stated("gdp", "CNY"), stated("energy_equivalent", "tce")};
    counted += parts[rest].energy;
    parts[unproductive].energy = year.planned("energy_total_equivalent").in("tce") - counted;
    return parts;
}

model::Name name_of(const std::string& part) {
    const auto in = [&](Language language) {
        return std::string(table::say_if_known("division_" + part, language).value_or(part));
    };
    return {in(Language::zh), in(Language::en)};
}

Json effects_json(const analysis::Effects& effects) {
    return {{"scale", effects.scale},
            {"structure", effects.structure},
            {"intensity", effects.intensity},
            {"other", effects.other}};
}

} // namespace

YearComparison compare_years(const Run& run, int before, int after) {
    return compare_years(run.scenario(), run.year(before), run.year(after));
}

YearComparison compare_years(const model::Scenario& scenario, const YearRun& before,
                             const YearRun& after) {
    CHAINSIM_EXPECT(!scenario.model.energy_carriers.empty(), "models without energy carriers");
    const auto first = parts_of(scenario, before);
    const auto second = parts_of(scenario, after);
    auto ids = first;
    ids.insert(second.begin(), second.end());
    YearComparison out;
    out.id = scenario.id;
    out.name = scenario.name;
    out.before = before.year();
    out.after = after.year();
    out.total_before = before.planned("energy_total_equivalent").in("tce");
    out.total_after = after.planned("energy_total_equivalent").in("tce");
    std::vector<analysis::ActivityPart> parts;
    parts.reserve(ids.size());
    for (const auto& [id, ignored] : ids) {
        const auto at = [&id](const std::map<std::string, Part>& all) {
            const auto found = all.find(id);
            return found == all.end() ? Part{} : found->second;
        };
        const auto a = at(first);
        const auto b = at(second);
        parts.push_back({id, a.activity, b.activity, a.energy, b.energy});
        out.names.push_back(name_of(id));
    }
    out.energy = analysis::decompose(std::move(parts));
    return out;
}

std::string year_comparison_json(const YearComparison& comparison) {
    Json parts = Json::array();
    for (std::size_t i = 0; i < comparison.energy.parts.size(); ++i) {
        const auto& part = comparison.energy.parts[i];
        parts.push_back({{"id", part.id},
                         {"name", detail::name(comparison.names[i])},
                         {"value_added", {part.activity_before, part.activity_after}},
                         {"energy", {part.energy_before, part.energy_after}},
                         {"effects", effects_json(comparison.energy.effects[i])}});
    }
    const Json document{{"schema", "chainsim.years/1"},
                        {"basis", to_string(Basis::planned)}, // of all that says no other
                        {"scenario", comparison.id},
                        {"years", {comparison.before, comparison.after}},
                        {"indicator", "energy_total_equivalent"},
                        {"unit", "tce"},
                        {"values", {comparison.total_before, comparison.total_after}},
                        {"effects", effects_json(comparison.energy.total)},
                        {"parts", std::move(parts)}};
    return document.dump(1) + '\n';
}

std::string year_comparison_text(const YearComparison& comparison, Language language,
                                 std::size_t width) {
    const auto energy = detail::plant_energy(language);
    const auto money = detail::plant_money(language);
    const std::string tce(energy.text);
    std::string out =
        fmt::format("{} ({})\n\n{}\n", detail::name_in(comparison.name, language), comparison.id,
                    detail::fill("years_title", language, comparison.before, comparison.after,
                                 energy.amount(comparison.total_before),
                                 energy.amount(comparison.total_after)));
    Table table("parts",
                {table::text_column("industry"),
                 table::number_column("value_added_before", std::string(money.text)),
                 table::number_column("value_added_after", std::string(money.text)),
                 table::number_column("energy_before", tce),
                 table::number_column("energy_after", tce), table::number_column("scale", tce),
                 table::number_column("structure", tce), table::number_column("intensity", tce),
                 table::number_column("other", tce)});
    const auto& effects = comparison.energy.effects;
    std::vector<std::size_t> order(effects.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::abs(effects[a].sum()) > std::abs(effects[b].sum());
    });
    const auto row = [&](const std::string& name, double v0, double v1, double e0, double e1,
                         const analysis::Effects& one) {
        table.append({name, money(v0), money(v1), energy(e0), energy(e1), energy(one.scale),
                      energy(one.structure), energy(one.intensity), energy(one.other)});
    };
    double added_before = 0.0;
    double added_after = 0.0;
    for (const auto i : order) {
        const auto& part = comparison.energy.parts[i];
        added_before += part.activity_before;
        added_after += part.activity_after;
        row(detail::name_in(comparison.names[i], language), part.activity_before,
            part.activity_after, part.energy_before, part.energy_after, effects[i]);
    }
    row(detail::fill("total", language), added_before, added_after, comparison.total_before,
        comparison.total_after, comparison.energy.total);
    out += table::to_text(table, {.language = language, .width = width});
    return out + detail::fill("years_note", language) + '\n' +
           detail::fill("all_planned", language) + '\n';
}

} // namespace chainsim::study
