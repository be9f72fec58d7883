#include "command.hpp"
#include <chainsim/study/outlook.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <optional>

namespace chainsim::cli {

namespace {

struct OutlookOptions {
    YearQuestion question;
    int month = 0;
    std::filesystem::path actuals;
};

void outlook(const OutlookOptions& options) {
    const auto& question = options.question;
    const auto study = study::open(question.scenario);
    const auto file =
        options.actuals.empty() ? question.scenario.parent_path() / "actuals.csv" : options.actuals;
    if (options.actuals.empty() && !std::filesystem::exists(file)) {
        throw Stop(Exit::bad_input,
                   "no statistics: write them to '" + file.string() +
                       "' as scenarios/tutorial/actuals.csv does, or name a file by --actuals");
    }
    const auto actuals = study::read_actuals(file, study.scenario());
    const auto report =
        study::outlook(study, actuals, options.month,
                       question.year == 0 ? std::nullopt : std::optional(question.year));
    answer(
        question.common, [&] { return study::outlook_json(study, report); },
        [&](table::Language language, std::size_t width) {
            return study::outlook_text(study, report, language, width);
        });
    if (!report.failure.empty()) {
        throw Stop(Exit::no_solution, report.failure);
    }
}

} // namespace

Action add_outlook(CLI::App& program) {
    auto options = std::make_shared<OutlookOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "outlook", "Tell where the year will end, from the statistics up to a month");
    add_year_question(*command, options->question);
    command->add_option("--month", options->month, "The last month that counts as told")
        ->required()
        ->check(CLI::Range(1, 12));
    command
        ->add_option("--actuals", options->actuals,
                     "CSV of the statistics (default: actuals.csv beside the scenario)")
        ->check(CLI::ExistingFile);
    add_common(*command, options->question.common,
               "chainsim outlook scenarios/tutorial/base_2025.yaml --month 9 --lang zh");
    return [options] { outlook(*options); };
}

} // namespace chainsim::cli
