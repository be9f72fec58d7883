#pragma once

#include <chainsim/draws/marginal.hpp>
#include <chainsim/draws/sequence.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace chainsim::draws {

/// Parameters that vary together, by a Gaussian copula: each follows its own marginal, as the
/// quantile of a standard normal, and these normals are correlated. (The values themselves are then
/// correlated a little less, unless the marginals are normal.)
struct Group {
    std::string name;                     ///< for messages
    std::vector<int> members = {};        ///< numbers of parameters, each in one group at most
    double rho = 1.0;                     ///< of every pair; 1: all at the same quantile
    std::vector<double> correlation = {}; ///< instead of rho: row-major, members x members
};

/// The sample of an uncertainty study: n draws of all parameters, by number.
///
/// Draw k depends on (marginals, groups, method, seed, n, k) alone, and for the method `random` not
/// on n: whoever asks, in whatever order. The same bytes in every instruction set.
///
/// Values are those of `quantile` to 1e-8 of the range (pert 2e-8), by polynomials in vectors;
/// uniforms have 32 bits, so that tails end at a probability of 2^-33.
///
/// Shapes   fill: out[p * 8 + lane] is parameter p of draw first_draw + lane, aligned to 64 bytes.
/// Errors   SampleError naming the parameter ("parameter 3: ...") or the group if a marginal is
///          none, a member is unknown or in two groups, or a correlation matrix is not one:
///          not symmetric with a diagonal of ones, or with a negative eigenvalue. ContractError if
///          what is asked for is outside the sample, or out not aligned.
/// Threads  const functions at the same time.
/// Cost     memory: 50 doubles per pert shape of its own, 128 bytes per parameter for `sobol`, half
/// a
///          square for a group with a matrix. Time per number: see tests/benchmark.
class Plan {
public:
    Plan(std::vector<Marginal> marginals, const std::vector<Group>& groups, Method method,
         std::uint64_t seed, std::int64_t n);
    ~Plan();
    Plan(Plan&&) noexcept;
    Plan& operator=(Plan&&) noexcept;
    Plan(const Plan&) = delete;
    Plan& operator=(const Plan&) = delete;

    [[nodiscard]] int parameters() const;
    [[nodiscard]] std::int64_t draws() const;

    /// Draws first_draw .. first_draw + 7 of all parameters; those beyond n - 1 only fill the
    /// lanes.
    void fill(std::int64_t first_draw, double* out) const;

    /// As the functions of these names for one marginal.
    [[nodiscard]] double quantile(int parameter, double u) const;
    [[nodiscard]] double mean(int parameter) const;
    [[nodiscard]] double sd(int parameter) const;

private:
    struct Work;
    std::unique_ptr<const Work> work_;
};

} // namespace chainsim::draws
