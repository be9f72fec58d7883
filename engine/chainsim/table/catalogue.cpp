#include <chainsim/base/error.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/detail/entry.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace chainsim::table {

namespace {

using detail::Entry;

std::optional<std::string_view> find(std::span<const Entry> entries, std::string_view key,
                                     Language language) {
    const auto found = std::lower_bound(
        entries.begin(), entries.end(), key,
        [](const Entry& entry, std::string_view wanted) { return entry.key < wanted; });
    if (found == entries.end() || found->key != key) {
        return std::nullopt;
    }
    return language == Language::zh ? found->zh : found->en;
}

/// All that is said, by where it stands; each key stands in one of them.
std::array<std::span<const detail::Entry>, 7> said() {
    return {detail::words(), detail::sentences(), detail::analyses(), detail::decisions(),
            detail::forms(), detail::reports(),   detail::screens()};
}

} // namespace

std::string_view heading(std::string_view column, Language language) {
    return find(detail::headings(), column, language).value_or(column);
}

std::optional<std::string_view> say_if_known(std::string_view key, Language language) {
    for (const auto entries : said()) {
        if (const auto text = find(entries, key, language)) {
            return text;
        }
    }
    return std::nullopt;
}

std::string_view say(std::string_view key, Language language) {
    const auto text = say_if_known(key, language);
    CHAINSIM_EXPECT(text.has_value(), "no sentence '" + std::string(key) + "' in the catalogue");
    return text.value_or(key);
}

std::vector<std::string_view> sentences() {
    std::vector<std::string_view> keys;
    for (const auto entries : said()) {
        keys.reserve(keys.size() + entries.size());
        for (const auto& entry : entries) {
            keys.push_back(entry.key);
        }
    }
    return keys;
}

} // namespace chainsim::table
