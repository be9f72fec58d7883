#include <chainsim/base/utf8.hpp>
#include <chainsim/input/detail/text_check.hpp>
#include <chainsim/input/detail/tree_builder.hpp>
#include <chainsim/input/document.hpp>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <istream>
#include <streambuf>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace chainsim::input::detail {

namespace {

/// Leaves the parser in the middle of a document that cannot be taken; the finding is noted
/// already.
struct Abandon {};

/// A stream over a text without a copy of it.
class TextBuffer : public std::streambuf {
public:
    explicit TextBuffer(std::string_view text) {
        // The get area is never written to, but its pointers are not const.
        char* const begin = const_cast<char*>(text.data()); // NOLINT(*-const-cast): as said
        setg(begin, begin, begin + text.size());
    }
};

/// Builds the tree from the events of yaml-cpp's parser.
///
/// yaml-cpp's own tree loses the places of keys, keeps the first of two equal keys in silence and
/// expands aliases; its events do none of this.
class TreeBuilder : public YAML::EventHandler {
public:
    TreeBuilder(const Document& document, Findings& findings)
        : document_(document), findings_(findings) {}

    [[nodiscard]] Node take_root() { return std::move(root_); }
    [[nodiscard]] bool has_root() const { return has_root_; }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (has_root_) {
            findings_.add(place(mark), "", "a second document begins here",
                          "one file holds one document");
            throw Abandon{};
        }
    }
    void OnDocumentEnd() override {}

    void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
        note_anchor(mark, '&' + name);
        throw Abandon{};
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        note_anchor(mark, "*");
        throw Abandon{};
    }

    void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        if (expects_key()) {
            // `~: x` and `: x`; the words are keys like any other.
            add_key(mark, key_as_written(mark));
            return;
        }
        Node node;
        node.place = place(mark);
        add(std::move(node));
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                  const std::string& value) override {
        check_tag(mark, tag);
        check_closed(mark);
        if (expects_key()) {
            add_key(mark, value);
            return;
        }
        Node node;
        node.kind = NodeKind::scalar;
        node.quoted = tag == "!";
        node.place = place(mark);
        node.text = value;
        add(std::move(node));
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                         YAML::EmitterStyle::value /*style*/) override {
        open(mark, tag, NodeKind::sequence);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                    YAML::EmitterStyle::value /*style*/) override {
        open(mark, tag, NodeKind::map);
    }
    void OnMapEnd() override { close(); }

    void note_anchor(const YAML::Mark& mark, const std::string& text) {
        findings_.add(place(mark), "",
                      fmt::format("'{}' is an anchor or alias, and these are not taken",
                                  utf8::shorten(text, 40)),
                      "write the value out where it is used, or quote the text");
    }

    /// Notes a key that is a map or list. Only after the whole text was parsed: a bracket that is
    /// not closed looks like such a key at first.
    [[nodiscard]] bool note_bad_key() {
        if (bad_key_) {
            findings_.add(
                bad_key_->place, bad_key_->path,
                fmt::format("{} stands where a key is expected", to_string(bad_key_->kind)),
                "keys are texts; a text that begins with { or [ is to be quoted");
        }
        return bad_key_.has_value();
    }

    [[nodiscard]] Place place(const YAML::Mark& mark) {
        if (mark.is_null()) {
            return {&document_, 0, 0};
        }
        const auto bytes = static_cast<std::size_t>(mark.column);
        return {&document_, mark.line + 1, 1 + characters(mark.line + 1, bytes)};
    }

private:
    struct Open {
        Node node;
        bool expects_key = false;
        bool drop_value = false; ///< the value of a key that was refused
        std::unordered_map<std::string, Place> keys;
    };

    struct BadKey {
        Place place;
        std::string path;
        NodeKind kind = NodeKind::map;
    };

    /// Characters in the first bytes of a line. Marks come in order, so that a long line is counted
    /// once and not once for every mark in it.
    int characters(int line, std::size_t bytes) {
        const std::string_view text = document_.line(line);
        bytes = std::min(bytes, text.size());
        if (line != counted_line_ || bytes < counted_bytes_) {
            counted_line_ = line;
            counted_bytes_ = 0;
            counted_characters_ = 0;
        }
        for (std::size_t i = counted_bytes_; i < bytes; ++i) {
            // Every byte but the second and later ones of a character begins one.
            counted_characters_ += (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U ? 1 : 0;
        }
        counted_bytes_ = bytes;
        return counted_characters_;
    }

    [[nodiscard]] bool expects_key() const { return !stack_.empty() && stack_.back().expects_key; }

    void check_tag(const YAML::Mark& mark, const std::string& tag) {
        if (!tag.empty() && tag != "?" && tag != "!") {
            findings_.add(
                place(mark), "",
                fmt::format("'{}' is a tag, and tags are not taken", utf8::shorten(tag, 60)),
                "leave the tag out, or quote the text");
            throw Abandon{};
        }
    }

    /// yaml-cpp 0.7 takes a quoted text that the file ends in as if it were closed.
    void check_closed(const YAML::Mark& mark) {
        const std::string_view text = document_.text();
        const auto start = offset(mark);
        if (start >= text.size() || (text[start] != '"' && text[start] != '\'')) {
            return;
        }
        const char quote = text[start];
        std::size_t i = start + 1;
        while (i < text.size()) {
            if (quote == '"' && text[i] == '\\') {
                ++i;
            } else if (text[i] == quote) {
                if (quote == '"' || i + 1 >= text.size() || text[i + 1] != '\'') {
                    return;
                }
                ++i;
            }
            ++i;
        }
        findings_.add(place(mark), "", "the quotation that begins here is not closed",
                      fmt::format("close it by {}", quote));
        throw Abandon{};
    }

    [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const {
        const std::string_view line = document_.line(mark.line + 1);
        if (line.data() == nullptr) {
            return document_.text().size();
        }
        return static_cast<std::size_t>(line.data() - document_.text().data()) +
               static_cast<std::size_t>(mark.column);
    }

    /// What stands at a key that YAML reads as null: `~`, `null`, or nothing.
    [[nodiscard]] std::string key_as_written(const YAML::Mark& mark) const {
        const std::string_view rest = std::string_view(document_.text()).substr(offset(mark));
        return std::string(rest.substr(0, rest.find_first_of(": ,\n\r}]")));
    }

    void add_key(const YAML::Mark& mark, const std::string& key) {
        Open& map = stack_.back();
        map.expects_key = false;
        const Place where = place(mark);
        const auto [first, added] = map.keys.emplace(key, where);
        map.drop_value = !added;
        if (!added) {
            findings_.add(where, path(),
                          fmt::format("key `{}` stands twice in this map", utf8::shorten(key, 60)),
                          "keep one of the two", {first->second});
        } else {
            map.node.entries.push_back(Entry{key, where, {}});
        }
    }

    /// Dotted keys that lead to the innermost open map.
    [[nodiscard]] std::string path() const {
        std::string result;
        for (std::size_t i = 0; i + 1 < stack_.size(); ++i) {
            const Node& node = stack_[i].node;
            std::string step;
            if (node.is_map()) {
                step = node.entries.empty() ? std::string{} : node.entries.back().key;
            } else {
                step = std::to_string(node.items.size());
            }
            result += result.empty() ? step : '.' + step;
        }
        return result;
    }

    void open(const YAML::Mark& mark, const std::string& tag, NodeKind kind) {
        check_tag(mark, tag);
        if (expects_key() && !bad_key_) {
            bad_key_ = BadKey{place(mark), path(), kind};
        }
        if (stack_.size() >= deepest_document) {
            findings_.add(place(mark), "",
                          fmt::format("maps and lists within each other are deeper than {}",
                                      deepest_document),
                          "");
            throw Abandon{};
        }
        Open next;
        next.node.kind = kind;
        next.node.place = place(mark);
        next.expects_key = kind == NodeKind::map;
        stack_.push_back(std::move(next));
    }

    void close() {
        Node node = std::move(stack_.back().node);
        stack_.pop_back();
        add(std::move(node));
    }

    void add(Node node) {
        if (stack_.empty()) {
            root_ = std::move(node);
            has_root_ = true;
            return;
        }
        Open& parent = stack_.back();
        if (parent.expects_key) { // a map or list as key, which is noted
            parent.expects_key = false;
            parent.drop_value = true;
            return;
        }
        if (parent.node.is_sequence()) {
            parent.node.items.push_back(std::move(node));
            return;
        }
        parent.expects_key = true;
        if (!parent.drop_value) {
            Entry& entry = parent.node.entries.back();
            // What stands on lines of its own, or nowhere, is told at its key.
            if (!node.is_scalar() && node.place.line != entry.place.line) {
                node.place = entry.place;
            }
            entry.value = std::move(node);
        }
    }

    const Document& document_;
    Findings& findings_;
    std::vector<Open> stack_;
    Node root_;
    bool has_root_ = false;
    std::optional<BadKey> bad_key_;
    int counted_line_ = 0;
    std::size_t counted_bytes_ = 0;
    int counted_characters_ = 0;
};

} // namespace

std::optional<Node> build_tree(const Document& document, Findings& findings) {
    TreeBuilder builder(document, findings);
    TextBuffer buffer(document.text());
    std::istream stream(&buffer);
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& error) {
        if (error.msg.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR)) {
            builder.note_anchor(error.mark, "*");
        } else {
            const Place place = builder.place(error.mark);
            findings.add(place, "", fmt::format("this is not YAML: {}", error.msg),
                         hint_of_wide_colon(document, place.line));
        }
        return std::nullopt;
    } catch (const Abandon&) {
        return std::nullopt;
    }
    if (builder.note_bad_key()) {
        return std::nullopt;
    }
    if (!builder.has_root()) {
        Node nothing;
        nothing.place = {&document, 1, 1};
        return nothing;
    }
    return builder.take_root();
}

} // namespace chainsim::input::detail
