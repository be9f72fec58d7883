#include <chainsim/input/document.hpp>
#include <chainsim/input/node.hpp>

#include <algorithm>

namespace chainsim::input {

SourceLocation Place::location() const {
    return {document == nullptr ? std::string{} : document->name(), line, column};
}

std::string_view to_string(NodeKind kind) {
    switch (kind) {
    case NodeKind::null:
        return "nothing";
    case NodeKind::scalar:
        return "a text";
    case NodeKind::sequence:
        return "a list";
    case NodeKind::map:
        return "a map";
    }
    return {};
}

const Entry* Node::find(std::string_view key) const {
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
    return found == entries.end() ? nullptr : &*found;
}

Entry* Node::find(std::string_view key) {
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
    return found == entries.end() ? nullptr : &*found;
}

} // namespace chainsim::input
