#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace chainsim::parallel {

namespace detail {
class Workers;
} // namespace detail

/// Runs numbered jobs, with the same outcome for any number of threads: a job is told its number,
/// and results go to places given by numbers, never by who was first.
///
/// A job is also told its worker, a number below `threads()` that no other job has at the same
/// time: the number of a workspace (solvers, buffers) that is used again and again.
///
/// Errors   what a job throws is thrown to the caller, once no job runs any more; of several, that
/// of
///          the lowest job number, whatever the threads: jobs below it are all run. ContractError
///          if the number of threads is negative, `last` less than `first`, or a function is empty.
///          Unavailable if more than one thread is asked for and the build has no TBB
///          (CHAINSIM_WITH_TBB).
/// Threads  one call at a time. A job must not call the same executor; it may use TBB itself.
/// Cost     about a microsecond for each job on several threads; none worth naming on one.
class Executor {
public:
    /// 0 for as many threads as there are cores (one in a build without TBB); 1 runs all in the
    /// thread of the caller.
    explicit Executor(int threads = 0);
    ~Executor();
    Executor(Executor&&) noexcept;
    Executor& operator=(Executor&&) noexcept;
    Executor(const Executor&) = delete;
    Executor& operator=(const Executor&) = delete;

    [[nodiscard]] int threads() const { return threads_; }

    /// Jobs that `in_order` has under way at most, and places that their results need.
    [[nodiscard]] int slots() const { return threads_ == 1 ? 1 : 4 * threads_; }

    /// work(job, worker)
    using Work = std::function<void(std::int64_t, int)>;
    /// produce(job, worker, slot)
    using Produce = std::function<void(std::int64_t, int, int)>;
    /// consume(job, slot): whether to go on
    using Consume = std::function<bool(std::int64_t, int)>;

    /// Runs the jobs first .. last - 1 in any order, and returns when all are done.
    void for_each(std::int64_t first, std::int64_t last, const Work& work) const;

    /// Produces the jobs first .. last - 1 in any order, and consumes them in theirs, one at a
    /// time: what is consumed does not depend on the threads. A job has its slot, a number below
    /// `slots()`, to itself from its production until it is consumed, so that memory does not grow
    /// with the number of jobs. If consume returns false no other is consumed: some that follow may
    /// have been produced in vain. All before a job that throws are consumed, and none behind it.
    void in_order(std::int64_t first, std::int64_t last, const Produce& produce,
                  const Consume& consume) const;

private:
    int threads_;
    std::unique_ptr<detail::Workers> workers_; // none for one thread
};

} // namespace chainsim::parallel
