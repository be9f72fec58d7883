#include <chainsim/parallel/detail/workers.hpp>

#include <algorithm>
#include <atomic>
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>
#include <thread>

namespace chainsim::parallel::detail {

namespace {

/// Calls work(job, worker). Isolated: a job that waits for tasks of its own must not take up
/// another job meanwhile, which would find the workspace of its worker in use.
void run_job(const Executor::Work& work, std::int64_t job) {
    tbb::this_task_arena::isolate([&] { work(job, tbb::this_task_arena::current_thread_index()); });
}

class TbbWorkers : public Workers {
public:
    explicit TbbWorkers(int threads)
        : allowed_(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)),
          arena_(threads) {}

    void for_each(std::int64_t first, std::int64_t last, const Executor::Work& work) override {
        arena_.execute([&] {
            tbb::parallel_for(tbb::blocked_range<std::int64_t>(first, last),
                              [&](const tbb::blocked_range<std::int64_t>& jobs) {
                                  for (auto job = jobs.begin(); job != jobs.end(); ++job) {
                                      run_job(work, job);
                                  }
                              });
        });
    }

    void in_order(std::int64_t first, std::int64_t last, int slots, const Executor::Work& produce,
                  const std::function<bool(std::int64_t)>& consume) override {
        std::int64_t next = first;
        std::atomic<bool> stopped = false;
        const auto number = [&](tbb::flow_control& control) {
            if (next == last || stopped) {
                control.stop();
                return last;
            }
            return next++;
        };
        const auto make = [&](std::int64_t job) {
            if (!stopped) {
                run_job(produce, job);
            }
            return job;
        };
        const auto take = [&](std::int64_t job) {
            if (!stopped && !consume(job)) {
                stopped = true;
            }
        };
        using tbb::filter_mode;
        arena_.execute([&] {
            tbb::parallel_pipeline(
                static_cast<std::size_t>(slots),
                tbb::make_filter<void, std::int64_t>(filter_mode::serial_in_order, number) &
                    tbb::make_filter<std::int64_t, std::int64_t>(filter_mode::parallel, make) &
                    tbb::make_filter<std::int64_t, void>(filter_mode::serial_in_order, take));
        });
    }

private:
    tbb::global_control allowed_; // also more threads than cores, if so asked for
    tbb::task_arena arena_;
};

} // namespace

int usual_threads() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

std::unique_ptr<Workers> make_workers(int threads) { return std::make_unique<TbbWorkers>(threads); }

} // namespace chainsim::parallel::detail
