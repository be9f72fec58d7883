#include <chainsim/input/detail/tree_image.hpp>
#include <chainsim/input/document.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>

namespace chainsim::input::detail {

namespace {

constexpr std::uint64_t kinds = 4;      ///< of nodes
constexpr std::uint64_t quoted_bit = 4; ///< beside the kind
constexpr unsigned bits_a_byte = 7;     ///< of a number; the eighth says that there are more
constexpr std::uint64_t more_bit = 0x80;

class ImageWriter {
public:
    void node(const Node& node) {
        number(static_cast<std::uint64_t>(node.kind) | (node.quoted ? quoted_bit : 0));
        place(node.place);
        switch (node.kind) {
        case NodeKind::null:
            break;
        case NodeKind::scalar:
            text(node.text);
            break;
        case NodeKind::sequence:
            number(node.items.size());
            for (const auto& item : node.items) {
                this->node(item);
            }
            break;
        case NodeKind::map:
            number(node.entries.size());
            for (const auto& entry : node.entries) {
                text(entry.key);
                place(entry.place);
                this->node(entry.value);
            }
            break;
        }
    }

    [[nodiscard]] std::string take() { return std::move(image_); }

private:
    void number(std::uint64_t value) {
        for (; value >= more_bit; value >>= bits_a_byte) {
            image_ += static_cast<char>((value & (more_bit - 1)) | more_bit);
        }
        image_ += static_cast<char>(value);
    }

    void place(const Place& place) {
        number(static_cast<std::uint64_t>(place.line));
        number(static_cast<std::uint64_t>(place.column));
    }

    void text(std::string_view text) {
        number(text.size());
        image_ += text;
    }

    std::string image_;
};

/// Leaves the reader where the bytes are no image.
struct NoImage {};

class ImageReader {
public:
    ImageReader(std::string_view image, const Document& document)
        : rest_(image), document_(document) {}

    [[nodiscard]] Node node(std::size_t depth = 0) {
        const std::uint64_t head = number();
        if (head >= kinds + quoted_bit || depth > deepest_document) {
            throw NoImage{};
        }
        Node node;
        node.kind = static_cast<NodeKind>(head % kinds);
        node.quoted = head >= quoted_bit;
        node.place = place();
        switch (node.kind) {
        case NodeKind::null:
            break;
        case NodeKind::scalar:
            node.text = text();
            break;
        case NodeKind::sequence:
            node.items.resize(count());
            for (auto& item : node.items) {
                item = this->node(depth + 1);
            }
            break;
        case NodeKind::map:
            node.entries.resize(count());
            for (auto& entry : node.entries) {
                entry.key = text();
                entry.place = place();
                entry.value = this->node(depth + 1);
            }
            break;
        }
        return node;
    }

    [[nodiscard]] bool at_end() const { return rest_.empty(); }

private:
    [[nodiscard]] std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < std::numeric_limits<std::uint64_t>::digits;
             shift += bits_a_byte) {
            if (rest_.empty()) {
                break;
            }
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= (byte & (more_bit - 1)) << shift;
            if (byte < more_bit) {
                return value;
            }
        }
        throw NoImage{};
    }

    /// A number of bytes or of nodes, each of which takes a byte at least.
    [[nodiscard]] std::size_t count() {
        const std::uint64_t value = number();
        if (value > rest_.size()) {
            throw NoImage{};
        }
        return static_cast<std::size_t>(value);
    }

    [[nodiscard]] int counted_from_one() {
        const std::uint64_t value = number();
        if (value > static_cast<std::uint64_t>(std::numeric_limits<int>::max())) {
            throw NoImage{};
        }
        return static_cast<int>(value);
    }

    [[nodiscard]] Place place() {
        const int line = counted_from_one();
        return {&document_, line, counted_from_one()};
    }

    [[nodiscard]] std::string text() {
        const std::size_t size = count();
        std::string result(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return result;
    }

    std::string_view rest_;
    const Document& document_;
};

} // namespace

std::string image_of_tree(const Node& root) {
    ImageWriter writer;
    writer.node(root);
    return writer.take();
}

std::optional<Node> tree_of_image(std::string_view image, const Document& document) {
    ImageReader reader(image, document);
    try {
        Node root = reader.node();
        if (reader.at_end()) {
            return root;
        }
    } catch (const NoImage&) {
        // as is told to the caller
    }
    return std::nullopt;
}

} // namespace chainsim::input::detail
