#include <chainsim/base/error.hpp>
#include <chainsim/parallel/detail/workers.hpp>
#include <chainsim/parallel/executor.hpp>

#include <atomic>
#include <exception>
#include <mutex>
#include <utility>
#include <vector>

namespace chainsim::parallel {

namespace {

int resolved(int threads) {
    CHAINSIM_EXPECT(threads >= 0, "a negative number of threads");
    return threads > 0 ? threads : detail::usual_threads();
}

/// What the job of the lowest number threw. Jobs above it need not run any more; those below it do,
/// for one of them may throw as well.
class FirstFailure {
public:
    explicit FirstFailure(std::int64_t last) : job_(last) {}

    [[nodiscard]] bool is_below(std::int64_t job) const { return job_ < job; }

    void keep(std::int64_t job, std::exception_ptr thrown) {
        const std::scoped_lock lock(mutex_);
        if (job < job_) {
            job_ = job;
            thrown_ = std::move(thrown);
        }
    }

    void rethrow() const {
        if (thrown_) {
            std::rethrow_exception(thrown_);
        }
    }

private:
    std::atomic<std::int64_t> job_;
    std::exception_ptr thrown_;
    std::mutex mutex_;
};

} // namespace

Executor::Executor(int threads)
    : threads_(resolved(threads)),
      workers_(threads_ == 1 ? nullptr : detail::make_workers(threads_)) {}
Executor::~Executor() = default;
Executor::Executor(Executor&&) noexcept = default;
Executor& Executor::operator=(Executor&&) noexcept = default;

void Executor::for_each(std::int64_t first, std::int64_t last, const Work& work) const {
    CHAINSIM_EXPECT(first <= last, "the last job is before the first");
    CHAINSIM_EXPECT(work != nullptr, "there is no work to do for a job");
    if (!workers_) {
        for (auto job = first; job != last; ++job) {
            work(job, 0);
        }
        return;
    }
    FirstFailure failure(last);
    workers_->for_each(first, last, [&](std::int64_t job, int worker) {
        if (failure.is_below(job)) {
            return;
        }
        try {
            work(job, worker);
        } catch (...) {
            failure.keep(job, std::current_exception());
        }
    });
    failure.rethrow();
}

void Executor::in_order(std::int64_t first, std::int64_t last, const Produce& produce,
                        const Consume& consume) const {
    CHAINSIM_EXPECT(first <= last, "the last job is before the first");
    CHAINSIM_EXPECT(produce != nullptr && consume != nullptr, "there is no work to do for a job");
    if (!workers_) {
        for (auto job = first; job != last; ++job) {
            produce(job, 0, 0);
            if (!consume(job, 0)) {
                break;
            }
        }
        return;
    }
    // The jobs under way follow each other, for they are consumed in order: the remainder by their
    // greatest number tells them apart.
    const auto slot_of = [&](std::int64_t job) {
        return static_cast<int>((job - first) % slots());
    };
    std::vector<std::exception_ptr> thrown(static_cast<std::size_t>(slots()));
    std::exception_ptr ends;
    workers_->in_order(
        first, last, slots(),
        [&](std::int64_t job, int worker) {
            const int slot = slot_of(job);
            try {
                produce(job, worker, slot);
            } catch (...) {
                thrown[static_cast<std::size_t>(slot)] = std::current_exception();
            }
        },
        [&](std::int64_t job) {
            const int slot = slot_of(job);
            ends = thrown[static_cast<std::size_t>(slot)];
            if (ends) {
                return false;
            }
            try {
                return consume(job, slot);
            } catch (...) {
                ends = std::current_exception();
                return false;
            }
        });
    if (ends) {
        std::rethrow_exception(ends);
    }
}

} // namespace chainsim::parallel
