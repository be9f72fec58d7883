#include <chainsim/number/elimination.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <tuple>
#include <utility>

namespace chainsim::number {

namespace {

constexpr double pivot_share = 0.1; // of the largest of its column

std::size_t at(int i) { return static_cast<std::size_t>(i); }

class Elimination {
public:
    Elimination(int size, const std::vector<MatrixEntry>& entries, std::vector<Number> right)
        : rows_(at(size)), right_(std::move(right)), is_done_(at(size), 0) {
        for (const auto& entry : entries) {
            rows_[at(entry.row)][entry.column] += entry.value;
        }
    }

    std::optional<std::vector<Number>> solve() {
        for (std::size_t step = 0; step < rows_.size(); ++step) {
            const auto pivot = find_pivot();
            if (pivot.first < 0) {
                return std::nullopt;
            }
            take_out(pivot.first, pivot.second);
            pivots_.push_back(pivot);
        }
        std::vector<Number> result(rows_.size());
        std::reverse(pivots_.begin(), pivots_.end());
        for (const auto& [row, own] : pivots_) {
            Number sum = right_[at(row)];
            for (const auto& [column, value] : rows_[at(row)]) {
                if (column != own) {
                    sum -= value * result[at(column)];
                }
            }
            result[at(own)] = sum / rows_[at(row)].at(own);
        }
        return result;
    }

private:
    /// Row and column; -1 if none is left that is not zero.
    [[nodiscard]] std::pair<int, int> find_pivot() const {
        std::vector<double> largest(rows_.size(), 0.0);
        std::vector<int> count(rows_.size(), 0);
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            if (is_done_[r] == 0) {
                for (const auto& [column, value] : rows_[r]) {
                    largest[at(column)] = std::max(largest[at(column)], std::abs(value.value()));
                    ++count[at(column)];
                }
            }
        }
        auto best = std::tuple(0L, 0.0, -1, -1);
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            if (is_done_[r] != 0) {
                continue;
            }
            const long others = static_cast<long>(rows_[r].size()) - 1;
            for (const auto& [column, value] : rows_[r]) {
                const double size = std::abs(value.value());
                if (size > 0.0 && size >= pivot_share * largest[at(column)]) {
                    const auto one =
                        std::tuple(others * (count[at(column)] - 1), -size / largest[at(column)],
                                   static_cast<int>(r), column);
                    best = std::get<2>(best) < 0 ? one : std::min(best, one);
                }
            }
        }
        return {std::get<2>(best), std::get<3>(best)};
    }

    void take_out(int pivot_row, int pivot_column) {
        is_done_[at(pivot_row)] = 1;
        const auto& source = rows_[at(pivot_row)];
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            const auto found = is_done_[r] != 0 ? rows_[r].end() : rows_[r].find(pivot_column);
            if (found == rows_[r].end()) {
                continue;
            }
            const Number factor = found->second / source.at(pivot_column);
            rows_[r].erase(found);
            for (const auto& [column, value] : source) {
                if (column != pivot_column) {
                    rows_[r][column] -= factor * value;
                }
            }
            right_[r] -= factor * right_[at(pivot_row)];
        }
    }

    std::vector<std::map<int, Number>> rows_; ///< by row: column -> value
    std::vector<Number> right_;
    std::vector<char> is_done_; ///< by row
    std::vector<std::pair<int, int>> pivots_;
};

} // namespace

std::optional<std::vector<Number>> eliminate(int size, const std::vector<MatrixEntry>& entries,
                                             std::vector<Number> right) {
    return Elimination(size, entries, std::move(right)).solve();
}

} // namespace chainsim::number
