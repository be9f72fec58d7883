#pragma once

#include <chainsim/base/vector_isa.hpp>

#include <array>
#include <cstdint>

namespace chainsim::draws {

/// Random numbers by their number: dimension d of draw k depends on (seed, stream, k, d) alone, so
/// that any part of a sample can be made anywhere, in any order, and again.
///
/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11):
/// the key is the seed, the counter is (k, d / 4, stream), and each of the four words of a block is
/// one dimension. Uniforms are u = (word + 1/2) / 2^32: never 0 or 1, of 32 bits. Normals are the
/// quantile of u by rational functions, one between and one in the tails, to a relative error of
/// 5e-10; they end at 6.3 standard deviations. The same bytes in every instruction set.
///
/// Shapes   one call makes the eight draws first_draw .. first_draw + 7 (`vector_lanes`) of `count`
///          dimensions: out[d * 8 + lane] belongs to dimension d of draw first_draw + lane.
/// Errors   ContractError if count is negative or out not aligned to 64 bytes.
/// Threads  const functions at the same time.
/// Cost     on one core of an AMD EPYC (Zen 5), for each number: with AVX-512 0.4 ns uniform, 1 ns
///          normal, 1.3 ns lognormal; lognormal 2.7 ns with AVX2, 50 ns without, where products and
///          sums that are rounded once are calls (tests/benchmark/draws_benchmark.cpp).
class Generator {
public:
    /// Sub-streams of one seed are independent of each other.
    explicit Generator(std::uint64_t seed, std::uint32_t stream = 0);

    void uniforms(std::uint64_t first_draw, int count, double* out) const;

    /// The same from another dimension on, which is a multiple of four.
    void uniforms_from(int first_dimension, std::uint64_t first_draw, int count, double* out) const;

    /// Of mean 0 and standard deviation 1.
    void normals(std::uint64_t first_draw, int count, double* out) const;

    /// value[d] * exp(sigma[d] * normal): of median value[d]. ContractError unless 0 <= sigma <=
    /// 100.
    void lognormals(std::uint64_t first_draw, int count, const double* value, const double* sigma,
                    double* out) const;

private:
    std::array<std::uint32_t, 2> key_;
    std::uint32_t stream_;
};

} // namespace chainsim::draws
