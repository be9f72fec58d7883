#include "served.hpp"
#include "support/catch.hpp"
#include "zip.hpp"

#include <cstdint>
#include <string>
#include <vector>
#include <zlib.h>

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using chainsim::study::ExportedFile;
using chainsim::test::Served;
using chainsim::test::within;

namespace {

std::size_t number_at(const std::string& bytes, std::size_t at, std::size_t count) {
    std::size_t number = 0;
    for (std::size_t i = 0; i < count; ++i) {
        number |= std::size_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return number;
}

/// The files of an archive, as the list at its end has them.
std::vector<ExportedFile> from_zip(const std::string& bytes) {
    const auto end = bytes.size() - 22;
    REQUIRE(number_at(bytes, end, 4) == 0x06054b50);
    const auto count = number_at(bytes, end + 10, 2);
    auto at = number_at(bytes, end + 16, 4);
    std::vector<ExportedFile> files;
    for (std::size_t i = 0; i < count; ++i) {
        REQUIRE(number_at(bytes, at, 4) == 0x02014b50);
        const auto packed = number_at(bytes, at + 20, 4);
        std::string text(number_at(bytes, at + 24, 4), '\0');
        const auto name = number_at(bytes, at + 28, 2);
        const auto begin = number_at(bytes, at + 42, 4);
        REQUIRE(number_at(bytes, begin, 4) == 0x04034b50);
        const auto content = begin + 30 + number_at(bytes, begin + 26, 2);
        z_stream stream{};
        REQUIRE(inflateInit2(&stream, -15) == Z_OK);
        std::string source = bytes.substr(content, packed);
        stream.next_in = reinterpret_cast<Bytef*>(source.data());
        stream.avail_in = static_cast<uInt>(source.size());
        stream.next_out = reinterpret_cast<Bytef*>(text.data());
        stream.avail_out = static_cast<uInt>(text.size());
        CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
        inflateEnd(&stream);
        CHECK(crc32(0, reinterpret_cast<const Bytef*>(text.data()),
                    static_cast<uInt>(text.size())) == number_at(bytes, at + 16, 4));
        files.push_back({bytes.substr(at + 46, name), text});
        at += 46 + name;
    }
    CHECK(at == end);
    return files;
}

} // namespace

TEST_CASE("An archive holds its files", "[workbench]") {
    const std::vector<ExportedFile> files{{"a.csv", "id,value\n"},
                                          {"b.csv", std::string(70000, 'b')}};
    const auto read = from_zip(chainsim::workbench::to_zip(files));
    REQUIRE(read.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(read[i].name == files[i].name);
        CHECK(read[i].text == files[i].text);
    }
    CHECK(from_zip(chainsim::workbench::to_zip({})).empty());
}

TEST_CASE("A session is given away as a workbook, tables, a page and a scenario", "[workbench]") {
    const Served served;
    const auto opened = served.open("base_2025");
    const auto workbook = served.get(within(opened, "download/xlsx"));
    CHECK(workbook.status == 200);
    CHECK_THAT(workbook.body, StartsWith("PK"));
    CHECK(workbook.header("Content-Disposition") == R"(attachment; filename="base_2025.xlsx")");

    const auto tables = served.get(within(opened, "download/csv"));
    CHECK(tables.header("Content-Disposition") == R"(attachment; filename="base_2025.zip")");
    bool has_indicators = false;
    for (const auto& file : from_zip(tables.body)) {
        CHECK_THAT(file.text, StartsWith("\xef\xbb\xbf"));
        has_indicators |= file.name == "indicators.csv";
    }
    CHECK(has_indicators);

    const auto page = served.get(within(opened, "download/html"));
    CHECK(page.status == 200);
    CHECK_THAT(page.body, StartsWith("<!DOCTYPE html>"));
    CHECK_THAT(served.get(within(opened, "download/yaml")).body,
               Contains(R"(extends: "base_2025.yaml")"));
    CHECK(served.get(within(opened, "download/exe")).status == 404);
    CHECK(served.post(within(opened, "download/xlsx"), {}).status == 405);
}
