#include "connection.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <netdb.h>
#include <poll.h>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace chainsim::workbench {

namespace {

using NameOf = int (*)(int, sockaddr*, socklen_t*);

/// The address of one end: `name_of` is getpeername or getsockname.
void address_of(int socket, NameOf name_of, std::string& ip, int& port) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address); // NOLINT(*-reinterpret-cast): as POSIX
    std::array<char, NI_MAXHOST> host{};
    std::array<char, NI_MAXSERV> service{};
    if (name_of(socket, plain, &size) == 0 &&
        ::getnameinfo(plain, size, host.data(), host.size(), service.data(), service.size(),
                      NI_NUMERICHOST | NI_NUMERICSERV) == 0) {
        ip = host.data();
        const std::string_view number(service.data());
        std::from_chars(number.data(), number.data() + number.size(), port);
    }
}

} // namespace

Connection::Connection(int socket, ConnectionLimits limits) : socket_(socket), limits_(limits) {}

Connection::~Connection() { ::close(socket_); }

void Connection::begin_request() {
    read_until_ = Clock::now() + limits_.reading;
    is_in_head_ = true;
    is_at_blank_line_ = false;
    head_read_ = 0;
    body_read_ = 0;
}

void Connection::end_gently() {
    ::shutdown(socket_, SHUT_WR);
    const auto until = Clock::now() + limits_.lingering;
    do {
        begin_ = end_ = 0;
    } while (fill(until) && Clock::now() < until);
}

bool Connection::wait(short event, Clock::time_point until) const {
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
        if (left <= 0) {
            return false;
        }
        pollfd watched{socket_, event, 0};
        const int ready = ::poll(&watched, 1, static_cast<int>(left));
        if (ready > 0) {
            return true;
        }
        if (ready < 0 && errno != EINTR) {
            return false;
        }
    }
}

bool Connection::fill(Clock::time_point until) {
    while (wait(POLLIN, until)) {
        const ssize_t count = ::recv(socket_, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
        if (count > 0) {
            begin_ = 0;
            end_ = static_cast<std::size_t>(count);
            last_used_ = Clock::now();
            return true;
        }
        if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
            return false;
        }
    }
    return false;
}

bool Connection::is_within_limits(const char* bytes, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
        if (!is_in_head_) {
            body_read_ += size - i;
            return true;
        }
        if (++head_read_ > limits_.head) {
            return false;
        }
        if (bytes[i] == '\n') {
            is_in_head_ = !is_at_blank_line_;
            is_at_blank_line_ = true;
        } else if (bytes[i] != '\r') {
            is_at_blank_line_ = false;
        }
    }
    return true;
}

bool Connection::is_readable() const { return has_more() || wait(POLLIN, read_until_); }

bool Connection::is_writable() const { return wait(POLLOUT, Clock::now() + limits_.writing); }

ssize_t Connection::read(char* to, size_t size) {
    if (begin_ == end_ && !fill(read_until_)) {
        return -1;
    }
    const std::size_t count = std::min(size, end_ - begin_);
    std::memcpy(to, buffer_.data() + begin_, count);
    begin_ += count;
    return is_within_limits(to, count) ? static_cast<ssize_t>(count) : -1;
}

ssize_t Connection::write(const char* from, size_t size) {
    const auto until = Clock::now() + limits_.writing;
    std::size_t written = 0;
    while (written < size) {
        const ssize_t count =
            ::send(socket_, from + written, size - written, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count >= 0) {
            written += static_cast<std::size_t>(count);
        } else if (errno != EINTR && (errno != EAGAIN || !wait(POLLOUT, until))) {
            return -1;
        }
    }
    last_used_ = Clock::now();
    return static_cast<ssize_t>(written);
}

void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
    address_of(socket_, ::getpeername, ip, port);
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
    address_of(socket_, ::getsockname, ip, port);
}

} // namespace chainsim::workbench
