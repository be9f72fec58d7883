#include "guard.hpp"

#include "http_server.hpp"
#include "problem.hpp"
#include "secrets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace chainsim::workbench {

namespace {

constexpr std::string_view upload_path = "/api/districts";

bool is_wildcard(const std::string& host) { return host == "0.0.0.0" || host == "::"; }

/// A whole number of bytes, and nothing besides.
std::optional<std::uint64_t> length_of(const std::string& text) {
    std::uint64_t length = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, length);
    return read.ec == std::errc() && read.ptr == end ? std::optional(length) : std::nullopt;
}

/// "application/json; charset=utf-8" -> "application/json".
std::string_view kind_of_type(std::string_view type) {
    type = type.substr(0, type.find(';'));
    while (!type.empty() && type.back() == ' ') {
        type.remove_suffix(1);
    }
    return type;
}

} // namespace

bool is_loopback(const std::string& host) {
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

std::string in_address(const std::string& host) {
    return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

Guard::Guard(Door door) : door_(std::move(door)) {}

bool Guard::is_token(const std::string& text) const {
    return door_.token.empty() || is_same_secret(text, door_.token);
}

void Guard::check(const httplib::Request& request) const {
    check_path(request.path);
    check_sender(request);
    const auto& method = request.method;
    if (method != "GET" && method != "HEAD" && method != "POST" && method != "DELETE") {
        throw Refusal({Status::wrong_method,
                       fmt::format("{} is no method of this server", method),
                       {},
                       "GET, HEAD, POST, DELETE"});
    }
    if (request.path.starts_with("/api/") &&
        !is_token(request.get_header_value("X-Chainsim-Token"))) {
        throw Refusal(Status::forbidden,
                      "the token is missing, or is another one: open the address that `chainsim "
                      "serve` printed");
    }
    check_body(request);
}

void Guard::check_path(const std::string& path) {
    if (path.size() > longest_path) {
        throw Refusal(Status::address_too_long, "the path is too long");
    }
    const bool has_control = std::any_of(
        path.begin(), path.end(), [](unsigned char byte) { return byte < 0x20 || byte == 0x7f; });
    if (path.empty() || path.front() != '/' || has_control ||
        path.find('\\') != std::string::npos || (path + "/").find("/../") != std::string::npos) {
        throw Refusal(Status::malformed, "no path of this server holds `..`, `\\` or such bytes");
    }
}

bool Guard::is_ours(const std::string& host, const httplib::Request& request) const {
    constexpr int port_of_http = 80;
    const std::string port = fmt::format(":{}", door_.port);
    const auto is = [&](const std::string& name) {
        const auto named = in_address(name);
        return host == named + port || (door_.port == port_of_http && host == named);
    };
    if (is(door_.host)) {
        return true;
    }
    if (is_loopback(door_.host)) {
        return is("localhost") || is("127.0.0.1") || is("::1");
    }
    // An address can stand for nothing else, as a name can: the one that the client has reached.
    return is_wildcard(door_.host) && (is("localhost") || is(request.local_addr));
}

void Guard::check_sender(const httplib::Request& request) const {
    const auto host = request.get_header_value("Host");
    if (request.get_header_value_count("Host") != 1 || !is_ours(host, request)) {
        throw Refusal(Status::forbidden,
                      fmt::format("the request is for another host; this is {}:{}",
                                  in_address(door_.host), door_.port));
    }
    constexpr std::string_view scheme = "http://";
    if (request.has_header("Origin")) {
        const auto origin = request.get_header_value("Origin");
        if (request.get_header_value_count("Origin") != 1 || !origin.starts_with(scheme) ||
            origin.substr(scheme.size()) != host) {
            throw Refusal(Status::forbidden, "the request comes from a page of another server");
        }
    }
    if (request.get_header_value("Sec-Fetch-Site") == "cross-site" &&
        request.path.starts_with("/api/")) {
        throw Refusal(Status::forbidden, "the request comes from a page of another server");
    }
}

void Guard::check_body(const httplib::Request& request) {
    const bool is_upload = request.method == "POST" && request.path == upload_path;
    if (request.has_header("Transfer-Encoding")) {
        throw Refusal(Status::no_length, "state the length of the body");
    }
    if (request.has_header("Content-Encoding")) {
        throw Refusal(Status::wrong_type, "send the body as it is, not compressed");
    }
    if (request.get_header_value_count("Content-Length") == 0) {
        if (request.method == "POST") {
            throw Refusal(Status::no_length, "state the length of the body");
        }
        return;
    }
    const auto length = length_of(request.get_header_value("Content-Length"));
    if (!length || request.get_header_value_count("Content-Length") != 1) {
        throw Refusal(Status::malformed, "the length of the body is no number");
    }
    const std::size_t most = is_upload ? largest_upload : largest_body;
    if (*length > most) {
        throw Refusal(Status::too_large,
                      fmt::format("the body has {} bytes; {} are taken here", *length, most));
    }
    const std::string_view wanted = is_upload ? "multipart/form-data" : "application/json";
    if (*length > 0 && kind_of_type(request.get_header_value(body_type_header)) != wanted) {
        throw Refusal(Status::wrong_type, fmt::format("the body is to be of type {}", wanted));
    }
}

} // namespace chainsim::workbench
