#include "sample_arguments.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace chainsim::cli {

namespace {

draws::Method method_of(const std::string& word) {
    return word == "random" ? draws::Method::random
           : word == "lhs"  ? draws::Method::latin_hypercube
                            : draws::Method::sobol;
}

} // namespace

void add_sample_arguments(CLI::App& command, SampleArguments& arguments, const std::string& threads,
                          const std::string& example) {
    command.add_option("SCENARIO", arguments.scenario, "Scenario file, or the folder of a run")
        ->required()
        ->check(CLI::ExistingPath);
    command.add_option("-n,--draws", arguments.draws, "How many draws (default: 1000)")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 30));
    command.add_option("--seed", arguments.seed, "Of the draws (default: 1)")
        ->check(CLI::NonNegativeNumber);
    command
        .add_option("--method", arguments.method,
                    "sobol: evenly spread points (default); random; lhs: Latin hypercube")
        ->check(CLI::IsMember({"sobol", "random", "lhs"}));
    command.add_option("--threads", arguments.threads, threads)->check(CLI::Range(0, 1024));
    command.add_option("--years", arguments.years, "Years to solve instead of the scenario's")
        ->delimiter(',')
        ->check(CLI::Range(1900, 2200));
    command
        .add_option("--until", arguments.until,
                    "End once every chance is known to within so many percentage points")
        ->check(CLI::Range(0.01, 50.0));
    command.add_flag("--open-recipes", arguments.is_open,
                     "Draw every range for itself, without keeping mass and elements closed");
    command
        .add_option(
            "--covariance", arguments.covariance,
            "Draw the figures of this table together, around its values and with its spread: "
            "covariance.csv of `reconcile -o`")
        ->check(CLI::ExistingFile);
    command.add_flag("--resume", arguments.resume, "Go on with what was interrupted");
    command
        .add_option("-o,--output", arguments.target,
                    "Folder of the results (default: runs/ID_sample)")
        ->check(refuse_empty);
    add_common(command, arguments.common, example);
}

study::SampleRequest request_of(const SampleArguments& arguments, const study::Study& study) {
    study::SampleRequest request;
    request.options = {
        arguments.draws, arguments.seed, method_of(arguments.method), !arguments.is_open, {}};
    if (!arguments.covariance.empty()) {
        request.options.covariance = study::read_covariance(arguments.covariance, study.scenario());
    }
    request.resume = arguments.resume;
    request.folder = arguments.target.empty()
                         ? std::filesystem::path("runs") / (study.scenario().id + "_sample")
                         : arguments.target;
    if (arguments.until > 0.0) {
        request.until = arguments.until / 100.0;
    }
    return request;
}

void answer(const SampleArguments& arguments, const study::Sample& sample) {
    const auto page = study::sample_page(sample);
    answer(
        arguments.common, [&] { return study::page_json(page); },
        [&](table::Language language, std::size_t width) {
            return study::page_text(page, language, width);
        });
    tell(arguments.common, sample.request().folder.string());
}

} // namespace chainsim::cli
