#pragma once

#include "tasks.hpp"
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/linear/pattern.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <new>
#include <optional>
#include <vector>

namespace chainsim::bench {

[[nodiscard]] inline double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// Memory that starts on a cache line.
template <class Value>
struct LineAllocator {
    using value_type = Value;
    static constexpr std::align_val_t line{64};
    LineAllocator() = default;
    template <class Other>
    LineAllocator(const LineAllocator<Other>&) {}
    static Value* allocate(std::size_t count) {
        return static_cast<Value*>(::operator new(count * sizeof(Value), line));
    }
    static void deallocate(Value* memory, std::size_t) { ::operator delete(memory, line); }
    bool operator==(const LineAllocator&) const { return true; }
};
using Lanes = std::vector<double, LineAllocator<double>>;

/// The score of one system by KLU through Eigen: code that shares nothing with the library.
[[nodiscard]] double score_by_klu(const Matrix& matrix, const Eigen::VectorXd& demand,
                                  const Eigen::VectorXd& score_of_columns);

/// How many items are compared with KLU: few where one takes seconds.
[[nodiscard]] int items_to_check(const Case& one);

void compare(Result& result, double score, double reference);

/// Mean and deviation of the scores of the items.
void summarise(Result& result, const std::vector<double>& scores);

/// Numbers from 0, each handed out once: whoever is free takes the next, as a thread may be slowed
/// by what else runs on its core.
class Groups {
public:
    explicit Groups(int count) : count_(count) {}
    /// The next one; none when all are taken.
    [[nodiscard]] std::optional<int> next() {
        const int group = next_.fetch_add(1, std::memory_order_relaxed);
        return group < count_ ? std::optional(group) : std::nullopt;
    }

private:
    int count_;
    std::atomic<int> next_ = 0;
};

/// Runs work(groups, thread) in every thread, until there is no further group.
void run_groups(int count, int threads, const std::function<void(Groups&, int)>& work);

/// Values of the matrix in the order in which a pattern wants them.
[[nodiscard]] std::vector<double> arranged(const linear::Pattern& pattern, const double* values);

} // namespace chainsim::bench
