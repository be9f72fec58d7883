#include <chainsim/optimise/detail/root_cuts.hpp>

#include <coin/CglGMI.hpp>
#include <coin/CglMixedIntegerRounding.hpp>
#include <coin/CglTwomir.hpp>
#include <coin/CoinError.hpp>
#include <coin/CoinWarmStartBasis.hpp>
#include <coin/OsiCuts.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <memory>
#include <numeric>

namespace chainsim::optimise::detail {

namespace {

constexpr double least_violation = 1e-4; // of a cut of length one
constexpr int longest_cut = 800;
constexpr int rows_in_aggregate = 2;
constexpr int rounds_without_gain = 8;
constexpr double least_gain = 2e-5; // relative

/// The families that move the bound of capacity-expansion programs. Of Cgl 0.60's others,
/// CglMixedIntegerRounding2 takes points away when it aggregates rows, even of a relaxation without
/// cuts (its older sister does not); CglKnapsackCover is under suspicion, see `search_cbc`.
/// Probing, flow covers, cliques and zero-half cuts brought nothing.
class CutSource {
public:
    CutSource() {
        twomir_.setMaxElements(500);
        // Else it keeps what it saw of the rows the first time, and they come and go here.
        rounding_.setDoPreproc(1);
    }

    OsiCuts round(const OsiClpSolverInterface& lp, int pass) {
        const std::array<CglCutGenerator*, 3> all = {&mixed_, &twomir_, &rounding_};
        CglTreeInfo info;
        info.pass = pass;
        OsiCuts cuts;
        for (auto* generator : all) {
            try {
                generator->generateCuts(lp, cuts, info);
            } catch (const CoinError&) {
                continue; // a family that gives up costs cuts, no more
            }
        }
        return cuts;
    }

private:
    CglGMI mixed_;
    CglTwomir twomir_;
    CglMixedIntegerRounding rounding_{rows_in_aggregate, true, 1};
};

/// A known point inside the bounds that a cut takes away shows that the cut is wrong.
bool keeps(const OsiRowCut& cut, const std::vector<double>& known) {
    return known.empty() || cut.violated(known.data()) <= 1e-6 * std::max(1.0, cut.row().twoNorm());
}

bool is_in_box(const Box& box, const std::vector<double>& point) {
    for (std::size_t column = 0; column < point.size(); ++column) {
        if (point[column] < box.lower[column] - 1e-6 || point[column] > box.upper[column] + 1e-6) {
            return false;
        }
    }
    return true;
}

int apply_cuts(const OsiCuts& cuts, const std::vector<double>& known, OsiClpSolverInterface& lp) {
    std::vector<const OsiRowCut*> chosen;
    const double* point = lp.getColSolution();
    for (int k = 0; k < cuts.sizeRowCuts(); ++k) {
        const auto& cut = cuts.rowCut(k);
        const auto& row = cut.row();
        if (row.getNumElements() <= longest_cut &&
            cut.violated(point) > least_violation * row.twoNorm() && keeps(cut, known)) {
            chosen.push_back(&cut);
        }
    }
    lp.applyRowCuts(static_cast<int>(chosen.size()), chosen.data());
    return static_cast<int>(chosen.size());
}

void drop_slack_cuts(int rows, OsiClpSolverInterface& lp) {
    const std::unique_ptr<CoinWarmStart> start(lp.getWarmStart());
    const auto* basis = dynamic_cast<const CoinWarmStartBasis*>(start.get());
    std::vector<int> slack;
    for (int row = rows; basis != nullptr && row < lp.getNumRows(); ++row) {
        if (basis->getArtifStatus(row) == CoinWarmStartBasis::basic) {
            slack.push_back(row);
        }
    }
    if (!slack.empty()) {
        lp.deleteRows(static_cast<int>(slack.size()), slack.data());
        lp.resolve();
    }
}

void drop_last_rows(int count, OsiClpSolverInterface& lp) {
    std::vector<int> last(place(count));
    std::iota(last.begin(), last.end(), lp.getNumRows() - count);
    lp.deleteRows(count, last.data());
}

/// Bounds that reduced costs give, and what follows. False if nothing below the level is left.
bool fix_root(const MixedModel& model, double level) {
    Box box = model.box();
    if (level >= infinity || fix_by_reduced_costs(model, level, box) == 0) {
        return true;
    }
    if (!tighten(model.whole_rows, box)) {
        return false;
    }
    for (const int column : model.integers) {
        model.lp->setColBounds(column, box.lower[place(column)], box.upper[place(column)]);
    }
    model.lp->resolve();
    return !model.lp->isProvenPrimalInfeasible();
}

} // namespace

int fix_by_reduced_costs(const MixedModel& model, double level, Box& box) {
    const auto& lp = *model.lp;
    const double room = level - lp.getObjValue();
    const double* cost = lp.getReducedCost();
    const double* point = lp.getColSolution();
    int fixed = 0;
    for (const int column : model.integers) {
        auto& lower = box.lower[place(column)];
        auto& upper = box.upper[place(column)];
        if (upper - lower < 0.5) {
            continue;
        }
        if (cost[column] > room && point[column] < lower + 1e-7) {
            upper = lower;
            ++fixed;
        } else if (-cost[column] > room && point[column] > upper - 1e-7) {
            lower = upper;
            ++fixed;
        }
    }
    return fixed;
}

double cut_root(MixedModel& model, const SearchLimit& limit, int most_rounds, double level,
                const std::vector<double>& known) {
    auto& lp = *model.lp;
    CutSource source;
    double bound = lp.getObjValue();
    for (int pass = 0, idle = 0; pass < most_rounds && idle < rounds_without_gain; ++pass) {
        const OsiCuts cuts = source.round(lp, pass);
        const bool is_checked = !known.empty() && is_in_box(model.box(), known);
        const int added = apply_cuts(cuts, is_checked ? known : std::vector<double>(), lp);
        if (added == 0 || limit.is_reached()) {
            break;
        }
        lp.resolve();
        if (!lp.isProvenOptimal()) {
            if (lp.isProvenPrimalInfeasible()) {
                return infinity;
            }
            drop_last_rows(added, lp);
            lp.resolve();
            break;
        }
        drop_slack_cuts(model.rows, lp);
        if (lp.isProvenOptimal() && !fix_root(model, level)) {
            return std::max(bound, level);
        }
        if (!lp.isProvenOptimal()) {
            break;
        }
        idle = lp.getObjValue() > bound + least_gain * std::abs(bound) ? 0 : idle + 1;
        bound = std::max(bound, lp.getObjValue());
    }
    return bound;
}

} // namespace chainsim::optimise::detail
