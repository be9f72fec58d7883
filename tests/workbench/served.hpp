#pragma once

#include "support/scratch.hpp"
#include "workbench.hpp"
#include <chainsim/study/detail/analysis_json.hpp>

#include <filesystem>
#include <httplib.h>
#include <memory>
#include <string>

namespace chainsim::test {

using Json = study::detail::Json;

/// What a server answered.
struct Reply {
    int status = 0; ///< 0: there was no answer
    std::string body;
    httplib::Headers headers;

    [[nodiscard]] Json json() const { return Json::parse(body); }
    [[nodiscard]] std::string header(const std::string& name) const;
};

/// A workbench over a copy of scenarios/tutorial, on a port of its own.
class Served {
public:
    explicit Served(workbench::WorkbenchOptions options = {});
    ~Served();
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;
    Served(Served&&) = delete;
    Served& operator=(Served&&) = delete;

    /// The root of the copy: models, scenarios/tutorial, runs.
    [[nodiscard]] const std::filesystem::path& root() const { return scratch_.path(); }
    [[nodiscard]] std::filesystem::path tutorial() const {
        return root() / "scenarios" / "tutorial";
    }
    [[nodiscard]] workbench::Workbench& bench() { return *bench_; }
    [[nodiscard]] int port() const { return bench_->port(); }

    /// As the page asks. `headers` stand in the place of those of the same name.
    [[nodiscard]] Reply get(const std::string& path, const httplib::Headers& headers = {}) const;
    [[nodiscard]] Reply post(const std::string& path, const Json& body,
                             const httplib::Headers& headers = {}) const;
    [[nodiscard]] Reply post_nothing(const std::string& path) const;
    [[nodiscard]] Reply end(const std::string& path) const;
    [[nodiscard]] Reply send(const std::string& method, const std::string& path,
                             const std::string& body, const std::string& type,
                             const httplib::Headers& headers = {}) const;
    /// Sends bytes as they are and returns all that comes until the server closes.
    [[nodiscard]] std::string raw(const std::string& bytes) const;

    /// Opens a scenario of the tutorial. -> what the server says of it.
    [[nodiscard]] Json open(const std::string& name = "desk_2030") const;
    /// What clients call a file of the tutorial.
    [[nodiscard]] std::string called(const std::string& name) const;

private:
    Scratch scratch_;
    std::unique_ptr<workbench::Workbench> bench_;
};

/// A path in which a session is asked for something.
[[nodiscard]] std::string within(const Json& opened, const std::string& what);

} // namespace chainsim::test
