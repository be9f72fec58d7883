#include "command.hpp"
#include <chainsim/base/nearest.hpp>
#include <chainsim/study/check_report.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::cli {

namespace {

struct CheckOptions {
    YearQuestion question;
    std::string project;
    std::string unknown;
    std::string policy;
    bool all = false;
};

/// The project that is asked for must run in the year, or there is nothing to tell of it.
void check_project(const study::CheckReport& report, const std::string& id) {
    const auto& projects = report.run.scenario().projects;
    if (!projects.contains(id)) {
        const std::string near = nearest(id, projects.ids());
        throw Stop(Exit::bad_input,
                   fmt::format("unknown project '{}'{}", id,
                               near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
    }
    for (const auto& one : report.weights) {
        if (projects[one.pull.project].id == id) {
            return;
        }
    }
    throw Stop(Exit::bad_input,
               fmt::format("project '{}' runs no plant of its own in {}, or no period of "
                           "assessment holds then",
                           id, report.year));
}

void check(const CheckOptions& options) {
    const auto study = study::open(options.question.scenario);
    std::vector<int> years;
    if (options.question.year != 0) {
        years.push_back(options.question.year);
    }
    // What cannot be solved for is refused before anything is computed.
    std::optional<study::Question> question;
    if (!options.unknown.empty()) {
        question = study::read_question(options.unknown, study.scenario());
    }
    auto report = study::check(study, years, !question);
    if (const auto& failure = report.run.failure()) {
        throw Stop(Exit::no_solution, failure->message);
    }
    if (!options.project.empty()) {
        check_project(report, options.project);
    }
    if (question) {
        report.question = question;
        report.answers = study::solve_for(study.scenario(), report.year, *question, options.policy);
    }
    answer(
        options.question.common, [&] { return study::check_json(report, options.project); },
        [&](table::Language language, std::size_t width) {
            return study::check_text(report, {.language = language,
                                              .width = width,
                                              .all = options.all,
                                              .project = options.project});
        });
    if (const auto missed = study::missed_hard(report.run); !missed.empty()) {
        throw Stop(Exit::nothing_found,
                   fmt::format("hard policies missed: {}", fmt::join(missed, ", ")));
    }
}

} // namespace

Action add_check(CLI::App& program) {
    auto options = std::make_shared<CheckOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "check", "Judge every policy year by year, and weigh projects in the dual control");
    add_year_question(*command, options->question);
    command->add_option("--project", options->project, "Tell of this project alone")
        ->check(refuse_empty);
    auto* unknown =
        command
            ->add_option("--solve-for", options->unknown,
                         "What one unknown must be for margins of zero: energy (to save), "
                         "green_power (to buy), growth (of GDP), price:COMMODITY, start:PROJECT")
            ->check(refuse_empty);
    command->add_option("--policy", options->policy, "Solve for this policy alone")
        ->needs(unknown)
        ->check(refuse_empty);
    command->add_flag("--all", options->all, "Show what is met in every year, and all projects");
    add_common(*command, options->question.common,
               "chainsim check scenarios/hainan/plan_2025.yaml --lang zh");
    return [options] { check(*options); };
}

} // namespace chainsim::cli
