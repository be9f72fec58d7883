#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/model/closure.hpp>
#include <chainsim/model/rebalance.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

using namespace chainsim;

namespace {

// C + O2 -> CO2 per t of carbon.
constexpr double oxygen_per_carbon = 31.998 / 12.011;
constexpr double dioxide_per_carbon = 44.009 / 12.011;

/// A recipe in which some flows are closing; the amounts after a change, by commodity.
struct ChangedRecipe {
    model::Scenario scenario;
    model::Process process;

    ChangedRecipe(const test::ChainBuilder& chain, const char* id,
                  const std::map<std::string, double>& closing_widths)
        : scenario(chain.build()), process(scenario.model.processes.at(id)) {
        for (auto* flows : {&process.inputs, &process.outputs}) {
            for (auto& flow : *flows) {
                const auto width = closing_widths.find(name(flow));
                if (width != closing_widths.end()) {
                    flow.closing = true;
                    flow.datum.range = {flow.amount - width->second / 2,
                                        flow.amount + width->second / 2};
                }
            }
        }
    }

    [[nodiscard]] const std::string& name(const model::Flow& flow) const {
        return scenario.model.commodities[flow.commodity].id;
    }

    model::Rebalance set(const std::map<std::string, double>& amounts) const {
        model::NewAmounts wanted;
        for (const auto& flow : process.inputs) {
            const auto found = amounts.find(name(flow));
            wanted.inputs.push_back(found == amounts.end() ? std::nullopt
                                                           : std::optional(found->second));
        }
        for (const auto& flow : process.outputs) {
            const auto found = amounts.find(name(flow));
            wanted.outputs.push_back(found == amounts.end() ? std::nullopt
                                                            : std::optional(found->second));
        }
        return model::rebalance(process, wanted, scenario.model.commodities);
    }

    double amount(const model::Rebalance& result, const char* commodity) const {
        for (std::size_t i = 0; i < process.inputs.size(); ++i) {
            if (name(process.inputs[i]) == commodity) {
                return result.inputs[i];
            }
        }
        for (std::size_t i = 0; i < process.outputs.size(); ++i) {
            if (name(process.outputs[i]) == commodity) {
                return result.outputs[i];
            }
        }
        FAIL("no such flow");
        return 0.0;
    }
};

test::ChainBuilder boiler(double oxygen) {
    test::ChainBuilder chain;
    chain.energy("heat");
    chain.substance("carbon", "C");
    chain.substance("oxygen", "O2", model::Phase::gas);
    chain.substance("dioxide", "CO2", model::Phase::gas);
    chain.process("boiler", {{"heat", 1.0},
                             {"carbon", -0.1},
                             {"oxygen", -oxygen},
                             {"dioxide", 0.1 * dioxide_per_carbon}});
    return chain;
}

} // namespace

TEST_CASE("Closing flows move with the fuel, by the reaction", "[model][rebalance]") {
    const ChangedRecipe recipe(boiler(0.1 * oxygen_per_carbon), "boiler",
                               {{"oxygen", 0.1}, {"dioxide", 0.1}});
    const auto result = recipe.set({{"carbon", 0.12}});
    REQUIRE(result.is_closed());
    CHECK(recipe.amount(result, "carbon") == 0.12);
    CHECK(recipe.amount(result, "oxygen") == Approx(0.12 * oxygen_per_carbon).epsilon(1e-12));
    CHECK(recipe.amount(result, "dioxide") == Approx(0.12 * dioxide_per_carbon).epsilon(1e-12));
    CHECK(recipe.amount(result, "heat") == 1.0);
}

TEST_CASE("What the nominal recipe leaves open stays open as it was", "[model][rebalance]") {
    // 0.003 t oxygen more goes in than comes out, before and after.
    const ChangedRecipe recipe(boiler(0.1 * oxygen_per_carbon + 0.003), "boiler",
                               {{"oxygen", 0.1}, {"dioxide", 0.1}});
    const auto result = recipe.set({{"carbon", 0.08}});
    REQUIRE(result.is_closed());
    CHECK(recipe.amount(result, "oxygen") ==
          Approx(0.08 * oxygen_per_carbon + 0.003).epsilon(1e-12));
    CHECK(recipe.amount(result, "dioxide") == Approx(0.08 * dioxide_per_carbon).epsilon(1e-12));
}

TEST_CASE("A change without mass moves nothing", "[model][rebalance]") {
    auto chain = boiler(0.1 * oxygen_per_carbon);
    const ChangedRecipe recipe(chain, "boiler", {{"oxygen", 0.1}, {"dioxide", 0.1}});
    const auto result = recipe.set({});
    REQUIRE(result.is_closed());
    for (std::size_t i = 0; i < recipe.process.inputs.size(); ++i) {
        CHECK(result.inputs[i] == recipe.process.inputs[i].amount);
    }
}

TEST_CASE("A closing flow that is set itself stays as set", "[model][rebalance]") {
    const ChangedRecipe recipe(boiler(0.1 * oxygen_per_carbon), "boiler",
                               {{"oxygen", 0.1}, {"dioxide", 0.1}});
    const auto result = recipe.set({{"carbon", 0.12}, {"oxygen", 0.3}});
    CHECK_FALSE(result.is_closed());
    CHECK(recipe.amount(result, "oxygen") == 0.3);
}

TEST_CASE("Flows that can do the same share the change by the squares of their widths",
          "[model][rebalance]") {
    // Least sum of (d_i / w_i)^2 with d_1 + d_2 = D gives d_i = D w_i^2 / (w_1^2 + w_2^2).
    test::ChainBuilder chain;
    chain.substance("lime", "CaO");
    chain.substance("water", "H2O");
    chain.substance("vapour", "H2O", model::Phase::gas);
    chain.substance("sewage", "H2O");
    chain.process("washer", {{"lime", 1.0}, {"water", -1.0}, {"vapour", 0.5}, {"sewage", 0.5}});
    const ChangedRecipe recipe(chain, "washer", {{"vapour", 0.1}, {"sewage", 0.2}});
    const auto result = recipe.set({{"water", 1.2}});
    REQUIRE(result.is_closed());
    CHECK(recipe.amount(result, "vapour") == Approx(0.5 + 0.2 * 1.0 / 5.0).epsilon(1e-12));
    CHECK(recipe.amount(result, "sewage") == Approx(0.5 + 0.2 * 4.0 / 5.0).epsilon(1e-12));
}

TEST_CASE("No closing flow becomes negative; the others take what it cannot",
          "[model][rebalance]") {
    test::ChainBuilder chain;
    chain.substance("lime", "CaO");
    chain.substance("water", "H2O");
    chain.substance("vapour", "H2O", model::Phase::gas);
    chain.substance("sewage", "H2O");
    chain.process("washer", {{"lime", 1.0}, {"water", -1.0}, {"vapour", 0.1}, {"sewage", 0.9}});
    const ChangedRecipe recipe(chain, "washer", {{"vapour", 0.3}, {"sewage", 0.1}});
    // By width, vapour would fall by 9/10 of 0.5 t, but it has 0.1 t only.
    const auto result = recipe.set({{"water", 0.5}});
    REQUIRE(result.is_closed());
    CHECK(recipe.amount(result, "vapour") == Approx(0.0).margin(1e-12));
    CHECK(recipe.amount(result, "sewage") == Approx(0.5).epsilon(1e-12));
}

TEST_CASE("Two balances and three flows: the least change, as the normal equations give it",
          "[model][rebalance]") {
    // Elements C and O; flows CO (out), CO2 (out) and O2 (in) answer 0.01 t more carbon in.
    test::ChainBuilder chain;
    chain.energy("heat");
    chain.substance("carbon", "C");
    chain.substance("oxygen", "O2", model::Phase::gas);
    chain.substance("dioxide", "CO2", model::Phase::gas);
    chain.substance("monoxide", "CO", model::Phase::gas);
    chain.process("fire", {{"heat", 1.0},
                           {"carbon", -1.0},
                           {"oxygen", -0.9 * oxygen_per_carbon - 0.1 * 15.999 / 12.011},
                           {"dioxide", 0.9 * dioxide_per_carbon},
                           {"monoxide", 0.1 * 28.010 / 12.011}});
    const ChangedRecipe recipe(chain, "fire",
                               {{"oxygen", 1.0}, {"dioxide", 2.0}, {"monoxide", 0.3}});
    const auto result = recipe.set({{"carbon", 1.01}});
    REQUIRE(result.is_closed());
    // d = W^2 A' (A W^2 A')^-1 b with rows C, O and columns O2, CO2, CO; out less in.
    const double a[2][3] = {{0.0, 12.011 / 44.009, 12.011 / 28.010},
                            {-1.0, 31.998 / 44.009, 15.999 / 28.010}};
    const double w2[3] = {1.0, 4.0, 0.09};
    double m[2][2] = {{0.0, 0.0}, {0.0, 0.0}};
    for (int i = 0; i < 2; ++i) {
        for (int j = 0; j < 2; ++j) {
            for (int k = 0; k < 3; ++k) {
                m[i][j] += a[i][k] * w2[k] * a[j][k];
            }
        }
    }
    const double det = m[0][0] * m[1][1] - m[0][1] * m[1][0];
    const double l0 = 0.01 * m[1][1] / det; // b = (0.01, 0)
    const double l1 = -0.01 * m[1][0] / det;
    const char* names[3] = {"oxygen", "dioxide", "monoxide"};
    const double before[3] = {0.9 * oxygen_per_carbon + 0.1 * 15.999 / 12.011,
                              0.9 * dioxide_per_carbon, 0.1 * 28.010 / 12.011};
    for (int k = 0; k < 3; ++k) {
        INFO(names[k]);
        CHECK(recipe.amount(result, names[k]) ==
              Approx(before[k] + w2[k] * (a[0][k] * l0 + a[1][k] * l1)).epsilon(1e-10));
    }
}

TEST_CASE("What cannot be kept is named with its size", "[model][rebalance]") {
    const ChangedRecipe recipe(boiler(0.1 * oxygen_per_carbon), "boiler", {});
    const auto result = recipe.set({{"carbon", 0.15}});
    CHECK(result.open == std::vector<std::string>{"C -0.05 t"});
}

TEST_CASE("Amounts for another recipe are a mistake of the program", "[model][rebalance]") {
    const ChangedRecipe recipe(boiler(0.1), "boiler", {});
    CHECK_THROWS_AS(model::rebalance(recipe.process, {}, recipe.scenario.model.commodities),
                    ContractError);
}
