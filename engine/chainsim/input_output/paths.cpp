#include <chainsim/input_output/paths.hpp>

#include <algorithm>
#include <cmath>
#include <queue>
#include <utility>

namespace chainsim::input_output {

namespace {

using Eigen::Index;

/// Paths that wait to be looked at, at most: 40 bytes each.
constexpr std::size_t most_kept = 5'000'000;

/// A path that may go on; paths share their beginnings.
struct Node {
    std::size_t before = 0; ///< itself for the first
    Index sector = 0;
    double amount = 0.0; ///< of output of the sector, for the unit delivered
};

/// A branch by the total that it brings; of equal ones that found first.
struct Branch {
    double size = 0.0;
    std::size_t node = 0;

    friend bool operator<(const Branch& a, const Branch& b) {
        return a.size != b.size ? a.size < b.size : a.node > b.node;
    }
};

template <class Visit>
void for_each_supplier(const Matrix& coefficients, Index sector, Visit&& visit) {
    if (coefficients.is_sparse()) {
        for (Matrix::Sparse::InnerIterator entry(coefficients.sparse(), sector); entry; ++entry) {
            visit(static_cast<Index>(entry.row()), entry.value());
        }
        return;
    }
    const auto column = coefficients.dense().col(sector);
    for (Index row = 0; row < column.size(); ++row) {
        if (column[row] != 0.0) {
            visit(row, column[row]);
        }
    }
}

std::vector<Index> sectors_to(const std::vector<Node>& nodes, std::size_t node) {
    std::vector<Index> sectors{nodes[node].sector};
    while (nodes[node].before != node) {
        node = nodes[node].before;
        sectors.push_back(nodes[node].sector);
    }
    std::reverse(sectors.begin(), sectors.end());
    return sectors;
}

} // namespace

Paths structural_paths(const Economy& economy, const PathOptions& options) {
    const auto& table = economy.table;
    CHAINSIM_EXPECT(options.sector >= 0 && options.sector < table.size(), "a sector of the table");
    CHAINSIM_EXPECT(options.cut_off > 0.0, "a cut-off above 0");
    const Eigen::VectorXd direct =
        options.satellite
            ? Eigen::VectorXd(table.intensities.col(static_cast<Index>(*options.satellite)))
            : Eigen::VectorXd(Eigen::VectorXd::Ones(table.size()));
    const Eigen::VectorXd total = economy.leontief.solve_transposed(direct);
    // Magnitudes bound what a branch can bring where signs differ.
    const bool is_signed = direct.size() > 0 && direct.minCoeff() < 0.0;
    const Eigen::VectorXd bound =
        is_signed ? Eigen::VectorXd(economy.leontief.solve_transposed(direct.cwiseAbs())) : total;
    Paths result;
    result.total = total[options.sector];
    result.direct = direct[options.sector];
    const double least = options.cut_off * std::abs(bound[options.sector]);
    std::vector<Node> nodes{{0, options.sector, 1.0}};
    std::priority_queue<Branch> open;
    open.push({std::abs(bound[options.sector]), 0});
    bool is_negative = is_signed;
    while (!open.empty() && result.nodes < options.most_nodes && nodes.size() < most_kept) {
        const std::size_t here = open.top().node;
        open.pop();
        ++result.nodes;
        const Node node = nodes[here];
        const double brings = node.amount * direct[node.sector];
        if (brings != 0.0 && std::abs(brings) >= least) {
            result.paths.push_back({sectors_to(nodes, here), brings});
        }
        for_each_supplier(table.coefficients, node.sector, [&](Index supplier, double value) {
            is_negative = is_negative || value < 0.0;
            const double amount = node.amount * value;
            const double size = std::abs(amount * bound[supplier]);
            if (size >= least && size > 0.0) {
                nodes.push_back({here, supplier, amount});
                open.push({size, nodes.size() - 1});
            }
        });
    }
    std::stable_sort(result.paths.begin(), result.paths.end(), [](const Path& a, const Path& b) {
        const double left = std::abs(a.amount);
        const double right = std::abs(b.amount);
        return left != right ? left > right : a.sectors < b.sectors;
    });
    result.is_complete = open.empty() && !is_negative && result.paths.size() <= options.most_paths;
    if (result.paths.size() > options.most_paths) {
        result.paths.resize(options.most_paths);
    }
    double listed = 0.0;
    for (const auto& path : result.paths) {
        listed += path.amount;
    }
    result.remainder = result.total - listed;
    return result;
}

} // namespace chainsim::input_output
