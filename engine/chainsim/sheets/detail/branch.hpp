#pragma once

#include <chainsim/base/source_location.hpp>
#include <chainsim/sheets/detail/key_path.hpp>

#include <string>
#include <vector>

namespace chainsim::sheets::detail {

struct BranchEntry;

/// A tree that grows cell by cell.
struct Branch {
    enum class Kind { nothing, null, text, list, map };
    Kind kind = Kind::nothing; ///< `nothing`: not yet known
    std::string text;
    bool is_quoted = false; ///< a text whatever it looks like
    std::vector<Branch> items;
    std::vector<BranchEntry> entries;
    SourceLocation cell; ///< where it, or the first of it, is written

    [[nodiscard]] Branch* find(const std::string& key);
};

struct BranchEntry {
    std::string key;
    Branch value;
};

/// The branch at a path below `root`, made where it is not there; null if a text is in the way.
/// Items of a list before it are there as well, with nothing in them yet.
[[nodiscard]] Branch* grow(Branch& root, const std::vector<Step>& path, const SourceLocation& cell);

/// The first item of a list that nothing was said of, or null.
[[nodiscard]] const Branch* gap_in(const Branch& root);

/// What a cell says: a text, a list of texts if `is_list`, nothing (`~`), an empty list or map.
/// False if there is something already.
[[nodiscard]] bool fill(Branch& branch, const std::string& cell, bool is_list,
                        const SourceLocation& where);

} // namespace chainsim::sheets::detail
