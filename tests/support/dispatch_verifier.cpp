#include "support/dispatch_verifier.hpp"

#include "support/dispatch_parties.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace chainsim::test {

using system::BindingKind;
using system::ColumnDriver;
using system::Equations;
using system::Solution;
using system::unlimited;

namespace {

class Verifier {
public:
    Verifier(const Equations& equations, const Solution& solution,
             const std::optional<std::vector<double>>& targets, double tolerance)
        : q_(equations), s_(solution), targets_(targets), tolerance_(tolerance),
          parties_(parties_by_row(equations)) {}

    std::vector<std::string> run() {
        for (int r = 0; r < q_.rows(); ++r) {
            check_balance(r);
            check_order_of_flows(r);
        }
        for (int f = 0; f < q_.columns(); ++f) {
            check_reason(f);
        }
        return found_;
    }

private:
    void note(const std::string& text) { found_.push_back(text); }
    void expect(bool condition, const std::string& text) {
        if (!condition) {
            note(text);
        }
    }

    [[nodiscard]] static std::string row_name(int r) { return "row " + std::to_string(r) + ": "; }
    [[nodiscard]] static std::string column_name(int f) {
        return "column " + std::to_string(f) + ": ";
    }

    [[nodiscard]] const std::vector<Party>& parties(int r) const {
        return parties_[static_cast<std::size_t>(r)];
    }
    [[nodiscard]] double share(int f) const {
        return q_.capacity[f] > 0.0 ? s_.activity[f] / q_.capacity[f] : 0.0;
    }
    [[nodiscard]] bool runs(int f) const { return share(f) > tolerance_; }
    [[nodiscard]] const system::Binding& reason(int f) const {
        return s_.binding[static_cast<std::size_t>(f)];
    }
    [[nodiscard]] bool bound(int f, BindingKind kind, int r) const {
        return reason(f).kind == kind && reason(f).row == r;
    }
    /// Anyone held by this row for this reason?
    [[nodiscard]] bool holds(int r, BindingKind kind) const {
        return std::any_of(parties(r).begin(), parties(r).end(),
                           [&](const Party& p) { return bound(p.column, kind, r); });
    }
    /// The size below which a flow of the row is no flow.
    [[nodiscard]] double trifle(int r) const {
        double size = q_.demand[r];
        for (const auto& p : parties(r)) {
            size += std::abs(p.amount) * q_.capacity[p.column];
        }
        return tolerance_ * size;
    }
    [[nodiscard]] bool full(double flow, double limit, int r) const {
        return limit < unlimited && flow >= limit - trifle(r);
    }

    void check_balance(int r) {
        double made = 0.0;
        double used = 0.0;
        for (const auto& p : parties(r)) {
            (p.amount > 0.0 ? made : used) += std::abs(p.amount) * s_.activity[p.column];
        }
        const double rest = made - used + s_.bought[r] - s_.sold[r] - s_.disposed[r] - q_.demand[r];
        const double through = std::max(made + s_.bought[r], used + q_.demand[r]);
        expect(std::abs(rest) <= 1e-9 * through + 1e-3 * trifle(r), row_name(r) + "not balanced");
        for (const auto& [flow, limit, name] :
             {std::tuple{s_.bought[r], q_.buy_limit[r], "bought"},
              std::tuple{s_.sold[r], q_.sell_limit[r], "sold"},
              std::tuple{s_.disposed[r],
                         q_.sink[static_cast<std::size_t>(r)] != 0 ? unlimited : 0.0,
                         "disposed"}}) {
            expect(flow >= 0.0 && flow <= limit + trifle(r),
                   row_name(r) + name + " beyond its limit or below zero");
        }
    }

    void check_order_of_flows(int r) {
        const bool buys = s_.bought[r] > trifle(r);
        const bool sells = s_.sold[r] > trifle(r);
        const bool disposes = s_.disposed[r] > trifle(r);
        const bool buy_first = q_.buy_first[static_cast<std::size_t>(r)] != 0;
        const bool short_of = holds(r, BindingKind::feedstock);
        const bool steps_back = holds(r, BindingKind::demand);
        const bool chokes = holds(r, BindingKind::surplus);
        bool on_call = false;
        for (const auto& p : parties(r)) {
            on_call = on_call || (p.amount > 0.0 && p.own && runs(p.column));
        }
        const bool market_full = full(s_.sold[r], q_.sell_limit[r], r);

        expect(!(buys && (sells || disposes)), row_name(r) + "buys while it sells or disposes");
        expect(!short_of || !(sells || disposes || steps_back || chokes),
               row_name(r) + "users are short while a surplus leaves or makers are held back");
        expect(!short_of || full(s_.bought[r], q_.buy_limit[r], r),
               row_name(r) + "users are short while more could be bought");
        expect(!disposes || market_full, row_name(r) + "disposes while a market is open");
        const bool open_sale = q_.sell_limit[r] == unlimited && sells;
        expect(!(on_call && (open_sale || disposes || chokes)),
               row_name(r) + "makers on demand run for a surplus");
        expect(!chokes || (!buys && market_full && q_.sink[static_cast<std::size_t>(r)] == 0),
               row_name(r) + "makers are held back while a surplus could leave");
        if (buy_first) {
            expect(!on_call || full(s_.bought[r], q_.buy_limit[r], r),
                   row_name(r) + "makers on demand run before the purchase that ranks first");
        } else {
            expect(!(steps_back && buys),
                   row_name(r) + "buys while makers on demand are held back");
            expect(!steps_back || q_.sell_limit[r] == unlimited || market_full,
                   row_name(r) + "makers on demand are held back while a finite market is open");
        }
    }

    void check_reason(int f) {
        const double cap = q_.capacity[f];
        const double x = s_.activity[f];
        expect(x >= 0.0 && x <= cap * (1.0 + tolerance_),
               column_name(f) + "beyond its capacity or below zero");
        switch (reason(f).kind) {
        case BindingKind::not_built:
            expect(cap == 0.0, column_name(f) + "built, but says that it is not");
            return;
        case BindingKind::capacity:
            expect(share(f) >= 1.0 - tolerance_, column_name(f) + "names its capacity below it");
            return;
        case BindingKind::feedstock:
            check_share(f, [](const Party& p) { return p.amount < 0.0; });
            return;
        case BindingKind::demand:
            check_share(f, [](const Party& p) { return p.amount > 0.0 && p.own; });
            return;
        case BindingKind::surplus:
            check_share(f, [](const Party& p) { return p.amount > 0.0 && !p.own; });
            return;
        case BindingKind::off:
            note(column_name(f) + "has no reason to be off");
            return;
        }
    }

    /// The weight of a party among its like; absent if it is not known.
    [[nodiscard]] std::optional<double> weight(const Party& p) const {
        const auto c = static_cast<std::size_t>(p.column);
        if (p.amount > 0.0 || p.own || q_.driver[c] == ColumnDriver::at_capacity) {
            return q_.capacity[p.column];
        }
        if (!targets_) {
            return std::nullopt;
        }
        const double target = (*targets_)[c];
        return target <= 2e-9 * q_.capacity[p.column] ? 0.0 : target;
    }

    /// Where a party stands: smaller is served first, and held back last.
    [[nodiscard]] static std::pair<bool, int> standing(const Party& p) {
        return {p.amount < 0.0 && p.own, p.priority};
    }

    template <class Like>
    void check_share(int f, Like like) {
        const int r = reason(f).row;
        const auto self = std::find_if(parties(r).begin(), parties(r).end(),
                                       [&](const Party& p) { return p.column == f && like(p); });
        if (self == parties(r).end()) {
            note(column_name(f) + "names a commodity that has no such hold on it");
            return;
        }
        for (const auto& other : parties(r)) {
            if (other.column == f || !like(other)) {
                continue;
            }
            const std::string pair = column_name(f) + "beside column " +
                                     std::to_string(other.column) + " at row " + std::to_string(r) +
                                     ": ";
            if (standing(other) > standing(*self)) {
                expect(!runs(other.column), pair + "the later one runs");
            } else if (standing(other) == standing(*self)) {
                check_pair(*self, other, pair);
            }
        }
    }

    void check_pair(const Party& self, const Party& other, const std::string& pair) {
        const auto mine = weight(self);
        const auto theirs = weight(other);
        if (!mine || !theirs) {
            return;
        }
        const double x = s_.activity[self.column];
        const double y = s_.activity[other.column];
        if (*mine > 0.0 && *theirs > 0.0) {
            // y / theirs <= x / mine, in terms of what either could run at
            expect(y * *mine <=
                       x * *theirs + 10.0 * tolerance_ * std::max(*mine, x) * std::max(*theirs, y),
                   pair + "the other has a larger share");
        } else if (*mine > 0.0) {
            expect(share(other.column) <= 10.0 * tolerance_,
                   pair + "the other runs though it has no target");
        } else if (*theirs > 0.0) {
            expect(reason(other.column).row != reason(self.column).row ||
                       share(self.column) <= 10.0 * tolerance_,
                   pair + "it runs without a target while one with a target is short");
        }
    }

    const Equations& q_;
    const Solution& s_;
    const std::optional<std::vector<double>>& targets_;
    double tolerance_;
    std::vector<std::vector<Party>> parties_;
    std::vector<std::string> found_;
};

} // namespace

std::vector<std::string> find_violations(const Equations& equations, const Solution& solution,
                                         const std::optional<std::vector<double>>& targets,
                                         double tolerance) {
    return Verifier(equations, solution, targets, tolerance).run();
}

} // namespace chainsim::test
