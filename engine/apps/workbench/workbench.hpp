#pragma once

#include "session_store.hpp"
#include <chainsim/table/language.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace chainsim::workbench {

struct WorkbenchOptions {
    std::vector<std::filesystem::path> scenarios; ///< and those beside them
    std::filesystem::path runs = "runs";          ///< where runs are found and results stand
    std::string host = "127.0.0.1";
    int port = 8321;   ///< 0: any that is free
    std::string token; ///< where the host is no loopback and there is none, one is drawn
    table::Language language = table::Language::en; ///< of pages and files
    SessionLimits sessions;
    bool opens_first = true; ///< the first scenario is made ready before anyone asks for it
    std::function<void(const std::string&)> log = [](const std::string&) {}; ///< from any thread
};

/// The workbench: the page of a district, live, for a few users on one machine.
///
/// It listens on the loopback alone unless told otherwise, and then asks for a token; it answers no
/// page of another server, and gives away and writes nothing but scenarios and runs.
///
/// Errors   InputError for a token that could not stand in an address; IoError if the port is
///          taken; Unavailable if this build has no page.
/// Threads  its own; `start` and `finish` once each, by one.
class Workbench {
public:
    static constexpr std::size_t shortest_token = 8;

    /// Takes the port, so that `url` is known.
    explicit Workbench(WorkbenchOptions options);
    ~Workbench();
    Workbench(const Workbench&) = delete;
    Workbench& operator=(const Workbench&) = delete;
    Workbench(Workbench&&) = delete;
    Workbench& operator=(Workbench&&) = delete;

    [[nodiscard]] int port() const;
    /// What to open in a browser, with the token.
    [[nodiscard]] std::string url() const;
    [[nodiscard]] const std::string& token() const;

    /// Answers requests until `finish`, which lets those under way end and cancels all jobs.
    void start();
    void finish();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace chainsim::workbench
