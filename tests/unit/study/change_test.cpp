#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include "support/near.hpp"
#include <chainsim/study/detail/change.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

using chainsim::study::Colour;
using chainsim::study::Judgement;
using chainsim::study::detail::ChangeSince;
using chainsim::test::datum;
using chainsim::test::Near;
namespace model = chainsim::model;

// Arithmetic of the assessed drop, on invented regions; the vectors of the reference among them.

namespace {

struct Case {
    model::Region region;
    model::Period period;
    model::Policy policy;

    Case() {
        period.id = "plan";
        period.base_year = 2020;
        period.from = 2021;
        period.until = 2025;
        policy.id = "drop";
        policy.indicator = "energy_intensity";
        policy.unit = "tce/万元";
        policy.change = model::Change::drop;
        policy.period = "plan";
        policy.target = model::Path(datum(15.0, "%"));
    }

    void base(const std::string& key, const model::Datum& figure) {
        region.statistics[key] = {{key, key}, figure, {}, {}};
        period.base[key] = key;
    }

    [[nodiscard]] Judgement in(int year, const std::map<std::string, double>& values) const {
        Judgement judged;
        const ChangeSince change(policy, period, region, year);
        change.state(judged);
        change.measure(judged, [&values](const std::string& id) -> std::optional<double> {
            const auto found = values.find(id);
            return found == values.end() ? std::nullopt : std::optional(found->second);
        });
        return judged;
    }
};

/// The region of the reference: E_0 = 10, F_0 = 1.5 Mtce, GDP_0 = 5 x 10^6 of 10^4 CNY, and what it
/// is at the end: E = 12.5, F = 3.5 Mtce, GDP 6.5 x 10^6.
Case reference(bool deducted) {
    Case one;
    one.period.feedstock_deducted = deducted;
    one.period.non_fossil = model::NonFossil::counted;
    one.base("energy", datum(10e6, "tce"));
    one.base("feedstock", datum(1.5e6, "tce"));
    one.base("gdp", datum(5e6, "万元"));
    return one;
}

std::map<std::string, double> reference_values(double controlled) {
    return {{"energy_controlled", controlled},
            {"gdp_given", 6.5e10},
            {"energy_intensity", controlled / 6.5e6}};
}

double remark(const Judgement& judged, const std::string& id) {
    for (const auto& one : judged.remarks) {
        if (one.id == id) {
            return one.value;
        }
    }
    FAIL("no remark " << id);
    return 0.0;
}

} // namespace

TEST_CASE("Raw material is deducted in the base year and in the year alike", "[study][change]") {
    // 1 - (9/6.5) / (8.5/5), and without the rule 1 - (12.5/6.5) / (10/5)
    CHECK_THAT(reference(true).in(2025, reference_values(9e6)).value, Near(18.552, 1e-4, "%"));
    CHECK_THAT(reference(false).in(2025, reference_values(12.5e6)).value, Near(3.8462, 1e-4, "%"));
}

TEST_CASE("What is due by a year is the share of equal yearly rates", "[study][change]") {
    auto one = reference(true);
    const std::vector<std::pair<double, double>> yearly{
        {15.0, 3.1981}, {13.5, 2.8589}, {14.0, 2.9714}, {16.5, 3.5422}};
    for (const auto& [target, first] : yearly) {
        one.policy.target = model::Path(datum(target, "%"));
        CHECK_THAT(one.in(2021, reference_values(9e6)).bound, Near(first, 1e-4, "%"));
        CHECK_THAT(one.in(2025, reference_values(9e6)).bound, Near(target, 1e-12, "%"));
    }
    one.policy.target = model::Path(datum(15.0, "%"));
    one.policy.progress = model::Progress::even;
    CHECK_THAT(one.in(2021, reference_values(9e6)).bound, Near(3.0, 1e-12, "%"));
    one.policy.progress = model::Progress::end;
    CHECK_FALSE(ChangeSince(one.policy, one.period, one.region, 2021).is_due());
    CHECK(ChangeSince(one.policy, one.period, one.region, 2025).is_due());
}

TEST_CASE("A rule on a change holds in the years of its period alone", "[study][change]") {
    const auto one = reference(true);
    CHECK_FALSE(ChangeSince(one.policy, one.period, one.region, 2020).is_due());
    CHECK_FALSE(ChangeSince(one.policy, one.period, one.region, 2026).is_due());
}

TEST_CASE("The target at which a verdict turns leaves no margin", "[study][change]") {
    auto one = reference(true);
    const auto first = one.in(2022, reference_values(9e6));
    one.policy.target = model::Path(datum(first.turns_at, "%"));
    CHECK(std::abs(one.in(2022, reference_values(9e6)).margin) < 1e-9);
}

TEST_CASE("The room in the year is what would bring the margin to zero", "[study][change]") {
    const auto one = reference(true);
    const double room = remark(one.in(2025, reference_values(9e6)), "room");
    CHECK(std::abs(one.in(2025, reference_values(9e6 + room)).margin) < 1e-9);
}

TEST_CASE("The growth that is needed is that at which the same use would be allowed",
          "[study][change]") {
    const auto one = reference(true);
    const double growth = remark(one.in(2025, reference_values(9e6)), "needed_growth");
    // 9 Mtce / (0.85 x 1.7 tce per 10^4 CNY) = 6.2284 x 10^6, from 5 x 10^6 in five years
    CHECK_THAT(growth, Near(4.49149, 1e-5, "%"));
}

TEST_CASE("Ranges of the base figures give the range of the drop", "[study][change]") {
    auto one = reference(false);
    auto energy = datum(10e6, "tce");
    energy.range = {8e6, 12e6};
    one.base("energy", energy);
    const auto judged = one.in(2025, reference_values(12.5e6));
    REQUIRE(judged.range.has_value());
    CHECK_THAT(judged.range->first, Near(100.0 * (1.0 - 12.5 / 6.5 / (8.0 / 5.0)), 1e-12, "%"));
    CHECK_THAT(judged.range->second, Near(100.0 * (1.0 - 12.5 / 6.5 / (12.0 / 5.0)), 1e-12, "%"));
}

TEST_CASE("Colours follow the barometer of dual control", "[study][change]") {
    const auto one = reference(true);
    CHECK(one.in(2025, reference_values(9e6)).colour == Colour::green);   // 18.6 % of 15 %
    CHECK(one.in(2025, reference_values(10e6)).colour == Colour::orange); // 9.5 %
    CHECK(one.in(2025, reference_values(12e6)).colour == Colour::red);    // it rose
}

TEST_CASE("Each base figure that is missing is named, and what needs none is said",
          "[study][change]") {
    Case one;
    one.period.gdp_growth = model::Path(datum(5.0, "%"));
    const auto judged = one.in(2025, reference_values(9e6));
    CHECK(judged.missing == std::vector<std::string>{"E_0", "F_0", "NF_0", "GDP_0"});
    // (1 - 0.15) x 1.05^5 - 1
    CHECK_THAT(remark(judged, "allowed_growth"), Near(8.4839, 1e-5, "%"));
    one.policy.target.reset();
    CHECK(one.in(2025, reference_values(9e6)).missing.back() == "R");
}

TEST_CASE("Of an increment of renewables nothing is taken off the base", "[study][change]") {
    auto one = reference(true);
    one.base("non_fossil", datum(1e6, "tce"));
    one.period.non_fossil = model::NonFossil::increment;
    CHECK_THAT(one.in(2025, reference_values(9e6)).value, Near(18.552, 1e-4, "%"));
    one.period.non_fossil = model::NonFossil::deducted;
    // 1 - (9/6.5) / (7.5/5)
    CHECK_THAT(one.in(2025, reference_values(9e6)).value, Near(7.6923, 1e-4, "%"));
}

TEST_CASE("A rise is counted from the base in its own unit", "[study][change]") {
    auto one = reference(true);
    one.policy.indicator = "energy_controlled";
    one.policy.unit = "tce";
    one.policy.change = model::Change::rise;
    one.policy.target = model::Path(datum(100.0, "万吨标煤"));
    const auto judged = one.in(2023, {{"energy_controlled", 9e6}});
    CHECK_THAT(judged.value, Near(0.5e6, 1e-12, "tce")); // 9 - (10 - 1.5)
    CHECK_THAT(judged.bound, Near(0.6e6, 1e-12, "tce"));
    CHECK(judged.colour == Colour::green);
    CHECK(one.in(2021, {{"energy_controlled", 9e6}}).colour == Colour::orange);
    CHECK(one.in(2023, {{"energy_controlled", 9.6e6}}).colour == Colour::red);
}
