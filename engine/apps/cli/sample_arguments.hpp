#pragma once

#include "command.hpp"
#include <chainsim/study/sample.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace chainsim::cli {

/// What `sample` is asked for, by whichever program.
struct SampleArguments {
    Common common;
    std::filesystem::path scenario;
    std::filesystem::path target;
    std::vector<int> years;
    std::int64_t draws = 1000;
    std::uint64_t seed = 1;
    std::string method = "sobol";
    int threads = 0; ///< 0: as many as there are cores
    bool resume = false;
    bool is_open = false;
    double until = 0.0; ///< per cent; 0: no rule
    std::filesystem::path covariance;
};

/// Adds all options of `sample`. `threads`: what its help says of them; `example`: below the help.
void add_sample_arguments(CLI::App& command, SampleArguments& arguments, const std::string& threads,
                          const std::string& example);

[[nodiscard]] study::SampleRequest request_of(const SampleArguments& arguments,
                                              const study::Study& study);

/// Prints what a finished sample says, and where it stands.
void answer(const SampleArguments& arguments, const study::Sample& sample);

} // namespace chainsim::cli
