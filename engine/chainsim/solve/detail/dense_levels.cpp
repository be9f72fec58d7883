// A kernel: compiled for each instruction set, see chainsim_kernel of the build.
#include <chainsim/solve/detail/dense_levels.hpp>
#include <chainsim/solve/detail/lanes.hpp>

namespace chainsim::solve::detail::CHAINSIM_KERNEL_ISA {

namespace {

constexpr int width = 8;

double magnitude(double value) { return value < 0.0 ? -value : value; }

double largest(const double* row, int stride) {
    Lanes most = {};
    for (int j = 0; j < stride; j += width) {
        const Lanes here = *reinterpret_cast<const Lanes*>(row + j);
        most = greater(most, greater(here, -here));
    }
    double out = most[0];
    for (int j = 1; j < width; ++j) {
        out = out < most[j] ? most[j] : out;
    }
    return out;
}

/// row -= factor * pivot, from the column on; a few before it are not looked at any more.
CHAINSIM_INLINE void subtract(double* row, const double* pivot, double factor, int from, int end) {
    for (int j = from / width * width; j < end; j += width) {
        *reinterpret_cast<Lanes*>(row + j) -=
            all(factor) * *reinterpret_cast<const Lanes*>(pivot + j);
    }
}

} // namespace

bool solve_dense_levels(const DenseLevels& system) {
    constexpr double rounding = 1e-14;
    const int size = system.size;
    double* row[DenseLevels::most_rows] = {};
    for (int i = 0; i < size; ++i) {
        row[i] = system.rows + static_cast<long>(i) * system.stride;
        const double most = largest(row[i], system.stride);
        const double scale = most > 0.0 ? 1.0 / most : 1.0;
        row[i][size] = system.right[i];
        for (int j = 0; j < system.stride; j += width) {
            *reinterpret_cast<Lanes*>(row[i] + j) *= all(scale);
        }
    }
    for (int k = 0; k < size; ++k) {
        int best = k;
        double most = rounding;
        for (int i = k; i < size; ++i) {
            const double here = magnitude(row[i][k]);
            if (here > most) {
                most = here;
                best = i;
            }
        }
        double* const pivot = row[best];
        if (most == rounding) {
            return false;
        }
        row[best] = row[k];
        row[k] = pivot;
        const double inverse = 1.0 / pivot[k];
        for (int i = k + 1; i < size; ++i) {
            if (row[i][k] != 0.0) {
                subtract(row[i], pivot, row[i][k] * inverse, k, size + 1);
            }
        }
    }
    for (int k = size - 1; k >= 0; --k) {
        double sum = row[k][size];
        for (int j = k + 1; j < size; ++j) {
            sum -= row[k][j] * system.levels[j];
        }
        system.levels[k] = sum / row[k][k];
    }
    return true;
}

} // namespace chainsim::solve::detail::CHAINSIM_KERNEL_ISA
