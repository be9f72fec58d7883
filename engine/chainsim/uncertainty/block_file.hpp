#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace chainsim::uncertainty {

/// Blocks of draws as they come, kept so that an interrupted sample can go on: what was written and
/// is whole is found again, a block that was cut short is not.
///
/// Shapes   a block: columns x draws floats, column by column; the last block may be shorter.
/// Errors   IoError with the path and the system's reason, or if it holds another sample, which
///          `key` tells.
class BlockFile {
public:
    struct Layout {
        std::string key; ///< of the sample: a digest of all that its draws depend on
        std::size_t columns = 0;
        std::size_t block = 0; ///< draws
        std::size_t draws = 0;
    };

    /// A new file, or, with `resume`, the one that is there, cut behind its last whole block.
    BlockFile(std::filesystem::path path, Layout layout, bool resume);

    [[nodiscard]] std::size_t blocks() const noexcept { return blocks_; }
    [[nodiscard]] std::size_t draws_in(std::size_t block) const;
    void append(const std::vector<float>& values);
    void read(std::size_t block, std::vector<float>& values);
    /// One column of a block.
    void read_column(std::size_t block, std::size_t column, std::vector<float>& values);

private:
    [[nodiscard]] std::uint64_t place(std::size_t block) const;
    [[noreturn]] void fail(const std::string& what) const;
    void create();
    void find_blocks();

    std::filesystem::path path_;
    Layout layout_;
    std::string head_;
    std::size_t blocks_ = 0;
    std::fstream file_;
};

} // namespace chainsim::uncertainty
