#include "support/catch.hpp"
#include "works.hpp"
#include <chainsim/portfolio/explain.hpp>
#include <chainsim/portfolio/front.hpp>

#include <algorithm>
#include <cmath>

using Catch::Matchers::WithinRel;
using namespace chainsim;
using test::works;
using test::Works;

namespace {

constexpr double iron_alone = 50.0 * (100.0 - 1.5 * 10.0); // CNY a year
constexpr double first_a_year = 20.0 * (300.0 - 125.0);
constexpr double second_a_year = 30.0 * (300.0 - 125.0);
constexpr double two_years = 1.0 / 1.1 + 1.0 / 1.21;

} // namespace

SCENARIO("A project is built where its years are worth more than its investment", "[portfolio]") {
    GIVEN("a forge for 5,000 CNY that could run in two years, and one for 10,000") {
        Works one(works(5000.0, 10000.0));

        WHEN("the plan with the highest net present value at 10 % is asked for") {
            const auto plan = one.best();

            THEN("the first is built at once: 3,500 (1/1.1 + 1/1.21) = 6,074 pays 5,000") {
                REQUIRE(plan.outcome.is_allowed());
                CHECK(plan.portfolio[0].year == 2026);
            }
            THEN("the second is not: 5,250 (1/1.1 + 1/1.21) = 9,111 does not pay 10,000") {
                CHECK_FALSE(plan.portfolio[1].is_made());
            }
            THEN("the value is that of the iron of three years and of the forge") {
                CHECK_THAT(
                    plan.outcome.values.front(),
                    WithinRel(iron_alone * (1.0 + two_years) + first_a_year * two_years - 5000.0,
                              1e-12));
            }
            THEN("the program finds the same, and that nothing is better") {
                CHECK(plan.status == optimise::Status::optimal);
                CHECK_THAT(plan.value, WithinRel(plan.outcome.values.front(), 1e-6));
                CHECK(plan.bound >= plan.outcome.values.front() * (1.0 - 1e-9));
            }
            THEN("the other is told what it lacks: 889 CNY, or 17 CNY per tonne of parts") {
                const auto rejected = portfolio::rejections_of(*one.planner, plan);
                REQUIRE(rejected.size() == 1);
                // Of the years that it may start in it does best in that of the least loss.
                const double loss = 10000.0 - second_a_year * two_years;
                const double late = 10000.0 / 1.1 - second_a_year / 1.21;
                CHECK(loss < late);
                CHECK(rejected.front().best.year == 2026);
                // Together they are short of 12.5 t of iron: 10 t of parts fewer each year.
                CHECK(rejected.front().change < -loss);
            }
        }
    }
}

SCENARIO("A cap is kept by not building, or by running below capacity", "[portfolio]") {
    GIVEN("a forge that pays, and at most 10 t of parts in 2027") {
        Works one(works(1000.0, 1e6));
        const auto cap = one.at_most("made_parts", 2027, 10.0);

        WHEN("plants run as they do") {
            const auto plan = one.best({cap});
            THEN("the forge, which would make 20 t, is not built") {
                REQUIRE(plan.outcome.is_allowed());
                CHECK_FALSE(plan.portfolio[0].is_made());
            }
        }
        WHEN("plants may run as suits the goal") {
            const auto plan = one.best({cap}, portfolio::Operation::open);
            THEN("it is built, and worth a full and half a year, discounted, less 1,000") {
                CHECK(plan.chosen[0].year == 2026);
                CHECK_THAT(plan.value,
                           WithinRel(iron_alone * (1.0 + two_years) +
                                         first_a_year * (1.0 / 1.1 + 0.5 / 1.21) - 1000.0,
                                     1e-6));
            }
            THEN("a tonne of the cap is worth 175 CNY in its year") {
                const auto prices = portfolio::prices_of(*one.planner, plan, 0.0);
                REQUIRE(prices.bounds.size() == 1);
                CHECK_THAT(prices.bounds.front().at_choice, WithinRel(175.0, 1e-6));
            }
        }
    }
    GIVEN("a cap that even the mill alone exceeds") {
        Works one(works(1000.0, 1000.0));
        const auto plan = one.best({one.at_most("made_iron", 2026, 40.0)});
        THEN("no plan keeps it as plants run, and its least relaxation is told") {
            CHECK_FALSE(plan.outcome.is_allowed());
            const auto conflict = portfolio::conflict_of(*one.planner, plan);
            REQUIRE(conflict.has_value());
            CHECK(conflict->bounds == std::vector<std::size_t>{0});
            REQUIRE(conflict->relaxation.size() == 1);
            CHECK_THAT(conflict->relaxation.front().second, WithinRel(10.0, 1e-6));
        }
    }
}

SCENARIO("Relations between projects are kept", "[portfolio]") {
    GIVEN("two forges that both pay") {
        auto all = works(100.0, 100.0);

        WHEN("one excludes the other") {
            all.scenario.projects[*all.scenario.projects.find("first")].excludes = {"second"};
            Works one(std::move(all));
            THEN("the more valuable one is built") {
                const auto plan = one.best();
                CHECK_FALSE(plan.portfolio[0].is_made());
                CHECK(plan.portfolio[1].year == 2026);
            }
        }
        WHEN("the second needs the first, which can start only in 2027") {
            all.scenario.projects[*all.scenario.projects.find("first")].earliest = 2027;
            all.scenario.projects[*all.scenario.projects.find("second")].requirements = {"first"};
            Works one(std::move(all));
            THEN("neither starts before") {
                const auto plan = one.best();
                CHECK(plan.portfolio[0].year == 2027);
                CHECK(plan.portfolio[1].year == 2027);
            }
        }
        WHEN("at most one may be built") {
            model::DecisionGroup group;
            group.id = "one_of_them";
            group.projects = {"first", "second"};
            group.at_most = 1;
            all.scenario.decision_groups = model::Registry(std::vector{group});
            Works one(std::move(all));
            const auto plan = one.best();
            CHECK_FALSE(plan.portfolio[0].is_made());
            CHECK(plan.portfolio[1].is_made());
        }
        WHEN("the budget pays one of them in a year") {
            model::DecisionRules rules;
            rules.id = "rules";
            model::Datum money;
            money.value = units::Quantity(100.0, units::Unit::parse("CNY/a"));
            rules.budget = model::Path(money);
            all.scenario.decision_rules = model::Registry(std::vector{rules});
            Works one(std::move(all));
            const auto plan = one.best();
            THEN("the more valuable one comes first, the other a year later") {
                CHECK(plan.portfolio[1].year == 2026);
                CHECK(plan.portfolio[0].year == 2027);
            }
        }
        WHEN("a new plant must run at 90 % of its capacity at least") {
            model::DecisionRules rules;
            rules.id = "rules";
            rules.minimum_load = 0.9;
            all.scenario.decision_rules = model::Registry(std::vector{rules});
            Works one(std::move(all));
            THEN("only the larger is built: together they would run at 80 %") {
                const auto plan = one.best({}, portfolio::Operation::open);
                CHECK_FALSE(plan.chosen[0].is_made());
                CHECK(plan.chosen[1].is_made());
            }
            THEN("the plan as it runs keeps that too, and the other is told why") {
                const auto plan = one.best();
                CHECK_FALSE(plan.portfolio[0].is_made());
                CHECK(plan.portfolio[1].is_made());
                const auto rejected = portfolio::rejections_of(*one.planner, plan);
                REQUIRE(rejected.size() == 1);
                CHECK(rejected.front().breaks > 0.0);
                CHECK(rejected.front().breaches.empty());
            }
        }
    }
}

SCENARIO("A project may be built in another size, and a plant may be closed", "[portfolio]") {
    GIVEN("a forge that does not pay at its size, and would at half of it for 40 % of the money") {
        auto all = works(7000.0, 1e6);
        model::DecisionRules rules;
        rules.id = "rules";
        rules.sizes["first"] = {{0.5, 0.4}};
        all.scenario.decision_rules = model::Registry(std::vector{rules});
        Works one(std::move(all));
        const auto plan = one.best();
        THEN("it is built at half: 1,750 (1/1.1 + 1/1.21) = 3,037 pays 2,800") {
            CHECK(plan.portfolio[0].year == 2026);
            CHECK(plan.portfolio[0].size == 1);
        }
    }
    GIVEN("a mill that may be closed, at a price of ore above that of iron") {
        auto all = works(1e6, 1e6);
        model::DecisionRules rules;
        rules.id = "rules";
        rules.closures = {"mill"};
        all.scenario.decision_rules = model::Registry(std::vector{rules});
        auto& price = all.scenario.model.prices[*all.scenario.model.prices.find("ore")];
        model::Datum dear;
        dear.value = units::Quantity(100.0, units::Unit::parse("CNY/t"));
        price.path = model::Path(dear);
        Works one(std::move(all));
        const auto plan = one.best();
        THEN("it is closed as soon as it can be") {
            REQUIRE(one.district.choices().size() == 3);
            CHECK(one.district.choices()[2].is_closure);
            CHECK(plan.portfolio[2].year == 2026);
        }
    }
}

SCENARIO("A front has points of which none is better by both goals", "[portfolio]") {
    GIVEN("value against parts made, of two forges") {
        Works one(works(1000.0, 2000.0));
        const portfolio::Valuer parts(one.district,
                                      portfolio::parse_goal("min made_parts", one.district));
        portfolio::PlanOptions options;
        options.seconds = 20.0;
        portfolio::Planner planner(one.district, {&one.valuer, &parts}, {}, options);
        const auto front = portfolio::front_of(planner, 12, {}).points;
        THEN("there are several, the more parts the more value") {
            REQUIRE(front.size() >= 3);
            for (std::size_t i = 1; i < front.size(); ++i) {
                CHECK(front[i].values[1] > front[i - 1].values[1]);
                CHECK(front[i].values[0] > front[i - 1].values[0]);
            }
        }
    }
}
