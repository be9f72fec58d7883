#pragma once

#include <chainsim/study/comparison.hpp>
#include <chainsim/study/detail/reader.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::study::detail {

/// A sentence of the catalogue in both languages.
template <class... Values>
[[nodiscard]] model::Name in_both(std::string_view key, const Values&... values) {
    return {fill(key, table::Language::zh, values...), fill(key, table::Language::en, values...)};
}

/// A value in the first scenario and in the second.
[[nodiscard]] model::Name from_to(const model::Name& from, const model::Name& to);

/// The changes between two scenarios while they are being found: kept by kind and id, two of them
/// made one where they cannot be told apart.
class ChangeList {
public:
    using Key = std::pair<ChangeKind, std::string>;

    /// The change of this record, made now if there is none yet.
    std::size_t at(ChangeKind kind, const std::string& id, const model::Name& name);
    [[nodiscard]] bool has(ChangeKind kind, const std::string& id) const {
        return places_.contains({kind, id});
    }

    /// Adds one thing that differs; `aspect` is what changes of its sort have in common.
    void tell(std::size_t change, const model::Name& detail, const std::string& aspect = {});
    void mark_moves(std::size_t change) { changes_[change].moves = true; }
    void mark_spends(std::size_t change) { changes_[change].spends = true; }

    /// From now on the two count as one.
    void unite(std::size_t one, std::size_t other);

    /// Makes all of one kind and aspect one, projects apart, where more than `most` changes move
    /// the year and more than a few of them are of that sort.
    void group(std::size_t most);

    /// The changes as they stand, and for each number that `at` gave the one that it has become.
    struct Finished {
        std::vector<InputChange> changes;
        std::vector<std::size_t> place; ///< by number
        std::map<Key, std::size_t> records;
    };
    [[nodiscard]] Finished finish() const;

private:
    [[nodiscard]] std::size_t head(std::size_t change) const;

    std::map<Key, std::size_t> places_;
    std::vector<InputChange> changes_;
    std::vector<std::string> aspects_;
    std::vector<std::size_t> joined_to_; ///< itself, or an earlier one
};

} // namespace chainsim::study::detail
