#include <chainsim/base/sha256.hpp>
#include <chainsim/input/detail/tree_image.hpp>
#include <chainsim/input/document.hpp>
#include <chainsim/input/tree_cache.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace chainsim::input {

namespace {

namespace fs = std::filesystem;

/// Of the reader that made a tree: its sources, so that no tree outlives a change to them.
constexpr std::string_view reader_version = CHAINSIM_READER_VERSION;
constexpr std::string_view extension = ".tree";
constexpr std::size_t digest_length = 64; ///< hexadecimal digits

std::string_view variable(const char* name) {
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nothing sets any here
    return value == nullptr ? std::string_view() : value;
}

/// Covers the name of the file too: an image under the name of another text is none of it.
std::string checksum(const fs::path& file, std::string_view image) {
    return sha256(fmt::format("{}\n{}", file.filename().string(), image));
}

std::string read_whole(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    const std::streamoff size = stream ? static_cast<std::streamoff>(stream.tellg()) : 0;
    if (size <= 0 || static_cast<std::uint64_t>(size) > largest_cache) {
        return {};
    }
    std::string bytes(static_cast<std::size_t>(size), '\0');
    stream.seekg(0);
    stream.read(bytes.data(), size);
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    return bytes;
}

} // namespace

TreeCache::TreeCache(fs::path folder) : folder_(std::move(folder)) {}

TreeCache TreeCache::of_user() {
    if (variable("CHAINSIM_CACHE") == "off") {
        return {};
    }
    const fs::path stated(variable("XDG_CACHE_HOME"));
    if (stated.is_absolute()) { // others are to be ignored (XDG Base Directory Specification 0.8)
        return TreeCache(stated / "chainsim");
    }
    const fs::path home(variable("HOME"));
    return home.is_absolute() ? TreeCache(home / ".cache" / "chainsim") : TreeCache();
}

fs::path TreeCache::file_of(const Document& document) const {
    return folder_ /
           fmt::format("{}-{}{}", sha256(document.text()), reader_version.substr(0, 16), extension);
}

std::optional<Node> TreeCache::find(const Document& document) const {
    if (folder_.empty()) {
        return std::nullopt;
    }
    const fs::path file = file_of(document);
    const std::string bytes = read_whole(file);
    const std::string_view image =
        std::string_view(bytes).substr(std::min(digest_length, bytes.size()));
    if (image.empty() || !bytes.starts_with(checksum(file, image))) {
        return std::nullopt;
    }
    return detail::tree_of_image(image, document);
}

void TreeCache::keep(const Document& document) const {
    if (folder_.empty()) {
        return;
    }
    std::error_code error;
    fs::create_directories(folder_, error);
    // Others see a whole file or none. It need not be on the disk: a checksum tells what is.
    static std::atomic<unsigned> count = 0;
    const fs::path file = file_of(document);
    const fs::path partial = fmt::format("{}.{}-{}", file.string(), ::getpid(), count++);
    const std::string image = detail::image_of_tree(document.root());
    std::ofstream stream(partial, std::ios::binary);
    stream << checksum(file, image) << image;
    stream.close();
    if (stream) {
        fs::rename(partial, file, error);
    }
    if (!stream || error) {
        fs::remove(partial, error);
    }
}

void TreeCache::trim(std::size_t most_bytes) const {
    struct Kept {
        fs::file_time_type written;
        fs::path path;
        std::uintmax_t bytes = 0;
    };
    std::vector<Kept> files;
    std::uintmax_t bytes = 0;
    std::error_code error;
    for (fs::directory_iterator entries(folder_, error);
         !error && entries != fs::directory_iterator(); entries.increment(error)) {
        // With what a killed program left half written; nothing else of the folder is ours.
        if (entries->path().filename().string().find(extension) != std::string::npos) {
            std::error_code gone; // another program trims too
            Kept file{entries->last_write_time(gone), entries->path(), entries->file_size(gone)};
            if (!gone) {
                bytes += file.bytes;
                files.push_back(std::move(file));
            }
        }
    }
    std::sort(files.begin(), files.end(),
              [](const Kept& a, const Kept& b) { return a.written < b.written; });
    for (const auto& file : files) {
        if (bytes <= most_bytes) {
            return;
        }
        fs::remove(file.path, error);
        bytes -= file.bytes;
    }
}

} // namespace chainsim::input
