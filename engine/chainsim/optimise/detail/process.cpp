#include <chainsim/base/error.hpp>
#include <chainsim/optimise/detail/process.hpp>

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace chainsim::optimise::detail {

namespace {

using Clock = std::chrono::steady_clock;

/// What a child gets: its files, its group, and signals as they are by default.
class SpawnSetting {
public:
    explicit SpawnSetting(const std::string& output) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawnattr_init(&attributes_);
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        if (output.empty()) {
            posix_spawn_file_actions_adddup2(&actions_, STDERR_FILENO, STDOUT_FILENO);
        } else {
            posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, output.c_str(),
                                             O_WRONLY | O_CREAT | O_TRUNC, 0600);
            posix_spawn_file_actions_adddup2(&actions_, STDOUT_FILENO, STDERR_FILENO);
        }
        sigset_t signals;
        sigfillset(&signals);
        posix_spawnattr_setsigdefault(&attributes_, &signals);
        sigemptyset(&signals);
        posix_spawnattr_setsigmask(&attributes_, &signals);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
                                                   POSIX_SPAWN_SETSIGMASK);
    }
    ~SpawnSetting() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    SpawnSetting(const SpawnSetting&) = delete;
    SpawnSetting& operator=(const SpawnSetting&) = delete;
    SpawnSetting(SpawnSetting&&) = delete;
    SpawnSetting& operator=(SpawnSetting&&) = delete;

    [[nodiscard]] pid_t spawn(const std::vector<std::string>& words) const {
        std::vector<std::string> copies = words;
        std::vector<char*> arguments;
        arguments.reserve(copies.size() + 1);
        for (auto& word : copies) {
            arguments.push_back(word.data());
        }
        arguments.push_back(nullptr);
        pid_t child = 0;
        const int error = posix_spawnp(&child, arguments.front(), &actions_, &attributes_,
                                       arguments.data(), environ);
        if (error != 0) {
            throw IoError(fmt::format("cannot run the solver '{}': {}", words.front(),
                                      std::generic_category().message(error)));
        }
        return child;
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

/// Nothing while it runs.
bool has_ended(pid_t child, int& status) {
    pid_t seen = 0;
    do {
        seen = waitpid(child, &status, WNOHANG);
    } while (seen < 0 && errno == EINTR);
    return seen != 0; // also where someone else has waited for it
}

} // namespace

PrivateFolder::PrivateFolder() {
    std::error_code error;
    auto above = std::filesystem::temp_directory_path(error);
    std::string name = ((error ? "/tmp" : above) / "chainsim-solve-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        const int reason = errno;
        throw IoError(fmt::format("cannot make the folder '{}': {}", name,
                                  std::generic_category().message(reason)));
    }
    path_ = name;
}

PrivateFolder::~PrivateFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

ProcessEnd run_process(const std::vector<std::string>& words, const std::string& output,
                       const std::function<bool()>& is_to_end) {
    using std::chrono::milliseconds;
    const SpawnSetting setting(output);
    const pid_t child = setting.spawn(words);
    ProcessEnd end;
    int status = 0;
    Clock::time_point asked;
    milliseconds pause(1);
    while (!has_ended(child, status)) {
        if (!end.was_ended && is_to_end()) {
            end.was_ended = true;
            asked = Clock::now();
            kill(-child, SIGTERM);
        } else if (end.was_ended && Clock::now() - asked > std::chrono::seconds(1)) {
            kill(-child, SIGKILL);
        }
        std::this_thread::sleep_for(pause);
        pause = std::min(milliseconds(20), pause * 2);
    }
    kill(-child, SIGKILL); // what it started and left behind
    if (WIFEXITED(status)) {
        end.code = WEXITSTATUS(status);
    } else if (WIFSIGNALED(status)) {
        end.code = 128 + WTERMSIG(status);
    }
    return end;
}

} // namespace chainsim::optimise::detail
