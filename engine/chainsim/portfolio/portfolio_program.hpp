#pragma once

#include <chainsim/optimise/program.hpp>
#include <chainsim/portfolio/conduct.hpp>
#include <chainsim/portfolio/goal.hpp>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::portfolio {

/// The choice of a portfolio as a mixed-integer program: a column for each choice, year and size
/// (whole), activities as shares of capacity, and trades; rows for the balances, capacities, bounds
/// and the means that the decision rules leave.
///
/// Every run of a portfolio that keeps the bounds is a point of the program with open conducts, so
/// that its optimum bounds what any portfolio can reach.
///
/// Units    of a column of activity: share of full capacity; of a trade: multiples of the scale of
///          its commodity; of the objective and of a row of money: millions of CNY where these are
///          CNY, else as the goal.
/// Cost     linear in the non-zeros of the years; some 10 ms a year of a district.
class PortfolioProgram {
public:
    /// The first of `goals` is the objective; each other one is a row that may be bounded. What is
    /// `settled` is a year that no choice can move, as it runs: it is no part of the program.
    ///
    /// Refers to the district and the goals, which must outlive it.
    PortfolioProgram(const District& district, std::vector<const Valuer*> goals,
                     std::vector<Bound> bounds, const Conducts& conducts,
                     std::vector<std::optional<system::Solution>> settled);

    [[nodiscard]] const optimise::Program& program() const { return program_; }
    [[nodiscard]] const std::vector<Bound>& bounds() const { return bounds_; }
    /// Units of a goal per unit of its row, or of the objective.
    [[nodiscard]] double unit_of_goal(std::size_t goal) const { return units_[goal]; }
    /// Sets what a goal must reach, or may not exceed.
    void limit_goal(std::size_t goal, double value);

    /// A column of a choice: which, when, how large.
    struct Start {
        int choice = 0;
        Decision decision;
        int column = 0;
    };
    [[nodiscard]] const std::vector<Start>& starts() const { return starts_; }
    /// The row of a bound, by position in `bounds`; -1: it is no row, for nothing moves it.
    [[nodiscard]] int row_of_bound(std::size_t bound) const { return bound_rows_[bound]; }
    /// Change of the row's bound per unit of the indicator's bound (the denominator being as the
    /// form has it: of a ratio, per unit of the ratio's bound times the denominator).
    [[nodiscard]] double scale_of_bound(std::size_t bound) const { return bound_scales_[bound]; }

    [[nodiscard]] Portfolio portfolio(const std::vector<double>& point) const;
    /// Figures of the columns of choices under a portfolio: all others are left at zero.
    [[nodiscard]] std::vector<double> chosen(const Portfolio& portfolio) const;
    /// The program with its whole columns fixed at a portfolio, and none whole.
    [[nodiscard]] optimise::Program fixed(const Portfolio& portfolio) const;
    /// A point of the program as what a run of the year would be.
    [[nodiscard]] system::Solution solution(std::size_t year,
                                            const std::vector<double>& point) const;
    /// The point that a run of a portfolio is, which may keep the bounds or not.
    [[nodiscard]] std::vector<double> point(const Portfolio& portfolio,
                                            const std::vector<system::Solution>& runs) const;

private:
    struct YearColumns {
        std::vector<int> activity;               ///< by column of the system; -1: cannot be there
        std::vector<int> bought, sold, disposed; ///< by row; -1: none
        std::vector<double> scale;               ///< of the trades, by row
        std::vector<std::pair<int, std::size_t>> directions; ///< columns, and their rows
    };
    struct Tax {
        std::size_t year = 0;
        std::size_t payer = 0;
        int column = 0;
        const Valuer* valuer = nullptr;
    };

    void add_choices();
    void add_year(std::size_t year, const Conduct& conduct);
    void add_activity(std::size_t year, int f, const Conduct& conduct);
    void add_balance(std::size_t year, const Conduct& conduct);
    void add_capacity(std::size_t year, int f, const Conduct& conduct);
    /// Keeps a trade from going both ways at once where the goal would gain by it.
    void add_directions(std::size_t year);
    void add_means();
    void add_budget(const model::DecisionRules& rules);
    void add_relations();
    void add_groups();
    void add_bounds();
    /// Adds a form times a factor to a row; what is constant in it is the answer.
    double add_form(int row, std::size_t year, const Form& form, double factor);
    /// Adds the sum of the starts of a choice up to a year, each times what `weigh` gives.
    template <class Weigh>
    void add_starts(int row, int choice, int until, Weigh weigh) {
        for (const int s : starts_of_[static_cast<std::size_t>(choice)]) {
            const auto& start = starts_[static_cast<std::size_t>(s)];
            if (start.decision.year <= until) {
                builder_.add(row, start.column, weigh(start.decision));
            }
        }
    }
    /// A column for whether a plant stands that is both built and ended by choice.
    int presence_column(std::size_t year, const Form::Part& part);
    void add_goal(std::size_t goal);
    int tax_column(std::size_t year, std::size_t payer, const Valuer& valuer);
    [[nodiscard]] bool is_settled(std::size_t year) const { return settled_[year].has_value(); }
    [[nodiscard]] static std::string name(const char* kind, std::string_view id, int year);
    [[nodiscard]] double largest_share(int choice) const;

    const District* district_;
    std::vector<const Valuer*> goals_;
    std::vector<Bound> bounds_;
    optimise::ProgramBuilder builder_;
    optimise::Program program_;
    std::vector<std::optional<system::Solution>> settled_;
    std::vector<double> units_;      ///< by goal
    std::vector<int> goal_rows_;     ///< by goal
    std::vector<double> goal_rests_; ///< by goal: what is constant in it
    std::vector<Start> starts_;
    std::vector<std::vector<int>> starts_of_; ///< by choice: positions in `starts_`
    std::vector<YearColumns> years_;
    std::vector<int> bound_rows_;
    std::vector<double> bound_scales_;
    std::vector<int> slack_columns_; ///< by bound; -1: none
    std::vector<Tax> taxes_;
    std::map<std::pair<std::size_t, std::size_t>, int> tax_columns_; ///< by year and payer
    std::map<std::pair<std::size_t, int>, std::pair<int, bool>> presences_;
};

} // namespace chainsim::portfolio
