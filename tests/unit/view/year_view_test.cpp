#include "support/catch.hpp"
#include <chainsim/io/csv.hpp>
#include <chainsim/study/check_report.hpp>
#include <chainsim/study/tables.hpp>
#include <chainsim/view/contributions.hpp>
#include <chainsim/view/district_view.hpp>
#include <chainsim/view/view.hpp>
#include <chainsim/view/year_flows.hpp>
#include <chainsim/view/year_view.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <map>
#include <set>
#include <string>

using namespace chainsim; // the test is of how libraries meet

namespace {

study::Study opened() {
    return study::open(std::string(CHAINSIM_SOURCE_DIR) + "/scenarios/hainan/plan_2025.yaml");
}

struct Solved {
    study::Study study = opened();
    study::Run run = study.run();
    const study::YearRun& year = run.years().back();
};

const Solved& solved() {
    static const Solved one;
    return one;
}

} // namespace

TEST_CASE("By energy, what chains take they give or use up", "[view][flows]") {
    const auto& scenario = solved().run.scenario();
    const auto sankey = view::flows_between_chains(scenario, solved().year, view::Measure::energy);
    std::map<int, double> more;
    double largest = 0.0;
    for (const auto& link : sankey.links) {
        more[link.to] += link.value;
        more[link.from] -= link.value;
        largest = std::max(largest, link.value);
    }
    // Links too thin to be drawn are left out: each at most 2e-4 of the largest.
    for (std::size_t n = 0; n < sankey.nodes.size(); ++n) {
        if (sankey.nodes[n].kind == view::SankeyKind::chain) {
            INFO(sankey.nodes[n].id);
            CHECK(std::abs(more[static_cast<int>(n)]) <= 0.01 * largest);
        }
    }
}

TEST_CASE("What diagrams show as sold is what the balance sells", "[view][flows]") {
    const auto& scenario = solved().run.scenario();
    const auto& year = solved().year;
    const auto sankey = view::flows_between_chains(scenario, year, view::Measure::mass);
    double shown = 0.0;
    for (const auto& link : sankey.links) {
        if (sankey.nodes[static_cast<std::size_t>(link.to)].id == "sold") {
            shown += link.value;
        }
    }
    double sold = 0.0;
    for (const auto& balance : year.commodities()) {
        const auto& commodity = scenario.model.commodities[balance.commodity];
        const bool is_shown =
            commodity.trade != model::Trade::free && commodity.unit.text() != "m3" &&
            !(commodity.trade == model::Trade::waste && commodity.phase == model::Phase::gas);
        sold += is_shown ? balance.sold * commodity.mass : 0.0;
    }
    CHECK(shown == Approx(sold).epsilon(5e-3)); // less what is too thin to be drawn
}

TEST_CASE("Contributions sum to the indicator", "[view][contributions]") {
    const auto& scenario = solved().run.scenario();
    int told = 0;
    for (const auto& indicator : solved().year.planned()) {
        const auto parts = view::contributions(scenario, solved().year, indicator.id, 10);
        if (!parts) {
            continue;
        }
        double sum = 0.0;
        double size = 1.0;
        for (const auto& part : *parts) {
            sum += part.value;
            size = std::max(size, std::abs(part.value));
        }
        INFO(indicator.id);
        CHECK(std::abs(sum - indicator.value) <= 1e-9 * size);
        CHECK(parts->size() <= 11);
        ++told;
    }
    CHECK(told > 100);
}

TEST_CASE("A tax on profits is no sum of plants, and an unknown indicator is none",
          "[view][contributions]") {
    CHECK_FALSE(view::contributions(solved().run.scenario(), solved().year, "tax_income", 5));
    CHECK_FALSE(view::contributions(solved().run.scenario(), solved().year, "nothing", 5));
}

TEST_CASE("The page has of each policy what check --json has", "[view][district]") {
    const auto& [study, run, year] = solved();
    view::DistrictOptions options;
    options.with_years = false;
    options.with_analyses = false;
    const auto page = view::district_json(study, run, options);
    const auto check = nlohmann::json::parse(study::check_json(study::check(study, {}, false), {}));
    std::size_t compared = 0;
    for (const auto& wanted : check.at("years").back().at("policies")) {
        if (wanted.at("verdict") == "not_applicable") {
            continue;
        }
        bool is_found = false;
        for (const auto& policy : page.at("policies")) {
            const auto& judged = policy.at("years").back();
            if (policy.at("id") != wanted.at("id") || judged.is_null() ||
                judged.at("formula") != wanted.at("formula")) {
                continue;
            }
            is_found = true;
            for (const char* field : {"value", "bound", "margin", "verdict", "inputs", "missing"}) {
                CHECK(nlohmann::json(judged.at(field)) == wanted.at(field));
            }
            CHECK(policy.at("source") == wanted.at("source"));
            CHECK(policy.at("unit") == wanted.at("unit"));
        }
        INFO(wanted.at("id"));
        CHECK(is_found);
        ++compared;
    }
    CHECK(compared > 10);
}

TEST_CASE("The graph of a year has every plant that stands, and what binds it", "[view][graph]") {
    const auto& [study, run, year] = solved();
    const auto json = view::year_json(run.scenario(), year, {});
    std::size_t standing = 0;
    const auto& capacity = year.system().equations.capacity;
    for (Eigen::Index i = 0; i < capacity.size(); ++i) {
        standing += capacity[i] > 0.0 ? 1 : 0;
    }
    const auto& nodes = json.at("graph").at("nodes");
    CHECK(nodes.size() == standing);
    const std::set<std::string> known{"capacity", "feedstock", "demand", "surplus"};
    for (const auto& node : nodes) {
        CHECK(known.contains(node.at("binding").get<std::string>()));
        CHECK(node.at("utilisation").get<double>() <= 1.0 + 1e-9);
    }
    for (const auto& edge : json.at("graph").at("edges")) {
        CHECK(edge.at("from").get<std::size_t>() < nodes.size());
        CHECK(edge.at("to").get<std::size_t>() < nodes.size());
    }
}

TEST_CASE("Every unit of a document is told as readers know it", "[view]") {
    const nlohmann::ordered_json document{{"a", {{"unit", "tce"}}}, {"b", {{{"u", "1"}}}}};
    const auto units = view::units_json(document);
    CHECK(units.at("tce").at("zh").at("text") == "万吨标煤");
    CHECK(units.at("tce").at("zh").at("size") == 1e4);
    CHECK(units.at("tce").at("en").at("text") == "Mtce");
    CHECK(units.at("1").at("zh").at("text") == "%");
    CHECK(units.at("1").at("zh").at("size") == 0.01);
}
