#include <chainsim/linear/nonnegative.hpp>

#include <Eigen/QR>

#include <limits>
#include <vector>

namespace chainsim::linear {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

class Nonnegative {
public:
    Nonnegative(const MatrixXd& a, const VectorXd& b)
        : a_(a), b_(b), z_(VectorXd::Zero(a.cols())), is_free_(static_cast<std::size_t>(a.cols())),
          tolerance_(10.0 * std::numeric_limits<double>::epsilon() * a.cwiseAbs().maxCoeff() *
                     (a.cwiseAbs().maxCoeff() + b.cwiseAbs().maxCoeff()) *
                     static_cast<double>(a.rows())) {}

    VectorXd solve() {
        // Each round frees one variable; 3 n is Lawson & Hanson's own bound against rounding that
        // cycles.
        for (Index round = 0; round < 3 * z_.size() && free_one(); ++round) {
        }
        return z_;
    }

private:
    [[nodiscard]] bool is_free(Index j) const { return is_free_[static_cast<std::size_t>(j)]; }
    void set_free(Index j, bool is) { is_free_[static_cast<std::size_t>(j)] = is; }

    /// Least squares with only the free columns; the others are 0.
    [[nodiscard]] VectorXd free_answer() const {
        std::vector<Index> chosen;
        for (Index j = 0; j < z_.size(); ++j) {
            if (is_free(j)) {
                chosen.push_back(j);
            }
        }
        MatrixXd part(a_.rows(), static_cast<Index>(chosen.size()));
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            part.col(static_cast<Index>(i)) = a_.col(chosen[i]);
        }
        const VectorXd some = part.colPivHouseholderQr().solve(b_);
        VectorXd all = VectorXd::Zero(z_.size());
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            all(chosen[i]) = some(static_cast<Index>(i));
        }
        return all;
    }

    /// Frees the variable that helps most, and walks to the answer with it. False: none helps.
    bool free_one() {
        VectorXd gradient = a_.transpose() * (b_ - a_ * z_);
        while (true) {
            Index next = -1;
            for (Index j = 0; j < z_.size(); ++j) {
                if (!is_free(j) && gradient(j) > (next < 0 ? tolerance_ : gradient(next))) {
                    next = j;
                }
            }
            if (next < 0) {
                return false;
            }
            set_free(next, true);
            const VectorXd wanted = free_answer();
            if (wanted(next) > 0.0) {
                walk(wanted);
                return true;
            }
            // Its pull was rounding: it would turn back at once.
            set_free(next, false);
            gradient(next) = 0.0;
        }
    }

    /// Towards the free answer until it is nonnegative, fixing what reaches 0 on the way.
    void walk(VectorXd wanted) {
        while (true) {
            double step = 1.0;
            Index first = -1;
            for (Index j = 0; j < z_.size(); ++j) {
                if (is_free(j) && wanted(j) <= 0.0) {
                    const double until = z_(j) / (z_(j) - wanted(j));
                    if (first < 0 || until < step) {
                        step = until;
                        first = j;
                    }
                }
            }
            if (first < 0) {
                z_ = wanted;
                return;
            }
            z_ += step * (wanted - z_);
            z_(first) = 0.0; // to the digit: it is what ends the step
            for (Index j = 0; j < z_.size(); ++j) {
                if (is_free(j) && z_(j) <= 1e-14 && wanted(j) <= 0.0) {
                    z_(j) = 0.0;
                    set_free(j, false);
                }
            }
            wanted = free_answer();
        }
    }

    const MatrixXd& a_;
    const VectorXd& b_;
    VectorXd z_;
    std::vector<bool> is_free_;
    double tolerance_;
};

} // namespace

VectorXd nonnegative_least_squares(const MatrixXd& a, const VectorXd& b) {
    return Nonnegative(a, b).solve();
}

std::optional<LeastDistance> least_distance(const MatrixXd& g, const VectorXd& h) {
    LeastDistance out{VectorXd::Zero(g.cols()), VectorXd::Zero(g.rows())};
    const double far = h.size() > 0 ? h.maxCoeff() : 0.0;
    if (far <= 0.0) {
        return out;
    }
    MatrixXd stacked(g.cols() + 1, g.rows());
    stacked << g.transpose(), h.transpose() / far; // so that x has about the length 1
    const VectorXd target = VectorXd::Unit(g.cols() + 1, g.cols());
    const VectorXd u = nonnegative_least_squares(stacked, target);
    const VectorXd left = stacked * u - target;
    // Its square is 1 / (1 + |x|^2): x would have to be that far.
    constexpr double nowhere = 1e-8;
    if (left.norm() <= nowhere) {
        return std::nullopt;
    }
    const double scale = far / -left(g.cols());
    out.point = scale * left.head(g.cols());
    out.multipliers = scale * u;
    return out;
}

} // namespace chainsim::linear
