#pragma once

#include <chainsim/input/node.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace chainsim::input {

inline constexpr std::size_t largest_cache = 64U << 20U; ///< bytes

/// Trees of documents that were parsed before, in files of a folder.
///
/// yaml-cpp needs some 200 ns for each byte, and the files of the models are the same from run to
/// run. A tree is found by the SHA-256 of the text and by the version of our reader, and taken only
/// if the SHA-256 of its own bytes is right. What is absent, damaged or of another version is
/// parsed; what cannot be written is not kept: the cache never changes an answer, only the time.
///
/// Errors   None: a cache that fails is one that holds nothing.
/// Threads  May be shared; several programs may use one folder at the same time.
/// Cost     At most `largest_cache` bytes stay in the folder; the oldest files go first.
class TreeCache {
public:
    /// Holds nothing and keeps nothing.
    TreeCache() = default;
    /// In `folder`, which is made when something is kept.
    explicit TreeCache(std::filesystem::path folder);
    /// The user's: $XDG_CACHE_HOME/chainsim, or else ~/.cache/chainsim; none if CHAINSIM_CACHE is
    /// `off`.
    [[nodiscard]] static TreeCache of_user();

    /// The tree of the document's text, with places in this document.
    [[nodiscard]] std::optional<Node> find(const Document& document) const;
    /// Keeps the tree of a document in which nothing is wrong.
    void keep(const Document& document) const;
    /// Removes the oldest files beyond `most_bytes`. To be called after trees were kept.
    void trim(std::size_t most_bytes = largest_cache) const;

private:
    [[nodiscard]] std::filesystem::path file_of(const Document& document) const;

    std::filesystem::path folder_; ///< empty: no cache
};

} // namespace chainsim::input
