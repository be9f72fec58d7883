// Compiled once for each instruction set (chainsim_kernel), as namespace CHAINSIM_KERNEL_ISA.
#include <chainsim/draws/detail/lanes.hpp>
#include <chainsim/draws/detail/sequence_kernels.hpp>

// NOLINTBEGIN(modernize-avoid-c-arrays): std::array defines inline functions

namespace chainsim::draws::detail::CHAINSIM_KERNEL_ISA {

namespace {

/// Words of 32 bits: all eight lanes in one, or in two of SSE.
constexpr long bit_lanes = width == 2 ? 4 : 8;
constexpr long bit_parts = lanes / bit_lanes;
using Bits = uint32_t __attribute__((vector_size(bit_lanes * 4)));
using Signed = int32_t __attribute__((vector_size(bit_lanes * 4)));

/// The first and, if there are more lanes than in a vector of doubles, the second half.
Word low_half(Bits bits) {
#if defined(__AVX512F__)
    return __builtin_convertvector(bits, Word);
#elif defined(__AVX2__)
    return __builtin_convertvector(__builtin_shufflevector(bits, bits, 0, 1, 2, 3), Word);
#else
    return __builtin_convertvector(__builtin_shufflevector(bits, bits, 0, 1), Word);
#endif
}

#if !defined(__AVX512F__)
Word high_half(Bits bits) {
#if defined(__AVX2__)
    return __builtin_convertvector(__builtin_shufflevector(bits, bits, 4, 5, 6, 7), Word);
#else
    return __builtin_convertvector(__builtin_shufflevector(bits, bits, 2, 3), Word);
#endif
}
#endif

/// Calls work(64-bit words, offset) for the vectors of doubles that these lanes fill.
template <typename Work>
void as_doubles(Bits bits, Work work) {
    work(low_half(bits), 0);
#if !defined(__AVX512F__)
    work(high_half(bits), width);
#endif
}

Bits draws_from(uint32_t first) {
    Bits draw{};
    for (long i = 0; i < bit_lanes; ++i) {
        draw[i] = first + static_cast<uint32_t>(i);
    }
    return draw;
}

Bits reverse_bits(Bits x) {
    x = ((x >> 1U) & 0x55555555U) | ((x & 0x55555555U) << 1U);
    x = ((x >> 2U) & 0x33333333U) | ((x & 0x33333333U) << 2U);
    x = ((x >> 4U) & 0x0F0F0F0FU) | ((x & 0x0F0F0F0FU) << 4U);
    x = ((x >> 8U) & 0x00FF00FFU) | ((x & 0x00FF00FFU) << 8U);
    return (x >> 16U) | (x << 16U);
}

/// Owen's nested uniform scrambling of a number with its bits reversed, by a hash in which a bit
/// changes higher ones only: Laine, Karras, "Stratified sampling for stochastic transparency"
/// (EGSR 2011), as in Burley, "Practical hash-based Owen scrambling" (JCGT 9(4), 2020).
Bits scramble(Bits x, uint32_t seed) {
    x += seed;
    x ^= x * 0x6C50B47CU;
    x ^= x * 0xB82F1E52U;
    x ^= x * 0xC7AFE638U;
    x ^= x * 0x8D22F6E6U;
    return x;
}

void sobol(uint32_t first_draw, int count, const uint32_t* directions, const uint32_t* scrambles,
           double* out) {
    const uint32_t last = first_draw + static_cast<uint32_t>(lanes - 1);
    const int bits = 32 - __builtin_clz(last | 1U);
    for (long part = 0; part < bit_parts; ++part) {
        const Bits draw = draws_from(first_draw + static_cast<uint32_t>(part * bit_lanes));
        Bits has_bit[32];
        for (int bit = 0; bit < bits; ++bit) {
            has_bit[bit] = ~(((draw >> static_cast<uint32_t>(bit)) & 1U) - 1U);
        }
        for (long d = 0; d < count; ++d) {
            const uint32_t* const row = directions + 32 * d;
            Bits x{};
            for (int bit = 0; bit < bits; ++bit) {
                x ^= has_bit[bit] & row[bit];
            }
            double* const to = out + d * lanes + part * bit_lanes;
            as_doubles(reverse_bits(scramble(x, scrambles[d])),
                       [&](Word word, long offset) { store(uniform_of(word), to + offset); });
        }
    }
}

/// A permutation of numbers of so many bits: eight rounds of an unbalanced Feistel cipher, with the
/// multipliers of MurmurHash3's finaliser.
struct Feistel {
    uint32_t low_bits, high_bits;
    uint32_t keys[8] = {};

    Feistel(uint32_t bits, const uint32_t* key) : low_bits(bits / 2), high_bits(bits - bits / 2) {
        for (uint32_t round = 0; round < 8; ++round) {
            keys[round] = key[0] + round * key[1];
        }
    }

    static Bits hash(Bits x, uint32_t key, uint32_t bits) {
        x = (x + key) * 0x85EBCA6BU;
        x = (x ^ (x >> 13U)) * 0xC2B2AE35U;
        return x >> (32U - bits);
    }

    [[nodiscard]] Bits permuted(Bits x) const {
        Bits low = x & ((1U << low_bits) - 1U);
        Bits high = x >> low_bits;
        for (int round = 0; round < 8; round += 2) {
            high ^= hash(low, keys[round], high_bits);
            low ^= hash(high, keys[round + 1], low_bits);
        }
        return (high << low_bits) | low;
    }
};

// NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): vectors of other elements

bool any(Signed mask) {
#if defined(__AVX2__)
    return _mm256_movemask_epi8(reinterpret_cast<__m256i>(mask)) != 0;
#elif defined(__SSE2__)
    return _mm_movemask_epi8(reinterpret_cast<__m128i>(mask)) != 0;
#else
    int32_t all = 0;
    for (long i = 0; i < bit_lanes; ++i) {
        all |= mask[i];
    }
    return all != 0;
#endif
}

/// A permutation of the numbers below n: those that land outside are permuted again (Black,
/// Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002). n is at most 2^30.
Bits permuted_below(uint32_t n, Bits x, const Feistel& cipher) {
    Bits result = cipher.permuted(x);
    const auto outside = [&] {
        return reinterpret_cast<Signed>(result) >= static_cast<int32_t>(n);
    };
    for (Signed mask = outside(); any(mask); mask = outside()) {
        const Bits again = cipher.permuted(result);
        result = mask ? again : result;
    }
    return result;
}

// NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)

void latin_hypercube(uint32_t first_draw, int count, uint32_t n, const uint32_t* keys,
                     double* inout) {
    const auto bits = n < 5U ? 2U : 32U - static_cast<uint32_t>(__builtin_clz(n - 1U));
    const double share = 1.0 / n;
    for (long part = 0; part < bit_parts; ++part) {
        Bits draw = draws_from(first_draw + static_cast<uint32_t>(part * bit_lanes));
        draw = draw < n ? draw : Bits{} + (n - 1U);
        for (long d = 0; d < count; ++d) {
            const Feistel cipher(bits, keys + 2 * d);
            double* const to = inout + d * lanes + part * bit_lanes;
            as_doubles(permuted_below(n, draw, cipher), [&](Word word, long offset) {
                const Real stratum = as_real(word | 0x4330000000000000U) - 0x1p52;
                const Real u = (stratum + load(to + offset)) * share;
                const Real above = u < 0x1p-33 ? splat_real(0x1p-33) : u; // where quantiles end
                store(above > 1.0 - 0x1p-33 ? splat_real(1.0 - 0x1p-33) : above, to + offset);
            });
        }
    }
}

} // namespace

const SequenceKernels sequence_kernels = {sobol, latin_hypercube};

} // namespace chainsim::draws::detail::CHAINSIM_KERNEL_ISA

// NOLINTEND(modernize-avoid-c-arrays)
