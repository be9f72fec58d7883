#pragma once

#include <chainsim/accounts/indicators.hpp>
#include <chainsim/study/run.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/table/language.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::study {

/// What of the inputs of a scenario a change is about.
enum class ChangeKind {
    project,
    facility,
    market,
    demand,
    price,
    factor,
    period,
    region,
    process,
    commodity,
    pollutant, ///< all emission factors as one
    group,
    guideline,
    improvement,
    policy,
    standard, ///< of unit energy, and water quotas
    ledger
};

[[nodiscard]] std::string_view to_string(ChangeKind kind);

/// One thing in which the inputs of two scenarios differ.
struct InputChange {
    ChangeKind kind = ChangeKind::project;
    std::string id;      ///< "project:mto"; of several that count as one "price:coke+price:coal"
    model::Name name;    ///< of the record
    model::Name detail;  ///< "not built -> built from 2025"
    bool moves = false;  ///< whether the year can feel it in any indicator but `capex` and `land`
    bool spends = false; ///< whether it moves `capex` or `land`
};

/// What caused the difference of an indicator.
///
/// Shapes  amount, error: one per change of the pair; 0 for those that the year cannot feel.
struct Explained {
    std::size_t indicator = 0;  ///< position in Comparison::indicators
    std::vector<double> amount; ///< in the unit of the indicator
    std::vector<double> error;  ///< standard error; NaN where too few orders tell none
    double unexplained = 0.0;   ///< the difference less all amounts: 0 but for rounding
};

/// The first scenario against another one.
struct ComparedPair {
    std::vector<InputChange> changes;
    std::size_t players = 0;    ///< changes that the attribution is over
    bool exact = true;          ///< all combinations were solved, or orders were drawn
    std::size_t orders = 0;     ///< that were followed, where drawn
    std::size_t skipped = 0;    ///< orders left out: some combination has no solution
    std::size_t hybrids = 0;    ///< combinations that were solved
    std::size_t unsolved = 0;   ///< of these, without solution
    bool attributed = true;     ///< false: no order has a solution all the way
    std::vector<Explained> why; ///< key indicators, and those asked for, that both have
};

/// An indicator in every scenario; NaN where a scenario does not have it.
struct SideBySide {
    std::string id;
    model::Name name;
    std::string unit;
    std::vector<double> values;
    bool is_key = false; ///< of the summary, or asked for by name

    [[nodiscard]] double difference(std::size_t scenario) const {
        return values[scenario] - values.front();
    }
};

/// A year in every scenario.
struct ComparedYear {
    int year = 0;
    std::vector<SideBySide> indicators; ///< by id
};

/// Scenarios side by side.
struct Comparison {
    std::optional<Failure> failure; ///< of the first that has no solution in some year
    std::size_t failed = 0;         ///< its position
    std::vector<model::Name> names;
    std::vector<std::string> ids;
    std::vector<ComparedYear> years; ///< those in common; the one that is explained comes last
    std::vector<ComparedPair> pairs; ///< one per scenario but the first

    [[nodiscard]] const ComparedYear& explained_year() const { return years.back(); }
};

struct ComparisonOptions {
    std::optional<int> year;     ///< absent: the last in common
    std::vector<std::string> of; ///< indicators beside the key ones; "all" for all
    std::size_t orders = 0; ///< orders drawn where changes are many; 0: as many as take seconds
    std::uint64_t seed = 1;
};

/// A question that these scenarios cannot answer: no year in common, an unknown indicator.
class NotComparable : public Error {
public:
    using Error::Error;
};

/// Sets scenarios side by side and splits the difference of each key indicator between the first
/// and every other over the changes of the inputs, by Shapley values (analysis::attribute).
///
/// A project is one change, with its facilities, what it replaces and what it rebuilds; so is a
/// plant of the base, a market, a price, a recipe. Two changes of which one cannot be told from the
/// other in some plant count as one. Where there are more than 24, all of one kind but projects
/// count as one. A combination takes each change from one of the two scenarios, and is solved as
/// any year is; a plant that only one of them has brings its recipe with it. Policies move nothing
/// and are only listed.
///
/// Errors  NotComparable.
/// Cost    one compiled year for each price, and for each combination of changed markets, factors,
///         periods and recipes; one solve for each combination of the rest.
[[nodiscard]] Comparison compare(std::span<const Study> studies,
                                 const ComparisonOptions& options = {});

/// The indicator that differs most between the first scenario and any other, relative to the
/// larger of the two; nothing if none differs by more than `tolerance`.
[[nodiscard]] std::optional<std::string> largest_difference(const Comparison& comparison,
                                                            double tolerance);

/// `{schema, year, scenarios, indicators, changes, attribution, ratios, others, years}`, schema
/// `chainsim.compare/1`. `indicators` has `{a, b, difference, contributions: [{change, amount,
/// share, error}]}` of the first two scenarios, `others` the same for further ones.
///
/// Errors  ContractError if a scenario has no solution.
[[nodiscard]] std::string comparison_json(const Comparison& comparison);

/// The same for a reader at a terminal of `width` columns (0: no limit).
[[nodiscard]] std::string comparison_text(const Comparison& comparison, table::Language language,
                                          std::size_t width);

} // namespace chainsim::study
