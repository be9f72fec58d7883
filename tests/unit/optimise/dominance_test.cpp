#include "support/catch.hpp"
#include <chainsim/optimise/backend.hpp>
#include <chainsim/optimise/detail/dominance.hpp>

#include <vector>

using namespace chainsim::optimise;
using Catch::Matchers::WithinRel;

namespace {

/// A demand of 10 t a year that is bought at 5 CNY/t, or made by a plant in one of four sizes.
struct Sizes {
    Sizes() {
        once = builder.add_row("once", -infinity, 1.0);
        capacity = builder.add_row("capacity", -infinity, 0.0); // made <= size
        budget = builder.add_row("budget", -infinity, 100.0);
        const int demand = builder.add_row("demand", 10.0, infinity);
        const int made = builder.add_column("made", 0.0, infinity);
        const int bought = builder.add_column("bought", 0.0, infinity, 5.0);
        builder.add(demand, made, 1.0);
        builder.add(demand, bought, 1.0);
        builder.add(capacity, made, 1.0);
    }

    int size(double tonnes, double cost) {
        const int column = builder.add_column("size", 0.0, 1.0, cost, true);
        builder.add(once, column, 1.0);
        builder.add(capacity, column, -tonnes);
        builder.add(budget, column, cost);
        choice.push_back(column);
        return column;
    }

    ProgramBuilder builder;
    std::vector<int> choice;
    int once = 0;
    int capacity = 0;
    int budget = 0;
};

} // namespace

SCENARIO("A project that another one replaces at no cost is left out", "[optimise][dominance]") {
    Sizes plant;
    const int small = plant.size(4.0, 12.0);
    const int dear = plant.size(4.0, 15.0);  // as large for more
    const int large = plant.size(8.0, 20.0); // neither is better than the other
    const int again = plant.size(8.0, 20.0);
    const auto program = plant.builder.build("sizes", false);
    CHECK(detail::find_dominated(program, {plant.choice}) == std::vector<int>{dear, again});
    THEN("the optimum is what it was") {
        const auto answer = make_cbc()->solve(program, {});
        REQUIRE(answer.status == Status::optimal);
        CHECK_THAT(answer.objective, WithinRel(20.0 + 2.0 * 5.0, 1e-9)); // large: 30; small: 42
        CHECK(answer.point[static_cast<std::size_t>(large)] +
                  answer.point[static_cast<std::size_t>(again)] >
              0.5);
        CHECK(answer.point[static_cast<std::size_t>(small)] < 0.5);
    }
}

SCENARIO("A project that costs and brings nothing is left out", "[optimise][dominance]") {
    Sizes plant;
    const int useful = plant.size(4.0, 12.0);
    const int road = plant.size(0.0, 3.0);
    auto program = plant.builder.build("sizes", false);
    CHECK(detail::find_dominated(program, {plant.choice}) == std::vector<int>{road});
    WHEN("the sum is maximised, and it brings something by itself") {
        program.is_maximised = true;
        CHECK(detail::find_dominated(program, {plant.choice}).empty());
    }
    WHEN("one of the two has to be built") {
        program.row_lower[static_cast<std::size_t>(plant.once)] = 1.0;
        // The road may be the cheapest way to have one.
        CHECK(detail::find_dominated(program, {plant.choice}).empty());
        CHECK(useful != road);
    }
}
