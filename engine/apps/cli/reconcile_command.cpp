#include "command.hpp"
#include <chainsim/study/reconciliation.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace chainsim::cli {

namespace {

struct ReconcileOptions {
    Common common;
    study::ReconcileRequest request;
    std::filesystem::path scenario;
    std::filesystem::path target;
    std::string method = "least_squares";
    std::string correction = "sidak";
};

reconcile::Correction correction_named(const std::string& word) {
    return word == "none"         ? reconcile::Correction::none
           : word == "bonferroni" ? reconcile::Correction::bonferroni
                                  : reconcile::Correction::sidak;
}

void reconcile_file(ReconcileOptions& options) {
    options.request.method =
        options.method == "huber" ? reconcile::Method::huber : reconcile::Method::least_squares;
    options.request.tests.correction = correction_named(options.correction);
    std::optional<study::Study> study;
    if (!options.scenario.empty()) {
        study = study::open(options.scenario);
    }
    const auto* asked = study ? &*study : nullptr;
    if (asked == nullptr && options.request.year != 0) {
        throw Stop(Exit::bad_input, "--year is that of a scenario: name one behind the file");
    }
    const auto report = study::reconcile_measurements(options.request, asked);
    if (!options.target.empty()) {
        study::write_reconciliation(report, asked, options.target);
    }
    answer(
        options.common, [&] { return study::reconciliation_json(report); },
        [&](table::Language language, std::size_t width) {
            return study::reconciliation_text(report, language, width);
        });
    if (!options.target.empty()) {
        tell(options.common, fmt::format("wrote {}", options.target.string()));
    }
}

} // namespace

Action add_reconcile(CLI::App& program) {
    auto options = std::make_shared<ReconcileOptions>(); // owned by the action
    auto* command = program.add_subcommand(
        "reconcile", "Find the most likely true flows where measurements do not add up");
    command
        ->add_option("MEASUREMENTS", options->request.file,
                     "CSV of streams between nodes, or of facilities and commodities")
        ->required()
        ->check(CLI::ExistingFile);
    command
        ->add_option("SCENARIO", options->scenario,
                     "Scenario file that has the facilities, or the folder of a run")
        ->check(CLI::ExistingPath);
    add_year(*command, options->request.year,
             "Year of the measurements (default: that of the file)");
    command
        ->add_option("--method", options->method,
                     "least_squares (default), or huber: outliers pull less")
        ->check(CLI::IsMember({"least_squares", "huber"}));
    command
        ->add_option("--level", options->request.tests.level,
                     "Probability of a false alarm of all tests together (default: 0.05)")
        ->check(CLI::Range(1e-6, 0.5));
    command
        ->add_option(
            "--correction", options->correction,
            "How the level is shared among measurements: sidak (default), bonferroni, none")
        ->check(CLI::IsMember({"sidak", "bonferroni", "none"}));
    command->add_flag("--leave-out-suspects", options->request.leave_out_suspects,
                      "Reconcile without the measurements that are suspected of gross errors");
    command
        ->add_option("-o,--output", options->target,
                     "Folder for reconciled.csv, covariance.csv and, of a scenario, actuals.csv")
        ->check(refuse_empty);
    add_common(*command, options->common,
               "chainsim reconcile scenarios/tutorial/measurements.csv "
               "scenarios/tutorial/base_2025.yaml --lang zh");
    return [options] { reconcile_file(*options); };
}

} // namespace chainsim::cli
