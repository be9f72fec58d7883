#pragma once

#include <chainsim/number/tape.hpp>
#include <chainsim/portfolio/choice.hpp>
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/system/system.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chainsim::portfolio {

/// What decides whether a column of the candidates' system is there.
struct ColumnRule {
    int builder = -1;         ///< the choice that builds it; -1: it stands before them
    std::vector<int> enders;  ///< choices that end it
    std::vector<int> after;   ///< choices that must have rebuilt it to be this plant
    std::vector<int> before;  ///< choices that must not have rebuilt it
    bool is_rebuilt = false;  ///< counts no assets: those are the original's
    std::vector<double> ramp; ///< of a plant with a builder

    [[nodiscard]] bool is_always_there() const {
        return builder < 0 && enders.empty() && after.empty() && before.empty();
    }
};

/// A linear form of a year: what an indicator weighs, and what plants bring by standing there.
struct Form {
    /// Weights over [activity, bought, sold, disposed], ascending.
    std::vector<std::pair<int, double>> terms;
    double constant = 0.0; ///< with the demand, without single plants that may be absent
    struct Part {
        int column = 0;
        double value = 0.0;
        bool by_capex = false; ///< grows with the investment, not the capacity
    };
    std::vector<Part> standing; ///< of plants that may be absent
    /// What a choice brings from its start on, at its own size, by investment.
    std::vector<std::pair<int, double>> chosen;
};

/// What flows in a run, over [activity, bought, sold, disposed].
[[nodiscard]] Eigen::VectorXd flows_of(const system::Solution& run);

/// The years of a plan with every candidate in them, compiled once: what programs are made from,
/// and what portfolios are run on.
///
/// Cost     a year as accounts::compile; a run of a portfolio one dispatch per year.
/// Threads  one object per thread.
class District {
public:
    /// Refers to `candidates`, which must outlive it. `drawn`: figures that are other than stated.
    District(const model::Candidates& candidates, std::vector<Choice> choices, double discount_rate,
             number::Figures drawn = {});

    struct Year {
        int year = 0;
        double discount = 1.0; ///< of one unit a year, for all years that this one stands for
        double span = 1.0;     ///< how many years these are
        system::System system;
        std::vector<double> nominal; ///< capacities by column, all candidates at full ramp
    };

    [[nodiscard]] const std::vector<Year>& years() const { return years_; }
    [[nodiscard]] const std::vector<Choice>& choices() const { return choices_; }
    [[nodiscard]] const std::vector<ColumnRule>& rules() const { return rules_; }
    [[nodiscard]] const model::Scenario& scenario() const { return candidates_->scenario; }
    [[nodiscard]] double discount_rate() const { return rate_; }
    /// Of money of a calendar year, to the first year of the plan; nothing is before it.
    [[nodiscard]] double discount(int year) const;
    /// Of an investment, what its assets stand for in the books after the last year.
    [[nodiscard]] double remaining(int start) const;
    /// Position of a choice; -1: none.
    [[nodiscard]] int choice(std::string_view id) const;

    /// The column of the plant that a choice is known by; -1: none.
    [[nodiscard]] int main_column(int choice) const {
        return main_columns_[static_cast<std::size_t>(choice)];
    }

    /// Share of its full capacity that a column has under a portfolio.
    [[nodiscard]] double share(int column, int year, const Portfolio& portfolio) const;

    /// The row of an indicator in a year; -1: not counted there.
    [[nodiscard]] int row(std::size_t at, std::string_view id) const;
    /// The form of a row of a year, hidden ones as well.
    [[nodiscard]] Form form(std::size_t at, int row) const { return form(years_[at].system, row); }
    /// The same of a system that differs from that of a year in its figures alone.
    [[nodiscard]] Form form(const system::System& system, int row) const;
    [[nodiscard]] double value(std::size_t at, const Form& form, const Eigen::VectorXd& flows,
                               const Portfolio& portfolio) const;

    /// The dispatch of one year under a portfolio.
    [[nodiscard]] system::Solution run(std::size_t at, const Portfolio& portfolio);

private:
    void find_rules();
    [[nodiscard]] double presence(const Form::Part& part, int year,
                                  const Portfolio& portfolio) const;

    const model::Candidates* candidates_;
    std::vector<Choice> choices_;
    double rate_;
    number::Figures drawn_;
    std::vector<Year> years_;
    std::vector<ColumnRule> rules_;
    std::vector<int> main_columns_; ///< by choice
    std::vector<std::unique_ptr<solve::Dispatch>> dispatches_;
};

} // namespace chainsim::portfolio
