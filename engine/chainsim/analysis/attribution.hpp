#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace chainsim::analysis {

/// A set of players, by number.
class Coalition {
public:
    explicit Coalition(std::size_t players) : words_((players + word - 1) / word) {}

    void add(std::size_t player) { words_[player / word] |= std::uint64_t{1} << player % word; }
    [[nodiscard]] bool has(std::size_t player) const {
        return (words_[player / word] >> player % word & 1U) != 0;
    }

    /// In order of the number whose bits the players are, the last player being the highest: all
    /// coalitions without the last player come before all with it.
    friend bool operator<(const Coalition& a, const Coalition& b) {
        for (std::size_t i = a.words_.size(); i-- > 0;) {
            if (a.words_[i] != b.words_[i]) {
                return a.words_[i] < b.words_[i];
            }
        }
        return false;
    }

private:
    static constexpr std::size_t word = 64;

    std::vector<std::uint64_t> words_;
};

/// What a coalition is worth, in several figures at once; nothing where it has no worth at all.
using Worth = std::function<std::optional<std::vector<double>>(const Coalition&)>;

struct AttributionOptions {
    std::size_t exact_players = 10; ///< up to so many, every coalition is looked at
    std::size_t orders = 200;       ///< drawn where there are more; an odd number is raised by one
    std::uint64_t seed = 1;
};

/// How much each player brings: the Shapley values.
///
/// Shapes  share, error: players x figures.
struct Attribution {
    bool exact = true;
    std::size_t orders = 0;     ///< that the shares are the means of, where not exact
    std::size_t skipped = 0;    ///< orders left out, for they meet a coalition without worth
    std::size_t coalitions = 0; ///< that were looked at
    std::size_t unsolved = 0;   ///< of these, those without worth
    /// Empty if no order is left. Else the shares of a figure sum to what all players are worth
    /// together, less what none is worth.
    std::vector<std::vector<double>> share;
    /// Standard error of the share; 0 where exact, NaN where one pair of orders tells none.
    std::vector<std::vector<double>> error;
};

/// Splits what all players are worth together over the players: each gets what it adds to those
/// before it, in the mean over all orders in which the players may come.
///
/// Up to `exact_players` the mean is over all orders. Beyond, or where a coalition has no worth, it
/// is over orders drawn at random, each with its reverse: what comes late in one comes early in the
/// other, and the two errors partly cancel. The error is that of the mean over such pairs.
///
/// `worth` is asked once for each coalition, in their order.
///
/// Errors  ContractError if the empty or the whole coalition has no worth.
/// Cost    2^players coalitions, or at most orders x players.
/// Source  Shapley (1953), A value for n-person games; Castro, Gomez and Tejada (2009), Polynomial
///         calculation of the Shapley value based on sampling. Antithetic pairs: Mitchell, Cooper,
///         Frank and Holmes (2022), Sampling permutations for Shapley value estimation.
[[nodiscard]] Attribution attribute(std::size_t players, const Worth& worth,
                                    const AttributionOptions& options = {});

} // namespace chainsim::analysis
