#include <chainsim/base/error.hpp>
#include <chainsim/optimise/conflict.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>

namespace chainsim::optimise {

namespace {

using Triplets = std::vector<Eigen::Triplet<double>>;

/// A column by which a row gives way.
struct Elastic {
    int row = 0;
    double scale = 1.0; ///< of the row's units, with the sign of the way it gives
};

SolveOptions plain(const SolveOptions& options) {
    SolveOptions out = options;
    out.start.clear();
    out.progress = nullptr;
    return out;
}

Program without_objective(const Program& program) {
    Program out = program;
    out.is_maximised = false;
    out.constant = 0.0;
    std::fill(out.cost.begin(), out.cost.end(), 0.0);
    return out;
}

/// Adds a column for each bound of the rows that may give way, at the cost of what is relative.
std::vector<Elastic> loosen(Program& program, const std::vector<int>& rows) {
    std::vector<Elastic> elastics;
    for (const int row : rows) {
        CHAINSIM_EXPECT(row >= 0 && row < program.rows(), "a row of the program");
        const double lower = program.row_lower[static_cast<std::size_t>(row)];
        const double upper = program.row_upper[static_cast<std::size_t>(row)];
        if (lower != -infinity) {
            elastics.push_back({row, std::max(1.0, std::abs(lower))});
        }
        if (upper != infinity) {
            elastics.push_back({row, -std::max(1.0, std::abs(upper))});
        }
    }
    Triplets triplets;
    triplets.reserve(static_cast<std::size_t>(program.matrix.nonZeros()) + elastics.size());
    for (int column = 0; column < program.columns(); ++column) {
        for (Eigen::SparseMatrix<double>::InnerIterator entry(program.matrix, column); entry;
             ++entry) {
            triplets.emplace_back(static_cast<int>(entry.row()), column, entry.value());
        }
    }
    for (const auto& elastic : elastics) {
        triplets.emplace_back(elastic.row, program.columns(), elastic.scale);
        program.column_names.push_back((elastic.scale > 0.0 ? "short_of." : "beyond.") +
                                       program.row_names[static_cast<std::size_t>(elastic.row)]);
        program.cost.push_back(1.0);
        program.lower.push_back(0.0);
        program.upper.push_back(infinity);
        program.is_integer.push_back(0);
    }
    program.matrix.resize(program.rows(), program.columns());
    program.matrix.setFromTriplets(triplets.begin(), triplets.end());
    program.matrix.makeCompressed();
    return elastics;
}

bool has_point(const Answer& answer) {
    return (answer.status == Status::optimal || answer.status == Status::feasible) &&
           !answer.point.empty();
}

/// What the elastic program answers, and whether it is infeasible beyond doubt.
struct Stretched {
    std::optional<Relaxation> relaxation;
    bool is_infeasible = false;
};

Stretched stretch(Backend& backend, const Program& program, const std::vector<int>& rows,
                  const SolveOptions& options) {
    Program loose = without_objective(program);
    const auto elastics = loosen(loose, rows);
    const Answer answer = backend.solve(loose, plain(options));
    if (!has_point(answer)) {
        return {std::nullopt, answer.status == Status::infeasible};
    }
    std::map<int, double> violations;
    Relaxation relaxation;
    for (std::size_t k = 0; k < elastics.size(); ++k) {
        const double stretched = answer.point[program.column_names.size() + k];
        if (stretched > 10.0 * options.tolerance) {
            relaxation.total += stretched;
            violations[elastics[k].row] -= stretched * elastics[k].scale;
        }
    }
    relaxation.rows.assign(violations.begin(), violations.end());
    return {relaxation, false};
}

void free_row(Program& program, int row) {
    program.row_lower[static_cast<std::size_t>(row)] = -infinity;
    program.row_upper[static_cast<std::size_t>(row)] = infinity;
}

/// Of the rows some that are infeasible together with those that are not given: rows that give way
/// are held, one set after the other, until the rest cannot give way enough.
std::vector<int> elastic_filter(Backend& backend, const Program& program, std::vector<int> rows,
                                const SolveOptions& options) {
    std::vector<int> held;
    while (!rows.empty()) {
        const auto stretched = stretch(backend, program, rows, options);
        if (stretched.is_infeasible) {
            return held;
        }
        if (!stretched.relaxation || stretched.relaxation->rows.empty()) {
            break;
        }
        for (const auto& [row, violation] : stretched.relaxation->rows) {
            held.push_back(row);
            rows.erase(std::remove(rows.begin(), rows.end(), row), rows.end());
        }
    }
    // All are held, or nothing more gives way: of an infeasible program what is left counts too.
    held.insert(held.end(), rows.begin(), rows.end());
    return held;
}

} // namespace

std::optional<Relaxation> least_relaxation(Backend& backend, const Program& program,
                                           const std::vector<int>& rows,
                                           const SolveOptions& options) {
    return stretch(backend, program, rows, options).relaxation;
}

std::vector<int> smallest_conflict(Backend& backend, const Program& program,
                                   const std::vector<int>& rows, const SolveOptions& options) {
    const SolveOptions quiet = plain(options);
    Program hard = without_objective(program);
    if (backend.solve(hard, quiet).status != Status::infeasible) {
        return {};
    }
    std::vector<int> conflict = elastic_filter(backend, program, rows, quiet);
    std::sort(conflict.begin(), conflict.end());
    conflict.erase(std::unique(conflict.begin(), conflict.end()), conflict.end());
    for (const int row : rows) {
        if (!std::binary_search(conflict.begin(), conflict.end(), row)) {
            free_row(hard, row);
        }
    }
    std::vector<int> needed;
    for (const int row : conflict) {
        Program trial = hard;
        free_row(trial, row);
        if (backend.solve(trial, quiet).status == Status::infeasible) {
            hard = std::move(trial);
        } else {
            needed.push_back(row);
        }
    }
    return needed;
}

} // namespace chainsim::optimise
