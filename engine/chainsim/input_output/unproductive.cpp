#include <chainsim/input_output/leontief.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsim::input_output {

namespace {

using Eigen::Index;

/// Who supplies whom, and the sets of sectors that all reach each other (Tarjan, without
/// recursion).
class Loops {
public:
    explicit Loops(const Matrix& coefficients)
        : supplies_(static_cast<std::size_t>(coefficients.rows())), node_(supplies_.size()) {
        coefficients.for_each([this](Index row, Index column, double /*value*/) {
            supplies_[static_cast<std::size_t>(column)].push_back(row);
        });
        for (std::size_t root = 0; root < node_.size(); ++root) {
            if (node_[root].number == 0) {
                search(root);
            }
        }
    }

    [[nodiscard]] const std::vector<std::vector<Index>>& all() const { return loops_; }

private:
    struct Node {
        std::size_t number = 0;
        std::size_t low = 0;
        std::size_t next = 0;
        bool is_open = false;
    };

    void open(std::size_t sector) {
        node_[sector].number = node_[sector].low = ++count_;
        node_[sector].is_open = true;
        path_.push_back(sector);
        waiting_.push_back(sector);
    }

    void search(std::size_t root) {
        open(root);
        while (!path_.empty()) {
            const std::size_t here = path_.back();
            if (node_[here].next == supplies_[here].size()) {
                close(here);
                continue;
            }
            const auto other = static_cast<std::size_t>(supplies_[here][node_[here].next++]);
            if (node_[other].number == 0) {
                open(other);
            } else if (node_[other].is_open) {
                node_[here].low = std::min(node_[here].low, node_[other].number);
            }
        }
    }

    void close(std::size_t sector) {
        path_.pop_back();
        if (!path_.empty()) {
            auto& above = node_[path_.back()];
            above.low = std::min(above.low, node_[sector].low);
        }
        if (node_[sector].low != node_[sector].number) {
            return;
        }
        auto& loop = loops_.emplace_back();
        while (loop.empty() || loop.back() != static_cast<Index>(sector)) {
            loop.push_back(static_cast<Index>(waiting_.back()));
            node_[waiting_.back()].is_open = false;
            waiting_.pop_back();
        }
        std::sort(loop.begin(), loop.end());
    }

    std::vector<std::vector<Index>> supplies_;
    std::vector<Node> node_;
    std::vector<std::size_t> path_, waiting_;
    std::vector<std::vector<Index>> loops_;
    std::size_t count_ = 0;
};

/// A lower bound of the growth of the loop's own products by Collatz and Wielandt: of a positive
/// vector v, min (A v)_i / v_i; it tends to the largest eigenvalue. I + A is used, which has no
/// period.
double growth(const Matrix& coefficients, const std::vector<Index>& loop) {
    constexpr int most_steps = 1000;
    std::vector<Index> place(static_cast<std::size_t>(coefficients.rows()), -1);
    for (std::size_t k = 0; k < loop.size(); ++k) {
        place[static_cast<std::size_t>(loop[k])] = static_cast<Index>(k);
    }
    std::vector<Eigen::Triplet<double>> entries;
    coefficients.for_each([&](Index row, Index column, double value) {
        const Index i = place[static_cast<std::size_t>(row)];
        const Index j = place[static_cast<std::size_t>(column)];
        if (i >= 0 && j >= 0) {
            entries.emplace_back(static_cast<int>(i), static_cast<int>(j), value);
        }
    });
    const auto size = static_cast<Index>(loop.size());
    Matrix::Sparse own(size, size);
    own.setFromTriplets(entries.begin(), entries.end());
    Eigen::VectorXd vector = Eigen::VectorXd::Ones(size);
    double least = 0.0;
    for (int step = 0; step < most_steps && least < 1.0; ++step) {
        const Eigen::VectorXd next = own * vector + vector;
        const Eigen::ArrayXd ratio = next.array() / vector.array() - 1.0;
        least = std::max(least, ratio.minCoeff());
        if (ratio.maxCoeff() - ratio.minCoeff() < 1e-12) {
            break;
        }
        vector = next / next.maxCoeff();
    }
    return least;
}

} // namespace

std::vector<Index> unproductive(const Matrix& coefficients, const Eigen::VectorXd& output_of_ones) {
    bool is_negative = false;
    coefficients.for_each([&is_negative](Index /*row*/, Index /*column*/, double value) {
        is_negative = is_negative || value < 0.0;
    });
    // Each sector that delivers one unit makes at least one.
    constexpr double slack = 1e-9;
    const bool is_productive =
        output_of_ones.allFinite() &&
        (output_of_ones.size() == 0 || output_of_ones.minCoeff() >= 1.0 - slack);
    if (is_negative || is_productive) {
        return {};
    }
    // Some loop is to blame: that of the fastest growth, as far as steps tell it.
    const Loops loops(coefficients);
    std::vector<Index> worst;
    double most = -1.0;
    for (const auto& loop : loops.all()) {
        const double here = growth(coefficients, loop);
        if (here > most) {
            most = here;
            worst = loop;
        }
    }
    return worst;
}

} // namespace chainsim::input_output
