#include <chainsim/base/kernel_choice.hpp>
#include <chainsim/input_output/detail/dense_kernels.hpp>

namespace chainsim::input_output::detail {

Kernels kernels() {
    const auto isa = vector_isa();
    return {.subtract_product = CHAINSIM_KERNEL(isa, subtract_product),
            .solve_unit_lower = CHAINSIM_KERNEL(isa, solve_unit_lower),
            .solve_upper = CHAINSIM_KERNEL(isa, solve_upper),
            .solve_lanes = CHAINSIM_KERNEL(isa, solve_lanes),
            .solve_lanes_transposed = CHAINSIM_KERNEL(isa, solve_lanes_transposed),
            .factor_panel = CHAINSIM_KERNEL(isa, factor_panel)};
}

} // namespace chainsim::input_output::detail
