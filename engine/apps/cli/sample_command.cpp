#include "command.hpp"
#include <chainsim/parallel/executor.hpp>
#include <chainsim/study/sample.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

namespace chainsim::cli {

namespace {

struct SampleArguments {
    Common common;
    std::filesystem::path scenario;
    std::filesystem::path target;
    std::vector<int> years;
    std::int64_t draws = 1000;
    std::uint64_t seed = 1;
    std::string method = "sobol";
    int threads = 0;
    bool resume = false;
    bool is_open = false;
    double until = 0.0; ///< per cent; 0: no rule
};

/// How far a sample is, on a terminal alone: one line that is written over.
class Progress {
public:
    Progress(const Common& common, std::int64_t blocks, std::int64_t first)
        : is_shown_(!common.quiet && ::isatty(STDERR_FILENO) != 0), blocks_(blocks), first_(first) {
    }

    void show(std::int64_t done) {
        const auto now = Clock::now();
        if (!is_shown_ || (done < blocks_ && now - last_ < std::chrono::milliseconds(200))) {
            return;
        }
        last_ = now;
        const double passed = std::chrono::duration<double>(now - begin_).count();
        const auto made = static_cast<double>(std::max<std::int64_t>(done - first_, 1));
        const double left = passed / made * static_cast<double>(blocks_ - done);
        fmt::print(stderr, "\r{:3.0f} %  {:.0f} s left   {}",
                   100.0 * static_cast<double>(done) / static_cast<double>(blocks_), left,
                   done == blocks_ ? "\n" : "");
        std::fflush(stderr);
    }

private:
    using Clock = std::chrono::steady_clock;

    bool is_shown_;
    std::int64_t blocks_;
    std::int64_t first_;
    Clock::time_point begin_ = Clock::now();
    Clock::time_point last_ = begin_;
};

draws::Method method_of(const std::string& word) {
    return word == "random" ? draws::Method::random
           : word == "lhs"  ? draws::Method::latin_hypercube
                            : draws::Method::sobol;
}

void make_blocks(study::Sample& sample, const SampleArguments& arguments, std::int64_t first) {
    const parallel::Executor executor(arguments.threads);
    std::vector<std::unique_ptr<study::Sample::Maker>> makers;
    for (int worker = 0; worker < executor.threads(); ++worker) {
        makers.push_back(std::make_unique<study::Sample::Maker>(sample));
    }
    std::vector<std::vector<float>> results(static_cast<std::size_t>(executor.slots()));
    Progress progress(arguments.common, sample.blocks(), first);
    executor.in_order(
        first, sample.blocks(),
        [&](std::int64_t block, int worker, int slot) {
            makers[static_cast<std::size_t>(worker)]->make(block,
                                                           results[static_cast<std::size_t>(slot)]);
        },
        [&](std::int64_t block, int slot) {
            const bool goes_on = sample.take(results[static_cast<std::size_t>(slot)]);
            progress.show(goes_on ? block + 1 : sample.blocks());
            return goes_on;
        });
}

void sample(const SampleArguments& arguments) {
    const auto study = study::open(arguments.scenario, arguments.years);
    study::SampleRequest request;
    request.options = {arguments.draws, arguments.seed, method_of(arguments.method),
                       !arguments.is_open};
    request.resume = arguments.resume;
    request.folder = arguments.target.empty()
                         ? std::filesystem::path("runs") / (study.scenario().id + "_sample")
                         : arguments.target;
    if (arguments.until > 0.0) {
        request.until = arguments.until / 100.0;
    }
    study::Sample sample(study, request);
    std::int64_t first = 0;
    try {
        first = sample.begin();
    } catch (const IoError& error) {
        throw Stop(Exit::bad_input, error.what());
    }
    try {
        make_blocks(sample, arguments, first);
    } catch (const uncertainty::ClosingError& error) {
        throw Stop(Exit::bad_input, error.what());
    } catch (const parallel::Unavailable& error) {
        throw Stop(Exit::bad_input, error.what());
    }
    sample.finish();
    const auto page = study::sample_page(sample);
    answer(
        arguments.common, [&] { return study::page_json(page); },
        [&](table::Language language, std::size_t width) {
            return study::page_text(page, language, width);
        });
    tell(arguments.common, fmt::format("{}", request.folder.string()));
}

} // namespace

Action add_sample(CLI::App& program) {
    auto arguments = std::make_shared<SampleArguments>(); // owned by the action
    auto* command = program.add_subcommand(
        "sample", "Draw all uncertain figures many times: chances of the policies, and spreads");
    command->add_option("SCENARIO", arguments->scenario, "Scenario file, or the folder of a run")
        ->required()
        ->check(CLI::ExistingPath);
    command->add_option("-n,--draws", arguments->draws, "How many draws (default: 1000)")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 30));
    command->add_option("--seed", arguments->seed, "Of the draws (default: 1)");
    command
        ->add_option("--method", arguments->method,
                     "sobol: evenly spread points (default); random; lhs: Latin hypercube")
        ->check(CLI::IsMember({"sobol", "random", "lhs"}));
    command->add_option("--threads", arguments->threads, "0: as many as there are cores (default)")
        ->check(CLI::Range(0, 1024));
    command->add_option("--years", arguments->years, "Years to solve instead of the scenario's")
        ->delimiter(',')
        ->check(CLI::Range(1900, 2200));
    command
        ->add_option("--until", arguments->until,
                     "End once every chance is known to within so many percentage points")
        ->check(CLI::Range(0.01, 50.0));
    command->add_flag("--open-recipes", arguments->is_open,
                      "Draw every range for itself, without keeping mass and elements closed");
    command->add_flag("--resume", arguments->resume, "Go on with what was interrupted");
    command
        ->add_option("-o,--output", arguments->target,
                     "Folder of the results (default: runs/ID_sample)")
        ->check(refuse_empty);
    add_common(*command, arguments->common,
               "chainsim sample scenarios/hainan/plan_2025.yaml -n 100000 --seed 1");
    return [arguments] { sample(*arguments); };
}

} // namespace chainsim::cli
