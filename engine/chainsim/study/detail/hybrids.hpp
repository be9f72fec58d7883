#pragma once

#include <chainsim/analysis/attribution.hpp>
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/study/detail/differences.hpp>
#include <chainsim/system/system.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace chainsim::study::detail {

/// A year in which each change is taken from one of two scenarios.
///
/// All plants of both stand in one compiled system; those that a combination does not have are
/// given no capacity, which is what a plant that is not built has anyway. Prices move no plant:
/// what each adds to the weights of an indicator is found once. So only markets, demands, factors,
/// recipes and figures of the region need a system of their own. It is kept until other ones of
/// them are asked for: ask in the order of the coalitions, in which they come last.
///
/// It refers to the scenarios, which share a library, and to the differences.
class Hybrids {
public:
    /// `indicators`: those to be told, by id.
    Hybrids(const model::Scenario& a, const model::Scenario& b, const Differences& differences,
            int year, std::vector<std::string> indicators);

    /// Changes that take part, by their position in the differences: those of plants first.
    [[nodiscard]] const std::vector<std::size_t>& players() const { return players_; }
    /// How many of them need a system of their own.
    [[nodiscard]] std::size_t structural() const { return structural_; }

    /// The indicators where these players come from the second scenario; NaN for one that is not
    /// counted there. Nothing if there is no solution.
    [[nodiscard]] std::optional<std::vector<double>> operator()(const analysis::Coalition& in_b);

    /// How many of the combinations so far had to be followed along a path, of a solve each.
    [[nodiscard]] int paths() const { return paths_; }

private:
    /// Rows of one indicator: a sum, or the quotient of two.
    struct Reading {
        int row = -1;
        int denominator = -1;
        double factor = 1.0;
    };
    /// One system, for all combinations of the changes that need none of their own.
    struct Compiled {
        std::vector<bool> from_b; ///< by player that is structural
        system::System system;
        Eigen::VectorXd capacity; ///< by column, if it is there
        std::vector<Reading> readings;
        std::unique_ptr<solve::Dispatch> dispatch; // after the equations that it refers to
    };

    /// What a change of prices adds to the weight of a plant or a trade.
    struct Reprice {
        int block = 0;  ///< 0: plants; then bought, sold, disposed, demanded
        int record = 0; ///< column of a plant, or index of a commodity
        double weight = 0.0;
    };
    /// The same for both rows of a reading.
    struct Repriced {
        std::vector<Reprice> row;
        std::vector<Reprice> denominator;
    };

    void choose_players();
    void compile(const std::vector<bool>& from_b);
    [[nodiscard]] bool is_from_b(ChangeKind kind, const std::string& id,
                                 const std::vector<bool>& from_b) const;
    void mix(const std::vector<bool>& from_b);
    void mix_bases(const std::vector<bool>& from_b);
    [[nodiscard]] std::vector<Reading> readings_of(const system::System& system) const;
    void find_repricing();
    [[nodiscard]] std::vector<Reprice> repriced(int row, const system::System& system,
                                                int other_row) const;
    [[nodiscard]] double value_of(int row, const std::vector<Reprice> Repriced::*part,
                                  std::size_t indicator, const Eigen::VectorXd& flows,
                                  const analysis::Coalition& in_b) const;
    [[nodiscard]] bool is_there(const Variant& variant, const analysis::Coalition& in_b) const;
    [[nodiscard]] bool is_chosen(const Choice& choice, const analysis::Coalition& in_b) const;
    void place_columns();

    // What plants and projects add whether they run or not (capacities, investment, land).
    void weigh_constants();
    [[nodiscard]] std::vector<double> constants(const system::System& system) const;
    [[nodiscard]] std::vector<double> constants_of(std::size_t change, bool in_b) const;

    const model::Scenario& a_;
    const model::Scenario& b_;
    const Differences& differences_;
    int year_;
    std::vector<std::string> indicators_;
    std::vector<std::size_t> players_;
    std::size_t structural_ = 0;
    std::map<std::size_t, std::size_t> player_of_; ///< by change
    std::set<ChangeKind> structural_kinds_;
    std::set<std::size_t> prices_only_;   ///< players that are prices and nothing else
    model::Scenario work_;                ///< the first or a mixture, with all plants
    std::vector<const Variant*> columns_; ///< by column of every system
    std::unique_ptr<Compiled> compiled_;
    int paths_ = 0;
    std::map<std::size_t, std::vector<Repriced>> repriced_; ///< by player, by indicator
    bool weighs_constants_ = false;
    std::vector<double> first_constants_;              ///< of the system of the first scenario
    std::vector<double> own_constants_;                ///< that the first scenario really has
    std::vector<std::vector<double>> added_constants_; ///< by player
};

} // namespace chainsim::study::detail
