#include "support/catch.hpp"
#include "works.hpp"
#include <chainsim/number/tape.hpp>
#include <chainsim/optimise/certificate.hpp>
#include <chainsim/portfolio/sampled_planner.hpp>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

using namespace chainsim;
using namespace chainsim::test;
using Catch::Matchers::WithinRel;

namespace {

/// A bound that each draw has of its own district.
struct Cap {
    std::string indicator;
    int year = 0;
    double value = 0.0;
};

/// Works under draws of some figures.
struct DrawnWorks {
    explicit DrawnWorks(model::Candidates all, const std::vector<Cap>& caps = {},
                        std::string of_goal = "npv")
        : goal(std::move(of_goal)), works(std::move(all), goal) {
        for (const auto& cap : caps) {
            bounds.push_back(works.at_most(cap.indicator, cap.year, cap.value));
        }
    }

    void draw(const number::Figures& figures) {
        const auto& candidates = works.candidates;
        portfolio::DrawnDistrict one;
        const number::Replacing replacing(figures);
        one.district = std::make_unique<portfolio::District>(
            candidates, portfolio::choices_of(candidates, candidates.scenario), 0.1, figures);
        one.valuers.push_back(std::make_unique<portfolio::Valuer>(
            *one.district, portfolio::parse_goal(goal, *one.district)));
        one.bounds = bounds;
        draws.push_back(std::move(one));
    }

    portfolio::SampledPlan best(double chance,
                                portfolio::Operation operation = portfolio::Operation::as_run) {
        before = works.best(bounds, operation);
        portfolio::PlanOptions options;
        options.operation = operation;
        options.seconds = 20.0;
        sampled = std::make_unique<portfolio::SampledPlanner>(*works.planner, std::move(draws),
                                                              chance, options);
        return sampled->best({before.portfolio});
    }

    std::string goal;
    Works works;
    std::vector<portfolio::Bound> bounds;
    std::vector<portfolio::DrawnDistrict> draws;
    portfolio::Plan before;
    std::unique_ptr<portfolio::SampledPlanner> sampled;
};

const void* price(const DrawnWorks& one, const std::string& id) {
    return &one.works.candidates.scenario.model.prices.at(id).path.points().front().second;
}

const void* capacity(const DrawnWorks& one, const std::string& id) {
    return &one.works.candidates.scenario.facilities.at(id).capacity;
}

/// What 50 t of iron at 100 CNY/t are worth over three years, less 75 t of ore at 10 CNY/t.
const double iron = (5000.0 - 750.0) * (1.0 + 1.0 / 1.1 + 1.0 / 1.21);
const double two_years_on = 1.0 / 1.1 + 1.0 / 1.21;

} // namespace

SCENARIO("What pays at the nominal figures alone is not built under doubt",
         "[portfolio][sampled]") {
    GIVEN("a forge for 5,000 CNY, and parts that are sold for 300 or for 100 CNY/t") {
        DrawnWorks one(works(5000.0, 1e6));
        for (const double value : {300.0, 100.0}) {
            one.draw({{price(one, "parts"), value}});
        }
        const auto plan = one.best(0.5);
        THEN("at 300 CNY/t it is built; over both draws it would lose, and is not") {
            CHECK(one.before.portfolio[0].year == 2026);
            CHECK_FALSE(plan.portfolio[0].is_made());
            CHECK_THAT(plan.fare.mean, WithinRel(iron, 1e-9));
            // 20 t of parts at 200 CNY/t in the mean, of 25 t of iron.
            CHECK_THAT(plan.before.mean,
                       WithinRel(iron + 20.0 * (200.0 - 125.0) * two_years_on - 5000.0, 1e-9));
        }
        THEN("no portfolio is better over the draws, and the program proves it") {
            CHECK(plan.is_allowed);
            CHECK(plan.status == optimise::Status::optimal);
            CHECK_THAT(plan.bound, WithinRel(iron, 1e-3));
        }
        THEN("knowing the price before would be worth half of what the forge brings at 300") {
            const double known = 20.0 * (300.0 - 125.0) * two_years_on - 5000.0;
            CHECK(plan.foresight >= iron + 0.5 * known - 1e-6);
            CHECK(plan.foresight <= iron + 5000.0);
        }
    }
}

SCENARIO("Bounds are kept with the chance that is asked for", "[portfolio][sampled]") {
    // Over 25 t of parts a year may not be made; the forge makes 20 t, or 30 t in one of four
    // draws.
    for (const auto operation : {portfolio::Operation::as_run, portfolio::Operation::open}) {
        DrawnWorks one(works(100.0, 1e6), {{"made_parts", 2027, 25.0}});
        for (const double value : {20.0, 30.0, 20.0, 20.0}) {
            one.draw({{capacity(one, "forge_1"), value}});
        }
        WHEN((operation == portfolio::Operation::open ? "plants may run below capacity, with 0.75"
                                                      : "three of four draws have to keep it")) {
            const auto plan = one.best(0.75, operation);
            THEN("the forge is built") {
                CHECK(plan.is_allowed);
                CHECK(plan.portfolio[0].year == 2026);
                CHECK(plan.fare.kept >= 0.75);
                CHECK(plan.bound >= plan.fare.mean * (1.0 - 1e-6));
                CHECK(plan.foresight >= plan.fare.mean * (1.0 - 1e-6));
            }
        }
        WHEN((operation == portfolio::Operation::open ? "plants may run below capacity, with 1"
                                                      : "all draws have to keep it")) {
            const auto plan = one.best(1.0, operation);
            THEN("it is not built where it runs as it does, and runs less where it may") {
                CHECK(plan.is_allowed);
                CHECK(plan.fare.kept == 1.0);
                CHECK(plan.portfolio[0].is_made() == (operation == portfolio::Operation::open));
            }
        }
    }
}

SCENARIO("The program of all draws has the runs of a portfolio as a point",
         "[portfolio][sampled]") {
    DrawnWorks one(works(100.0, 200.0));
    for (const double value : {300.0, 250.0, 80.0}) {
        one.draw({{price(one, "parts"), value}});
    }
    const auto plan = one.best(1.0);
    // The best mean, by trying all 3 x 3 decisions.
    double best = -1e300;
    for (const int first : {0, 2026, 2027}) {
        for (const int second : {0, 2026, 2027}) {
            portfolio::Portfolio tried(2);
            tried[0].year = first;
            tried[1].year = second;
            best = std::max(best, one.sampled->fare(tried).mean);
        }
    }
    CHECK_THAT(plan.fare.mean, WithinRel(best, 1e-9));
    CHECK(plan.bound >= best * (1.0 - 1e-6));
}

SCENARIO("A draw that no portfolio can keep is given up where the chance allows it",
         "[portfolio][sampled]") {
    // The mill alone makes 60 t of iron in the last draw.
    DrawnWorks one(works(100.0, 1e6), {{"made_iron", 2027, 55.0}});
    for (const double value : {50.0, 50.0, 50.0, 60.0}) {
        one.draw({{capacity(one, "mill"), value}});
    }
    WHEN("one of four may be") {
        const auto plan = one.best(0.75);
        CHECK(plan.is_allowed);
        CHECK(plan.fare.kept == 0.75);
        CHECK(plan.fare.keeps.back() == 0);
        CHECK(std::isfinite(plan.foresight));
        CHECK(plan.foresight >= plan.fare.mean * (1.0 - 1e-6));
        CHECK(plan.bound >= plan.fare.mean * (1.0 - 1e-6));
    }
    WHEN("none may be") {
        const auto plan = one.best(1.0);
        CHECK_FALSE(plan.is_allowed);
        CHECK(plan.status == optimise::Status::infeasible);
    }
}

SCENARIO("The budget is that of the nominal figures in every draw", "[portfolio][sampled]") {
    auto all = works(1000.0, 1e6);
    model::DecisionRules rules;
    rules.id = "rules";
    model::Datum money;
    money.value = units::Quantity(1000.0, units::Unit::parse("CNY"));
    rules.budget = model::Path(money);
    all.scenario.decision_rules = model::Registry<model::DecisionRules>({rules});
    DrawnWorks one(std::move(all));
    const auto& project = one.works.candidates.scenario.projects.at("first");
    for (const double value : {1100.0, 900.0}) {
        one.draw({{&*project.capex, value}});
    }
    const auto plan = one.best(1.0);
    CHECK(plan.portfolio[0].year == 2026); // it costs what there is, as planned
    CHECK_THAT(plan.fare.mean, WithinRel(iron + 20.0 * (300.0 - 125.0) * two_years_on - 1000.0,
                                         1e-9)); // 1,100 or 900 CNY, paid in 2025
    CHECK(plan.foresight >= plan.fare.mean * (1.0 - 1e-6));
    CHECK(plan.bound >= plan.fare.mean * (1.0 - 1e-6));
}

SCENARIO("A burden is made small over the draws as well", "[portfolio][sampled]") {
    DrawnWorks one(works(100.0, 100.0), {}, "min made_iron");
    one.draw({{capacity(one, "mill"), 40.0}});
    one.draw({{capacity(one, "mill"), 60.0}});
    const auto plan = one.best(1.0);
    CHECK_THAT(plan.fare.mean, WithinRel(50.0, 1e-9));
    CHECK(plan.bound <= plan.fare.mean * (1.0 + 1e-6));
    CHECK(plan.foresight <= plan.fare.mean * (1.0 + 1e-6));
}
