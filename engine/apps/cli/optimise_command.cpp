#include "command.hpp"
#include <chainsim/io/file.hpp>
#include <chainsim/study/optimisation.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <unistd.h>

namespace chainsim::cli {

namespace {

struct OptimiseOptions {
    Common common;
    study::OptimiseRequest request;
};

std::atomic<bool> interrupted{false}; // NOLINT(*-avoid-non-const-global-variables): of a signal

extern "C" void note_interrupt(int /*signal*/) { interrupted.store(true); }

/// While it lives, the first Ctrl-C asks for the best plan so far; the second one ends the program.
class Interruption {
public:
    Interruption() {
        struct sigaction action {};
        action.sa_handler = note_interrupt; // NOLINT(*-union-access): as the system has it
        action.sa_flags = static_cast<int>(SA_RESETHAND);
        ::sigaction(SIGINT, &action, &before_);
    }
    ~Interruption() { ::sigaction(SIGINT, &before_, nullptr); }
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;
    Interruption(Interruption&&) = delete;
    Interruption& operator=(Interruption&&) = delete;

private:
    struct sigaction before_ {};
};

/// The best value so far, on a terminal alone: one line that is written over.
class PlanProgress {
public:
    explicit PlanProgress(const Common& common)
        : is_shown_(!common.quiet && ::isatty(STDERR_FILENO) != 0) {}
    ~PlanProgress() {
        if (is_open_) {
            fmt::print(stderr, "\n");
        }
    }
    PlanProgress(const PlanProgress&) = delete;
    PlanProgress& operator=(const PlanProgress&) = delete;
    PlanProgress(PlanProgress&&) = delete;
    PlanProgress& operator=(PlanProgress&&) = delete;

    void show(const std::string& step, double value) {
        if (!is_shown_) {
            return;
        }
        const double passed =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
        fmt::print(stderr, "\r{:4.0f} s  {} {:.6g}          ", passed, step, value);
        std::fflush(stderr);
        is_open_ = true;
    }

private:
    bool is_shown_;
    bool is_open_ = false;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

void optimise(const OptimiseOptions& options) {
    const Interruption interruption;
    PlanProgress progress(options.common);
    auto request = options.request;
    request.interrupt = &interrupted;
    request.progress = [&progress](const std::string& step, double value) {
        progress.show(step, value);
    };
    study::Optimisation optimisation(std::move(request));
    optimisation.solve();
    const std::string failure = study::failure_of(optimisation);
    if (failure.empty() || !optimisation.plans().empty()) {
        optimisation.write();
        tell(options.common, fmt::format("written: {}", optimisation.folder().string()));
    }
    answer(
        options.common, [&] { return study::optimisation_json(optimisation); },
        [&](table::Language language, std::size_t width) {
            return study::page_text(study::optimisation_page(optimisation), language, width);
        });
    if (!failure.empty()) {
        throw Stop(Exit::no_solution, failure);
    }
    if (const auto& agreement = optimisation.agreement(); agreement && !agreement->missed.empty()) {
        throw Stop(Exit::nothing_found,
                   fmt::format("the plan misses {}", agreement->missed.front()));
    }
}

void add_goals(CLI::App& command, study::OptimiseRequest& request) {
    command.add_option("--objective", request.objective,
                       "npv, an indicator, or a sum as \"value_added - 500 energy_controlled\"; "
                       "\"max ID\" or \"min ID\" where it is not clear (default: npv)");
    command.add_option("--then", request.then,
                       "A further goal, among the plans that are hardly worse by those before");
    command
        .add_option("--slack", request.slack,
                    "Share of a goal that may be given up for the next one (default: 0.001)")
        ->check(CLI::Range(0.0, 1.0));
    command
        .add_option("--pareto", request.pareto,
                    "Two or three goals, by commas: plans of which none is better by all")
        ->delimiter(',')
        ->expected(2, 3);
    command.add_option("--points", request.points, "Of the front (default: 12)")
        ->check(CLI::Range(2, 500));
    command.add_option("--curve", request.curve,
                       "Indicator, as energy_controlled or co2_total: what one unit less costs");
    command
        .add_option("--alternatives", request.alternatives,
                    "So many further plans that differ most from the best")
        ->check(CLI::Range(0, 100));
    command
        .add_option("--within", request.within, "Share by which these may be worse (default: 0.01)")
        ->check(CLI::Range(0.0, 1.0));
    auto* sample =
        command
            .add_option("--sample", request.sample,
                        "Build now, run later: choose for so many draws of all uncertain figures")
            ->check(CLI::Range(2, 200))
            ->excludes("--then")
            ->excludes("--pareto")
            ->excludes("--curve")
            ->excludes("--alternatives");
    command
        .add_option("--chance", request.chance,
                    "Share of these draws that must keep all hard policies (default: 0.9)")
        ->check(CLI::Range(0.0, 1.0))
        ->needs(sample);
    command
        .add_option("--draws", request.draws,
                    "Judge each plan by so many other draws (default: 1024 with --sample, else 0)")
        ->check(CLI::Range(1, 10000000));
    command.add_option("--at-most", request.at_most,
                       "INDICATOR=AMOUNT that may not be exceeded in any year");
    command.add_option("--at-least", request.at_least,
                       "INDICATOR=AMOUNT that must be reached in every year");
}

void add_solving(CLI::App& command, study::OptimiseRequest& request) {
    static const std::map<std::string, portfolio::Operation> operations{
        {"as_run", portfolio::Operation::as_run}, {"free", portfolio::Operation::open}};
    command
        .add_option("--operation", request.operation,
                    "as_run: plants run as in `run` (default); free: as suits the goal")
        ->transform(CLI::CheckedTransformer(operations));
    command.add_option("--gap", request.gap, "Of the program, relative (default: 1e-4)")
        ->check(CLI::Range(0.0, 1.0));
    command.add_option("--time", request.seconds, "Seconds for a plan (default: 300)")
        ->check(CLI::Range(1.0, 1e6));
    command
        .add_option("--step", request.step,
                    "Share by which policies are moved to price them; 0: not (default: 0.01)")
        ->check(CLI::Range(0.0, 0.5));
    command
        .add_option("--solver", request.solver,
                    "cbc (default), highs (where it is built in), or the command of another one "
                    "with {mps} {solution} {gap} {seconds}, as \"cbc {mps} ratio {gap} sec "
                    "{seconds} solve solu {solution}\"")
        ->check(refuse_empty);
    auto* mps =
        command
            .add_option("--write-mps", request.write_mps, "Write the program for any other solver")
            ->check(refuse_empty);
    command
        .add_option("--read-solution", request.read_solution,
                    "Take the answer of another solver to the program of --write-mps, which is "
                    "read then")
        ->check(CLI::ExistingFile)
        ->needs(mps);
    command.add_flag("--log", request.log, "Let the solver tell what it does");
}

} // namespace

Action add_optimise(CLI::App& program) {
    auto options =
        std::make_shared<OptimiseOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "optimise", "Choose which projects are built, and when, under the policies and means");
    command->add_option("SCENARIO", options->request.scenario, "Scenario file")
        ->required()
        ->check(CLI::ExistingPath);
    command->add_option("--years", options->request.years, "Years instead of those of the scenario")
        ->delimiter(',');
    add_goals(*command, options->request);
    add_solving(*command, options->request);
    command
        ->add_option("-o,--output", options->request.folder,
                     "Folder of the results (default: runs/ID_best)")
        ->check(refuse_empty);
    add_common(*command, options->common,
               "chainsim optimise scenarios/hainan/pathway_2035.yaml --objective npv -o best");
    return [options] { optimise(*options); };
}

} // namespace chainsim::cli
