#include <chainsim/base/kernel_choice.hpp>
#include <chainsim/linear/detail/pattern_data.hpp>

namespace chainsim::linear::detail {

Kernels kernels(VectorIsa isa) {
    return {.sweep = CHAINSIM_KERNEL(isa, sweep),
            .sweep_transposed = CHAINSIM_KERNEL(isa, sweep_transposed),
            .certify = CHAINSIM_KERNEL(isa, certify),
            .certify_transposed = CHAINSIM_KERNEL(isa, certify_transposed),
            .factor = CHAINSIM_KERNEL(isa, factor),
            .solve = CHAINSIM_KERNEL(isa, solve),
            .solve_transposed = CHAINSIM_KERNEL(isa, solve_transposed),
            .gather = CHAINSIM_KERNEL(isa, gather),
            .scatter = CHAINSIM_KERNEL(isa, scatter),
            .score = CHAINSIM_KERNEL(isa, score),
            .weigh = CHAINSIM_KERNEL(isa, weigh)};
}

} // namespace chainsim::linear::detail
