#include <chainsim/optimise/backend.hpp>
#include <chainsim/optimise/detail/coin_common.hpp>
#include <chainsim/optimise/detail/search.hpp>

#include <coin/CbcConfig.h>
#include <coin/ClpSimplex.hpp>
#include <coin/ClpSolve.hpp>
#include <coin/OsiClpSolverInterface.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::optimise {

namespace {

using detail::place;

constexpr int broken_down = 4; // of `ClpSimplex::status`

/// One program in one solve. Values inside are to be minimised, and without the constant.
class CoinSolve {
public:
    CoinSolve(const Program& program, const SolveOptions& options)
        : program_(program), options_(options), limit_(options), voice_(options.log),
          sense_(detail::sense_of(program)) {}

    Answer run() {
        Answer answer = program_.integers() == 0 ? linear() : whole();
        answer.solver = "CBC " CBC_VERSION;
        answer.seconds = limit_.elapsed();
        if (!answer.point.empty()) {
            answer.objective = program_.objective(answer.point);
            answer.violation = detail::largest_violation(program_, answer.point);
        }
        switch (answer.status) {
        case Status::infeasible:
            answer.bound = sense_ * infinity;
            break;
        case Status::unbounded:
        case Status::failed:
            answer.bound = -sense_ * infinity;
            break;
        case Status::optimal:
        case Status::feasible:
        case Status::stopped:
            break;
        }
        return answer;
    }

private:
    void prepare(ClpSimplex& model, bool with_cost) {
        detail::prepare_simplex(model, options_, limit_, voice_);
        detail::load_program(program_, with_cost, model);
    }

    /// Presolve may answer only "infeasible or unbounded"; a run without it tells which.
    void solve_simplex(ClpSimplex& model) const {
        ClpSolve how;
        how.setSolveType(ClpSolve::automatic);
        model.initialSolve(how);
        if (model.status() != 0 && !limit_.is_reached()) {
            how.setPresolveType(ClpSolve::presolveOff);
            how.setSolveType(ClpSolve::usePrimal);
            model.initialSolve(how);
        }
        // The primal simplex may break down where there is no point, after a run that found none.
        if (model.status() == broken_down && !limit_.is_reached()) {
            model.dual();
        }
    }

    Answer linear() {
        ClpSimplex model;
        prepare(model, true);
        solve_simplex(model);
        Answer answer;
        answer.status = linear_status(model);
        answer.bound = -sense_ * infinity;
        const bool has_point = answer.status == Status::optimal ||
                               (answer.status == Status::stopped && model.primalFeasible());
        if (!has_point) {
            return answer;
        }
        const double* point = model.primalColumnSolution();
        answer.point.assign(point, point + program_.columns());
        if (answer.status == Status::stopped) {
            answer.status = Status::feasible;
            return answer;
        }
        answer.bound = program_.objective(answer.point);
        answer.row_duals = with_sense(model.dualRowSolution(), program_.rows());
        answer.reduced_costs = with_sense(model.dualColumnSolution(), program_.columns());
        return answer;
    }

    [[nodiscard]] Status linear_status(const ClpSimplex& model) {
        switch (model.status()) {
        case 0:
            return Status::optimal;
        case 1:
            return Status::infeasible;
        case 2:
            return without_cost();
        default:
            return limit_.is_reached() ? Status::stopped : Status::failed;
        }
    }

    /// Of a program whose cost has no end: it is unbounded only if it has a point at all.
    Status without_cost() {
        if (program_.integers() > 0) {
            Program copy = program_;
            std::fill(copy.cost.begin(), copy.cost.end(), 0.0);
            SolveOptions options = options_;
            options.seconds = limit_.left();
            options.progress = nullptr;
            const Answer answer = CoinSolve(copy, options).run();
            return answer.point.empty() ? answer.status : Status::unbounded;
        }
        ClpSimplex model;
        prepare(model, false);
        model.primal();
        switch (model.status()) {
        case 0:
            return Status::unbounded;
        case 1:
            return Status::infeasible;
        default:
            return limit_.is_reached() ? Status::stopped : Status::failed;
        }
    }

    [[nodiscard]] std::vector<double> with_sense(const double* value, int count) const {
        std::vector<double> out(value, value + count);
        for (auto& entry : out) {
            entry *= sense_;
        }
        return out;
    }

    Answer whole() {
        OsiClpSolverInterface lp;
        lp.passInMessageHandler(&voice_);
        prepare(*lp.getModelPtr(), true);
        for (int column = 0; column < program_.columns(); ++column) {
            if (program_.is_integer[place(column)] != 0) {
                lp.setInteger(column);
            }
        }
        lp.initialSolve();
        if (lp.getModelPtr()->status() != 0) {
            solve_simplex(*lp.getModelPtr());
        }
        Answer answer;
        answer.bound = -sense_ * infinity;
        answer.status = linear_status(*lp.getModelPtr());
        if (answer.status != Status::optimal) {
            return answer;
        }
        const double relaxation = lp.getObjValue();
        if (options_.start.size() == program_.cost.size()) {
            offer(options_.start);
        }
        auto result = search(lp);
        result.bound = std::max(result.bound, relaxation);
        limit_.begin_return();
        if (!result.point.empty()) {
            offer(result.point);
        }
        conclude(result, answer);
        return answer;
    }

    detail::SearchResult search(OsiClpSolverInterface& lp) {
        if (detail::is_portfolio(program_)) {
            auto result = detail::search_portfolio(program_, options_, limit_, lp, known_);
            const bool has_point = !result.point.empty() || !known_.point.empty();
            if (has_point || result.is_broken_off) {
                return result;
            }
            // That nothing exists, one search alone shall not say.
        }
        return detail::search_cbc(program_, options_, limit_, lp, known_, voice_);
    }

    /// The best values of the continuous columns where the whole ones are given; empty if none.
    std::vector<double> completed(const std::vector<double>& point) {
        ClpSimplex model;
        prepare(model, true);
        for (int column = 0; column < program_.columns(); ++column) {
            const auto at = place(column);
            if (program_.is_integer[at] != 0) {
                const double value = std::round(point[at]);
                if (std::isnan(value) || value <= program_.lower[at] - 0.5 ||
                    value >= program_.upper[at] + 0.5) {
                    return {};
                }
                model.setColumnBounds(column, value, value);
            }
        }
        model.initialSolve();
        if (model.status() != 0) {
            return {};
        }
        const double* found = model.primalColumnSolution();
        return {found, found + program_.columns()};
    }

    void offer(const std::vector<double>& point) {
        auto full = completed(point);
        if (full.empty()) {
            return;
        }
        const double value = sense_ * (program_.objective(full) - program_.constant);
        if (value < known_.value) {
            known_ = {std::move(full), value};
        }
    }

    void conclude(const detail::SearchResult& result, Answer& answer) const {
        answer.nodes = result.nodes;
        if (known_.point.empty()) {
            const bool has_nothing = result.bound >= infinity && result.point.empty();
            answer.status = result.is_broken_off ? Status::stopped
                            : has_nothing        ? Status::infeasible
                                                 : Status::failed;
            answer.bound = program_.constant + sense_ * result.bound;
            if (answer.status == Status::failed) {
                answer.message = result.point.empty()
                                     ? "the search ended without a point or a proof"
                                     : "the point of the search does not hold in the program";
            }
            return;
        }
        // A search that ends without a point proves that what was known cannot be beaten.
        answer.point = known_.point;
        answer.bound = program_.constant + sense_ * std::min(result.bound, known_.value);
        answer.status = status_within(options_.gap, program_.objective(known_.point), answer.bound);
    }

    const Program& program_;
    const SolveOptions& options_;
    detail::SearchLimit limit_;
    detail::SolverVoice voice_;
    double sense_;
    detail::KnownPoint known_; // the best so far
};

class CbcBackend : public Backend {
public:
    [[nodiscard]] std::string name() const override { return "CBC " CBC_VERSION; }
    [[nodiscard]] Answer solve(const Program& program, const SolveOptions& options) override {
        return CoinSolve(program, options).run();
    }
};

} // namespace

std::unique_ptr<Backend> make_cbc() { return std::make_unique<CbcBackend>(); }

} // namespace chainsim::optimise
