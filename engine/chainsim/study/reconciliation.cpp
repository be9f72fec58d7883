#include <chainsim/base/diagnostic.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/study/reconciliation.hpp>

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <utility>

namespace chainsim::study {

namespace {

using reconcile::Standing;

[[noreturn]] void refuse(const std::string& file, std::string message, std::string help) {
    throw InputError({Diagnostic{{file, 1, 1}, {}, std::move(message), std::move(help), {}, {}}});
}

class Reconciler {
public:
    Reconciler(const ReconcileRequest& request, const Study* study) : study_(study) {
        out_.request = request;
    }

    Reconciliation run() {
        read();
        const auto& problem = out_.measurements.problem;
        auto least = solved(problem, {});
        out_.test = reconcile::global_test(least, out_.request.tests.level);
        out_.tested = reconcile::tested(least);
        out_.critical = reconcile::critical_value(out_.request.tests, out_.tested);
        out_.elimination = reconcile::eliminate(problem, least, out_.request.tests);
        reconcile::SolverOptions options;
        options.method = out_.request.method;
        if (out_.request.leave_out_suspects && !out_.elimination.suspects.empty()) {
            auto less = problem;
            for (const auto& suspect : out_.elimination.suspects) {
                less = reconcile::without(std::move(less), suspect.variable);
            }
            out_.solution = solved(less, options);
        } else {
            out_.solution = options.method == reconcile::Method::least_squares
                                ? std::move(least)
                                : solved(problem, options);
        }
        list_quantities();
        return std::move(out_);
    }

private:
    void read() {
        const std::string file = out_.request.file.string();
        const std::string text = io::read_file(out_.request.file);
        const bool is_of_plants = reconcile::is_of_plants(text, file);
        if (is_of_plants && study_ == nullptr) {
            refuse(file, "measurements of facilities, and no scenario that has them",
                   "name the scenario behind the file");
        }
        if (!is_of_plants && study_ != nullptr) {
            refuse(file, "measurements of a network of their own, with no column `facility`",
                   "leave the scenario out, or name facilities and commodities");
        }
        if (study_ == nullptr) {
            out_.measurements = reconcile::read_network(text, file);
        } else {
            out_.scenario = study_->scenario().id;
            out_.measurements =
                reconcile::read_plants(text, file, study_->scenario(), out_.request.year);
        }
    }

    static reconcile::Solution solved(const reconcile::Problem& problem,
                                      const reconcile::SolverOptions& options) {
        auto solution = reconcile::solve(problem, options);
        if (solution.outcome != reconcile::Outcome::solved) {
            throw NoSolution(solution.message);
        }
        return solution;
    }

    void list_quantities() {
        const auto& problem = out_.measurements.problem;
        for (std::size_t j = 0; j < problem.variables.size(); ++j) {
            const auto& variable = problem.variables[j];
            ReconciledQuantity one{variable.id,
                                   variable.unit,
                                   out_.measurements.labels[j],
                                   variable.measured,
                                   variable.measured ? variable.sigma : 0.0,
                                   out_.solution.estimates[j],
                                   0,
                                   out_.elimination.remaining.estimates[j].value,
                                   static_cast<int>(j)};
            if (one.measured) { // also of one that was left out as a suspect
                one.after.adjustment = one.after.value - *one.measured;
            }
            out_.quantities.push_back(std::move(one));
        }
        for (std::size_t s = 0; s < out_.elimination.suspects.size(); ++s) {
            const auto variable = static_cast<std::size_t>(out_.elimination.suspects[s].variable);
            out_.quantities[variable].suspect = static_cast<int>(s) + 1;
        }
        for (const auto& derived : out_.measurements.derived) {
            list_derived(derived);
        }
    }

    /// Activity times coefficient, with the standard deviation by their slopes.
    void list_derived(const reconcile::Derived& derived) {
        constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
        const auto a = static_cast<std::size_t>(derived.activity);
        const auto& activity = out_.solution.estimates[a];
        ReconciledQuantity one{derived.id, derived.unit, derived.label, {}, 0.0, {}, 0, 0.0, -1};
        const auto& remaining = out_.elimination.remaining.estimates;
        double factor = derived.factor;
        double remaining_factor = derived.factor;
        double variance = derived.sigma * derived.sigma * activity.value * activity.value;
        const auto& covariance = out_.solution.covariance;
        if (derived.coefficient >= 0) {
            const auto c = static_cast<std::size_t>(derived.coefficient);
            factor = out_.solution.estimates[c].value;
            remaining_factor = remaining[c].value;
            const auto row = static_cast<Eigen::Index>(c);
            const auto column = static_cast<Eigen::Index>(a);
            variance = activity.value * activity.value * covariance(row, row) +
                       2.0 * activity.value * factor * covariance(row, column);
        }
        variance += factor * factor * activity.sigma * activity.sigma;
        const bool is_known = activity.standing != Standing::unobservable;
        one.after.standing = is_known ? Standing::observable : Standing::unobservable;
        one.after.value = is_known ? factor * activity.value : unknown;
        one.after.sigma = is_known ? std::sqrt(std::max(0.0, variance)) : unknown;
        one.without_suspects = remaining_factor * remaining[a].value;
        out_.quantities.push_back(std::move(one));
    }

    const Study* study_;
    Reconciliation out_;
};

} // namespace

Reconciliation reconcile_measurements(const ReconcileRequest& request, const Study* study) {
    return Reconciler(request, study).run();
}

} // namespace chainsim::study
