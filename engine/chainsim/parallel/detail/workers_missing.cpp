#include <chainsim/base/error.hpp>
#include <chainsim/parallel/detail/workers.hpp>

#include <fmt/format.h>

namespace chainsim::parallel::detail {

int usual_threads() { return 1; }

std::unique_ptr<Workers> make_workers(int threads) {
    throw Unavailable(fmt::format("{} threads are asked for, but this build runs on one: it was "
                                  "configured with CHAINSIM_WITH_TBB=OFF",
                                  threads));
}

} // namespace chainsim::parallel::detail
