#include <chainsim/base/error.hpp>
#include <chainsim/uncertainty/block_file.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace chainsim::uncertainty {

namespace {

/// FNV-1a: tells a block that was cut or overwritten from a whole one.
std::uint64_t checksum(const std::vector<float>& values) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const float value : values) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        hash = (hash ^ bits) * 0x100000001b3ULL;
    }
    return hash;
}

} // namespace

BlockFile::BlockFile(std::filesystem::path path, Layout layout, bool resume)
    : path_(std::move(path)), layout_(std::move(layout)),
      head_(fmt::format("chainsim.draws/1 {} {} {} {}\n", layout_.key, layout_.columns,
                        layout_.block, layout_.draws)) {
    if (!resume || !std::filesystem::exists(path_)) {
        create();
        return;
    }
    find_blocks();
}

void BlockFile::fail(const std::string& what) const { throw IoError(path_.string() + ": " + what); }

void BlockFile::create() {
    file_.open(path_, std::ios::in | std::ios::out | std::ios::binary | std::ios::trunc);
    file_.write(head_.data(), static_cast<std::streamsize>(head_.size()));
    file_.flush();
    if (!file_) {
        fail(std::generic_category().message(errno));
    }
}

void BlockFile::find_blocks() {
    file_.open(path_, std::ios::in | std::ios::out | std::ios::binary);
    std::string head(head_.size(), '\0');
    if (!file_.read(head.data(), static_cast<std::streamsize>(head.size())) || head != head_) {
        fail("it holds the draws of another sample: other inputs, other options or another "
             "version; remove it, or choose another folder");
    }
    const std::size_t all = (layout_.draws + layout_.block - 1) / layout_.block;
    std::vector<float> values;
    while (blocks_ < all) {
        values.resize(layout_.columns * draws_in(blocks_));
        std::uint64_t sum = 0;
        file_.read(reinterpret_cast<char*>(values.data()),
                   static_cast<std::streamsize>(values.size() * sizeof(float)));
        file_.read(reinterpret_cast<char*>(&sum), sizeof sum);
        if (!file_ || sum != checksum(values)) {
            break;
        }
        ++blocks_;
    }
    file_.clear();
    file_.close();
    std::error_code error;
    std::filesystem::resize_file(path_, place(blocks_), error);
    if (error) {
        fail(error.message());
    }
    file_.open(path_, std::ios::in | std::ios::out | std::ios::binary);
}

std::size_t BlockFile::draws_in(std::size_t block) const {
    return std::min(layout_.block, layout_.draws - block * layout_.block);
}

std::uint64_t BlockFile::place(std::size_t block) const {
    const std::uint64_t draws = std::min(block * layout_.block, layout_.draws);
    return head_.size() + draws * layout_.columns * sizeof(float) + block * sizeof(std::uint64_t);
}

void BlockFile::append(const std::vector<float>& values) {
    CHAINSIM_EXPECT(values.size() == layout_.columns * draws_in(blocks_),
                    "a block has all its draws");
    const std::uint64_t sum = checksum(values);
    file_.seekp(static_cast<std::streamoff>(place(blocks_)));
    file_.write(reinterpret_cast<const char*>(values.data()),
                static_cast<std::streamsize>(values.size() * sizeof(float)));
    file_.write(reinterpret_cast<const char*>(&sum), sizeof sum);
    file_.flush();
    if (!file_) {
        fail(std::generic_category().message(errno));
    }
    ++blocks_;
}

void BlockFile::read(std::size_t block, std::vector<float>& values) {
    values.resize(layout_.columns * draws_in(block));
    file_.seekg(static_cast<std::streamoff>(place(block)));
    if (!file_.read(reinterpret_cast<char*>(values.data()),
                    static_cast<std::streamsize>(values.size() * sizeof(float)))) {
        fail("it cannot be read back");
    }
}

void BlockFile::read_column(std::size_t block, std::size_t column, std::vector<float>& values) {
    const std::size_t draws = draws_in(block);
    values.resize(draws);
    file_.seekg(static_cast<std::streamoff>(place(block) + column * draws * sizeof(float)));
    if (!file_.read(reinterpret_cast<char*>(values.data()),
                    static_cast<std::streamsize>(draws * sizeof(float)))) {
        fail("it cannot be read back");
    }
}

} // namespace chainsim::uncertainty
