#pragma once

#include <chainsim/parallel/executor.hpp>

#include <cstdint>
#include <functional>
#include <memory>

namespace chainsim::parallel::detail {

/// Several threads. What they are asked to run throws nothing.
class Workers {
public:
    Workers() = default;
    virtual ~Workers() = default;
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    Workers(Workers&&) = delete;
    Workers& operator=(Workers&&) = delete;

    virtual void for_each(std::int64_t first, std::int64_t last, const Executor::Work& work) = 0;

    /// At most `slots` jobs are between the start of produce(job, worker) and the end of
    /// consume(job). No job is begun once consume has returned false.
    virtual void in_order(std::int64_t first, std::int64_t last, int slots,
                          const Executor::Work& produce,
                          const std::function<bool(std::int64_t)>& consume) = 0;
};

/// Threads that there are cores for; one in a build without workers.
[[nodiscard]] int usual_threads();

/// Unavailable if this build has none.
[[nodiscard]] std::unique_ptr<Workers> make_workers(int threads);

} // namespace chainsim::parallel::detail
