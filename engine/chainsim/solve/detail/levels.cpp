#include <chainsim/base/kernel_choice.hpp>
#include <chainsim/solve/detail/dense_levels.hpp>
#include <chainsim/solve/detail/levels.hpp>
#include <chainsim/solve/detail/valves.hpp>

#include <Eigen/KLUSupport>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace chainsim::solve::detail {

namespace {

constexpr int dense_up_to = DenseLevels::most_rows; // below, setting up a sparse factor costs more

using Entries = std::vector<Eigen::Triplet<double>>;

/// FNV-1a: only to pass quickly over patterns that differ.
std::uint64_t digest(const std::vector<int>& places) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const int place : places) {
        hash = (hash ^ static_cast<std::uint64_t>(place)) * 0x100000001b3ULL;
    }
    return hash;
}

} // namespace

/// A matrix whose values come and go, and what is known of its non-zeros.
struct LevelSolver::Pattern {
    std::vector<int> places;
    std::uint64_t hash;
    Eigen::SparseMatrix<double> matrix;
    std::vector<int> slots; // by entry: position in the non-zeros
    Eigen::KLU<Eigen::SparseMatrix<double>> factor;

    Pattern(int size, const Entries& entries, std::vector<int> where, std::uint64_t hash_of_it)
        : places(std::move(where)), hash(hash_of_it), matrix(size, size) {
        matrix.setFromTriplets(entries.begin(), entries.end());
        matrix.makeCompressed();
        for (const auto& entry : entries) {
            const int* begin = matrix.innerIndexPtr() + matrix.outerIndexPtr()[entry.col()];
            const int* end = matrix.innerIndexPtr() + matrix.outerIndexPtr()[entry.col() + 1];
            slots.push_back(static_cast<int>(std::lower_bound(begin, end, entry.row()) -
                                             matrix.innerIndexPtr()));
        }
        factor.analyzePattern(matrix);
    }

    [[nodiscard]] bool is_for(int size, std::uint64_t its_hash,
                              const std::vector<int>& where) const {
        return hash == its_hash && matrix.rows() == size && places == where;
    }

    void set_values(const Entries& entries) {
        std::fill_n(matrix.valuePtr(), matrix.nonZeros(), 0.0);
        for (std::size_t k = 0; k < entries.size(); ++k) {
            matrix.valuePtr()[slots[k]] += entries[k].value();
        }
    }
};

LevelSolver::LevelSolver(std::size_t most_entries)
    : most_entries_(most_entries), dense_(at(dense_up_to) * at(dense_up_to + 8)) {}
LevelSolver::~LevelSolver() = default;
LevelSolver::LevelSolver(LevelSolver&&) noexcept = default;
LevelSolver& LevelSolver::operator=(LevelSolver&&) noexcept = default;

bool LevelSolver::solve(int size, const Entries& entries, const Eigen::VectorXd& right,
                        Eigen::VectorXd& levels) {
    if (size <= dense_up_to) {
        return solve_dense(size, entries, right, levels);
    }
    auto* pattern = find(size, entries);
    if (pattern == nullptr) {
        return false;
    }
    pattern->set_values(entries);
    pattern->factor.factorize(pattern->matrix);
    ++factorisations_;
    if (pattern->factor.info() != Eigen::Success) {
        return false;
    }
    levels = pattern->factor.solve(right);
    return levels.allFinite();
}

bool LevelSolver::solve_dense(int size, const Entries& entries, const Eigen::VectorXd& right,
                              Eigen::VectorXd& levels) {
    static const auto best = CHAINSIM_KERNEL(vector_isa(), solve_dense_levels);
    constexpr int line = 8;
    const int stride = (size / line + 1) * line;
    double* const rows = dense_.data();
    std::fill_n(rows, at(size) * at(stride), 0.0);
    for (const auto& entry : entries) {
        rows[at(entry.row()) * at(stride) + at(entry.col())] += entry.value();
    }
    levels.resize(size);
    return best({size, stride, rows, right.data(), levels.data()}) && levels.allFinite();
}

LevelSolver::Pattern* LevelSolver::find(int size, const Entries& entries) {
    places_.clear();
    for (const auto& entry : entries) {
        places_.push_back(entry.row());
        places_.push_back(entry.col());
    }
    const auto hash = digest(places_);
    const auto known = std::find_if(patterns_.begin(), patterns_.end(), [&](const auto& pattern) {
        return pattern->is_for(size, hash, places_);
    });
    if (known != patterns_.end()) {
        std::rotate(patterns_.begin(), known, known + 1);
        return patterns_.front().get();
    }
    auto pattern = std::make_unique<Pattern>(size, entries, places_, hash);
    ++analyses_;
    if (pattern->factor.info() != Eigen::Success) {
        return nullptr;
    }
    patterns_.insert(patterns_.begin(), std::move(pattern));
    drop_old();
    return patterns_.front().get();
}

void LevelSolver::drop_old() {
    std::size_t kept = 0;
    std::size_t count = 0;
    while (count < patterns_.size() && (count == 0 || kept <= most_entries_)) {
        kept += patterns_[count++]->slots.size();
    }
    if (kept > most_entries_ && count > 1) {
        --count;
    }
    patterns_.resize(count);
}

} // namespace chainsim::solve::detail
