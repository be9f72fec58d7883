#include <chainsim/input/field.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chainsim::input {

namespace {

/// "at least 0", "from 0 to 1", or empty.
std::string limits(const Field& field) {
    const bool low = std::isfinite(field.minimum);
    const bool high = std::isfinite(field.maximum);
    if (low && high) {
        return fmt::format(" From {} to {}.", field.minimum, field.maximum);
    }
    if (low) {
        return fmt::format(" At least {}.", field.minimum);
    }
    return high ? fmt::format(" At most {}.", field.maximum) : std::string{};
}

std::string what(const Field& field) {
    switch (field.kind) {
    case FieldKind::word: {
        std::string words;
        for (const auto word : field.words) {
            words += fmt::format("{}`{}`", words.empty() ? "" : ", ", word);
        }
        return words;
    }
    case FieldKind::record:
        return fmt::format("[{0}](#{0})", field.record);
    case FieldKind::records:
        return fmt::format("id → [{0}](#{0})", field.record);
    default:
        return std::string(to_string(field.kind));
    }
}

} // namespace

std::string_view to_string(FieldKind kind) {
    switch (kind) {
    case FieldKind::text:
        return "text";
    case FieldKind::texts:
        return "list of texts";
    case FieldKind::word:
        return "word";
    case FieldKind::whole:
        return "whole number";
    case FieldKind::yes_no:
        return "true or false";
    case FieldKind::quantity:
        return "quantity";
    case FieldKind::datum:
        return "datum";
    case FieldKind::path:
        return "path";
    case FieldKind::record:
        return "record";
    case FieldKind::records:
        return "records by id";
    case FieldKind::list:
        return "list";
    case FieldKind::map:
        return "map";
    case FieldKind::any:
        return "see there";
    }
    return {};
}

const Field* RecordTable::find(std::string_view key) const {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.key == key; });
    return found == fields.end() ? nullptr : &*found;
}

std::vector<std::string> RecordTable::keys() const {
    std::vector<std::string> result;
    result.reserve(fields.size());
    for (const auto& field : fields) {
        result.emplace_back(field.key);
    }
    return result;
}

std::string reference_page(std::span<const RecordTable* const> tables) {
    std::string page;
    for (const auto* table : tables) {
        page += fmt::format("\n## {}\n\n{}\n\n", table->name, table->doc);
        page += "| key | value | unit | meaning |\n|---|---|---|---|\n";
        for (const auto& field : table->fields) {
            page += fmt::format("| `{}`{} | {} | {} | {}{} |\n", field.key,
                                field.presence == Presence::required ? " (required)" : "",
                                what(field), field.unit, field.doc, limits(field));
        }
    }
    return page;
}

} // namespace chainsim::input
