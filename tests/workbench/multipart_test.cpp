#include "multipart.hpp"
#include "problem.hpp"
#include "support/catch.hpp"

#include <string>

using chainsim::workbench::parts_of;
using chainsim::workbench::Refusal;

namespace {

constexpr const char* type = "multipart/form-data; boundary=\"--x y\"";

} // namespace

TEST_CASE("The parts of a form are found by its boundary", "[workbench]") {
    const std::string body =
        "----x y\r\nContent-Disposition: form-data; name=\"files\"; "
        "filename=\"mine/a;b.yaml\"\r\nContent-Type: text/plain\r\n\r\nfirst\r\n--\r\n\r\n----x "
        "y\r\ncontent-disposition: form-data; name=note\r\n\r\n\r\n----x y--\r\nwhatever";
    const auto parts = parts_of(body, type, 2);
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].name == "files");
    CHECK(parts[0].file_name == "mine/a;b.yaml");
    CHECK(parts[0].content == "first\r\n--\r\n");
    CHECK(parts[1].name == "note");
    CHECK(parts[1].file_name.empty());
    CHECK(parts[1].content.empty());
    CHECK_THROWS_AS(parts_of(body, type, 1), Refusal);
}

TEST_CASE("A form that is none is refused", "[workbench]") {
    for (const std::string body :
         {"", "----x y", "----x y\r\n", "----x y\r\nContent-Disposition: form-data\r\n\r\nopen",
          "something else", "----x yContent", "----x y\r\nno blank line\r\n----x y--"}) {
        INFO(body);
        CHECK_THROWS_AS(parts_of(body, type, 9), Refusal);
    }
    for (const std::string other : {"multipart/form-data", "multipart/form-data; boundary=",
                                    "multipart/form-data; boundary=\"open"}) {
        INFO(other);
        CHECK_THROWS_AS(parts_of("--\r\n", other, 9), Refusal);
    }
}
