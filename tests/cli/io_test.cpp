#include "program.hpp"
#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/io/file.hpp>

#include <string>
#include <vector>

using Catch::Matchers::Contains;
using chainsim::test::call;
using chainsim::test::names_in;
using chainsim::test::Scratch;

namespace {

const std::vector<std::string> table{
    "--Z",         "scenarios/region_table/Z.csv", "--final-demand", "scenarios/region_table/Y.csv",
    "--satellite", "scenarios/region_table/F.csv"};

chainsim::test::Ended ask(std::vector<std::string> more) {
    std::vector<std::string> arguments{"io"};
    arguments.insert(arguments.end(), table.begin(), table.end());
    arguments.insert(arguments.end(), more.begin(), more.end());
    return call(arguments);
}

std::string file(const Scratch& scratch, const std::string& name, const std::string& text) {
    chainsim::io::write_file(scratch / name, text);
    return (scratch / name).string();
}

} // namespace

TEST_CASE("A table is told in JSON and in both languages", "[cli][io]") {
    const auto ended = ask({"--json", "--paths", "建筑", "--of", "jobs"});
    REQUIRE(ended.code == 0);
    CHECK(ended.errors.empty());
    const auto json = ended.json();
    CHECK(json.at("schema") == "chainsim.io/1");
    CHECK(json.at("x").at(0) == 35138.0);
    const auto& jobs = json.at("accounts").at(2);
    CHECK(jobs.at("satellite") == "jobs");
    CHECK(jobs.at("production").get<double>() ==
          Approx(jobs.at("consumption").get<double>()).epsilon(1e-12));
    double paths = json.at("paths").at("remainder").get<double>();
    for (const auto& path : json.at("paths").at("paths")) {
        paths += path.at("amount").get<double>();
    }
    CHECK(paths == Approx(json.at("paths").at("total").get<double>()));
    CHECK_THAT(ask({"--lang", "zh"}).output, Contains("影响力系数"));
    CHECK_THAT(ask({"--lang", "en"}).output, Contains("sectors: 8, regions: 1, satellites: 4"));
    CHECK(ask({"--quiet"}).output.empty());
}

TEST_CASE("Files are written, and L reads back as a table", "[cli][io]") {
    const Scratch scratch;
    const auto folder = (scratch / "out").string();
    REQUIRE(ask({"--quiet", "--inverse", "-o", folder}).code == 0);
    const auto names = names_in(scratch / "out");
    for (const std::string name :
         {"L.csv", "G.csv", "multipliers.csv", "linkages.csv", "accounts.csv", "sectors.csv"}) {
        CHECK(names.contains(name));
    }
}

TEST_CASE("A row that does not balance ends with 2, says which and by how much", "[cli][io]") {
    const Scratch scratch;
    const auto ended = call({"io", "--Z", file(scratch, "Z.csv", "s,a,b\na,150,500\nb,200,100\n"),
                             "--x", file(scratch, "x.csv", "s,x\na,1010\nb,2000\n"),
                             "--final-demand", file(scratch, "Y.csv", "s,y\na,350\nb,1700\n")});
    CHECK(ended.code == 2);
    CHECK_THAT(ended.errors, Contains("Z.csv:2:1: error: row 'a': intermediate 650 + final demand "
                                      "350 differs from output 1,010 by -10 (-0.99 %)"));
    CHECK(ended.last_error() == "chainsim: 1 problem in the input");
}

TEST_CASE("A table without a solution ends with 3 and names the sectors", "[cli][io]") {
    const Scratch scratch;
    const auto ended =
        call({"io", "--A", file(scratch, "A.csv", "s,ore,steel\nore,0.1,0.9\nsteel,1.1,0.1\n")});
    CHECK(ended.code == 3);
    CHECK(ended.last_error() == "chainsim: unproductive: 'ore', 'steel' use up at least as much of "
                                "their own output as they make");
}

TEST_CASE("Balancing writes a table with the totals, or says why there is none", "[cli][io]") {
    const Scratch scratch;
    const auto flows = file(scratch, "Z.csv", "s,a,b\na,1,2\nb,3,0\n");
    const auto columns = file(scratch, "v.csv", "s,v\nb,3\na,7\n");
    const auto good =
        call({"io", "--Z", flows, "--ras-rows", file(scratch, "u.csv", "s,u\na,6\nb,4\n"),
              "--ras-columns", columns, "--json", "-o", (scratch / "out").string()});
    REQUIRE(good.code == 0);
    CHECK(good.json().at("ras").at("outcome") == "balanced");
    CHECK(good.json().at("ras").at("Z").at(1).at(0).get<double>() == Approx(4.0));
    CHECK(names_in(scratch / "out") == std::set<std::string>{"Z.csv"});
    const auto bad = call({"io", "--Z", flows, "--ras-rows",
                           file(scratch, "u.csv", "s,u\na,2\nb,8\n"), "--ras-columns", columns});
    CHECK(bad.code == 3);
    CHECK_THAT(bad.last_error(), Contains("no table with these zeros and signs"));
    CHECK_THAT(call({"io", "--Z", flows, "--ras-rows", file(scratch, "u.csv", "s,u\na,2\nb,9\n"),
                     "--ras-columns", columns})
                   .last_error(),
               Contains("the totals of the rows add up to 11, those of the columns to 10"));
}

TEST_CASE("A scenario is embedded in the table of its region", "[cli][io]") {
    const auto ended = ask({"--json", "--money", "万元", "--households", "wages", "居民消费",
                            "--embed", "scenarios/tutorial/methanol_2030.yaml", "--mapping",
                            "scenarios/region_table/mapping.csv", "--year", "2030"});
    REQUIRE(ended.code == 0);
    const auto embedding = ended.json().at("embedding").at(0);
    CHECK(embedding.at("scenario") == "methanol_2030");
    REQUIRE(embedding.at("operation").size() == 1);
    const auto& year = embedding.at("operation").at(0);
    CHECK(year.at("economy").at("jobs").get<double>() ==
          Approx(year.at("own").at("jobs").get<double>() +
                 year.at("supply").at("jobs").at("total").get<double>()));
    CHECK(year.at("supply").at("jobs").at("induced").get<double>() > 0.0);
}

TEST_CASE("Options that do not go together are refused", "[cli][io]") {
    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {"io"},
             {"io", "--Z", "scenarios/region_table/Z.csv", "--A", "scenarios/region_table/Z.csv"},
             {"io", "--Z", "scenarios/region_table/Z.csv", "--ras-rows",
              "scenarios/region_table/Y.csv"},
             {"io", "--Z", "scenarios/region_table/Z.csv", "--of", "jobs"},
             {"io", "--Z", "scenarios/region_table/Z.csv", "--embed",
              "scenarios/tutorial/base_2025.yaml"},
             {"io", "--Z", "no/such/file.csv"},
             {"io", "--Z", "scenarios/region_table/Z.csv", "--final-demand",
              "scenarios/region_table/Y.csv", "--inverse"}}) {
        const auto ended = call(arguments);
        CHECK(ended.code == 2);
        CHECK_FALSE(ended.last_error().empty());
    }
}

TEST_CASE("Options without effect are refused", "[cli][io]") {
    CHECK(ask({"--cut-off", "0.5"}).last_error() ==
          "chainsim: --cut-off has no effect without --paths");
    CHECK(ask({"--money", "万元"}).last_error() ==
          "chainsim: --money has no effect without --embed");
    const std::string flows = "scenarios/region_table/Z.csv";
    CHECK_THAT(call({"io", "--Z", flows, "--ras-rows", flows, "--ras-columns", flows, "--inverse"})
                   .last_error(),
               Contains("--inverse has no effect on a table that is balanced"));
}

TEST_CASE("A Matrix Market table is balanced by the names of its sectors", "[cli][io]") {
    const chainsim::test::Scratch scratch;
    const auto flows =
        file(scratch, "z.mtx", "%%MatrixMarket matrix array real general\n2 2\n1\n2\n3\n4\n");
    const auto ended =
        call({"io", "--Z", flows, "--labels", file(scratch, "l.csv", "sector\na\nb\n"),
              "--ras-rows", file(scratch, "u.csv", "s,u\na,6\nb,4\n"), "--ras-columns",
              file(scratch, "v.csv", "s,v\nb,5\na,5\n"), "--json"});
    INFO(ended.errors);
    REQUIRE(ended.code == 0);
    CHECK(ended.json().at("ras").at("outcome") == "balanced");
}
