#include <chainsim/analysis/attribution.hpp>
#include <chainsim/base/error.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <utility>

namespace chainsim::analysis {

namespace {

using Figures = std::vector<double>;
using Order = std::vector<std::size_t>;

/// A number below `bound`, each as likely. Written out, because the library's own distributions
/// differ from one implementation to the next.
std::size_t below(std::size_t bound, std::mt19937_64& random) {
    const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    const std::uint64_t even = most - most % bound;
    std::uint64_t drawn = random();
    while (drawn >= even) {
        drawn = random();
    }
    return static_cast<std::size_t>(drawn % bound);
}

/// Orders drawn at random, each followed by its reverse.
std::vector<Order> draw(std::size_t players, std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<Order> orders;
    Order order(players);
    while (orders.size() < count) {
        std::iota(order.begin(), order.end(), std::size_t{0});
        for (std::size_t i = players; i > 1; --i) {
            std::swap(order[i - 1], order[below(i, random)]);
        }
        orders.push_back(order);
        orders.emplace_back(order.rbegin(), order.rend());
    }
    return orders;
}

class Game {
public:
    Game(std::size_t players, const Worth& worth) : players_(players), worth_(worth) {}

    [[nodiscard]] Coalition none() const { return Coalition(players_); }
    [[nodiscard]] Coalition all() const {
        Coalition all(players_);
        for (std::size_t i = 0; i < players_; ++i) {
            all.add(i);
        }
        return all;
    }

    /// Looks at those coalitions that it has not seen yet.
    void look_at(const std::set<Coalition>& coalitions) {
        for (const auto& coalition : coalitions) {
            if (!known_.contains(coalition)) {
                known_.emplace(coalition, worth_(coalition));
            }
        }
    }

    [[nodiscard]] const Figures* worth(const Coalition& coalition) const {
        const auto& known = known_.at(coalition);
        return known ? &*known : nullptr;
    }
    [[nodiscard]] std::size_t seen() const { return known_.size(); }
    [[nodiscard]] std::size_t unsolved() const {
        std::size_t count = 0;
        for (const auto& [coalition, worth] : known_) {
            count += worth ? 0 : 1;
        }
        return count;
    }

    /// The coalitions that an order passes, from none to all.
    [[nodiscard]] std::vector<Coalition> along(const Order& order) const {
        std::vector<Coalition> passed{none()};
        for (const auto player : order) {
            passed.push_back(passed.back());
            passed.back().add(player);
        }
        return passed;
    }

    /// What each player adds in this order, by player; nothing if a coalition has no worth.
    [[nodiscard]] std::optional<std::vector<Figures>> added(const Order& order) const {
        const auto passed = along(order);
        std::vector<Figures> out(players_);
        for (std::size_t i = 0; i < players_; ++i) {
            const auto* before = worth(passed[i]);
            const auto* after = worth(passed[i + 1]);
            if (before == nullptr || after == nullptr) {
                return std::nullopt;
            }
            auto& figures = out[order[i]];
            for (std::size_t f = 0; f < before->size(); ++f) {
                figures.push_back((*after)[f] - (*before)[f]);
            }
        }
        return out;
    }

private:
    std::size_t players_;
    const Worth& worth_;
    std::map<Coalition, std::optional<Figures>> known_;
};

using Shares = std::vector<Figures>;

Shares zeros(std::size_t players, std::size_t figures) {
    Shares out(players);
    for (auto& one : out) {
        one.assign(figures, 0.0);
    }
    return out;
}

void add_to(Shares& sum, const Shares& one, double factor) {
    for (std::size_t p = 0; p < sum.size(); ++p) {
        for (std::size_t f = 0; f < sum[p].size(); ++f) {
            sum[p][f] += factor * one[p][f];
        }
    }
}

/// Of a coalition without the player, the part of all orders in which it is what comes before him:
/// s! (n - s - 1)! / n! for s others, by the number of others.
std::vector<double> weights(std::size_t players) {
    std::vector<double> out(players);
    double weight = 1.0 / static_cast<double>(players);
    for (std::size_t s = 0; s < players; ++s) {
        out[s] = weight;
        if (s + 1 < players) {
            weight *= static_cast<double>(s + 1) / static_cast<double>(players - s - 1);
        }
    }
    return out;
}

Coalition of_bits(std::uint64_t bits, std::size_t players) {
    Coalition out(players);
    for (std::size_t i = 0; i < players; ++i) {
        if ((bits >> i & 1U) != 0) {
            out.add(i);
        }
    }
    return out;
}

void look_at_all(Game& game, std::size_t players) {
    std::set<Coalition> all;
    for (std::uint64_t bits = 0; bits < std::uint64_t{1} << players; ++bits) {
        all.insert(of_bits(bits, players));
    }
    game.look_at(all);
}

Shares exact_shares(const Game& game, std::size_t players, std::size_t figures) {
    const auto weight = weights(players);
    Shares shares = zeros(players, figures);
    for (std::uint64_t bits = 0; bits < std::uint64_t{1} << players; ++bits) {
        std::size_t others = 0;
        for (std::size_t i = 0; i < players; ++i) {
            others += bits >> i & 1U;
        }
        const auto before = of_bits(bits, players);
        for (std::size_t i = 0; i < players; ++i) {
            if (before.has(i)) {
                continue;
            }
            auto with = before;
            with.add(i);
            const auto& less = *game.worth(before);
            const auto& more = *game.worth(with);
            for (std::size_t f = 0; f < figures; ++f) {
                shares[i][f] += weight[others] * (more[f] - less[f]);
            }
        }
    }
    return shares;
}

/// The mean of the orders that can be followed, and the error of it from the means of the pairs.
void sample(Game& game, std::size_t players, std::size_t figures, const AttributionOptions& options,
            Attribution& out) {
    const auto orders = draw(players, std::max<std::size_t>(options.orders, 2), options.seed);
    std::set<Coalition> needed;
    for (const auto& order : orders) {
        for (const auto& coalition : game.along(order)) {
            needed.insert(coalition);
        }
    }
    game.look_at(needed);
    Shares sum = zeros(players, figures);
    std::vector<Shares> pairs;
    for (std::size_t i = 0; i < orders.size(); i += 2) {
        Shares pair = zeros(players, figures);
        double followed = 0.0;
        for (const auto& order : {orders[i], orders[i + 1]}) {
            if (const auto added = game.added(order)) {
                add_to(pair, *added, 1.0);
                followed += 1.0;
            }
        }
        out.skipped += 2 - static_cast<std::size_t>(followed);
        out.orders += static_cast<std::size_t>(followed);
        add_to(sum, pair, 1.0);
        if (followed > 0.0) {
            Shares& mean = pairs.emplace_back(zeros(players, figures));
            add_to(mean, pair, 1.0 / followed);
        }
    }
    if (pairs.empty()) {
        return;
    }
    out.share = zeros(players, figures);
    add_to(out.share, sum, 1.0 / static_cast<double>(out.orders));
    const auto count = static_cast<double>(pairs.size());
    for (std::size_t p = 0; p < players; ++p) {
        auto& errors = out.error.emplace_back();
        for (std::size_t f = 0; f < figures; ++f) {
            double squares = 0.0;
            for (const auto& pair : pairs) {
                const double off = pair[p][f] - out.share[p][f];
                squares += off * off;
            }
            errors.push_back(std::sqrt(squares / (count - 1.0) / count)); // 0 / 0: NaN
        }
    }
}

} // namespace

Attribution attribute(std::size_t players, const Worth& worth, const AttributionOptions& options) {
    Game game(players, worth);
    Attribution out;
    const bool few = players <= options.exact_players;
    if (few) {
        look_at_all(game, players);
    } else {
        game.look_at({game.none(), game.all()});
    }
    const auto* nobody = game.worth(game.none());
    CHAINSIM_EXPECT(nobody != nullptr && game.worth(game.all()) != nullptr,
                    "no worth of nobody, or of all");
    const std::size_t figures = nobody->size();
    if (few && game.unsolved() == 0) {
        out.share = exact_shares(game, players, figures);
        out.error = zeros(players, figures);
    } else {
        out.exact = false;
        sample(game, players, figures, options, out);
    }
    out.coalitions = game.seen();
    out.unsolved = game.unsolved();
    return out;
}

} // namespace chainsim::analysis
