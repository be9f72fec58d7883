#include "solved.hpp"
#include "support/backends.hpp"
#include "support/catch.hpp"

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

// Steel: charges of furnaces and products of a mill.

using namespace chainsim::optimise; // NOLINT(google-build-using-namespace)
using chainsim::test::solved;
using chainsim::test::solvers;

namespace {

/// 25 t of steel with 5 % of carbon and of molybdenum, of four whole ingots, alloys and scrap.
Program swedish_charge() {
    struct Material {
        const char* name;
        double weight; // of an ingot, or 1 t
        double carbon;
        double molybdenum; // per cent
        double cost;       // dollars per ton
    };
    constexpr std::array<Material, 8> materials{{{"ingot_1", 5.0, 5.0, 3.0, 350.0},
                                                 {"ingot_2", 3.0, 4.0, 3.0, 330.0},
                                                 {"ingot_3", 4.0, 5.0, 4.0, 310.0},
                                                 {"ingot_4", 6.0, 3.0, 4.0, 280.0},
                                                 {"alloy_1", 1.0, 8.0, 6.0, 500.0},
                                                 {"alloy_2", 1.0, 7.0, 7.0, 450.0},
                                                 {"alloy_3", 1.0, 6.0, 8.0, 400.0},
                                                 {"scrap", 1.0, 3.0, 9.0, 100.0}}};
    ProgramBuilder builder;
    const int weight = builder.add_row("weight", 25.0, 25.0);
    const int carbon = builder.add_row("carbon", 1.25, 1.25);
    const int molybdenum = builder.add_row("molybdenum", 1.25, 1.25);
    for (std::size_t k = 0; k < materials.size(); ++k) {
        const auto& material = materials[k];
        const bool is_ingot = k < 4;
        const int column = builder.add_column(material.name, 0.0, is_ingot ? 1.0 : infinity,
                                              material.cost * material.weight, is_ingot);
        builder.add(weight, column, material.weight);
        builder.add(carbon, column, 0.01 * material.carbon * material.weight);
        builder.add(molybdenum, column, 0.01 * material.molybdenum * material.weight);
    }
    return builder.build("swedish charge", false);
}

/// The least costly charge of an electric-arc furnace for stainless steel, through melting, slag,
/// refining and finishing: IBM's worked example, 17 rows of 18 columns.
class FurnaceCharge {
public:
    Program build() {
        for (const auto& [name, bounds] : std::vector<std::pair<const char*, Bounds>>{
                 {"chromium", {0, 0}},
                 {"manganese", {0, 0}},
                 {"silicon", {0, 0}},
                 {"carbon", {0, 0}},
                 {"iron", {0, 0}},
                 {"charged", {0, 0}},
                 {"chromium_slag", {0, 0}},
                 {"chromium_end", {3400, 3400}},
                 {"manganese_end", {200, 200}},
                 {"iron_slag", {0, 0}},
                 {"iron_end", {16200, infinity}},
                 {"carbon_end", {-infinity, 100000}},
                 {"basicity", {0, 0}},
                 {"silicon_end", {-infinity, 200}},
                 {"metal", {20000, infinity}},
                 {"scrap_430_stock", {-infinity, 2000}},
                 {"ferrochrome_stock", {-infinity, 2000}}}) {
            row_[name] = builder_.add_row(name, bounds.first, bounds.second);
        }
        charge();
        melt();
        refine();
        return builder_.build("furnace", false);
    }

private:
    using Bounds = std::pair<double, double>;
    using Terms = std::vector<std::pair<const char*, double>>;

    void column(const char* name, double cost, const Terms& terms, double upper = infinity) {
        const int number = builder_.add_column(name, 0.0, upper, cost);
        for (const auto& [row, value] : terms) {
            builder_.add(row_.at(row), number, value);
        }
    }

    void charge() {
        column("steel_scrap", 0.02,
               {{"manganese", 0.01}, {"silicon", 0.002}, {"carbon", 0.006}, {"iron", 0.982}});
        column("scrap_430", 0.075,
               {{"chromium", 0.16},
                {"manganese", 0.01},
                {"silicon", 0.0095},
                {"carbon", 0.0012},
                {"iron", 0.8143},
                {"scrap_430_stock", 1.0}});
        column("high_carbon_ferrochrome", 0.27,
               {{"chromium", 0.556}, {"silicon", 0.02}, {"carbon", 0.08}, {"iron", 0.334}}, 2000.0);
        column("low_carbon_ferrochrome", 0.40,
               {{"chromium", 0.65},
                {"silicon", 0.01},
                {"carbon", 0.0009},
                {"iron", 0.3391},
                {"ferrochrome_stock", 1.0}});
    }

    void melt() {
        column("chromium_in", 0.0, {{"chromium", -1.0}, {"charged", 1.0}, {"chromium_slag", 1.0}});
        column("manganese_in", 0.0,
               {{"manganese", -1.0},
                {"charged", 1.0},
                {"chromium_slag", 1.0},
                {"manganese_end", 0.98}});
        column("silicon_in", 0.0,
               {{"silicon", -1.0},
                {"charged", 1.0},
                {"carbon_end", -5.0},
                {"basicity", 2.14},
                {"metal", -1.0}});
        column("carbon_in", 0.0, {{"carbon", -1.0}, {"charged", 1.0}, {"metal", -1.0}});
        column("iron_in", 0.0, {{"iron", -1.0}, {"charged", 1.0}, {"iron_end", 1.0}});
        column("weight_in", 0.0,
               {{"charged", -1.0},
                {"chromium_slag", -0.074},
                {"chromium_end", 0.074},
                {"iron_slag", 0.075},
                {"carbon_end", 5.0},
                {"metal", 1.0}});
        column("chromium_of_slag", 0.0,
               {{"chromium_slag", -1.0},
                {"chromium_end", 0.95},
                {"iron_slag", -1.0},
                {"carbon_end", -0.25},
                {"silicon_end", -0.395},
                {"metal", -0.05}});
    }

    void refine() {
        column("chrome_silicide", 0.27,
               {{"chromium_end", 0.39},
                {"iron_end", 0.18},
                {"basicity", 2.7606},
                {"silicon_end", 0.43},
                {"metal", 0.57}});
        column("scrap_430_refining", 0.075,
               {{"chromium_end", 0.17},
                {"manganese_end", 0.01},
                {"iron_end", 0.8143},
                {"carbon_end", 12.0},
                {"silicon_end", 0.0095},
                {"metal", 1.0},
                {"scrap_430_stock", 1.0}});
        const Terms ferrochrome{{"chromium_end", 0.65}, {"iron_end", 0.3391},
                                {"carbon_end", 9.0},    {"silicon_end", 0.01},
                                {"metal", 1.0},         {"ferrochrome_stock", 1.0}};
        column("ferrochrome_refining", 0.40, ferrochrome);
        column("iron_of_slag", 0.0,
               {{"iron_slag", -1.0},
                {"iron_end", -0.05},
                {"carbon_end", -0.25},
                {"silicon_end", -0.238},
                {"metal", -0.05}});
        column("lime", 0.01, {{"basicity", -2.0}});
        column("ferrochrome_finishing", 0.40, ferrochrome);
        column("slack", 0.0, {{"chromium_end", 1.0}, {"manganese_end", 1.0}});
    }

    ProgramBuilder builder_;
    std::map<std::string, int> row_;
};

/// Bands and coils of a rolling mill over four weeks, with stocks.
Program rolling_mill() {
    constexpr std::array<double, 4> hours{40, 40, 32, 40};
    constexpr std::array<double, 2> rate{200, 140};
    constexpr std::array<double, 2> first{10, 0};
    constexpr std::array<double, 2> making{10, 11};
    constexpr std::array<double, 2> storing{2.5, 3};
    constexpr std::array<std::array<double, 4>, 2> revenue{{{25, 26, 27, 27}, {30, 35, 37, 39}}};
    constexpr std::array<std::array<double, 4>, 2> market{
        {{6000, 6000, 4000, 6500}, {4000, 2500, 3500, 4200}}};
    ProgramBuilder builder;
    std::array<int, 2> before{};
    for (std::size_t week = 0; week < 4; ++week) {
        const auto in = std::to_string(week + 1);
        const int time = builder.add_row("time" + in, -infinity, hours[week]);
        for (std::size_t product = 0; product < 2; ++product) {
            const auto of = (product == 0 ? ".bands" : ".coils") + in;
            const int made = builder.add_column("make" + of, 0.0, infinity, -making[product]);
            const int kept = builder.add_column("keep" + of, 0.0, infinity, -storing[product]);
            const int sold =
                builder.add_column("sell" + of, 0.0, market[product][week], revenue[product][week]);
            builder.add(time, made, 1.0 / rate[product]);
            const double there = week == 0 ? -first[product] : 0.0;
            const int balance = builder.add_row("balance" + of, there, there);
            builder.add(balance, made, 1.0);
            builder.add(balance, sold, -1.0);
            builder.add(balance, kept, -1.0);
            if (week > 0) {
                builder.add(balance, before[product], 1.0);
            }
            before[product] = kept;
        }
    }
    return builder.build("rolling mill", true);
}

} // namespace

SCENARIO("A Swedish steel mill's charge costs what is published", "[validation][optimise]") {
    const auto solver = GENERATE(from_range(solvers()));
    // C.-H. Westerberg, B. Bjorklund & E. Hultman (1977), An application of mixed integer
    // programming in a Swedish steel mill, Interfaces 7(2), 39-43; the example and its optimum of
    // 8495 dollars in MathWorks, Optimization Toolbox, Mixed-Integer Linear Programming Basics.
    const auto answer = solved(swedish_charge(), solver);
    CHECK_THAT(answer.objective, Catch::WithinAbs(8495.0, 1e-6));
    // Ingots 1, 2 and 4; 7.25 t of alloy 1, 0.25 t of alloy 3 and 3.5 t of scrap.
    const std::vector<double> published{1.0, 1.0, 0.0, 1.0, 7.25, 0.0, 0.25, 3.5};
    for (std::size_t k = 0; k < published.size(); ++k) {
        CHECK_THAT(answer.point[k], Catch::WithinAbs(published[k], 1e-6));
    }
}

SCENARIO("An electric-arc furnace's charge costs what is published", "[validation][optimise]") {
    const auto solver = GENERATE(from_range(solvers()));
    // IBM Corp., Linear Programming - Electric-Arc Furnace Steelmaking, Data Processing
    // Application, New York; with the optimum 2141.923551 in furnace.mps of GLPK (A. Makhorin).
    CHECK_THAT(solved(FurnaceCharge().build(), solver).objective,
               Catch::WithinAbs(2141.923551, 1e-6));
}

SCENARIO("A rolling mill earns what is published", "[validation][optimise]") {
    const auto solver = GENERATE(from_range(solvers()));
    // R. Fourer, D. M. Gay & B. W. Kernighan (2003), AMPL, 2nd edition, section 4.2, steelT:
    // 515033.
    CHECK_THAT(solved(rolling_mill(), solver).objective, Catch::WithinAbs(515033.0, 0.5));
}
