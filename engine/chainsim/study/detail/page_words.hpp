#pragma once

#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/page.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace chainsim::study::detail {

/// A sentence of the catalogue in both languages, with its places filled.
template <class... Values>
[[nodiscard]] model::Name sentence(std::string_view key, const Values&... values) {
    return {fill(key, table::Language::zh, values...), fill(key, table::Language::en, values...)};
}

/// A word of the catalogue as a cell: `KIND_ID`, which programs read as ID.
[[nodiscard]] inline PageCell coded_cell(std::string_view kind, std::string_view id,
                                         Trace trace = {}) {
    return word_cell(sentence(std::string(kind) + "_" + std::string(id)), std::string(id),
                     std::move(trace));
}

} // namespace chainsim::study::detail
