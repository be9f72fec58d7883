#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/scratch.hpp"
#include "support/solved_year.hpp"
#include <chainsim/system/solution.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

// The real scenarios: that they close, what they come to, and what a change of one plant changes.

namespace {

using chainsim::system::BindingKind;
using chainsim::test::Near;
using chainsim::test::SolvedYear;
using chainsim::test::source;

const std::filesystem::path base = source("scenarios/hainan/base_2020.yaml");
const std::filesystem::path plan = source("scenarios/hainan/plan_2025.yaml");

/// Amount of a commodity in a recipe per unit of its product.
double coefficient(const SolvedYear& year, std::string_view process, std::string_view commodity) {
    const auto& recipe = year.scenario().model.processes.at(process);
    for (const auto* flows : {&recipe.inputs, &recipe.outputs}) {
        for (const auto& flow : *flows) {
            if (year.scenario().model.commodities[flow.commodity].id == commodity) {
                return flow.amount;
            }
        }
    }
    FAIL("recipe " << process << " has no " << commodity);
    return 0.0;
}

void check_that_it_closes(const SolvedYear& year) {
    REQUIRE(year.solution().outcome == chainsim::system::Outcome::solved);
    const auto closure = year.closure();
    CHECK(closure.balance < 1e-9);
    CHECK(closure.accounts < 1e-9);
    CHECK(closure.mass < 0.005);
    CHECK(closure.energy == 0.0);
    // Every commodity: produced + bought = consumed + sold + disposed.
    for (const auto row : year.system().layout.rows) {
        const auto& id = year.scenario().model.commodities[row].id;
        const double in = year.produced(id) + year.bought(id);
        const double out = year.consumed(id) + year.sold(id) + year.disposed(id);
        CAPTURE(id);
        CHECK_THAT(out, Near(in, 1e-9, "", 1e-9));
    }
    // What the district leaves open is what its recipes leave open, times their activity.
    double mass = 0.0;
    for (const auto& [element, tonnes] : closure.elements_through) {
        mass += tonnes;
    }
    CHECK(std::abs(closure.mass_open_by_recipes - closure.mass_open_at_boundary) <= 1e-9 * mass);
    for (const auto& [element, open] : closure.elements_open_by_recipes) {
        CAPTURE(element);
        CHECK(std::abs(open - closure.elements_open_at_boundary.at(element)) <=
              1e-9 * closure.elements_through.at(element));
    }
}

/// A copy of the studies in which scenario files can be added, beside the real models.
class StudyCopy {
public:
    StudyCopy() {
        std::filesystem::copy(source("scenarios"), scratch_.path() / "scenarios",
                              std::filesystem::copy_options::recursive);
        std::filesystem::create_directory_symlink(source("models"), scratch_.path() / "models");
    }
    std::filesystem::path add(std::string_view name, std::string_view text) const {
        const auto file = scratch_.path() / "scenarios" / "hainan" / name;
        std::ofstream(file) << text;
        return file;
    }

private:
    chainsim::test::Scratch scratch_;
};

} // namespace

TEST_CASE("The base year closes", "[validation][district]") {
    check_that_it_closes(SolvedYear(base, 2020));
}

TEST_CASE("The plan closes", "[validation][district]") {
    check_that_it_closes(SolvedYear(plan, 2025));
}

TEST_CASE("The base year comes to what its plants come to", "[validation][district]") {
    const SolvedYear year(base, 2020);
    // 8.0 Mt/a of ovens at 80 %; 0.5 %: the share of breeze differs a little by way of quenching.
    CHECK_THAT(year.produced("coke"), Near(6.4e6, 0.005, "t"));
    // 12.85 Mt: 9.1787 Mtce of the plan at 0.7143 tce/t, spread over the mines.
    CHECK_THAT(year.indicator("coal_mined"), Near(12.85e6, 0.001, "t"));
    // 1.2 Mt/a of furnaces at 80 %.
    CHECK_THAT(year.produced("calcium_carbide"), Near(0.96e6, 0.001, "t"));
    // 0.3 Mt/a of cells, vinyl chloride and PVC at 90 %.
    CHECK_THAT(year.produced("caustic_soda_32"), Near(0.27e6, 0.001, "t"));
    CHECK_THAT(year.produced("pvc_suspension_resin"), Near(0.27e6, 0.001, "t"));
    // The proposed base figure of the whole district is 5.5 Mtce, 4.5 to 7.0 (an estimate).
    CHECK(year.indicator("energy_total_equivalent") > 4.5e6);
    CHECK(year.indicator("energy_total_equivalent") < 7.0e6);
}

TEST_CASE("Half an oven takes away its coke, tar, benzol and gas, and nothing else",
          "[validation][district]") {
    const StudyCopy study;
    const SolvedYear whole(plan, 2025);
    const SolvedYear half(study.add("half.yaml", R"(format: chainsim.scenario/1
scenario: half
name: {zh: 半个焦炉, en: half an oven}
extends: plan_2025.yaml
changes:
  facilities: {ovens_jianlong: {capacity: {value: 1712 kt/a}}}
)"),
                          2025);
    REQUIRE(half.solution().outcome == chainsim::system::Outcome::solved);
    const double lost = whole.activity("ovens_jianlong") - half.activity("ovens_jianlong");
    CHECK_THAT(lost, Near(0.5 * whole.activity("ovens_jianlong"), 1e-9, "t"));
    const auto fall = [&](std::string_view commodity) {
        return whole.produced(commodity) - half.produced(commodity);
    };
    const std::string ovens =
        whole.scenario()
            .model.processes[whole.scenario().facilities.at("ovens_jianlong").process]
            .id;
    CHECK_THAT(fall("hot_coke"), Near(lost, 1e-9, "t"));
    CHECK_THAT(fall("coal_tar"), Near(lost * coefficient(whole, ovens, "coal_tar"), 1e-9, "t"));
    const double raw_gas = lost * coefficient(whole, ovens, "crude_coke_oven_gas");
    CHECK_THAT(fall("crude_coke_oven_gas"), Near(raw_gas, 1e-9, "1000 m3"));
    // Down the gas cleaning, a unit of each stage takes this much of the one before.
    const double clean_gas =
        raw_gas / coefficient(whole, "cog_desulphurisation", "crude_coke_oven_gas") /
        coefficient(whole, "cog_ammonium_sulphate", "desulphurised_coke_oven_gas") /
        coefficient(whole, "cog_benzol_washing", "deammoniated_coke_oven_gas");
    CHECK_THAT(fall("coke_oven_gas"), Near(clean_gas, 1e-9, "1000 m3"));
    CHECK_THAT(
        fall("crude_benzol"),
        Near(clean_gas * coefficient(whole, "cog_benzol_washing", "crude_benzol"), 1e-9, "t"));
    // No other oven moves.
    for (const auto& facility : whole.scenario().facilities) {
        const auto& process = whole.scenario().model.processes[facility.process].id;
        if (process.starts_with("coking_") && process.ends_with("charging") &&
            facility.id != "ovens_jianlong") {
            CAPTURE(facility.id);
            CHECK_THAT(half.activity(facility.id),
                       Near(whole.activity(facility.id), 1e-9, "t", 1e-9));
        }
    }
    // Neither tar, benzol nor gas is bought; who needs more than is left says so.
    for (const auto* commodity : {"coal_tar", "crude_benzol", "coke_oven_gas"}) {
        CHECK(half.bought(commodity) == 0.0);
    }
    // Distillation and hydrofining could take more than there is; of the gas, the last in line.
    int short_of_tar = 0;
    int short_of_benzol = 0;
    int short_of_gas = 0;
    for (const auto& facility : half.scenario().facilities) {
        const auto& process = half.scenario().model.processes[facility.process].id;
        if (half.capacity(facility.id) <= 0.0) {
            continue;
        }
        CAPTURE(facility.id);
        if (process == "coal_tar_distillation") {
            CHECK(half.binding(facility.id) == BindingKind::feedstock);
            CHECK(half.binding_commodity(facility.id) == "coal_tar");
            ++short_of_tar;
        } else if (process == "crude_benzol_hydrofining") {
            CHECK(half.binding(facility.id) == BindingKind::feedstock);
            CHECK(half.binding_commodity(facility.id) == "crude_benzol");
            ++short_of_benzol;
        } else if (half.binding(facility.id) == BindingKind::feedstock &&
                   half.binding_commodity(facility.id) == "coke_oven_gas") {
            ++short_of_gas;
        }
    }
    CHECK(short_of_tar >= 3);
    CHECK(short_of_benzol >= 1);
    CHECK(short_of_gas >= 1);
}

TEST_CASE("The spare capacity of a works on demand does not change the answer",
          "[validation][district]") {
    const StudyCopy study;
    const SolvedYear whole(base, 2020);
    const SolvedYear ample(study.add("ample.yaml", R"(format: chainsim.scenario/1
scenario: ample
name: {zh: 富余供水, en: ample water works}
extends: base_2020.yaml
changes:
  facilities: {makeup_water_district: {capacity: {value: 10000000000 m3/a}}}
)"),
                           2020);
    REQUIRE(ample.solution().outcome == chainsim::system::Outcome::solved);
    for (const auto& facility : whole.scenario().facilities) {
        CAPTURE(facility.id);
        CHECK_THAT(ample.activity(facility.id), Near(whole.activity(facility.id), 1e-7, "", 1e-6));
    }
}
