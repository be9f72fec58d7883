#pragma once

#include <chainsim/base/vector_isa.hpp>

// Declares a kernel in the namespace of each instruction set, and defines best_NAME, which chooses.
#if defined(__x86_64__)
#define CHAINSIM_NUMBER_KERNEL(type, name, parameters)                                             \
    namespace detail {                                                                             \
    namespace avx512 {                                                                             \
    void name parameters;                                                                          \
    }                                                                                              \
    namespace avx2 {                                                                               \
    void name parameters;                                                                          \
    }                                                                                              \
    namespace baseline {                                                                           \
    void name parameters;                                                                          \
    }                                                                                              \
    type best_##name() {                                                                           \
        const auto isa = vector_isa();                                                             \
        return isa == VectorIsa::avx512 ? avx512::name                                             \
               : isa == VectorIsa::avx2 ? avx2::name                                               \
                                        : baseline::name;                                          \
    }                                                                                              \
    }
#else
#define CHAINSIM_NUMBER_KERNEL(type, name, parameters)                                             \
    namespace detail {                                                                             \
    namespace baseline {                                                                           \
    void name parameters;                                                                          \
    }                                                                                              \
    type best_##name() { return baseline::name; }                                                  \
    }
#endif
