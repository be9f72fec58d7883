#include "workbench.hpp"

#include "api.hpp"
#include "guard.hpp"
#include "http_server.hpp"
#include "page_server.hpp"
#include "secrets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <string_view>
#include <thread>
#include <utility>

namespace chainsim::workbench {

namespace {

/// It stands in an address, in a header and in a page, in each as it is.
void check_token(const std::string& token) {
    const bool is_plain = std::all_of(token.begin(), token.end(), [](unsigned char byte) {
        return byte < 0x80 && (std::isalnum(byte) != 0 || byte == '-' || byte == '_');
    });
    constexpr std::size_t longest = 200;
    if (!token.empty() &&
        (!is_plain || token.size() < Workbench::shortest_token || token.size() > longest)) {
        throw InputError({Diagnostic{
            {},
            "token",
            "this is no token",
            fmt::format("use at least {} letters, digits, `-` and `_`", Workbench::shortest_token),
            {},
            {}}});
    }
}

std::string token_of(const WorkbenchOptions& options) {
    check_token(options.token);
    return options.token.empty() && !is_loopback(options.host) ? random_id() : options.token;
}

/// A cookie is sent to all ports of a host.
std::string cookie_name(int port) { return fmt::format("chainsim_token_{}", port); }

/// The value of a cookie that a browser sent, or empty.
std::string cookie(const httplib::Request& request, const std::string& name) {
    const std::string all = "; " + request.get_header_value("Cookie") + ";";
    const std::string key = "; " + name + "=";
    const auto at = all.find(key);
    return at == std::string::npos
               ? std::string()
               : all.substr(at + key.size(), all.find(';', at + 1) - at - key.size());
}

void write(const Answer& answer, httplib::Response& response) {
    response.status = static_cast<int>(answer.status);
    for (const auto& [name, value] : answer.headers) {
        response.set_header(name, value);
    }
    if (!answer.body.empty()) {
        response.set_content(answer.body, answer.type);
    }
}

} // namespace

struct Workbench::Parts {
    explicit Parts(WorkbenchOptions given)
        : options(std::move(given)), token(token_of(options)), pages(token, options.language),
          port(server.take_port(options.host, options.port)), guard({options.host, port, token}),
          workspace(options.scenarios, options.runs),
          api(workspace, options.sessions, options.language, options.log) {
        set_handlers();
    }

    void set_handlers();
    [[nodiscard]] Answer answer(const httplib::Request& request);
    [[nodiscard]] Answer page(const httplib::Request& request) const;
    /// What the exception being handled tells a client; for use in a `catch` alone.
    [[nodiscard]] Answer problem() const;

    WorkbenchOptions options;
    std::string token;
    PageServer pages;
    HttpServer server;
    int port;
    Guard guard;
    Workspace workspace;
    Api api;
    std::jthread opening; ///< of the first scenario
};

Answer Workbench::Parts::problem() const {
    const auto found = problem_in_flight();
    if (found.status == Status::internal) {
        options.log(fmt::format("a request failed: {}", reason_in_flight()));
    }
    return problem_answer(found);
}

Answer Workbench::Parts::page(const httplib::Request& request) const {
    if (request.method != "GET" && request.method != "HEAD") {
        throw Refusal({Status::wrong_method, "pages are read by GET", {}, "GET"});
    }
    if (request.path != "/" && request.path != "/index.html") {
        return pages.file(request.path, request.get_header_value("If-None-Match"));
    }
    const bool is_named = guard.is_token(request.get_param_value("token"));
    auto shell = pages.shell(is_named || guard.is_token(cookie(request, cookie_name(port))));
    if (is_named && !token.empty()) {
        // The page takes the token out of its address; loaded anew, it is still known.
        shell.headers.emplace_back(
            "Set-Cookie",
            fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict", cookie_name(port), token));
    }
    return shell;
}

Answer Workbench::Parts::answer(const httplib::Request& request) {
    if (!request.path.starts_with("/api/")) {
        return page(request);
    }
    auto answer = api.answer({request.method, parts_of_path(request.path),
                              request.get_header_value(body_type_header), request.body});
    answer.headers.emplace_back("Cache-Control", "no-store");
    return answer;
}

void Workbench::Parts::set_handlers() {
    httplib::Headers headers;
    for (const auto& [name, value] : safe_headers()) {
        headers.emplace(name, value);
    }
    server.set_default_headers(std::move(headers));
    // Before the body is read. What is refused here is not read at all.
    const auto refuse = [this](const httplib::Request& request, httplib::Response& response) {
        try {
            guard.check(request);
            return false;
        } catch (...) {
            write(problem(), response);
            response.set_header("Connection", "close");
            return true;
        }
    };
    server.set_pre_routing_handler([refuse](const auto& request, auto& response) {
        return refuse(request, response) ? httplib::Server::HandlerResponse::Handled
                                         : httplib::Server::HandlerResponse::Unhandled;
    });
    server.set_expect_100_continue_handler([refuse](const auto& request, auto& response) {
        constexpr int go_on = 100;
        return refuse(request, response) ? response.status : go_on;
    });
    const auto handler = [this](const httplib::Request& request, httplib::Response& response) {
        try {
            write(answer(request), response);
        } catch (...) {
            write(problem(), response);
        }
    };
    // Routes are chosen by the parts of a path; the guard has bounded its length.
    server.Get(".*", handler).Post(".*", handler).Delete(".*", handler);
    // What cpp-httplib refuses by itself: requests that are none.
    server.set_error_handler(httplib::Server::Handler([](const httplib::Request&,
                                                         httplib::Response& response) {
        if (response.body.empty()) {
            const auto answer = problem_answer({Status::malformed, "this is no request", {}, {}});
            response.set_content(answer.body, answer.type);
        }
    }));
}

Workbench::Workbench(WorkbenchOptions options)
    : parts_(std::make_unique<Parts>(std::move(options))) {}

Workbench::~Workbench() { finish(); }

int Workbench::port() const { return parts_->port; }

const std::string& Workbench::token() const { return parts_->token; }

std::string Workbench::url() const {
    return fmt::format("http://{}:{}/{}", in_address(parts_->options.host), parts_->port,
                       parts_->token.empty() ? "" : "?token=" + parts_->token);
}

void Workbench::start() {
    parts_->server.start();
    const auto& scenarios = parts_->options.scenarios;
    if (!parts_->options.opens_first || scenarios.empty()) {
        return;
    }
    parts_->opening = std::jthread([parts = parts_.get(), file = scenarios.front()] {
        try {
            parts->api.prepare(std::filesystem::weakly_canonical(file));
        } catch (const std::exception& error) {
            parts->options.log(error.what()); // and to whoever opens it
        }
    });
}

void Workbench::finish() { parts_->server.finish(); }

} // namespace chainsim::workbench
