#include "multipart.hpp"

#include "problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>

namespace chainsim::workbench {

namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t longest_head = 4096;

[[noreturn]] void refuse_form(const std::string& why) {
    throw Refusal(Status::malformed, fmt::format("this is no multipart form: {}", why));
}

bool begins_alike(std::string_view text, std::string_view beginning) {
    return text.size() >= beginning.size() &&
           std::equal(
               beginning.begin(), beginning.end(), text.begin(),
               [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

/// The value of `key=` in "form-data; key=value; key=\"value\"". In quotes a browser writes
/// %22 for a quote, so that the next one ends the value.
std::optional<std::string> parameter(std::string_view text, std::string_view key) {
    for (auto at = text.find(';'); at != std::string_view::npos; at = text.find(';', at)) {
        ++at;
        at = std::min(text.find_first_not_of(" \t", at), text.size());
        const bool is_it = begins_alike(text.substr(at), key) && at + key.size() < text.size() &&
                           text[at + key.size()] == '=';
        const auto value = text.find('=', at);
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        const bool is_quoted = value + 1 < text.size() && text[value + 1] == '"';
        const auto begin = value + (is_quoted ? 2 : 1);
        auto end = text.find(is_quoted ? '"' : ';', begin);
        if (end == std::string_view::npos) {
            if (is_quoted) {
                return std::nullopt;
            }
            end = text.size();
        }
        if (is_it) {
            return std::string(text.substr(begin, end - begin));
        }
        at = end;
    }
    return std::nullopt;
}

/// What stands above the content of a part.
FormPart part_of(std::string_view head, std::string_view content) {
    FormPart part;
    part.content = content;
    while (!head.empty()) {
        const auto end = std::min(head.find(line_end), head.size());
        const auto line = head.substr(0, end);
        head.remove_prefix(std::min(end + line_end.size(), head.size()));
        if (begins_alike(line, "content-disposition:")) {
            part.name = parameter(line, "name").value_or("");
            part.file_name = parameter(line, "filename").value_or("");
        }
    }
    return part;
}

} // namespace

std::vector<FormPart> parts_of(std::string_view body, std::string_view content_type,
                               std::size_t most_parts) {
    constexpr std::size_t longest_boundary = 70; // RFC 2046
    const auto boundary = parameter(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > longest_boundary) {
        refuse_form("its type names no boundary");
    }
    const std::string first = "--" + *boundary;
    const std::string next = std::string(line_end) + first;
    if (!body.starts_with(first)) {
        refuse_form("it does not begin with its boundary");
    }
    body.remove_prefix(first.size());
    std::vector<FormPart> parts;
    while (!body.starts_with("--")) {
        constexpr std::string_view blank = "\r\n\r\n";
        const auto head_end = body.substr(0, longest_head).find(blank);
        if (!body.starts_with(line_end) || head_end == std::string_view::npos) {
            refuse_form("a part has no head");
        }
        const auto content = body.substr(head_end + blank.size());
        const auto end = content.find(next);
        if (end == std::string_view::npos) {
            refuse_form("it ends within a part");
        }
        if (parts.size() == most_parts) {
            throw Refusal(Status::too_large, fmt::format("more than {} files", most_parts));
        }
        parts.push_back(part_of(body.substr(0, head_end), content.substr(0, end)));
        body = content.substr(end + next.size());
    }
    return parts;
}

} // namespace chainsim::workbench
