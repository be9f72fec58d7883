#include "support/catch.hpp"
#include "tables.hpp"
#include <chainsim/input_output/paths.hpp>

using namespace chainsim::input_output;
using chainsim::test::alone;
using chainsim::test::random_table;

namespace {

double sum(const Paths& paths) {
    double all = paths.remainder;
    for (const auto& path : paths.paths) {
        all += path.amount;
    }
    return all;
}

} // namespace

TEST_CASE("A chain of three has three paths", "[input_output][paths]") {
    IoTable table;
    table.sectors = {{{}, "steel"}, {{}, "coke"}, {{}, "coal"}};
    table.coefficients = Matrix(Eigen::MatrixXd{{0.0, 0.0, 0.0}, {0.5, 0.0, 0.0}, {0.1, 1.5, 0.0}});
    table.satellites = {"co2"};
    table.intensities = Eigen::Vector3d(2.0, 0.4, 0.1);
    const auto paths = structural_paths(make_economy(std::move(table), alone()),
                                        {.sector = 0, .satellite = 0, .cut_off = 1e-6});
    // steel 2; coke for steel 0.5 x 0.4; coal for coke 0.5 x 1.5 x 0.1; coal for steel 0.1 x 0.1
    REQUIRE(paths.paths.size() == 4);
    CHECK(paths.total == Approx(2.285));
    CHECK(paths.direct == Approx(2.0));
    CHECK(paths.paths[0].sectors == std::vector<Eigen::Index>{0});
    CHECK(paths.paths[1].amount == Approx(0.2));
    CHECK(paths.paths[2].sectors == std::vector<Eigen::Index>{0, 1, 2});
    CHECK(paths.paths[2].amount == Approx(0.075));
    CHECK(paths.paths[3].sectors == std::vector<Eigen::Index>{0, 2});
    CHECK(paths.paths[3].amount == Approx(0.01));
    CHECK(paths.remainder == Approx(0.0).margin(1e-15));
    CHECK(paths.is_complete);
}

TEST_CASE("Paths and remainder make the total, and a lower cut-off leaves less",
          "[input_output][paths][property]") {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        const auto economy = make_economy(random_table(15, seed), alone());
        double before = 2.0;
        for (const double cut_off : {0.1, 0.01, 0.001}) {
            const auto paths =
                structural_paths(economy, {.sector = 3, .satellite = 1, .cut_off = cut_off});
            CHECK(sum(paths) == Approx(paths.total));
            CHECK(paths.remainder >= -1e-12);
            CHECK(paths.remainder / paths.total <= before);
            before = paths.remainder / paths.total;
            for (std::size_t k = 0; k < paths.paths.size(); ++k) {
                CHECK(paths.paths[k].amount >= cut_off * paths.total);
                CHECK((k == 0 || paths.paths[k - 1].amount >= paths.paths[k].amount));
            }
        }
    }
}

TEST_CASE("No path above the cut-off is missed", "[input_output][paths][property]") {
    const auto economy = make_economy(random_table(6, 4), alone());
    const auto& a = economy.table.coefficients.dense();
    const Eigen::VectorXd jobs = economy.table.intensities.col(1);
    const auto paths = structural_paths(
        economy, {.sector = 2, .satellite = 1, .cut_off = 0.002, .most_paths = 100000});
    REQUIRE(paths.is_complete);
    // All paths of up to four steps, one by one.
    const double least = 0.002 * paths.total;
    std::size_t count = jobs[2] >= least ? 1 : 0;
    std::size_t listed = 0;
    for (Eigen::Index i = 0; i < 6; ++i) {
        count += a(i, 2) * jobs[i] >= least ? 1 : 0;
        for (Eigen::Index j = 0; j < 6; ++j) {
            count += a(i, 2) * a(j, i) * jobs[j] >= least ? 1 : 0;
            for (Eigen::Index k = 0; k < 6; ++k) {
                count += a(i, 2) * a(j, i) * a(k, j) * jobs[k] >= least ? 1 : 0;
            }
        }
    }
    for (const auto& path : paths.paths) {
        listed += path.sectors.size() <= 4 ? 1 : 0;
    }
    CHECK(listed == count);
}

TEST_CASE("A list that is cut off says so, and states the rest", "[input_output][paths]") {
    const auto economy = make_economy(random_table(10, 2), alone());
    const auto paths = structural_paths(economy, {.sector = 0, .cut_off = 1e-4, .most_paths = 3});
    CHECK(paths.paths.size() == 3);
    CHECK_FALSE(paths.is_complete);
    CHECK(sum(paths) == Approx(paths.total));
}
