#include "support/catch.hpp"
#include <chainsim/load/fields_reference.hpp>
#include <chainsim/load/json_schema.hpp>

#include <fstream>
#include <sstream>
#include <string>

namespace {

std::string text_of(const std::string& path) {
    std::ifstream file(std::string(CHAINSIM_SOURCE_DIR) + "/" + path);
    REQUIRE(file);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace

TEST_CASE("models/FIELDS.md is what the tables of the reader say", "[load][fields]") {
    INFO("write it again by `chainsim fields > models/FIELDS.md`");
    CHECK(text_of("models/FIELDS.md") == chainsim::load::fields_reference());
}

TEST_CASE("models/schema.json is what the tables of the reader say", "[load][fields]") {
    INFO("write it again by `chainsim fields --schema > models/schema.json`");
    CHECK(text_of("models/schema.json") == chainsim::load::json_schema());
}

TEST_CASE("The reference page names every record and its required keys", "[load][fields]") {
    const std::string page = chainsim::load::fields_reference();
    for (const char* record :
         {"commodity", "process", "facility", "project", "policy", "scenario", "market"}) {
        INFO(record);
        CHECK(page.find("\n## " + std::string(record) + "\n") != std::string::npos);
    }
    CHECK(page.find("| `capacity` (required) | datum | reference product per year | Nameplate. At "
                    "least 0. |") != std::string::npos);
}
