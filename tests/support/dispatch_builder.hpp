#pragma once

#include <chainsim/solve/dispatch.hpp>
#include <chainsim/system/equations.hpp>
#include <chainsim/system/solution.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chainsim::test {

/// One entry of a facility's column: below zero an input. The priority is that of the facility at
/// this commodity, as a user or as a maker.
struct Entry {
    std::string commodity;
    double amount = 0.0;
    int priority = 1;
};

/// How a commodity is traded and what is asked of it. What is left out follows DESIGN, "Markets": a
/// commodity that some facility makes cannot be bought and is sold without limit, one that none
/// makes is bought without limit and not sold.
struct Trading {
    std::optional<double> buy = std::nullopt;
    std::optional<double> sell = std::nullopt;
    bool sink = false;
    bool buy_first = false;
    double demand = 0.0;
};

/// A dispatch that was solved, asked by names.
class DispatchRun {
public:
    DispatchRun(std::vector<std::string> facilities, std::vector<std::string> commodities,
                system::Solution solution);

    [[nodiscard]] system::Outcome outcome() const { return solution_.outcome; }
    [[nodiscard]] double activity(const std::string& facility) const;
    [[nodiscard]] system::BindingKind binding(const std::string& facility) const;
    [[nodiscard]] std::string binding_commodity(const std::string& facility) const; ///< or empty
    [[nodiscard]] double bought(const std::string& commodity) const;
    [[nodiscard]] double sold(const std::string& commodity) const;
    [[nodiscard]] double disposed(const std::string& commodity) const;
    [[nodiscard]] double shortage(const std::string& commodity) const;
    [[nodiscard]] double residual() const { return solution_.residual; }

    /// What an unsolved run names, in alphabetical order.
    [[nodiscard]] std::vector<std::string> blamed_facilities() const;
    [[nodiscard]] std::vector<std::string> blamed_commodities() const;

private:
    [[nodiscard]] int column(const std::string& facility) const;
    [[nodiscard]] int row(const std::string& commodity) const;

    std::vector<std::string> facilities_;
    std::vector<std::string> commodities_;
    system::Solution solution_;
};

/// A small dispatch written by names. The product of a facility is its first entry; the driving
/// feed of one on supply is its first input.
///
/// Units    what the test says; numbers are handed on as they are.
class DispatchBuilder {
public:
    DispatchBuilder& at_capacity(const std::string& facility, double capacity,
                                 std::vector<Entry> entries);
    DispatchBuilder& on_supply(const std::string& facility, double capacity,
                               std::vector<Entry> entries);
    DispatchBuilder& on_demand(const std::string& facility, double capacity,
                               std::vector<Entry> entries);
    DispatchBuilder& trade(const std::string& commodity, Trading trading);

    [[nodiscard]] system::Equations equations() const;
    [[nodiscard]] DispatchRun solve() const;
    [[nodiscard]] DispatchRun solve_from(const solve::Start& start) const;

private:
    struct Column {
        std::string name;
        system::ColumnDriver driver;
        double capacity;
        std::vector<Entry> entries;
    };

    DispatchBuilder& add(const std::string& facility, system::ColumnDriver driver, double capacity,
                         std::vector<Entry> entries);
    int row(const std::string& commodity);
    [[nodiscard]] DispatchRun named(system::Solution solution) const;

    std::vector<Column> columns_;
    std::vector<std::string> commodities_;
    std::vector<std::optional<Trading>> trading_; // by commodity
};

/// What a random model is made of. The defaults give chains as they are met in a district: mostly
/// layered, a few loops, by-products, every driver, two or three classes, all sorts of market.
struct RandomModel {
    int facilities = 20;
    int commodities = 16;
    int raw_materials = 3;        ///< commodities that nobody makes, bought without limit
    double backward_input = 0.06; ///< chance that an input comes from further down: a loop
    double byproduct = 0.4;       ///< chance of a second output
    double at_capacity = 0.35;    ///< share of facilities so driven
    double on_supply = 0.25;      ///< share; the rest run on demand
    double purchase = 0.2;        ///< chance that a commodity made here can be bought as well
    double open_sale = 0.5;       ///< chance of a sale without limit
    double finite_sale = 0.25;    ///< chance of a sale up to a limit
    double sink = 0.5;            ///< chance that a surplus can be disposed of
    double buy_first = 0.1;       ///< chance that purchase ranks before local makers
    double demand = 0.15;         ///< chance of a stated demand
    int classes = 3;              ///< priorities 1 .. classes
};

/// The same model for the same seed, on every machine.
[[nodiscard]] system::Equations random_equations(const RandomModel& model, unsigned seed);

/// Numbers from a seed, the same on every machine (the standard leaves distributions open).
class Random {
public:
    explicit Random(unsigned seed);
    [[nodiscard]] double between(double low, double high);
    [[nodiscard]] int below(int bound); ///< 0 .. bound - 1
    [[nodiscard]] bool chance(double probability) { return between(0.0, 1.0) < probability; }
    /// 0 .. size - 1 in random order.
    [[nodiscard]] std::vector<int> permutation(int size);

private:
    unsigned long long state_;
};

} // namespace chainsim::test
