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

/// A number below rows * columns as its row and column.
struct Cell {
    Bits row, column;
};

/// Where the draws begin. rows * columns is at least n, and hardly more.
struct Grid {
    uint32_t n, rows, columns;
    Cell start[bit_parts];
};

/// A permutation of cells: six rounds of a Feistel cipher of two numbers that need not be powers
/// of two (Black, Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002), with the
/// multipliers of MurmurHash3's finaliser. Sizes are at most 2^15.
struct Feistel {
    uint32_t keys[6] = {};

    explicit Feistel(const uint32_t* key) {
        for (uint32_t round = 0; round < 6; ++round) {
            keys[round] = key[0] + round * key[1];
        }
    }

    /// value plus a hash of the other, modulo size.
    static Bits shifted(Bits value, Bits other, uint32_t key, uint32_t size) {
        Bits x = (other + key) * 0x85EBCA6BU;
        x = (x ^ (x >> 13U)) * 0xC2B2AE35U;
        value += ((x >> 16U) * size) >> 16U;
        return value < size ? value : value - size;
    }

    void permute(const Grid& grid, Cell& cell) const {
        for (int round = 0; round < 6; round += 2) {
            cell.row = shifted(cell.row, cell.column, keys[round], grid.rows);
            cell.column = shifted(cell.column, cell.row, keys[round + 1], grid.columns);
        }
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

/// A permutation of the numbers below n: those that land outside are permuted again.
Bits permuted_below(const Grid& grid, Cell cell, const Feistel& cipher) {
    cipher.permute(grid, cell);
    Bits result = cell.row * grid.columns + cell.column;
    const auto outside = [&] {
        return reinterpret_cast<Signed>(result) >= static_cast<int32_t>(grid.n);
    };
    for (Signed mask = outside(); any(mask); mask = outside()) {
        Cell again = cell;
        cipher.permute(grid, again);
        cell = {mask ? again.row : cell.row, mask ? again.column : cell.column};
        result = cell.row * grid.columns + cell.column;
    }
    return result;
}

// NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)

Grid make_grid(uint32_t first_draw, uint32_t n) {
    uint32_t columns = 0; // the least whose square is not below n
    for (uint32_t bit = 1U << 15U; bit > 0; bit /= 2) {
        if ((columns + bit - 1) * (columns + bit - 1) < n) {
            columns += bit;
        }
    }
    Grid grid{n, (n + columns - 1) / columns, columns, {}};
    for (uint32_t lane = 0; lane < lanes; ++lane) {
        const uint32_t draw = first_draw + lane < n ? first_draw + lane : n - 1;
        auto& start = grid.start[lane / bit_lanes];
        start.row[lane % bit_lanes] = draw / columns;
        start.column[lane % bit_lanes] = draw % columns;
    }
    return grid;
}

void latin_hypercube(uint32_t first_draw, int count, uint32_t n, const uint32_t* keys,
                     double* inout) {
    const Grid grid = make_grid(first_draw, n);
    const double share = 1.0 / n;
    for (long part = 0; part < bit_parts; ++part) {
        for (long d = 0; d < count; ++d) {
            const Feistel cipher(keys + 2 * d);
            double* const to = inout + d * lanes + part * bit_lanes;
            const Bits strata = permuted_below(grid, grid.start[part], cipher);
            as_doubles(strata, [&](Word word, long offset) {
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
