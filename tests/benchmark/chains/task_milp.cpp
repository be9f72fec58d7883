#include "tasks.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/optimise/backend.hpp>
#include <chainsim/optimise/certificate.hpp>
#include <chainsim/optimise/mps.hpp>

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <malloc.h>
#include <string>

namespace chainsim::bench {

std::string solve_program(const std::string& file, const std::string& solver, double gap,
                          double seconds) {
    // As `chainsim` itself does (`keep_memory`): CLP takes and gives back its work arrays in each
    // run, and fetching the pages anew would be a third of the time.
    constexpr int kept_bytes = 256 << 20;
    static_cast<void>(mallopt(M_TRIM_THRESHOLD, kept_bytes));
    static_cast<void>(mallopt(M_MMAP_THRESHOLD, kept_bytes));
    static_cast<void>(mallopt(M_TOP_PAD, kept_bytes / 8));
    const auto begin = std::chrono::steady_clock::now();
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        throw IoError(fmt::format("cannot read '{}'", file));
    }
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    const auto program = optimise::parse_mps(text, file);
    optimise::SolveOptions options;
    options.gap = gap;
    options.seconds = seconds;
    const auto answer = optimise::make_backend(solver)->solve(program, options);
    const double passed =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const double violation = answer.point.empty()
                                 ? optimise::infinity
                                 : optimise::certify(program, answer.point).violation();
    return fmt::format("{{\"peer\": \"{}\", \"case\": \"{}\", \"task\": \"milp\", \"rows\": "
                       "{}, \"columns\": {}, \"integers\": {}, \"status\": \"{}\", \"objective\": "
                       "{:.10g}, \"bound\": {:.10g}, \"gap\": {:.3g}, \"nodes\": {}, "
                       "\"violation\": {:.3g}, \"total_s\": {:.6g}}}\n",
                       solver == "cbc" ? "chainsim" : answer.solver, file, program.rows(),
                       program.columns(), program.integers(), optimise::to_string(answer.status),
                       answer.objective, answer.bound, answer.gap(), answer.nodes, violation,
                       passed);
}

} // namespace chainsim::bench
