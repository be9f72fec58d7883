#include <chainsim/base/error.hpp>
#include <chainsim/io/file.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <exception>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

namespace chainsim::io {

namespace {

[[noreturn]] void fail(const char* what, const std::filesystem::path& path, int reason) {
    throw IoError(fmt::format("cannot {} '{}': {}", what, path.string(),
                              std::generic_category().message(reason)));
}

/// An open file. Writing goes through file descriptors, since streams neither tell the system's
/// reason nor wait for the device.
class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags, const char* what) : path_(path) {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open() is declared so by POSIX
        number_ = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
        if (number_ < 0) {
            fail(what, path, errno);
        }
    }
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;

    [[nodiscard]] std::string read() const {
        constexpr std::size_t chunk = 1U << 16U;
        std::array<char, chunk> buffer{};
        std::string text;
        if (struct stat status{}; ::fstat(number_, &status) == 0 && status.st_size > 0) {
            text.reserve(static_cast<std::size_t>(status.st_size));
        }
        while (true) {
            const ssize_t count = ::read(number_, buffer.data(), buffer.size());
            if (count == 0) {
                return text;
            }
            if (count > 0) {
                text.append(buffer.data(), static_cast<std::size_t>(count));
            } else if (errno != EINTR) {
                fail("read", path_, errno);
            }
        }
    }

    void write(std::string_view text) const {
        while (!text.empty()) {
            const ssize_t count = ::write(number_, text.data(), text.size());
            if (count >= 0) {
                text.remove_prefix(static_cast<std::size_t>(count));
            } else if (errno != EINTR) {
                fail("write", path_, errno);
            }
        }
    }

    void synchronise() const {
        // A device such as /dev/stdout, and some file systems for folders, know no such thing.
        if (::fsync(number_) != 0 && errno != EINVAL && errno != ENOTSUP) {
            fail("write", path_, errno);
        }
    }

    /// Some file systems tell of a full disk only here.
    void close() {
        const int number = number_;
        number_ = -1;
        if (::close(number) != 0) {
            fail("write", path_, errno);
        }
    }

private:
    const std::filesystem::path& path_;
    int number_ = -1;
};

} // namespace

std::string read_file(const std::filesystem::path& file) {
    return Descriptor(file, O_RDONLY, "read").read();
}

void write_file(const std::filesystem::path& file, std::string_view text, Device device) {
    Descriptor descriptor(file, O_WRONLY | O_CREAT | O_TRUNC, "write");
    descriptor.write(text);
    if (device == Device::now) {
        descriptor.synchronise();
    }
    descriptor.close();
}

void synchronise(const std::filesystem::path& path) {
    Descriptor(path, O_RDONLY, "open").synchronise();
}

void synchronise(std::span<const std::filesystem::path> paths) {
    // A device takes many requests at a time; a thread that waits for one costs nothing.
    constexpr std::size_t most_at_a_time = 8;
    std::vector<std::exception_ptr> errors(paths.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < paths.size(); i = next++) {
            try {
                synchronise(paths[i]);
            } catch (...) {
                errors[i] = std::current_exception();
            }
        }
    };
    {
        std::vector<std::jthread> helpers;
        helpers.reserve(most_at_a_time);
        for (std::size_t i = 1; i < std::min(most_at_a_time, paths.size()); ++i) {
            helpers.emplace_back(work);
        }
        work();
    }
    for (const auto& error : errors) {
        if (error) {
            std::rethrow_exception(error);
        }
    }
}

} // namespace chainsim::io
