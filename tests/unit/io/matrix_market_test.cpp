#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/io/matrix_market.hpp>

#include <unsupported/Eigen/SparseExtra>

#include <string>
#include <vector>

namespace io = chainsim::io;

TEST_CASE("A sparse matrix is written entry by entry, counted from one", "[io][matrix_market]") {
    const std::vector<io::MatrixEntry> entries{{0, 0, 1.0}, {2, 1, -0.1}};
    CHECK(io::to_matrix_market(3, 2, entries, "net flows, year 2025") ==
          "%%MatrixMarket matrix coordinate real general\n"
          "% net flows, year 2025\n"
          "3 2 2\n"
          "1 1 1\n"
          "3 2 -0.1\n");
}

TEST_CASE("Another reader finds the same numbers", "[io][matrix_market]") {
    const chainsim::test::Scratch scratch;
    const std::vector<io::MatrixEntry> entries{{1, 0, 1.0 / 3.0}, {0, 2, 6.02214076e23}};
    io::write_file(scratch / "a.mtx", io::to_matrix_market(2, 3, entries, "two entries"));

    Eigen::SparseMatrix<double> read;
    REQUIRE(Eigen::loadMarket(read, (scratch / "a.mtx").string()));
    CHECK(read.rows() == 2);
    CHECK(read.cols() == 3);
    CHECK(read.nonZeros() == 2);
    CHECK(read.coeff(1, 0) == 1.0 / 3.0);
    CHECK(read.coeff(0, 2) == 6.02214076e23);
}

TEST_CASE("An entry outside of the matrix is an error of the code", "[io][matrix_market]") {
    const std::vector<io::MatrixEntry> entries{{3, 0, 1.0}};
    CHECK_THROWS_AS(io::to_matrix_market(3, 2, entries, "outside"), chainsim::ContractError);
    CHECK_THROWS_AS(io::to_matrix_market(3, 2, {}, "two\nlines"), chainsim::ContractError);
}
