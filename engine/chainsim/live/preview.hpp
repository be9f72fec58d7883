#pragma once

#include <chainsim/model/candidates.hpp>
#include <chainsim/parallel/executor.hpp>
#include <chainsim/portfolio/district.hpp>
#include <chainsim/study/run.hpp>

#include <compare>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::live {

/// A figure that a slider multiplies, in every year.
struct Figure {
    enum class Kind { price, capacity };
    Kind kind = Kind::price;
    std::string id; ///< of the commodity or the plant

    friend auto operator<=>(const Figure&, const Figure&) = default;
};

/// Where a user has moved what can be answered without reading anything.
struct Moves {
    portfolio::Portfolio portfolio;
    std::map<Figure, double> factors; ///< 1 where it is as the scenario has it
};

/// What was solved last of each year, so that a year in which nothing moved is not solved again.
class PreviewState {
private:
    friend class Preview;
    struct Year {
        Eigen::VectorXd capacity;
        Eigen::VectorXd flows;
        bool is_solved = false;
    };
    std::vector<Year> years_;
};

/// The years of a scenario with every project in them, compiled once, and what follows when
/// projects start and end, plants grow and prices move.
///
/// A portfolio is run as `portfolio::District` does: a plant that is not there has no capacity, and
/// brings nothing by standing. Everything read of a price is a straight line, as it is of a
/// capacity: how much steeper each makes what is shown is found once, of all of them.
///
/// What no linear form counts (accounts of groups, the smallest plant) is not known here, nor is
/// what did not come out as the run has it when the preview was made: `is_known`.
///
/// Cost     making: three compilations of each year and a solution; a move: one dispatch of each
///          year that it changes.
/// Threads  any; whoever comes while another one is served waits.
class Preview {
public:
    /// `run` is that of the scenario as it stands; `indicators` those that are wanted.
    Preview(const study::Run& run, model::Candidates candidates,
            std::vector<std::string> indicators);
    ~Preview();
    Preview(const Preview&) = delete;
    Preview& operator=(const Preview&) = delete;
    Preview(Preview&&) = delete;
    Preview& operator=(Preview&&) = delete;

    [[nodiscard]] const model::Candidates& candidates() const { return candidates_; }
    [[nodiscard]] const std::vector<portfolio::Choice>& choices() const;
    /// As the scenario has decided.
    [[nodiscard]] const portfolio::Portfolio& decided() const { return decided_; }
    /// Whether an indicator follows the moves in a year.
    [[nodiscard]] bool is_known(std::size_t indicator, std::size_t year) const {
        return known_[year][indicator] != 0;
    }
    /// Whether most of them do: otherwise the scenario is none that this can stand for.
    [[nodiscard]] bool is_good() const { return is_good_; }
    /// The system of a year, with every project in it.
    [[nodiscard]] const system::System& system(std::size_t year) const;

    /// A price, or the capacity of a plant and of what it is rebuilt to; nothing if there is none.
    [[nodiscard]] std::optional<Figure> price(const std::string& commodity) const;
    [[nodiscard]] std::optional<Figure> capacity(const std::string& facility) const;

    /// All indicators of all years, [year][indicator], NaN where there is none; nothing if a year
    /// has no solution.
    [[nodiscard]] std::optional<std::vector<std::vector<double>>> values(const Moves& moves,
                                                                         PreviewState& state);

private:
    struct Year;
    struct Slope;
    struct Wanted;

    void find_rows();
    void check_against(const study::Run& run);
    void find_capacity_slopes();
    void for_each_year(const std::function<void(std::size_t)>& work);
    void find_price_slopes();
    void add_slopes(const Moves& moves);
    void add_capacity(const Figure& figure);
    [[nodiscard]] bool solve(std::size_t at, const Moves& moves, PreviewState::Year& state);
    void count(std::size_t at, const Moves& moves, const PreviewState::Year& state,
               std::vector<double>& out) const;
    [[nodiscard]] double invested(std::size_t at, const portfolio::Portfolio& portfolio) const;
    [[nodiscard]] double land_of(std::size_t at, const portfolio::Portfolio& portfolio) const;

    model::Candidates candidates_;
    std::vector<std::string> indicators_;
    portfolio::Portfolio decided_;
    std::unique_ptr<portfolio::District> district_;
    std::vector<std::unique_ptr<Year>> years_;
    std::vector<std::vector<char>> known_; ///< [year][indicator]
    bool is_good_ = false;
    parallel::Executor executor_;
    struct Lock;
    std::unique_ptr<Lock> lock_;
};

} // namespace chainsim::live
