#include <chainsim/sheets/detail/key_path.hpp>

#include <charconv>

namespace chainsim::sheets::detail {

std::string to_text(const std::vector<Step>& path) {
    std::string out;
    for (const auto& step : path) {
        if (step.item >= 0) {
            out += '[' + std::to_string(step.item) + ']';
            continue;
        }
        out += out.empty() ? "" : ".";
        for (const char c : step.key) {
            if (c == '.' || c == '[' || c == ']' || c == '\\') {
                out += '\\';
            }
            out += c;
        }
    }
    return out;
}

std::optional<std::vector<Step>> to_path(std::string_view text) {
    std::vector<Step> out;
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == '[') {
            Step step;
            const auto* begin = text.data() + at + 1;
            const auto* end = text.data() + text.size();
            const auto [stop, error] = std::from_chars(begin, end, step.item);
            constexpr int most_items = 2000;
            if (error != std::errc{} || stop == end || *stop != ']' || step.item < 0 ||
                step.item > most_items) {
                return std::nullopt;
            }
            out.push_back(std::move(step));
            at = static_cast<std::size_t>(stop - text.data()) + 1;
            if (at < text.size() && text[at] == '.') {
                ++at;
            }
            continue;
        }
        Step step;
        bool is_done = false;
        while (at < text.size() && !is_done) {
            if (text[at] == '\\' && at + 1 < text.size()) {
                step.key += text[at + 1];
                at += 2;
            } else if (text[at] == '.') {
                ++at;
                is_done = true;
            } else if (text[at] == '[') {
                is_done = true;
            } else {
                step.key += text[at++];
            }
        }
        if (step.key.empty()) {
            return std::nullopt;
        }
        out.push_back(std::move(step));
    }
    return out.empty() ? std::nullopt : std::optional(std::move(out));
}

} // namespace chainsim::sheets::detail
