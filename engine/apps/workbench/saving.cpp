#include "saving.hpp"

#include "secrets.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/io/file.hpp>

#include <fmt/format.h>

#include <cerrno>
#include <system_error>
#include <unistd.h>

namespace chainsim::workbench {

namespace {

namespace fs = std::filesystem;

/// Gone at the end, whatever name the file has got.
class HiddenFile {
public:
    explicit HiddenFile(const fs::path& beside)
        : path_(beside.parent_path() /
                fmt::format(".{}.partial-{}", beside.filename().string(), random_id())) {}
    ~HiddenFile() {
        std::error_code ignored;
        fs::remove(path_, ignored);
    }
    HiddenFile(const HiddenFile&) = delete;
    HiddenFile& operator=(const HiddenFile&) = delete;
    HiddenFile(HiddenFile&&) = delete;
    HiddenFile& operator=(HiddenFile&&) = delete;

    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

[[noreturn]] void fail_to_save(const fs::path& file) {
    throw IoError(fmt::format("cannot write '{}': {}", file.string(),
                              std::generic_category().message(errno)));
}

} // namespace

bool save_whole(const fs::path& file, std::string_view text, Existing existing) {
    const HiddenFile hidden(file);
    io::write_file(hidden.path(), text);
    if (existing == Existing::replaced) {
        if (::rename(hidden.path().c_str(), file.c_str()) != 0) {
            fail_to_save(file);
        }
    } else if (::link(hidden.path().c_str(), file.c_str()) != 0) { // unlike rename, never over one
        if (errno == EEXIST) {
            return false;
        }
        fail_to_save(file);
    }
    io::synchronise(file.parent_path());
    return true;
}

} // namespace chainsim::workbench
