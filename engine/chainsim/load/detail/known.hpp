#pragma once

#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/provenance.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::load::detail {

template <class T>
[[nodiscard]] std::vector<std::string> ids_of(const std::map<std::string, T>& records) {
    std::vector<std::string> ids;
    ids.reserve(records.size());
    for (const auto& [id, record] : records) {
        ids.push_back(id);
    }
    return ids;
}

/// Whether a word is among the known ones; else notes it with the nearest of them.
inline bool check_known(const std::string& word, input::Place place, const input::FieldPath& path,
                        std::string_view what, const std::vector<std::string>& known,
                        const ReadingContext& context) {
    if (std::find(known.begin(), known.end(), word) != known.end()) {
        return true;
    }
    context.findings.add(place, path.text(),
                         fmt::format("unknown {} '{}'", what, utf8::shorten(word, 60)),
                         input::did_you_mean(word, known));
    return false;
}

} // namespace chainsim::load::detail
