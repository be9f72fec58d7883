#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/solved_year.hpp"
#include <chainsim/study/study.hpp>

#include <cmath>
#include <string>

// CO2 of fuels by two ways that share nothing but the amounts: the carbon in the composition of
// each fuel (element balance), and its heating value times the carbon content that the guidelines
// for greenhouse gas inventories state per GJ (by carrier).

namespace {

using chainsim::model::FlowKind;
using chainsim::test::Near;

constexpr double co2_per_carbon = 44.0095 / 12.0107;

struct Carbon {
    double by_element = 0.0; ///< t of CO2
    double by_carrier = 0.0;
};

/// Of all fuel burnt in plants whose carrier has a factor.
Carbon burnt(const chainsim::model::Scenario& scenario, const chainsim::study::YearRun& year) {
    Carbon out;
    const auto& system = year.system();
    const auto& factors = scenario.model.factors;
    for (std::size_t f = 0; f < system.flows.size(); ++f) {
        const double activity = year.solution().activity[static_cast<Eigen::Index>(f)];
        for (const auto& flow : system.flows[f]) {
            const auto& fuel =
                scenario.model.commodities[system.layout.rows[static_cast<std::size_t>(flow.row)]];
            const std::string factor = "carbon_content_" + fuel.id;
            if (flow.kind != FlowKind::fuel || !factors.contains(factor)) {
                continue;
            }
            const double units = -flow.amount.value() * activity;
            const auto carbon = static_cast<std::size_t>(chainsim::model::Element::C);
            out.by_element += units * fuel.mass * fuel.composition[carbon] * co2_per_carbon;
            out.by_carrier += units * fuel.lhv *
                              factors.at(factor).path.at(year.year()).in("t/GJ") * co2_per_carbon;
        }
    }
    return out;
}

} // namespace

TEST_CASE("CO2 of fuels by carrier is that by elements, on every scenario",
          "[validation][carbon]") {
    for (const std::string name :
         {"base_2020", "plan_2025", "pathway_2035", "coke_first", "chemicals_first", "hydrogen",
          "drought", "no_new_capacity", "all_options"}) {
        const auto run =
            chainsim::study::open(chainsim::test::source("scenarios/hainan/" + name + ".yaml"))
                .run();
        for (const auto& year : run.years()) {
            INFO(name << ' ' << year.year());
            const auto carbon = burnt(run.scenario(), year);
            REQUIRE(carbon.by_carrier > 1e6);
            // Gas, coal and middlings agree within 3 %; slime and gangue, whose carbon per GJ rises
            // with their ash, are 8 and 32 % above the factor for raw coal that guidelines give.
            CHECK_THAT(carbon.by_element, Near(carbon.by_carrier, 0.04, "t"));
        }
    }
}

TEST_CASE("The carbon content of every fuel is near that of the guidelines",
          "[validation][carbon]") {
    const auto run =
        chainsim::study::open(chainsim::test::source("scenarios/hainan/base_2020.yaml")).run();
    const auto& library = run.scenario().model;
    int compared = 0;
    for (const auto& fuel : library.commodities) {
        const std::string factor = "carbon_content_" + fuel.id;
        if (!library.factors.contains(factor)) {
            continue;
        }
        ++compared;
        INFO(fuel.id);
        const auto carbon = static_cast<std::size_t>(chainsim::model::Element::C);
        // Gangue is hardly a fuel: what the guidelines give is coal slime. Tar of these ovens has
        // more carbon than the petroleum products that its factor is taken from.
        const double tolerance = fuel.id == "coal_gangue" ? 0.35
                                 : fuel.id == "coal_tar"  ? 0.13
                                                          : 0.08;
        CHECK_THAT(fuel.mass * fuel.composition[carbon] / fuel.lhv,
                   Near(library.factors.at(factor).path.at(2020).in("t/GJ"), tolerance, "t/GJ"));
    }
    CHECK(compared == 14);
}
