#include "support/catch.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/live/session.hpp>
#include <chainsim/view/district_view.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <variant>
#include <vector>

using namespace chainsim::live; // the test speaks of nothing else
using chainsim::InputError;

namespace {

std::shared_ptr<const Origin> origin() {
    static const auto one = std::make_shared<const Origin>(std::string(CHAINSIM_SOURCE_DIR) +
                                                           "/scenarios/hainan/pathway_2035.yaml");
    return one;
}

const Control& control(const std::string& id) {
    const auto& all = origin()->controls();
    const auto found =
        std::find_if(all.begin(), all.end(), [&id](const Control& one) { return one.id == id; });
    REQUIRE(found != all.end());
    return *found;
}

std::size_t place_of(const std::string& indicator) {
    const auto shown = chainsim::view::shown_indicators(origin()->run());
    const auto found = std::find(shown.begin(), shown.end(), indicator);
    REQUIRE(found != shown.end());
    return static_cast<std::size_t>(found - shown.begin());
}

/// Of a run by the loader, as `check` and `run` have it.
double exact(const chainsim::study::Run& run, const std::string& indicator, std::size_t year) {
    const auto& all = run.years()[year].indicators();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == indicator; });
    return found == all.end() ? std::nan("") : found->value;
}

std::vector<chainsim::Diagnostic> refused(Session& session, std::vector<Edit> edits) {
    try {
        (void)session.edit(std::move(edits));
    } catch (const InputError& error) {
        return error.diagnostics();
    }
    FAIL("the edit was taken");
    return {};
}

// Nothing of these is counted by a rule that depends on who else is there.
const std::vector<std::string> followed{"energy_total_equivalent",
                                        "energy_total_calorific",
                                        "energy_controlled",
                                        "energy_intensity",
                                        "gdp",
                                        "value_added",
                                        "revenue",
                                        "co2_fuel",
                                        "co2_process",
                                        "co2_total",
                                        "fresh_water",
                                        "capex"};

void check_same(const Pulse& pulse, const chainsim::study::Run& run) {
    for (const auto& id : followed) {
        const auto place = place_of(id);
        for (std::size_t y = 0; y < run.years().size(); ++y) {
            INFO(id << " in " << run.years()[y].year());
            const double wanted = exact(run, id, y);
            const double found = pulse.values[place][y];
            CHECK(std::isnan(found) == std::isnan(wanted));
            if (!std::isnan(wanted)) {
                CHECK(std::abs(found - wanted) <= 1e-8 * std::max(1.0, std::abs(wanted)));
            }
        }
    }
}

} // namespace

TEST_CASE("A scenario in which nothing moved is as it was run", "[live][session]") {
    Session session(origin());
    const auto pulse = session.edit({});
    REQUIRE(pulse.failure.empty());
    check_same(pulse, origin()->run());
}

TEST_CASE("What follows a slider is what the loader finds in the saved scenario",
          "[live][session]") {
    const std::vector<std::vector<Edit>> cases{
        {{"project:b09_chn_mto:start", 2029.0}},
        {{"project:b09_chn_mto:built", false}},
        {{"price:coke:value", 140.0}},
        {{"facility:wuhai_coking:capacity", 0.0}},
        {{"price:coke:value", 70.0},
         {"price:pvc_suspension_resin:value", 130.0},
         {"project:b10_huahai_bdo:start", 2027.0}},
    };
    for (auto edits : cases) {
        // The plant is one of the district whatever it is called there.
        for (auto& edit : edits) {
            if (edit.control.starts_with("facility:")) {
                const auto& all = origin()->controls();
                const auto plant = std::find_if(all.begin(), all.end(), [](const Control& one) {
                    return one.field == "capacity" && one.group.en == "coal and coking" &&
                           std::get<double>(one.value) > 0.0;
                });
                REQUIRE(plant != all.end());
                edit = {plant->id, 0.5 * std::get<double>(plant->value)};
            }
        }
        Session session(origin());
        const auto pulse = session.edit(edits);
        INFO(edits.front().control);
        REQUIRE(pulse.failure.empty());
        check_same(pulse, session.study().run());
    }
}

TEST_CASE("Sliders moved at random are followed", "[live][session]") {
    std::mt19937 random(3);
    std::vector<const Control*> sliders;
    for (const auto& one : origin()->controls()) {
        if (one.kind == "price" || (one.kind == "project" && one.field == "start" &&
                                    !std::holds_alternative<std::monostate>(one.value))) {
            sliders.push_back(&one);
        }
    }
    int compared = 0;
    for (int round = 0; round < 8; ++round) {
        std::vector<Edit> edits;
        for (int i = 0; i < 2; ++i) {
            const auto& one = *sliders[random() % sliders.size()];
            const bool is_there = std::any_of(edits.begin(), edits.end(), [&](const Edit& edit) {
                return edit.control == one.id;
            });
            if (!is_there) {
                const double way = static_cast<double>(random() % 1000) / 1000.0;
                edits.push_back({one.id, std::round(*one.low + way * (*one.high - *one.low))});
            }
        }
        Session session(origin());
        try {
            const auto pulse = session.edit(edits);
            if (pulse.failure.empty()) {
                INFO(edits.front().control << ", " << edits.back().control);
                check_same(pulse, session.study().run());
                ++compared;
            }
        } catch (const InputError&) { // a start that the loader does not take
        }
    }
    CHECK(compared >= 3);
}

TEST_CASE("All prices may move at once, each its own way", "[live][session]") {
    std::vector<Edit> edits;
    double way = 71.0;
    for (const auto& one : origin()->controls()) {
        if (one.kind == "price") {
            edits.push_back({one.id, way});
            way = way < 130.0 ? way + 7.0 : 71.0;
        }
    }
    REQUIRE(edits.size() > 50);
    Session session(origin());
    const auto pulse = session.edit(edits);
    REQUIRE(pulse.failure.empty());
    check_same(pulse, session.study().run());
}

TEST_CASE("A cap that is dragged turns its verdict, and solves nothing", "[live][session]") {
    const auto policies = chainsim::view::shown_policies(origin()->run());
    const auto cap = std::find_if(policies.begin(), policies.end(),
                                  [](const auto& one) { return one.id == "coal_output_cap"; });
    REQUIRE(cap != policies.end());
    const auto place = static_cast<std::size_t>(cap - policies.begin());
    Session session(origin());
    const auto before = session.edit({}).judged[place].back();
    REQUIRE(before.has_value());
    const auto& slider = control("policy:coal_output_cap:at_most");
    const double bound = std::get<double>(slider.value);
    const auto after = session.edit({{slider.id, 0.01 * bound}}).judged[place].back();
    REQUIRE(after.has_value());
    CHECK(after->verdict == chainsim::study::Verdict::missed);
    CHECK(after->value == Approx(before->value));
    CHECK(after->bound == Approx(0.01 * before->bound));
}

TEST_CASE("A control that stands where the scenario has it is no edit", "[live][session]") {
    Session session(origin());
    const auto& built = control("project:b09_chn_mto:built");
    const auto pulse = session.edit({{built.id, built.value}, {"price:coke:value", 100.0}});
    CHECK(pulse.failure.empty());
    CHECK(session.edits().empty());
}

TEST_CASE("The date of a rule can be moved", "[live][session]") {
    const auto policies = chainsim::view::shown_policies(origin()->run());
    const auto cap = std::find_if(policies.begin(), policies.end(),
                                  [](const auto& one) { return one.id == "coal_output_cap"; });
    REQUIRE(cap != policies.end());
    const auto place = static_cast<std::size_t>(cap - policies.begin());
    Session session(origin());
    const auto pulse = session.edit({{"policy:coal_output_cap:from", 2030.0}});
    const auto& years = origin()->run().years();
    for (std::size_t y = 0; y < years.size(); ++y) {
        INFO(years[y].year());
        CHECK(pulse.judged[place][y].has_value() == (years[y].year() >= 2030));
    }
}

TEST_CASE("A text is read by the loader, which answers at the field", "[live][session]") {
    Session session(origin());
    const std::string field = "project:b09_chn_mto:capex";
    const auto taken = session.edit({{field, std::string("50 亿元")}});
    CHECK(taken.failure.empty());
    CHECK(session.edits().size() == 1);
    const auto findings = refused(session, {{field, std::string("50 bananas")}});
    REQUIRE_FALSE(findings.empty());
    CHECK(findings.front().field == field);
    CHECK_THAT(findings.front().message, Catch::Contains("banana"));
    // What was refused leaves what was there.
    REQUIRE(session.edits().size() == 1);
    CHECK(std::get<std::string>(session.edits().front().value) == "50 亿元");
}

TEST_CASE("A text can be nothing but the text of its field", "[live][session]") {
    Session session(origin());
    for (const std::string& text :
         {std::string("1 CNY}\nskip: [b09_chn_mto]"), std::string("\"), x: ("), std::string(""),
          std::string("<script>alert(1)</script>"), std::string("# nothing"),
          std::string("\xff\xfe"), std::string("!!python/object")}) {
        INFO(text);
        const auto findings = refused(session, {{"project:b09_chn_mto:capex", text}});
        REQUIRE_FALSE(findings.empty());
        CHECK(findings.front().field == "project:b09_chn_mto:capex");
    }
}

TEST_CASE("What no control can be is refused before anything is solved", "[live][session]") {
    Session session(origin());
    const std::vector<std::pair<Edit, std::string>> cases{
        {{"project:nothing:start", 2025.0}, "there is no such control"},
        {{"project:b09_chn_mto:start", 2025.5}, "is no year"},
        {{"project:b09_chn_mto:start", 3000.0}, "outside"},
        {{"project:b09_chn_mto:built", 1.0}, "on or off"},
        {{"price:coke:value", std::nan("")}, "a number is expected"},
        {{"price:coke:value", std::string("100")}, "a number is expected"},
        {{"project:b09_chn_mto:capex", 1.0}, "a text is expected"},
    };
    for (const auto& [edit, message] : cases) {
        INFO(edit.control);
        const auto findings = refused(session, {edit});
        REQUIRE(findings.size() == 1);
        CHECK(findings.front().field == edit.control);
        CHECK_THAT(findings.front().message, Catch::Contains(message));
    }
    CHECK(refused(session, {{"price:coke:value", 90.0}, {"price:coke:value", 80.0}}).size() == 1);
    CHECK(session.edits().empty());
}

TEST_CASE("The saved scenario holds the differences alone, and reads back", "[live][session]") {
    Session session(origin());
    (void)session.edit({{"project:b09_chn_mto:built", false},
                        {"price:coke:value", 110.0},
                        {"policy:coal_output_cap:at_most", 14000.0}});
    const auto text =
        session.scenario_text("less_olefins", {"少烯烃：\"试\"", "less: \"olefins\""});
    CHECK_THAT(text, Catch::Contains("extends: \"pathway_2035.yaml\""));
    CHECK_THAT(text, Catch::Contains("skip:\n  - b09_chn_mto\n"));
    CHECK(std::count(text.begin(), text.end(), '\n') < 20);
    const auto study =
        chainsim::study::open_text(origin()->file().parent_path() / "less_olefins.yaml", text);
    CHECK(study.scenario().id == "less_olefins");
    CHECK(study.scenario().name.zh == "少烯烃：\"试\"");
    CHECK_FALSE(study.scenario().projects.at("b09_chn_mto").selected);
    CHECK(study.scenario().policies.at("coal_output_cap").at_most->at(2030).in("kt") ==
          Approx(14000.0));
}

TEST_CASE("Every control is of a record of the scenario, and says what it is", "[live][control]") {
    CHECK(origin()->controls().size() > 500);
    for (const auto& one : origin()->controls()) {
        INFO(one.id);
        CHECK_FALSE(one.label.zh.empty());
        CHECK_FALSE(one.label.en.empty());
        CHECK((one.field == "built" || one.field == "value" || !one.help.empty()));
        if (one.type == ControlType::number || one.type == ControlType::year) {
            REQUIRE(one.low.has_value());
            REQUIRE(one.high.has_value());
            CHECK(*one.low < *one.high);
        }
    }
}
