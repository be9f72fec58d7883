#include <chainsim/base/vector_isa.hpp>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace chainsim {

namespace {

VectorIsa best_of_processor() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
        __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512bw") != 0) {
        return VectorIsa::avx512;
    }
    if (__builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0) {
        return VectorIsa::avx2;
    }
#endif
    return VectorIsa::baseline;
}

VectorIsa asked_for() {
    const char* text = std::getenv("CHAINSIM_VECTOR_ISA"); // NOLINT(concurrency-mt-unsafe)
    if (text == nullptr) {
        return VectorIsa::avx512;
    }
    const std::string_view name(text);
    return name == "baseline" ? VectorIsa::baseline
           : name == "avx2"   ? VectorIsa::avx2
                              : VectorIsa::avx512;
}

} // namespace

VectorIsa vector_isa() {
    static const VectorIsa chosen = std::min(best_of_processor(), asked_for());
    return chosen;
}

} // namespace chainsim
