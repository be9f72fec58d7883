#pragma once

#include "command.hpp"
#include <chainsim/study/page.hpp>
#include <chainsim/study/study.hpp>

#include <filesystem>
#include <string>

namespace chainsim::cli {

/// What commands accept that fill a form.
struct PageOptions {
    Common common;
    std::filesystem::path scenario;
    std::string cell;             ///< to explain; empty: show the form
    std::filesystem::path output; ///< .html or .xlsx; empty: none
};

/// Adds the scenario, `--explain`, `-o` and what every command accepts.
void add_page_options(CLI::App& command, PageOptions& options, const std::string& example);

/// The same without the scenario.
void add_form_options(CLI::App& command, PageOptions& options, const std::string& example);

/// Adds `--actuals`.
void add_actuals_option(CLI::App& command, std::filesystem::path& file);

/// A scenario with the statistics of `file`, or with its own if that is empty.
[[nodiscard]] study::Study open_with_actuals(const std::filesystem::path& scenario,
                                             const std::filesystem::path& file);

/// Explains a cell, writes the file that is asked for, or prints the form.
void show(const PageOptions& options, const study::Page& page);

} // namespace chainsim::cli
