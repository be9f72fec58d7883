#pragma once

#include <chainsim/input/findings.hpp>
#include <chainsim/input/node.hpp>
#include <chainsim/input/tree_cache.hpp>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::input {

inline constexpr std::size_t largest_document = 16U << 20U; ///< bytes
inline constexpr std::size_t deepest_document = 64;         ///< maps and lists within each other

/// A YAML text and its tree.
///
/// What is read is a strict part of YAML 1.2: one document, block and flow maps and lists, plain,
/// quoted and block texts, comments. Tags, anchors, aliases, keys that are no texts, and equal keys
/// in one map are refused, so a small file cannot stand for a large one.
class Document {
public:
    /// Parses `text`, or takes its tree from the cache. What is wrong is noted in `findings`; then
    /// `is_readable()` may be false. A text without findings is kept in the cache.
    ///
    /// Errors  None: any bytes are accepted and judged.
    Document(std::string name, std::string text, Findings& findings, const TreeCache& cache = {});
    Document(const Document&) = delete; // places point here
    Document(Document&&) = delete;
    Document& operator=(const Document&) = delete;
    Document& operator=(Document&&) = delete;
    ~Document() = default;

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] const Node& root() const noexcept { return root_; }
    /// False if the text is not YAML that we take, so that there is no tree.
    [[nodiscard]] bool is_readable() const noexcept { return readable_; }
    /// True if the tree was parsed and is now in the cache, if there is one.
    [[nodiscard]] bool was_kept() const noexcept { return kept_; }
    /// A line without its end; empty if there is no such line. Counts from 1.
    [[nodiscard]] std::string_view line(int number) const;

private:
    void parse(Findings& findings);

    std::string name_;
    std::string text_;
    std::vector<std::size_t> line_starts_;
    Node root_;
    bool readable_ = false;
    bool kept_ = false;
};

/// The text of a regular file of at most `largest_document` bytes.
///
/// Errors  IoError with the path and the reason.
[[nodiscard]] std::string read_text(const std::filesystem::path& file);

/// A file to be read: where it is, and what it is called in messages.
struct FileName {
    std::filesystem::path path;
    std::string name;
};

/// Reads files, several at a time, and returns their documents in the order given.
///
/// Errors  IoError of the first file that could not be read.
[[nodiscard]] std::vector<std::unique_ptr<Document>>
read_documents(const std::vector<FileName>& files, Findings& findings,
               const TreeCache& cache = TreeCache::of_user());

} // namespace chainsim::input
