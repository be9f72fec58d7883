#include <chainsim/optimise/detail/search.hpp>

#include <coin/CbcEventHandler.hpp>
#include <coin/CbcHeuristic.hpp>
#include <coin/CbcHeuristicDiveCoefficient.hpp>
#include <coin/CbcHeuristicFPump.hpp>
#include <coin/CbcHeuristicGreedy.hpp>
#include <coin/CbcHeuristicRINS.hpp>
#include <coin/CbcModel.hpp>
#include <coin/CglClique.hpp>
#include <coin/CglFlowCover.hpp>
#include <coin/CglGomory.hpp>
#include <coin/CglMixedIntegerRounding2.hpp>
#include <coin/CglPreProcess.hpp>
#include <coin/CglProbing.hpp>
#include <coin/CglTwomir.hpp>
#include <coin/CglZeroHalf.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace chainsim::optimise::detail {

namespace {

constexpr int in_small_search = 2048; // CBC's bit of `specialOptions`
constexpr double largest_bound = 1e50;

/// Ends CBC, tells how far it is, and keeps the last bound that no broken-off simplex run touched.
class CbcWatch : public CbcEventHandler {
public:
    struct Seen {
        double bound = -infinity;
        bool is_stopped = false;
    };

    CbcWatch(const SearchLimit& limit, const SolveOptions& options, const Program& program,
             Seen& seen)
        : limit_(&limit), options_(&options), program_(&program), seen_(&seen) {}

    CbcAction event(CbcEvent which) override {
        if (limit_->is_reached()) {
            seen_->is_stopped = true;
            return stop;
        }
        if (which == node || which == solution || which == heuristicSolution) {
            look();
        }
        return noAction;
    }
    CbcAction event(CbcEvent which, void* /*data*/) override { return event(which); }
    [[nodiscard]] CbcEventHandler* clone() const override { return new CbcWatch(*this); }

private:
    void look() {
        // Small searches inside heuristics use copies of this handler: theirs is not our bound.
        if (model_ == nullptr || (model_->specialOptions() & in_small_search) != 0) {
            return;
        }
        const double bound = model_->getBestPossibleObjValue();
        if (std::abs(bound) < largest_bound) {
            seen_->bound = std::max(seen_->bound, bound);
        }
        if (!options_->progress) {
            return;
        }
        const double sense = sense_of(*program_);
        Progress progress{limit_->elapsed(), std::nullopt,
                          sense * seen_->bound + program_->constant, model_->getNodeCount()};
        if (model_->bestSolution() != nullptr) {
            progress.objective = sense * model_->getObjValue() + program_->constant;
        }
        options_->progress(progress);
    }

    const SearchLimit* limit_;
    const SolveOptions* options_;
    const Program* program_;
    Seen* seen_;
};

/// CBC's usual families without CglKnapsackCover: one of 150 random programs had a wrong answer
/// with it, and with no other family left out instead was it right.
void add_cuts(CbcModel& model) {
    CglProbing probing;
    probing.setUsingObjective(1);
    probing.setMaxPass(1);
    probing.setMaxPassRoot(1);
    probing.setMaxProbe(10);
    probing.setMaxProbeRoot(50);
    probing.setMaxLook(10);
    probing.setMaxLookRoot(50);
    probing.setMaxElements(200);
    probing.setMaxElementsRoot(300);
    probing.setRowCuts(3);
    CglGomory gomory;
    gomory.setLimitAtRoot(1000);
    gomory.setLimit(50);
    CglTwomir twomir;
    twomir.setMaxElements(250);
    CglClique clique;
    clique.setStarCliqueReport(false);
    clique.setRowCliqueReport(false);
    CglMixedIntegerRounding2 rounding(1, true, 1);
    rounding.setDoPreproc(1); // else it keeps what it saw of the rows before others were added
    CglFlowCover flow;
    CglZeroHalf half;
    model.addCutGenerator(&probing, -98, "Probing");
    model.addCutGenerator(&gomory, -98, "Gomory");
    model.addCutGenerator(&clique, -98, "Clique");
    model.addCutGenerator(&rounding, -98, "MixedIntegerRounding2");
    model.addCutGenerator(&flow, -98, "FlowCover");
    model.addCutGenerator(&twomir, -98, "TwoMirCuts");
    model.addCutGenerator(&half, -98, "ZeroHalf");
}

void add_heuristics(CbcModel& model) {
    CbcHeuristicFPump pump(model);
    pump.setMaximumPasses(30);
    pump.setMaximumRetries(1);
    model.addHeuristic(&pump, "feasibility pump");
    CbcRounding rounding(model);
    model.addHeuristic(&rounding, "rounding");
    CbcHeuristicGreedyCover greedy(model);
    model.addHeuristic(&greedy, "greedy");
    CbcHeuristicDiveCoefficient dive(model);
    dive.setWhen(3);
    model.addHeuristic(&dive, "dive");
    CbcHeuristicRINS rins(model);
    rins.setFractionSmall(0.5);
    model.addHeuristic(&rins, "RINS");
}

/// CBC takes a relative gap of the value without the constant of the program, which it is not told
/// of: with a large constant the gap in value is that of the whole objective.
void set_gap(CbcModel& model, const Program& program, double gap, double value) {
    const bool has_constant = program.constant != 0.0;
    const double whole = std::abs(value + sense_of(program) * program.constant);
    model.setAllowableFractionGap(has_constant ? 0.0 : gap);
    model.setAllowableGap(std::max(1e-10, has_constant ? gap * whole : 0.0));
}

void set_limits(CbcModel& model, const SolveOptions& options, const SearchLimit& limit,
                const KnownPoint& known) {
    model.setUseElapsedTime(true);
    model.setMaximumSeconds(limit.left());
    model.setIntegerTolerance(std::max(options.tolerance, 1e-9));
    if (known.value < infinity) {
        model.setCutoff(known.value + 1e-9 * std::max(1.0, std::abs(known.value)));
    }
    model.setMaximumCutPassesAtRoot(-100);
    model.setMaximumCutPasses(10);
    model.setNumberStrong(5);
    model.setNumberBeforeTrust(10);
}

void add_probing(CglPreProcess& process, int columns) {
    CglProbing probing;
    probing.setUsingObjective(1);
    probing.setMaxPass(1);
    probing.setMaxProbeRoot(columns);
    probing.setMaxElements(1000);
    probing.setMaxElementsRoot(10000);
    probing.setMaxLookRoot(50);
    probing.setRowCuts(3);
    process.addCutGenerator(&probing);
}

/// The point of the reduced program, put into the columns of the one before.
std::vector<double> restored_point(CbcModel& model, CglPreProcess& process,
                                   const OsiClpSolverInterface& lp) {
    auto& solver = *model.solver();
    for (int column = 0; column < solver.getNumCols(); ++column) {
        if (solver.isInteger(column)) {
            const double value = std::round(model.bestSolution()[column]);
            solver.setColBounds(column, value, value);
        }
    }
    solver.setColSolution(model.bestSolution());
    solver.resolve();
    process.postProcess(solver);
    return {lp.getColSolution(), lp.getColSolution() + lp.getNumCols()};
}

} // namespace

SearchResult search_cbc(const Program& program, const SolveOptions& options, SearchLimit& limit,
                        OsiClpSolverInterface& lp, const KnownPoint& known, SolverVoice& voice) {
    SearchResult result;
    CglPreProcess process;
    process.passInMessageHandler(&voice);
    process.setTimeLimit(limit.left(), true);
    add_probing(process, lp.getNumCols());
    OsiSolverInterface* reduced = process.preProcessNonDefault(lp, 0, 5);
    if (reduced == nullptr) {
        result.is_broken_off = limit.is_reached();
        result.bound = result.is_broken_off ? -infinity : infinity;
        return result;
    }
    reduced->setHintParam(OsiDoReducePrint, true, OsiHintTry);
    reduced->resolve();
    CbcModel model(*reduced);
    CbcWatch::Seen seen;
    CbcWatch watch(limit, options, program, seen);
    model.passInMessageHandler(&voice);
    model.setLogLevel(options.log ? 1 : 0);
    model.passInEventHandler(&watch);
    set_gap(model, program, options.gap,
            known.value < infinity ? known.value : reduced->getObjValue());
    set_limits(model, options, limit, known);
    add_cuts(model);
    add_heuristics(model);
    model.initialSolve();
    model.branchAndBound();
    result.nodes = model.getNodeCount();
    result.is_broken_off = seen.is_stopped || limit.is_reached();
    const bool has_point = model.bestSolution() != nullptr;
    const bool has_ended = !result.is_broken_off && model.status() == 0;
    if (has_ended) {
        result.bound = has_point ? model.getBestPossibleObjValue() : infinity;
    } else {
        result.bound = seen.bound;
    }
    if (has_point) {
        limit.begin_return();
        result.point = restored_point(model, process, lp);
    }
    return result;
}

} // namespace chainsim::optimise::detail
