#pragma once

#include <chainsim/input/node.hpp>

#include <string>

namespace chainsim::input {

/// What a tree says, as one line: the same for all spellings of it. Remarks, spacing, the order of
/// keys, and quotes around what is a text anyhow make no difference; any other change does.
[[nodiscard]] std::string content_of(const Node& root);

} // namespace chainsim::input
