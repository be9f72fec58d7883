#pragma once

#include <chainsim/base/error.hpp>

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::input {

/// What may stand behind a key.
enum class FieldKind {
    text,     ///< any text
    texts,    ///< a list of texts
    word,     ///< one of `words`
    whole,    ///< a whole number
    yes_no,   ///< true or false
    quantity, ///< a number with a unit, as a text alone
    datum,    ///< a number with a unit, alone or with range, confidence and source
    path,     ///< a datum, or one per year
    record,   ///< a map with the fields of another table
    records,  ///< a map from ids to such maps
    list,     ///< a list, of what `doc` says
    map,      ///< a map, of what `doc` says
    any,      ///< what `doc` says
};

[[nodiscard]] std::string_view to_string(FieldKind kind);

enum class Presence { required, optional };

/// One key that a record accepts.
struct Field {
    std::string_view key;
    FieldKind kind = FieldKind::text;
    Presence presence = Presence::optional;
    std::string_view unit{}; ///< needed unit, or what decides it in words
    double minimum = -std::numeric_limits<double>::infinity(); ///< in `unit`
    double maximum = std::numeric_limits<double>::infinity();
    std::span<const std::string_view> words{}; ///< for FieldKind::word
    std::string_view record{};                 ///< name of the table for record(s)
    std::string_view doc{};                    ///< one sentence for the reference page
};

/// What a record accepts. The reader, the check for unknown keys, the reference page and the
/// workbench's forms are all made from these tables, so they cannot disagree.
struct RecordTable {
    std::string_view name; ///< "commodity"
    std::string_view doc;
    std::span<const Field> fields;

    [[nodiscard]] const Field* find(std::string_view key) const;
    [[nodiscard]] std::vector<std::string> keys() const;
};

/// The tables as one page of Markdown, in the order given.
[[nodiscard]] std::string reference_page(std::span<const RecordTable* const> tables);

} // namespace chainsim::input
