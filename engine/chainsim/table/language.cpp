#include <chainsim/table/language.hpp>

namespace chainsim::table {

std::string_view to_string(Language language) { return language == Language::zh ? "zh" : "en"; }

std::optional<Language> to_language(std::string_view text) {
    if (text == "zh") {
        return Language::zh;
    }
    if (text == "en") {
        return Language::en;
    }
    return std::nullopt;
}

Language language_of_locale(std::string_view locale) {
    return locale.starts_with("zh") ? Language::zh : Language::en;
}

} // namespace chainsim::table
