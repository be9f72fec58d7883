#include <chainsim/linear/detail/order.hpp>

#include <algorithm>
#include <btf.h>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <queue>
#include <utility>

namespace chainsim::linear::detail {

namespace {

std::size_t index(int value) { return static_cast<std::size_t>(value); }

/// Entries by row: the columns of each row, ascending, and which entry by columns each is.
struct ByRow {
    std::vector<int> start, column, entry;
};

ByRow by_row(const ColumnsView& matrix) {
    const int entries = matrix.start[matrix.size];
    ByRow rows{.start = std::vector<int>(index(matrix.size) + 1, 0),
               .column = std::vector<int>(index(entries)),
               .entry = std::vector<int>(index(entries))};
    for (int k = 0; k < entries; ++k) {
        ++rows.start[index(matrix.row[k]) + 1];
    }
    std::partial_sum(rows.start.begin(), rows.start.end(), rows.start.begin());
    std::vector<int> next(rows.start.begin(), rows.start.end() - 1);
    for (int column = 0; column < matrix.size; ++column) {
        for (int k = matrix.start[column]; k < matrix.start[column + 1]; ++k) {
            const auto place = index(next[index(matrix.row[k])]++);
            rows.column[place] = column;
            rows.entry[place] = k;
        }
    }
    return rows;
}

bool has_full_diagonal(const ColumnsView& matrix) {
    for (int column = 0; column < matrix.size; ++column) {
        const int* first = matrix.row + matrix.start[column];
        const int* last = matrix.row + matrix.start[column + 1];
        if (std::find(first, last, column) == last) {
            return false;
        }
    }
    return true;
}

/// Depth-first search over rows: row i needs the row that is matched to each of its columns.
class Search {
public:
    Search(const ByRow& rows, const std::vector<int>& row_of_column)
        : rows_(rows), row_of_column_(row_of_column), number_(row_of_column.size(), -1),
          low_(row_of_column.size()), next_(row_of_column.size()),
          block_(row_of_column.size(), -1) {
        finished_.reserve(row_of_column.size());
    }

    void from(int root) {
        if (number_[index(root)] >= 0) {
            return;
        }
        open(root);
        while (!path_.empty()) {
            const int row = path_.back();
            if (next_[index(row)] == rows_.start[index(row) + 1]) {
                close(row);
            } else {
                visit(row, row_of_column_[index(rows_.column[index(next_[index(row)]++)])]);
            }
        }
    }

    /// Rows by block, and in each as they were finished.
    [[nodiscard]] Order order() const {
        Order result;
        result.block_start.assign(index(blocks_) + 1, 0);
        for (const int block : block_) {
            ++result.block_start[index(block) + 1];
        }
        std::partial_sum(result.block_start.begin(), result.block_start.end(),
                         result.block_start.begin());
        std::vector<int> next(result.block_start.begin(), result.block_start.end() - 1);
        result.row_of.resize(finished_.size());
        for (const int row : finished_) {
            result.row_of[index(next[index(block_[index(row)])]++)] = row;
        }
        return result;
    }

private:
    void open(int row) {
        number_[index(row)] = low_[index(row)] = count_++;
        next_[index(row)] = rows_.start[index(row)];
        path_.push_back(row);
        waiting_.push_back(row);
    }

    void visit(int row, int other) {
        if (number_[index(other)] < 0) {
            open(other);
        } else if (block_[index(other)] < 0) {
            low_[index(row)] = std::min(low_[index(row)], number_[index(other)]);
        }
    }

    void close(int row) {
        path_.pop_back();
        finished_.push_back(row);
        if (!path_.empty()) {
            low_[index(path_.back())] = std::min(low_[index(path_.back())], low_[index(row)]);
        }
        if (low_[index(row)] != number_[index(row)]) {
            return;
        }
        for (int member = -1; member != row;) {
            member = waiting_.back();
            waiting_.pop_back();
            block_[index(member)] = blocks_;
        }
        ++blocks_;
    }

    const ByRow& rows_;
    const std::vector<int>& row_of_column_;
    std::vector<int> number_, low_, next_, block_, path_, waiting_, finished_;
    int count_ = 0;
    int blocks_ = 0;
};

/// Greedy choice within one block: of the rows left, next is the one that takes least from rows
/// still to come for what they take of it.
class Greedy {
public:
    Greedy(const Rows& rows, const std::vector<double>& weight, int first, int last)
        : first_(first), last_(last), takes_(index(last - first)), gives_(index(last - first)),
          left_(index(last - first), 1), users_(index(last - first)), needs_(index(last - first)) {
        for (int row = first; row < last; ++row) {
            for (int k = rows.inside[index(row)]; k < rows.off_end[index(row)]; ++k) {
                connect(row - first, rows.column[index(k)] - first, weight[index(k)]);
            }
        }
    }

    /// Positions in the block, in the new order.
    std::vector<int> run() {
        for (int k = 0; k < last_ - first_; ++k) {
            push(k);
        }
        std::vector<int> order;
        order.reserve(index(last_ - first_));
        while (!queue_.empty()) {
            const auto [key, row] = queue_.top();
            queue_.pop();
            if (left_[index(row)] == 0 || key != this->key(row)) {
                continue; // gone, or queued again since
            }
            left_[index(row)] = 0;
            order.push_back(row);
            release(row);
        }
        return order;
    }

private:
    using Arc = std::pair<int, double>;

    void connect(int row, int other, double weight) {
        takes_[index(row)] += weight;
        gives_[index(other)] += weight;
        users_[index(other)].emplace_back(row, weight);
        needs_[index(row)].emplace_back(other, weight);
    }

    [[nodiscard]] double key(int row) const {
        constexpr double nothing = 1e-14; // what sums of weights leave of zero
        const double takes = takes_[index(row)];
        return takes <= nothing ? 0.0 : -takes / std::max(gives_[index(row)], nothing);
    }

    void push(int row) { queue_.emplace(key(row), row); }

    void release(int row) {
        for (const auto& [user, weight] : users_[index(row)]) {
            takes_[index(user)] -= weight;
            if (left_[index(user)] != 0) {
                push(user);
            }
        }
        for (const auto& [need, weight] : needs_[index(row)]) {
            gives_[index(need)] -= weight;
            if (left_[index(need)] != 0) {
                push(need);
            }
        }
    }

    int first_;
    int last_;
    std::vector<double> takes_, gives_;
    std::vector<char> left_;
    std::vector<std::vector<Arc>> users_, needs_;
    std::priority_queue<std::pair<double, int>> queue_;
};

/// By rows from by columns, without the diagonal; columns ascending.
void rows_of(const std::vector<int>& start, const std::vector<int>& row,
             const std::vector<int>& place, std::vector<int>& row_start, std::vector<int>& column) {
    const auto size = place.size();
    row_start.assign(size + 1, 0);
    std::vector<int> original(size); // column at each place
    for (std::size_t k = 0; k < size; ++k) {
        original[index(place[k])] = static_cast<int>(k);
    }
    for (std::size_t k = 0; k < size; ++k) {
        for (int e = start[k]; e < start[k + 1]; ++e) {
            if (row[index(e)] != static_cast<int>(k)) {
                ++row_start[index(place[index(row[index(e)])]) + 1];
            }
        }
    }
    std::partial_sum(row_start.begin(), row_start.end(), row_start.begin());
    column.resize(index(row_start.back()));
    std::vector<int> next(row_start.begin(), row_start.end() - 1);
    for (std::size_t at = 0; at < size; ++at) {
        const auto k = index(original[at]);
        for (int e = start[k]; e < start[k + 1]; ++e) {
            if (row[index(e)] != static_cast<int>(k)) {
                column[index(next[index(place[index(row[index(e)])])]++)] = static_cast<int>(at);
            }
        }
    }
}

int find_upper(const FactorPattern& pattern, int row, int column) {
    const auto first = pattern.upper_column.begin() + pattern.upper_start[index(row)];
    const auto last = pattern.upper_column.begin() + pattern.upper_start[index(row) + 1];
    const auto found = std::lower_bound(first, last, column);
    return found != last && *found == column
               ? static_cast<int>(found - pattern.upper_column.begin())
               : -1;
}

/// Where KLU's position k goes when its blocks are taken last first.
std::vector<int> places(const Factors& factors) {
    std::vector<int> place(factors.row_of.size());
    int next = 0;
    for (std::size_t block = factors.block_start.size() - 1; block-- > 0;) {
        for (int k = factors.block_start[block]; k < factors.block_start[block + 1]; ++k) {
            place[index(k)] = next++;
        }
    }
    return place;
}

} // namespace

RowsView Rows::view() const {
    return {.size = static_cast<int>(inside.size()),
            .blocks = static_cast<int>(block_start.size()) - 1,
            .block_start = block_start.data(),
            .row_start = row_start.data(),
            .inside = inside.data(),
            .off_end = off_end.data(),
            .column = column.data()};
}

FactorView FactorPattern::view() const {
    return {.lower_start = lower_start.data(),
            .lower_column = lower_column.data(),
            .lower_partner = lower_partner.data(),
            .upper_start = upper_start.data(),
            .upper_column = upper_column.data()};
}

std::optional<std::vector<int>> match(const ColumnsView& matrix) {
    std::vector<int> column_of_row(index(matrix.size));
    if (has_full_diagonal(matrix)) {
        std::iota(column_of_row.begin(), column_of_row.end(), 0);
        return column_of_row;
    }
    std::vector<int> work(5 * index(matrix.size));
    double done = 0.0;
    auto start = std::vector<int>(matrix.start, matrix.start + matrix.size + 1);
    auto row = std::vector<int>(matrix.row, matrix.row + start.back());
    const int matched = btf_maxtrans(matrix.size, matrix.size, start.data(), row.data(), 0.0, &done,
                                     column_of_row.data(), work.data());
    if (matched < matrix.size) {
        return std::nullopt;
    }
    return column_of_row;
}

Order sweep_order(const ColumnsView& matrix, const std::vector<int>& column_of_row) {
    const auto rows = by_row(matrix);
    std::vector<int> row_of_column(column_of_row.size());
    for (std::size_t row = 0; row < column_of_row.size(); ++row) {
        row_of_column[index(column_of_row[row])] = static_cast<int>(row);
    }
    Search search(rows, row_of_column);
    for (int row = 0; row < matrix.size; ++row) {
        search.from(row);
    }
    auto order = search.order();
    order.column_of.reserve(order.row_of.size());
    for (const int row : order.row_of) {
        order.column_of.push_back(column_of_row[index(row)]);
    }
    return order;
}

void improve_order(const Rows& rows, const std::vector<double>& values,
                   const std::vector<double>& unknown, Order& order) {
    std::vector<double> weight(values.size(), 0.0);
    for (std::size_t row = 0; row < unknown.size(); ++row) {
        const double whole = std::abs(values[index(rows.off_end[row])] * unknown[row]);
        for (int k = rows.inside[row]; k < rows.off_end[row]; ++k) {
            const double part = std::abs(values[index(k)] * unknown[index(rows.column[index(k)])]);
            weight[index(k)] = whole > 0.0 ? std::min(part / whole, 1.0) : 1.0;
        }
    }
    for (std::size_t block = 0; block + 1 < order.block_start.size(); ++block) {
        const int first = order.block_start[block];
        const int last = order.block_start[block + 1];
        if (last - first == 1) {
            continue;
        }
        const auto better = Greedy(rows, weight, first, last).run();
        const std::vector<int> old_rows(order.row_of.begin() + first, order.row_of.begin() + last);
        const std::vector<int> old_columns(order.column_of.begin() + first,
                                           order.column_of.begin() + last);
        for (std::size_t k = 0; k < better.size(); ++k) {
            order.row_of[index(first) + k] = old_rows[index(better[k])];
            order.column_of[index(first) + k] = old_columns[index(better[k])];
        }
    }
}

Rows make_rows(const ColumnsView& matrix, const Order& order) {
    const auto size = order.row_of.size();
    const auto wide = by_row(matrix);
    std::vector<int> position(size);
    for (std::size_t k = 0; k < size; ++k) {
        position[index(order.column_of[k])] = static_cast<int>(k);
    }
    Rows rows;
    rows.block_start = order.block_start;
    rows.row_start.reserve(size + 1);
    rows.row_start.push_back(0);
    rows.inside.reserve(size);
    rows.off_end.reserve(size);
    rows.column.reserve(wide.column.size());
    rows.source.reserve(wide.column.size());
    std::vector<std::pair<int, int>> row; // position and entry, ascending, the diagonal last
    for (std::size_t block = 0; block + 1 < order.block_start.size(); ++block) {
        for (int k = order.block_start[block]; k < order.block_start[block + 1]; ++k) {
            const auto original = index(order.row_of[index(k)]);
            row.clear();
            for (int e = wide.start[original]; e < wide.start[original + 1]; ++e) {
                row.emplace_back(position[index(wide.column[index(e)])], wide.entry[index(e)]);
            }
            std::sort(row.begin(), row.end(), [k](const auto& a, const auto& b) {
                return std::pair(a.first == k, a.first) < std::pair(b.first == k, b.first);
            });
            int before = 0;
            for (const auto& [column, entry] : row) {
                before += column < order.block_start[block] ? 1 : 0;
                rows.column.push_back(column);
                rows.source.push_back(entry);
            }
            const bool on_diagonal = !row.empty() && row.back().first == k;
            rows.inside.push_back(rows.row_start.back() + before);
            rows.row_start.push_back(static_cast<int>(rows.column.size()));
            rows.off_end.push_back(rows.row_start.back() - (on_diagonal ? 1 : 0));
        }
    }
    return rows;
}

Order factor_order(const Factors& factors) {
    const auto place = places(factors);
    Order order;
    order.row_of.resize(place.size());
    order.column_of.resize(place.size());
    for (std::size_t k = 0; k < place.size(); ++k) {
        order.row_of[index(place[k])] = factors.row_of[k];
        order.column_of[index(place[k])] = factors.column_of[k];
    }
    order.block_start.push_back(0);
    for (std::size_t block = factors.block_start.size() - 1; block-- > 0;) {
        order.block_start.push_back(order.block_start.back() + factors.block_start[block + 1] -
                                    factors.block_start[block]);
    }
    return order;
}

FactorPattern factor_pattern(const Factors& factors) {
    const auto place = places(factors);
    FactorPattern pattern;
    rows_of(factors.lower_start, factors.lower_row, place, pattern.lower_start,
            pattern.lower_column);
    rows_of(factors.upper_start, factors.upper_row, place, pattern.upper_start,
            pattern.upper_column);
    pattern.lower_partner.resize(pattern.lower_column.size());
    for (std::size_t row = 0; row < place.size(); ++row) {
        for (int k = pattern.lower_start[row]; k < pattern.lower_start[row + 1]; ++k) {
            pattern.lower_partner[index(k)] =
                find_upper(pattern, pattern.lower_column[index(k)], static_cast<int>(row));
        }
    }
    return pattern;
}

} // namespace chainsim::linear::detail
