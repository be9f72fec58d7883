#include "support/catch.hpp"
#include <chainsim/table/column.hpp>
#include <chainsim/table/number_text.hpp>

#include <charconv>
#include <limits>
#include <string>

using chainsim::table::absent;
using chainsim::table::exact_text;
using chainsim::table::percent_text;
using chainsim::table::reader_text;

TEST_CASE("An exact number reads back as the same number, by the shortest text",
          "[table][number_text]") {
    CHECK(exact_text(0.1) == "0.1");
    CHECK(exact_text(3.0) == "3");
    CHECK(exact_text(1e300) == "1e+300");
    CHECK(exact_text(-0.0) == "0");
    for (const double number : {1.0 / 3.0, 6.2e6, 0.1 + 0.2, std::numeric_limits<double>::min(),
                                std::numeric_limits<double>::max()}) {
        const std::string text = exact_text(number);
        double back = 0.0;
        std::from_chars(text.data(), text.data() + text.size(), back);
        CHECK(back == number);
    }
}

TEST_CASE("An absent number is an empty cell for programs and a dash for readers",
          "[table][number_text]") {
    CHECK(exact_text(absent).empty());
    CHECK(reader_text(absent) == "-");
    CHECK(percent_text(absent) == "-");
}

TEST_CASE("A reader sees four digits that count, and thousands apart", "[table][number_text]") {
    CHECK(reader_text(1234567.8) == "1,234,568");
    CHECK(reader_text(123456.0) == "123,456");
    CHECK(reader_text(999.96) == "1,000");
    CHECK(reader_text(12.345) == "12.35");
    CHECK(reader_text(12.0) == "12");
    CHECK(reader_text(0.0012346) == "0.001235");
    CHECK(reader_text(-9876.5) == "-9,876");
    CHECK(reader_text(0.0) == "0");
    CHECK(reader_text(1.23e-9) == "1.23e-09");
}

TEST_CASE("A share is told in percent", "[table][number_text]") {
    CHECK(percent_text(0.12345) == "12.3 %");
    CHECK(percent_text(1.0) == "100.0 %");
    CHECK(percent_text(0.0) == "0.0 %");
}
