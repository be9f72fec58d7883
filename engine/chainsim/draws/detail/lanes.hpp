#pragma once

// What the kernels of this library have in common: included by them only, once for each instruction
// set, and all in an anonymous namespace of CHAINSIM_KERNEL_ISA, so that no copy is shared.
// Intrinsics are always inlined: the linker has no copy of them to choose from either.
#include <chainsim/base/vector_isa.hpp>

#include <stdint.h> // NOLINT(modernize-deprecated-headers): <cstdint> may define functions
#if defined(__SSE2__)
#include <immintrin.h>
#endif

// std::array defines inline functions, and the vector types have neither a product of halves nor a
// square root.
// NOLINTBEGIN(modernize-avoid-c-arrays,misc-definitions-in-headers,portability-simd-intrinsics)

namespace chainsim::draws::detail::CHAINSIM_KERNEL_ISA {

namespace { // NOLINT(cert-dcl59-cpp,google-build-namespaces): see above

#if defined(__AVX512F__)
constexpr long width = 8;
#elif defined(__AVX2__)
constexpr long width = 4;
#else
constexpr long width = 2;
#endif
constexpr long lanes = vector_lanes;
constexpr long parts = lanes / width;

using Real = double __attribute__((vector_size(width * 8)));
using Word = uint64_t __attribute__((vector_size(width * 8)));

// NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): the bits of a double as a number

inline Real as_real(Word bits) { return reinterpret_cast<Real>(bits); }
inline Word as_word(Real value) { return reinterpret_cast<Word>(value); }

inline Real load(const double* from) { return *reinterpret_cast<const Real*>(from); }
inline void store(Real value, double* to) { *reinterpret_cast<Real*>(to) = value; }

/// Products of the low 32 bits of each. One instruction, which compilers do not find by themselves;
/// "maskz" because g++ 12 warns of an undefined value in the plain form.
inline Word multiply_low(Word a, Word b) {
#if defined(__AVX512F__)
    return reinterpret_cast<Word>(
        _mm512_maskz_mul_epu32(0xFF, reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
#elif defined(__AVX2__)
    return reinterpret_cast<Word>(
        _mm256_mul_epu32(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
#elif defined(__SSE2__)
    return reinterpret_cast<Word>(
        _mm_mul_epu32(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
#else
    return (a & 0xFFFFFFFFU) * (b & 0xFFFFFFFFU);
#endif
}

/// Whether any lane is less than the limit.
inline bool any_less(Real value, double limit) {
#if defined(__AVX512F__)
    return _mm512_cmp_pd_mask(value, _mm512_set1_pd(limit), _CMP_LT_OQ) != 0;
#elif defined(__AVX2__)
    return _mm256_movemask_pd(_mm256_cmp_pd(value, _mm256_set1_pd(limit), _CMP_LT_OQ)) != 0;
#elif defined(__SSE2__)
    return _mm_movemask_pd(_mm_cmplt_pd(value, _mm_set1_pd(limit))) != 0;
#else
    bool any = false;
    for (long i = 0; i < width; ++i) {
        any |= value[i] < limit;
    }
    return any;
#endif
}

/// Correctly rounded in every instruction set.
inline Real square_root(Real value) {
#if defined(__AVX512F__)
    return _mm512_maskz_sqrt_pd(0xFF, value);
#elif defined(__AVX2__)
    return _mm256_sqrt_pd(value);
#elif defined(__SSE2__)
    return _mm_sqrt_pd(value);
#else
    Real result{};
    for (long i = 0; i < width; ++i) {
        result[i] = __builtin_sqrt(value[i]);
    }
    return result;
#endif
}

// NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)

/// a b + c, rounded once: exactly so in every instruction set, by a function of the C library where
/// there is no instruction for it.
inline Real fused(Real a, Real b, Real c) {
#if defined(__AVX512F__)
    return _mm512_fmadd_pd(a, b, c);
#elif defined(__FMA__) && defined(__AVX2__)
    return _mm256_fmadd_pd(a, b, c);
#else
    Real result{};
    for (long i = 0; i < width; ++i) {
        result[i] = __builtin_fma(a[i], b[i], c[i]);
    }
    return result;
#endif
}

inline Word splat(uint64_t value) { return Word{} + value; }
/// Less 0, which compilers leave out; adding it would turn -0 into 0.
inline Real splat_real(double value) { return value - Real{}; }

/// Four vectors that go through the same operations in turn: a single chain of multiplications and
/// additions would leave the processor waiting for most of its latency (measured: half the speed).
template <typename Vector>
struct Four {
    Vector v0, v1, v2, v3;
};

template <typename Vector, typename Function>
auto each(const Four<Vector>& x, Function function) {
    return Four<decltype(function(x.v0))>{function(x.v0), function(x.v1), function(x.v2),
                                          function(x.v3)};
}

template <typename Vector, typename Other>
auto operator+(const Four<Vector>& x, Other y) {
    return each(x, [&](Vector v) { return v + y; });
}

template <typename Vector>
auto operator*(const Four<Vector>& x, const Four<Vector>& y) {
    return Four<Vector>{x.v0 * y.v0, x.v1 * y.v1, x.v2 * y.v2, x.v3 * y.v3};
}

template <typename Vector>
auto operator/(const Four<Vector>& x, const Four<Vector>& y) {
    return Four<Vector>{x.v0 / y.v0, x.v1 / y.v1, x.v2 / y.v2, x.v3 / y.v3};
}

/// c[0] + c[1] x + ... + c[size - 1] x^(size - 1)
template <int size>
inline Four<Real> polynomial(const Four<Real>& x, const double (&c)[size]) {
    auto sum = each(x, [&](Real) { return splat_real(c[size - 1]); });
#pragma GCC unroll 16
    for (int i = size - 2; i >= 0; --i) {
        const Real next = splat_real(c[i]);
        sum = {fused(sum.v0, x.v0, next), fused(sum.v1, x.v1, next), fused(sum.v2, x.v2, next),
               fused(sum.v3, x.v3, next)};
    }
    return sum;
}

/// (low 32 bits + 1/2) / 2^32, exactly: the bits are the low end of a double of 2^52 and more.
inline Real uniform_of(Word word) {
    const Real shifted = as_real((word & 0xFFFFFFFFU) | 0x4330000000000000U);
    return (shifted - (4503599627370496.0 - 0.5)) * 0x1p-32;
}

/// 2^y for |y| < 1022: y less its nearest integer is exact, 2^r on [-1/2, 1/2] an interpolation of
/// (2^r - 1) / r at Chebyshev nodes (error 4e-14, four orders below that of the normals), and the
/// integer is added to the exponent.
inline Four<Real> power_of_two(const Four<Real>& y) {
    constexpr double to_integer = 0x1.8p52; // leaves the nearest integer in the low bits of a sum
    constexpr double c[] = {1.0,
                            0.69314718055994530942,
                            0.2402265069581299,
                            0.055504108664760424,
                            0.009618129159402558,
                            0.0013333558179043112,
                            0.00015403455852453838,
                            1.525268684626772e-05,
                            1.3255224878668817e-06,
                            1.0203121063391729e-07};
    const auto p =
        polynomial(each(y, [](Real v) { return v - ((v + to_integer) - to_integer); }), c);
    const auto scaled = [](Real v, Real power) {
        return as_real(as_word(power) + (as_word(v + to_integer) << 52U));
    };
    return {scaled(y.v0, p.v0), scaled(y.v1, p.v1), scaled(y.v2, p.v2), scaled(y.v3, p.v3)};
}

/// Calls work(four indices) for the vectors from 0 on; at the end the last may come more than once.
template <typename Work>
__attribute__((always_inline)) inline void in_fours(long vectors, const Work& work) {
    const long last = vectors - 1;
    for (long i = 0; i <= last; i += 4) {
        const auto least = [&](long j) { return j < last ? j : last; };
        work(Four<long>{i, least(i + 1), least(i + 2), least(i + 3)});
    }
}

inline Four<Real> load(const double* from, const Four<long>& at) {
    return each(at, [&](long j) { return load(from + j * width); });
}

inline void store(const Four<Real>& value, double* to, const Four<long>& at) {
    store(value.v0, to + at.v0 * width);
    store(value.v1, to + at.v1 * width);
    store(value.v2, to + at.v2 * width);
    store(value.v3, to + at.v3 * width);
}

} // namespace

} // namespace chainsim::draws::detail::CHAINSIM_KERNEL_ISA

// NOLINTEND(modernize-avoid-c-arrays,misc-definitions-in-headers,portability-simd-intrinsics)
