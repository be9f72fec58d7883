#include "support/catch.hpp"
#include <chainsim/base/source_location.hpp>

using chainsim::SourceLocation;

TEST_CASE("A place is file:line:column, without what is unknown", "[base]") {
    CHECK(to_string(SourceLocation{"mill.yaml", 4, 12}) == "mill.yaml:4:12");
    CHECK(to_string(SourceLocation{"mill.yaml", 4, 0}) == "mill.yaml:4");
    CHECK(to_string(SourceLocation{"mill.yaml", 0, 0}) == "mill.yaml");
    CHECK(to_string(SourceLocation{}).empty());
}
