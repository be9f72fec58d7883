#include "command.hpp"
#include <chainsim/view/page_assets.hpp>

#if CHAINSIM_WITH_WORKBENCH
#include "scenario_head.hpp"
#include "workbench.hpp"
#endif

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace chainsim::cli {

namespace {

namespace fs = std::filesystem;

struct ServeOptions {
    Common common;
    std::vector<fs::path> scenarios;
    fs::path runs = "runs";
    std::string host = "127.0.0.1";
    std::string token;
    int port = 8321;
};

#if CHAINSIM_WITH_WORKBENCH

/// Those of the folders below ./scenarios, where the projects of a user lie.
std::vector<fs::path> scenarios_here() {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::recursive_directory_iterator entry("scenarios", error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_directory(ignored)) {
            const auto found = workbench::scenario_files_in(entry->path());
            files.insert(files.end(), found.begin(), found.end());
        }
    }
    if (files.empty()) {
        throw Stop(Exit::bad_input, "no scenario below ./scenarios: name one");
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// Blocks the signals by which users stop a program, in all threads that begin while it lives.
class StopSignals {
public:
    StopSignals() {
        ::sigemptyset(&signals_);
        ::sigaddset(&signals_, SIGINT);
        ::sigaddset(&signals_, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &signals_, &before_);
    }
    /// Afterwards another one ends the program at once.
    ~StopSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;
    StopSignals(StopSignals&&) = delete;
    StopSignals& operator=(StopSignals&&) = delete;

    void wait() const {
        int signal = 0;
        ::sigwait(&signals_, &signal);
    }

private:
    sigset_t signals_{};
    sigset_t before_{};
};

/// Each thread would keep what it once had in a heap of its own: measured on the pathway, four
/// users and forty refreshed views took 1.2 GB, and with two heaps half of it.
void share_memory() {
#ifdef __GLIBC__
    constexpr int heaps = 2;
    (void)mallopt(M_ARENA_MAX, heaps); // NOLINT(concurrency-mt-unsafe): there is one thread yet
#endif
}

void serve(const ServeOptions& options) {
    share_memory();
    workbench::WorkbenchOptions wanted;
    wanted.scenarios = options.scenarios.empty() ? scenarios_here() : options.scenarios;
    wanted.runs = options.runs;
    wanted.host = options.host;
    wanted.port = options.port;
    wanted.token = options.token;
    wanted.language = options.common.chosen_language();
    wanted.log = [&options](const std::string& message) { tell(options.common, message); };
    workbench::Workbench bench(std::move(wanted));
    {
        const StopSignals signals;
        bench.start();
        const auto url = bench.url();
        print(options.common.json ? nlohmann::json{{"url", url}}.dump() + '\n' : url + '\n');
        signals.wait();
    }
    bench.finish();
}

#else

void serve(const ServeOptions& /*options*/) {
    (void)view::page_assets(); // says what is missing, and how to get it
}

#endif

} // namespace

Action add_serve(CLI::App& program) {
    auto options = std::make_shared<ServeOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "serve", "Open the workbench: a page on this machine that follows as projects, prices and "
                 "caps are moved");
    command
        ->add_option("SCENARIO", options->scenarios,
                     "Scenario files; those beside them may be opened as well (default: all below "
                     "./scenarios)")
        ->check(CLI::ExistingFile);
    command->add_option("--port", options->port, "Port (default: 8321; 0: any that is free)")
        ->check(CLI::Range(0, 65535));
    command
        ->add_option("--host", options->host,
                     "Address to listen on (default: 127.0.0.1, this machine alone); any other one "
                     "asks users for a token")
        ->check(refuse_empty);
    command
        ->add_option("--token", options->token,
                     "Token without which nothing is answered (default: one is drawn where it is "
                     "needed)")
        ->check(refuse_empty);
    command
        ->add_option("--runs", options->runs,
                     "Folder of runs to compare with, and of results (default: runs)")
        ->check(refuse_empty);
    add_common(*command, options->common, "chainsim serve scenarios/hainan/pathway_2035.yaml");
    return [options] { serve(*options); };
}

} // namespace chainsim::cli
