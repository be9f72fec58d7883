#pragma once

#include "support/scratch.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace chainsim::test {

/// What a program did: the number it ended with (128 and more: a signal), and what it printed.
struct Ended {
    int code = 0;
    std::string output;
    std::string errors;

    /// The last line on standard error.
    [[nodiscard]] std::string last_error() const;
    /// Standard output as one JSON document.  Errors  nlohmann's, if it is none.
    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(output); }
};

/// Runs `chainsim ARGUMENTS` in the source folder; `before` is shell text ahead of it.
[[nodiscard]] Ended call(const std::vector<std::string>& arguments, const std::string& before = {});

[[nodiscard]] inline std::filesystem::path source_path(const std::string& relative) {
    return std::filesystem::path(CHAINSIM_SOURCE_DIR) / relative;
}

/// Names of what stands in a folder, hidden ones too.
[[nodiscard]] std::set<std::string> names_in(const std::filesystem::path& folder);

/// A small scenario: coke ovens of 6.2 Mt, nothing downstream.
inline const std::string small_scenario = "tests/validation/findings/coke_6200kt.yaml";
inline const std::string plan_scenario = "scenarios/hainan/plan_2025.yaml";

} // namespace chainsim::test
