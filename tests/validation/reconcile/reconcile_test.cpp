#include "support/catch.hpp"
#include <chainsim/io/file.hpp>
#include <chainsim/reconcile/gross_errors.hpp>
#include <chainsim/reconcile/measurements.hpp>

#include <Eigen/Cholesky>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace chainsim::reconcile;

namespace {

/// Half of the interval that holds 95 % of a normal distribution, in standard deviations.
constexpr double half_width = 1.959963984540054;

struct Answer {
    Measurements read;
    Solution solution;

    [[nodiscard]] std::size_t place(const std::string& id) const {
        const auto& all = read.problem.variables;
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == id; });
        INFO("variable " << id);
        REQUIRE(found != all.end());
        return static_cast<std::size_t>(found - all.begin());
    }
    [[nodiscard]] const Estimate& at(const std::string& id) const {
        return solution.estimates[place(id)];
    }
};

Answer answer(const std::string& name) {
    const std::string file =
        std::string(CHAINSIM_SOURCE_DIR) + "/tests/validation/reconcile/" + name;
    Answer out{read_network(chainsim::io::read_file(file), name), {}};
    out.solution = solve(out.read.problem);
    REQUIRE(out.solution.outcome == Outcome::solved);
    return out;
}

/// Flows and compositions of the column by six free ones: what comes out in total and of each of
/// the two components, from which the feed follows.
using Six = Eigen::Matrix<double, 6, 1>;
using Nine = Eigen::Matrix<double, 9, 1>;

Nine column_of(const Six& free) {
    const double distillate = free(0);
    const double bottom = free(1);
    const double feed = distillate + bottom;
    Nine all;
    all << feed, (distillate * free(2) + bottom * free(4)) / feed,
        (distillate * free(3) + bottom * free(5)) / feed, distillate, free(2), free(3), bottom,
        free(4), free(5);
    return all;
}

/// Least squares by Gauss-Newton on the six, with slopes by differences.
Nine least_column(const Nine& measured, const Nine& sigma) {
    Six free;
    free << measured(3), measured(6), measured(4), measured(5), measured(7), measured(8);
    for (int pass = 0; pass < 100; ++pass) {
        const auto errors = [&](const Six& at) -> Nine {
            return (column_of(at) - measured).cwiseQuotient(sigma);
        };
        Eigen::Matrix<double, 9, 6> slopes;
        for (int j = 0; j < 6; ++j) {
            Six step = Six::Zero();
            step(j) = 1e-6 * free(j);
            slopes.col(j) = (errors(free + step) - errors(free - step)) / (2.0 * step(j));
        }
        const Eigen::Matrix<double, 6, 6> normal = slopes.transpose() * slopes;
        free -= normal.ldlt().solve(slopes.transpose() * errors(free));
    }
    return column_of(free);
}

} // namespace

TEST_CASE("VDI 2048: reconciled values and half-widths", "[validation][reconcile]") {
    const auto vdi = answer("vdi_2048.csv");
    struct Row {
        const char* id;
        double value;
        double half;
    };
    // dvrlib, regression test of the example of VDI 2048 Part 1, Appendix A.
    const std::array rows{
        Row{"m_FDKeI", 44.9644892064291, 0.575626570589129},
        Row{"m_FDKeII", 44.4179721417342, 0.572817587480311},
        Row{"m_SpI", 44.9259040471917, 0.404463177421466},
        Row{"m_SpII", 44.6670964499405, 0.402919370199657},
        Row{"m_V", 0.526347872422335, 0.104623410451298},
        Row{"m_HK", 70.553060829315, 0.559872848891984},
        Row{"m_A7", 10.3757829833265, 0.133003389109488},
        Row{"m_A6", 3.74540440603423, 0.056695251568643},
        Row{"m_A5", 4.39240440603423, 0.056695251568643},
        Row{"m_HDNK", 18.5135917953949, 0.137102511396334},
        Row{"m_D", 2.092, 0.272},
    };
    for (const auto& row : rows) {
        INFO(row.id);
        CHECK_THAT(vdi.at(row.id).value, WithinRel(row.value, 1e-10));
        CHECK_THAT(half_width * vdi.at(row.id).sigma, WithinRel(row.half, 1e-6));
    }
    for (const char* id : {"m_FD1", "m_FD2", "m_FD3"}) {
        CHECK_THAT(vdi.at(id).value, WithinRel(89.2771917736789, 1e-10));
        CHECK(vdi.at(id).standing == Standing::observable);
    }
    CHECK_THAT(vdi.at("m_HDAnz").value, WithinRel(18.5135917953949, 1e-10));
    CHECK(vdi.at("m_D").standing == Standing::non_redundant);
}

TEST_CASE("VDI 2048: three conditions, and a feed water that is off", "[validation][reconcile]") {
    const auto vdi = answer("vdi_2048.csv");
    const auto test = global_test(vdi.solution, 0.05);
    CHECK(test.degrees_of_freedom == 3);
    CHECK_THAT(test.critical, WithinAbs(7.81473, 5e-6)); // User's Guide of OpenModelica
    CHECK_FALSE(test.passed);
    // The standard asks |v| / s_v <= 1.96 of each improvement: -1.2765 / 0.2835 is beyond.
    const auto found = eliminate(vdi.read.problem, vdi.solution, {});
    REQUIRE(found.suspects.size() == 1);
    CHECK(found.suspects[0].variable == static_cast<int>(vdi.place("m_FDKeI")));
    CHECK(found.suspects[0].equivalents ==
          std::vector<int>{static_cast<int>(vdi.place("m_FDKeII"))});
    CHECK(found.suspects[0].after.passed);
}

TEST_CASE("Narasimhan & Jordache: a heat exchanger with a bypass", "[validation][reconcile]") {
    // By hand: pairs average to 100.395, 64.325 and 35.545; 0.525 is missing, a third to each.
    const auto one = answer("exchanger.csv");
    const std::array<std::pair<const char*, double>, 6> rows{
        {{"1", 100.22}, {"2", 64.50}, {"3", 35.72}, {"4", 64.50}, {"5", 35.72}, {"6", 100.22}}};
    for (const auto& [id, value] : rows) {
        CHECK_THAT(one.at(id).value, WithinAbs(value, 5e-3));
    }
    CHECK(global_test(one.solution, 0.05).passed);
    CHECK(eliminate(one.read.problem, one.solution, {}).suspects.empty());
}

TEST_CASE("Narasimhan & Jordache: a biased meter spoils the others, and is named",
          "[validation][reconcile]") {
    // By hand: pairs average to 100.395, 66.325 and 35.545; 1.475 is too much, a third of each.
    const auto one = answer("exchanger_biased.csv");
    const std::array<std::pair<const char*, double>, 6> rows{
        {{"1", 100.89}, {"2", 65.83}, {"3", 35.05}, {"4", 65.83}, {"5", 35.05}, {"6", 100.89}}};
    for (const auto& [id, value] : rows) {
        CHECK_THAT(one.at(id).value, WithinAbs(value, 5e-3));
    }
    CHECK_FALSE(global_test(one.solution, 0.05).passed);
    const auto found = eliminate(one.read.problem, one.solution, {});
    REQUIRE(found.suspects.size() == 1);
    CHECK(found.suspects[0].variable == static_cast<int>(one.place("2")));
    CHECK_THAT(found.suspects[0].estimate, WithinAbs(64.0, 2.0 * found.suspects[0].sigma));
    CHECK(found.suspects[0].after.passed);
    SolverOptions huber;
    huber.method = Method::huber;
    const auto robust = solve(one.read.problem, huber);
    REQUIRE(robust.outcome == Outcome::solved);
    // The true flow is 64: Huber's method is less far off than least squares.
    CHECK(std::abs(robust.estimates[one.place("2")].value - 64.0) <
          std::abs(one.at("2").value - 64.0));
}

TEST_CASE("A binary column: flows and compositions together", "[validation][reconcile]") {
    const auto column = answer("column.csv");
    const std::array<const char*, 9> ids{"feed",       "feed.1",       "feed.2",
                                         "distillate", "distillate.1", "distillate.2",
                                         "bottom",     "bottom.1",     "bottom.2"};
    Nine measured;
    Nine sigma;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto& one = column.read.problem.variables[column.place(ids.at(i))];
        REQUIRE(one.measured);
        measured(static_cast<Eigen::Index>(i)) = *one.measured;
        sigma(static_cast<Eigen::Index>(i)) = one.sigma;
    }
    const Nine least = least_column(measured, sigma);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        INFO(ids.at(i));
        CHECK_THAT(column.at(ids.at(i)).value,
                   WithinRel(least(static_cast<Eigen::Index>(i)), 1e-7));
    }
    CHECK(column.solution.degrees_of_freedom == 3);
    // 478.402 + 488.232 = 966.634, and 1095.475 was read.
    const auto found = eliminate(column.read.problem, column.solution, {});
    REQUIRE(found.suspects.size() == 1);
    CHECK(found.suspects[0].variable == static_cast<int>(column.place("feed")));
    CHECK_THAT(found.suspects[0].estimate, WithinAbs(966.634, 1.0));
}
