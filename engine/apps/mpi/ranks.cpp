#include "ranks.hpp"

#include <chainsim/parallel/executor.hpp>

#include <boost/mpi/collectives.hpp>
#include <boost/mpi/request.hpp>
#include <boost/serialization/string.hpp>
#include <boost/serialization/vector.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <deque>
#include <exception>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace chainsim::ranks {

namespace mpi = boost::mpi;
using cli::Exit;
using cli::Failure;

namespace {

constexpr int order_tag = 1;
constexpr int head_tag = 2;
constexpr int body_tag = 3;
constexpr int exit_tag = 4;
constexpr int orders_held = 2; ///< by each maker

using Order = std::array<std::int64_t, 2>; ///< first job, how many; none: it is over
using Head = std::array<std::int64_t, 3>;  ///< job, exit code, bytes of the body

/// What a job gave, or why it gave nothing.
struct Result {
    Failure failure;
    std::string bytes;
};

/// What goes over the wire of a failure.
std::vector<std::string> packed(const Failure& failure) {
    return {std::to_string(static_cast<int>(failure.exit)), failure.findings, failure.line};
}

Failure unpacked(const std::vector<std::string>& parts) {
    return {static_cast<Exit>(std::stoi(parts[0])), parts[1], parts[2]};
}

Failure of_rank(Failure failure, int rank) {
    if (rank != 0) {
        failure.line = fmt::format("rank {}: {}", rank, failure.line);
    }
    return failure;
}

/// Rests for 0.2 ms, or until the launcher asks for an end.  Errors  Ended.
void rest() {
    sigset_t ends{};
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    const timespec time{0, 200'000};
    if (sigtimedwait(&ends, nullptr, &time) == SIGTERM) {
        throw Ended("ended by its launcher");
    }
}

Result attempt(const std::function<std::string()>& make) {
    try {
        return {{}, make()};
    } catch (...) {
        return {cli::failure_in_flight(), {}};
    }
}

void send(const mpi::communicator& world, std::int64_t job, const Result& result) {
    const bool failed = result.failure.exit != Exit::done;
    // Neither part of a failure holds a zero.
    const std::string body =
        failed ? result.failure.findings + '\0' + result.failure.line : result.bytes;
    const Head head{job, static_cast<std::int64_t>(result.failure.exit),
                    static_cast<std::int64_t>(body.size())};
    world.send(0, head_tag, head.data(), static_cast<int>(head.size()));
    world.send(0, body_tag, body.data(), static_cast<int>(body.size()));
}

/// A maker: two orders at a time, until none comes.
///
/// A place for the next order is opened before results are sent, so that the first rank, which
/// sends an order for each that is done, never waits for a maker that waits for it.
void work(const mpi::communicator& world, int threads, const Ranks::Make& make) {
    const parallel::Executor executor(threads);
    std::array<Order, orders_held> orders{};
    std::array<mpi::request, orders_held> requests;
    for (std::size_t i = 0; i < orders.size(); ++i) {
        requests[i] = world.irecv(0, order_tag, orders[i].data(), 2);
    }
    std::vector<Result> results;
    int ends = 0;
    for (std::size_t i = 0; ends < orders_held; i = (i + 1) % orders.size()) {
        while (!requests[i].test()) {
            rest();
        }
        const auto [first, jobs] = orders[i];
        if (jobs == 0) {
            ++ends;
            continue;
        }
        results.assign(static_cast<std::size_t>(jobs), {});
        executor.for_each(0, jobs, [&, begin = first](std::int64_t job, int worker) {
            results[static_cast<std::size_t>(job)] =
                attempt([&] { return make(begin + job, worker); });
        });
        requests[i] = world.irecv(0, order_tag, orders[i].data(), 2);
        for (std::int64_t job = 0; job < jobs; ++job) {
            send(world, first + job, results[static_cast<std::size_t>(job)]);
        }
    }
}

/// The first rank: hands out orders, and takes what comes in the order of the jobs.
class Desk {
public:
    Desk(const mpi::communicator& world, const Jobs& jobs, const Ranks::Take& take)
        : world_(world), jobs_(jobs), take_(take), next_(jobs.first), wanted_(jobs.first),
          held_(static_cast<std::size_t>(world.size())) {}

    void run() {
        while (true) {
            if (!is_over_) {
                hand_out();
            }
            if (is_idle()) {
                break;
            }
            receive();
            take_ready();
        }
        for (int rank = 1; rank < world_.size(); ++rank) {
            for (int i = 0; i < orders_held; ++i) {
                send_order(rank, {0, 0});
            }
        }
        if (thrown_) {
            std::rethrow_exception(thrown_);
        }
    }

private:
    void send_order(int rank, const Order& order) const {
        world_.send(rank, order_tag, order.data(), 2);
    }

    /// Nobody holds an order.
    [[nodiscard]] bool is_idle() const {
        return std::all_of(held_.begin(), held_.end(),
                           [](const auto& orders) { return orders.empty(); });
    }

    /// An order to each rank in turn, while one has a place and jobs are near enough.
    void hand_out() {
        const std::int64_t ahead = std::int64_t{4} * jobs_.threads * (world_.size() - 1);
        const std::int64_t limit = std::min(jobs_.last, wanted_ + ahead);
        for (std::size_t round = 1; round <= orders_held; ++round) {
            for (int rank = 1; rank < world_.size() && next_ < limit; ++rank) {
                auto& orders = held_[static_cast<std::size_t>(rank)];
                if (orders.size() < round) {
                    const std::int64_t count = std::min<std::int64_t>(jobs_.threads, limit - next_);
                    send_order(rank, {next_, count});
                    orders.push_back(count);
                    next_ += count;
                }
            }
        }
    }

    void receive() {
        auto status = world_.iprobe(mpi::any_source, head_tag);
        for (; !status; status = world_.iprobe(mpi::any_source, head_tag)) {
            rest();
        }
        const int rank = status->source();
        Head head{};
        world_.recv(rank, head_tag, head.data(), static_cast<int>(head.size()));
        std::string body(static_cast<std::size_t>(head[2]), '\0');
        world_.recv(rank, body_tag, body.data(), static_cast<int>(body.size()));
        auto& orders = held_[static_cast<std::size_t>(rank)];
        if (--orders.front() == 0) {
            orders.pop_front();
        }
        Result result;
        result.failure.exit = static_cast<Exit>(head[1]);
        if (result.failure.exit == Exit::done) {
            result.bytes = std::move(body);
        } else {
            const std::size_t zero = body.find('\0');
            result.failure.findings = body.substr(0, zero);
            result.failure.line = body.substr(zero + 1);
            result.failure = of_rank(std::move(result.failure), rank);
        }
        early_.emplace(head[0], std::move(result));
    }

    void take_ready() {
        for (auto found = early_.find(wanted_); found != early_.end() && !is_over_;
             found = early_.find(wanted_)) {
            const Result result = std::move(found->second);
            early_.erase(found);
            try {
                if (result.failure.exit != Exit::done) {
                    throw cli::Failed(result.failure);
                }
                is_over_ = !take_(wanted_, result.bytes);
            } catch (...) {
                thrown_ = std::current_exception();
                is_over_ = true;
            }
            ++wanted_;
        }
    }

    const mpi::communicator& world_;
    const Jobs& jobs_;
    const Ranks::Take& take_;
    std::int64_t next_;                          ///< to hand out
    std::int64_t wanted_;                        ///< to take
    std::vector<std::deque<std::int64_t>> held_; ///< by rank: jobs of its orders yet to come
    std::map<std::int64_t, Result> early_;       ///< came before their turn
    bool is_over_ = false;
    std::exception_ptr thrown_;
};

/// One rank, on its threads.
void share_alone(const Jobs& jobs, const Ranks::Make& make, const Ranks::Take& take) {
    const parallel::Executor executor(jobs.threads);
    std::vector<std::string> results(static_cast<std::size_t>(executor.slots()));
    executor.in_order(
        jobs.first, jobs.last,
        [&](std::int64_t job, int worker, int slot) {
            results[static_cast<std::size_t>(slot)] = make(job, worker);
        },
        [&](std::int64_t job, int slot) {
            return take(job, results[static_cast<std::size_t>(slot)]);
        });
}

} // namespace

HeldEnd::HeldEnd() {
    sigset_t ends{};
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, &before_);
}

HeldEnd::~HeldEnd() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

void Ranks::together(const std::function<void()>& step) const {
    Failure own;
    try {
        step();
    } catch (...) {
        own = cli::failure_in_flight();
    }
    std::vector<std::vector<std::string>> all;
    mpi::all_gather(world_, packed(own), all);
    for (std::size_t rank = 0; rank < all.size(); ++rank) {
        if (auto failure = unpacked(all[rank]); failure.exit != Exit::done) {
            throw cli::Failed(of_rank(std::move(failure), static_cast<int>(rank)));
        }
    }
}

void Ranks::check_same(const std::string& text, const std::string& what) const {
    const std::string expected = from_first(text);
    together([&] {
        if (text != expected) {
            throw cli::Stop(Exit::bad_input, fmt::format("{} differs from that of rank 0", what));
        }
    });
}

std::string Ranks::from_first(std::string text) const {
    mpi::broadcast(world_, text, 0);
    return text;
}

void Ranks::share(const Jobs& jobs, const Make& make, const Take& take) const {
    if (count() == 1) {
        share_alone(jobs, make, take);
        return;
    }
    if (!is_first()) {
        work(world_, jobs.threads, make);
        return;
    }
    const HeldEnd held;
    Desk(world_, jobs, take).run();
}

Exit Ranks::conclude(Exit exit) const {
    auto code = static_cast<std::int64_t>(exit);
    if (is_first()) {
        for (int rank = 1; rank < count(); ++rank) {
            world_.send(rank, exit_tag, &code, 1);
        }
        return exit;
    }
    auto request = world_.irecv(0, exit_tag, &code, 1);
    while (!request.test()) {
        rest();
    }
    return static_cast<Exit>(code);
}

} // namespace chainsim::ranks
