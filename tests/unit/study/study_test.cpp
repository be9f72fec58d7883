#include "ovens.hpp"
#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/sha256.hpp>
#include <chainsim/study/study.hpp>

#include <string>

namespace study = chainsim::study;
namespace test = chainsim::test;

TEST_CASE("The digest of files is that of the list that sha256sum prints", "[study]") {
    // printf 'format: chainsim.models/1\n' | sha256sum and so on, sorted by path.
    const auto scenario = test::ovens();
    const std::string lines =
        chainsim::sha256("format: chainsim.models/1\n") + "  models/coal.yaml\n" +
        chainsim::sha256("format: chainsim.scenario/1\n") + "  study/ovens.yaml\n";
    CHECK(study::digest_of_files(scenario) == chainsim::sha256(lines));
}

TEST_CASE("A space more is another file, and the same scenario", "[study]") {
    auto scenario = test::ovens();
    const auto files = study::digest_of_files(scenario);
    const auto said = study::hash_of(scenario);
    scenario.inputs[0].text += ' ';
    CHECK(study::digest_of_files(scenario) != files);
    CHECK(study::hash_of(scenario) == said);
    scenario.inputs[0].says = chainsim::sha256("another word");
    CHECK(study::hash_of(scenario) != said);
}

TEST_CASE("A run outlives its study", "[study]") {
    const auto run = study::Study(test::ovens()).run();
    CHECK(run.scenario().id == "ovens");
    CHECK(run.years().size() == 1);
}

TEST_CASE("What is neither a scenario nor a run is refused", "[study]") {
    const test::Scratch scratch;
    CHECK_THROWS_AS(study::open(scratch / "none.yaml"), chainsim::Error);
    CHECK_THROWS_AS(study::open(scratch.path()), chainsim::InputError);
}
