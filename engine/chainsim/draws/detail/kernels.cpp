#include <chainsim/base/kernel_choice.hpp>
#include <chainsim/draws/detail/generator_kernels.hpp>
#include <chainsim/draws/detail/sequence_kernels.hpp>
#include <chainsim/draws/detail/shape_kernels.hpp>

namespace chainsim::draws::detail {

const GeneratorKernels& generator_kernels(VectorIsa isa) {
    return CHAINSIM_KERNEL(isa, generator_kernels);
}

const SequenceKernels& sequence_kernels(VectorIsa isa) {
    return CHAINSIM_KERNEL(isa, sequence_kernels);
}

const ShapeKernels& shape_kernels(VectorIsa isa) { return CHAINSIM_KERNEL(isa, shape_kernels); }

} // namespace chainsim::draws::detail
