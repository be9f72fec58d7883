#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/solved_year.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/study/feasibility.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <string>

// What no balance binds, against sums on paper: the tutorial district has a station, ways and room.

namespace {

using chainsim::study::Need;
using chainsim::study::NeedVerdict;
using chainsim::test::Near;
using chainsim::test::source;
namespace model = chainsim::model;
namespace study = chainsim::study;

const study::Study& desk() {
    static const auto opened = study::open(source("scenarios/tutorial/desk_2030.yaml"));
    return opened;
}

const study::Feasibility& found() {
    static const auto feasibility = study::feasibility(desk());
    return feasibility;
}

const study::NeedJudgement& need(const study::Feasibility& feasibility, Need which) {
    const auto place = std::find_if(feasibility.needs.begin(), feasibility.needs.end(),
                                    [which](const auto& one) { return one.need == which; });
    REQUIRE(place != feasibility.needs.end());
    return *place;
}

const study::Freight& freight(const study::Feasibility& feasibility, const model::Scenario& world,
                              const std::string& id, model::FreightDirection direction) {
    const auto place =
        std::find_if(feasibility.freight.begin(), feasibility.freight.end(), [&](const auto& one) {
            return world.model.commodities[one.commodity].id == id && one.direction == direction;
        });
    REQUIRE(place != feasibility.freight.end());
    return *place;
}

template <class Record>
Record& record(model::Registry<Record>& records, const std::string& id) {
    return records[records.find(id).value_or(model::Index<Record>{0})];
}

model::Datum loaded(double mw) {
    model::Datum datum;
    datum.value = {mw, chainsim::units::Unit::parse("MW")};
    return datum;
}

double work_of(const study::Feasibility& feasibility) {
    double work = 0.0;
    for (const auto& one : feasibility.freight) {
        work += one.road_work + one.rail_work;
    }
    return work;
}

} // namespace

SCENARIO(
    "New load is what is brought in more, over the hours of load, against the room of stations",
    "[validation][feasibility]") {
    CHECK(found().base_year == 2025);
    CHECK(found().year == 2030);
    const auto& power = need(found(), Need::power);
    CHECK_THAT(power.needed, Near((found().power - found().power_base) / 7500.0, 1e-12, "MW"));
    // 100 MVA at a power factor of 0.95, of which 65 % may be used, less 45 MW
    REQUIRE(found().stations.size() == 1);
    CHECK_THAT(found().stations.front().usable, Near(61.75, 1e-12, "MW"));
    CHECK_THAT(power.available, Near(16.75, 1e-12, "MW"));
    CHECK(power.verdict == NeedVerdict::enough);
    // the same power by the other way: what the run has bought of it
    const auto run = desk().run(2030);
    double bought = 0.0;
    for (const auto& balance : run.year(2030).commodities()) {
        if (desk().scenario().model.commodities[balance.commodity].id == "electricity") {
            bought = balance.bought;
        }
    }
    CHECK_THAT(found().power, Near(bought, 1e-9, "MWh"));
}

SCENARIO("Freight is mass times share times distance", "[validation][feasibility]") {
    const auto& methanol =
        freight(found(), desk().scenario(), "methanol", model::FreightDirection::out);
    CHECK_THAT(methanol.mass, Near(1e5, 1e-6, "t"));
    CHECK_THAT(methanol.road_work, Near(1e5 * 0.4 * 500.0, 1e-6, "t km"));
    CHECK_THAT(methanol.rail_work, Near(1e5 * 0.6 * 900.0, 1e-6, "t km"));
    CHECK(methanol.base == 0.0);
    CHECK(need(found(), Need::freight).verdict == NeedVerdict::reported);
    // what is new is stored for a week
    REQUIRE(found().stores.size() == 1);
    CHECK_THAT(found().stores.front().held, Near(1e5 / 365.0 * 7.0, 1e-6, "t"));
    CHECK(need(found(), Need::storage).is_warning);
}

SCENARIO("Land and people are set against what the district has", "[validation][feasibility]") {
    REQUIRE(found().projects.size() == 1);
    const auto& project = found().projects.front();
    CHECK(project.is_land_assumed);
    CHECK_THAT(need(found(), Need::land).needed, Near(project.land, 1e-12, "mu"));
    CHECK_THAT(need(found(), Need::land).available, Near(300.0, 1e-12, "mu"));
    CHECK(need(found(), Need::land).verdict == NeedVerdict::enough);
    CHECK_THAT(need(found(), Need::labour).available, Near(400.0, 1e-12, "person"));

    auto world = desk().scenario();
    world.region.resources.erase("labour");
    record(world.substations, "example_110kv").load.reset();
    record(world.substations, "example_110kv").capacity.reset();
    record(world.freight_routes, "goods_out").rail_distance.reset();
    const auto without = study::feasibility(study::Study(std::move(world)));
    CHECK(need(without, Need::labour).verdict == NeedVerdict::undetermined);
    CHECK(need(without, Need::labour).missing ==
          std::vector<std::string>{"region.resources.labour"});
    CHECK(need(without, Need::power).missing ==
          std::vector<std::string>{"example_110kv.capacity", "example_110kv.load"});
    CHECK(need(without, Need::freight).verdict == NeedVerdict::undetermined);
    CHECK(need(without, Need::freight).missing ==
          std::vector<std::string>{"goods_out.rail_distance"});
    CHECK_THROWS_AS(study::feasibility(desk(), 2025), chainsim::InputError);
}

SCENARIO("A station that is too small, or not built, leaves too little room",
         "[validation][feasibility]") {
    auto world = desk().scenario();
    auto& station = record(world.substations, "example_110kv");
    station.load = loaded(60.0);
    CHECK(need(study::feasibility(study::Study(world)), Need::power).verdict ==
          NeedVerdict::short_of);
    station.start = 2031;
    const auto later = study::feasibility(study::Study(std::move(world)));
    CHECK_FALSE(later.stations.front().is_there);
    CHECK(need(later, Need::power).verdict == NeedVerdict::undetermined);
    CHECK(need(later, Need::power).missing == std::vector<std::string>{"substations"});
}

SCENARIO("The plan's stations print no rating, so that their load is asked for",
         "[validation][feasibility]") {
    const auto hainan = study::open(source("scenarios/hainan/plan_2025.yaml"));
    const auto feasibility = study::feasibility(hainan);
    const auto& power = need(feasibility, Need::power);
    CHECK(power.verdict == NeedVerdict::undetermined);
    CHECK(power.needed > 300.0);
    CHECK(std::find(power.missing.begin(), power.missing.end(), "xinxi_220kv.capacity") !=
          power.missing.end());
    // two ways to one sum: road and rail of each commodity, and of all
    CHECK_THAT(need(feasibility, Need::freight).needed, Near(work_of(feasibility), 1e-12, "t km"));
    CHECK(need(feasibility, Need::freight).missing.empty());
    // the 720 kt BDO project takes the most power
    CHECK(hainan.scenario().projects[feasibility.projects.front().project].name.zh.find("丁二醇") !=
          std::string::npos);
    const auto json =
        nlohmann::json::parse(study::page_json(study::feasibility_page(hainan, feasibility)));
    CHECK(json.at("schema") == "chainsim.feasibility/1");
    CHECK(json.at("needs").at(0).at("verdict") == "undetermined");
}
