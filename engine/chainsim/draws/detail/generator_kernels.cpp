#include <chainsim/draws/detail/generator_kernels.hpp>

namespace chainsim::draws::detail {

const GeneratorKernels& generator_kernels(VectorIsa isa) {
#if defined(__x86_64__)
    switch (isa) {
    case VectorIsa::baseline:
        break;
    case VectorIsa::avx2:
        return avx2::generator_kernels;
    case VectorIsa::avx512:
        return avx512::generator_kernels;
    }
#else
    static_cast<void>(isa);
#endif
    return baseline::generator_kernels;
}

} // namespace chainsim::draws::detail
