#pragma once

// Included by the kernel too: declarations only, and no header that defines functions.
#include <chainsim/base/vector_isa.hpp>

#include <stdint.h> // NOLINT(modernize-deprecated-headers): <cstdint> may define functions

namespace chainsim::draws::detail {

/// Points of samples that fill the unit cube evenly, for the eight draws from first_draw on.
struct SequenceKernels {
    /// Scrambled Sobol' points: directions[d][32] with their bits reversed, scrambles[d].
    void (*sobol)(uint32_t first_draw, int count, const uint32_t* directions,
                  const uint32_t* scrambles, double* out);
    /// Uniforms in place into their stratum of n: (permuted draw + u) / n, with keys[d][2].
    void (*latin_hypercube)(uint32_t first_draw, int count, uint32_t n, const uint32_t* keys,
                            double* inout);
};

namespace baseline {
extern const SequenceKernels sequence_kernels;
} // namespace baseline
namespace avx2 {
extern const SequenceKernels sequence_kernels;
} // namespace avx2
namespace avx512 {
extern const SequenceKernels sequence_kernels;
} // namespace avx512

/// Those of an instruction set; on processors other than x86-64 always the baseline.
const SequenceKernels& sequence_kernels(VectorIsa isa);

} // namespace chainsim::draws::detail
