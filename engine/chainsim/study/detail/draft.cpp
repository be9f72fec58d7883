#include <chainsim/base/error.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/study/detail/draft.hpp>

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <random>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace chainsim::study::detail {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view set_aside = ".old";

std::error_code last_error() { return {errno, std::generic_category()}; }

/// The target without a slash at its end, so that it has a name and a folder above it.
fs::path named(const fs::path& target) {
    fs::path path = fs::absolute(target).lexically_normal();
    if (fs::is_symlink(path)) {
        path = fs::weakly_canonical(path); // the folder is replaced, not the link to it
    }
    return path.has_filename() ? path : path.parent_path();
}

/// False, with `errno`, if something of that name is there already, or the system refuses.
bool rename_to_new(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) {
        return true;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        return false;
    }
    // A file system that cannot refuse by itself.
    std::error_code error;
    if (fs::exists(fs::symlink_status(to, error))) {
        errno = EEXIST;
        return false;
    }
    return ::rename(from.c_str(), to.c_str()) == 0;
}

} // namespace

[[noreturn]] void fail(const char* what, const fs::path& path, const std::error_code& reason) {
    throw IoError(fmt::format("cannot {} '{}': {}", what, path.string(), reason.message()));
}

/// A folder that is held while this object lives. Whoever holds it is at work in it; the system
/// lets go for a process that was killed, whatever its number and wherever it ran.
class Draft::Hold {
public:
    explicit Hold(const fs::path& folder)
        : folder_(folder), handle_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        held_ = handle_ >= 0 && ::flock(handle_, LOCK_EX | LOCK_NB) == 0 && is_still_there();
    }
    ~Hold() {
        if (handle_ >= 0) {
            (void)::close(handle_);
        }
    }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    Hold(Hold&&) = delete;
    Hold& operator=(Hold&&) = delete;

    [[nodiscard]] explicit operator bool() const noexcept { return held_; }

private:
    /// Between opening and holding, another process may have cleared the folder away.
    [[nodiscard]] bool is_still_there() const {
        struct stat opened {};
        struct stat named {};
        return ::fstat(handle_, &opened) == 0 && ::stat(folder_.c_str(), &named) == 0 &&
               opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
    }

    fs::path folder_;
    int handle_;
    bool held_ = false;
};

Draft::Draft(const fs::path& target) : target_(named(target)) {
    std::error_code error;
    fs::create_directories(target_.parent_path(), error);
    if (error) {
        fail("make", target_.parent_path(), error);
    }
    clear_leftovers();
    make();
}

Draft::~Draft() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void Draft::fill(const std::function<void(const fs::path&)>& write) const {
    try {
        write(path_);
    } catch (const IoError& error) {
        std::string message = error.what();
        if (const auto at = message.find(path_.string()); at != std::string::npos) {
            message.replace(at, path_.string().size(), target_.string());
        }
        throw IoError(message);
    }
}

void Draft::publish() {
    if (::rename(path_.c_str(), target_.c_str()) != 0) {
        if (errno != ENOTEMPTY && errno != EEXIST) {
            fail("name", target_, last_error());
        }
        exchange();
    }
    io::synchronise(target_.parent_path());
}

void Draft::publish_new() {
    if (::rename(path_.c_str(), target_.c_str()) != 0) {
        fail("name", target_, last_error());
    }
    io::synchronise(target_.parent_path());
}

void Draft::publish_up() {
    const fs::path folder = target_.parent_path();
    std::vector<fs::path> moved;
    for (const auto& entry : fs::directory_iterator(path_)) {
        const fs::path to = folder / entry.path().filename();
        if (!rename_to_new(entry.path(), to)) {
            const auto reason = last_error();
            std::error_code ignored;
            for (const auto& path : moved) {
                fs::remove_all(path, ignored);
            }
            fail("name", to, reason);
        }
        moved.push_back(to);
    }
    io::synchronise(folder);
}

std::string Draft::prefix() const { return "." + target_.filename().string() + ".partial-"; }

/// Eight digits of ours, and perhaps the mark of a run that was set aside.
bool Draft::is_draft(std::string_view name) const {
    if (!name.starts_with(prefix())) {
        return false;
    }
    name.remove_prefix(prefix().size());
    if (name.ends_with(set_aside)) {
        name.remove_suffix(set_aside.size());
    }
    return name.size() == 8 && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void Draft::make() {
    constexpr int attempts = 100;
    std::random_device random;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        path_ = target_.parent_path() / fmt::format("{}{:08x}", prefix(), random());
        std::error_code error;
        if (fs::create_directory(path_, error)) {
            hold_ = std::make_unique<Hold>(path_);
            if (*hold_) {
                return;
            }
        } else if (error) {
            fail("make", target_, error);
        }
    }
    fail("make", target_, std::make_error_code(std::errc::file_exists));
}

void Draft::exchange() {
    if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) == 0) {
        return;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        fail("replace", target_, last_error());
    }
    // A file system that cannot exchange two names: for a moment there is none.
    const fs::path old = path_.string() + std::string(set_aside);
    if (::rename(target_.c_str(), old.c_str()) != 0) {
        fail("replace", target_, last_error());
    }
    if (::rename(path_.c_str(), target_.c_str()) != 0) {
        const auto reason = last_error();
        ::rename(old.c_str(), target_.c_str());
        fail("replace", target_, reason);
    }
    std::error_code ignored;
    fs::remove_all(old, ignored);
}

/// Drafts of processes that were killed; a run that one of them had set aside comes back.
void Draft::clear_leftovers() const {
    std::error_code ignored;
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(target_.parent_path(), ignored)) {
        if (is_draft(entry.path().filename().string())) {
            found.push_back(entry.path());
        }
    }
    for (const auto& path : found) {
        const Hold hold(path);
        if (!hold) {
            continue;
        }
        if (path.string().ends_with(set_aside) && !fs::exists(target_)) {
            fs::rename(path, target_, ignored);
        } else {
            fs::remove_all(path, ignored);
        }
    }
}

SignalsLater::SignalsLater() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        sigaddset(&set, signal);
    }
    pthread_sigmask(SIG_BLOCK, &set, &before_);
}

SignalsLater::~SignalsLater() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

} // namespace chainsim::study::detail
