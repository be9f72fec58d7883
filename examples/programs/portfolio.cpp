// A portfolio: which projects are built, and when, for the most of a goal under the policies.
//   bash examples/run.sh
//   cmake --install build/release --prefix install
//   cmake -S examples/programs -B build/programs -DCMAKE_PREFIX_PATH="$PWD/install"
//   cmake --build build/programs
//   build/programs/portfolio scenarios/tutorial/desk_2030.yaml value_added

#include <chainsim/chainsim.hpp>
#include <chainsim/study/optimisation.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <cstdio>
#include <exception>

namespace study = chainsim::study;

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr,
                   "usage: portfolio SCENARIO GOAL, as npv, value_added or 'min co2_total'\n");
        return 2;
    }
    try {
        study::OptimiseRequest request;
        request.scenario = argv[1];
        request.objective = argv[2];
        request.step = 0.0;     // policies are not priced
        request.seconds = 60.0; // for a plan
        study::Optimisation optimisation(request);
        optimisation.solve();
        if (const auto failure = study::failure_of(optimisation); !failure.empty()) {
            fmt::print(stderr, "{}\n", failure);
            return 3;
        }
        const auto& plan = optimisation.plan();
        const auto& goal = optimisation.goals().front()->goal();
        fmt::print("{}: {:.6g} {}, without any project {:.6g}\n", argv[2],
                   plan.outcome.values.front(), goal.unit, optimisation.without().values.front());
        const auto& choices = optimisation.district().choices();
        for (std::size_t c = 0; c < choices.size(); ++c) {
            const auto& decided = plan.portfolio[c];
            if (decided.is_made()) {
                fmt::print("  {} {} from {}\n", choices[c].is_closure ? "close" : "build",
                           choices[c].id, decided.year);
            } else {
                fmt::print("  leave out {}\n", choices[c].id);
            }
        }
        return 0;
    } catch (const std::exception& error) { // bad input, with every problem and its place
        fmt::print(stderr, "{}\n", error.what());
        return 2;
    }
}
