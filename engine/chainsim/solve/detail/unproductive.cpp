#include <chainsim/solve/detail/unproductive.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsim::solve::detail {

namespace {

/// Signs of the value stay if rows and columns are scaled.
void scale_game(std::size_t rows, std::size_t columns, std::vector<double>& net) {
    for (std::size_t j = 0; j < columns; ++j) {
        double most = 0.0;
        for (std::size_t i = 0; i < rows; ++i) {
            most = std::max(most, std::abs(net[i * columns + j]));
        }
        for (std::size_t i = 0; most > 0.0 && i < rows; ++i) {
            net[i * columns + j] /= most;
        }
    }
    for (std::size_t i = 0; i < rows; ++i) {
        const auto begin = net.begin() + static_cast<std::ptrdiff_t>(i * columns);
        const auto end = begin + static_cast<std::ptrdiff_t>(columns);
        const double most = std::abs(*std::max_element(
            begin, end, [](double a, double b) { return std::abs(a) < std::abs(b); }));
        if (most > 0.0) {
            std::transform(begin, end, begin, [most](double value) { return value / most; });
        }
    }
}

/// A player's part: shares by regret matching (Hart and Mas-Colell 2000), no regret below nothing
/// and later rounds counted more (Tammelin 2014), as that comes to rest soon.
class Player {
public:
    explicit Player(std::size_t choices)
        : regret_(choices, 0.0), share_(choices, 1.0 / static_cast<double>(choices)),
          sum_(choices, 0.0) {}

    [[nodiscard]] const std::vector<double>& shares() const { return share_; }
    /// Of all rounds, not normed.
    [[nodiscard]] const std::vector<double>& average() const { return sum_; }

    /// What each choice would have brought in a round.
    void learn(const std::vector<double>& gain, int round) {
        double own = 0.0;
        for (std::size_t i = 0; i < gain.size(); ++i) {
            own += share_[i] * gain[i];
        }
        double all = 0.0;
        for (std::size_t i = 0; i < gain.size(); ++i) {
            regret_[i] = std::max(regret_[i] + gain[i] - own, 0.0);
            all += regret_[i];
        }
        for (std::size_t i = 0; i < gain.size(); ++i) {
            share_[i] = all > 0.0 ? regret_[i] / all : 1.0 / static_cast<double>(gain.size());
            sum_[i] += round * share_[i];
        }
    }

private:
    std::vector<double> regret_, share_, sum_;
};

} // namespace

bool is_unproductive(int row_count, int column_count, std::vector<double> net) {
    constexpr std::size_t most_work = 400'000; // entries looked at, twice
    constexpr int most_rounds = 8192;
    constexpr int between_checks = 32;
    const auto rows = static_cast<std::size_t>(row_count);
    const auto columns = static_cast<std::size_t>(column_count);
    if (rows == 0 || columns == 0) {
        return false;
    }
    const int rounds =
        static_cast<int>(std::min<std::size_t>(most_work / (rows * columns), most_rounds));
    if (rounds < between_checks) {
        return false;
    }
    scale_game(rows, columns, net);
    const auto by_row = [&](const std::vector<double>& activity, double sign) {
        std::vector<double> out(rows, 0.0);
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < columns; ++j) {
                out[i] += sign * net[i * columns + j] * activity[j];
            }
        }
        return out;
    };
    const auto by_column = [&](const std::vector<double>& price) {
        std::vector<double> out(columns, 0.0);
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < columns; ++j) {
                out[j] += net[i * columns + j] * price[i];
            }
        }
        return out;
    };
    Player prices(rows);
    Player activities(columns);
    for (int round = 1; round <= rounds; ++round) {
        prices.learn(by_row(activities.shares(), -1.0), round);
        activities.learn(by_column(prices.shares()), round);
        if (round % between_checks == 0) {
            const auto brought = by_column(prices.average());
            if (*std::max_element(brought.begin(), brought.end()) < 0.0) {
                return true;
            }
            const auto made = by_row(activities.average(), 1.0);
            if (*std::min_element(made.begin(), made.end()) > 0.0) {
                return false;
            }
        }
    }
    return false;
}

} // namespace chainsim::solve::detail
