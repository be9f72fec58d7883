#include <chainsim/solve/detail/standstill.hpp>
#include <chainsim/solve/detail/verdict.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace chainsim::solve::detail {

using system::BindingKind;
using system::unlimited;

namespace {

class Verdict {
public:
    explicit Verdict(const Iterate& iterate)
        : it_(iterate), v_(iterate.valves()), eq_(v_.equations()) {}

    [[nodiscard]] system::Solution read(bool converged) {
        out_.activity = it_.activities();
        for (int f = 0; f < v_.columns(); ++f) {
            if (out_.activity[f] < 1e-13 * eq_.capacity[f]) {
                out_.activity[f] = 0.0; // the rounding of a balance, not an activity
            }
        }
        out_.bought = out_.sold = out_.disposed = out_.shortage = Eigen::VectorXd::Zero(v_.rows());
        for (int r = 0; r < v_.rows(); ++r) {
            read_row(r);
        }
        for (int f = 0; f < v_.columns(); ++f) {
            out_.binding.push_back(binding(f));
        }
        judge(converged);
        return std::move(out_);
    }

private:
    void read_row(int r) {
        double made = 0.0;
        double used = 0.0;
        double nominal = 0.0; // throughput at full capacity
        double wish = 0.0;
        for (int i = v_.row(r).begin; i < v_.row(r).end; ++i) {
            const auto& one = v_.member(i);
            (one.is_maker() ? made : used) += one.rate * out_.activity[one.column];
            nominal += one.rate * eq_.capacity[one.column];
            wish += one.is_maker() ? 0.0 : one.rate * it_.able(i);
        }
        const auto rung = it_.state(r).rung;
        const int height = v_.height(r, rung);
        const double surplus = made - used - eq_.demand[r];
        const bool is_short = rung == Rung::ration || rung == Rung::broken;
        if (rung == Rung::buy) {
            out_.bought[r] = std::clamp(-surplus, 0.0, eq_.buy_limit[r]);
        } else if (height < v_.height(r, Rung::buy)) {
            out_.bought[r] = eq_.buy_limit[r];
        }
        if (rung == Rung::sell || rung == Rung::sell_open) {
            out_.sold[r] = std::clamp(surplus, 0.0, eq_.sell_limit[r]);
        } else if (height > v_.height(r, Rung::sell) && eq_.sell_limit[r] < unlimited) {
            out_.sold[r] = eq_.sell_limit[r];
        }
        if (rung == Rung::sink) {
            out_.disposed[r] = std::max(surplus - out_.sold[r], 0.0);
        }
        out_.shortage[r] = is_short ? std::max(wish - used, 0.0) : 0.0;
        if (rung == Rung::broken) {
            out_.culprit_rows.push_back(r);
            return;
        }
        const double rest = surplus + out_.bought[r] - out_.sold[r] - out_.disposed[r];
        const double scale =
            std::max({made + out_.bought[r], used + eq_.demand[r], 1e-6 * nominal, 1e-300});
        const double off = std::abs(rest) / scale;
        if (!(off <= most_off)) { // or not a number
            rows_off_.push_back(r);
        }
        out_.residual = std::max(out_.residual, std::isfinite(off) ? off : unlimited);
    }

    [[nodiscard]] system::Binding binding(int f) const {
        constexpr double full = 1.0 - 1e-9;
        const int i = it_.binder(f);
        if (eq_.capacity[f] <= 0.0) {
            return {BindingKind::not_built, -1};
        }
        if (i < 0 || out_.activity[f] >= full * eq_.capacity[f]) {
            return {BindingKind::capacity, -1};
        }
        const auto& one = v_.member(i);
        return {!one.is_maker()                  ? BindingKind::feedstock
                : one.role == Role::demand_maker ? BindingKind::demand
                                                 : BindingKind::surplus,
                one.row};
    }

    void judge(bool converged) {
        const auto starved = find_starving_loop(it_);
        if (converged && !starved.empty()) {
            out_.outcome = system::Outcome::unproductive;
            out_.culprit_columns = starved;
        } else if (!converged || !rows_off_.empty()) {
            // Rows that do not balance are no answer, whatever the iteration says of itself.
            out_.outcome = system::Outcome::not_converged;
            out_.culprit_columns = restless_columns();
            if (out_.culprit_columns.empty()) {
                out_.culprit_columns = find_deadlock(it_); // which stands, but is no answer
            }
            out_.culprit_rows.insert(out_.culprit_rows.end(), rows_off_.begin(), rows_off_.end());
            std::sort(out_.culprit_rows.begin(), out_.culprit_rows.end());
        } else if (!out_.culprit_rows.empty()) {
            out_.outcome = system::Outcome::infeasible;
        }
    }

    /// Columns that one more sweep would move.
    [[nodiscard]] std::vector<int> restless_columns() const {
        auto next = it_;
        next.make_stale();
        next.sweep(true, 1.0);
        std::vector<int> result;
        for (int f = 0; f < v_.columns(); ++f) {
            if (std::abs(next.activity(f) - it_.activity(f)) > 1e-12 * eq_.capacity[f]) {
                result.push_back(f);
            }
        }
        return result;
    }

    static constexpr double most_off = 1e-9; // of the throughput of the row

    const Iterate& it_;
    const Valves& v_;
    const system::Equations& eq_;
    system::Solution out_;
    std::vector<int> rows_off_;
};

} // namespace

system::Solution read_solution(const Iterate& iterate, bool converged) {
    return Verdict(iterate).read(converged);
}

} // namespace chainsim::solve::detail
