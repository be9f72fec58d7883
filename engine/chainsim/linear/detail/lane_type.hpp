#pragma once

// The vector type of the kernels and how a value of the matrix meets it. Only kernel files include
// this: everything is in the namespace of one instruction set.

namespace chainsim::linear::detail::CHAINSIM_KERNEL_ISA {

/// Eight doubles; `aligned(8)` because callers' arrays may start anywhere.
typedef double Lane
    __attribute__((vector_size(64), aligned(8), may_alias)); // NOLINT(modernize-use-using)
typedef long long Bits __attribute__((vector_size(64)));     // NOLINT(modernize-use-using)

constexpr int lane_count = 8;

inline Lane zero() { return Lane{0, 0, 0, 0, 0, 0, 0, 0}; }
inline Lane all(double value) { return zero() + value; }
inline Lane magnitude(Lane value) {
    const Bits bits = __builtin_bit_cast(Bits, value) & 0x7fffffffffffffffLL;
    return __builtin_bit_cast(Lane, bits);
}

/// `Width` lanes side by side: 8 * Width vectors. Loops over them are unrolled.
template <int Width>
struct Group {
    Lane lane[Width]; // NOLINT(modernize-avoid-c-arrays): includes nothing
};

template <int Width>
inline Lane* at(double* values, int row) {
    return reinterpret_cast<Lane*>(values + static_cast<long>(row) * lane_count * Width);
}
template <int Width>
inline const Lane* at(const double* values, int row) {
    return reinterpret_cast<const Lane*>(values + static_cast<long>(row) * lane_count * Width);
}

/// Values of the matrix, one for each lane.
struct OwnValues {
    static constexpr int width = 1;
    static Lane get(const double* values, int entry) { return *at<1>(values, entry); }
};

/// Values of the matrix, one for all lanes.
template <int Width>
struct SharedValues {
    static constexpr int width = Width;
    static double get(const double* values, int entry) { return values[entry]; }
};

} // namespace chainsim::linear::detail::CHAINSIM_KERNEL_ISA
