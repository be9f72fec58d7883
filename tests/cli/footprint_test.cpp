#include "program.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <set>
#include <string>
#include <vector>

using Catch::Matchers::Contains;
using Catch::Matchers::WithinRel;
using chainsim::test::call;

namespace {

chainsim::test::Ended footprint(const std::string& of, std::vector<std::string> more) {
    std::vector<std::string> arguments{"footprint", chainsim::test::plan_scenario, "--of", of};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return call(arguments);
}

template <class Json>
void check_sums(const Json& node) {
    if (node.at("children").empty()) {
        return;
    }
    double sum = 0.0;
    for (const auto& child : node.at("children")) {
        sum += child.at("amount").template get<double>();
        check_sums(child);
    }
    CHECK(std::abs(sum - node.at("amount").template get<double>()) <= 1e-9);
}

} // namespace

TEST_CASE("The tree of PVC sums to the whole by every allocation, and they differ",
          "[cli][footprint]") {
    std::set<double> totals;
    for (const std::string allocation : {"substitution", "mass", "energy", "economic", "carbon"}) {
        const auto ended = footprint("pvc", {"--allocation", allocation, "--json"});
        REQUIRE(ended.code == 0);
        const auto answer = ended.json();
        INFO(allocation);
        CHECK(answer.at("allocation") == allocation);
        CHECK(answer.at("unit") == "tce/t");
        CHECK(answer.at("tree").at("id") == "pvc_suspension_resin");
        CHECK(answer.at("total") == answer.at("tree").at("amount"));
        CHECK(answer.at("total") ==
              answer.at("burdens").at("energy_total_equivalent").at(allocation));
        check_sums(answer.at("tree"));
        double paths = answer.at("remainder").template get<double>();
        for (const auto& path : answer.at("paths")) {
            paths += path.at("amount").template get<double>();
        }
        CHECK_THAT(paths, WithinRel(answer.at("total").template get<double>(), 1e-9));
        totals.insert(std::round(1e4 * answer.at("total").template get<double>()));
    }
    CHECK(totals.size() == 5);
}

TEST_CASE("Coal of the district carries no more than its mining takes", "[cli][footprint]") {
    const auto answer = footprint("raw_coal", {"--burden", "cost", "--json"}).json();
    CHECK(answer.at("total").get<double>() > 0.0);
}

TEST_CASE("A footprint is read in both languages", "[cli][footprint]") {
    CHECK_THAT(footprint("pvc", {"--lang", "zh"}).output,
               Contains("产品足迹：悬浮法PVC树脂") && Contains("每吨") && Contains("替代法"));
    CHECK_THAT(footprint("pvc", {"--lang", "en"}).output,
               Contains("Footprint of suspension PVC resin") && Contains("all other ways"));
}

TEST_CASE("Two routes are set against each other", "[cli][footprint]") {
    CHECK_THAT(footprint("electricity", {"--route", "bought,coal_power_300mw"}).errors,
               Contains("one of bought"));
    const auto routes = footprint("propylene", {"--route", "methanol_to_olefins,bought", "--json"})
                            .json()
                            .at("routes");
    CHECK(routes.at("methanol_to_olefins").at("on_offer") == true);
    // Nobody offers propylene to the district: it counts at its price, and the table says so.
    CHECK(routes.at("bought").at("on_offer") == false);
    CHECK(routes.at("bought").at("cost_purchases").get<double>() > 1000.0);
}

TEST_CASE("What is not known is refused, with what is", "[cli][footprint]") {
    const auto commodity = footprint("pvcc", {});
    CHECK(commodity.code == 2);
    const auto burden = footprint("pvc", {"--burden", "soot"});
    CHECK(burden.code == 2);
    CHECK_THAT(burden.errors, Contains("no burden 'soot'") && Contains("energy, co2, water"));
    const auto route = footprint("pvc", {"--route", "witchcraft"});
    CHECK(route.code == 2);
    CHECK_THAT(route.errors,
               Contains("no way to pvc_suspension_resin") && Contains("pvc_suspension"));
    CHECK(footprint("pvc", {"--allocation", "beauty"}).code == 2);
}
