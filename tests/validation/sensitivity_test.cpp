#include "support/catch.hpp"
#include <chainsim/base/aligned.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/chainsim.hpp>
#include <chainsim/study/sensitivity.hpp>
#include <chainsim/uncertainty/sampler.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

namespace {

namespace study = chainsim::study;
namespace uncertainty = chainsim::uncertainty;
using chainsim::Aligned;
using Json = nlohmann::json;

constexpr auto sensitivity_lanes = static_cast<std::size_t>(chainsim::vector_lanes);

study::Study district(const char* file) {
    return study::open(std::string(CHAINSIM_SOURCE_DIR) + "/scenarios/hainan/" + file);
}

std::size_t index_of(const uncertainty::YearProgram& program, const std::string& id) {
    const auto& info = program.info();
    return static_cast<std::size_t>(
        std::find_if(info.begin(), info.end(), [&](const auto& one) { return one.id == id; }) -
        info.begin());
}

/// The indicator with one figure moved by a share of itself, up and down: its slope.
double difference(const uncertainty::YearProgram& program,
                  const std::vector<uncertainty::Parameter>& figures, std::size_t figure,
                  std::size_t indicator) {
    constexpr double step = 1e-5;
    Aligned values(figures.size() * sensitivity_lanes);
    for (std::size_t p = 0; p < figures.size(); ++p) {
        std::fill_n(values.data() + p * sensitivity_lanes, sensitivity_lanes, figures[p].value);
    }
    const double moved = step * figures[figure].value;
    values[figure * sensitivity_lanes] += moved;
    values[figure * sensitivity_lanes + 1] -= moved;
    uncertainty::YearProgram::Workspace work(program);
    Aligned results(program.info().size() * sensitivity_lanes);
    (void)program.evaluate(values.data(), 2, work, results.data());
    return (results[indicator * sensitivity_lanes] - results[indicator * sensitivity_lanes + 1]) /
           (2.0 * moved);
}

} // namespace

SCENARIO("Slopes of the district are those of differences", "[validation][sensitivity]") {
    GIVEN("plan_2025 with every figure a parameter") {
        const auto plan = district("plan_2025.yaml");
        const auto figures = uncertainty::parameters_of(plan.scenario());
        const std::vector<char> all(figures.all.size(), 1);
        const uncertainty::YearProgram program(plan.scenario(), 2025, figures, all);
        for (const std::string id : {"energy_controlled", "energy_intensity", "value_added", "tax",
                                     "water_consumed", "co2_enterprise"}) {
            const auto indicator = index_of(program, id);
            const auto slopes = program.gradient(indicator);
            std::vector<std::size_t> order(slopes.size());
            std::iota(order.begin(), order.end(), std::size_t{0});
            const auto size = [&](std::size_t p) {
                return std::abs(slopes[p] * figures.all[p].value);
            };
            std::partial_sort(order.begin(), order.begin() + 25, order.end(),
                              [&](auto a, auto b) { return size(a) > size(b); });
            THEN("the 25 largest of " + id + " agree with moving the figure by 1e-5 of itself") {
                for (std::size_t k = 0; k < 25; ++k) {
                    const auto p = order[k];
                    CAPTURE(figures.all[p].id);
                    CHECK(slopes[p] ==
                          Approx(difference(program, figures.all, p, indicator)).epsilon(1e-3));
                }
            }
        }
    }
}

SCENARIO("The figures that matter are named", "[validation][sensitivity]") {
    GIVEN("the energy intensity of plan_2025") {
        const auto plan = district("plan_2025.yaml");
        study::SensitivityRequest request;
        request.indicator = "energy_intensity";
        const auto page = Json::parse(study::page_json(study::sensitivity_page(plan, request)));
        THEN("ten are named, their shares falling, and each has its confidence") {
            const auto& rows = page.at("figures");
            REQUIRE(rows.size() == 10);
            double before = 100.0;
            for (const auto& row : rows) {
                const double share = row.at("share").at("value");
                CHECK(share <= before);
                before = share;
                CHECK_FALSE(row.at("confidence").get<std::string>().empty());
            }
        }
        THEN("GDP stands below the quotient: one per cent more of it is one per cent less") {
            const auto& rows = page.at("figures");
            const auto gdp = std::find_if(rows.begin(), rows.end(), [](const Json& row) {
                return row.at("id").get<std::string>().find("statistics") != std::string::npos;
            });
            REQUIRE(gdp != rows.end());
            CHECK(gdp->at("elasticity").at("value").get<double>() == Approx(-1.0).epsilon(1e-9));
        }
        THEN("no more is to be gained by measuring a figure than its share of the variance") {
            for (const auto& row : page.at("measure")) {
                CHECK(row.at("worth").at("value").get<double>() <=
                      row.at("share").at("value").get<double>());
            }
        }
    }
    GIVEN("an indicator that there is none of") {
        study::SensitivityRequest request;
        request.indicator = "energy_controled";
        const auto plan = district("base_2020.yaml");
        THEN("the nearest is named") {
            CHECK_THROWS_WITH(study::sensitivity_page(plan, request),
                              Catch::Contains("energy_controlled"));
        }
    }
}
