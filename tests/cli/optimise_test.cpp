#include "program.hpp"
#include "support/catch.hpp"
#include <chainsim/io/file.hpp>
#include <chainsim/optimise/backend.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>

using Catch::Matchers::Contains;
using Catch::Matchers::WithinRel;
using chainsim::test::call;
using chainsim::test::Scratch;
namespace fs = std::filesystem;
namespace test = chainsim::test;

namespace {

/// The district with six projects to decide on, in four years: small enough to try.
std::string few_projects(const Scratch& scratch) {
    for (const std::string folder : {"models", "scenarios"}) {
        fs::copy(test::source_path(folder), scratch / folder,
                 fs::copy_options::recursive | fs::copy_options::skip_existing);
    }
    const auto file = scratch / "scenarios/hainan/few.yaml";
    chainsim::io::write_file(
        file, "format: chainsim.scenario/1\n"
              "scenario: few\n"
              "name: {zh: 少数项目, en: few projects}\n"
              "extends: pathway_2035.yaml\n"
              "years: [2020, 2023, 2025, 2030]\n"
              "changes:\n"
              "  decision_rules:\n"
              "    hainan:\n"
              "      candidates: [b09_chn_mto, b10_huahai_bdo, b11_haidi_hpmc,\n"
              "                   b12_shihuan_glassfibre, b14_wuhai_chem_h2, o_pbs_tpee]\n");
    return file.string();
}

double indicator(const nlohmann::json& summary, int year, const std::string& id) {
    for (const auto& one : summary.at("years")) {
        if (one.at("year") == year) {
            return one.at("indicators").at(id).at("value").get<double>();
        }
    }
    return std::nan("");
}

} // namespace

TEST_CASE("The best plan is a scenario that runs as it says", "[cli][optimise]") {
    const Scratch scratch;
    const auto scenario = few_projects(scratch);
    const auto best = (scratch / "best").string();
    const auto ended = call({"optimise", scenario, "-o", best, "--json", "--gap", "1e-3"});
    INFO(ended.errors);
    REQUIRE(ended.code == 0);
    const auto plan = ended.json();
    CHECK(plan.at("schema") == "chainsim.optimise/1");
    CHECK(plan.at("status") == "found");
    CHECK(plan.at("agreement").at("worst_difference").get<double>() < 1e-9);
    CHECK(plan.at("agreement").at("hard_policies_missed").empty());
    CHECK(plan.at("projects").size() + plan.at("rejected").size() == 6);
    CHECK(plan.at("bound").get<double>() >= plan.at("objective").get<double>() * (1.0 - 1e-9));

    const auto written = plan.at("scenario").get<std::string>();
    CHECK(call({"check", written, "--quiet"}).code == 0);
    const auto run = call({"run", written, "--json", "-o", (scratch / "run").string()}).json();
    for (const auto& year : plan.at("deviations")) {
        const auto id = year.at("indicator").get<std::string>();
        CHECK_THAT(year.at("plan").get<double>(),
                   WithinRel(indicator(run, year.at("year"), id), 1e-9));
    }
    for (const auto& project : plan.at("projects")) {
        INFO(project.dump());
        CHECK(project.at("worth").get<double>() > 0.0);
    }
    for (const auto& project : plan.at("rejected")) {
        INFO(project.dump());
        const bool is_held = !project.at("misses").empty() || project.at("oversteps_means");
        CHECK((is_held || project.at("change").get<double>() <= 0.0));
    }
    for (const auto* name : {"optimise.json", "optimise.html", "optimise.xlsx", "portfolio.csv",
                             "plans.csv", "run/summary.json"}) {
        CHECK(fs::exists(fs::path(best) / name));
    }
}

TEST_CASE("Sizes and closures are written as they were chosen", "[cli][optimise]") {
    const Scratch scratch;
    const auto few = few_projects(scratch);
    const auto scenario = scratch / "scenarios/hainan/sized.yaml";
    chainsim::io::write_file(scenario, "format: chainsim.scenario/1\n"
                                       "scenario: sized\n"
                                       "name: {zh: 规模, en: sized}\n"
                                       "extends: few.yaml\n"
                                       "changes:\n"
                                       "  decision_rules:\n"
                                       "    hainan:\n"
                                       "      closures: [power_xilaifeng, power_haibowan_3]\n"
                                       "      sizes:\n"
                                       "        b11_haidi_hpmc: [{share: 150 %, capex: 130 %}]\n");
    const auto plan = [&](const std::string& goal, const char* folder) {
        return call({"optimise", scenario.string(), "-o", (scratch / folder).string(), "--json",
                     "--step", "0", "--objective", goal})
            .json();
    };
    const auto rich = plan("npv", "rich");
    const auto& projects = rich.at("projects");
    CHECK(std::any_of(projects.begin(), projects.end(), [](const auto& one) {
        return one.at("id") == "b11_haidi_hpmc" && one.value("size", 1.0) == 1.5;
    }));
    CHECK(rich.at("agreement").at("worst_difference").get<double>() < 1e-9);
    const auto lean = plan("co2_total", "lean");
    CHECK(std::any_of(lean.at("projects").begin(), lean.at("projects").end(),
                      [](const auto& one) { return one.contains("closure"); }));
    CHECK(lean.at("agreement").at("worst_difference").get<double>() < 1e-9);
}

TEST_CASE("A cap is kept when the plan is run, and has a price", "[cli][optimise][slow]") {
    const Scratch scratch;
    const auto scenario = few_projects(scratch);
    const auto free =
        call({"optimise", scenario, "-o", (scratch / "free").string(), "--json", "--step", "0"})
            .json();
    // A little less than what the best plan uses without a cap in the year of the most.
    double most = 0.0;
    for (const auto& year : free.at("deviations")) {
        CHECK(year.at("indicator") == "energy_controlled");
        most = std::max(most, year.at("run").get<double>());
    }
    const auto bound = "energy_controlled=" + std::to_string(0.998 * most) + "tce";
    const auto ended = call(
        {"optimise", scenario, "-o", (scratch / "capped").string(), "--json", "--at-most", bound});
    INFO(ended.errors);
    REQUIRE(ended.code == 0);
    const auto capped = ended.json();
    CHECK(capped.at("objective").get<double>() < free.at("objective").get<double>());
    CHECK(capped.at("agreement").at("hard_policies_missed").empty());
    const auto written = capped.at("scenario").get<std::string>();
    CHECK(call({"check", written, "--quiet"}).code == 0);
    // What loosening the cap by 1 % brings, planned anew, is the price times what was moved.
    const auto& prices = capped.at("shadow_prices").at("policies");
    const auto price = std::find_if(prices.begin(), prices.end(), [](const auto& one) {
        return one.at("policy") == "at_most_energy_controlled";
    });
    REQUIRE(price != prices.end());
    CHECK(price->at("step") == 0.01);
    const auto looser = "energy_controlled=" + std::to_string(1.01 * 0.998 * most) + "tce";
    const auto loosened = call({"optimise", scenario, "-o", (scratch / "looser").string(), "--json",
                                "--step", "0", "--at-most", looser});
    REQUIRE(loosened.code == 0);
    const double gain =
        loosened.json().at("objective").get<double>() - capped.at("objective").get<double>();
    CHECK(gain > 0.0);
    CHECK_THAT(price->at("loosened").get<double>() * price->at("moved").get<double>(),
               WithinRel(gain, 1e-6));
}

TEST_CASE("What cannot be kept ends with 3 and names the policies", "[cli][optimise]") {
    const Scratch scratch;
    const auto scenario = few_projects(scratch);
    const auto ended = call({"optimise", scenario, "-o", (scratch / "none").string(), "--json",
                             "--at-least", "renewable_capacity=100GW"});
    CHECK(ended.code == 3);
    CHECK_THAT(ended.last_error(),
               Contains("no plan keeps all of these together: at_least_renewable_capacity in "));
    const auto conflict = ended.json().at("conflict");
    CHECK_FALSE(conflict.at("policies").empty());
    REQUIRE_FALSE(conflict.at("relaxation").empty());
    double most = 0.0; // a lower bound gives way downwards
    for (const auto& one : conflict.at("relaxation")) {
        most = std::max(most, -one.at("amount").get<double>());
    }
    const auto enough = "renewable_capacity=" + std::to_string(1e5 - 1.001 * most) + "MW";
    const auto relaxed = call(
        {"optimise", scenario, "-o", (scratch / "some").string(), "--json", "--at-least", enough});
    INFO(relaxed.errors);
    CHECK(relaxed.code == 0);
}

TEST_CASE("Another solver finds the same optimum in the MPS file", "[cli][optimise][slow]") {
    const Scratch scratch;
    const auto scenario = few_projects(scratch);
    const auto mps = (scratch / "few.mps").string();
    const auto plan = call({"optimise", scenario, "-o", (scratch / "mps").string(), "--json",
                            "--operation", "free", "--gap", "1e-6", "--write-mps", mps})
                          .json();
    REQUIRE(fs::exists(mps));
    const double optimum = plan.at("program").at("objective").get<double>() / 1e6;
    const auto solution = (scratch / "few.sol").string();
    for (const std::string& command :
         {"cbc " + mps + " ratio 1e-7 solve solu " + solution,
          "glpsol --freemps " + mps + " --mipgap 1e-7 -w " + solution}) {
        INFO(command);
        REQUIRE(std::system((command + " > /dev/null").c_str()) == 0); // NOLINT(*-mt-unsafe)
        const auto taken = call({"optimise", scenario, "-o", (scratch / "taken").string(), "--json",
                                 "--write-mps", mps, "--read-solution", solution});
        INFO(taken.errors);
        const auto document = taken.json();
        // The file minimises the negative of what is maximised.
        CHECK_THAT(-document.at("program").at("objective").get<double>(), WithinRel(optimum, 1e-5));
    }
}

TEST_CASE("The program is exported for another solver, whose answer is taken", "[cli][optimise]") {
    const Scratch scratch;
    const auto scenario = few_projects(scratch);
    const auto mps = (scratch / "few.mps").string();
    const auto exported = call({"export", scenario, "--format", "mps", "-o", mps});
    INFO(exported.errors);
    REQUIRE(exported.code == 0);
    const auto solution = (scratch / "few.sol").string();
    const auto command = "glpsol --freemps " + mps + " --mipgap 1e-7 -w " + solution;
    REQUIRE(std::system((command + " > /dev/null").c_str()) == 0); // NOLINT(*-mt-unsafe)
    const auto taken = call({"optimise", scenario, "-o", (scratch / "taken").string(), "--json",
                             "--write-mps", mps, "--read-solution", solution});
    INFO(taken.errors);
    CHECK(taken.code == 0);
    CHECK_FALSE(taken.json().at("projects").empty());
}

TEST_CASE("HiGHS finds the same optimum, where it is built in", "[cli][optimise]") {
    const Scratch scratch;
    const auto scenario = few_projects(scratch);
    const auto planned = [&](const std::string& solver) {
        return call({"optimise", scenario, "-o", (scratch / solver).string(), "--json",
                     "--operation", "free", "--gap", "1e-6", "--step", "0", "--solver", solver});
    };
    const auto highs = planned("highs");
    INFO(highs.errors);
    if (!chainsim::optimise::has_highs()) {
        WARN("HiGHS is not in this build: only that this is told");
        CHECK(highs.code == 2);
        CHECK_THAT(highs.errors, Contains("HiGHS is not in this build") &&
                                     Contains("https://highs.dev") &&
                                     Contains("CMAKE_PREFIX_PATH"));
        CHECK_FALSE(fs::exists(scratch / "highs"));
        return;
    }
    REQUIRE(highs.code == 0);
    const auto by_highs = highs.json().at("program");
    const auto by_cbc = planned("cbc").json().at("program");
    CHECK_THAT(by_highs.at("solver").get<std::string>(), Contains("HiGHS"));
    CHECK_THAT(by_cbc.at("solver").get<std::string>(), Contains("CBC"));
    CHECK_THAT(by_highs.at("objective").get<double>(),
               WithinRel(by_cbc.at("objective").get<double>(), 1e-5));
}

TEST_CASE("A solver that nobody knows is refused", "[cli][optimise]") {
    const Scratch scratch;
    const auto scenario = few_projects(scratch);
    const auto ended = call({"optimise", scenario, "--solver", "hihgs"});
    CHECK(ended.code == 2);
    CHECK_THAT(ended.errors, Contains("unknown solver 'hihgs'; did you mean 'highs'?") &&
                                 Contains("write cbc, highs, or the command of another one"));
    const auto command = call({"optimise", scenario, "--solver", "glpsol --freemps {mps}"});
    CHECK(command.code == 2);
    CHECK_THAT(command.errors, Contains("the command of the solver has no {solution}"));
}

TEST_CASE("A front has at least twelve plans, each a scenario", "[cli][optimise][slow]") {
    const Scratch scratch;
    const auto scenario = few_projects(scratch);
    const auto ended = call({"optimise", scenario, "-o", (scratch / "front").string(), "--json",
                             "--pareto", "value_added,energy_total_equivalent", "--step", "0"});
    INFO(ended.errors);
    REQUIRE(ended.code == 0);
    auto plans = ended.json().at("plans");
    plans.erase(plans.begin()); // the best by the first goal, which is among the others
    REQUIRE(plans.size() >= 12);
    for (const auto& one : plans) {
        CHECK(fs::exists(one.at("scenario").get<std::string>()));
        for (const auto& other : plans) {
            const auto& a = one.at("values");
            const auto& b = other.at("values");
            const bool covers = a[0].get<double>() >= b[0].get<double>() &&
                                a[1].get<double>() <= b[1].get<double>();
            CHECK((one.at("id") == other.at("id") || !covers));
        }
    }
    const auto last = plans.back().at("scenario").get<std::string>();
    CHECK(call({"run", last, "--quiet", "-o", (scratch / "run").string()}).code != 2);
}

TEST_CASE("A plan under doubt has a mean and chances, the same each time",
          "[cli][optimise][slow]") {
    const Scratch scratch;
    const auto scenario = few_projects(scratch);
    const auto drawn = [&](const char* folder) {
        return call({"optimise", scenario, "-o", (scratch / folder).string(), "--json", "--step",
                     "0", "--draws", "64", "--at-most", "energy_controlled=8.66Mtce"})
            .json();
    };
    const auto first = drawn("one").at("doubt");
    REQUIRE_FALSE(first.empty());
    const auto& best = first.front();
    CHECK(best.at("draws").get<int>() + best.at("without_solution").get<int>() == 64);
    CHECK(best.at("p05").get<double>() < best.at("mean").get<double>());
    CHECK(best.at("mean").get<double>() < best.at("p95").get<double>());
    CHECK(drawn("two").at("doubt") == first);
}

TEST_CASE("A plan for a sample is decided before the draw is known", "[cli][optimise][slow]") {
    const Scratch scratch;
    const auto scenario = few_projects(scratch);
    const auto planned = [&](const std::string& chance) {
        return call({"optimise", scenario, "-o", (scratch / chance).string(), "--json", "--step",
                     "0", "--sample", "6", "--chance", chance, "--draws", "128", "--at-most",
                     "energy_controlled=6.8Mtce"});
    };
    const auto bold = planned("0").json();
    const auto& sampled = bold.at("sampled");
    CHECK(sampled.at("draws").get<int>() + sampled.at("without_solution").get<int>() == 6);
    CHECK(sampled.at("chance_reached") == true);
    // Nothing is better than the bound, and nobody who knows the draw does worse than who does not.
    const auto mean = sampled.at("mean").get<double>();
    CHECK(sampled.at("bound").get<double>() >= mean - 1e-6 * std::abs(mean));
    CHECK(sampled.at("mean_with_foresight_at_most").get<double>() >= mean - 1e-6 * std::abs(mean));
    CHECK(mean >= sampled.at("plan_for_nominal_figures").at("mean").get<double>() - 1e-6);
    // Judged by other draws, the mean is much the same.
    const auto judged = bold.at("doubt").front().at("mean").get<double>();
    CHECK(judged > 0.7 * mean);
    CHECK(judged < 1.3 * mean);

    const auto likely = planned("0.8").json().at("sampled");
    CHECK(likely.at("chance_reached") == true);
    CHECK(likely.at("kept").get<double>() >= 0.8);
    CHECK(likely.at("mean").get<double>() <= mean + 1e-6 * std::abs(mean));

    // In one of the five draws that have a solution the plants of today alone are over the cap.
    const auto careful = planned("1");
    CHECK(careful.code == 3);
    CHECK(careful.errors.find("keeps every hard policy in 100 % of") != std::string::npos);
    CHECK(careful.json().at("sampled").at("chance_reached") == false);
}

TEST_CASE("A time limit gives the best plan so far and how good it is", "[cli][optimise]") {
    const Scratch scratch;
    const auto best = (scratch / "best").string();
    // It is reached while portfolios of the whole pathway are still being run, as an interrupt is.
    const auto ended = call({"optimise", "scenarios/hainan/pathway_2035.yaml", "-o", best, "--json",
                             "--step", "0", "--time", "2"});
    INFO(ended.errors);
    const auto plan = ended.json();
    CHECK(plan.at("status") == "found");
    CHECK(plan.at("gap").get<double>() > 0.0);
    CHECK(plan.at("bound").get<double>() > plan.at("objective").get<double>());
    CHECK(fs::exists(fs::path(best) / "run/summary.json"));
}

TEST_CASE("What optimise cannot do is refused in words", "[cli][optimise]") {
    const std::string scenario = "scenarios/tutorial/methanol_2030.yaml";
    const auto wrong = [&](const std::vector<std::string>& more) {
        std::vector<std::string> arguments{"optimise", scenario};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return call(arguments);
    };
    CHECK(wrong({"--objective", "value_aded"}).code == 2);
    CHECK_THAT(wrong({"--objective", "value_aded"}).errors,
               Contains("did you mean 'value_added'?"));
    CHECK_THAT(wrong({"--objective", "local_conversion_coke_oven_gas"}).errors,
               Contains("quotient of two"));
    CHECK_THAT(wrong({"--at-most", "energy_controlled"}).errors, Contains("an amount is missing"));
    CHECK_THAT(wrong({"--at-most", "energy_controlled=6 m3"}).errors,
               Contains("is no amount of 'energy_controlled', which is counted in tce"));
    CHECK(wrong({"--read-solution", scenario}).code == 2);
    CHECK(call({"optimise", "scenarios/hainan/base_2020.yaml"}).code == 2);
}
