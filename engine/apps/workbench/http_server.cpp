#include "http_server.hpp"

#include <chainsim/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <exception>
#include <fcntl.h>
#include <iterator>
#include <netinet/tcp.h>
#include <poll.h>
#include <string_view>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace chainsim::workbench {

namespace {

void allow_reuse(socket_t socket) {
    // Not SO_REUSEPORT, as cpp-httplib has it: two servers would share a port without a word.
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

/// Turns away a client for which there is no room, without waiting for it.
void turn_away(int socket) {
    constexpr std::string_view answer =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
        "Retry-After: 1\r\nConnection: close\r\nContent-Length: 61\r\n\r\n"
        R"({"message":"the server has too much to do now","problems":[]})";
    (void)::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

/// Leaves in a request nothing on which cpp-httplib acts by itself. -> the length of its body.
std::uint64_t simplify(httplib::Request& request) {
    request.ranges.clear();
    request.headers.erase("Accept-Encoding");
    request.headers.erase(body_type_header);
    if (const auto type = request.headers.find("Content-Type"); type != request.headers.end()) {
        const std::string text = type->second;
        request.headers.erase("Content-Type");
        request.set_header(body_type_header, text);
    }
    return request.has_header("Transfer-Encoding")
               ? UINT64_MAX // of an unknown length; it is not read
               : request.get_header_value<std::uint64_t>("Content-Length");
}

} // namespace

HttpServer::HttpServer(HttpLimits limits)
    : limits_(limits), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (wake_ < 0) {
        throw IoError(fmt::format("no event: {}", std::generic_category().message(errno)));
    }
    set_socket_options(allow_reuse);
    set_payload_max_length(limits_.body);
    set_keep_alive_timeout(limits_.idle.count()); // it is only told to clients
}

HttpServer::~HttpServer() {
    finish();
    ::close(wake_);
}

int HttpServer::take_port(const std::string& host, int port) {
    errno = 0;
    const int taken = port == 0 ? bind_to_any_port(host) : (bind_to_port(host, port) ? port : -1);
    if (taken < 0) {
        throw IoError(fmt::format("cannot listen on {}:{}: {}", host, port,
                                  errno == 0 ? std::string("no such address")
                                             : std::generic_category().message(errno)));
    }
    // More may knock at the same time than the five that cpp-httplib asks for.
    ::listen(svr_sock_, static_cast<int>(limits_.waiting));
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): fcntl() is declared so by POSIX
    ::fcntl(svr_sock_, F_SETFL, O_NONBLOCK);
    return taken;
}

void HttpServer::start() {
    threads_.emplace_back([this] { watch(); });
    for (std::size_t i = 0; i < limits_.workers; ++i) {
        threads_.emplace_back([this] { work(); });
    }
}

void HttpServer::finish() {
    {
        const std::lock_guard lock(mutex_);
        is_finishing_ = true;
    }
    has_work_.notify_all();
    wake();
    threads_.clear();
    waiting_.clear();
    returned_.clear();
    if (const int listener = svr_sock_.exchange(INVALID_SOCKET); listener != INVALID_SOCKET) {
        ::close(listener);
    }
}

void HttpServer::wake() const {
    const std::uint64_t one = 1;
    // It can fail only where the watcher has not yet seen that it is awake.
    [[maybe_unused]] const auto written = ::write(wake_, &one, sizeof one);
}

void HttpServer::watch() {
    Connections idle;
    while (!is_finishing_) {
        std::vector<pollfd> watched{{svr_sock_, POLLIN, 0}, {wake_, POLLIN, 0}};
        const std::size_t others = watched.size();
        for (const auto& connection : idle) {
            watched.push_back({connection->socket(), POLLIN, 0});
        }
        constexpr int second = 1000;
        if (::poll(watched.data(), watched.size(), second) > 0) {
            std::vector<bool> ready;
            for (std::size_t i = others; i < watched.size(); ++i) {
                ready.push_back(watched[i].revents != 0);
            }
            queue_those(idle, ready);
            if (watched[1].revents != 0) {
                std::uint64_t count = 0;
                [[maybe_unused]] const auto got = ::read(wake_, &count, sizeof count);
                const std::lock_guard lock(mutex_);
                std::move(returned_.begin(), returned_.end(), std::back_inserter(idle));
                returned_.clear();
            }
            if (watched[0].revents != 0) {
                accept_all(idle);
            }
        }
        close_old(idle);
    }
    open_ -= idle.size();
}

void HttpServer::accept_all(Connections& idle) {
    while (true) {
        const int socket = ::accept4(svr_sock_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) {
            if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
                // It would be told again at once; soon there may be room.
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            }
            return;
        }
        if (open_ >= limits_.connections && !idle.empty()) {
            idle.erase(std::min_element(idle.begin(), idle.end(), [](const auto& a, const auto& b) {
                return a->last_used() < b->last_used();
            }));
            --open_;
        }
        if (open_ >= limits_.connections) {
            turn_away(socket);
            ::close(socket);
            continue;
        }
        const int yes = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        idle.push_back(std::make_unique<Connection>(socket, limits_.connection));
        ++open_;
    }
}

void HttpServer::queue_those(Connections& idle, const std::vector<bool>& ready) {
    Connections others;
    for (std::size_t i = 0; i < idle.size(); ++i) {
        if (!ready[i]) {
            others.push_back(std::move(idle[i]));
            continue;
        }
        const std::lock_guard lock(mutex_);
        if (waiting_.size() < limits_.waiting) {
            waiting_.push_back(std::move(idle[i]));
            has_work_.notify_one();
        } else {
            turn_away(idle[i]->socket());
            --open_;
        }
    }
    idle = std::move(others);
}

void HttpServer::close_old(Connections& idle) {
    const auto limit = Connection::Clock::now() - limits_.idle;
    const auto is_old = [&](const auto& connection) { return connection->last_used() < limit; };
    open_ -= std::erase_if(idle, is_old);
}

void HttpServer::work() {
    while (true) {
        std::unique_ptr<Connection> connection;
        {
            std::unique_lock lock(mutex_);
            has_work_.wait(lock, [this] { return is_finishing_ || !waiting_.empty(); });
            if (is_finishing_) {
                return;
            }
            connection = std::move(waiting_.front());
            waiting_.pop_front();
        }
        if (serve(*connection) && !is_finishing_) {
            give_back(std::move(connection));
        } else {
            connection.reset();
            --open_;
        }
    }
}

bool HttpServer::serve(Connection& connection) {
    connection.begin_request();
    bool is_last = false;              // as the client wishes
    std::uint64_t length = UINT64_MAX; // unless it is a request
    try {
        const bool is_answered =
            process_request(connection, false, is_last,
                            [&length](httplib::Request& request) { length = simplify(request); });
        if (!is_answered) {
            return false;
        }
    } catch (const std::exception&) {
        return false; // of cpp-httplib itself, or out of memory: this connection alone ends
    }
    if (connection.body_read() < length) { // refused before all was read
        connection.end_gently();
        return false;
    }
    return !is_last;
}

void HttpServer::give_back(std::unique_ptr<Connection> connection) {
    {
        const std::lock_guard lock(mutex_);
        // What was read already makes no socket readable.
        if (connection->has_more()) {
            waiting_.push_back(std::move(connection));
            has_work_.notify_one();
            return;
        }
        returned_.push_back(std::move(connection));
    }
    wake();
}

} // namespace chainsim::workbench
