#pragma once

#include "ranks.hpp"

#include <functional>

namespace CLI { // NOLINT(readability-identifier-naming): the library's own name
class App;
} // namespace CLI

namespace chainsim::ranks {

/// A command on all ranks, once its arguments are known.
using Action = std::function<void(const Ranks&)>;

// One each: adds the command to the program and returns what runs it.
[[nodiscard]] Action add_sample(CLI::App& program);
[[nodiscard]] Action add_run(CLI::App& program);

} // namespace chainsim::ranks
