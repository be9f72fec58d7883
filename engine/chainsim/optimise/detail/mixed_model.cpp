#include <chainsim/optimise/detail/coin_common.hpp>
#include <chainsim/optimise/detail/dominance.hpp>
#include <chainsim/optimise/detail/mixed_model.hpp>
#include <chainsim/optimise/detail/reduce.hpp>

#include <coin/CoinPackedMatrix.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsim::optimise::detail {

namespace {

constexpr double tighten_slack = 1e-7; // relative, of what a row may be short of
constexpr int fewest_options = 3;

CoinPackedMatrix rows_of(const Program& program) {
    const auto& matrix = program.matrix;
    CoinPackedMatrix packed(true, program.rows(), program.columns(),
                            static_cast<int>(matrix.nonZeros()), matrix.valuePtr(),
                            matrix.innerIndexPtr(), matrix.outerIndexPtr(), nullptr);
    packed.reverseOrdering();
    return packed;
}

bool allows_one_at_most(const CoinShallowPackedVector& row, double lower, double upper,
                        const Program& program) {
    const double* value = row.getElements();
    const int* column = row.getIndices();
    const int count = row.getNumElements();
    if (count < fewest_options || !(value[0] > 0.0) ||
        std::abs(upper - value[0]) > 1e-12 * value[0] || (lower > 0.0 && lower < upper)) {
        return false;
    }
    for (int k = 0; k < count; ++k) {
        const auto at = place(column[k]);
        if (program.is_integer[at] == 0 || program.lower[at] != 0.0 || program.upper[at] != 1.0 ||
            value[k] != value[0]) {
            return false;
        }
    }
    return true;
}

/// The least and the largest sum of a row of whole columns.
struct WholeReach {
    double least = 0.0;
    double most = 0.0;

    WholeReach(const WholeRow& row, const Box& box) {
        for (std::size_t k = 0; k < row.column.size(); ++k) {
            const double value = row.value[k];
            const double lower = value * box.lower[place(row.column[k])];
            const double upper = value * box.upper[place(row.column[k])];
            least += std::min(lower, upper);
            most += std::max(lower, upper);
        }
    }
};

enum class Tightening { nothing, something, impossible };

/// Tightens one column; sums have moved then, and the row is looked at anew.
Tightening tighten_row(const WholeRow& row, Box& box) {
    const WholeReach reach(row, box);
    if (!std::isfinite(reach.least) || !std::isfinite(reach.most)) {
        return Tightening::nothing;
    }
    const auto room = [](double bound, double sum) {
        return std::isfinite(bound)
                   ? tighten_slack * std::max({1.0, std::abs(bound), std::abs(sum)})
                   : 0.0;
    };
    const double above = row.upper - reach.least + room(row.upper, reach.least);
    const double below = reach.most - row.lower + room(row.lower, reach.most);
    if (above < 0.0 || below < 0.0) {
        return Tightening::impossible;
    }
    for (std::size_t k = 0; k < row.column.size(); ++k) {
        double& lower = box.lower[place(row.column[k])];
        double& upper = box.upper[place(row.column[k])];
        const double size = std::abs(row.value[k]);
        if (size * (upper - lower) <= std::min(above, below)) {
            continue;
        }
        const bool is_positive = row.value[k] > 0.0;
        const double from_least = std::floor((is_positive ? above : below) / size + 1e-9);
        const double from_most = std::floor((is_positive ? below : above) / size + 1e-9);
        const double highest = lower + from_least;
        const double lowest = upper - from_most;
        if (highest >= upper && lowest <= lower) {
            continue;
        }
        upper = std::min(upper, highest);
        lower = std::max(lower, lowest);
        return lower > upper ? Tightening::impossible : Tightening::something;
    }
    return Tightening::nothing;
}

} // namespace

Box MixedModel::box() const {
    const int columns = lp->getNumCols();
    return {{lp->getColLower(), lp->getColLower() + columns},
            {lp->getColUpper(), lp->getColUpper() + columns}};
}

std::vector<double> MixedModel::restored(const std::vector<double>& point) const {
    std::vector<double> out = before;
    for (std::size_t column = 0; column < origin.size(); ++column) {
        out[place(origin[column])] = point[column];
    }
    return out;
}

std::vector<std::vector<int>> find_choices(const Program& program) {
    const auto matrix = rows_of(program);
    std::vector<std::pair<int, int>> candidates; // length, row
    for (int row = 0; row < program.rows(); ++row) {
        const auto entries = matrix.getVector(row);
        if (allows_one_at_most(entries, program.row_lower[place(row)],
                               program.row_upper[place(row)], program)) {
            candidates.emplace_back(entries.getNumElements(), row);
        }
    }
    std::sort(candidates.begin(), candidates.end());
    std::vector<char> is_taken(place(program.columns()), char{0});
    std::vector<std::vector<int>> out;
    for (const auto& [length, row] : candidates) {
        const auto entries = matrix.getVector(row);
        std::vector<int> columns(entries.getIndices(), entries.getIndices() + length);
        if (std::any_of(columns.begin(), columns.end(),
                        [&](int column) { return is_taken[place(column)] != 0; })) {
            continue;
        }
        std::sort(columns.begin(), columns.end());
        for (const int column : columns) {
            is_taken[place(column)] = 1;
        }
        out.push_back(std::move(columns));
    }
    return out;
}

bool tighten(const std::vector<WholeRow>& rows, Box& box) {
    for (bool changed = true; changed;) {
        changed = false;
        for (const auto& row : rows) {
            auto outcome = tighten_row(row, box);
            while (outcome == Tightening::something) {
                changed = true;
                outcome = tighten_row(row, box);
            }
            if (outcome == Tightening::impossible) {
                return false;
            }
        }
    }
    return true;
}

std::unique_ptr<MixedModel> make_mixed_model(const Program& program,
                                             const OsiClpSolverInterface& lp) {
    MixedModel full;
    full.lp = std::make_unique<OsiClpSolverInterface>(lp);
    full.choices = find_choices(program);
    const auto dominated = find_dominated(program, full.choices);
    for (auto& choice : full.choices) {
        const int none = full.lp->getNumCols();
        full.lp->addCol(0, nullptr, nullptr, 0.0, 1.0, 0.0);
        full.lp->setInteger(none);
        choice.push_back(none);
        const std::vector<double> ones(choice.size(), 1.0);
        full.lp->addRow(static_cast<int>(choice.size()), choice.data(), ones.data(), 1.0, 1.0);
    }
    collect_whole(full);
    Box box = full.box();
    for (const int column : dominated) {
        box.upper[place(column)] = 0.0;
    }
    if (!tighten(full.whole_rows, box)) {
        return nullptr;
    }
    return reduced_model(full, std::move(box));
}

} // namespace chainsim::optimise::detail
