// The numeric phase of an LU factorisation with fixed pattern and pivot order, and its solves.
// Compiled for each instruction set, see sweep_kernel.cpp.
#include <chainsim/linear/detail/kernels.hpp>
#include <chainsim/linear/detail/lane_type.hpp>

namespace chainsim::linear::detail::CHAINSIM_KERNEL_ISA {

namespace {

/// Gathers the row into the work array, zero where it will fill in.
inline void open_row(const RowsView& rows, const FactorView& pattern, const double* values,
                     double* work, int row) {
    for (int k = pattern.lower_start[row]; k < pattern.lower_start[row + 1]; ++k) {
        *at<1>(work, pattern.lower_column[k]) = zero();
    }
    for (int k = pattern.upper_start[row]; k < pattern.upper_start[row + 1]; ++k) {
        *at<1>(work, pattern.upper_column[k]) = zero();
    }
    *at<1>(work, row) = zero();
    for (int entry = rows.inside[row]; entry < rows.row_start[row + 1]; ++entry) {
        *at<1>(work, rows.column[entry]) = *at<1>(values, entry);
    }
}

/// work -= multiplier * the finished upper row.
inline void eliminate(const FactorView& pattern, const double* upper, double* work, int done,
                      Lane multiplier) {
    for (int k = pattern.upper_start[done]; k < pattern.upper_start[done + 1]; ++k) {
        *at<1>(work, pattern.upper_column[k]) -= multiplier * *at<1>(upper, k);
    }
}

/// Returns how much of the pivot cancelled: this does not depend on units of rows or columns.
inline Lane factor_row(const RowsView& rows, const FactorView& pattern, const double* values,
                       const FactorNumbers& factors, int row) {
    open_row(rows, pattern, values, factors.work, row);
    Lane whole = magnitude(*at<1>(factors.work, row)); // what adds up to the pivot
    for (int k = pattern.lower_start[row]; k < pattern.lower_start[row + 1]; ++k) {
        const int done = pattern.lower_column[k];
        const Lane multiplier = *at<1>(factors.work, done) * *at<1>(factors.inverse_pivot, done);
        *at<1>(factors.lower, k) = multiplier;
        if (const int partner = pattern.lower_partner[k]; partner >= 0) {
            whole += magnitude(multiplier * *at<1>(factors.upper, partner));
        }
        eliminate(pattern, factors.upper, factors.work, done, multiplier);
    }
    for (int k = pattern.upper_start[row]; k < pattern.upper_start[row + 1]; ++k) {
        *at<1>(factors.upper, k) = *at<1>(factors.work, pattern.upper_column[k]);
    }
    const Lane inverse = 1.0 / *at<1>(factors.work, row);
    *at<1>(factors.inverse_pivot, row) = inverse;
    return whole * magnitude(inverse);
}

template <class Values>
inline void minus(const double* numbers, const int* columns, const double* unknown, int from,
                  int to, Group<Values::width>& sums) {
    for (int k = from; k < to; ++k) {
        const auto value = Values::get(numbers, k);
        const Lane* other = at<Values::width>(unknown, columns[k]);
        for (int w = 0; w < Values::width; ++w) {
            sums.lane[w] -= value * other[w];
        }
    }
}

template <int Width>
inline Group<Width> load(const double* values, int row) {
    Group<Width> group;
    for (int k = 0; k < Width; ++k) {
        group.lane[k] = at<Width>(values, row)[k];
    }
    return group;
}

template <class Values>
void solve_blocks(const RowsView& rows, const FactorView& pattern, const double* values,
                  const FactorNumbers& factors, const double* right, double* unknown) {
    constexpr int width = Values::width;
    for (int block = 0; block < rows.blocks; ++block) {
        const int first = rows.block_start[block];
        const int last = rows.block_start[block + 1];
        for (int row = first; row < last; ++row) {
            auto sum = load<width>(right, row);
            minus<Values>(values, rows.column, unknown, rows.row_start[row], rows.inside[row], sum);
            minus<Values>(factors.lower, pattern.lower_column, unknown, pattern.lower_start[row],
                          pattern.lower_start[row + 1], sum);
            for (int k = 0; k < width; ++k) {
                at<width>(unknown, row)[k] = sum.lane[k];
            }
        }
        for (int row = last - 1; row >= first; --row) {
            auto sum = load<width>(unknown, row);
            minus<Values>(factors.upper, pattern.upper_column, unknown, pattern.upper_start[row],
                          pattern.upper_start[row + 1], sum);
            const auto inverse = Values::get(factors.inverse_pivot, row);
            for (int k = 0; k < width; ++k) {
                at<width>(unknown, row)[k] = sum.lane[k] * inverse;
            }
        }
    }
}

template <class Values>
inline void spread(const double* numbers, const int* columns, double* unknown, int from, int to,
                   const Group<Values::width>& known) {
    for (int k = from; k < to; ++k) {
        const auto value = Values::get(numbers, k);
        Lane* other = at<Values::width>(unknown, columns[k]);
        for (int w = 0; w < Values::width; ++w) {
            other[w] -= value * known.lane[w];
        }
    }
}

template <class Values>
void solve_blocks_transposed(const RowsView& rows, const FactorView& pattern, const double* values,
                             const FactorNumbers& factors, double* unknown) {
    constexpr int width = Values::width;
    for (int block = rows.blocks - 1; block >= 0; --block) {
        const int first = rows.block_start[block];
        const int last = rows.block_start[block + 1];
        for (int row = first; row < last; ++row) {
            auto known = load<width>(unknown, row);
            const auto inverse = Values::get(factors.inverse_pivot, row);
            for (int k = 0; k < width; ++k) {
                known.lane[k] *= inverse;
                at<width>(unknown, row)[k] = known.lane[k];
            }
            spread<Values>(factors.upper, pattern.upper_column, unknown, pattern.upper_start[row],
                           pattern.upper_start[row + 1], known);
        }
        for (int row = last - 1; row >= first; --row) {
            const auto known = load<width>(unknown, row);
            spread<Values>(factors.lower, pattern.lower_column, unknown, pattern.lower_start[row],
                           pattern.lower_start[row + 1], known);
            spread<Values>(values, rows.column, unknown, rows.row_start[row], rows.inside[row],
                           known);
        }
    }
}

} // namespace

void factor(const RowsView& rows, const FactorView& pattern, const double* values,
            const FactorNumbers& factors) {
    Lane growth = all(1.0);
    Lane taint = zero();
    for (int block = 0; block < rows.blocks; ++block) {
        const int first = rows.block_start[block];
        const int last = rows.block_start[block + 1];
        if (last - first == 1) { // its only entry is its pivot
            const Lane inverse = 1.0 / *at<1>(values, rows.off_end[first]);
            *at<1>(factors.inverse_pivot, first) = inverse;
            taint += inverse * 0.0;
            continue;
        }
        for (int row = first; row < last; ++row) {
            const Lane lost = factor_row(rows, pattern, values, factors, row);
            growth = lost > growth ? lost : growth;
            taint += *at<1>(factors.inverse_pivot, row) * 0.0; // not a number, or infinite
        }
    }
    *at<1>(factors.growth, 0) = growth + taint;
}

void solve(const RowsView& rows, const FactorView& pattern, Numbers numbers, const double* values,
           const FactorNumbers& factors, const double* right, double* unknown) {
    switch (numbers) {
    case Numbers::lanes:
        return solve_blocks<OwnValues>(rows, pattern, values, factors, right, unknown);
    case Numbers::shared:
        return solve_blocks<SharedValues<1>>(rows, pattern, values, factors, right, unknown);
    case Numbers::shared_wide:
        return solve_blocks<SharedValues<4>>(rows, pattern, values, factors, right, unknown);
    }
}

void solve_transposed(const RowsView& rows, const FactorView& pattern, Numbers numbers,
                      const double* values, const FactorNumbers& factors, double* unknown) {
    switch (numbers) {
    case Numbers::lanes:
        return solve_blocks_transposed<OwnValues>(rows, pattern, values, factors, unknown);
    case Numbers::shared:
        return solve_blocks_transposed<SharedValues<1>>(rows, pattern, values, factors, unknown);
    case Numbers::shared_wide:
        return solve_blocks_transposed<SharedValues<4>>(rows, pattern, values, factors, unknown);
    }
}

} // namespace chainsim::linear::detail::CHAINSIM_KERNEL_ISA
