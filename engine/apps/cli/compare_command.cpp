#include "command.hpp"
#include <chainsim/study/comparison.hpp>
#include <chainsim/study/year_comparison.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace chainsim::cli {

namespace {

/// Two runs of one scenario are the same to this, relative to the larger value.
constexpr double same_to = 1e-9;

struct CompareOptions {
    Common common;
    std::vector<std::filesystem::path> scenarios;
    int year = 0;           ///< 0: the last in common
    std::vector<int> years; ///< two of one scenario, instead of several scenarios
    std::vector<std::string> of;
    std::size_t draws = 0;
    std::uint64_t seed = 1;
    bool expect_same = false;
};

study::Comparison compared(const CompareOptions& options) {
    std::vector<study::Study> studies;
    studies.reserve(options.scenarios.size());
    for (const auto& path : options.scenarios) {
        studies.push_back(study::open(path));
    }
    study::ComparisonOptions asked{{}, options.of, options.draws, options.seed};
    if (options.year != 0) {
        asked.year = options.year;
    }
    try {
        auto comparison = study::compare(studies, asked);
        if (comparison.failure) {
            throw Stop(Exit::no_solution, fmt::format("{}: {}", comparison.ids[comparison.failed],
                                                      comparison.failure->message));
        }
        return comparison;
    } catch (const study::NotComparable& error) {
        throw Stop(Exit::bad_input, error.what());
    }
}

/// Two years of one scenario.
void compare_years(const CompareOptions& options) {
    const auto& years = options.years;
    if (options.scenarios.size() != 1 || years[0] >= years[1] || options.year != 0 ||
        !options.of.empty() || options.draws != 0 || options.expect_same) {
        throw Stop(Exit::bad_input, "--years names an earlier and a later year of one scenario, "
                                    "and goes with no other option of compare");
    }
    const auto study = study::open(options.scenarios.front(), years);
    if (study.scenario().model.energy_carriers.empty()) {
        throw Stop(Exit::bad_input, "the models name no `energy_carriers`, by which the energy of "
                                    "two years could be told apart");
    }
    const auto run = study.run();
    if (const auto& failure = run.failure()) {
        throw Stop(Exit::no_solution, failure->message);
    }
    const auto comparison = study::compare_years(run, years[0], years[1]);
    answer(
        options.common, [&] { return study::year_comparison_json(comparison); },
        [&](table::Language language, std::size_t width) {
            return study::year_comparison_text(comparison, language, width);
        });
}

void compare(const CompareOptions& options) {
    if (!options.years.empty()) {
        compare_years(options);
        return;
    }
    if (options.scenarios.size() < 2) {
        throw Stop(Exit::bad_input,
                   "name two scenarios or more, or two years of one: --years 2020,2025");
    }
    const auto comparison = compared(options);
    answer(
        options.common, [&] { return study::comparison_json(comparison); },
        [&](table::Language language, std::size_t width) {
            return study::comparison_text(comparison, language, width);
        });
    if (options.expect_same) {
        if (const auto differs = study::largest_difference(comparison, same_to)) {
            throw Stop(Exit::nothing_found,
                       fmt::format("the scenarios differ, most of all in '{}'", *differs));
        }
    }
}

} // namespace

Action add_compare(CLI::App& program) {
    constexpr int first_year = 1900;
    constexpr int last_year = 2200;
    constexpr int least_scenarios = 1;
    constexpr int most_scenarios = 100;
    constexpr int least_draws = 2;
    constexpr int most_draws = 1'000'000;
    auto options = std::make_shared<CompareOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "compare", "Set scenarios side by side and tell which changes cause the differences");
    command
        ->add_option("SCENARIO", options->scenarios,
                     "Scenario files, or folders of runs: two or more; one with --years")
        ->required()
        ->expected(least_scenarios, most_scenarios)
        ->check(CLI::ExistingPath);
    command->add_option("--year", options->year, "Year (default: the last in common)")
        ->check(CLI::Range(first_year, last_year));
    command
        ->add_option("--years", options->years,
                     "Two years of one scenario: what of the change of energy is scale, structure "
                     "and intensity")
        ->delimiter(',')
        ->expected(2)
        ->check(CLI::Range(first_year, last_year));
    command
        ->add_option("--of", options->of,
                     "Indicators to explain beside the key ones; `all` for all of them")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command
        ->add_option("--draws", options->draws,
                     "Orders to draw where there are more than 10 changes (default: as many as "
                     "some seconds allow)")
        ->check(CLI::Range(least_draws, most_draws));
    command->add_option("--seed", options->seed, "Seed of the draws")->capture_default_str();
    command->add_flag("--expect-same", options->expect_same,
                      "End with 1 if any indicator of any common year differs");
    add_common(*command, options->common,
               "chainsim compare scenarios/hainan/coke_first.yaml "
               "scenarios/hainan/chemicals_first.yaml --of made_coke");
    return [options] { compare(*options); };
}

} // namespace chainsim::cli
