#include <chainsim/footprint/tree.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <queue>
#include <utility>

namespace chainsim::footprint {

namespace {

using Matrix = Eigen::SparseMatrix<double>;

void divide(const Footprint& footprint, int burden, double smallest, int depth, Branch& branch) {
    const bool takes_nothing = footprint.takes().outerIndexPtr()[branch.row] ==
                               footprint.takes().outerIndexPtr()[branch.row + 1];
    if (depth <= 0 || takes_nothing || std::abs(branch.burden) < smallest) {
        return;
    }
    Branch rest;
    rest.kind = Branch::Kind::rest;
    const auto add = [&](Branch part) {
        if (std::abs(part.burden) >= smallest) {
            branch.parts.push_back(std::move(part));
        } else if (part.burden != 0.0) {
            rest.burden += part.burden;
            ++rest.count;
        }
    };
    Branch own;
    own.kind = Branch::Kind::own;
    own.row = branch.row;
    own.amount = branch.amount;
    own.burden = branch.amount * footprint.own().col(branch.row)[burden];
    add(std::move(own));
    for (Matrix::InnerIterator it(footprint.takes(), branch.row); it; ++it) {
        Branch part;
        part.row = static_cast<int>(it.row());
        part.amount = branch.amount * it.value();
        part.kind = it.value() < 0.0 ? Branch::Kind::replaced : Branch::Kind::commodity;
        part.burden = part.amount * footprint.intensity().col(part.row)[burden];
        add(std::move(part));
    }
    std::stable_sort(branch.parts.begin(), branch.parts.end(), [](const auto& a, const auto& b) {
        return std::abs(a.burden) > std::abs(b.burden);
    });
    for (auto& part : branch.parts) {
        if (part.kind != Branch::Kind::own) {
            divide(footprint, burden, smallest, depth - 1, part);
        }
    }
    if (rest.count > 0) {
        branch.parts.push_back(std::move(rest));
    }
}

/// What a unit of each commodity could bring at most, whatever the signs; what it brings where
/// that has no limit.
Eigen::VectorXd largest_of(const Footprint& footprint, int burden) {
    const Eigen::VectorXd own = footprint.own().row(burden).transpose().cwiseAbs();
    Eigen::VectorXd whole = footprint.intensity().row(burden).transpose().cwiseAbs();
    const Matrix takes = footprint.takes().cwiseAbs();
    Eigen::VectorXd bound = own;
    constexpr int most = 2000;
    for (int pass = 0; pass < most; ++pass) {
        Eigen::VectorXd next = own + takes.transpose() * bound;
        constexpr double enough = 1e-9;
        if ((next - bound).cwiseAbs().maxCoeff() <= enough * (1.0 + next.maxCoeff())) {
            return next;
        }
        bound = next;
    }
    return whole;
}

} // namespace

Branch tree_of(const Footprint& footprint, int row, int burden, const TreeLimits& limits) {
    Branch root;
    root.row = row;
    root.amount = 1.0;
    root.burden = footprint.intensity().col(row)[burden];
    divide(footprint, burden, limits.smallest * std::abs(root.burden), limits.depth, root);
    return root;
}

StructuralPaths paths_of(const Footprint& footprint, int row, int burden, std::size_t most) {
    const Eigen::VectorXd largest = largest_of(footprint, burden);
    const double whole = footprint.intensity().col(row)[burden];
    struct Way {
        double bound = 0.0;
        StructuralPath path;
    };
    const auto is_less = [](const Way& a, const Way& b) { return a.bound < b.bound; };
    std::priority_queue<Way, std::vector<Way>, decltype(is_less)> open(is_less);
    open.push({largest[row], {{row}, 1.0, 0.0}});

    StructuralPaths out;
    const auto is_larger = [](const StructuralPath& a, const StructuralPath& b) {
        return std::abs(a.burden) > std::abs(b.burden);
    };
    constexpr int most_ways = 200000;
    int ways = 0;
    while (!open.empty()) {
        const bool is_full = out.paths.size() == most;
        if (is_full && open.top().bound <= std::abs(out.paths.back().burden)) {
            break;
        }
        if (++ways > most_ways) {
            out.is_complete = false;
            break;
        }
        auto way = open.top();
        open.pop();
        const int last = way.path.rows.back();
        for (Matrix::InnerIterator it(footprint.takes(), last); it; ++it) {
            Way next{0.0, way.path};
            next.path.rows.push_back(static_cast<int>(it.row()));
            next.path.amount *= it.value();
            next.bound = std::abs(next.path.amount) * largest[it.row()];
            if (next.bound > 0.0) {
                open.push(std::move(next));
            }
        }
        way.path.burden = way.path.amount * footprint.own().col(last)[burden];
        if (way.path.burden != 0.0) {
            const auto place =
                std::upper_bound(out.paths.begin(), out.paths.end(), way.path, is_larger);
            out.paths.insert(place, std::move(way.path));
            if (out.paths.size() > most) {
                out.paths.pop_back();
            }
        }
    }
    out.remainder = whole;
    for (const auto& path : out.paths) {
        out.remainder -= path.burden;
    }
    return out;
}

} // namespace chainsim::footprint
