#pragma once

#include <chainsim/base/source_location.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace chainsim::input {

class Document;

/// A place in a document that is in memory. Lines and columns count from 1, columns by character.
struct Place {
    const Document* document = nullptr; ///< outlives every place in it
    int line = 0;
    int column = 0;

    [[nodiscard]] SourceLocation location() const;
};

enum class NodeKind { null, scalar, sequence, map };

[[nodiscard]] std::string_view to_string(NodeKind kind); ///< "a text", "a list", "a map", "nothing"

struct Entry;

/// A value of a YAML document, with the place where it was written.
///
/// The place of a map or list that begins on a line of its own is that of its key, since that is
/// where a reader looks for it. Trees of several files may be merged: each node keeps its own
/// place.
struct Node {
    NodeKind kind = NodeKind::null;
    bool quoted = false; ///< a scalar written in quotes, or as a block: never a number
    Place place;
    std::string text;           ///< of a scalar
    std::vector<Node> items;    ///< of a sequence
    std::vector<Entry> entries; ///< of a map, in the order of the file, keys unique

    [[nodiscard]] bool is_scalar() const noexcept { return kind == NodeKind::scalar; }
    [[nodiscard]] bool is_map() const noexcept { return kind == NodeKind::map; }
    [[nodiscard]] bool is_sequence() const noexcept { return kind == NodeKind::sequence; }
    [[nodiscard]] bool is_null() const noexcept { return kind == NodeKind::null; }
    [[nodiscard]] const Entry* find(std::string_view key) const; ///< of a map; null if absent
    [[nodiscard]] Entry* find(std::string_view key);
};

/// A key of a map with its value.
struct Entry {
    std::string key;
    Place place; ///< of the key
    Node value;
};

} // namespace chainsim::input
