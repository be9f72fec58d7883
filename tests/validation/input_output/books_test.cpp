// Tables of others with the digits that they print; README.md says where they stand.

#include "support/catch.hpp"
#include "support/near.hpp"
#include <chainsim/input_output/footprints.hpp>
#include <chainsim/input_output/multipliers.hpp>
#include <chainsim/input_output/ras.hpp>

using namespace chainsim::input_output;

namespace {

const chainsim::parallel::Executor& alone() {
    static const chainsim::parallel::Executor executor(1);
    return executor;
}

/// Equal to the digits that are printed.
void check(const Eigen::MatrixXd& values, const Eigen::MatrixXd& printed, double half_a_digit) {
    REQUIRE(values.rows() == printed.rows());
    REQUIRE(values.cols() == printed.cols());
    for (Eigen::Index i = 0; i < printed.rows(); ++i) {
        for (Eigen::Index j = 0; j < printed.cols(); ++j) {
            INFO("row " << i << ", column " << j);
            CHECK(std::abs(values(i, j) - printed(i, j)) <= half_a_digit);
        }
    }
}

/// Miller & Blair, chapter 2: two sectors; households earn labour and spend part of final demand.
Economy two_sectors() {
    IoTable table;
    table.sectors = {{{}, "1"}, {{}, "2"}};
    table.coefficients = Matrix(Eigen::MatrixXd{{0.15, 0.25}, {0.20, 0.05}});
    table.output = Eigen::Vector2d(1000.0, 2000.0);
    table.categories = {{{}, "households"}, {{}, "other"}};
    table.final_demand = Eigen::Matrix2d{{50.0, 300.0}, {400.0, 1300.0}};
    table.satellites = {"labour"};
    table.intensities = Eigen::Vector2d(0.3, 0.25);
    table.final_satellites = Eigen::MatrixXd{{50.0, 150.0}};
    table.demands = {{{}, "next year"}};
    table.demand = Eigen::Vector2d(600.0, 1500.0);
    return make_economy(std::move(table), alone());
}

/// The table of two regions and three sectors of pymrio's tests.
Economy two_regions() {
    const Eigen::MatrixXd flows{{10, 5, 1, 6, 5, 7}, {0, 2, 0, 0, 5, 3},   {10, 3, 20, 4, 2, 0},
                                {5, 0, 0, 1, 10, 9}, {0, 10, 1, 0, 20, 1}, {5, 0, 0, 1, 10, 10}};
    const Eigen::MatrixXd final{{14, 3}, {2.5, 2.5}, {13, 6}, {5, 20}, {10, 10}, {3, 10}};
    const Eigen::MatrixXd factors{{20, 1, 42, 4, 20, 5}, {5, 4, 11, 8, 2, 10}};
    IoTable table;
    for (const std::string region : {"reg1", "reg2"}) {
        for (const std::string sector : {"sector1", "sector2", "sector3"}) {
            table.sectors.push_back({region, sector});
        }
        table.categories.push_back({region, "final demand"});
    }
    table.output = flows.rowwise().sum() + final.rowwise().sum();
    Matrix coefficients(flows);
    coefficients.scale_columns(table.output.cwiseInverse());
    table.coefficients = std::move(coefficients);
    table.final_demand = final;
    table.satellites = {"ext_type_1", "ext_type_2"};
    table.intensities = table.output.cwiseInverse().asDiagonal() * factors.transpose();
    table.final_satellites = Eigen::MatrixXd::Zero(2, 2);
    return make_economy(std::move(table), alone());
}

/// Germany 1995 in six sectors, domestic flows in million euro, and employment in thousands.
Economy germany() {
    const Eigen::MatrixXd flows{{1131, 25480, 1, 607, 710, 762},
                                {7930, 304584, 64167, 41082, 11981, 30360},
                                {426, 7334, 3875, 5296, 23457, 9155},
                                {3559, 72717, 14190, 74399, 10835, 21008},
                                {3637, 96115, 31027, 65755, 193176, 34223},
                                {1552, 14986, 1747, 11225, 15058, 22070}};
    const Eigen::MatrixXd final{
        {8500, 16, 2975, -6, 3734},       {197792, 8588, 91692, 7559, 313711},
        {3457, 742, 191715, 0, 149},      {269663, 13492, 14155, 0, 46045},
        {214757, 10061, 30124, 0, 13612}, {119504, 317251, 3483, 0, 2042}};
    const Eigen::MatrixXd factors{{21664, 395022, 115624, 311407, 415426, 365017},
                                  {1096, 8381, 3236, 9251, 4258, 10206}};
    IoTable table;
    for (const std::string sector : {"agriculture", "industry", "construction", "trade",
                                     "business services", "other services"}) {
        table.sectors.push_back({{}, sector});
    }
    for (const std::string category :
         {"households", "government", "capital formation", "inventories", "exports"}) {
        table.categories.push_back({{}, category});
    }
    table.output = flows.rowwise().sum() + final.rowwise().sum();
    Matrix coefficients(flows);
    coefficients.scale_columns(table.output.cwiseInverse());
    table.coefficients = std::move(coefficients);
    table.final_demand = final;
    table.satellites = {"value added", "employment"};
    table.intensities = table.output.cwiseInverse().asDiagonal() * factors.transpose();
    table.final_satellites = Eigen::MatrixXd::Zero(2, 5);
    return make_economy(std::move(table), alone());
}

} // namespace

TEST_CASE("Beutel: Germany 1995 in six sectors", "[validation][input_output]") {
    const auto economy = germany();
    // What industries pay for all their inputs is what they make, as the table prints it.
    check(economy.table.output.transpose(),
          Eigen::MatrixXd{{43910, 1079446, 245606, 540063, 692487, 508918}}, 1e-9);
    const auto inverse = economy.leontief.inverse();
    check(inverse.diagonal().head(3).transpose(), Eigen::MatrixXd{{1.0339, 1.4292, 1.0289}}, 5e-5);
    check(ghosh_inverse(inverse, economy.table.output).col(0).transpose(),
          Eigen::MatrixXd{{1.0339, 0.0118, 0.0037, 0.0103, 0.0117, 0.0043}}, 5e-5);

    const auto all = multipliers(economy);
    check(all.total.transpose(),
          Eigen::MatrixXd{{1.7048, 1.8413, 1.8136, 1.6035, 1.5951, 1.3782},
                          {0.8450, 0.7647, 0.8615, 0.9019, 0.9393, 0.9199},
                          {0.0326, 0.0162, 0.0207, 0.0237, 0.0112, 0.0242}},
          5e-5);
    const auto hang = linkages(economy);
    check(hang.backward, all.total.col(0), 1e-12);
    check(hang.forward_ghosh.transpose(),
          Eigen::MatrixXd{{2.1126, 1.6910, 1.3558, 1.5848, 2.1037, 1.2106}}, 5e-5);
}

TEST_CASE("Miller and Blair: the inverse of two sectors, and a new demand",
          "[validation][input_output]") {
    const auto economy = two_sectors();
    check(economy.leontief.inverse(), Eigen::MatrixXd{{1.254, 0.330}, {0.264, 1.122}}, 5e-4);
    check(economy.leontief.solve(economy.table.demand), Eigen::Vector2d(1247.5, 1841.6), 0.05);
}

TEST_CASE("Miller and Blair: the table closed by households", "[validation][input_output]") {
    const auto all = multipliers(two_sectors(), Households{0, {0}});
    // Simple and total income multipliers, and those of output: column sums of the inverses.
    check(all.total.col(1).transpose(), Eigen::MatrixXd{{0.442, 0.380}}, 5e-4);
    check(all.induced.col(1).transpose(), Eigen::MatrixXd{{0.570, 0.489}}, 5e-4);
    check(all.total.col(0).transpose(), Eigen::MatrixXd{{1.518, 1.452}}, 5e-4);
    // 1.365 + 0.527 and 0.425 + 1.348 of the printed inverse.
    check(all.induced.col(0).transpose(), Eigen::MatrixXd{{1.892, 1.773}}, 1e-3);
}

TEST_CASE("Miller and Blair: Ghosh's inverse of the same two sectors",
          "[validation][input_output]") {
    const auto economy = two_sectors();
    const auto ghosh = ghosh_inverse(economy.leontief.inverse(), economy.table.output);
    check(ghosh, Eigen::MatrixXd{{1.254, 0.660}, {0.132, 1.122}}, 5e-4);
    // Value added of 650 and 1400 drives the same output.
    check(ghosh.transpose() * Eigen::Vector2d(650.0, 1400.0), Eigen::Vector2d(1000.0, 2000.0),
          1e-9);
}

TEST_CASE("pymrio: L, G and M of two regions with three sectors", "[validation][input_output]") {
    const auto economy = two_regions();
    const auto inverse = economy.leontief.inverse();
    check(inverse,
          Eigen::MatrixXd{{1.3387146, 0.9689762, 0.0503662, 0.1782096, 0.5752019, 0.4985179},
                          {0.0220078, 1.3716473, 0.0076800, 0.0065574, 0.2698336, 0.1585464},
                          {0.4329042, 0.8627067, 1.5492943, 0.1849166, 0.4402783, 0.2663096},
                          {0.1879950, 0.5244085, 0.0202540, 1.0542007, 0.5816573, 0.4468501},
                          {0.0440098, 1.5325472, 0.0525931, 0.0146025, 1.9545286, 0.2410918},
                          {0.1929422, 0.5382087, 0.0207870, 0.0556271, 0.5969641, 1.4849252}},
          5e-8);
    check(ghosh_inverse(inverse, economy.table.output),
          Eigen::MatrixXd{{1.33871463, 0.28499301, 0.05727924, 0.17471530, 0.58648041, 0.38121958},
                          {0.07482651, 1.37164729, 0.02969614, 0.02185805, 0.93542302, 0.41222074},
                          {0.38065717, 0.22311379, 1.54929428, 0.15941084, 0.39473223, 0.17907022},
                          {0.19175489, 0.15732254, 0.02349465, 1.05420074, 0.60492361, 0.34854312},
                          {0.04316348, 0.44208094, 0.05866155, 0.01404088, 1.95452858, 0.18081884},
                          {0.25230906, 0.20700334, 0.03091401, 0.07131676, 0.79595212, 1.48492515}},
          5e-9);
    check(multipliers(economy).total.rightCols(2).transpose(),
          Eigen::MatrixXd{{0.8966383, 1.7965475, 1.1666797, 0.3013125, 1.4371887, 0.7177625},
                          {0.3004621, 0.9052388, 0.3114110, 0.2377877, 0.5331561, 0.6031792}},
          5e-8);
}

TEST_CASE("pymrio: accounts by production and by consumption, and trade between the regions",
          "[validation][input_output]") {
    const auto accounts = footprints(two_regions());
    REQUIRE(accounts.is_trade_known);
    const auto& one = accounts.all.at(0);
    const auto& two = accounts.all.at(1);
    check(one.by_sector.transpose(), Eigen::MatrixXd{{20, 1, 42, 4, 20, 5}}, 1e-9);
    check(
        one.of_consumer_by_product,
        Eigen::MatrixXd{{14.0594989, 18.8632556, 17.3201230}, {8.7161644, 18.8632556, 14.1777027}},
        5e-8);
    check(two.of_consumer_by_product,
          Eigen::MatrixXd{{5.3954071, 7.5946577, 5.8578805}, {5.6571394, 7.5946577, 7.9002576}},
          5e-8);
    // Sums of the columns of each region in D_imp and D_exp.
    const auto sum = [](double a, double b, double c) { return a + b + c; };
    check(one.imports.transpose(),
          Eigen::MatrixXd{
              {sum(1.27925733, 10.49906965, 1.27522668), sum(6.60437475, 8.36418590, 10.84211560)}},
          5e-8);
    check(one.exports.transpose(),
          Eigen::MatrixXd{
              {sum(8.25183234, 0.53041134, 17.02843256), sum(1.33075043, 9.79722686, 1.92557637)}},
          5e-8);
    check(two.exports.transpose(),
          Eigen::MatrixXd{
              {sum(2.06295809, 2.12164537, 4.45982758), sum(2.66150087, 0.97972269, 3.85115274)}},
          5e-8);
    CHECK(one.total == Approx(92.0));
    CHECK(one.total_of_consumption == Approx(92.0));
}

TEST_CASE("Miller and Blair: three sectors balanced to new totals by RAS",
          "[validation][input_output]") {
    const Eigen::MatrixXd old{{.120, .100, .049}, {.210, .247, .265}, {.026, .249, .145}};
    const Eigen::Vector3d output(421.0, 284.0, 283.0);
    const auto result =
        balance(Matrix(old * output.asDiagonal()), Eigen::Vector3d(245.0, 136.0, 159.0),
                Eigen::Vector3d(251.0, 107.0, 182.0));
    REQUIRE(result.outcome == BalanceOutcome::balanced);
    check(result.values.dense() * output.cwiseInverse().asDiagonal(),
          Eigen::MatrixXd{{.392, .122, .160}, {.151, .066, .190}, {.053, .189, .294}}, 5e-4);
    check(result.values.dense(),
          Eigen::MatrixXd{{165.2101, 34.6136, 45.1762},
                          {63.5286, 18.7862, 53.6852},
                          {22.2612, 53.6002, 83.1386}},
          5e-5);
}

TEST_CASE("GRAS: a table with negative entries", "[validation][input_output]") {
    const Eigen::MatrixXd old{{7, 3, 5, -3}, {2, 9, 8, 1}, {-2, 0, 2, 1}};
    const auto result =
        balance(Matrix(old), Eigen::Vector3d(15, 26, -1), Eigen::Vector4d(9, 16, 17, -2));
    REQUIRE(result.outcome == BalanceOutcome::balanced);
    check(result.values.dense(),
          Eigen::MatrixXd{{8.9764, 3.7432, 5.7217, -3.4413},
                          {2.7993, 12.2568, 9.9923, 0.9515},
                          {-2.7758, 0.0, 1.2860, 0.4898}},
          5e-5);
}
