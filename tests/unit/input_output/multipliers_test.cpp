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
        table.final_satellites = Eigen::MatrixXd{{0.0, 0.0}, {7.0, 0.0}};
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
        CHECK(largest(all.induced.col(1).transpose() - table.intensities.col(0).transpose() * own) <
              1e-9);
        // What households earn is their own row.
        CHECK(largest(all.induced.col(2).transpose() - inverse.row(15).head(15)) < 1e-9);
    }
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
