#include <chainsim/optimise/detail/dominance.hpp>

#include <algorithm>
#include <cstddef>

namespace chainsim::optimise::detail {

namespace {

class DominanceFinder {
public:
    explicit DominanceFinder(const Program& program)
        : program_(program), is_dropped_(program.column_names.size(), char{0}) {}

    std::vector<int> run(const std::vector<std::vector<int>>& choices) {
        for (int column = 0; column < program_.columns(); ++column) {
            if (is_open(column) && is_useless(column)) {
                is_dropped_[index(column)] = 1;
            }
        }
        for (const auto& choice : choices) {
            for (const int weaker : choice) {
                for (const int stronger : choice) {
                    if (weaker != stronger && is_open(weaker) && is_open(stronger) &&
                        replaces(stronger, weaker)) {
                        is_dropped_[index(weaker)] = 1;
                    }
                }
            }
        }
        std::vector<int> out;
        for (int column = 0; column < program_.columns(); ++column) {
            if (is_dropped_[index(column)] != 0) {
                out.push_back(column);
            }
        }
        return out;
    }

private:
    using Entries = Eigen::SparseMatrix<double>::InnerIterator;

    static std::size_t index(int i) { return static_cast<std::size_t>(i); }

    [[nodiscard]] bool is_open(int column) const {
        const auto at = index(column);
        return is_dropped_[at] == 0 && program_.is_integer[at] != 0 && program_.lower[at] == 0.0 &&
               program_.upper[at] == 1.0;
    }

    [[nodiscard]] double cost(int column) const {
        return program_.is_maximised ? -program_.cost[index(column)] : program_.cost[index(column)];
    }

    /// May the activity of a row move this way, wherever it is?
    [[nodiscard]] bool is_harmless(Eigen::Index row, double by) const {
        const auto at = static_cast<std::size_t>(row);
        return by == 0.0 || (by > 0.0 ? program_.row_upper[at] == infinity
                                      : program_.row_lower[at] == -infinity);
    }

    /// Leaving it out costs nothing and harms no row.
    [[nodiscard]] bool is_useless(int column) const {
        if (cost(column) < 0.0) {
            return false;
        }
        for (Entries it(program_.matrix, column); it; ++it) {
            if (!is_harmless(it.row(), -it.value())) {
                return false;
            }
        }
        return true;
    }

    /// Taking the stronger one in the place of the weaker one costs nothing and harms no row.
    [[nodiscard]] bool replaces(int stronger, int weaker) const {
        if (cost(stronger) > cost(weaker)) {
            return false;
        }
        bool is_same = cost(stronger) == cost(weaker);
        Entries a(program_.matrix, stronger);
        Entries b(program_.matrix, weaker);
        while (a || b) {
            const Eigen::Index row = !b || (a && a.row() < b.row()) ? a.row() : b.row();
            double by = 0.0;
            if (a && a.row() == row) {
                by += a.value();
                ++a;
            }
            if (b && b.row() == row) {
                by -= b.value();
                ++b;
            }
            is_same = is_same && by == 0.0;
            if (!is_harmless(row, by)) {
                return false;
            }
        }
        return !is_same || stronger < weaker;
    }

    const Program& program_;
    std::vector<char> is_dropped_; ///< by column
};

} // namespace

std::vector<int> find_dominated(const Program& program,
                                const std::vector<std::vector<int>>& choices) {
    return DominanceFinder(program).run(choices);
}

} // namespace chainsim::optimise::detail
