#include "support/catch.hpp"
#include "support/solved_year.hpp"
#include <chainsim/model/indicator_kinds.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

// What a policy may name and what the accounts count are two lists: they agree on the real
// districts.

using chainsim::test::SolvedYear;
using chainsim::test::source;

namespace {

/// Of one commodity, one technology, or of projects: there where the year has such a thing.
bool is_of_one_thing(const std::string& id) {
    static constexpr std::array<std::string_view, 11> heads{
        "capacity_", "made_", "sold_", "local_conversion_",  "water_taken_", "share_", "smallest_",
        "unit_",     "capex", "land",  "energy_certificates"};
    return std::any_of(heads.begin(), heads.end(),
                       [&](std::string_view head) { return id.starts_with(head); });
}

} // namespace

TEST_CASE("Every indicator that is counted can be named by a policy, in the same unit",
          "[validation][indicators]") {
    for (const auto& [file, number] : {std::pair("scenarios/hainan/base_2020.yaml", 2020),
                                       std::pair("scenarios/hainan/plan_2025.yaml", 2025)}) {
        const SolvedYear year(source(file), number);
        const auto kinds =
            chainsim::model::indicator_kinds(year.scenario().model, year.scenario().groups);
        const auto& indicators = year.system().indicators;
        std::vector<chainsim::system::IndicatorInfo> counted(
            indicators.info.begin(), indicators.info.begin() + indicators.shown);
        for (const auto& ratio : indicators.ratios) {
            counted.push_back(ratio.info);
        }
        for (const auto& kinked : indicators.kinked) {
            counted.push_back(kinked.info);
        }
        for (const auto& info : counted) {
            CAPTURE(file, info.id);
            const auto found = std::find_if(kinds.begin(), kinds.end(),
                                            [&](const auto& kind) { return kind.id == info.id; });
            REQUIRE(found != kinds.end());
            CHECK(found->unit == info.unit);
        }
        for (const auto& kind : kinds) {
            if (!is_of_one_thing(kind.id)) {
                CAPTURE(file, kind.id);
                CHECK(std::any_of(counted.begin(), counted.end(),
                                  [&](const auto& info) { return info.id == kind.id; }));
            }
        }
    }
}
