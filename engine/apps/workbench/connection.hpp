#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <httplib.h>
#include <string>

namespace chainsim::workbench {

/// What one connection may cost.
struct ConnectionLimits {
    std::size_t head = 16U << 10U;      ///< bytes of the first line and the headers
    std::chrono::seconds reading{30};   ///< for a whole request
    std::chrono::seconds writing{60};   ///< for a whole answer
    std::chrono::seconds lingering{10}; ///< for what a refused client still sends
};

/// An accepted socket, as the parser of cpp-httplib reads it. That parser takes lines of any length
/// and waits for each byte anew; here both have an end.
///
/// Threads  one at a time.
class Connection final : public httplib::Stream {
public:
    using Clock = std::chrono::steady_clock;

    /// Takes the socket over.
    Connection(int socket, ConnectionLimits limits);
    ~Connection() override;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    Connection(Connection&&) = delete;
    Connection& operator=(Connection&&) = delete;

    /// Before each request: the limits count from here.
    void begin_request();
    /// Bytes of its body that were read.
    [[nodiscard]] std::uint64_t body_read() const noexcept { return body_read_; }
    /// Whether the next request, or a part of it, was read already.
    [[nodiscard]] bool has_more() const noexcept { return begin_ != end_; }
    [[nodiscard]] Clock::time_point last_used() const noexcept { return last_used_; }
    /// Says that nothing more will be sent, and takes what still comes, so that a client that is
    /// writing reads its answer: a socket closed upon unread bytes takes the answer with it.
    void end_gently();

    [[nodiscard]] bool is_readable() const override;
    [[nodiscard]] bool is_writable() const override;
    ssize_t read(char* to, size_t size) override;
    ssize_t write(const char* from, size_t size) override;
    void get_remote_ip_and_port(std::string& ip, int& port) const override;
    void get_local_ip_and_port(std::string& ip, int& port) const override;
    [[nodiscard]] socket_t socket() const override { return socket_; }

private:
    [[nodiscard]] bool wait(short event, Clock::time_point until) const;
    [[nodiscard]] bool fill(Clock::time_point until);
    [[nodiscard]] bool is_within_limits(const char* bytes, std::size_t size);

    int socket_;
    ConnectionLimits limits_;
    std::array<char, 16U << 10U> buffer_{};
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    Clock::time_point read_until_;
    Clock::time_point last_used_ = Clock::now();
    bool is_in_head_ = true;
    bool is_at_blank_line_ = false; ///< nothing but CR since the last line end
    std::size_t head_read_ = 0;
    std::uint64_t body_read_ = 0;
};

} // namespace chainsim::workbench
