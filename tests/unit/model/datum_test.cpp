#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/model/datum.hpp>

using namespace chainsim;
using chainsim::test::datum;
using model::Interpolation;
using model::Path;

TEST_CASE("Each confidence has a word that reads back", "[model][datum]") {
    for (const auto confidence : model::confidences) {
        CHECK(model::to_confidence(model::to_string(confidence)) == confidence);
    }
    CHECK_FALSE(model::to_confidence("certain"));
}

TEST_CASE("A constant path is the same in every year", "[model][path]") {
    const Path path(datum(3.0, "t"));
    CHECK(path.at(1990).in("kg") == 3000.0);
    CHECK(path.at(2035).in("t") == 3.0);
}

TEST_CASE("A path is linear between its points and flat outside of them", "[model][path]") {
    const Path path({{2020, datum(100.0, "CNY/t")}, {2025, datum(200.0, "CNY/t")}},
                    Interpolation::linear);
    CHECK(path.at(2020).in("CNY/t") == 100.0);
    CHECK(path.at(2022).in("CNY/t") == 140.0); // 2/5 of the way
    CHECK(path.at(2025).in("CNY/t") == 200.0);
    CHECK(path.at(2000).in("CNY/t") == 100.0);
    CHECK(path.at(2050).in("CNY/t") == 200.0);
}

TEST_CASE("A stepped path keeps the last point until the next", "[model][path]") {
    const Path path({{2020, datum(1.0, "1")}, {2025, datum(2.0, "1")}}, Interpolation::step);
    CHECK(path.at(2024).in("1") == 1.0);
    CHECK(path.at(2025).in("1") == 2.0);
    CHECK(path.at(2019).in("1") == 1.0);
}

TEST_CASE("The ruling point is the last at or before the year, or the first", "[model][path]") {
    auto first = datum(1.0, "1");
    auto second = datum(2.0, "1");
    second.provenance.confidence = model::Confidence::estimate;
    const Path path({{2020, first}, {2025, second}}, Interpolation::linear);
    CHECK(path.ruling(2010).provenance.confidence == model::Confidence::known);
    CHECK(path.ruling(2024).provenance.confidence == model::Confidence::known);
    CHECK(path.ruling(2025).provenance.confidence == model::Confidence::estimate);
}

TEST_CASE("A year between two points is as sure as the weaker, one outside at best an estimate",
          "[model][path]") {
    auto first = datum(1.0, "1");
    auto second = datum(2.0, "1");
    second.provenance.confidence = model::Confidence::assumption;
    const Path linear({{2020, first}, {2025, second}}, Interpolation::linear);
    CHECK(linear.confidence_at(2020) == model::Confidence::known);
    CHECK(linear.confidence_at(2022) == model::Confidence::assumption);
    CHECK(linear.confidence_at(2015) == model::Confidence::estimate);
    CHECK(linear.confidence_at(2030) == model::Confidence::assumption);
    const Path stepped({{2020, first}, {2025, second}}, Interpolation::step);
    CHECK(stepped.confidence_at(2024) == model::Confidence::known);
    CHECK(Path(first).confidence_at(2035) == model::Confidence::known);
}

TEST_CASE("A path that cannot be is a mistake of the program", "[model][path]") {
    CHECK_THROWS_AS(Path({{2025, datum(1.0, "1")}, {2020, datum(1.0, "1")}}, Interpolation::linear),
                    ContractError);
    CHECK_THROWS_AS(
        Path({{2020, datum(1.0, "t")}, {2025, datum(1.0, "kg")}}, Interpolation::linear),
        ContractError);
    CHECK_THROWS_AS(Path({}, Interpolation::linear), ContractError);
    CHECK_THROWS_AS(Path().at(2020), ContractError);
}
