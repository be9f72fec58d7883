#include "program.hpp"
#include "support/catch.hpp"
#include <chainsim/io/file.hpp>

#include <cmath>
#include <set>
#include <string>
#include <vector>

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using chainsim::test::call;
using chainsim::test::names_in;
using chainsim::test::Scratch;

namespace {

const std::string plants = "scenarios/tutorial/measurements.csv";
const std::string base = "scenarios/tutorial/base_2025.yaml";
const std::string network = "tests/validation/reconcile/exchanger_biased.csv";

nlohmann::json quantity(const nlohmann::json& answer, const std::string& id) {
    for (const auto& one : answer.at("quantities")) {
        if (one.at("id") == id) {
            return one;
        }
    }
    FAIL("no quantity " << id);
    return {};
}

} // namespace

TEST_CASE("A planted gross error is an answer: it is named, and the exit is 0",
          "[cli][reconcile]") {
    const auto ended = call({"reconcile", network, "--json"});
    REQUIRE(ended.code == 0);
    CHECK(ended.errors.empty());
    const auto answer = ended.json();
    CHECK(answer.at("schema") == "chainsim.reconcile/1");
    CHECK(answer.at("global_test").at("passed") == false);
    REQUIRE(answer.at("suspects").size() == 1);
    CHECK(answer.at("suspects").at(0).at("id") == "2");
    CHECK(quantity(answer, "2").at("suspect") == 1);
    CHECK_THAT(quantity(answer, "2").at("reconciled").get<double>(), WithinAbs(65.83, 5e-3));
    const auto without = call({"reconcile", network, "--json", "--leave-out-suspects"}).json();
    CHECK(quantity(without, "2").at("class") == "observable");
    CHECK(quantity(without, "2").at("reconciled") == quantity(answer, "2").at("without_suspects"));
}

TEST_CASE("The meters of the starter district are held against its recipes", "[cli][reconcile]") {
    const Scratch scratch;
    const auto folder = scratch / "out";
    const auto ended = call({"reconcile", plants, base, "--json", "-o", folder.string()});
    REQUIRE(ended.code == 0);
    const auto answer = ended.json();
    CHECK(answer.at("year") == 2025);
    REQUIRE(answer.at("suspects").size() == 1);
    CHECK(answer.at("suspects").at(0).at("id") == "quench.out.coke"); // wrong on purpose
    CHECK_THAT(quantity(answer, "sell.coke").at("reconciled").get<double>(),
               WithinAbs(quantity(answer, "quench.out.coke").at("reconciled").get<double>(), 1e-4));
    auto files = names_in(folder);
    files.erase("reconciled.yaml"); // only where recipes can take what was measured
    CHECK(files == std::set<std::string>{"actuals.csv", "covariance.csv", "reconcile.json",
                                         "reconciled.csv"});
    // What it writes as statistics is read as statistics.
    const auto outlook = call({"evaluate", base, "--year", "2025", "--actuals",
                               (folder / "actuals.csv").string(), "--quiet"});
    CHECK_THAT(outlook.errors, !Contains("actuals.csv:"));
    // The same again is the same, and other files are not written over.
    REQUIRE(call({"reconcile", plants, base, "--quiet", "-o", folder.string()}).code == 0);
    chainsim::io::write_file(folder / "mine.txt", "mine");
    const auto refused = call({"reconcile", plants, base, "-o", folder.string()});
    CHECK(refused.code == 2);
    CHECK_THAT(refused.last_error(), Contains("mine.txt"));
}

TEST_CASE("Both languages and both methods", "[cli][reconcile]") {
    CHECK_THAT(call({"reconcile", network, "--lang", "zh"}).output, Contains("可疑测量"));
    const auto huber = call({"reconcile", network, "--lang", "en", "--method", "huber"});
    CHECK(huber.code == 0);
    CHECK_THAT(huber.output, Contains("Huber's method") && Contains("weight"));
}

TEST_CASE("Wrong measurements end with 2, what cannot be with 3", "[cli][reconcile]") {
    const Scratch scratch;
    const auto file = scratch / "m.csv";
    chainsim::io::write_file(file,
                             "stream,from,to,value,unit,uncertainty\na,,n,1,t,-1\nb,n,,x,t,1\n");
    const auto wrong = call({"reconcile", file.string()});
    CHECK(wrong.code == 2);
    CHECK_THAT(wrong.errors, Contains("m.csv:2:") && Contains("m.csv:3:"));
    CHECK_THAT(wrong.last_error(), Contains("2 problems in the input"));
    chainsim::io::write_file(file,
                             "stream,from,to,value,unit,uncertainty\na,,n,1,t,0\nb,n,,2,t,0\n");
    const auto none = call({"reconcile", file.string()});
    CHECK(none.code == 3);
    CHECK_THAT(none.last_error(), Contains("'n' stays open"));
    CHECK(call({"reconcile", plants}).code == 2);
    CHECK(call({"reconcile", network, base}).code == 2);
    CHECK(call({"reconcile", network, "--year", "2025"}).code == 2);
}

TEST_CASE("What was reconciled is drawn with its covariance", "[cli][reconcile][sample]") {
    const Scratch scratch;
    const auto folder = scratch / "out";
    REQUIRE(call({"reconcile", plants, base, "--quiet", "-o", folder.string()}).code == 0);
    const auto sample = [&](std::vector<std::string> more) {
        std::vector<std::string> arguments{
            "sample", base, "-n", "64", "--json", "-o", (scratch / "sample").string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return call(arguments);
    };
    const auto covariance = (folder / "covariance.csv").string();
    const auto together = sample({"--covariance", covariance});
    INFO(together.errors);
    REQUIRE(together.code == 0);
    CHECK(together.json().at("covariance").get<double>() >= 3.0); // the others follow or are held
    const auto said = call({"sample", base, "-n", "64", "--lang", "en", "--covariance", covariance,
                            "-o", (scratch / "told").string()});
    CHECK_THAT(said.output, Contains("are drawn together as normal around their reconciled") &&
                                Contains("stay as the scenario has them"));

    auto text = chainsim::io::read_file(covariance);
    const auto write = [&](const std::string& changed) {
        const auto path = scratch / "changed.csv";
        chainsim::io::write_file(path, changed);
        return sample({"--covariance", path.string()});
    };
    const auto empty = write("id,unit,value,sell.coke\nsell.coke,t,9,4\n");
    CHECK(empty.code == 2);
    CHECK_THAT(empty.errors, Contains("no figure that the scenario has"));
    const std::string one = "quench.in.hot_coke.coefficient";
    const std::string other = "ovens.in.electricity.coefficient";
    const auto table = [&](const std::string& cross, const std::string& last) {
        return write("id,unit,value," + one + "," + other + "\n" + one + ",t/t,1.05,1e-4," + cross +
                     "\n" + other + "," + last + "\n");
    };
    const auto wild = table("5e-5", "kWh/t,0.033,5e-5,1");
    CHECK(wild.code == 2);
    CHECK_THAT(wild.errors, Contains(":3:") && Contains("is in MWh/t, here it is in kWh/t"));
    const auto impossible = table("5e-5", "MWh/t,0.033,5e-5,1e-6");
    CHECK(impossible.code == 2);
    CHECK_THAT(impossible.errors, Contains("negative variance"));
    const auto word = table("0", "MWh/t,0.033,0,oops");
    CHECK_THAT(word.errors, Contains(":3:") && Contains("'oops' is no number"));
    const auto twice = write("id,unit,value," + other + "," + other + "\n" + other +
                             ",MWh/t,0.033,1e-6,0\n" + other + ",MWh/t,0.033,0,1e-6\n");
    CHECK_THAT(twice.errors, Contains(":3:") && Contains("a second measurement of"));
}
