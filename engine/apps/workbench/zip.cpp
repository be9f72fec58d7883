#include "zip.hpp"

#include <chainsim/base/error.hpp>

#include <cstdint>
#include <limits>
#include <string_view>
#include <zlib.h>

namespace chainsim::workbench {

namespace {

constexpr std::uint32_t file_mark = 0x04034b50;
constexpr std::uint32_t entry_mark = 0x02014b50;
constexpr std::uint32_t end_mark = 0x06054b50;
constexpr std::uint16_t version = 20; // deflate
constexpr std::uint16_t utf8_names = 1U << 11U;
constexpr std::uint16_t deflated = 8;
constexpr std::uint16_t first_day = (1U << 5U) | 1U; // 1980-01-01, the first that there is

/// Little-endian numbers, one after the other.
class Bytes {
public:
    Bytes& two(std::size_t number) { return add(number, 2); }
    Bytes& four(std::size_t number) { return add(number, 4); }
    Bytes& text(std::string_view text) {
        bytes_ += text;
        return *this;
    }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    [[nodiscard]] const std::string& all() const { return bytes_; }

private:
    Bytes& add(std::size_t number, unsigned count) {
        constexpr unsigned byte = 8;
        for (unsigned i = 0; i < count; ++i) {
            bytes_ += static_cast<char>((number >> (byte * i)) & 0xffU);
        }
        return *this;
    }

    std::string bytes_;
};

// zlib does not write to what it reads; its type lacks the const.
const Bytef* bytes_of(const std::string& text) {
    return reinterpret_cast<const Bytef*>(text.data()); // NOLINT(*-reinterpret-cast)
}

/// Compressed, without any header around it.
std::string packed_raw(const std::string& text) {
    z_stream stream{};
    constexpr int raw = -15; // the largest window
    constexpr int memory = 8;
    CHAINSIM_EXPECT(deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, raw, memory,
                                 Z_DEFAULT_STRATEGY) == Z_OK,
                    "zlib is there");
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = const_cast<Bytef*>(bytes_of(text)); // NOLINT(*-const-cast)
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data()); // NOLINT(*-reinterpret-cast)
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    CHAINSIM_EXPECT(result == Z_STREAM_END, "there is room for all of it");
    return out;
}

} // namespace

std::string to_zip(std::span<const study::ExportedFile> files) {
    CHAINSIM_EXPECT(files.size() <= std::numeric_limits<std::uint16_t>::max(),
                    "an archive of so many files");
    Bytes out;
    Bytes directory;
    for (const auto& file : files) {
        CHAINSIM_EXPECT(file.text.size() < std::numeric_limits<std::uint32_t>::max(),
                        "a file too large for an archive");
        const auto content = packed_raw(file.text);
        const auto begin = out.size();
        const auto common = [&](Bytes& bytes) {
            bytes.two(version).two(utf8_names).two(deflated).two(0).two(first_day);
            bytes.four(crc32(0, bytes_of(file.text), static_cast<uInt>(file.text.size())));
            bytes.four(content.size()).four(file.text.size()).two(file.name.size()).two(0);
        };
        out.four(file_mark);
        common(out);
        out.text(file.name).text(content);
        directory.four(entry_mark).two(version);
        common(directory);
        directory.two(0).two(0).two(0).four(0).four(begin).text(file.name);
    }
    const auto begin = out.size();
    out.text(directory.all());
    out.four(end_mark).two(0).two(0).two(files.size()).two(files.size());
    out.four(directory.size()).four(begin).two(0);
    return out.all();
}

} // namespace chainsim::workbench
