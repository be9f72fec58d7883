#pragma once

// Included by the kernel too: declarations only, and no header that defines functions.
#include <chainsim/base/vector_isa.hpp>

namespace chainsim::draws::detail {

/// Parameters of one shape, with their figures one after the other (see each kernel), and where
/// their values go: to group targets[i] of out.
struct Run {
    int count;
    const double* figures;
    const int* targets;
    double* out;
};

/// Of each half of a PERT quantile: a polynomial of this size.
inline constexpr int pert_terms = 26;
/// Its argument is |z| for the standard normal z, from 0 to this.
inline constexpr double pert_reach = 6.3;

/// Numbers of figures of a parameter.
inline constexpr int uniform_figures = 2;
inline constexpr int triangular_figures = 5;
inline constexpr int split_figures = 5;
inline constexpr int pert_figures = 2 + 2 * pert_terms;

/// From eight uniforms (or normals, where it says so) of each parameter to its values.
struct ShapeKernels {
    /// low, width
    void (*uniform)(const Run& run, const double* u);
    /// low, high, share below the mode, width (mode - low), width (high - mode)
    void (*triangular)(const Run& run, const double* u);
    /// share of the lower and of the upper half within the truncation; in place.
    void (*truncate)(const Run& run, double* u);
    /// the same two, median, slope below, slope above; from normals
    void (*split_normal)(const Run& run, const double* z);
    /// the same, slopes of the natural logarithm; from normals
    void (*split_lognormal)(const Run& run, const double* z);
    /// low, width, polynomials of the lower and upper half; from normals
    void (*pert)(const Run& run, const double* z);
    /// number of points, the points, the uniforms from which each point but the first counts
    void (*discrete)(const Run& run, const double* u);
    /// Standard normals to uniforms, in place.
    void (*normal_probabilities)(int count, double* inout);
    /// Independent normals to equally correlated ones: z_i = sum of shared[j] g_j (j < i) + own[i]
    /// g_i.
    void (*mix_equally)(int count, const double* shared, const double* own, double* inout);
    /// The same by a lower triangle, row after row: z_i = sum of factor[i][j] g_j (j <= i).
    void (*mix)(int count, const double* factor, double* inout);
};

namespace baseline {
extern const ShapeKernels shape_kernels;
} // namespace baseline
namespace avx2 {
extern const ShapeKernels shape_kernels;
} // namespace avx2
namespace avx512 {
extern const ShapeKernels shape_kernels;
} // namespace avx512

/// Those of an instruction set; on processors other than x86-64 always the baseline.
const ShapeKernels& shape_kernels(VectorIsa isa);

} // namespace chainsim::draws::detail
