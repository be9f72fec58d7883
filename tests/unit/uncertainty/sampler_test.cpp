#include "support/catch.hpp"
#include <chainsim/accounts/indicators.hpp>
#include <chainsim/base/aligned.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/load/load_scenario.hpp>
#include <chainsim/model/closure.hpp>
#include <chainsim/number/tape.hpp>
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/uncertainty/closing.hpp>
#include <chainsim/uncertainty/parameters.hpp>
#include <chainsim/uncertainty/sampler.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <limits>
#include <set>
#include <string>
#include <vector>

// On the district as planned: every kind of figure, some two hundred recipes.

namespace {

using chainsim::Aligned;
using chainsim::uncertainty::Parameter;
using chainsim::uncertainty::ParameterKind;
using chainsim::uncertainty::Parameters;
using chainsim::uncertainty::RecipeInUse;
using chainsim::uncertainty::SampleOptions;
using chainsim::uncertainty::Sampler;
namespace model = chainsim::model;

constexpr auto eight = static_cast<std::size_t>(chainsim::vector_lanes);

const model::Scenario& plan_of_district() {
    static const auto scenario = chainsim::load::load_scenario(
        std::filesystem::path(CHAINSIM_SOURCE_DIR) / "scenarios/hainan/plan_2025.yaml");
    return scenario;
}

SampleOptions options_of(std::int64_t draws, bool keeps_closure = true) {
    SampleOptions options;
    options.draws = draws;
    options.keeps_closure = keeps_closure;
    return options;
}

const Parameter& parameter(const Parameters& all, const std::string& id) {
    const auto found = std::find_if(all.all.begin(), all.all.end(),
                                    [&](const Parameter& one) { return one.id == id; });
    REQUIRE(found != all.all.end());
    return *found;
}

/// The recipe as a draw has it.
model::Process drawn_recipe(const RecipeInUse& recipe, const Aligned& values, std::size_t lane) {
    auto process = recipe.process;
    const auto write = [&](std::vector<model::Flow>& flows, const std::vector<int>& numbers) {
        for (std::size_t i = 0; i < flows.size(); ++i) {
            flows[i].amount = values[static_cast<std::size_t>(numbers[i]) * eight + lane];
        }
    };
    write(process.inputs, recipe.inputs);
    write(process.outputs, recipe.outputs);
    return process;
}

/// By the rules of `model::closure`, which knows nothing of draws: what a draw leaves open of any
/// element beyond the nominal recipe, in shares of what passes through.
double opened_by_closure(const RecipeInUse& recipe, const model::Process& drawn,
                         const model::Scenario& scenario) {
    const auto nominal = model::closure(recipe.process, scenario.model);
    const auto now = model::closure(drawn, scenario.model);
    double most = 0.0;
    for (std::size_t e = 0; e < model::element_count; ++e) {
        const double through = std::max(nominal.elements_in[e], nominal.elements_out[e]);
        if (through > 0.0 && !nominal.is_trace(static_cast<model::Element>(e))) {
            const double before = nominal.elements_out[e] - nominal.elements_in[e];
            const double after = now.elements_out[e] - now.elements_in[e];
            most = std::max(most, std::abs(after - before) / through);
        }
    }
    return most;
}

struct Opened {
    double by_recipes = 0.0; ///< `ClosingRecipe::opened`
    double by_closure = 0.0;
    double least_amount = 0.0;
    int moved = 0;                    ///< recipes and draws in which anything with a mass moved
    std::set<std::string> impossible; ///< recipes that make energy or fall below a minimum
};

/// What `validate` would say of a recipe, were mass and elements open as they may.
std::size_t impossible(const model::Process& process, const model::Scenario& scenario) {
    model::ClosureLimits limits;
    limits.mass = std::numeric_limits<double>::infinity();
    limits.element = std::numeric_limits<double>::infinity();
    return model::check_closure(process, scenario.model.commodities, limits).size();
}

Opened open_in_draws(const Sampler& sampler, const model::Scenario& scenario, std::int64_t draws) {
    Opened worst;
    Sampler::Workspace work(sampler);
    Aligned results(sampler.outputs() * eight);
    for (std::int64_t first = 0; first < draws; first += static_cast<std::int64_t>(eight)) {
        sampler.evaluate(first, static_cast<int>(eight), work, results.data());
        for (std::size_t lane = 0; lane < eight; ++lane) {
            for (const auto& recipe : sampler.recipes()) {
                worst.by_recipes = std::max(
                    worst.by_recipes, recipe.opened(work.values().data(), static_cast<int>(lane)));
            }
            for (const auto& recipe : sampler.parameters().recipes) {
                const auto drawn = drawn_recipe(recipe, work.values(), lane);
                worst.by_closure =
                    std::max(worst.by_closure, opened_by_closure(recipe, drawn, scenario));
                worst.moved += model::closure(drawn, scenario.model).mass_in !=
                                       model::closure(recipe.process, scenario.model).mass_in
                                   ? 1
                                   : 0;
                if (impossible(drawn, scenario) > impossible(recipe.process, scenario)) {
                    worst.impossible.insert(recipe.id);
                }
                for (const auto* side : {&drawn.inputs, &drawn.outputs}) {
                    for (const auto& flow : *side) {
                        worst.least_amount = std::min(worst.least_amount, flow.amount);
                    }
                }
            }
        }
    }
    return worst;
}

} // namespace

SCENARIO("Every figure of a scenario is a parameter, once", "[uncertainty][parameters]") {
    GIVEN("the district as planned") {
        const auto& scenario = plan_of_district();
        const auto parameters = chainsim::uncertainty::parameters_of(scenario);
        THEN("ids and figures are all different, and values lie within their ranges") {
            std::set<std::string> ids;
            std::set<const void*> figures;
            int with_range = 0;
            for (const auto& one : parameters.all) {
                CAPTURE(one.id);
                CHECK(ids.insert(one.id).second);
                CHECK(figures.insert(one.figure).second);
                CHECK((one.low <= one.value && one.value <= one.high));
                CHECK(one.set < parameters.sets);
                with_range += one.has_range() ? 1 : 0;
            }
            CHECK(parameters.all.size() > 2000);
            CHECK(with_range > 300);
        }
        THEN("each plant's capacity is one, with the value of the file") {
            for (const auto& facility : scenario.facilities) {
                const auto& one = parameter(parameters, "facilities." + facility.id + ".capacity");
                CHECK(one.kind == ParameterKind::capacity);
                CHECK(one.value == facility.capacity.value.number());
            }
        }
        THEN("each flow of each recipe in use is one, in units of account") {
            int flows = 0;
            for (const auto& recipe : parameters.recipes) {
                REQUIRE(recipe.inputs.size() == recipe.process.inputs.size());
                REQUIRE(recipe.outputs.size() == recipe.process.outputs.size());
                for (std::size_t i = 0; i < recipe.inputs.size(); ++i) {
                    const auto& one = parameters.all[static_cast<std::size_t>(recipe.inputs[i])];
                    const auto& flow = recipe.process.inputs[i];
                    CAPTURE(one.id);
                    CHECK(one.kind == ParameterKind::coefficient);
                    CHECK(one.value == flow.amount);
                    CHECK(one.id ==
                          recipe.id + ".inputs." + scenario.model.commodities[flow.commodity].id);
                    ++flows;
                }
            }
            CHECK(flows > 500);
        }
        THEN("recipes that no plant uses are left out") {
            std::set<std::string> used;
            for (const auto& facility : scenario.facilities) {
                used.insert("processes." + scenario.model.processes[facility.process].id);
            }
            for (const auto& recipe : parameters.recipes) {
                CHECK((used.contains(recipe.id) || recipe.id.starts_with("facilities.")));
            }
        }
    }
}

SCENARIO("Draws close as the nominal recipes do", "[uncertainty][closing]") {
    const auto& scenario = plan_of_district();
    GIVEN("closing flows that follow") {
        const Sampler sampler(scenario, options_of(64));
        const auto worst = open_in_draws(sampler, scenario, 64);
        CAPTURE(worst.by_recipes, worst.by_closure, worst.least_amount, worst.moved,
                worst.impossible);
        THEN("no draw of any recipe opens an element or mass") {
            CHECK(sampler.recipes().size() > 10);
            CHECK(worst.by_recipes < 1e-9);
            CHECK(worst.by_closure < 1e-9);
        }
        THEN("recipes move all the same, and no flow falls below nothing") {
            CHECK(worst.moved > 1000);
            CHECK(worst.least_amount >= 0.0);
        }
        THEN("none makes energy, or takes less than its reactions need") {
            CHECK(worst.impossible.empty());
        }
    }
    GIVEN("every range drawn for itself") {
        const Sampler sampler(scenario, options_of(64, false));
        const auto worst = open_in_draws(sampler, scenario, 64);
        THEN("draws are visibly open") {
            CHECK(worst.by_recipes > 1e-4);
            CHECK(worst.by_closure > 1e-4);
            CHECK(!worst.impossible.empty());
        }
    }
}

SCENARIO("A parameter is drawn, follows, or stays", "[uncertainty][sampler]") {
    GIVEN("the district, drawn eight times") {
        const Sampler sampler(plan_of_district(), options_of(8));
        Sampler::Workspace work(sampler);
        Aligned results(sampler.outputs() * eight);
        sampler.evaluate(0, 8, work, results.data());
        const auto& all = sampler.parameters().all;
        THEN("what stays has its value, what is drawn is within its range and moves") {
            int still = 0;
            for (std::size_t p = 0; p < all.size(); ++p) {
                CAPTURE(all[p].id);
                const double* values = work.values().data() + p * eight;
                if (sampler.roles()[p] == 0) {
                    CHECK(std::all_of(values, values + eight,
                                      [&](double value) { return value == all[p].value; }));
                }
                if (sampler.roles()[p] == 1) {
                    const double rounding = 1e-7 * (all[p].high - all[p].low);
                    const bool is_bounded = all[p].shape != model::Distribution::normal &&
                                            all[p].shape != model::Distribution::lognormal;
                    CHECK((!is_bounded || std::all_of(values, values + eight, [&](double value) {
                        return value >= all[p].low - rounding && value <= all[p].high + rounding;
                    })));
                    still += std::all_of(values, values + eight,
                                         [&](double value) { return value == values[0]; })
                                 ? 1
                                 : 0;
                }
            }
            CHECK(still == 0);
        }
    }
}

SCENARIO("Draw k is the same, whoever asks for it", "[uncertainty][sampler]") {
    GIVEN("draws 0 to 15 in two blocks, and some of them out of step") {
        const Sampler sampler(plan_of_district(), options_of(64));
        Sampler::Workspace work(sampler);
        const auto run = [&](std::int64_t first, int lanes) {
            Aligned results(sampler.outputs() * eight);
            sampler.evaluate(first, lanes, work, results.data());
            return results;
        };
        const auto first = run(0, 8);
        const auto second = run(8, 8);
        const auto again = run(0, 8);
        const auto across = run(5, 8);
        const auto alone = run(6, 1);
        std::vector<double> largest(sampler.outputs());
        for (std::size_t i = 0; i < largest.size(); ++i) {
            for (std::size_t lane = 0; lane < eight; ++lane) {
                const double value = std::abs(first[i * eight + lane]);
                largest[i] = std::isnan(value) ? largest[i] : std::max(largest[i], value);
            }
        }
        THEN("a workspace that has seen others gives the same bytes") {
            std::size_t different = 0;
            for (std::size_t i = 0; i < first.size(); ++i) {
                const bool both_nothing = std::isnan(first[i]) && std::isnan(again[i]);
                different += first[i] == again[i] || both_nothing ? 0 : 1;
            }
            CHECK(different == 0);
        }
        THEN("in other company a draw is the same but for rounding") {
            for (std::size_t i = 0; i < sampler.outputs(); ++i) {
                const auto same = [&](double a, double b) {
                    return (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= 1e-8 * largest[i];
                };
                CAPTURE(i);
                CHECK(same(across[i * eight + 0], first[i * eight + 5]));
                CHECK(same(across[i * eight + 3], second[i * eight + 0]));
                CHECK(same(alone[i * eight], first[i * eight + 6]));
            }
        }
        THEN("draws are not all alike") {
            std::size_t different = 0;
            for (std::size_t i = 0; i < sampler.outputs(); ++i) {
                different += first[i * eight] != first[i * eight + 1] ? 1 : 0;
            }
            CHECK(different > sampler.outputs() / 4);
        }
    }
}

SCENARIO("A draw is what the accounts make of its figures", "[uncertainty]") {
    // Two ways to a draw: the recording of the nominal year played back, and the year compiled anew
    // while its figures are read as the draw has them.
    const auto& scenario = plan_of_district();
    const Sampler sampler(scenario, options_of(8));
    Sampler::Workspace work(sampler);
    Aligned results(sampler.outputs() * eight);
    sampler.evaluate(0, 3, work, results.data());
    const auto& year = sampler.years().front();
    int moved = 0;
    for (std::size_t draw = 0; draw < 3; ++draw) {
        const auto figures = sampler.draws().figures(static_cast<std::int64_t>(draw));
        chainsim::system::System system;
        {
            const chainsim::number::Replacing replacing(figures);
            system = chainsim::accounts::compile(scenario, year.year());
        }
        chainsim::solve::Dispatch dispatch(system.equations);
        const auto run = dispatch.solve();
        REQUIRE(run.outcome == chainsim::system::Outcome::solved);
        const auto indicators = chainsim::accounts::evaluate(system, run);
        for (std::size_t i = 0; i < year.info().size(); ++i) {
            const auto found =
                std::find_if(indicators.begin(), indicators.end(),
                             [&](const auto& one) { return one.id == year.info()[i].id; });
            const double drawn = results[i * eight + draw];
            if (std::isnan(drawn)) {
                continue; // a quotient of nothing
            }
            const double nominal = year.nominal()[i];
            moved += std::abs(drawn - nominal) > 1e-3 * std::abs(nominal) ? 1 : 0;
            INFO(year.info()[i].id << " in draw " << draw);
            REQUIRE(found != indicators.end());
            CHECK_THAT(found->value, Catch::Matchers::WithinRel(drawn, 1e-7) ||
                                         Catch::Matchers::WithinAbs(drawn, 1e-6));
        }
    }
    CHECK(moved > 300); // of three draws: most indicators are others than the nominal ones
}
