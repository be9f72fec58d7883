#include <chainsim/base/nearest.hpp>
#include <chainsim/base/utf8.hpp>
#include <chainsim/graph/lookup.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace chainsim::graph {

namespace {

/// A word as it is compared: lower case, one kind of gap, none at the ends.
std::string plain(std::string_view word) {
    std::string result;
    for (const char character : word) {
        if (character >= 'A' && character <= 'Z') {
            result += static_cast<char>(character - 'A' + 'a');
        } else if (character == ' ' || character == '-' || character == '_') {
            result += '_';
        } else {
            result += character;
        }
    }
    const std::size_t first = result.find_first_not_of('_');
    const std::size_t last = result.find_last_not_of('_');
    return first == std::string::npos ? std::string{} : result.substr(first, last - first + 1);
}

/// How a word can name a record, best first.
enum class Match { id, alias, name, none };

template <class Record>
Match match(const Record& record, const std::string& wanted) {
    if (plain(record.id) == wanted) {
        return Match::id;
    }
    if (std::any_of(record.aliases.begin(), record.aliases.end(),
                    [&](const std::string& alias) { return plain(alias) == wanted; })) {
        return Match::alias;
    }
    return plain(record.name.zh) == wanted || plain(record.name.en) == wanted ? Match::name
                                                                              : Match::none;
}

struct Found {
    Match match = Match::none;
    std::uint32_t position = 0;
};

template <class Record>
Found best(const model::Registry<Record>& records, const std::string& wanted) {
    Found found;
    for (std::uint32_t i = 0; i < records.size(); ++i) {
        const Match own = match(records[model::Index<Record>{i}], wanted);
        if (own < found.match) {
            found = {own, i};
        }
    }
    return found;
}

template <class Record>
void add_words(const model::Registry<Record>& records, std::vector<std::string>& words) {
    for (const auto& record : records) {
        words.push_back(record.id);
        words.push_back(record.name.zh);
        words.push_back(record.name.en);
        words.insert(words.end(), record.aliases.begin(), record.aliases.end());
    }
}

/// A few known words that the word is part of, or that are part of it: the nearest in length. A
/// Chinese word of two characters has no neighbour by letters, yet is often half of a longer one.
std::vector<std::string> words_with(std::string_view word, std::vector<std::string> known) {
    constexpr std::size_t enough = 4; // bytes: of shorter words, everything is a part
    constexpr std::size_t few = 3;
    std::erase_if(known, [&](const std::string& one) {
        return std::min(one.size(), word.size()) < enough ||
               (one.find(word) == std::string::npos && word.find(one) == std::string_view::npos);
    });
    const auto difference = [&](const std::string& one) {
        return std::max(one.size(), word.size()) - std::min(one.size(), word.size());
    };
    std::sort(known.begin(), known.end(), [&](const std::string& a, const std::string& b) {
        return std::pair(difference(a), a) < std::pair(difference(b), b);
    });
    known.erase(std::unique(known.begin(), known.end()), known.end());
    known.resize(std::min(known.size(), few));
    return known;
}

/// A few known words of the same number of Chinese characters of which all but one are the same,
/// those that begin alike first: of a word of two or three characters one may be another.
std::vector<std::string> words_like(std::string_view word, std::vector<std::string> known) {
    constexpr std::size_t few = 5;
    constexpr char32_t first_chinese = 0x2E80;
    const std::u32string wanted = utf8::decode(word);
    if (wanted.size() < 2 ||
        std::ranges::any_of(wanted, [](char32_t one) { return one < first_chinese; })) {
        return {};
    }
    std::vector<std::pair<bool, std::string>> found;
    for (auto& one : known) {
        const std::u32string characters = utf8::decode(one);
        std::size_t same = 0;
        for (std::size_t i = 0; characters.size() == wanted.size() && i < wanted.size(); ++i) {
            same += characters[i] == wanted[i] ? 1 : 0;
        }
        if (same + 1 == wanted.size()) {
            found.emplace_back(characters.front() != wanted.front(), std::move(one));
        }
    }
    std::ranges::sort(found);
    const auto twice = std::ranges::unique(found);
    found.erase(twice.begin(), twice.end());
    found.resize(std::min(found.size(), few));
    std::vector<std::string> words;
    words.reserve(found.size());
    for (auto& [differs, one] : found) {
        words.push_back(std::move(one));
    }
    return words;
}

std::string refusal(const model::Model& model, std::string_view word) {
    std::vector<std::string> words;
    add_words(model.commodities, words);
    add_words(model.families, words);
    const std::string near = nearest(word, words);
    if (!near.empty()) {
        return fmt::format("unknown commodity '{}'; did you mean '{}'?", word, near);
    }
    auto related = words_with(word, words);
    if (related.empty()) {
        related = words_like(word, std::move(words));
    }
    return related.empty() ? fmt::format("unknown commodity '{}': the files of the models name "
                                         "them, under `commodities`",
                                         word)
                           : fmt::format("unknown commodity '{}'; known are '{}'", word,
                                         fmt::join(related, "', '"));
}

} // namespace

Meaning look_up(const model::Model& model, std::string_view word) {
    const std::string wanted = plain(word);
    const Found commodity = best(model.commodities, wanted);
    const Found family = best(model.families, wanted);
    if (wanted.empty() || (commodity.match == Match::none && family.match == Match::none)) {
        throw UnknownCommodity(refusal(model, word));
    }
    if (commodity.match <= family.match) {
        const model::Index<model::Commodity> index{commodity.position};
        const auto& record = model.commodities[index];
        return {std::string(word), record.id, record.name, false, {index}};
    }
    const auto& record = model.families[model::Index<model::Family>{family.position}];
    Meaning meaning{std::string(word), record.id, record.name, true, {}};
    for (const auto& member : record.members) {
        const auto index = model.commodities.find(member);
        CHAINSIM_EXPECT(index.has_value(), "family '" + record.id + "' has an unknown member");
        meaning.members.push_back(*index);
    }
    return meaning;
}

} // namespace chainsim::graph
