#include <chainsim/base/error.hpp>
#include <chainsim/optimise/backend.hpp>

#include <memory>

#ifdef CHAINSIM_HAS_HIGHS

#include <chainsim/optimise/certificate.hpp>
#include <chainsim/optimise/detail/coin_common.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <interfaces/highs_c_api.h>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace chainsim::optimise {

namespace {

using detail::place;

struct HighsCloser {
    void operator()(void* model) const { Highs_destroy(model); }
};

std::string highs_name() { return fmt::format("HiGHS {}", Highs_version()); }

/// HiGHS with one program in it. Values inside are to be minimised, and with the constant: its gap
/// is relative to all of the objective.
class HighsModel {
public:
    HighsModel(const Program& program, const SolveOptions& options,
               const detail::SearchLimit& limit)
        : program_(program), options_(options), limit_(limit), sense_(detail::sense_of(program)),
          model_(Highs_create()) {
        set_options();
        pass();
        Highs_setCallback(model_.get(), called, this);
        for (const auto kind : {kHighsCallbackSimplexInterrupt, kHighsCallbackIpmInterrupt,
                                kHighsCallbackMipInterrupt, kHighsCallbackMipLogging,
                                kHighsCallbackMipImprovingSolution}) {
            Highs_startCallback(model_.get(), kind);
        }
        if (options.log) {
            Highs_startCallback(model_.get(), kHighsCallbackLogging);
        }
    }

    /// A point that keeps the program.
    void begin_from(const std::vector<double>& point) {
        static_cast<void>(Highs_setSolution(model_.get(), point.data(), nullptr, nullptr, nullptr));
    }

    /// What became of it, as `Highs_getModelStatus` says.
    HighsInt run() {
        set("time_limit", limit_.left());
        static_cast<void>(Highs_zeroAllClocks(model_.get())); // else it is of all runs together
        static_cast<void>(Highs_run(model_.get()));           // a failure shows in the status
        if (failure_) {
            std::rethrow_exception(failure_);
        }
        return Highs_getModelStatus(model_.get());
    }

    HighsInt run_without_presolve() {
        static_cast<void>(Highs_setStringOptionValue(model_.get(), "presolve", "off"));
        return run();
    }

    [[nodiscard]] bool has_point() const {
        HighsInt status = kHighsSolutionStatusNone;
        static_cast<void>(Highs_getIntInfoValue(model_.get(), "primal_solution_status", &status));
        return status == kHighsSolutionStatusFeasible;
    }

    /// By column of the program.
    [[nodiscard]] std::vector<double> point() const { return values().column; }

    /// The point, and the duals of the program as it stands.
    void give_duals(Answer& answer) const {
        auto found = values();
        answer.point = std::move(found.column);
        answer.row_duals = with_sense(std::move(found.row_dual));
        answer.reduced_costs = with_sense(std::move(found.column_dual));
    }

    /// Of a program with integers: no point is better.
    [[nodiscard]] double bound() const {
        double bound = -infinity;
        static_cast<void>(Highs_getDoubleInfoValue(model_.get(), "mip_dual_bound", &bound));
        return sense_ * bound;
    }

    [[nodiscard]] long nodes() const {
        std::int64_t nodes = 0;
        static_cast<void>(Highs_getInt64InfoValue(model_.get(), "mip_node_count", &nodes));
        return std::max(0L, static_cast<long>(nodes));
    }

private:
    struct Values {
        std::vector<double> column, column_dual, row, row_dual;
    };

    template <typename Value>
    void set(const char* option, Value value) {
        HighsInt status = kHighsStatusError;
        if constexpr (std::is_same_v<Value, bool>) {
            status = Highs_setBoolOptionValue(model_.get(), option, value ? 1 : 0);
        } else if constexpr (std::is_same_v<Value, int>) {
            status = Highs_setIntOptionValue(model_.get(), option, value);
        } else {
            status = Highs_setDoubleOptionValue(model_.get(), option, value);
        }
        if (status == kHighsStatusError) {
            throw Error(fmt::format("{} does not take {} = {}", highs_name(), option, value));
        }
    }

    void set_options() {
        // Standard output is the caller's; what HiGHS says comes by a callback.
        set("log_to_console", false);
        set("output_flag", options_.log);
        // One thread: the same answer on every machine, and calls back from that of the caller.
        set("threads", 1);
        const double least = 1e-10; // that HiGHS takes
        for (const char* tolerance : {"primal_feasibility_tolerance", "dual_feasibility_tolerance",
                                      "mip_feasibility_tolerance"}) {
            set(tolerance, std::max(least, options_.tolerance));
        }
        set("mip_rel_gap", options_.gap);
        set("mip_abs_gap", 0.0);
        // The least it takes: usually it leaves out what is below 1e-9, and a trace may be that.
        set("small_matrix_value", 1e-12);
    }

    void pass() {
        const auto& matrix = program_.matrix;
        const auto entries = place(static_cast<int>(matrix.nonZeros()));
        std::vector<double> cost(program_.cost);
        for (auto& value : cost) {
            value *= sense_;
        }
        const std::vector<HighsInt> start(matrix.outerIndexPtr(),
                                          matrix.outerIndexPtr() + program_.columns() + 1);
        const std::vector<HighsInt> index(matrix.innerIndexPtr(), matrix.innerIndexPtr() + entries);
        std::vector<HighsInt> kind(cost.size(), kHighsVarTypeContinuous);
        for (std::size_t column = 0; column < kind.size(); ++column) {
            if (program_.is_integer[column] != 0) {
                kind[column] = kHighsVarTypeInteger;
            }
        }
        const auto pass_to = [&](auto&& take, auto... more) {
            return take(model_.get(), program_.columns(), program_.rows(),
                        static_cast<HighsInt>(entries), kHighsMatrixFormatColwise,
                        kHighsObjSenseMinimize, sense_ * program_.constant, cost.data(),
                        program_.lower.data(), program_.upper.data(), program_.row_lower.data(),
                        program_.row_upper.data(), start.data(), index.data(), matrix.valuePtr(),
                        more...);
        };
        const auto status = program_.integers() == 0
                                ? pass_to(Highs_passLp)
                                : pass_to(Highs_passMip, static_cast<const HighsInt*>(kind.data()));
        if (status == kHighsStatusError) {
            throw Error(
                fmt::format("{} does not take the program '{}'", highs_name(), program_.name));
        }
    }

    [[nodiscard]] Values values() const {
        Values out;
        out.column.resize(place(program_.columns()));
        out.column_dual.resize(out.column.size());
        out.row.resize(place(program_.rows()));
        out.row_dual.resize(out.row.size());
        static_cast<void>(Highs_getSolution(model_.get(), out.column.data(), out.column_dual.data(),
                                            out.row.data(), out.row_dual.data()));
        return out;
    }

    [[nodiscard]] std::vector<double> with_sense(std::vector<double> values) const {
        for (auto& value : values) {
            value *= sense_;
        }
        return values;
    }

    static void called(int kind, const char* message, const HighsCallbackDataOut* out,
                       HighsCallbackDataIn* in, void* self) {
        static_cast<HighsModel*>(self)->hear(kind, message, out, in);
    }

    void hear(int kind, const char* message, const HighsCallbackDataOut* out,
              HighsCallbackDataIn* in) {
        if (kind == kHighsCallbackLogging) {
            static_cast<void>(std::fputs(message, stderr));
        } else if (kind == kHighsCallbackMipLogging || kind == kHighsCallbackMipImprovingSolution) {
            tell(*out);
        } else if (in != nullptr) {
            in->user_interrupt = failure_ != nullptr || limit_.is_reached() ? 1 : 0;
        }
    }

    void tell(const HighsCallbackDataOut& out) {
        if (!options_.progress || failure_) {
            return;
        }
        Progress progress{limit_.elapsed(), std::nullopt, sense_ * out.mip_dual_bound,
                          static_cast<long>(out.mip_node_count)};
        if (std::isfinite(out.mip_primal_bound)) {
            progress.objective = sense_ * out.mip_primal_bound;
        }
        try {
            options_.progress(progress);
        } catch (...) {
            failure_ = std::current_exception(); // not through the frames of another library
        }
    }

    const Program& program_;
    const SolveOptions& options_;
    const detail::SearchLimit& limit_;
    double sense_;
    std::exception_ptr failure_; // of a call back
    std::unique_ptr<void, HighsCloser> model_;
};

/// One program in one solve.
class HighsSolve {
public:
    HighsSolve(const Program& program, const SolveOptions& options)
        : program_(program), options_(options), limit_(options), sense_(detail::sense_of(program)) {
    }

    Answer run() {
        Answer answer;
        answer.bound = -sense_ * infinity;
        if (program_.columns() == 0) {
            without_columns(answer);
        } else if (program_.integers() == 0) {
            linear(answer);
        } else {
            whole(answer);
        }
        if (answer.status == Status::infeasible) {
            answer.bound = sense_ * infinity;
        }
        check(program_, options_, answer);
        answer.solver = highs_name();
        answer.seconds = limit_.elapsed();
        return answer;
    }

private:
    /// HiGHS calls such a program empty whatever its rows demand.
    void without_columns(Answer& answer) const {
        bool is_kept = true;
        for (int row = 0; row < program_.rows(); ++row) {
            is_kept = is_kept && program_.row_lower[place(row)] <= options_.tolerance &&
                      program_.row_upper[place(row)] >= -options_.tolerance;
        }
        answer.status = is_kept ? Status::optimal : Status::infeasible;
        answer.objective = program_.constant;
        answer.bound = program_.constant;
        answer.row_duals.assign(place(program_.rows()), 0.0);
    }

    void linear(Answer& answer) {
        HighsModel model(program_, options_, limit_);
        auto ended = model.run();
        if (ended == kHighsModelStatusUnknown && !limit_.is_reached()) {
            ended = model.run_without_presolve();
        }
        answer.status = status_of(ended, model.has_point(), answer);
        if (answer.status == Status::optimal) {
            model.give_duals(answer);
            answer.bound = program_.objective(answer.point);
        } else if (answer.status == Status::feasible) {
            answer.point = model.point();
        }
    }

    void whole(Answer& answer) {
        if (options_.start.size() == program_.cost.size()) {
            known_ = completed(options_.start);
        }
        HighsModel model(program_, options_, limit_);
        if (!known_.empty()) {
            model.begin_from(known_);
        }
        const auto ended = model.run();
        answer.status = status_of(ended, model.has_point(), answer);
        answer.nodes = model.nodes();
        if (answer.status == Status::optimal || answer.status == Status::feasible ||
            answer.status == Status::stopped) {
            answer.bound = model.bound();
        }
        limit_.begin_return();
        if (answer.status == Status::optimal || answer.status == Status::feasible) {
            take(made_whole(model.point()));
        }
        conclude(answer);
    }

    Status status_of(HighsInt ended, bool has_point, Answer& answer) {
        switch (ended) {
        case kHighsModelStatusOptimal:
            return Status::optimal;
        case kHighsModelStatusInfeasible:
            return Status::infeasible;
        case kHighsModelStatusUnbounded:
        case kHighsModelStatusUnboundedOrInfeasible:
            return without_cost();
        case kHighsModelStatusTimeLimit:
        case kHighsModelStatusInterrupt:
            return has_point ? Status::feasible : Status::stopped;
        default:
            answer.message = fmt::format("HiGHS ended with its status {}", ended);
            return Status::failed;
        }
    }

    /// Of a program whose cost has no end: it is unbounded only if it has a point at all.
    Status without_cost() {
        Program copy = program_;
        std::fill(copy.cost.begin(), copy.cost.end(), 0.0);
        SolveOptions options = options_;
        options.seconds = limit_.left();
        options.progress = nullptr;
        const Answer answer = HighsSolve(copy, options).run();
        return answer.point.empty() ? answer.status : Status::unbounded;
    }

    /// The best values of the continuous columns where the whole ones are given; empty if none.
    std::vector<double> completed(const std::vector<double>& point) {
        Program fixed = program_;
        for (std::size_t column = 0; column < point.size(); ++column) {
            if (fixed.is_integer[column] == 0) {
                continue;
            }
            const double value = std::round(point[column]);
            if (std::isnan(value) || value <= fixed.lower[column] - 0.5 ||
                value >= fixed.upper[column] + 0.5) {
                return {};
            }
            fixed.lower[column] = value;
            fixed.upper[column] = value;
            fixed.is_integer[column] = 0;
        }
        HighsModel model(fixed, options_, limit_);
        return model.run() == kHighsModelStatusOptimal ? model.point() : std::vector<double>();
    }

    /// HiGHS takes for whole what is so within the tolerance; who reads the point does not.
    std::vector<double> made_whole(std::vector<double> point) {
        auto rounded = point;
        for (std::size_t column = 0; column < rounded.size(); ++column) {
            if (program_.is_integer[column] != 0) {
                rounded[column] = std::round(rounded[column]);
            }
        }
        if (certify(program_, rounded).violation() <= options_.tolerance) {
            return rounded;
        }
        auto better = completed(rounded);
        return better.empty() ? std::move(point) : std::move(better);
    }

    void take(std::vector<double> point) {
        if (known_.empty() ||
            sense_ * (program_.objective(point) - program_.objective(known_)) < 0.0) {
            known_ = std::move(point);
        }
    }

    void conclude(Answer& answer) const {
        if (known_.empty() || answer.status == Status::unbounded) {
            return;
        }
        if (answer.status == Status::infeasible) {
            answer.message = "HiGHS calls infeasible what the start keeps";
        }
        answer.point = known_;
        const double objective = program_.objective(known_);
        // A bound beyond the point, by rounding, is one at the point.
        answer.bound = sense_ * std::min(sense_ * answer.bound, sense_ * objective);
        answer.status = status_within(options_.gap, objective, answer.bound);
    }

    const Program& program_;
    const SolveOptions& options_;
    detail::SearchLimit limit_;
    double sense_;
    std::vector<double> known_; // the best point so far; empty if there is none
};

class HighsBackend : public Backend {
public:
    [[nodiscard]] std::string name() const override { return highs_name(); }
    [[nodiscard]] Answer solve(const Program& program, const SolveOptions& options) override {
        return HighsSolve(program, options).run();
    }
};

} // namespace

bool has_highs() { return true; }

std::unique_ptr<Backend> make_highs() { return std::make_unique<HighsBackend>(); }

} // namespace chainsim::optimise

#else

namespace chainsim::optimise {

bool has_highs() { return false; }

std::unique_ptr<Backend> make_highs() {
    throw Unavailable(
        "HiGHS is not in this build: it was not found when chainsim was configured, "
        "or CHAINSIM_WITH_HIGHS was OFF; install HiGHS (https://highs.dev), configure "
        "with -DCHAINSIM_WITH_HIGHS=ON and its folder in CMAKE_PREFIX_PATH, and build "
        "again");
}

} // namespace chainsim::optimise

#endif
