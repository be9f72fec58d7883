#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/accounts/plant_money.hpp>
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/economy/embedding.hpp>
#include <chainsim/io/file.hpp>

using namespace chainsim::economy;
using Catch::Matchers::Contains;
using chainsim::input_output::Economy;

namespace {

const std::filesystem::path tutorial =
    std::filesystem::path(CHAINSIM_SOURCE_DIR) / "scenarios" / "tutorial";
const std::filesystem::path region_table =
    std::filesystem::path(CHAINSIM_SOURCE_DIR) / "scenarios" / "region_table";

const chainsim::parallel::Executor& alone() {
    static const chainsim::parallel::Executor executor(1);
    return executor;
}

Economy region() {
    return chainsim::input_output::read_economy({.flows = region_table / "Z.csv",
                                                 .final_demand = region_table / "Y.csv",
                                                 .satellite = region_table / "F.csv"},
                                                {}, alone());
}

chainsim::study::Study plan() { return chainsim::study::open(tutorial / "methanol_2030.yaml"); }

EmbeddingOptions in_wan() {
    EmbeddingOptions options;
    options.money = "万元";
    return options;
}

/// What is said of a mapping, place and message of each.
std::vector<std::string> said(const std::string& text) {
    const chainsim::test::Scratch scratch;
    chainsim::io::write_file(scratch / "m.csv", text);
    std::vector<std::string> lines;
    try {
        (void)read_mapping(scratch / "m.csv", region().table, plan().scenario());
    } catch (const chainsim::InputError& error) {
        for (const auto& one : error.diagnostics()) {
            lines.push_back(std::to_string(one.where.line) + ":" +
                            std::to_string(one.where.column) + " " + one.message + " | " +
                            one.help);
        }
    }
    return lines;
}

} // namespace

TEST_CASE("Everything wrong in a mapping is told at once", "[economy][mapping]") {
    CHECK(said("kind,id,sector,share\n"
               "comodity,coke,煤炭,1\n"
               "commodity,coek,煤炭,1\n"
               "commodity,methanol,煤碳,0.5\n"
               "commodity,steam,电力热力,1.5\n"
               "investment,gas_to_methanl,建筑,1\n"
               "commodity,*,其他工业,0.9\n") ==
          std::vector<std::string>{
              "2:1 unknown kind 'comodity' | write commodity or investment",
              "3:11 unknown commodity 'coek' | did you mean 'coke'?",
              "4:20 the table has no sector '煤碳' | known are 农业, ...",
              "4:23 the shares of 'methanol' add up to 0.5 | the shares of one id add up to 1",
              "5:22 '1.5' is no share | write a number from 0 to 1",
              "6:12 unknown project 'gas_to_methanl' | did you mean 'gas_to_methanol'?",
              "7:18 the shares of '*' add up to 0.9 | the shares of one id add up to 1"});
    CHECK(said("kind,id,sektor\n").size() == 2);
}

TEST_CASE("Money and jobs of a scenario go through the table", "[economy][embedding]") {
    const auto economy = region();
    const auto study = plan();
    const auto mapping =
        read_mapping(region_table / "mapping.csv", economy.table, study.scenario());
    auto options = in_wan();
    options.households = chainsim::input_output::Households{economy.table.satellite("wages", ""),
                                                            economy.table.category("居民消费", "")};
    const auto embedding = embed(economy, study, mapping, options);

    REQUIRE(embedding.operation.size() == 2);
    const auto& last = embedding.operation.back();
    CHECK(last.year == 2030);
    // The own figures are the scenario's, in the money of the table.
    const auto run = study.run(2030);
    CHECK(last.value_added ==
          Approx(run.year(2030).planned_value("value_added") / 1e4).epsilon(1e-12));
    CHECK(last.jobs == Approx(run.year(2030).planned_value("jobs")));
    CHECK(last.value_added == Approx(last.sales - last.purchases).epsilon(1e-6));

    for (const auto& year : embedding.operation) {
        const auto& effect = year.effect;
        CHECK(year.unmapped.empty()); // the mapping has a line for all others
        CHECK(year.purchases == Approx(effect.delivered + year.imported).epsilon(1e-12));
        // x = L d, and factors on x are multipliers on d.
        const Eigen::VectorXd x = economy.leontief.solve(effect.delivered_by);
        CHECK((x - effect.output_by).norm() <= 1e-9 * x.norm());
        const auto jobs = static_cast<Eigen::Index>(economy.table.satellite("jobs", ""));
        CHECK(effect.jobs ==
              Approx(economy.table.intensities.col(jobs).dot(effect.output_by)).epsilon(1e-12));
        CHECK(effect.jobs_direct < effect.jobs);
        CHECK(effect.jobs_induced > 0.0);
        CHECK(effect.output > effect.delivered);
    }

    // 400 million yuan in the year before the start.
    REQUIRE(embedding.investment.size() == 1);
    const auto& built = embedding.investment.front();
    CHECK(built.investment == Approx(40000.0));
    CHECK(built.effect.delivered ==
          Approx(40000.0 * (0.35 * 0.9 + 0.5 * 0.1 + 0.15 * 0.6)).epsilon(1e-12));
}

TEST_CASE("What has no sector is left out, and told", "[economy][embedding]") {
    const auto economy = region();
    const auto study = plan();
    Mapping mapping;
    mapping.commodities["clean_coal"] = {{1, 1.0, 1.0}};
    const auto embedding = embed(economy, study, mapping, in_wan());
    const auto& first = embedding.operation.front();
    REQUIRE_FALSE(first.unmapped.empty());
    CHECK(first.unmapped.front().id == "gas_coal_clean");
    double left_out = 0.0;
    for (const auto& one : first.unmapped) {
        left_out += one.amount;
    }
    CHECK(first.purchases == Approx(first.effect.delivered + left_out).epsilon(1e-12));
    CHECK(embedding.investment.front().unmapped.front().id == "gas_to_methanol");
}

TEST_CASE("A unit that is no money and satellites that are not there are refused",
          "[economy][embedding]") {
    const auto economy = region();
    const auto study = plan();
    auto options = in_wan();
    options.money = "万吨";
    CHECK_THROWS_WITH(embed(economy, study, {}, options), Contains("--money"));
    options = in_wan();
    options.jobs = "job";
    CHECK_THROWS_WITH(embed(economy, study, {}, options), Contains("did you mean 'jobs'?"));
}

TEST_CASE("The table in words and in JSON has own, supply and whole", "[economy][embedding]") {
    const auto economy = region();
    const auto study = plan();
    const auto mapping =
        read_mapping(region_table / "mapping.csv", economy.table, study.scenario());
    const auto embedding = embed(economy, study, mapping, in_wan());
    const auto text = embedding_text(economy, embedding, chainsim::table::Language::zh, 0);
    CHECK_THAT(text, Contains("自身增加值") && Contains("供应链就业") && Contains("万元"));
    CHECK_THAT(embedding_text(economy, embedding, chainsim::table::Language::en, 80),
               Contains("value added of supply"));
    CHECK_THAT(embedding_json(economy, embedding), Contains(R"("scenario":"methanol_2030")"));
    const auto table = embedding_table(economy, {embedding});
    CHECK(table.rows() == 3 * 8);
}
