#include "page_command.hpp"
#include <chainsim/study/sensitivity.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace chainsim::cli {

namespace {

struct SensitivityArguments {
    PageOptions page;
    std::string method = "gradient";
    study::SensitivityRequest request;
};

study::SensitivityMethod method_named(const std::string& word) {
    return word == "morris"  ? study::SensitivityMethod::morris
           : word == "sobol" ? study::SensitivityMethod::sobol
                             : study::SensitivityMethod::gradient;
}

} // namespace

Action add_sensitivity(CLI::App& program) {
    auto arguments = std::make_shared<SensitivityArguments>(); // owned by the action
    auto& request = arguments->request;
    auto* command = program.add_subcommand(
        "sensitivity", "Tell which figures an indicator depends on, and which to measure better");
    command->add_option("--of", request.indicator, "Indicator (default: energy_controlled)")
        ->check(refuse_empty);
    command
        ->add_option("--method", arguments->method,
                     "gradient: slopes (default); morris: screening; sobol: shares of the variance")
        ->check(CLI::IsMember({"gradient", "morris", "sobol"}));
    add_year(*command, request.year, "Year (default: the last of the scenario)");
    command->add_option("--top", request.top, "Figures to show (default: 10)")
        ->check(CLI::Range(1, 1000));
    command
        ->add_option("-n,--points", request.n,
                     "Base points of sobol (default: 1024), trajectories of morris (default: 8)")
        ->check(CLI::Range(std::int64_t{2}, std::int64_t{1} << 24));
    command->add_option("--seed", request.seed, "Of the draws (default: 1)")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--threads", request.threads, "0: as many as there are cores (default)")
        ->check(CLI::Range(0, 1024));
    add_page_options(*command, arguments->page,
                     "chainsim sensitivity scenarios/hainan/plan_2025.yaml --of energy_intensity");
    return [arguments] {
        arguments->request.method = method_named(arguments->method);
        const auto study = study::open(arguments->page.scenario);
        show(arguments->page, study::sensitivity_page(study, arguments->request));
    };
}

} // namespace chainsim::cli
