#include "support/catch.hpp"
#include "tables.hpp"
#include <chainsim/input_output/footprints.hpp>
#include <chainsim/input_output/multipliers.hpp>

using namespace chainsim::input_output;
using chainsim::test::alone;
using chainsim::test::largest;
using chainsim::test::random_table;

TEST_CASE("Multipliers are the rows of factors times the inverse", "[input_output][property]") {
    const auto economy = make_economy(random_table(30, 1), alone());
    const auto all = multipliers(economy);
    const Eigen::MatrixXd inverse = economy.leontief.inverse();
    REQUIRE(all.names == std::vector<std::string>{"output", "energy", "jobs"});
    CHECK(largest(all.total - inverse.transpose() * all.direct) < 1e-12);
    CHECK(all.induced.cols() == 0);
}

TEST_CASE("Units of a sector scale its multipliers and nothing else", "[input_output][property]") {
    // Counted in thousandths, a sector's output is 1000 times as large; its multipliers per unit
    // are a thousandth, those of all others stay.
    auto table = random_table(12, 5);
    Eigen::VectorXd scale = Eigen::VectorXd::Ones(12);
    scale[4] = 1000.0;
    auto other = table;
    other.coefficients.scale_rows(scale);
    other.coefficients.scale_columns(scale.cwiseInverse());
    other.intensities = scale.cwiseInverse().asDiagonal() * table.intensities;
    other.output = scale.asDiagonal() * table.output;
    other.final_demand = scale.asDiagonal() * table.final_demand;
    const auto one = multipliers(make_economy(table, alone()));
    const auto two = multipliers(make_economy(other, alone()));
    const Eigen::MatrixXd back = scale.asDiagonal() * two.total.rightCols(2);
    CHECK(largest(back - one.total.rightCols(2)) < 1e-10);
}

TEST_CASE("Type II is the inverse of the table closed by households", "[input_output][property]") {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        // Households spend a part of final demand; they would not earn what all of it costs.
        auto table = random_table(15, seed);
        table.final_demand *= 0.6;
        table.categories.push_back({{}, "other"});
        table.final_demand.conservativeResize(15, 2);
        table.final_demand.col(1) = table.final_demand.col(0) * (0.4 / 0.6);
        table.final_satellites = Eigen::MatrixXd{{11.0, 4.0}, {7.0, 0.0}};
        const auto economy = make_economy(table, alone());
        const auto all = multipliers(economy, Households{1, {0}});
        // The closed table, written out.
        const double earned = table.intensities.col(1).dot(table.output) + 7.0;
        Eigen::MatrixXd closed(16, 16);
        closed << table.coefficients.dense(), table.final_demand.col(0) / earned,
            table.intensities.col(1).transpose(), 7.0 / earned;
        const Eigen::MatrixXd inverse = (Eigen::MatrixXd::Identity(16, 16) - closed).inverse();
        const Eigen::MatrixXd own = inverse.topLeftCorner(15, 15);
        CHECK(largest(all.induced.col(0).transpose() - own.colwise().sum()) < 1e-9);
        // Energy that households use themselves goes with what they earn.
        const Eigen::RowVectorXd energy =
            table.intensities.col(0).transpose() * own + 11.0 / earned * inverse.row(15).head(15);
        CHECK(largest(all.induced.col(1).transpose() - energy) < 1e-9);
        // What households earn is their own row.
        CHECK(largest(all.induced.col(2).transpose() - inverse.row(15).head(15)) < 1e-9);
    }
}

TEST_CASE("Households bring what they burn themselves", "[input_output]") {
    // Two sectors, by hand: wages 0.3 and 0.2 of output; of 50 they spend 40 and 50 in final
    // demand, and burn 25 of CO2 besides 10 and 20 of the sectors.
    IoTable table;
    table.sectors = {{{}, "a"}, {{}, "b"}};
    table.coefficients = Matrix(Eigen::MatrixXd{{0.1, 0.2}, {0.3, 0.1}});
    table.output = Eigen::Vector2d(100.0, 100.0);
    table.categories = {{{}, "households"}, {{}, "other"}};
    table.final_demand = Eigen::MatrixXd{{40.0, 30.0}, {50.0, 10.0}};
    table.satellites = {"wages", "co2"};
    table.intensities = Eigen::MatrixXd{{0.3, 0.1}, {0.2, 0.2}};
    table.final_satellites = Eigen::MatrixXd{{0.0, 0.0}, {25.0, 0.0}};
    const auto all = multipliers(make_economy(std::move(table), alone()), Households{0, {0}});
    // L = [0.9 0.2; 0.3 0.9] / 0.75. CO2 of type I: 0.2 and 4 / 15; wages: 0.44 and 0.8 / 2.4 - ...
    const double wages_a = (0.3 * 0.9 + 0.2 * 0.3) / 0.75;
    const double wages_b = (0.3 * 0.2 + 0.2 * 0.9) / 0.75;
    const double co2_a = (0.1 * 0.9 + 0.2 * 0.3) / 0.75;
    const double co2_b = (0.1 * 0.2 + 0.2 * 0.9) / 0.75;
    const double left = 1.0 - (0.8 * wages_a + 1.0 * wages_b);
    const double each = (0.8 * co2_a + 1.0 * co2_b + 0.5) / left;
    CHECK(all.induced(0, 2) == Approx(co2_a + wages_a * each).epsilon(1e-12));
    CHECK(all.induced(0, 2) == Approx(1.443).epsilon(1e-3));
}

TEST_CASE("Linkages are sums of the inverses over their mean", "[input_output]") {
    const auto economy = make_economy(random_table(20, 2), alone());
    const auto links = linkages(economy);
    const Eigen::MatrixXd inverse = economy.leontief.inverse();
    const Eigen::MatrixXd ghosh = ghosh_inverse(inverse, economy.table.output);
    CHECK(largest(links.backward.transpose() - inverse.colwise().sum()) < 1e-12);
    CHECK(largest(links.forward - inverse.rowwise().sum()) < 1e-12);
    CHECK(largest(links.forward_ghosh - ghosh.rowwise().sum()) < 1e-10);
    CHECK(links.power.mean() == Approx(1.0));
    CHECK(links.sensitivity.mean() == Approx(1.0));
    CHECK(links.sensitivity_ghosh.mean() == Approx(1.0));
}

TEST_CASE("What is made is what it is made for, in all and in each region",
          "[input_output][property]") {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        const auto economy = make_economy(random_table(24, seed, 3), alone());
        const auto accounts = footprints(economy);
        REQUIRE(accounts.is_trade_known);
        REQUIRE(accounts.all.size() == 2);
        for (const auto& one : accounts.all) {
            CHECK(one.total == Approx(one.total_of_consumption).epsilon(1e-12));
            CHECK(one.production.sum() == Approx(one.total).epsilon(1e-12));
            CHECK(one.by_sector.sum() == Approx(one.by_product.sum()).epsilon(1e-12));
            CHECK(one.imports.sum() == Approx(one.exports.sum()).epsilon(1e-12));
            CHECK(largest(one.consumption - one.production - one.imports + one.exports) <
                  1e-10 * one.total);
        }
    }
}

TEST_CASE("Categories that name no region make consumers of their own, and no trade",
          "[input_output]") {
    auto table = random_table(8, 1, 2);
    table.categories = {{{}, "households"}, {"abroad", "exports"}};
    const auto accounts = footprints(make_economy(std::move(table), alone()));
    CHECK_FALSE(accounts.is_trade_known);
    CHECK(accounts.consumers == std::vector<std::string>{"", "abroad"});
    CHECK(accounts.all[0].consumption.sum() == Approx(accounts.all[0].total).epsilon(1e-12));
}
