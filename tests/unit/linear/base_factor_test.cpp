#include "support/catch.hpp"
#include "support/random_systems.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/linear/base_factor.hpp>

#include <vector>

using namespace chainsim::linear; // NOLINT(google-build-using-namespace)
using chainsim::test::Sparse;

namespace {

void check_columns(const std::vector<LaneReport>& reports, const Eigen::MatrixXd& unknown,
                   const Sparse& matrix, const Eigen::MatrixXd& right) {
    REQUIRE(static_cast<Eigen::Index>(reports.size()) == right.cols());
    for (Eigen::Index k = 0; k < right.cols(); ++k) {
        INFO("right-hand side " << k);
        REQUIRE(reports[static_cast<std::size_t>(k)].outcome == LaneOutcome::solved);
        CHECK(chainsim::test::difference(
                  unknown.col(k), chainsim::test::solve_dense(matrix, right.col(k))) <= 1e-8);
    }
}

Eigen::MatrixXd random_right(int rows, int columns) {
    Eigen::MatrixXd right(rows, columns);
    for (int k = 0; k < columns; ++k) {
        right.col(k) = chainsim::test::random_vector(rows, 900 + static_cast<unsigned>(k));
    }
    return right;
}

/// Changes of some columns: their entries off the diagonal times a factor.
struct Changes {
    std::vector<std::vector<int>> rows;
    std::vector<std::vector<double>> additions;
    std::vector<ColumnChange> set;
    Sparse changed;
};

Changes change(const Sparse& matrix, const std::vector<int>& columns, double factor) {
    Changes result{.rows = {}, .additions = {}, .set = {}, .changed = matrix};
    for (const int column : columns) {
        auto& rows = result.rows.emplace_back();
        auto& additions = result.additions.emplace_back();
        for (Sparse::InnerIterator entry(result.changed, column); entry; ++entry) {
            if (entry.row() != column) {
                rows.push_back(static_cast<int>(entry.row()));
                additions.push_back(entry.value() * (factor - 1.0));
                entry.valueRef() *= factor;
            }
        }
    }
    for (std::size_t k = 0; k < columns.size(); ++k) {
        result.set.push_back(
            {.column = columns[k], .rows = result.rows[k], .additions = result.additions[k]});
    }
    return result;
}

} // namespace

SCENARIO("Many right-hand sides are solved as a dense factor would", "[linear]") {
    const std::vector<chainsim::test::RandomSystem> shapes{
        {.size = 45, .loops = 0.4},
        {.size = 45, .loops = 0.4, .use = 9.0},
        {.size = 300, .inputs = 8, .loops = 0.4},
        {.size = 60, .loops = 0.4, .shuffled = true}};
    for (const auto& shape : shapes) {
        const auto matrix = chainsim::test::random_matrix(shape, 5);
        BaseFactor base(matrix);
        for (const int columns : {1, 8, 37}) {
            INFO(shape.size << " rows; " << base.pattern().reason());
            const auto right = random_right(shape.size, columns);
            Eigen::MatrixXd unknown(shape.size, columns);
            check_columns(base.solve(right, unknown), unknown, matrix, right);
            check_columns(base.solve_transposed(right, unknown), unknown, matrix.transpose(),
                          right);
        }
    }
}

SCENARIO("A group side by side gives the same bytes as columns", "[linear]") {
    const auto matrix = chainsim::test::random_matrix({.size = 45, .loops = 0.4}, 5);
    BaseFactor base(matrix);
    const auto right = random_right(45, base.group_width());
    Eigen::MatrixXd unknown(45, base.group_width());
    base.solve(right, unknown);
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const RowMajor group = right;
    RowMajor solved(45, base.group_width());
    std::vector<LaneReport> reports(static_cast<std::size_t>(base.group_width()));
    base.solve_group(group.data(), solved.data(), reports);
    CHECK(Eigen::MatrixXd(solved) == unknown);
    reports.pop_back();
    CHECK_THROWS_AS(base.solve_group(group.data(), solved.data(), reports),
                    chainsim::ContractError);
}

SCENARIO("Sets of changed columns are solved from the base", "[linear]") {
    for (const double use : {0.6, 9.0}) {
        const auto matrix =
            chainsim::test::random_matrix({.size = 70, .loops = 0.4, .use = use}, 6);
        BaseFactor base(matrix);
        const Eigen::MatrixXd right = random_right(70, 1);
        Eigen::MatrixXd start(70, 1);
        base.solve(right, start);
        std::vector<Changes> changes; // does not grow: the sets point into it
        changes.reserve(20);
        std::vector<std::vector<ColumnChange>> sets;
        for (int k = 0; k < 20; ++k) { // none, one, some columns; more than fill a group
            std::vector<int> columns;
            for (int c = 0; c < k % 9; ++c) {
                columns.push_back((7 * c + 3 * k) % 70);
            }
            changes.push_back(change(matrix, columns, 0.8));
        }
        for (const auto& one : changes) {
            sets.push_back(one.set);
        }
        Eigen::MatrixXd unknown(70, 20);
        const auto reports = base.solve_changed(sets, right.col(0), start.col(0), unknown);
        for (std::size_t k = 0; k < changes.size(); ++k) {
            INFO("set " << k << ", use " << use);
            REQUIRE(reports[k].outcome == LaneOutcome::solved);
            CHECK(chainsim::test::difference(
                      unknown.col(static_cast<Eigen::Index>(k)),
                      chainsim::test::solve_dense(changes[k].changed, right.col(0))) <= 1e-8);
        }
    }
}

SCENARIO("A change that makes the matrix singular is reported", "[linear]") {
    const auto matrix =
        chainsim::test::matrix_of(2, {{0, 0, 1.0}, {0, 1, -0.5}, {1, 0, -0.5}, {1, 1, 1.0}});
    BaseFactor base(matrix);
    const Eigen::VectorXd right = Eigen::VectorXd::Ones(2);
    Eigen::MatrixXd start(2, 1);
    base.solve(right, start);
    const std::vector<int> rows{0, 1};
    Eigen::MatrixXd unknown(2, 1);
    const std::vector<double> singular{-0.5, -0.5}; // column 0 becomes (0.5, -1), as -1 x column 1
    const std::vector<std::vector<ColumnChange>> sets{
        {{.column = 0, .rows = rows, .additions = singular}}};
    const auto reports = base.solve_changed(sets, right, start.col(0), unknown);
    CHECK(reports[0].outcome == LaneOutcome::singular);
    CHECK(unknown.array().isNaN().all());
}

SCENARIO("Sizes that do not match are refused", "[linear]") {
    BaseFactor base(chainsim::test::matrix_of(2, {{0, 0, 1.0}, {1, 1, 1.0}}));
    Eigen::MatrixXd unknown;
    CHECK_THROWS_AS(base.solve(Eigen::MatrixXd::Ones(3, 2), unknown), chainsim::ContractError);
}
