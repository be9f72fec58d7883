#pragma once

#include <chainsim/base/vector_isa.hpp>

// CHAINSIM_KERNEL(isa, NAME): the kernel NAME of an instruction set, of those that
// `chainsim_kernel` of the build compiles, each in the namespace of its set below the present one.
// On processors other than x86-64 always that of `baseline`, which is the only one there is.
#if defined(__x86_64__)
#define CHAINSIM_KERNEL(isa, name)                                                                 \
    ((isa) == ::chainsim::VectorIsa::avx512 ? avx512::name                                         \
     : (isa) == ::chainsim::VectorIsa::avx2 ? avx2::name                                           \
                                            : baseline::name)
#else
#define CHAINSIM_KERNEL(isa, name) (static_cast<void>(isa), baseline::name)
#endif
