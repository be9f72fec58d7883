#pragma once

#include <chainsim/accounts/detail/figure.hpp>
#include <chainsim/model/scenario.hpp>
#include <chainsim/system/system.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::accounts::detail {

inline constexpr double co2_per_carbon = 44.0095 / 12.0107; // IUPAC 2007 atomic masses

/// The book in which every account writes its rows: what it reads from (the scenario and the
/// compiled year), the columns that a row may weigh, and the rows written so far.
///
/// Columns are counted as in `system::Indicators`: facilities, then what is bought, sold, disposed
/// and demanded of each commodity row.
class Book {
public:
    Book(const model::Scenario& scenario, system::System& system);

    // What there is to count.
    [[nodiscard]] const model::Scenario& scenario() const { return scenario_; }
    [[nodiscard]] const system::System& system() const { return system_; }
    [[nodiscard]] int year() const { return system_.year; }
    [[nodiscard]] int columns() const { return columns_; }
    [[nodiscard]] int rows() const { return rows_; }
    [[nodiscard]] const model::Commodity& commodity(int r) const;
    [[nodiscard]] int row_of(std::string_view id) const; ///< -1: not in use
    [[nodiscard]] const std::vector<system::GrossFlow>& flows(int f) const;
    /// Does the recipe of a facility make this commodity as primary energy?
    [[nodiscard]] bool is_primary(int f, int r) const;
    /// Electricity of any origin: what is counted in MWh.
    [[nodiscard]] bool is_power(int r) const;
    [[nodiscard]] bool uses_power() const;
    /// Is a sale of it used up by people of the district, and no export?
    [[nodiscard]] bool is_delivered(int r) const;
    /// Calorific factor of an energy product in tce per unit of account; 0 for all else.
    [[nodiscard]] const Figure& standard_coal(int r) const {
        return standard_coal_[static_cast<std::size_t>(r)];
    }
    /// Equivalent value of power in tce/MWh: the path of k of the period that rules.
    [[nodiscard]] std::optional<Figure> equivalent() const;
    /// CO2 of the carbon in one unit, in t.
    [[nodiscard]] double co2_content(int r) const;
    /// Does a facility take at least as much of a commodity (of power: of any power) as it gives?
    /// Then it passes it on and makes none. Decided by the recipe as it stands: a recording keeps
    /// what the nominal recipe does, whatever a draw makes of it.
    [[nodiscard]] bool passes_on(int f, int r) const;

    /// What a facility can make in the year, units of its product.
    [[nodiscard]] number::Number capacity(int f) const;

    /// A factor of the library; without it, the indicators that need it are left out.
    [[nodiscard]] std::optional<Figure> factor(std::string_view id, std::string_view unit) const;

    /// A figure of the base year of a period; absent where the period has none.
    [[nodiscard]] std::optional<Figure>
    base_figure(const model::Period& period, const std::string& key, std::string_view unit) const;

    // The columns of the trades of a commodity.
    [[nodiscard]] int buy(int r) const { return columns_ + r; }
    [[nodiscard]] int sell(int r) const { return columns_ + rows_ + r; }
    [[nodiscard]] int dispose(int r) const { return columns_ + 2 * rows_ + r; }
    [[nodiscard]] int demand(int r) const { return columns_ + 3 * rows_ + r; }

    // Rows, by number.
    int open(std::string id, model::Name name, std::string unit);
    /// The row of this id among those opened so far; -1: none.
    [[nodiscard]] int find(std::string_view id) const;
    /// A row that no user sees: it serves a ratio or a check.
    int open_hidden(std::string id);
    /// A row that reaches the total of `first` by a second way, to check it.
    int open_second_way(int first);
    /// A shown row that must reach the total of `first` as well.
    void agree(int first, int second);
    void open_ratio(system::RatioInfo ratio);
    void open_kinked(system::KinkedInfo kinked);
    void add(int row, int column, const number::Number& weight, model::Confidence confidence);
    /// Tells how sure a row is from the terms of another, which goes down to the single flow.
    void judge_by(int row, int evidence);

    /// Adds what no activity moves to a row.
    void add_constant(int row, const number::Number& value, model::Confidence confidence);
    /// The same, of a plant that stands.
    void add_standing(int row, int column, const number::Number& value,
                      model::Confidence confidence);
    /// Adds what lies outside the plants, as the region states it, to a row.
    void add_rest(int row, const std::string& key, std::string_view unit);
    /// The name of a total to which `add_rest` adds under this key: where the region states no
    /// such rest, the total is that of the plants alone, and says so.
    [[nodiscard]] model::Name scope_name(model::Name name, const std::string& key) const;

    /// Puts the rows into the compiled year: shown ones by id, hidden ones after them.
    void finish();

private:
    const model::Scenario& scenario_;
    system::System& system_;
    int columns_;
    int rows_;
    std::vector<Figure> standard_coal_; ///< by row
    std::vector<system::IndicatorInfo> info_;
    std::vector<number::Number> constants_;
    std::vector<system::Standing> standing_;
    std::vector<model::Confidence> constant_confidence_;
    std::vector<int> evidence_;
    std::vector<int> hidden_;
    std::vector<system::Term> terms_;
    std::vector<system::RatioInfo> ratios_;
    std::vector<system::KinkedInfo> kinked_;
    std::vector<system::Agreement> agreements_;
};

} // namespace chainsim::accounts::detail
