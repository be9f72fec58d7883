#pragma once

#include <optional>
#include <string_view>

namespace chainsim::table {

/// The languages that names, headings and reports come in.
enum class Language { zh, en };

[[nodiscard]] std::string_view to_string(Language language);

/// "zh" or "en"; nothing for any other text.
[[nodiscard]] std::optional<Language> to_language(std::string_view text);

/// The language that a POSIX locale name asks for: zh for "zh_CN.UTF-8", en for all others.
[[nodiscard]] Language language_of_locale(std::string_view locale);

} // namespace chainsim::table
