#pragma once

#include "program.hpp"
#include <chainsim/base/error.hpp>

#include <boost/mpi/communicator.hpp>

#include <csignal>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace chainsim::ranks {

/// The launcher ends this program, most often because a rank was lost.
class Ended : public Error {
public:
    using Error::Error;
};

/// While it lives, this thread and those that it begins do not end when the launcher asks for it:
/// the request waits, for whoever looks, or for the end of this.
class HeldEnd {
public:
    HeldEnd();
    ~HeldEnd();
    HeldEnd(const HeldEnd&) = delete;
    HeldEnd& operator=(const HeldEnd&) = delete;
    HeldEnd(HeldEnd&&) = delete;
    HeldEnd& operator=(HeldEnd&&) = delete;

private:
    sigset_t before_{};
};

/// Numbered jobs that all ranks share.
struct Jobs {
    std::int64_t first = 0;
    std::int64_t last = 0; ///< behind the last
    int threads = 1;       ///< of each rank that makes
};

/// The ranks of one call of the program, of which all take the same steps in the same order.
///
/// With one rank it does all itself. With more the first only takes what the others make, in the
/// order of the jobs: it asks every 0.2 ms whether something has come, and so leaves its core to
/// another rank. Each maker holds two orders, of as many jobs as it has threads, so that it need
/// not wait for the next; no job is handed out that is `4 threads (ranks - 1)` ahead of the one
/// wanted, so that memory does not grow with the number of jobs.
///
/// Errors   Failed, on all ranks or on the first: what failed, as it is to be told.
/// Threads  one call at a time; MPI itself is called by the calling thread alone.
/// Cost     a message a job each way.
class Ranks {
public:
    explicit Ranks(boost::mpi::communicator world) : world_(std::move(world)) {}

    [[nodiscard]] bool is_first() const { return world_.rank() == 0; }
    [[nodiscard]] int count() const { return world_.size(); }

    /// Takes a step on every rank.
    ///
    /// Errors  Failed on all ranks, if it throws on any: the failure of the lowest.
    void together(const std::function<void()>& step) const;

    /// Errors  Failed on all ranks, if a rank has another text than the first. `what` it is.
    void check_same(const std::string& text, const std::string& what) const;

    /// The first rank's text, on all.
    [[nodiscard]] std::string from_first(std::string text) const;

    /// make(job, worker) -> what the job gives; called by any rank, on any of its threads, of
    /// which `worker` is the number.
    using Make = std::function<std::string(std::int64_t, int)>;
    /// take(job, what it gave) -> whether to go on; called by the first rank, in order.
    using Take = std::function<bool(std::int64_t, const std::string&)>;

    /// Makes and takes jobs. If `take` returns false no other is taken. All before a job that
    /// fails are taken, and none behind it.
    ///
    /// Errors  Failed on the first rank, or what `take` throws; Ended. The others return.
    void share(const Jobs& jobs, const Make& make, const Take& take) const;

    /// Waits, on the other ranks without using their cores, for how the first one ended.
    [[nodiscard]] cli::Exit conclude(cli::Exit exit) const;

private:
    boost::mpi::communicator world_;
};

} // namespace chainsim::ranks
