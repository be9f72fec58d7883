#pragma once

#include "command.hpp"
#include <chainsim/study/page.hpp>

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

/// Explains a cell, writes the file that is asked for, or prints the form.
void show(const PageOptions& options, const study::Page& page);

} // namespace chainsim::cli
