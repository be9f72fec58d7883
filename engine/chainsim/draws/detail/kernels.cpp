#include <chainsim/draws/detail/generator_kernels.hpp>
#include <chainsim/draws/detail/sequence_kernels.hpp>
#include <chainsim/draws/detail/shape_kernels.hpp>

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

const SequenceKernels& sequence_kernels(VectorIsa isa) {
#if defined(__x86_64__)
    switch (isa) {
    case VectorIsa::baseline:
        break;
    case VectorIsa::avx2:
        return avx2::sequence_kernels;
    case VectorIsa::avx512:
        return avx512::sequence_kernels;
    }
#else
    static_cast<void>(isa);
#endif
    return baseline::sequence_kernels;
}

const ShapeKernels& shape_kernels(VectorIsa isa) {
#if defined(__x86_64__)
    switch (isa) {
    case VectorIsa::baseline:
        break;
    case VectorIsa::avx2:
        return avx2::shape_kernels;
    case VectorIsa::avx512:
        return avx512::shape_kernels;
    }
#else
    static_cast<void>(isa);
#endif
    return baseline::shape_kernels;
}

} // namespace chainsim::draws::detail
