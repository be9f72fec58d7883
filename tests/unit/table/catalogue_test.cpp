#include "support/catch.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/table/catalogue.hpp>

#include <algorithm>
#include <string>

using chainsim::table::Language;

TEST_CASE("Both languages of a sentence have the same places to fill", "[table][catalogue]") {
    for (const auto key : chainsim::table::sentences()) {
        INFO(key);
        const auto places = [key](Language language) {
            const std::string text(chainsim::table::say(key, language));
            return std::count(text.begin(), text.end(), '{');
        };
        CHECK(places(Language::zh) == places(Language::en));
        CHECK_FALSE(chainsim::table::say(key, Language::zh).empty());
        CHECK_FALSE(chainsim::table::say(key, Language::en).empty());
    }
}

TEST_CASE("A column is headed in the language asked for, or keeps its name", "[table][catalogue]") {
    CHECK(chainsim::table::heading("capacity", Language::zh) == "产能");
    CHECK(chainsim::table::heading("capacity", Language::en) == "capacity");
    CHECK(chainsim::table::heading("Cl", Language::zh) == "Cl");
}

TEST_CASE("A sentence that the catalogue lacks is an error of the code", "[table][catalogue]") {
    CHECK_THROWS_AS(chainsim::table::say("no such sentence", Language::en),
                    chainsim::ContractError);
}

TEST_CASE("A locale asks for Chinese only if it is one of China's language", "[table][language]") {
    CHECK(chainsim::table::language_of_locale("zh_CN.UTF-8") == Language::zh);
    CHECK(chainsim::table::language_of_locale("zh_TW") == Language::zh);
    CHECK(chainsim::table::language_of_locale("en_GB.UTF-8") == Language::en);
    CHECK(chainsim::table::language_of_locale("C") == Language::en);
    CHECK(chainsim::table::language_of_locale("") == Language::en);
}
