// Compiled once for each instruction set (chainsim_kernel), as namespace CHAINSIM_KERNEL_ISA. Every
// number goes through the same operations in the same order whatever the width: the same bytes.
#include <chainsim/draws/detail/generator_kernels.hpp>

// Intrinsics are always inlined: the linker has no copy of them to choose from.
#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace chainsim::draws::detail::CHAINSIM_KERNEL_ISA {

namespace {

#if defined(__AVX512F__)
constexpr int width = 8;
#elif defined(__AVX2__)
constexpr int width = 4;
#else
constexpr int width = 2;
#endif
constexpr int parts = vector_lanes / width;

using Real = double __attribute__((vector_size(width * 8)));
using Word = uint64_t __attribute__((vector_size(width * 8)));

// NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): the bits of a double as a number

Real as_real(Word bits) { return reinterpret_cast<Real>(bits); }
Word as_word(Real value) { return reinterpret_cast<Word>(value); }

Real load(const double* from) { return *reinterpret_cast<const Real*>(from); }
void store(Real value, double* to) { *reinterpret_cast<Real*>(to) = value; }

/// Products of the low 32 bits of each. One instruction, which compilers do not find by themselves.
Word multiply_low(Word a, Word b) {
    // NOLINTBEGIN(portability-simd-intrinsics); "maskz": the other form sets off a warning of g++
    // 12
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
    // NOLINTEND(portability-simd-intrinsics)
}

// NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)

Word splat(uint64_t value) { return Word{} + value; }

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
Four<Real> polynomial(const Four<Real>& x, const double (&c)[size]) {
    auto sum = each(x, [&](Real) { return Real{} + c[size - 1]; });
#pragma GCC unroll 16
    for (int i = size - 2; i >= 0; --i) {
        sum = sum * x + c[i];
    }
    return sum;
}

/// Four words for each lane; only the low 32 bits of each count.
struct Block {
    Word w0, w1, w2, w3;
};

/// Philox4x32-10: Salmon et al., SC11, with the multipliers and Weyl constants of Random123.
Block philox(Block c, uint32_t key0, uint32_t key1) {
    for (int round = 0; round < 10; ++round) {
        const Word even = multiply_low(c.w0, splat(0xD2511F53U));
        const Word odd = multiply_low(c.w2, splat(0xCD9E8D57U));
        c = {(odd >> 32U) ^ c.w1 ^ splat(key0), odd, (even >> 32U) ^ c.w3 ^ splat(key1), even};
        key0 += 0x9E3779B9U;
        key1 += 0xBB67AE85U;
    }
    return c;
}

/// (low 32 bits + 1/2) / 2^32, exactly: the bits are the low end of a double of 2^52 and more.
Real uniform_of(Word word) {
    const Real shifted = as_real((word & 0xFFFFFFFFU) | 0x4330000000000000U);
    return (shifted - (4503599627370496.0 - 0.5)) * 0x1p-32;
}

void uniforms(const Blocks& blocks, int count, double* out) {
    Word lane{};
    for (int i = 0; i < width; ++i) {
        lane[i] = static_cast<uint64_t>(i);
    }
    for (int part = 0; part < parts; ++part) {
        const Word draw = lane + (blocks.first_draw + static_cast<uint64_t>(part * width));
        const Word draw_high = draw >> 32U;
        double* to = out + part * width;
        uint32_t block = blocks.first_block;
        int left = count;
        for (; left > 0; left -= 4, ++block, to += 4 * vector_lanes) {
            const Block four = philox({draw, draw_high, splat(block), splat(blocks.stream)},
                                      blocks.key[0], blocks.key[1]);
            store(uniform_of(four.w0), to);
            if (left >= 4) {
                store(uniform_of(four.w1), to + vector_lanes);
                store(uniform_of(four.w2), to + 2 * vector_lanes);
                store(uniform_of(four.w3), to + 3 * vector_lanes);
                continue;
            }
            if (left > 1) {
                store(uniform_of(four.w1), to + vector_lanes);
            }
            if (left > 2) {
                store(uniform_of(four.w2), to + 2 * vector_lanes);
            }
        }
    }
}

/// Minus the natural logarithm of t in (2^-1000, 1], to 1e-11 absolute: t = 2^k m with m between
/// sqrt(1/2) and sqrt(2), log m = 2 atanh f with f = (m - 1) / (m + 1), and atanh f / f a Chebyshev
/// interpolation in f^2 (error 1.7e-11). The way to k and m is that of musl's log.
Four<Real> minus_log(const Four<Real>& t) {
    constexpr uint64_t root_half = 0x3FE6A09E00000000U;
    constexpr double p[] = {0.66666666554497091551, 0.40000121839806126714, 0.28550820815960663296,
                            0.23330467216303836299};
    const auto moved =
        each(t, [](Real v) { return as_word(v) + (0x3FF0000000000000U - root_half); });
    const auto f = each(moved, [](Word w) {
        const Real m = as_real((w & 0x000FFFFFFFFFFFFFU) + root_half);
        return (m - 1.0) / (m + 1.0);
    });
    const auto q = f * f;
    const auto log_m = f * (q * polynomial(q, p) + 2.0);
    const auto k_log2 = each(moved, [](Word w) {
        const Real k = as_real((w >> 52U) | 0x4330000000000000U) - (0x1p52 + 1023.0);
        return k * -0.69314718055994530942;
    });
    return {k_log2.v0 - log_m.v0, k_log2.v1 - log_m.v1, k_log2.v2 - log_m.v2, k_log2.v3 - log_m.v3};
}

/// With x = 2 u - 1 and w = -log(1 - x^2), quantile / x is smooth in w, also in the tails, where it
/// grows like sqrt(2 w) (Giles, "Approximating the erfinv function", GPU Computing Gems, 2011).
/// Here one rational function serves all w up to 21.6, which is u = 2^-33: fitted by weighted least
/// squares to equal ripples of 1.5e-9.
Four<Real> normal_quantile(const Four<Real>& u) {
    constexpr double above[] = {1.253314137403472501,     0.51069931251750500645,
                                0.11290611170872615999,   0.016966918485818688563,
                                0.0017543182303202452649, 0.00011502614279992414752,
                                4.0001085690441054734e-6, 1.5051140122406255997e-8};
    constexpr double below[] = {1.0,
                                0.14567972838802444139,
                                0.038914986592384126163,
                                0.0040864930642686496365,
                                0.00035063363731403261459,
                                0.000017996055423653156022,
                                2.6593959514791576618e-7};
    const auto w = minus_log(each(u, [](Real v) { return 4.0 * v * (1.0 - v); }));
    const auto x = each(u, [](Real v) { return 2.0 * v - 1.0; });
    return x * (polynomial(w, above) / polynomial(w, below));
}

/// 2^y for |y| < 1022: y less its nearest integer is exact, 2^r on [-1/2, 1/2] a Chebyshev
/// interpolation (error 6e-18), and the integer is added to the exponent.
Four<Real> power_of_two(const Four<Real>& y) {
    constexpr double to_integer = 0x1.8p52; // leaves the nearest integer in the low bits of a sum
    constexpr double c[] = {1.0,
                            0.69314718055994530942,
                            0.2402265069591009822,
                            0.055504108664821594339,
                            0.0096181291076068885273,
                            0.001333355814641693531,
                            0.00015403530441736050155,
                            0.000015252733829836118394,
                            1.3215442587921689653e-6,
                            1.0178062445845773521e-7,
                            7.0725859692492236999e-9,
                            4.4549605981865183938e-10};
    const auto p =
        polynomial(each(y, [](Real v) { return v - ((v + to_integer) - to_integer); }), c);
    const auto scaled = [](Real v, Real power) {
        return as_real(as_word(power) + (as_word(v + to_integer) << 52U));
    };
    return {scaled(y.v0, p.v0), scaled(y.v1, p.v1), scaled(y.v2, p.v2), scaled(y.v3, p.v3)};
}

/// Four vectors after the other; the last four name the last vector more than once.
template <typename Work>
void in_fours(int count, double* inout, Work work) {
    const long last = static_cast<long>(count) * parts - 1;
    for (long i = 0; i <= last; i += 4) {
        const auto least = [&](long j) { return j < last ? j : last; };
        const Four<long> at = {i, least(i + 1), least(i + 2), least(i + 3)};
        const auto result = work(each(at, [&](long j) { return load(inout + j * width); }), at);
        store(result.v0, inout + at.v0 * width);
        store(result.v1, inout + at.v1 * width);
        store(result.v2, inout + at.v2 * width);
        store(result.v3, inout + at.v3 * width);
    }
}

void normal_quantiles(int count, double* inout) {
    in_fours(count, inout,
             [](const Four<Real>& u, const Four<long>&) { return normal_quantile(u); });
}

void scaled_exponentials(int count, const double* value, const double* sigma, double* inout) {
    in_fours(count, inout, [&](const Four<Real>& z, const Four<long>& at) {
        const auto slope = each(at, [&](long j) {
            return Real{} + sigma[j / parts] * 1.4426950408889634074; // log2(e)
        });
        const auto scale = each(at, [&](long j) { return Real{} + value[j / parts]; });
        return scale * power_of_two(slope * z);
    });
}

} // namespace

const GeneratorKernels generator_kernels = {uniforms, normal_quantiles, scaled_exponentials};

} // namespace chainsim::draws::detail::CHAINSIM_KERNEL_ISA
