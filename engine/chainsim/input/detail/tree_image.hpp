#pragma once

#include <chainsim/input/node.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace chainsim::input::detail {

/// A tree as bytes that `tree_of_image` makes the same tree of, places included, far faster than a
/// parser could.
///
/// Source  Whole numbers as LEB128 (DWARF 5, section 7.6), texts as their length and bytes, nodes
/// in
///         the order of the file: nothing in it depends on the machine.
[[nodiscard]] std::string image_of_tree(const Node& root);

/// The tree of an image, its places in `document`.
///
/// Errors  Nothing is returned for bytes that are no image: any bytes are accepted and judged.
[[nodiscard]] std::optional<Node> tree_of_image(std::string_view image, const Document& document);

} // namespace chainsim::input::detail
