#include "command.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <system_error>
#include <unistd.h>

namespace chainsim::cli {

namespace {

std::string_view environment(const char* name) {
    // Nothing of this program runs before or beside it that could change the environment.
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::string_view{} : value;
}

} // namespace

table::Language Common::chosen_language() const {
    if (const auto chosen = table::to_language(language)) {
        return *chosen;
    }
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        if (const auto locale = environment(name); !locale.empty()) {
            return table::language_of_locale(locale);
        }
    }
    return table::Language::en;
}

void add_common(CLI::App& command, Common& common, const std::string& example) {
    command.add_flag("--json", common.json, "Print one JSON document, and nothing else");
    command.add_option("--lang", common.language, "Language of names and headings (default: LANG)")
        ->check(CLI::IsMember({"zh", "en"}));
    command.add_flag("--quiet", common.quiet, "Print no tables and no messages but the last error");
    command.footer("Example:\n  " + example);
}

int YearQuestion::year_of(const study::Study& study) const {
    return year != 0 ? year : study.scenario().years.back();
}

void add_year(CLI::App& command, int& year, const std::string& meaning, bool is_required) {
    constexpr int first_year = 1900;
    constexpr int last_year = 2200;
    command.add_option("--year", year, meaning)
        ->required(is_required)
        ->check(CLI::Range(first_year, last_year));
}

void add_year_question(CLI::App& command, YearQuestion& question) {
    command.add_option("SCENARIO", question.scenario, "Scenario file, or the folder of a run")
        ->required()
        ->check(CLI::ExistingPath);
    add_year(command, question.year, "Year (default: the last of the scenario)");
}

void answer(const Common& common, const std::function<std::string()>& json,
            const std::function<std::string(table::Language, std::size_t)>& text) {
    if (common.json) {
        print(json());
    } else if (!common.quiet) {
        print(text(common.chosen_language(), terminal_width()));
    }
}

std::string refuse_empty(const std::string& text) {
    return text.empty() ? "an empty name" : std::string{};
}

std::size_t terminal_width() {
    const std::string_view stated = environment("COLUMNS");
    std::size_t columns = 0;
    std::from_chars(stated.data(), stated.data() + stated.size(), columns);
    if (columns > 0) {
        return columns;
    }
    winsize size{};
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): ioctl() is declared so
    if (::isatty(STDOUT_FILENO) == 1 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
        return size.ws_col;
    }
    return 0;
}

void print(const std::string& text) {
    const std::size_t written = std::fwrite(text.data(), 1, text.size(), stdout);
    if (written != text.size() || std::fflush(stdout) != 0) {
        throw Stop(Exit::internal, fmt::format("cannot write to standard output: {}",
                                               std::generic_category().message(errno)));
    }
}

void tell(const Common& common, const std::string& message) {
    if (!common.quiet) {
        (void)std::fputs((message + '\n').c_str(), stderr);
    }
}

} // namespace chainsim::cli
