#include "support/dispatch_parties.hpp"
#include "support/dispatch_verifier.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace chainsim::test {

using system::ColumnDriver;
using system::Equations;
using system::unlimited;

std::vector<std::vector<Party>> parties_by_row(const Equations& q) {
    std::vector<std::vector<Party>> result(static_cast<std::size_t>(q.rows()));
    for (int f = 0; f < q.columns(); ++f) {
        const auto c = static_cast<std::size_t>(f);
        for (int e = q.net.outerIndexPtr()[f]; e < q.net.outerIndexPtr()[f + 1]; ++e) {
            const int r = q.net.innerIndexPtr()[e];
            const double amount = q.net.valuePtr()[e];
            const bool own = amount < 0.0
                                 ? q.driver[c] == ColumnDriver::on_supply && q.feed[c] == r
                                 : q.driver[c] == ColumnDriver::on_demand && q.product[c] == r;
            result[static_cast<std::size_t>(r)].push_back(
                {f, e, amount, q.priority[static_cast<std::size_t>(e)], own});
        }
    }
    return result;
}

namespace {

/// The chain in which nothing is short, one commodity after the other by bisection.
///
/// A commodity is turned from scarce to abundant by one number, the turn: first those on supply get
/// their share of it, then purchase falls, a finite market fills, makers on demand step back, a
/// sink or market without limit swallows, the other makers step back. Each stage is one unit of
/// turn long.
class PlentifulChain {
public:
    explicit PlentifulChain(const Equations& equations)
        : q_(equations), parties_(parties_by_row(equations)),
          allowed_(static_cast<std::size_t>(equations.net.nonZeros()), unlimited) {}

    [[nodiscard]] std::optional<std::vector<double>> run() {
        constexpr int sweeps = 3000;
        for (int sweep = 0; sweep < sweeps; ++sweep) {
            const double step = sweep < 60 ? 1.0 : 0.3;
            double move = 0.0;
            for (int r = 0; r < q_.rows(); ++r) {
                move = std::max(move, settle(r, step));
            }
            if (move < 1e-13) {
                std::vector<double> activity;
                for (int f = 0; f < q_.columns(); ++f) {
                    activity.push_back(least(f, -1));
                }
                return activity;
            }
        }
        return std::nullopt;
    }

private:
    struct Stage {
        enum class Sort { feed, purchase, market, step_back, outlet } sort;
        std::vector<Party> members; ///< of one class
    };

    [[nodiscard]] double least(int f, int without) const {
        double result = q_.capacity[f];
        for (int e = q_.net.outerIndexPtr()[f]; e < q_.net.outerIndexPtr()[f + 1]; ++e) {
            if (e != without) {
                result = std::min(result, allowed_[static_cast<std::size_t>(e)]);
            }
        }
        return result;
    }

    [[nodiscard]] static std::vector<Stage> classes(const std::vector<Party>& parties,
                                                    Stage::Sort sort, bool descending) {
        std::set<int> priorities;
        for (const auto& party : parties) {
            priorities.insert(party.priority);
        }
        std::vector<Stage> result;
        for (const int priority : priorities) {
            Stage stage{sort, {}};
            for (const auto& party : parties) {
                if (party.priority == priority) {
                    stage.members.push_back(party);
                }
            }
            result.push_back(std::move(stage));
        }
        if (descending) {
            std::reverse(result.begin(), result.end());
        }
        return result;
    }

    [[nodiscard]] std::vector<Stage> stages(int r) const {
        const auto row = static_cast<std::size_t>(r);
        std::vector<Party> last;
        std::vector<Party> on_call;
        std::vector<Party> others;
        for (const auto& party : parties_[row]) {
            if (party.amount < 0.0) {
                if (party.own) {
                    last.push_back(party);
                }
            } else {
                (party.own ? on_call : others).push_back(party);
            }
        }
        std::vector<Stage> result = classes(last, Stage::Sort::feed, false);
        const auto append = [&](std::vector<Stage> more) {
            result.insert(result.end(), more.begin(), more.end());
        };
        const auto step_back = classes(on_call, Stage::Sort::step_back, true);
        if (q_.buy_first[row] != 0) {
            append(step_back);
        }
        append({{Stage::Sort::purchase, {}}});
        if (q_.sell_limit[r] < unlimited) {
            append({{Stage::Sort::market, {}}});
        }
        if (q_.buy_first[row] == 0) {
            append(step_back);
        }
        if (q_.sell_limit[r] == unlimited || q_.sink[row] != 0) {
            append({{Stage::Sort::outlet, {}}});
        } else {
            append(classes(others, Stage::Sort::step_back, true));
        }
        return result;
    }

    /// What the parties are allowed when the commodity is turned so far; returns what is left over.
    double at(int r, const std::vector<Stage>& ladder, double turn, std::vector<double>& allowed) {
        const auto row = static_cast<std::size_t>(r);
        for (const auto& party : parties_[row]) {
            allowed[static_cast<std::size_t>(party.entry)] = unlimited;
        }
        double able = 0.0;
        for (const auto& party : parties_[row]) {
            able += std::abs(party.amount) * least(party.column, party.entry);
        }
        const double swallow = able + q_.demand[r];
        double left = -q_.demand[r];
        for (std::size_t k = 0; k < ladder.size(); ++k) {
            const double done = std::clamp(turn - static_cast<double>(k), 0.0, 1.0);
            switch (ladder[k].sort) {
            case Stage::Sort::feed:
            case Stage::Sort::step_back: {
                const bool feed = ladder[k].sort == Stage::Sort::feed;
                for (const auto& party : ladder[k].members) {
                    allowed[static_cast<std::size_t>(party.entry)] =
                        (feed ? done : 1.0 - done) * q_.capacity[party.column];
                }
                break;
            }
            case Stage::Sort::purchase:
                left += (1.0 - done) * std::min(q_.buy_limit[r], swallow);
                break;
            case Stage::Sort::market:
                left -= done * q_.sell_limit[r];
                break;
            case Stage::Sort::outlet:
                left -= done * swallow;
                break;
            }
        }
        for (const auto& party : parties_[row]) {
            left += party.amount * std::min(least(party.column, party.entry),
                                            allowed[static_cast<std::size_t>(party.entry)]);
        }
        return left;
    }

    double settle(int r, double step) {
        const auto ladder = stages(r);
        auto allowed = allowed_;
        double low = 0.0;
        double high = static_cast<double>(ladder.size());
        for (int i = 0; i < 100; ++i) {
            const double middle = 0.5 * (low + high);
            (at(r, ladder, middle, allowed) > 0.0 ? low : high) = middle;
        }
        at(r, ladder, low, allowed);
        double move = 0.0;
        for (const auto& party : parties_[static_cast<std::size_t>(r)]) {
            const double cap = q_.capacity[party.column];
            auto& now = allowed_[static_cast<std::size_t>(party.entry)];
            const double before = std::min(now, cap);
            const double after = std::min(allowed[static_cast<std::size_t>(party.entry)], cap);
            if (cap > 0.0) {
                move = std::max(move, std::abs(after - before) / cap);
            }
            now = before + step * (after - before);
        }
        return move;
    }

    const Equations& q_;
    std::vector<std::vector<Party>> parties_;
    std::vector<double> allowed_; ///< by entry
};

} // namespace

std::optional<std::vector<double>> find_targets(const Equations& equations) {
    return PlentifulChain(equations).run();
}

} // namespace chainsim::test
