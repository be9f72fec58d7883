#include <chainsim/base/nearest.hpp>
#include <chainsim/base/utf8.hpp>

#include <algorithm>
#include <vector>

namespace chainsim {

namespace {

/// Longer words are no typing errors of anything, and the distance costs length squared.
constexpr std::size_t longest = 80;

/// Optimal string alignment: insertions, deletions, substitutions, and swaps of neighbours.
std::size_t distance(const std::u32string& a, const std::u32string& b) {
    const std::size_t columns = b.size() + 1;
    std::vector<std::size_t> before_last(columns);
    std::vector<std::size_t> last(columns);
    std::vector<std::size_t> row(columns);
    for (std::size_t j = 0; j < columns; ++j) {
        last[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j < columns; ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before_last[j - 2] + 1);
            }
        }
        before_last.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

} // namespace

std::string nearest(std::string_view word, std::span<const std::string> known) {
    const std::u32string wanted = utf8::decode(word.substr(0, 4 * longest));
    if (wanted.size() > longest) {
        return {};
    }
    const std::size_t limit = wanted.size() / 3;
    std::size_t best = limit + 1;
    const std::string* found = nullptr;
    for (const auto& candidate : known) {
        const std::u32string letters = utf8::decode(candidate);
        const std::size_t longer = std::max(letters.size(), wanted.size());
        if (longer - std::min(letters.size(), wanted.size()) > limit) {
            continue;
        }
        const std::size_t d = distance(wanted, letters);
        if (d < best || (d == best && found != nullptr && candidate < *found)) {
            best = d;
            found = &candidate;
        }
    }
    return found == nullptr ? std::string{} : *found;
}

} // namespace chainsim
