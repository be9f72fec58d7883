#include "program.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using chainsim::test::call;

TEST_CASE("Every command explains itself, with an example", "[cli]") {
    for (const std::string command :
         {"validate", "run", "trace", "gaps", "outages", "serve", "export", "new", "fields"}) {
        INFO(command);
        const auto help = call({command, "--help"});
        CHECK(help.code == 0);
        CHECK_THAT(help.output, Contains("Example:") && Contains("chainsim " + command) &&
                                    Contains("--json") && Contains("--lang") &&
                                    Contains("--quiet"));
        CHECK(help.errors.empty());
    }
    CHECK(call({"--help"}).code == 0);
    CHECK_THAT(call({"--version"}).output, StartsWith("chainsim 0."));
}

TEST_CASE("Wrong usage ends with 2 and one line that says why", "[cli]") {
    struct Case {
        std::vector<std::string> arguments;
        std::string why;
    };
    const std::vector<Case> cases{
        {{},
         "name a command: validate, run, check, trace, gaps, outages, outlook, budget, card, "
         "admit, evaluate, feasibility, sample, sensitivity, footprint, reconcile, optimise, "
         "report, serve, compare, export, import, new, fields, io"},
        {{"fly"}, "unknown command 'fly'; known are validate"},
        {{"rnu"}, "unknown command 'rnu'; did you mean 'run'?"},
        {{"run"}, "SCENARIO is required"},
        {{"run", "no/such/file.yaml"}, "no/such/file.yaml"},
        {{"run", chainsim::test::small_scenario, "--colour", "red"}, "--colour"},
        {{"run", chainsim::test::small_scenario, "--years", "soon"}, "soon"},
        {{"run", chainsim::test::small_scenario, "--lang", "fr"}, "fr"},
        {{"trace", chainsim::test::small_scenario}, "--from is required"},
        {{"export", chainsim::test::small_scenario, "--format", "pdf"}, "pdf"},
        {{"export", "tests", "--format", "dot"}, "1 problem in the input"},
        {{"validate"}, "PATH is required"},
    };
    for (const auto& wrong : cases) {
        const auto ended = call(wrong.arguments);
        INFO(ended.errors);
        CHECK(ended.code == 2);
        CHECK(ended.output.empty());
        CHECK_THAT(ended.last_error(), StartsWith("chainsim: ") && Contains(wrong.why));
    }
}

TEST_CASE("A closed or full standard output is an error", "[cli]") {
    const auto full = call({"fields"}, "exec > /dev/full");
    CHECK(full.code == 4);
    CHECK_THAT(full.last_error(), Contains("No space left on device"));
}

TEST_CASE("The fields of input files are printed, as text or within a document", "[cli]") {
    CHECK(call({"fields"}).output.size() > 1000);
    CHECK(call({"fields", "--json"}).json().at("files").at(0).at("name") == "FIELDS.md");
}
