#pragma once

#include <chainsim/base/aligned.hpp>

#include <Eigen/Core>
#include <Eigen/SparseCore>

#include <cstddef>
#include <memory>
#include <vector>

namespace chainsim::solve::detail {

/// Solves square systems of a few rationing rows: dense while small, else by KLU in
/// block-triangular order, so that only true loops are factorised.
///
/// The symbolic analysis of a pattern (its blocks, and the order within each) is kept: a system
/// with the same non-zeros is only factorised. Pivots are sought anew each time, so an answer does
/// not depend on what was solved before.
///
/// Cost     keeps patterns of `most_entries` entries in all, those used last: some 100 bytes each.
class LevelSolver {
public:
    explicit LevelSolver(std::size_t most_entries = 200'000);
    ~LevelSolver();
    LevelSolver(LevelSolver&&) noexcept;
    LevelSolver& operator=(LevelSolver&&) noexcept;
    LevelSolver(const LevelSolver&) = delete;
    LevelSolver& operator=(const LevelSolver&) = delete;

    /// Entries at one place add up. False if the system is singular.
    [[nodiscard]] bool solve(int size, const std::vector<Eigen::Triplet<double>>& entries,
                             const Eigen::VectorXd& right, Eigen::VectorXd& levels);

    /// Since it was made: how often a pattern was analysed, and how often values were factorised;
    /// small systems need neither.
    [[nodiscard]] int analyses() const { return analyses_; }
    [[nodiscard]] int factorisations() const { return factorisations_; }

private:
    struct Pattern;

    [[nodiscard]] bool solve_dense(int size, const std::vector<Eigen::Triplet<double>>& entries,
                                   const Eigen::VectorXd& right, Eigen::VectorXd& levels);

    /// The analysed pattern of these entries; null if it cannot be analysed.
    [[nodiscard]] Pattern* find(int size, const std::vector<Eigen::Triplet<double>>& entries);
    void drop_old();

    std::size_t most_entries_;
    std::vector<std::unique_ptr<Pattern>> patterns_; // used last, first
    std::vector<int> places_;                        // scratch: row and column of each entry
    Aligned dense_;                                  // scratch: rows of a small system
    int analyses_ = 0;
    int factorisations_ = 0;
};

} // namespace chainsim::solve::detail
