#pragma once

#include "connection.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace chainsim::workbench {

/// What all connections together may cost.
struct HttpLimits {
    ConnectionLimits connection;
    std::size_t workers = 32;      ///< most of them wait for each other
    std::size_t connections = 256; ///< open at the same time
    std::size_t waiting = 128;     ///< requests for which no worker is free yet
    std::size_t body = 16U << 20U;
    std::chrono::seconds idle{60}; ///< after which a connection is closed
};

/// The header in which a handler finds the type of a body; see `HttpServer`.
inline constexpr const char* body_type_header = "X-Chainsim-Body-Type";

/// cpp-httplib, which parses requests and writes answers, with our own connections below it.
///
/// Its own loop gives a thread to each connection for as long as a browser keeps it open, without
/// bound on those that wait; here one thread watches all that are idle, and a few serve those that
/// have something to say. What it would do by itself on a word of the client is left out: parts of
/// a file, compression, and forms, which it reads by regular expressions. Therefore the type of a
/// body stands in `body_type_header`, and a body is always in `Request::body`.
///
/// Threads  handlers are called on any worker. `start` and `finish` once each, by one.
class HttpServer final : public httplib::Server {
public:
    explicit HttpServer(HttpLimits limits = {});
    ~HttpServer() override;
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    HttpServer(HttpServer&&) = delete;
    HttpServer& operator=(HttpServer&&) = delete;

    /// Takes a port, 0 for any that is free. -> the port.
    ///
    /// Errors  IoError with the system's reason.
    int take_port(const std::string& host, int port);
    /// Serves on threads of its own until `finish`.
    void start();
    /// Lets the requests under way end, and closes everything.
    void finish();

private:
    using Connections = std::vector<std::unique_ptr<Connection>>;

    void watch();
    void accept_all(Connections& idle);
    void queue_those(Connections& idle, const std::vector<bool>& ready);
    void close_old(Connections& idle);
    void work();
    /// -> whether the connection may have further requests.
    [[nodiscard]] bool serve(Connection& connection);
    void give_back(std::unique_ptr<Connection> connection);
    void wake() const;

    HttpLimits limits_;
    int wake_;
    std::atomic<bool> is_finishing_{false};
    std::atomic<std::size_t> open_{0}; ///< connections
    std::mutex mutex_;                 ///< of the two queues
    std::condition_variable has_work_;
    std::deque<std::unique_ptr<Connection>> waiting_;
    Connections returned_;
    std::vector<std::jthread> threads_;
};

} // namespace chainsim::workbench
