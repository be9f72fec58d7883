#include <chainsim/linear/detail/pattern_data.hpp>

namespace chainsim::linear::detail {

namespace {

#define CHAINSIM_KERNELS_OF(isa)                                                                   \
    Kernels {                                                                                      \
        .sweep = isa::sweep, .sweep_transposed = isa::sweep_transposed, .certify = isa::certify,   \
        .certify_transposed = isa::certify_transposed, .factor = isa::factor, .solve = isa::solve, \
        .solve_transposed = isa::solve_transposed, .gather = isa::gather, .scatter = isa::scatter, \
        .score = isa::score, .weigh = isa::weigh                                                   \
    }

constexpr Kernels baseline_kernels = CHAINSIM_KERNELS_OF(baseline);
#if defined(__x86_64__)
constexpr Kernels avx2_kernels = CHAINSIM_KERNELS_OF(avx2);
constexpr Kernels avx512_kernels = CHAINSIM_KERNELS_OF(avx512);
#endif
#undef CHAINSIM_KERNELS_OF

} // namespace

const Kernels& kernels(VectorIsa isa) {
    switch (isa) {
    case VectorIsa::baseline:
        break;
#if defined(__x86_64__)
    case VectorIsa::avx2:
        return avx2_kernels;
    case VectorIsa::avx512:
        return avx512_kernels;
#else
    case VectorIsa::avx2:
    case VectorIsa::avx512:
        break;
#endif
    }
    return baseline_kernels;
}

} // namespace chainsim::linear::detail
