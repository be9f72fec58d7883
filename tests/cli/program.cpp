#include "program.hpp"

#include <chainsim/io/file.hpp>

#include <cstdlib>
#include <sys/wait.h>

namespace chainsim::test {

namespace {

std::string quoted(const std::string& text) {
    std::string result = "'";
    for (const char character : text) {
        result += character == '\'' ? "'\\''" : std::string(1, character);
    }
    return result + "'";
}

} // namespace

std::string Ended::last_error() const {
    const std::size_t end = errors.find_last_not_of('\n');
    if (end == std::string::npos) {
        return {};
    }
    const std::size_t before = errors.rfind('\n', end);
    const std::size_t first = before == std::string::npos ? 0 : before + 1;
    return errors.substr(first, end + 1 - first);
}

std::set<std::string> names_in(const std::filesystem::path& folder) {
    std::set<std::string> result;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        result.insert(entry.path().filename().string());
    }
    return result;
}

Ended call(const std::vector<std::string>& arguments, const std::string& before) {
    const Scratch scratch;
    std::string command = "cd " + quoted(CHAINSIM_SOURCE_DIR) + " && { " + before +
                          (before.empty() ? "" : "; ") + quoted(CHAINSIM_PROGRAM);
    for (const auto& argument : arguments) {
        command += ' ' + quoted(argument);
    }
    command += "; } > " + quoted((scratch / "output").string()) + " 2> " +
               quoted((scratch / "errors").string()) + " < /dev/null";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            io::read_file(scratch / "output"), io::read_file(scratch / "errors")};
}

} // namespace chainsim::test
