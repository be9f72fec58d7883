#include <chainsim/load/load_scenario.hpp>
#include <chainsim/model/closure.hpp>
#include <chainsim/model/indicator_kinds.hpp>
#include <chainsim/study/run_folder.hpp>
#include <chainsim/study/validation.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

namespace chainsim::study {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array shown_elements{
    model::Element::C,  model::Element::H,  model::Element::O,
    model::Element::N,  model::Element::S,  model::Element::Cl,
    model::Element::Na, model::Element::Ca, model::Element::Si,
};

/// Counts figures by confidence, each place in a file once.
class Census {
public:
    void count(const model::Datum& datum) {
        const auto& where = datum.provenance.where;
        if (seen_.emplace(where.file, where.line, where.column).second) {
            ++counts_[static_cast<std::size_t>(datum.provenance.confidence)];
        }
    }
    void count(const std::optional<model::Datum>& datum) {
        if (datum) {
            count(*datum);
        }
    }
    void count(const model::Path& path) {
        for (const auto& [year, datum] : path.points()) {
            count(datum);
        }
    }
    void count(const std::optional<model::Path>& path) {
        if (path) {
            count(*path);
        }
    }
    void count(const std::map<std::string, model::Datum>& data) {
        for (const auto& [id, datum] : data) {
            count(datum);
        }
    }
    void count(const std::map<std::string, model::Path>& paths) {
        for (const auto& [id, path] : paths) {
            count(path);
        }
    }
    void count(const std::optional<model::MarketSide>& side) {
        if (side) {
            count(side->price);
            count(side->limit);
        }
    }

    void count(const model::Model& model) {
        for (const auto& commodity : model.commodities) {
            count(commodity.standard_coal);
            count(commodity.disposal_cost);
        }
        for (const auto& process : model.processes) {
            for (const auto& flow : process.inputs) {
                count(flow.datum);
            }
            for (const auto& flow : process.outputs) {
                count(flow.datum);
            }
            count(process.unit_energy);
            count(process.capex);
            if (process.standard) {
                for (const auto& level : process.standard->levels) {
                    count(level);
                }
            }
        }
        for (const auto& price : model.prices) {
            count(price.path);
        }
        for (const auto& factor : model.factors) {
            count(factor.path);
        }
        for (const auto& standard : model.unit_standards) {
            count(standard);
        }
    }

    void count(const model::UnitStandard& standard) {
        count(standard.electricity);
        for (const auto& edition : standard.limits) {
            for (const auto& level : edition.levels) {
                count(level);
            }
            for (const auto& [process, allowance] : edition.allowances) {
                count(allowance);
            }
        }
        for (const auto& edition : standard.grades) {
            count(edition.benchmark);
            count(edition.baseline);
        }
    }

    void count(const model::Scenario& scenario) {
        count(scenario.model);
        for (const auto& [id, statistic] : scenario.region.statistics) {
            count(statistic.datum);
        }
        count(scenario.region.rest_of_economy);
        count(scenario.region.resources);
        for (const auto& market : scenario.markets) {
            count(market.buy);
            count(market.sell);
        }
        for (const auto& demand : scenario.demands) {
            count(demand.amount);
        }
        for (const auto& facility : scenario.facilities) {
            count(facility.capacity);
            for (const auto& change : facility.overrides) {
                count(change.inputs);
                count(change.outputs);
            }
        }
        for (const auto& project : scenario.projects) {
            count(project.capex);
            count(project.land);
            count(project.capacity);
        }
        for (const auto& improvement : scenario.improvements) {
            count(improvement.saving);
        }
        for (const auto& policy : scenario.policies) {
            count(policy.at_most);
            count(policy.at_least);
        }
    }

    [[nodiscard]] const std::array<std::size_t, 5>& counts() const { return counts_; }

private:
    std::set<std::tuple<std::string, int, int>> seen_;
    std::array<std::size_t, 5> counts_{};
};

std::string reasons(const model::Process& process) {
    std::string text;
    for (const auto& [what, why] : process.why_open) {
        text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", what, why);
    }
    return text;
}

RecipeClosure closure_of(const model::Process& process, const model::Model& model) {
    const model::ClosureLimits limits;
    const auto closure = model::closure(process, model);
    RecipeClosure result;
    result.id = process.id;
    result.mass = closure.mass_residual();
    result.energy = closure.energy_in > 0.0 ? closure.energy_out / closure.energy_in - 1.0 : 0.0;
    result.open = std::abs(result.mass) > limits.mass;
    for (std::size_t e = 0; e < model::element_count; ++e) {
        const auto element = static_cast<model::Element>(e);
        if (closure.elements_in[e] <= 0.0 && closure.elements_out[e] <= 0.0) {
            continue;
        }
        const double residual = closure.element_residual(element);
        result.elements.emplace(model::to_string(element), residual);
        const bool judged = element != model::Element::ash && element != model::Element::other;
        result.open = result.open || (judged && std::abs(residual) > limits.element);
    }
    result.open_reason = reasons(process);
    return result;
}

void add_recipes(const model::Model& model, std::map<std::string, RecipeClosure>& recipes) {
    for (const auto& process : model.processes) {
        recipes.try_emplace(process.id, closure_of(process, model));
    }
}

void add_not_counted(const model::Model& model, std::map<std::string, std::string>& not_counted) {
    for (const auto& kind : model::indicator_kinds(model)) {
        if (!kind.factor.empty() && !model.factors.contains(kind.factor)) {
            not_counted.emplace(kind.id, kind.factor);
        }
    }
}

double rounded_percent(double part) { return std::round(part * 1e4) / 1e2 + 0.0; }

Json base_years_json(const std::vector<BaseYear>& base_years) {
    const auto number = [](const std::optional<double>& value) {
        return value ? Json(*value) : Json(nullptr);
    };
    Json list = Json::array();
    for (const auto& base : base_years) {
        Json statistics = Json::array();
        for (const auto& one : base.figures) {
            statistics.push_back({{"id", one.id},
                                  {"value", one.value},
                                  {"low", number(one.low)},
                                  {"high", number(one.high)},
                                  {"unit", one.unit},
                                  {"indicator", one.indicator},
                                  {"model", number(one.model)},
                                  {"differs", one.differs()},
                                  {"explanation", one.explanation},
                                  {"same_source", one.same_source},
                                  {"confidence", model::to_string(one.confidence)}});
        }
        list.push_back({{"region", base.region},
                        {"scenario", base.scenario},
                        {"year", base.year},
                        {"statistics", std::move(statistics)},
                        {"targets",
                         {{"judged", base.targets.judged},
                          {"compared", base.targets.compared},
                          {"recorded", base.targets.recorded},
                          {"carried", base.targets.carried},
                          {"not_judged", base.targets.not_judged}}}});
    }
    return list;
}

} // namespace

Validation validate(const std::vector<std::filesystem::path>& paths) {
    Validation result;
    std::vector<std::filesystem::path> inputs;
    for (const auto& path : paths) {
        try {
            // A run holds models and study files in one folder: what it was made from is its
            // scenario.
            inputs.push_back(is_run(path) ? path / "inputs" / read_origin(path).main_input : path);
        } catch (const InputError& error) {
            result.problems.insert(result.problems.end(), error.diagnostics().begin(),
                                   error.diagnostics().end());
        }
    }
    auto loaded = load::validate(inputs);
    result.problems.insert(result.problems.end(), std::make_move_iterator(loaded.problems.begin()),
                           std::make_move_iterator(loaded.problems.end()));
    result.models = loaded.models.size();
    result.scenarios = loaded.scenarios.size();
    Census census;
    std::map<std::string, RecipeClosure> recipes;
    for (const auto& model : loaded.models) {
        census.count(model);
        add_recipes(model, recipes);
        add_not_counted(model, result.not_counted);
    }
    for (const auto& scenario : loaded.scenarios) {
        census.count(scenario);
        add_recipes(scenario.model, recipes);
        add_not_counted(scenario.model, result.not_counted);
    }
    for (auto& [id, recipe] : recipes) {
        result.recipes.push_back(std::move(recipe));
    }
    result.confidence = census.counts();
    if (result.problems.empty()) {
        for (const auto* scenario : base_scenarios(loaded.scenarios)) {
            result.base_years.push_back(compare_base_year(*scenario));
        }
    }
    return result;
}

std::string validation_json(const Validation& validation) {
    Json problems = Json::array();
    for (const auto& problem : validation.problems) {
        problems.push_back({{"file", problem.where.file},
                            {"line", problem.where.line},
                            {"column", problem.where.column},
                            {"message", problem.message},
                            {"help", problem.help}});
    }
    Json recipes = Json::array();
    for (const auto& recipe : validation.recipes) {
        recipes.push_back({{"id", recipe.id},
                           {"mass", recipe.mass},
                           {"energy", recipe.energy},
                           {"elements", Json(recipe.elements)},
                           {"open_reason", recipe.open_reason.empty() ? Json(nullptr)
                                                                      : Json(recipe.open_reason)}});
    }
    Json confidence = Json::object();
    for (std::size_t i = 0; i < model::confidences.size(); ++i) {
        confidence[std::string(model::to_string(model::confidences[i]))] = validation.confidence[i];
    }
    const Json json{{"problems", std::move(problems)},
                    {"recipes", std::move(recipes)},
                    {"confidence", std::move(confidence)},
                    {"not_counted", Json(validation.not_counted)},
                    {"base_years", base_years_json(validation.base_years)}};
    return json.dump(1) + '\n';
}

table::Table closure_table(const Validation& validation) {
    std::vector<table::Column> columns{table::text_column("recipe"),
                                       table::number_column("mass", "%")};
    for (const auto element : shown_elements) {
        columns.push_back(table::number_column(std::string(model::to_string(element)), "%"));
    }
    columns.push_back(table::number_column("energy", "%"));
    table::Table table("closure", std::move(columns));
    for (const auto& recipe : validation.recipes) {
        std::vector<table::Cell> row{recipe.id, rounded_percent(recipe.mass)};
        for (const auto element : shown_elements) {
            const auto found = recipe.elements.find(std::string(model::to_string(element)));
            row.emplace_back(found == recipe.elements.end() ? table::absent
                                                            : rounded_percent(found->second));
        }
        row.emplace_back(rounded_percent(recipe.energy));
        table.append(std::move(row));
    }
    return table;
}

std::string validation_text(const Validation& validation, table::Language language,
                            std::size_t width) {
    std::string out;
    if (!validation.recipes.empty()) {
        out += table::to_text(closure_table(validation), {.language = language, .width = width});
        const auto open = std::count_if(validation.recipes.begin(), validation.recipes.end(),
                                        [](const RecipeClosure& recipe) { return recipe.open; });
        out += fmt::format("{}\n", table::say("closure_meaning", language));
        out += '\n' +
               fmt::format(fmt::runtime(table::say("open_recipes", language)),
                           validation.recipes.size(), open) +
               '\n';
        for (const auto& recipe : validation.recipes) {
            if (recipe.open) {
                out += fmt::format("  {}: {}\n", recipe.id, recipe.open_reason);
            }
        }
    }
    for (const auto& base : validation.base_years) {
        out += base_year_text(base, language, width);
    }
    const auto figures =
        std::accumulate(validation.confidence.begin(), validation.confidence.end(), std::size_t{0});
    out += fmt::format("{}:", table::say("confidence_counts", language));
    for (std::size_t i = 0; i < model::confidences.size(); ++i) {
        out += fmt::format("  {} {} ({:.1f} %)",
                           table::heading(model::to_string(model::confidences[i]), language),
                           validation.confidence[i],
                           100.0 * static_cast<double>(validation.confidence[i]) /
                               static_cast<double>(std::max<std::size_t>(figures, 1)));
    }
    out += '\n';
    for (const auto& [indicator, factor] : validation.not_counted) {
        out += fmt::format(fmt::runtime(table::say("not_counted", language)), indicator, factor);
        out += '\n';
    }
    if (validation.problems.empty()) {
        out += fmt::format("{}\n", table::say("no_problems", language));
    }
    return out;
}

} // namespace chainsim::study
