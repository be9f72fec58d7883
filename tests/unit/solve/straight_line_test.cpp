#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include "support/moved_figures.hpp"
#include <chainsim/base/aligned.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <algorithm>
#include <vector>

namespace {

using chainsim::vector_lanes;
using chainsim::solve::Dispatch;
using chainsim::solve::StraightLine;
using chainsim::system::Equations;
using chainsim::system::Outcome;
using chainsim::test::Figures;
using chainsim::test::moved;

struct Standing {
    int standing = 0;
    int all = 0;
};

/// Eight draws on the piece of the nominal figures, each that stands against a solve of its own.
Standing compare(const Equations& nominal, const StraightLine& line,
                 const std::vector<Figures>& draws) {
    const auto& program = line.program();
    chainsim::Aligned cells(static_cast<std::size_t>(program.cells()) * vector_lanes);
    program.prepare(cells.data());
    const auto cell = [&](int c, std::size_t lane) -> double& {
        return cells[static_cast<std::size_t>(c) * vector_lanes + lane];
    };
    for (const auto& input : program.inputs()) {
        for (std::size_t lane = 0; lane < draws.size(); ++lane) {
            cell(input.cell, lane) = draws[lane].values[static_cast<std::size_t>(input.parameter)];
        }
    }
    program.replay(cells.data());
    const unsigned standing = line.standing(cells.data());
    Standing tally;
    for (std::size_t lane = 0; lane < draws.size(); ++lane) {
        ++tally.all;
        if ((standing >> lane & 1U) == 0) {
            continue;
        }
        ++tally.standing;
        auto equations = nominal;
        auto figures = draws[lane];
        figures.put_into(equations);
        const auto solution = Dispatch(equations).solve();
        CHECK(solution.outcome == Outcome::solved);
        for (int f = 0; f < equations.columns(); ++f) {
            CAPTURE(lane, f);
            CHECK(cell(line.activity()[static_cast<std::size_t>(f)], lane) ==
                  Approx(solution.activity[f]).epsilon(1e-8).margin(1e-8 * equations.capacity[f]));
        }
        for (int r = 0; r < equations.rows(); ++r) {
            const auto row = static_cast<std::size_t>(r);
            CAPTURE(lane, r);
            const double margin = 1e-8 * (1.0 + solution.bought[r] + solution.sold[r]);
            CHECK(cell(line.bought()[row], lane) == Approx(solution.bought[r]).margin(margin));
            CHECK(cell(line.sold()[row], lane) == Approx(solution.sold[r]).margin(margin));
            CHECK(cell(line.disposed()[row], lane) == Approx(solution.disposed[r]).margin(margin));
        }
    }
    return tally;
}

} // namespace

SCENARIO("Draws near a solution are computed on its piece", "[solve][straight_line]") {
    GIVEN("random chains of every driver and market") {
        int lines = 0;
        Standing near;
        Standing far;
        for (unsigned seed = 1; seed <= 60; ++seed) {
            CAPTURE(seed);
            auto nominal = chainsim::test::random_equations({}, seed);
            Figures figures(nominal);
            Dispatch dispatch(nominal);
            const auto line = dispatch.straight_line(figures.vary());
            if (!line) {
                continue;
            }
            ++lines;
            for (const double width : {1e-6, 0.1}) {
                std::vector<Figures> draws;
                for (unsigned lane = 0; lane < 8; ++lane) {
                    draws.push_back(moved(figures, width, 1000 * seed + lane));
                }
                const auto tally = compare(nominal, line.value(), draws);
                (width < 1e-3 ? near : far).standing += tally.standing;
                (width < 1e-3 ? near : far).all += tally.all;
            }
        }
        THEN("nearly every chain has its piece, and small moves stay on it") {
            CHECK(lines >= 50);
            CHECK(near.standing >= 95 * near.all / 100);
        }
        THEN("of large moves some do and some do not") {
            CHECK(far.standing > 0);
            CHECK(far.standing < far.all);
        }
        UNSCOPED_INFO(lines << " lines, near " << near.standing << "/" << near.all << ", far "
                            << far.standing << "/" << far.all);
        CHECK(lines > 0);
    }
}
