// Compiled once for each instruction set (chainsim_kernel), as namespace CHAINSIM_KERNEL_ISA. Every
// number goes through the same operations in the same order whatever the width: the same bytes.
#include <chainsim/draws/detail/generator_kernels.hpp>
#include <chainsim/draws/detail/lanes.hpp>

// NOLINTBEGIN(modernize-avoid-c-arrays): std::array defines inline functions

namespace chainsim::draws::detail::CHAINSIM_KERNEL_ISA {

namespace {

/// Four words for each lane; only the low 32 bits of each count.
struct Block {
    Word w0, w1, w2, w3;
};

/// The keys of the ten rounds, ready as operands in memory.
struct RoundKeys {
    Word k0[10], k1[10];
};

RoundKeys round_keys(uint32_t key0, uint32_t key1) {
    RoundKeys keys{};
    for (int round = 0; round < 10; ++round) {
        keys.k0[round] = splat(key0);
        keys.k1[round] = splat(key1);
        key0 += 0x9E3779B9U;
        key1 += 0xBB67AE85U;
    }
    return keys;
}

/// Philox4x32-10: Salmon et al., SC11, with the multipliers and Weyl constants of Random123.
Block philox(Block c, const RoundKeys& keys) {
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
        const Word even = multiply_low(c.w0, splat(0xD2511F53U));
        const Word odd = multiply_low(c.w2, splat(0xCD9E8D57U));
        c = {(odd >> 32U) ^ c.w1 ^ keys.k0[round], odd, (even >> 32U) ^ c.w3 ^ keys.k1[round],
             even};
    }
    return c;
}

void uniforms(const Blocks& blocks, int count, double* out) {
    const RoundKeys keys = round_keys(blocks.key[0], blocks.key[1]);
    Word lane{};
    for (long i = 0; i < width; ++i) {
        lane[i] = static_cast<uint64_t>(i);
    }
    for (long part = 0; part < parts; ++part) {
        const Word draw = lane + (blocks.first_draw + static_cast<uint64_t>(part * width));
        const Word draw_high = draw >> 32U;
        double* to = out + part * width;
        uint32_t block = blocks.first_block;
        int left = count;
        for (; left > 0; left -= 4, ++block, to += 4 * lanes) {
            const Block four = philox({draw, draw_high, splat(block), splat(blocks.stream)}, keys);
            store(uniform_of(four.w0), to);
            if (left >= 4) {
                store(uniform_of(four.w1), to + lanes);
                store(uniform_of(four.w2), to + 2 * lanes);
                store(uniform_of(four.w3), to + 3 * lanes);
                continue;
            }
            if (left > 1) {
                store(uniform_of(four.w1), to + lanes);
            }
            if (left > 2) {
                store(uniform_of(four.w2), to + 2 * lanes);
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

/// The tails of the normal quantile begin where u (1 - u) is less than this: |2 u - 1| > 0.99.
constexpr double tail_limit = 0.005;

/// Between the tails: with h = u - 1/2, quantile / h is a smooth function of u (1 - u) = 1/4 - h^2;
/// all coefficients are positive, so that no digits cancel. Fitted, as is that of the tails, by
/// weighted least squares to equal ripples: 4.7e-10 relative.
Four<Real> central_quantile(const Four<Real>& h, const Four<Real>& t) {
    constexpr double above[] = {7.3136095764283797113, 11217.218805385271131, 2992546.8103691956553,
                                218968827.96750590648, 4995776000.7479253273, 34737109305.799708667,
                                60215404872.888966129, 12164733454.081314741};
    constexpr double below[] = {1.0,
                                1872.5498367623001284,
                                589509.04929229250826,
                                51348858.274122562058,
                                1441719106.5605088007,
                                13192462649.56938308,
                                34805630966.813631497,
                                17501616376.923097324};
    return h * (polynomial(t, above) / polynomial(t, below));
}

/// In the tails and somewhat inside: with x = 2 u - 1 and w = -log(1 - x^2), quantile / x is smooth
/// in w (Giles, "Approximating the erfinv function", GPU Computing Gems, 2011). For w from 3.9 to
/// 21.6, which is u = 2^-33: 3.5e-10 relative.
Four<Real> tail_quantile(const Four<Real>& u) {
    constexpr double above[] = {1.2546084730617606357,    0.45655697710031978845,
                                0.095566473586809999691,  0.012678654665899923008,
                                0.0013365180803983971603, 0.000071190509669259237162,
                                2.4172915129591464162e-7};
    constexpr double below[] = {1.0,
                                0.10401731013669774826,
                                0.035010442422201365225,
                                0.0025654826228766901462,
                                0.00029493090565217788729,
                                4.5821424631416415335e-6};
    const auto w = minus_log(each(u, [](Real v) { return 4.0 * v * (1.0 - v); }));
    const auto x = each(u, [](Real v) { return 2.0 * v - 1.0; });
    return x * (polynomial(w, above) / polynomial(w, below));
}

/// So many groups of eight that what is put aside stays in the first-level cache.
constexpr int stretch = 256;

/// Vectors of uniforms with a number in the tails, for later: so few that two formulas for these
/// cost less than one that serves all, and collected without a branch, which would often be
/// foreseen wrongly.
struct TailQueue {
    alignas(64) double uniforms[(stretch + 1) * lanes];
    long vectors[(stretch + 1) * parts];
    long size;

    void add(Real u, Real t, long vector) {
        store(u, uniforms + size * width);
        vectors[size] = vector;
        size += any_less(t, tail_limit) ? 1 : 0;
    }
};

void stretch_of_quantiles(int count, double* inout, TailQueue& queue) {
    queue.size = 0;
    in_fours(count * parts, [&](const Four<long>& at) {
        const auto u = load(inout, at);
        const auto h = each(u, [](Real v) { return v - 0.5; });
        const auto t = each(h, [](Real v) { return 0.25 - v * v; });
        queue.add(u.v0, t.v0, at.v0);
        queue.add(u.v1, t.v1, at.v1);
        queue.add(u.v2, t.v2, at.v2);
        queue.add(u.v3, t.v3, at.v3);
        store(central_quantile(h, t), inout, at);
    });
    in_fours(queue.size, [&](const Four<long>& at) {
        const auto u = load(queue.uniforms, at);
        const auto z = tail_quantile(u);
        const auto put = [&](Real uniform, Real quantile, long j) {
            double* const to = inout + queue.vectors[j] * width;
            const Real h = uniform - 0.5;
            store(0.25 - h * h < tail_limit ? quantile : load(to), to);
        };
        put(u.v0, z.v0, at.v0);
        put(u.v1, z.v1, at.v1);
        put(u.v2, z.v2, at.v2);
        put(u.v3, z.v3, at.v3);
    });
}

void normal_quantiles(int count, double* inout) {
    TailQueue queue; // NOLINT(cppcoreguidelines-pro-type-member-init): read only where written
    for (int first = 0; first < count; first += stretch) {
        const int size = count - first < stretch ? count - first : stretch;
        stretch_of_quantiles(size, inout + first * lanes, queue);
    }
}

void scaled_exponentials(int count, const double* value, const double* sigma, double* inout) {
    constexpr double log2_of_e = 1.4426950408889634074;
    in_fours(
        count * parts, [&](const Four<long>& at) __attribute__((always_inline)) {
            const auto z = load(inout, at);
            const auto times = [&](const Four<Real>& x, const double* factor) {
                return Four<Real>{x.v0 * factor[at.v0 / parts], x.v1 * factor[at.v1 / parts],
                                  x.v2 * factor[at.v2 / parts], x.v3 * factor[at.v3 / parts]};
            };
            const auto y = times(each(z, [](Real v) { return v * log2_of_e; }), sigma);
            store(times(power_of_two(y), value), inout, at);
        });
}

bool all_within(int count, const double* values, double least, double most) {
    auto good = Real{} == Real{};
    long i = 0;
    for (; i + width <= count; i += width) {
        Real here; // they stand anywhere
        __builtin_memcpy(&here, values + i, sizeof here);
        good &= (here >= least) & (here <= most);
    }
    bool all = true;
    for (long lane = 0; lane < width; ++lane) {
        all &= good[lane] != 0;
    }
    for (; i < count; ++i) {
        all &= values[i] >= least && values[i] <= most;
    }
    return all;
}

} // namespace

const GeneratorKernels generator_kernels = {uniforms, normal_quantiles, scaled_exponentials,
                                            all_within};

} // namespace chainsim::draws::detail::CHAINSIM_KERNEL_ISA

// NOLINTEND(modernize-avoid-c-arrays)
