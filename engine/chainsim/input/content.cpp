#include <chainsim/input/content.hpp>
#include <chainsim/input/scalar_text.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace chainsim::input {

namespace {

// NOLINTNEXTLINE(misc-no-recursion): a document is no deeper than `deepest_document`
void append(const Node& node, std::string& out) {
    switch (node.kind) {
    case NodeKind::null:
        out += '~';
        return;
    case NodeKind::scalar:
        if (node.quoted && reads_as_more_than_text(node.text)) {
            out += '\''; // "2025" is not 2025
        }
        out += quoted_scalar(node.text);
        return;
    case NodeKind::sequence:
        out += '[';
        for (const auto& item : node.items) {
            append(item, out);
            out += ',';
        }
        out += ']';
        return;
    case NodeKind::map:
        break;
    }
    std::vector<const Entry*> entries;
    entries.reserve(node.entries.size());
    for (const auto& entry : node.entries) {
        entries.push_back(&entry);
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry* a, const Entry* b) { return a->key < b->key; });
    out += '{';
    for (const auto* entry : entries) {
        out += quoted_scalar(entry->key);
        out += ':';
        append(entry->value, out);
        out += ',';
    }
    out += '}';
}

} // namespace

std::string content_of(const Node& root) {
    std::string out;
    append(root, out);
    return out;
}

} // namespace chainsim::input
