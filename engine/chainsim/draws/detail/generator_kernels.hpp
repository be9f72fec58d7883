#pragma once

// Included by the kernel too: declarations only, and no header that defines functions.
#include <chainsim/base/vector_isa.hpp>

#include <stdint.h> // NOLINT(modernize-deprecated-headers): <cstdint> may define functions

namespace chainsim::draws::detail {

/// Blocks of four words for the eight draws first_draw .. + 7, from a block on.
struct Blocks {
    uint32_t key[2]; // NOLINT(modernize-avoid-c-arrays): std::array defines functions
    uint32_t stream;
    uint32_t first_block;
    uint64_t first_draw;
};

/// The loops of one instruction set. Counts are of groups of eight doubles, aligned to 64 bytes.
struct GeneratorKernels {
    /// Dimension 4 b + w is word w of block first_block + b, as (word + 1/2) / 2^32.
    void (*uniforms)(const Blocks& blocks, int count, double* out);
    /// The standard normal quantile of multiples of 2^-33 between 0 and 1, in place.
    void (*normal_quantiles)(int count, double* inout);
    /// value[d] * exp(sigma[d] * z) in place; sigma * z may reach +-700.
    void (*scaled_exponentials)(int count, const double* value, const double* sigma, double* inout);
    /// Whether `count` single numbers, aligned as they may, lie between; one that is none does not.
    bool (*all_within)(int count, const double* values, double least, double most);
};

namespace baseline {
extern const GeneratorKernels generator_kernels;
} // namespace baseline
namespace avx2 {
extern const GeneratorKernels generator_kernels;
} // namespace avx2
namespace avx512 {
extern const GeneratorKernels generator_kernels;
} // namespace avx512

/// Those of an instruction set; on processors other than x86-64 always the baseline.
const GeneratorKernels& generator_kernels(VectorIsa isa);

} // namespace chainsim::draws::detail
