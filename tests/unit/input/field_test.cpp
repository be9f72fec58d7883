#include "support/catch.hpp"
#include <chainsim/input/field.hpp>

#include <array>

using namespace chainsim::input;

namespace {

constexpr std::array<std::string_view, 2> ranks{"after_local", "before_local"};
constexpr std::array market_fields{
    Field{.key = "limit",
          .kind = FieldKind::path,
          .unit = "t",
          .minimum = 0.0,
          .doc = "Most in a year."},
    Field{.key = "rank",
          .kind = FieldKind::word,
          .presence = Presence::required,
          .words = ranks,
          .doc = "Order."},
    Field{.key = "share",
          .kind = FieldKind::quantity,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 1.0,
          .doc = "Part."},
    Field{.key = "makers", .kind = FieldKind::records, .record = "maker", .doc = "Who."},
};
const RecordTable market{"market", "Where it is traded.", market_fields};

} // namespace

TEST_CASE("A table knows its keys", "[input][field]") {
    CHECK(market.find("limit")->unit == "t");
    CHECK(market.find("limits") == nullptr);
    CHECK(market.keys() == std::vector<std::string>{"limit", "rank", "share", "makers"});
}

TEST_CASE("The reference page shows what the table accepts", "[input][field]") {
    const std::array tables{&market};
    CHECK(reference_page(tables) ==
          "\n## market\n\nWhere it is traded.\n\n"
          "| key | value | unit | meaning |\n|---|---|---|---|\n"
          "| `limit` | path | t | Most in a year. At least 0. |\n"
          "| `rank` (required) | `after_local`, `before_local` |  | Order. |\n"
          "| `share` | quantity | 1 | Part. From 0 to 1. |\n"
          "| `makers` | id → [maker](#maker) |  | Who. |\n");
}
