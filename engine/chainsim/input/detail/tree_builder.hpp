#pragma once

#include <chainsim/input/findings.hpp>
#include <chainsim/input/node.hpp>

#include <optional>

namespace chainsim::input::detail {

/// The tree of a document's text, or nothing if it is not YAML that we take.
[[nodiscard]] std::optional<Node> build_tree(const Document& document, Findings& findings);

} // namespace chainsim::input::detail
