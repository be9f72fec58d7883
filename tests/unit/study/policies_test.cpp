#include "ovens.hpp"
#include "support/catch.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/study/policies.hpp>

#include <cmath>
#include <functional>
#include <string>
#include <utility>

using Catch::Matchers::WithinRel;
using chainsim::study::Verdict;
using chainsim::test::datum;
namespace model = chainsim::model;
namespace study = chainsim::study;
namespace test = chainsim::test;

namespace {

/// Judges one policy on the ovens, which make 150 t of coke.
study::Judgement judged(const std::string& indicator,
                        const std::function<void(model::Policy&)>& change) {
    auto chain = test::ovens_chain();
    change(chain.policy("rule", indicator));
    const auto run = study::Study(test::ovens(chain)).run();
    REQUIRE(run.year(2025).policies().size() == 1);
    return run.year(2025).policies().front();
}

} // namespace

TEST_CASE("A bound that is kept is met, with the room that is left", "[study][policies]") {
    const auto cap =
        judged("made_coke", [](auto& policy) { policy.at_most = model::Path(datum(0.2, "kt/a")); });
    CHECK(cap.verdict == Verdict::met);
    CHECK(cap.formula == "made_coke <= bound");
    REQUIRE(cap.inputs.size() == 1);
    CHECK_THAT(cap.value, WithinRel(150.0, 1e-12));
    CHECK_THAT(cap.bound, WithinRel(200.0, 1e-12));
    CHECK_THAT(cap.margin, WithinRel(50.0, 1e-12));
    CHECK(cap.unit == "t");
    CHECK_FALSE(cap.illustration);

    const auto floor =
        judged("made_coke", [](auto& policy) { policy.at_least = model::Path(datum(200.0, "t")); });
    CHECK(floor.verdict == Verdict::missed);
    CHECK(floor.formula == "made_coke >= bound");
    CHECK_THAT(floor.margin, WithinRel(-50.0, 1e-12));
}

TEST_CASE("A bound that is met exactly is met", "[study][policies]") {
    CHECK(judged("made_coke", [](auto& policy) {
              policy.at_most = model::Path(datum(150.0, "t"));
          }).verdict == Verdict::met);
}

TEST_CASE("Outside of its years a policy does not apply", "[study][policies]") {
    const auto later = judged("made_coke", [](auto& policy) {
        policy.at_most = model::Path(datum(1.0, "t"));
        policy.from = 2026;
    });
    CHECK(later.verdict == Verdict::not_applicable);
    CHECK(std::isnan(later.margin));
    CHECK(judged("made_coke", [](auto& policy) {
              policy.at_most = model::Path(datum(1.0, "t"));
              policy.until = 2024;
          }).verdict == Verdict::not_applicable);
}

TEST_CASE("Without its indicator or its bound there is no verdict, and what is missing is named",
          "[study][policies]") {
    const auto no_indicator =
        judged("happiness", [](auto& policy) { policy.at_most = model::Path(datum(1.0, "t")); });
    CHECK(no_indicator.verdict == Verdict::undetermined);
    CHECK(no_indicator.missing == std::vector<std::string>{"happiness"});
    // Without the factor of the grid there is no total of CO2 where power is used.
    const auto no_factor =
        judged("co2_total", [](auto& policy) { policy.at_most = model::Path(datum(1.0, "t")); });
    CHECK(no_factor.verdict == Verdict::undetermined);
    CHECK(no_factor.missing == std::vector<std::string>{"grid_co2"});
    const auto no_bound = judged("made_coke", [](auto&) {});
    CHECK(no_bound.verdict == Verdict::undetermined);
    CHECK(no_bound.missing == std::vector<std::string>{"bound"});
    CHECK_THAT(no_bound.value, WithinRel(150.0, 1e-12));
}

TEST_CASE("A verdict on an assumed bound is an illustration", "[study][policies]") {
    CHECK(judged("made_coke", [](auto& policy) {
              auto bound = datum(200.0, "t");
              bound.provenance.confidence = model::Confidence::assumption;
              policy.at_most = model::Path(bound);
          }).illustration);
}

TEST_CASE("A verdict by a hair is an illustration if anything in it is assumed",
          "[study][policies]") {
    const auto exact = [](model::Confidence capacity) {
        auto chain = test::ovens_chain();
        chain.policy("rule", "made_coke").at_most = model::Path(datum(160.0, "t"));
        auto& one = chain.facility("ovens_c", "coking", 10.0);
        one.capacity.provenance.confidence = capacity;
        return study::Study(test::ovens(chain)).run().year(2025).policies().front();
    };
    // 160 of 160 t, of which 10 t rest on the capacity of the third oven.
    CHECK(exact(model::Confidence::assumption).verdict == Verdict::met);
    CHECK(exact(model::Confidence::assumption).illustration);
    CHECK_FALSE(exact(model::Confidence::known).illustration);
}

TEST_CASE("A ratio is judged with its formula and both its inputs", "[study][policies]") {
    const auto local = judged("local_conversion_tar", [](auto& policy) {
        policy.at_least = model::Path(datum(90.0, "%"));
    });
    CHECK(local.verdict == Verdict::met);
    CHECK_THAT(local.value, WithinRel(1.0, 1e-12));
    CHECK(local.formula.find("local_conversion_tar = 1 * ") == 0);
}

TEST_CASE("A bound of another dimension is an error of the input", "[study][policies]") {
    auto chain = test::ovens_chain();
    chain.policy("rule", "made_coke").at_most = model::Path(datum(1.0, "CNY"));
    try {
        const auto run = study::Study(test::ovens(chain)).run();
        FAIL("accepted");
    } catch (const chainsim::InputError& error) {
        CHECK(error.diagnostics().front().message ==
              "a bound of 1 CNY does not fit the indicator 'made_coke', which is counted in t");
    }
}
