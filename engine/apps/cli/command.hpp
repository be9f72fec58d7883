#pragma once

#include <chainsim/base/error.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/table/language.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

namespace CLI { // NOLINT(readability-identifier-naming): the library's own name
class App;
} // namespace CLI

namespace chainsim::cli {

/// Exit codes, as scripts rely on them.
enum class Exit {
    done = 0,
    nothing_found =
        1,         ///< `trace` found nothing, `compare` a difference, or a hard policy is missed
    bad_input = 2, ///< or bad usage
    no_solution = 3,
    internal = 4 ///< a defect of the program, or a device that fails
};

/// Why a command ends with anything but 0: the code, and one line for standard error.
class Stop : public Error {
public:
    Stop(Exit exit, const std::string& why) : Error(why), exit_(exit) {}
    [[nodiscard]] Exit exit() const noexcept { return exit_; }

private:
    Exit exit_;
};

/// What every command accepts.
struct Common {
    bool json = false;
    bool quiet = false;
    std::string language; ///< zh or en; empty: from the locale

    [[nodiscard]] table::Language chosen_language() const;
};

/// A question about one year of a scenario.
struct YearQuestion {
    Common common;
    std::filesystem::path scenario;
    int year = 0; ///< 0: the last of the scenario

    [[nodiscard]] int year_of(const study::Study& study) const;
};

/// A command: called once its arguments are known.
using Action = std::function<void()>;

/// Adds `--json`, `--lang` and `--quiet`, an example below the help, and the action.
void add_common(CLI::App& command, Common& common, const std::string& example);

/// Adds `--year`, from 1900 to 2200.
void add_year(CLI::App& command, int& year, const std::string& meaning, bool is_required = false);

/// Adds the scenario and `--year` of a question; `add_common` goes last, after its own options.
void add_year_question(CLI::App& command, YearQuestion& question);

/// Prints an answer as one JSON document, as text for the terminal, or with `--quiet` not at all.
void answer(const Common& common, const std::function<std::string()>& json,
            const std::function<std::string(table::Language, std::size_t width)>& text);

/// For options that name a file or folder: what is wrong with an empty name, else nothing.
[[nodiscard]] std::string refuse_empty(const std::string& text);

/// Columns of the terminal that standard output goes to; 0, no limit, if it goes elsewhere.
[[nodiscard]] std::size_t terminal_width();

/// Writes to standard output. Errors  Stop if it is closed or its device is full.
void print(const std::string& text);

/// A message on standard error, unless `--quiet`.
void tell(const Common& common, const std::string& message);

// One each: adds the command to the program and returns what runs it.
[[nodiscard]] Action add_validate(CLI::App& program);
[[nodiscard]] Action add_run(CLI::App& program);
[[nodiscard]] Action add_check(CLI::App& program);
[[nodiscard]] Action add_trace(CLI::App& program);
[[nodiscard]] Action add_gaps(CLI::App& program);
[[nodiscard]] Action add_outages(CLI::App& program);
[[nodiscard]] Action add_outlook(CLI::App& program);
[[nodiscard]] Action add_optimise(CLI::App& program);
[[nodiscard]] Action add_admit(CLI::App& program);
[[nodiscard]] Action add_budget(CLI::App& program);
[[nodiscard]] Action add_card(CLI::App& program);
[[nodiscard]] Action add_compare(CLI::App& program);
[[nodiscard]] Action add_evaluate(CLI::App& program);
[[nodiscard]] Action add_feasibility(CLI::App& program);
[[nodiscard]] Action add_footprint(CLI::App& program);
[[nodiscard]] Action add_reconcile(CLI::App& program);
[[nodiscard]] Action add_sample(CLI::App& program);
[[nodiscard]] Action add_sensitivity(CLI::App& program);
[[nodiscard]] Action add_report(CLI::App& program);
[[nodiscard]] Action add_serve(CLI::App& program);
[[nodiscard]] Action add_export(CLI::App& program);
[[nodiscard]] Action add_import(CLI::App& program);
[[nodiscard]] Action add_new(CLI::App& program);
[[nodiscard]] Action add_fields(CLI::App& program);
[[nodiscard]] Action add_io(CLI::App& program);

} // namespace chainsim::cli
