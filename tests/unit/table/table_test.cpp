#include "support/catch.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/table/table.hpp>

#include <string>
#include <vector>

namespace table = chainsim::table;

SCENARIO("A table grows row by row and stays rectangular", "[table]") {
    GIVEN("a table of a text, a whole number and a number") {
        table::Table made("plants", {table::text_column("id"), table::whole_column("year"),
                                     table::number_column("capacity", "kt/a")});
        made.append({"ovens", std::int64_t{2025}, 960.5});

        THEN("its cells are found by column and row") {
            CHECK(made.rows() == 1);
            CHECK(made.column("capacity").unit == "kt/a");
            CHECK(made.column("capacity").at(0) == table::Cell{960.5});
            CHECK(made.column("id").at(0) == table::Cell{std::string("ovens")});
        }
        WHEN("a row of another length or kind is added") {
            THEN("it is refused, and the table stays as it was") {
                CHECK_THROWS_AS(made.append({"ovens"}), chainsim::ContractError);
                CHECK_THROWS_AS(made.append({"ovens", 2025.0, 960.5}), chainsim::ContractError);
                CHECK(made.rows() == 1);
                CHECK(made.column("id").size() == 1);
            }
        }
        WHEN("a column or a row is asked for that is not there") {
            THEN("the message names it") {
                CHECK_THROWS_WITH(made.column("owner"),
                                  "contract: table 'plants' has no column 'owner'");
                CHECK_THROWS_WITH(made.column("id").at(1), "contract: column 'id' has no such row");
            }
        }
    }
    GIVEN("columns that do not fit together") {
        THEN("they make no table") {
            CHECK_THROWS_AS(table::Table("t", {table::text_column("a"), table::text_column("a")}),
                            chainsim::ContractError);
            CHECK_THROWS_AS(
                table::Table("t", {{"a", "", std::vector<double>{1.0}}, table::text_column("b")}),
                chainsim::ContractError);
        }
    }
}
