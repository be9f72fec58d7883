#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::sheets::detail {

/// One step into a tree: a key of a map, or a position in a list.
struct Step {
    std::string key;
    int item = -1; ///< of a list; then there is no key

    friend bool operator==(const Step&, const Step&) = default;
};

/// "minima[0].amount"; dots, brackets and backslashes of keys are written behind a backslash.
[[nodiscard]] std::string to_text(const std::vector<Step>& path);
/// Nothing for a text that is no path.
[[nodiscard]] std::optional<std::vector<Step>> to_path(std::string_view text);

} // namespace chainsim::sheets::detail
