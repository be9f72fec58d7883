#pragma once

// Part of a kernel: included by it only, once for each instruction set, and all in an unnamed
// namespace of CHAINSIM_KERNEL_ISA, so that no copy is shared.

namespace chainsim::solve::detail::CHAINSIM_KERNEL_ISA {

namespace { // NOLINT(cert-dcl59-cpp,google-build-namespaces): see above

using Lanes = double __attribute__((vector_size(64)));
using Mask = long __attribute__((vector_size(64))); // all bits or none, by lane

#define CHAINSIM_INLINE inline __attribute__((always_inline))

CHAINSIM_INLINE Lanes lesser(const Lanes& a, const Lanes& b) { return a < b ? a : b; }
CHAINSIM_INLINE Lanes greater(const Lanes& a, const Lanes& b) { return a < b ? b : a; }
CHAINSIM_INLINE Lanes distance(const Lanes& a, const Lanes& b) { return greater(a - b, b - a); }
CHAINSIM_INLINE Lanes all(double value) {
    return Lanes{value, value, value, value, value, value, value, value};
}
CHAINSIM_INLINE bool any(const Mask& mask) {
    const Mask half = mask | __builtin_shufflevector(mask, mask, 4, 5, 6, 7, 0, 1, 2, 3);
    const Mask quarter = half | __builtin_shufflevector(half, half, 2, 3, 0, 1, 6, 7, 4, 5);
    return (quarter[0] | quarter[1]) != 0;
}
CHAINSIM_INLINE unsigned bits(const Mask& mask) {
    unsigned out = 0;
    for (unsigned lane = 0; lane < 8; ++lane) {
        out |= mask[lane] != 0 ? 1U << lane : 0U;
    }
    return out;
}

constexpr double without_limit = __builtin_inf();

} // namespace

} // namespace chainsim::solve::detail::CHAINSIM_KERNEL_ISA
