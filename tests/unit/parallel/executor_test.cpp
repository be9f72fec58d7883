#include "support/catch.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/parallel/executor.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using chainsim::ContractError;
using chainsim::parallel::Executor;

namespace {

/// Numbers of threads to compare: also more than there are cores.
std::vector<int> thread_counts() {
#if CHAINSIM_TEST_WITH_TBB
    return {1, 2, 3, 8};
#else
    return {1};
#endif
}

/// A wait that differs from job to job, so that they end in another order than they begin.
void dawdle(std::int64_t job) {
    std::this_thread::sleep_for(std::chrono::microseconds(job * 7919 % 400));
}

} // namespace

TEST_CASE("Every job is run once", "[parallel][executor]") {
    for (const int threads : thread_counts()) {
        const Executor executor(threads);
        CHECK(executor.threads() == threads);
        std::vector<std::atomic<int>> runs(1000);
        executor.for_each(10, 1000,
                          [&](std::int64_t job, int) { ++runs[static_cast<std::size_t>(job)]; });
        CHECK(std::all_of(runs.begin(), runs.begin() + 10, [](const auto& n) { return n == 0; }));
        CHECK(std::all_of(runs.begin() + 10, runs.end(), [](const auto& n) { return n == 1; }));
        executor.for_each(5, 5, [](std::int64_t, int) { FAIL("there is no job"); });
    }
}

TEST_CASE("A worker's workspace is never used by two jobs at once", "[parallel][executor]") {
    for (const int threads : thread_counts()) {
        const Executor executor(threads);
        std::vector<std::atomic<int>> in_use(static_cast<std::size_t>(threads));
        std::atomic<bool> twice = false;
        const auto work = [&](std::int64_t job, int worker) {
            auto& here = in_use.at(static_cast<std::size_t>(worker)); // throws if out of range
            twice = twice || ++here != 1;
            dawdle(job);
            --here;
        };
        executor.for_each(0, 300, work);
        executor.in_order(
            0, 300, [&](std::int64_t job, int worker, int) { work(job, worker); },
            [](std::int64_t, int) { return true; });
        CHECK_FALSE(twice);
    }
}

TEST_CASE("One thread is that of the caller", "[parallel][executor]") {
    const Executor executor(1);
    std::vector<std::int64_t> order;
    const auto caller = std::this_thread::get_id();
    executor.for_each(0, 20, [&](std::int64_t job, int worker) {
        CHECK(std::this_thread::get_id() == caller);
        CHECK(worker == 0);
        order.push_back(job);
    });
    std::vector<std::int64_t> expected(20);
    std::iota(expected.begin(), expected.end(), 0);
    CHECK(order == expected);
    CHECK(executor.slots() == 1);
}

#if CHAINSIM_TEST_WITH_TBB
TEST_CASE("Several threads work at the same time", "[parallel][executor]") {
    // Each job waits for the others: with fewer threads it would wait in vain.
    const Executor executor(4);
    std::atomic<int> arrived = 0;
    std::atomic<bool> all = true;
    executor.for_each(0, 4, [&](std::int64_t, int) {
        ++arrived;
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (arrived < 4) {
            if (std::chrono::steady_clock::now() > end) {
                all = false;
                return;
            }
            std::this_thread::yield();
        }
    });
    CHECK(all);
}
#endif

TEST_CASE("Results are consumed in order, from their slots", "[parallel][executor]") {
    for (const int threads : thread_counts()) {
        const Executor executor(threads);
        std::vector<std::int64_t> slots(static_cast<std::size_t>(executor.slots()), -1);
        std::vector<std::int64_t> order;
        std::atomic<int> under_way = 0;
        std::atomic<int> most = 0;
        std::atomic<bool> overwritten = false;
        executor.in_order(
            100, 500,
            [&](std::int64_t job, int, int slot) {
                most = std::max<int>(most, ++under_way);
                auto& place = slots.at(static_cast<std::size_t>(slot));
                overwritten = overwritten || place != -1;
                dawdle(job);
                place = job;
            },
            [&](std::int64_t job, int slot) {
                auto& place = slots.at(static_cast<std::size_t>(slot));
                order.push_back(place == job ? job : -1);
                place = -1;
                --under_way;
                return true;
            });
        std::vector<std::int64_t> expected(400);
        std::iota(expected.begin(), expected.end(), 100);
        CHECK(order == expected);
        CHECK_FALSE(overwritten);
        CHECK(most <= executor.slots());
    }
}

TEST_CASE("A consumer that has enough ends the run", "[parallel][executor]") {
    for (const int threads : thread_counts()) {
        const Executor executor(threads);
        std::atomic<std::int64_t> highest = -1;
        std::int64_t sum = 0;
        executor.in_order(
            0, 1000000,
            [&](std::int64_t job, int, int) {
                dawdle(job);
                auto known = highest.load();
                while (job > known && !highest.compare_exchange_weak(known, job)) {
                }
            },
            [&](std::int64_t job, int) {
                sum += job;
                return job < 30;
            });
        CHECK(sum == 465);
        CHECK(highest <= 30 + executor.slots());
    }
}

TEST_CASE("Of several failures the one of the lowest job surfaces", "[parallel][executor]") {
    for (const int threads : thread_counts()) {
        const Executor executor(threads);
        for (int repetition = 0; repetition < 20; ++repetition) {
            const auto fail = [](std::int64_t job) {
                if (job == 37 || job == 38 || job == 150) {
                    if (job == 37) {
                        std::this_thread::sleep_for(std::chrono::milliseconds(2)); // fails last
                    }
                    throw std::runtime_error("job " + std::to_string(job));
                }
            };
            std::atomic<int> below = 0;
            CHECK_THROWS_WITH(executor.for_each(0, 200,
                                                [&](std::int64_t job, int) {
                                                    below += job < 37 ? 1 : 0;
                                                    fail(job);
                                                }),
                              "job 37");
            CHECK(below == 37);
            std::int64_t consumed = 0;
            CHECK_THROWS_WITH(executor.in_order(
                                  0, 200, [&](std::int64_t job, int, int) { fail(job); },
                                  [&](std::int64_t, int) { return ++consumed > 0; }),
                              "job 37");
            CHECK(consumed == 37);
        }
        CHECK_THROWS_WITH(executor.in_order(
                              0, 200, [](std::int64_t, int, int) {},
                              [](std::int64_t job, int) -> bool {
                                  throw std::runtime_error("at " + std::to_string(job));
                              }),
                          "at 0");
        // And it can be used again.
        std::atomic<int> runs = 0;
        executor.for_each(0, 10, [&](std::int64_t, int) { ++runs; });
        CHECK(runs == 10);
    }
}

TEST_CASE("What is asked of an executor must make sense", "[parallel][executor]") {
    CHECK_THROWS_WITH(Executor(-1), "contract: a negative number of threads");
    const Executor executor(1);
    CHECK_THROWS_WITH(executor.for_each(2, 1, [](std::int64_t, int) {}),
                      "contract: the last job is before the first");
    CHECK_THROWS_WITH(executor.for_each(0, 1, nullptr),
                      "contract: there is no work to do for a job");
    CHECK_THROWS_AS(executor.in_order(0, 1, nullptr, nullptr), ContractError);
#if CHAINSIM_TEST_WITH_TBB
    CHECK(Executor().threads() ==
          std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
#else
    CHECK_THROWS_WITH(Executor(2), "2 threads are asked for, but this build runs on one: it was "
                                   "configured with CHAINSIM_WITH_TBB=OFF");
#endif
}
