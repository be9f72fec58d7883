// chainsim-bench CASE TASK [N] [--threads T]: times one task on a generated case and prints one
// line of JSON. See tests/benchmark/README.md.
#include "tasks.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/optimise/backend.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using chainsim::bench::Case;
using chainsim::bench::Manner;
using chainsim::bench::Result;

constexpr const char* usage =
    "usage: chainsim-bench CASE TASK [N] [--threads T] [--method M]\n"
    "       chainsim-bench FILE.mps milp [--solver S]\n"
    "TASK: solve1, rhs, adjoint, mc, scen, smw; N items (1000). For mc and scen: T threads (1); M "
    "factor, sweeps, krylov or pivot (the cheapest). For milp: cbc and, where it is built in, "
    "highs, one "
    "after the other; S one of them alone\n";

int whole_number(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 1) {
        throw chainsim::Error(fmt::format("`{}` is not a whole number from 1\n{}", text, usage));
    }
    return number;
}

chainsim::linear::Method method_of(std::string_view text) {
    using chainsim::linear::Method;
    constexpr std::array known{
        std::pair("factor", Method::factor), std::pair("sweeps", Method::sweeps),
        std::pair("krylov", Method::krylov), std::pair("pivot", Method::pivot)};
    const auto* found = std::find_if(known.begin(), known.end(),
                                     [&](const auto& one) { return text == one.first; });
    if (found == known.end()) {
        throw chainsim::Error(fmt::format("unknown method `{}`\n{}", text, usage));
    }
    return found->second;
}

Result run(const Case& one, std::string_view task, int items, const Manner& manner) {
    if (task == "solve1") {
        return chainsim::bench::solve_once(one);
    }
    if (task == "rhs") {
        return chainsim::bench::right_sides(one, items);
    }
    if (task == "adjoint") {
        return chainsim::bench::adjoint(one, items);
    }
    if (task == "mc") {
        return chainsim::bench::monte_carlo(one, items, manner);
    }
    if (task == "scen") {
        return chainsim::bench::scenarios(one, items, manner);
    }
    if (task == "smw") {
        return chainsim::bench::low_rank(one, items);
    }
    throw chainsim::Error(fmt::format("unknown task `{}`\n{}", task, usage));
}

const char* isa_name() {
    switch (chainsim::vector_isa()) {
    case chainsim::VectorIsa::baseline:
        return "baseline";
    case chainsim::VectorIsa::avx2:
        return "avx2";
    case chainsim::VectorIsa::avx512:
        return "avx512";
    }
    return "";
}

/// A result counts only if it agrees with the other solver; draws differ, single draws do not.
bool agrees(const Result& result) {
    constexpr double agreement = 1e-8;
    return result.unsolved == 0 && result.checked > 0 && result.worst_difference <= agreement;
}

void print(const Case& one, std::string_view task, int threads, const Result& r) {
    fmt::print(
        "{{\"peer\": \"chainsim\", \"case\": \"{}\", \"task\": \"{}\", \"n\": {}, \"nnz\": {}, "
        "\"isa\": \"{}\", \"threads\": {}, \"iters\": {}, \"per_item_s\": {:.6g}, "
        "\"total_s\": {:.6g}, \"setup_s\": {:.6g}, \"sample_s\": {:.6g}, \"score\": {:.10g}, "
        "\"score_sd\": {:.6g}, \"worst_backward_error\": {:.3g}, \"stale\": {}, \"pivoted\": {}, "
        "\"unsolved\": {}, \"checked\": {}, \"worst_difference\": {:.3g}, \"agrees\": {}, "
        "\"method\": \"{}\"}}\n",
        one.name, task, one.size(), one.technology.nonZeros(), isa_name(), threads, r.items,
        r.seconds / r.items, r.seconds, r.setup_seconds, r.sampling_seconds / r.items, r.score,
        r.score_deviation, r.worst_backward_error, r.stale, r.pivoted, r.unsolved, r.checked,
        r.worst_difference, agrees(r), r.method);
}

int run_program(const std::vector<std::string_view>& arguments) {
    std::vector<std::string_view> words;
    Manner manner;
    std::vector<std::string> solvers{"cbc"};
    if (chainsim::optimise::has_highs()) {
        solvers.emplace_back("highs");
    }
    for (std::size_t k = 0; k < arguments.size(); ++k) {
        if (arguments[k] == "--threads" && k + 1 < arguments.size()) {
            manner.threads = whole_number(arguments[++k]);
        } else if (arguments[k] == "--method" && k + 1 < arguments.size()) {
            manner.method = method_of(arguments[++k]);
        } else if (arguments[k] == "--solver" && k + 1 < arguments.size()) {
            solvers = {std::string(arguments[++k])};
        } else {
            words.push_back(arguments[k]);
        }
    }
    if (words.size() < 2 || words.size() > 3) {
        throw chainsim::Error(usage);
    }
    if (words[1] == "milp") {
        constexpr double gap = 1e-3;
        constexpr double most_seconds = 300.0;
        for (const auto& solver : solvers) {
            fmt::print("{}", chainsim::bench::solve_program(std::string(words[0]), solver, gap,
                                                            most_seconds));
            std::fflush(stdout);
        }
        return 0;
    }
    constexpr int usual_items = 1000;
    const int items = words.size() == 3 ? whole_number(words[2]) : usual_items;
    const auto one = chainsim::bench::read_case(words[0]);
    const auto result = run(one, words[1], items, manner);
    print(one, words[1], manner.threads, result);
    return agrees(result) ? 0 : 1;
}

} // namespace

int main(int count, char** arguments) {
    try {
        return run_program({arguments + 1, arguments + count});
    } catch (const std::exception& error) {
        fmt::print(stderr, "error: {}\n", error.what());
        return 2;
    }
}
