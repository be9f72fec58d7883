#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/uncertainty/block_file.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using Catch::Matchers::Contains;
using chainsim::IoError;
using chainsim::test::Scratch;
using chainsim::uncertainty::BlockFile;
namespace fs = std::filesystem;

/// Three columns, blocks of four draws, ten draws: the last block has two.
const BlockFile::Layout small_layout{"abc", 3, 4, 10};

std::vector<float> block_values(std::size_t block, std::size_t draws) {
    std::vector<float> values;
    for (std::size_t i = 0; i < 3 * draws; ++i) {
        values.push_back(static_cast<float>(100 * block + i) + 0.5F);
    }
    return values;
}

void write_blocks(BlockFile& file, std::size_t first, std::size_t end) {
    for (std::size_t block = first; block < end; ++block) {
        file.append(block_values(block, file.draws_in(block)));
    }
}

std::string bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void put_bytes(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

/// A whole file of all three blocks.
std::string whole_file(const fs::path& path) {
    {
        BlockFile file(path, small_layout, false);
        write_blocks(file, 0, 3);
    }
    return bytes_of(path);
}

constexpr std::uintmax_t whole_block = 3 * 4 * sizeof(float) + sizeof(std::uint64_t);
constexpr std::uintmax_t last_block = 3 * 2 * sizeof(float) + sizeof(std::uint64_t);

} // namespace

SCENARIO("Blocks are read back as they were written", "[uncertainty][block_file]") {
    const Scratch scratch;
    GIVEN("a file of ten draws in blocks of four") {
        BlockFile file(scratch / "draws.bin", small_layout, false);
        CHECK(file.blocks() == 0);
        write_blocks(file, 0, 3);
        THEN("each block has its draws, the last what is left") {
            CHECK(file.blocks() == 3);
            CHECK(file.draws_in(0) == 4);
            CHECK(file.draws_in(2) == 2);
            std::vector<float> values;
            for (const std::size_t block : {2U, 0U, 1U}) {
                file.read(block, values);
                CHECK(values == block_values(block, file.draws_in(block)));
            }
        }
        THEN("a column stands by itself") {
            std::vector<float> column;
            file.read_column(1, 2, column);
            CHECK(column == std::vector<float>{108.5F, 109.5F, 110.5F, 111.5F});
            file.read_column(2, 1, column);
            CHECK(column == std::vector<float>{202.5F, 203.5F});
        }
    }
    GIVEN("a block of the wrong size") {
        BlockFile file(scratch / "draws.bin", small_layout, false);
        CHECK_THROWS_AS(file.append(block_values(0, 3)), chainsim::ContractError);
    }
}

SCENARIO("An interrupted file goes on behind its last whole block", "[uncertainty][block_file]") {
    const Scratch scratch;
    const auto path = scratch / "draws.bin";
    const auto whole = whole_file(path);
    GIVEN("a file cut anywhere behind its head") {
        const std::size_t head = whole.size() - 2 * whole_block - last_block;
        for (std::size_t size = head; size <= whole.size(); ++size) {
            put_bytes(path, whole.substr(0, size));
            BlockFile file(path, small_layout, true);
            const std::size_t expected =
                size == whole.size() ? 3 : (size - head) / static_cast<std::size_t>(whole_block);
            CAPTURE(size, head);
            REQUIRE(file.blocks() == expected);
            write_blocks(file, expected, 3);
            REQUIRE(bytes_of(path) == whole);
        }
    }
    GIVEN("a byte that has flipped") {
        const std::size_t head = whole.size() - 2 * whole_block - last_block;
        for (const std::size_t at : {head + 1, head + whole_block - 1, head + whole_block + 5,
                                     whole.size() - last_block + 2, whole.size() - 1}) {
            auto bytes = whole;
            bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
            put_bytes(path, bytes);
            BlockFile file(path, small_layout, true);
            const std::size_t expected = (at - head) / static_cast<std::size_t>(whole_block);
            CAPTURE(at, head);
            CHECK(file.blocks() == expected);
            write_blocks(file, expected, 3);
            CHECK(bytes_of(path) == whole);
        }
    }
    GIVEN("something more behind the last block") {
        put_bytes(path, whole + "more");
        BlockFile file(path, small_layout, true);
        CHECK(file.blocks() == 3);
        CHECK(bytes_of(path) == whole);
    }
    GIVEN("no file yet") {
        BlockFile file(scratch / "other.bin", small_layout, true);
        CHECK(file.blocks() == 0);
    }
    GIVEN("that it is begun anew") {
        BlockFile file(path, small_layout, false);
        CHECK(file.blocks() == 0);
        CHECK(bytes_of(path).size() < whole_block);
    }
}

SCENARIO("Draws of another sample are refused and left alone", "[uncertainty][block_file]") {
    const Scratch scratch;
    const auto path = scratch / "draws.bin";
    const auto whole = whole_file(path);
    const auto refused = [&](const BlockFile::Layout& layout) {
        CHECK_THROWS_AS(BlockFile(path, layout, true), IoError);
        CHECK_THROWS_WITH(BlockFile(path, layout, true),
                          Contains(path.string()) && Contains("another sample"));
        CHECK(bytes_of(path) == whole);
    };
    GIVEN("another key") { refused({"abd", 3, 4, 10}); }
    GIVEN("other columns") { refused({"abc", 4, 4, 10}); }
    GIVEN("other draws") { refused({"abc", 3, 4, 9}); }
    GIVEN("a file that ends within its head") {
        put_bytes(path, whole.substr(0, 9));
        CHECK_THROWS_AS(BlockFile(path, small_layout, true), IoError);
    }
    GIVEN("a folder that is not there") {
        CHECK_THROWS_AS(BlockFile(scratch / "none" / "draws.bin", small_layout, false), IoError);
    }
}
