#include "solved.hpp"
#include "support/backends.hpp"
#include "support/catch.hpp"

#include <array>
#include <cmath>
#include <string>
#include <vector>

// H. P. Williams (2013), Model Building in Mathematical Programming, 5th edition, Wiley: problems
// of part 2 with the optimal values that part 4 gives. The data were compared with the models of
// Gurobi's modeling-examples and SAS/OR's Mathematical Programming Examples, which print them too.

using namespace chainsim::optimise; // NOLINT(google-build-using-namespace)
using chainsim::test::solved;
using chainsim::test::solvers;

namespace {

using Column = int;

/// A row of terms.
void add_terms(ProgramBuilder& builder, int row,
               const std::vector<std::pair<double, Column>>& terms) {
    for (const auto& [factor, column] : terms) {
        builder.add(row, column, factor);
    }
}

/// Problem 12.2, Food manufacture 2: a blend of five oils over six months, at most three oils a
/// month, 20 tons of an oil if any, and OIL 3 wherever a vegetable oil is used.
class FoodManufacture {
public:
    Program build() {
        for (std::size_t month = 0; month < 6; ++month) {
            add_month(month);
        }
        return builder_.build("food manufacture 2", true);
    }

private:
    static constexpr std::array<std::array<double, 5>, 6> price{{{110, 120, 130, 110, 115},
                                                                 {130, 130, 110, 90, 115},
                                                                 {110, 140, 130, 100, 95},
                                                                 {120, 110, 120, 120, 125},
                                                                 {100, 120, 150, 110, 105},
                                                                 {90, 100, 140, 80, 135}}};
    static constexpr std::array<double, 5> hardness{8.8, 6.1, 2.0, 4.2, 5.0};
    static constexpr std::array<double, 5> line{200, 200, 250, 250, 250};

    void add_month(std::size_t month) {
        const auto name = [month](const char* what) { return what + std::to_string(month + 1); };
        const int made = builder_.add_column(name("make"), 0.0, infinity, 150.0);
        const int mass = builder_.add_row(name("mass"), 0.0, 0.0);
        const int soft = builder_.add_row(name("soft"), 0.0, infinity);
        const int hard = builder_.add_row(name("hard"), -infinity, 0.0);
        const int vegetable = builder_.add_row(name("vegetable"), -infinity, 200.0);
        const int other = builder_.add_row(name("other"), -infinity, 250.0);
        const int recipe = builder_.add_row(name("recipe"), -infinity, 3.0);
        add_terms(builder_, mass, {{-1.0, made}});
        add_terms(builder_, soft, {{-3.0, made}});
        add_terms(builder_, hard, {{-6.0, made}});
        std::array<Column, 5> taken{};
        for (std::size_t oil = 0; oil < 5; ++oil) {
            const auto of = name("month") + ".oil" + std::to_string(oil + 1);
            const bool is_last = month == 5;
            const int bought = builder_.add_column("buy." + of, 0.0, infinity, -price[month][oil]);
            const int used = builder_.add_column("use." + of, 0.0, infinity);
            // 500 tons of each are there, and must be at the end.
            const int stored = builder_.add_column("store." + of, is_last ? 500.0 : 0.0,
                                                   is_last ? 500.0 : 1000.0, -5.0);
            taken[oil] = builder_.add_column("take." + of, 0.0, 1.0, 0.0, true);
            const double at_first = month == 0 ? -500.0 : 0.0;
            const int balance = builder_.add_row("balance." + of, at_first, at_first);
            add_terms(builder_, balance, {{1.0, bought}, {-1.0, used}, {-1.0, stored}});
            if (month > 0) {
                builder_.add(balance, stored_[oil], 1.0);
            }
            stored_[oil] = stored;
            add_terms(builder_, mass, {{1.0, used}});
            add_terms(builder_, soft, {{hardness[oil], used}});
            add_terms(builder_, hard, {{hardness[oil], used}});
            add_terms(builder_, oil < 2 ? vegetable : other, {{1.0, used}});
            add_terms(builder_, recipe, {{1.0, taken[oil]}});
            const int most = builder_.add_row("most." + of, -infinity, 0.0);
            const int least = builder_.add_row("least." + of, 0.0, infinity);
            add_terms(builder_, most, {{1.0, used}, {-line[oil], taken[oil]}});
            add_terms(builder_, least, {{1.0, used}, {-20.0, taken[oil]}});
        }
        for (const std::size_t oil : {std::size_t{0}, std::size_t{1}}) {
            const int with = builder_.add_row(name("with") + std::to_string(oil), -infinity, 0.0);
            add_terms(builder_, with, {{1.0, taken[oil]}, {-1.0, taken[4]}});
        }
    }

    ProgramBuilder builder_;
    std::array<Column, 5> stored_{};
};

/// Problem 12.4, Factory planning 2: seven products on five kinds of machines over six months, with
/// the months in which the machines are overhauled to be chosen.
class FactoryPlanning {
public:
    Program build() {
        for (std::size_t kind = 0; kind < 5; ++kind) {
            overhaul_.push_back(
                builder_.add_row("overhaul" + std::to_string(kind), down[kind], down[kind]));
        }
        for (std::size_t month = 0; month < 6; ++month) {
            add_month(month);
        }
        return builder_.build("factory planning 2", true);
    }

private:
    static constexpr std::array<double, 7> profit{10, 6, 8, 4, 11, 9, 3};
    static constexpr std::array<std::array<double, 7>, 5> hours{
        {{0.5, 0.7, 0, 0, 0.3, 0.2, 0.5},
         {0.1, 0.2, 0, 0.3, 0, 0.6, 0},
         {0.2, 0, 0.8, 0, 0, 0, 0.6},
         {0.05, 0.03, 0, 0.07, 0.1, 0, 0.08},
         {0, 0, 0.01, 0, 0.05, 0, 0.05}}};
    static constexpr std::array<double, 5> machines{4, 2, 3, 1, 1};
    static constexpr std::array<double, 5> down{2, 2, 3, 1, 1};
    static constexpr std::array<std::array<double, 7>, 6> market{
        {{500, 1000, 300, 300, 800, 200, 100},
         {600, 500, 200, 0, 400, 300, 150},
         {300, 600, 0, 0, 500, 400, 100},
         {200, 300, 400, 500, 200, 0, 100},
         {0, 100, 500, 100, 1000, 300, 0},
         {500, 500, 100, 300, 1100, 500, 60}}};
    static constexpr double month_hours = 24 * 2 * 8; // days of two shifts of eight hours

    void add_month(std::size_t month) {
        std::array<int, 5> capacity{};
        for (std::size_t kind = 0; kind < 5; ++kind) {
            const auto of = std::to_string(month) + "." + std::to_string(kind);
            const int away = builder_.add_column("down" + of, 0.0, down[kind], 0.0, true);
            capacity[kind] =
                builder_.add_row("capacity" + of, -infinity, month_hours * machines[kind]);
            builder_.add(capacity[kind], away, month_hours);
            builder_.add(overhaul_[kind], away, 1.0);
        }
        for (std::size_t product = 0; product < 7; ++product) {
            const auto of = std::to_string(month) + "." + std::to_string(product);
            const double least = month == 5 ? 50.0 : 0.0;
            const double most = month == 5 ? 50.0 : 100.0;
            const int made = builder_.add_column("make" + of, 0.0, infinity);
            const int sold =
                builder_.add_column("sell" + of, 0.0, market[month][product], profit[product]);
            const int stored = builder_.add_column("store" + of, least, most, -0.5);
            const int balance = builder_.add_row("balance" + of, 0.0, 0.0);
            add_terms(builder_, balance, {{1.0, made}, {-1.0, sold}, {-1.0, stored}});
            if (month > 0) {
                builder_.add(balance, stored_[product], 1.0);
            }
            stored_[product] = stored;
            for (std::size_t kind = 0; kind < 5; ++kind) {
                builder_.add(capacity[kind], made, hours[kind][product]);
            }
        }
    }

    ProgramBuilder builder_;
    std::vector<int> overhaul_;
    std::array<Column, 7> stored_{};
};

/// Problem 12.7, Mining: which of four mines to work and to keep open over five years, at most
/// three a year, for an ore of the quality that each year asks. In millions.
Program mining() {
    constexpr std::array<double, 4> royalty{5, 4, 4, 5};
    constexpr std::array<double, 4> most{2.0, 2.5, 1.3, 3.0};
    constexpr std::array<double, 4> quality{1.0, 0.7, 1.5, 0.5};
    constexpr std::array<double, 5> wanted{0.9, 0.8, 1.2, 0.6, 1.0};
    ProgramBuilder builder;
    std::array<Column, 4> open_before{};
    for (std::size_t year = 0; year < 5; ++year) {
        const double discount = std::pow(1.1, -static_cast<double>(year));
        const auto in = std::to_string(year + 1);
        const int blend = builder.add_column("blend" + in, 0.0, infinity, 10.0 * discount);
        const int mass = builder.add_row("mass" + in, 0.0, 0.0);
        const int grade = builder.add_row("grade" + in, 0.0, 0.0);
        const int few = builder.add_row("few" + in, -infinity, 3.0);
        builder.add(mass, blend, -1.0);
        builder.add(grade, blend, -wanted[year]);
        for (std::size_t mine = 0; mine < 4; ++mine) {
            const auto of = in + "." + std::to_string(mine + 1);
            const int dug = builder.add_column("dig" + of, 0.0, infinity);
            const int works = builder.add_column("work" + of, 0.0, 1.0, 0.0, true);
            const int open =
                builder.add_column("open" + of, 0.0, 1.0, -royalty[mine] * discount, true);
            builder.add(mass, dug, 1.0);
            builder.add(grade, dug, quality[mine]);
            builder.add(few, works, 1.0);
            add_terms(builder, builder.add_row("most" + of, -infinity, 0.0),
                      {{1.0, dug}, {-most[mine], works}});
            add_terms(builder, builder.add_row("is_open" + of, -infinity, 0.0),
                      {{1.0, works}, {-1.0, open}});
            if (year > 0) {
                add_terms(builder, builder.add_row("stays_shut" + of, -infinity, 0.0),
                          {{1.0, open}, {-1.0, open_before[mine]}});
            }
            open_before[mine] = open;
        }
    }
    return builder.build("mining", true);
}

/// Problem 12.6, Refinery optimisation: two crudes are distilled, naphthas reformed, oils cracked,
/// and petrols, jet fuel, fuel oil and lube oil blended.
class Refinery {
public:
    Program build() {
        distil();
        reform_and_crack();
        blend();
        return builder_.build("refinery", true);
    }

private:
    int balance(const std::string& name) { return builder_.add_row(name, 0.0, 0.0); }
    /// A stream that a balance gives, or takes where the yield is negative.
    int stream(const std::string& name, int from) {
        const int column = builder_.add_column(name, 0.0, infinity);
        builder_.add(from, column, -1.0);
        return column;
    }

    void distil() {
        const int crude_1 = builder_.add_column("crude_1", 0.0, 20000.0);
        const int crude_2 = builder_.add_column("crude_2", 0.0, 30000.0);
        add_terms(builder_, builder_.add_row("distillation", -infinity, 45000.0),
                  {{1.0, crude_1}, {1.0, crude_2}});
        constexpr std::array<std::array<double, 2>, 6> yield{
            {{0.1, 0.15}, {0.2, 0.25}, {0.2, 0.18}, {0.12, 0.08}, {0.2, 0.19}, {0.13, 0.12}}};
        constexpr std::array<const char*, 6> names{"light_naphtha", "medium_naphtha",
                                                   "heavy_naphtha", "light_oil",
                                                   "heavy_oil",     "residuum"};
        for (std::size_t cut = 0; cut < 6; ++cut) {
            cut_[cut] = balance(names[cut]);
            add_terms(builder_, cut_[cut], {{yield[cut][0], crude_1}, {yield[cut][1], crude_2}});
        }
    }

    void reform_and_crack() {
        constexpr std::array<double, 3> reformed_yield{0.6, 0.52, 0.45};
        const int reforming = builder_.add_row("reforming", -infinity, 10000.0);
        reformed_ = balance("reformed_gasoline");
        for (std::size_t cut = 0; cut < 3; ++cut) {
            const int fed = stream("reform" + std::to_string(cut), cut_[cut]);
            builder_.add(reforming, fed, 1.0);
            builder_.add(reformed_, fed, reformed_yield[cut]);
        }
        const int cracking = builder_.add_row("cracking", -infinity, 8000.0);
        cracked_oil_ = balance("cracked_oil");
        cracked_gasoline_ = balance("cracked_gasoline");
        const int light = stream("light_oil_to_cracking", cut_[3]);
        const int heavy = stream("heavy_oil_to_cracking", cut_[4]);
        add_terms(builder_, cracking, {{1.0, light}, {1.0, heavy}});
        add_terms(builder_, cracked_oil_, {{0.68, light}, {0.75, heavy}});
        add_terms(builder_, cracked_gasoline_, {{0.28, light}, {0.2, heavy}});
    }

    int petrol(const std::string& name, double profit, double octane) {
        const int sold = builder_.add_column(name, 0.0, infinity, profit);
        const int mass = balance(name + "_mass");
        const int grade = builder_.add_row(name + "_octane", 0.0, infinity);
        add_terms(builder_, mass, {{-1.0, sold}});
        add_terms(builder_, grade, {{-octane, sold}});
        const std::array<std::pair<int, double>, 5> parts{{{cut_[0], 90.0},
                                                           {cut_[1], 80.0},
                                                           {cut_[2], 70.0},
                                                           {reformed_, 115.0},
                                                           {cracked_gasoline_, 105.0}}};
        for (const auto& [from, number] : parts) {
            const int part = stream(name + std::to_string(from), from);
            builder_.add(mass, part, 1.0);
            builder_.add(grade, part, number);
        }
        return sold;
    }

    void blend() {
        const int premium = petrol("premium", 7.0, 94.0);
        const int regular = petrol("regular", 6.0, 84.0);
        add_terms(builder_, builder_.add_row("premium_share", 0.0, infinity),
                  {{1.0, premium}, {-0.4, regular}});
        const int jet = builder_.add_column("jet_fuel", 0.0, infinity, 4.0);
        const int mass = balance("jet_mass");
        const int pressure = builder_.add_row("vapour_pressure", -infinity, 0.0);
        add_terms(builder_, mass, {{-1.0, jet}});
        add_terms(builder_, pressure, {{-1.0, jet}});
        const std::array<std::pair<int, double>, 4> parts{
            {{cut_[3], 1.0}, {cut_[4], 0.6}, {cracked_oil_, 1.5}, {cut_[5], 0.05}}};
        for (const auto& [from, number] : parts) {
            const int part = stream("jet_fuel" + std::to_string(from), from);
            builder_.add(mass, part, 1.0);
            builder_.add(pressure, part, number);
        }
        // Fuel oil is light, cracked and heavy oil and residuum by 10 : 4 : 3 : 1.
        const int fuel = builder_.add_column("fuel_oil", 0.0, infinity, 3.5);
        builder_.add(cut_[3], fuel, -10.0 / 18.0);
        builder_.add(cracked_oil_, fuel, -4.0 / 18.0);
        builder_.add(cut_[4], fuel, -3.0 / 18.0);
        builder_.add(cut_[5], fuel, -1.0 / 18.0);
        const int lube = builder_.add_column("lube_oil", 500.0, 1000.0, 1.5);
        builder_.add(cut_[5], lube, -2.0);
    }

    ProgramBuilder builder_;
    std::array<int, 6> cut_{};
    int reformed_ = 0;
    int cracked_oil_ = 0;
    int cracked_gasoline_ = 0;
};

} // namespace

SCENARIO("Williams' Food manufacture 2 earns what he says", "[validation][optimise]") {
    const auto solver = GENERATE(from_range(solvers()));
    // Williams (2013), problem 12.2: a profit of 100 279 pounds; 100 278.7 with a decimal.
    CHECK_THAT(solved(FoodManufacture().build(), solver).objective,
               Catch::WithinAbs(100278.7, 0.05));
}

SCENARIO("Williams' Factory planning 2 earns what he says", "[validation][optimise]") {
    const auto solver = GENERATE(from_range(solvers()));
    // Williams (2013), problem 12.4: 108 855 pounds.
    CHECK_THAT(solved(FactoryPlanning().build(), solver).objective,
               Catch::WithinAbs(108855.0, 0.5));
}

SCENARIO("Williams' Refinery earns what he says", "[validation][optimise]") {
    const auto solver = GENERATE(from_range(solvers()));
    // Williams (2013), problem 12.6: 211 365.13 pounds, with crudes of 15 000 and 30 000 barrels.
    const auto program = Refinery().build();
    const auto answer = solved(program, solver);
    CHECK_THAT(answer.objective, Catch::WithinAbs(211365.13, 0.01));
    CHECK_THAT(answer.point[0], Catch::WithinAbs(15000.0, 1e-3));
    CHECK_THAT(answer.point[1], Catch::WithinAbs(30000.0, 1e-3));
}

SCENARIO("Williams' Mining earns what he says", "[validation][optimise]") {
    const auto solver = GENERATE(from_range(solvers()));
    // Williams (2013), problem 12.7: 146.86 million pounds.
    CHECK_THAT(solved(mining(), solver).objective, Catch::WithinAbs(146.86, 0.005));
}
