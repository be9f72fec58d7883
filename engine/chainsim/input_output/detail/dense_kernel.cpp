// The arithmetic of dense LU factors. Compiled for each instruction set, see chainsim_kernel of the
// build: products and sums stay apart and in one order, so that each set gives the same numbers.
#include <chainsim/input_output/detail/dense_kernels.hpp>

namespace chainsim::input_output::detail::CHAINSIM_KERNEL_ISA {

namespace {

// A lane is as wide as a register: of a wider type, which the compiler splits, sums would go to
// memory and back, at a tenth of the speed. A tile is as large as the registers hold: 24 x 8, 12 x
// 4 or 4 x 4 sums.
#if defined(__AVX512F__)
constexpr int width = 8;
constexpr int tile_lanes = 3;
constexpr int tile_columns = 8;
#elif defined(__AVX2__)
constexpr int width = 4;
constexpr int tile_lanes = 3;
constexpr int tile_columns = 4;
#else
constexpr int width = 2;
constexpr int tile_lanes = 2;
constexpr int tile_columns = 4;
#endif
constexpr int tile_rows = tile_lanes * width;

/// `aligned(8)` because columns of a matrix may start anywhere.
typedef double Lane
    __attribute__((vector_size(8 * width), aligned(8), may_alias)); // NOLINT(modernize-use-using)
/// Right-hand sides that are solved side by side.
constexpr int group = 8;
typedef double Group
    __attribute__((vector_size(8 * group), aligned(8), may_alias)); // NOLINT(modernize-use-using)

inline Lane& lane(double* values) { return *reinterpret_cast<Lane*>(values); }
inline Lane lane(const double* values) { return *reinterpret_cast<const Lane*>(values); }
inline Group& side_by_side(double* values) { return *reinterpret_cast<Group*>(values); }
inline long least(long a, long b) { return a < b ? a : b; }
inline double magnitude(double value) { return value < 0.0 ? -value : value; }

/// The left factor, tile by tile, each by columns; rows past the end are zero.
void lay_out_left(const Part& a, long rows, long depth, double* out) {
    for (long i = 0; i < rows; i += tile_rows) {
        const long here = least(tile_rows, rows - i);
        for (long k = 0; k < depth; ++k) {
            const double* column = a.values + i + k * a.stride;
            for (long r = 0; r < here; ++r) {
                *out++ = column[r];
            }
            for (long r = here; r < tile_rows; ++r) {
                *out++ = 0.0;
            }
        }
    }
}

/// The right factor, tile by tile, each by rows; columns past the end are zero.
void lay_out_right(const Part& b, long depth, long columns, double* out) {
    for (long j = 0; j < columns; j += tile_columns) {
        const long here = least(tile_columns, columns - j);
        for (long c = 0; c < here; ++c) {
            const double* column = b.values + (j + c) * b.stride;
            for (long k = 0; k < depth; ++k) {
                out[k * tile_columns + c] = column[k];
            }
        }
        for (long c = here; c < tile_columns; ++c) {
            for (long k = 0; k < depth; ++k) {
                out[k * tile_columns + c] = 0.0;
            }
        }
        out += depth * tile_columns;
    }
}

/// One tile of the product, subtracted from C as far as C goes.
inline void tile(const double* left, const double* right, long depth, const Part& c, long rows,
                 long columns) {
    Lane sum[tile_columns][tile_lanes] = {};
    for (long k = 0; k < depth; ++k) {
        Lane a[tile_lanes];
        for (int l = 0; l < tile_lanes; ++l) {
            a[l] = lane(left + l * width);
        }
        for (int j = 0; j < tile_columns; ++j) {
            for (int l = 0; l < tile_lanes; ++l) {
                sum[j][l] += a[l] * right[j];
            }
        }
        left += tile_rows;
        right += tile_columns;
    }
    if (rows == tile_rows && columns == tile_columns) {
        for (int j = 0; j < tile_columns; ++j) {
            for (int l = 0; l < tile_lanes; ++l) {
                lane(c.values + j * c.stride + l * width) -= sum[j][l];
            }
        }
        return;
    }
    for (long j = 0; j < columns; ++j) {
        for (long i = 0; i < rows; ++i) {
            c.values[i + j * c.stride] -= sum[j][i / width][i % width];
        }
    }
}

void subtract_piece(const Product& product, long depth) {
    double* const right = product.work;
    double* const left = right + (most_columns + 32) * most_depth;
    lay_out_right(product.b, depth, product.columns, right);
    for (long first = 0; first < product.rows; first += most_rows) {
        const long rows = least(most_rows, product.rows - first);
        lay_out_left({product.a.values + first, product.a.stride}, rows, depth, left);
        for (long j = 0; j < product.columns; j += tile_columns) {
            for (long i = 0; i < rows; i += tile_rows) {
                tile(left + i * depth, right + j * depth, depth,
                     {product.c.values + first + i + j * product.c.stride, product.c.stride},
                     least(tile_rows, rows - i), least(tile_columns, product.columns - j));
            }
        }
    }
}

/// to -= factor * from
inline void subtract_scaled(double* to, const double* from, double factor, long count) {
    long i = 0;
    for (; i + width <= count; i += width) {
        lane(to + i) -= lane(from + i) * factor;
    }
    for (; i < count; ++i) {
        to[i] -= from[i] * factor;
    }
}

void exchange_rows(const Part& matrix, long a, long b, long from, long to) {
    for (long j = from; j < to; ++j) {
        double* column = matrix.values + j * matrix.stride;
        const double kept = column[a];
        column[a] = column[b];
        column[b] = kept;
    }
}

} // namespace

void subtract_product(const Product& product) {
    for (long j = 0; j < product.columns; j += most_columns) {
        for (long k = 0; k < product.depth; k += most_depth) {
            const long depth = least(most_depth, product.depth - k);
            Product piece = product;
            piece.c.values += j * product.c.stride;
            piece.a.values += k * product.a.stride;
            piece.b.values += k + j * product.b.stride;
            piece.columns = least(most_columns, product.columns - j);
            subtract_piece(piece, depth);
        }
    }
}

void solve_unit_lower(const Triangle& triangle) {
    for (long j = 0; j < triangle.columns; ++j) {
        double* const unknown = triangle.right.values + j * triangle.right.stride;
        for (long k = 0; k < triangle.size; ++k) {
            if (unknown[k] != 0.0) {
                subtract_scaled(unknown + k + 1,
                                triangle.factors.values + k + 1 + k * triangle.factors.stride,
                                unknown[k], triangle.size - k - 1);
            }
        }
    }
}

void solve_upper(const Triangle& triangle) {
    for (long j = 0; j < triangle.columns; ++j) {
        double* const unknown = triangle.right.values + j * triangle.right.stride;
        for (long k = triangle.size - 1; k >= 0; --k) {
            const double* column = triangle.factors.values + k * triangle.factors.stride;
            unknown[k] /= column[k];
            if (unknown[k] != 0.0) {
                subtract_scaled(unknown, column, unknown[k], k);
            }
        }
    }
}

void solve_lanes(const Lanes& lanes) {
    for (long k = 0; k < lanes.size; ++k) {
        const double* column = lanes.factors + k * lanes.size;
        const Group here = side_by_side(lanes.unknown + k * group);
        for (long i = k + 1; i < lanes.size; ++i) {
            side_by_side(lanes.unknown + i * group) -= here * column[i];
        }
    }
    for (long k = lanes.size - 1; k >= 0; --k) {
        const double* column = lanes.factors + k * lanes.size;
        const Group here = side_by_side(lanes.unknown + k * group) / column[k];
        side_by_side(lanes.unknown + k * group) = here;
        for (long i = 0; i < k; ++i) {
            side_by_side(lanes.unknown + i * group) -= here * column[i];
        }
    }
}

void solve_lanes_transposed(const Lanes& lanes) {
    for (long k = 0; k < lanes.size; ++k) {
        const double* column = lanes.factors + k * lanes.size;
        Group sum = side_by_side(lanes.unknown + k * group);
        for (long i = 0; i < k; ++i) {
            sum -= side_by_side(lanes.unknown + i * group) * column[i];
        }
        side_by_side(lanes.unknown + k * group) = sum / column[k];
    }
    for (long k = lanes.size - 1; k >= 0; --k) {
        const double* column = lanes.factors + k * lanes.size;
        Group sum = side_by_side(lanes.unknown + k * group);
        for (long i = k + 1; i < lanes.size; ++i) {
            sum -= side_by_side(lanes.unknown + i * group) * column[i];
        }
        side_by_side(lanes.unknown + k * group) = sum;
    }
}

/// Factorises one column after the other; -> a column without a pivot, or -1.
long factor_panel(const Panel& panel) {
    const long end = panel.first + panel.width;
    for (long k = panel.first; k < end; ++k) {
        double* const column = panel.matrix.values + k * panel.matrix.stride;
        long best = k;
        for (long i = k + 1; i < panel.size; ++i) {
            best = magnitude(column[i]) > magnitude(column[best]) ? i : best;
        }
        panel.pivot[k] = best;
        const double pivot = column[best];
        if (!(magnitude(pivot) > 0.0)) {
            return k;
        }
        if (best != k) {
            exchange_rows(panel.matrix, k, best, panel.first, end);
        }
        for (long i = k + 1; i < panel.size; ++i) {
            column[i] /= pivot;
        }
        for (long j = k + 1; j < end; ++j) {
            double* const other = panel.matrix.values + j * panel.matrix.stride;
            subtract_scaled(other + k + 1, column + k + 1, other[k], panel.size - k - 1);
        }
    }
    return -1;
}

} // namespace chainsim::input_output::detail::CHAINSIM_KERNEL_ISA
