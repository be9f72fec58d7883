#pragma once

#include <cstddef>
#include <httplib.h>
#include <string>

namespace chainsim::workbench {

/// Who may ask.
struct Door {
    std::string host;  ///< that the server was told to listen on
    int port = 0;      ///< that it listens on
    std::string token; ///< empty: none is needed
};

/// Whether a host is this machine alone.
[[nodiscard]] bool is_loopback(const std::string& host);
/// A host as addresses have it: IPv6 in brackets.
[[nodiscard]] std::string in_address(const std::string& host);

/// Looks at a request before anything of its body is read.
///
/// A page from elsewhere that a browser has open can send requests here, or let its own name stand
/// for this machine (DNS rebinding); the names in Host and Origin, which no page can choose, tell.
///
/// Threads  any.
class Guard {
public:
    static constexpr std::size_t largest_body = 1U << 20U;
    static constexpr std::size_t largest_upload = 16U << 20U;
    static constexpr std::size_t longest_path = 512;

    explicit Guard(Door door);

    /// Errors  Refusal: what is wrong with it.
    void check(const httplib::Request& request) const;
    /// Whether this is the token, or none is needed.
    [[nodiscard]] bool is_token(const std::string& text) const;

private:
    static void check_path(const std::string& path);
    void check_sender(const httplib::Request& request) const;
    static void check_body(const httplib::Request& request);
    [[nodiscard]] bool is_ours(const std::string& host, const httplib::Request& request) const;

    Door door_;
};

} // namespace chainsim::workbench
