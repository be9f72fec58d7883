#include "sample_arguments.hpp"
#include <chainsim/parallel/executor.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <unistd.h>
#include <vector>

namespace chainsim::cli {

namespace {

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

void make_blocks(study::Sample& sample, const SampleArguments& arguments, std::int64_t first) {
    const parallel::Executor executor(arguments.threads);
    std::vector<std::unique_ptr<study::Sample::Maker>> makers;
    makers.reserve(static_cast<std::size_t>(executor.threads()));
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
    study::Sample sample(study, request_of(arguments, study));
    make_blocks(sample, arguments, sample.begin());
    sample.finish();
    answer(arguments, sample);
}

} // namespace

Action add_sample(CLI::App& program) {
    auto arguments = std::make_shared<SampleArguments>(); // owned by the action
    auto* command = program.add_subcommand(
        "sample", "Draw all uncertain figures many times: chances of the policies, and spreads");
    add_sample_arguments(*command, *arguments, "0: as many as there are cores (default)",
                         "chainsim sample scenarios/hainan/plan_2025.yaml -n 100000 --seed 1");
    return [arguments] { sample(*arguments); };
}

} // namespace chainsim::cli
