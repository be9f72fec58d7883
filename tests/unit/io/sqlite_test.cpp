#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/io/sqlite.hpp>

#include <string>
#include <vector>

namespace io = chainsim::io;
namespace table = chainsim::table;

SCENARIO("Tables go into a database and come back", "[io][sqlite]") {
    const chainsim::test::Scratch scratch;
    GIVEN("a table with texts, whole numbers, numbers and an absent number") {
        table::Table made("flows", {table::text_column("commodity"), table::whole_column("year"),
                                    table::number_column("amount", "t")});
        made.append({"焦炭 \"coke\"; --", std::int64_t{2025}, 1.0 / 3.0});
        made.append({"", std::int64_t{-1}, table::absent});
        io::write_sqlite(scratch / "run.sqlite", std::vector{made});

        THEN("each cell is what it was") {
            const auto back = io::read_sqlite(scratch / "run.sqlite", "flows");
            CHECK(back.column("commodity").cells == made.column("commodity").cells);
            CHECK(back.column("year").cells == made.column("year").cells);
            CHECK(back.column("amount").at(0) == table::Cell{1.0 / 3.0});
            CHECK(std::isnan(std::get<double>(back.column("amount").at(1))));
        }
        THEN("the unit of the column stands in a table of its own") {
            const auto units = io::read_sqlite(scratch / "run.sqlite", "units");
            REQUIRE(units.rows() == 1);
            CHECK(units.column("column_name").at(0) == table::Cell{std::string("amount")});
            CHECK(units.column("unit").at(0) == table::Cell{std::string("t")});
        }
        THEN("a second database does not overwrite it") {
            CHECK_THROWS_WITH(io::write_sqlite(scratch / "run.sqlite", std::vector{made}),
                              "cannot write '" + (scratch / "run.sqlite").string() +
                                  "': it exists");
        }
    }
    GIVEN("no database") {
        THEN("reading says so") {
            CHECK_THROWS_AS(io::read_sqlite(scratch / "none.sqlite", "flows"), chainsim::IoError);
        }
        THEN("writing into a folder that is not there says so") {
            CHECK_THROWS_AS(io::write_sqlite(scratch / "no" / "run.sqlite", {}), chainsim::IoError);
        }
    }
}
