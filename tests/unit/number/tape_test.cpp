#include "support/catch.hpp"
#include <chainsim/base/aligned.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/number/program.hpp>

#include <array>
#include <cstddef>
#include <vector>

using chainsim::vector_lanes;
using chainsim::number::Number;
using chainsim::number::Program;
using chainsim::number::read;
using chainsim::number::Recording;
using chainsim::number::Tape;

namespace {

/// Figures of a scenario, and an account of them that uses every operation.
using Figures = std::array<double, 4>;

Number account(const Figures& figures) {
    const auto a = read(&figures[0], figures[0], 1.0);
    const auto b = read(&figures[1], 2.0 * figures[1], 2.0);
    const auto c = read(&figures[2], figures[2], 1.0);
    const auto d = read(&figures[3], figures[3], 1.0); // no parameter
    auto sum = a * b + c / a - 3.0 * d;
    sum += larger(a - b, 0.0) + smaller(c, 2.5) + magnitude(a - 4.0 * c);
    sum *= 1.0 - b / (a + c);
    sum += c * is_positive(b - a); // 1, or 0 from the lane on in which a is larger
    return sum;
}

/// Cells of a program, its constants in their places.
struct Cells {
    explicit Cells(const Program& program)
        : array(static_cast<std::size_t>(program.cells()) * vector_lanes) {
        program.prepare(array.data());
    }
    double& operator()(int cell, int lane) {
        return array[static_cast<std::size_t>(cell * vector_lanes + lane)];
    }
    double* data() { return array.data(); }
    chainsim::Aligned array;
};

Figures draw(int lane) { return {1.0 + 0.5 * lane, 3.0 - 0.3 * lane, 0.7 + 0.4 * lane, 5.0}; }

} // namespace

TEST_CASE("Without a recording a number is a double", "[number]") {
    const Figures figures{2.0, 3.0, 4.0, 5.0};
    const auto result = account(figures);
    CHECK(result.is_constant());
    // a b = 12, c / a = 2, 3 d = 15; a < 2 b; min 2.5; |2 - 16| = 14; 1 - 6/6 = 0; c as 6 > 2
    CHECK(result.value() == 4.0);
    CHECK(is_positive(Number(0.0)).value() == 0.0);
    CHECK(is_positive(Number(1e-9)).value() == 1.0);
}

SCENARIO("What was recorded is computed again for other figures", "[number][tape]") {
    GIVEN("an account recorded at one set of figures, of which three are parameters") {
        const Figures figures = draw(0);
        Tape tape;
        for (int p = 0; p < 3; ++p) {
            tape.add_parameter(&figures[static_cast<std::size_t>(p)], p);
        }
        Number recorded;
        {
            const Recording recording(tape);
            recorded = account(figures);
        }
        CHECK(recorded.value() == account(figures).value());
        const Program program(tape, {recorded, 7.0});
        REQUIRE(program.inputs().size() == 3);
        WHEN("it is replayed for eight sets of figures") {
            Cells cells(program);
            for (const auto& input : program.inputs()) {
                for (int lane = 0; lane < vector_lanes; ++lane) {
                    cells(input.cell, lane) = draw(lane)[static_cast<std::size_t>(input.parameter)];
                }
            }
            program.replay(cells.data());
            THEN("each lane is what the account makes of its figures, to the last bit but few") {
                for (int lane = 0; lane < vector_lanes; ++lane) {
                    CAPTURE(lane);
                    CHECK(cells(program.cell(0), lane) ==
                          Approx(account(draw(lane)).value()).epsilon(1e-14).margin(1e-14));
                    CHECK(cells(program.cell(1), lane) == 7.0);
                }
            }
            THEN("its slopes are those of differences") {
                std::vector<double> values(static_cast<std::size_t>(program.cells()));
                std::vector<double> slopes(values.size(), 0.0);
                for (int cell = 0; cell < program.cells(); ++cell) {
                    values[static_cast<std::size_t>(cell)] = cells(cell, 2);
                }
                slopes[static_cast<std::size_t>(program.cell(0))] = 1.0;
                program.pull_back(values, slopes);
                for (const auto& input : program.inputs()) {
                    const auto p = static_cast<std::size_t>(input.parameter);
                    constexpr double step = 1e-6;
                    auto up = draw(2);
                    auto down = draw(2);
                    up[p] += step;
                    down[p] -= step;
                    const double slope =
                        (account(up).value() - account(down).value()) / (2.0 * step);
                    CHECK(slopes[static_cast<std::size_t>(input.cell)] ==
                          Approx(slope).epsilon(1e-7));
                }
            }
        }
    }
    GIVEN("the same product written twice and one that nothing uses") {
        const Figures figures = draw(1);
        Tape tape;
        tape.add_parameter(figures.data(), 0);
        std::vector<Number> outputs;
        {
            const Recording recording(tape);
            const auto a = read(figures.data(), figures[0], 1.0);
            outputs = {a * 3.0, 3.0 * a};
            (void)(a * a * a);
        }
        THEN("the program makes it once, and leaves out what is not used") {
            const Program program(tape, outputs);
            CHECK(program.steps() == 1);
            CHECK(program.cell(0) == program.cell(1));
        }
    }
}

TEST_CASE("Two figures may be one parameter", "[number][tape]") {
    const std::array<double, 2> figures{2.0, 6.0};
    Tape tape;
    tape.add_parameter(figures.data(), 0);
    tape.add_parameter(&figures[1], 0);
    Number sum;
    {
        const Recording recording(tape);
        sum = read(figures.data(), 2.0, 1.0) + read(&figures[1], 6.0, 3.0);
    }
    const Program program(tape, {sum});
    REQUIRE(program.inputs().size() == 1);
    Cells cells(program);
    cells(program.inputs().front().cell, 0) = 5.0;
    program.replay(cells.data());
    CHECK(cells(program.cell(0), 0) == 20.0);
}

SCENARIO("Figures are read as other values while these replace them", "[number]") {
    const double figure = 3.0;
    const double other = 5.0;
    const chainsim::number::Figures replaced{{&figure, 4.0}};
    {
        const chainsim::number::Replacing replacing(replaced);
        CHECK(read(&figure, 2.0 * figure, 2.0).value() == 8.0);
        CHECK(read(&other, other, 1.0).value() == 5.0);
    }
    CHECK(read(&figure, 2.0 * figure, 2.0).value() == 6.0);
}
