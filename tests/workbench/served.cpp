#include "served.hpp"

#include "support/catch.hpp"

#include <array>
#include <chrono>
#include <iostream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace chainsim::test {

namespace {

namespace fs = std::filesystem;

httplib::Client client_of(int port) {
    httplib::Client client("127.0.0.1", port);
    client.set_read_timeout(std::chrono::seconds(60));
    return client;
}

Reply reply_of(const httplib::Result& result) {
    return result ? Reply{result->status, result->body, result->headers} : Reply{};
}

} // namespace

std::string Reply::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

Served::Served(workbench::WorkbenchOptions options) {
    const fs::path source(CHAINSIM_SOURCE_DIR);
    fs::create_directories(root() / "scenarios");
    fs::copy(source / "scenarios" / "tutorial", tutorial(), fs::copy_options::recursive);
    fs::copy(source / "models", root() / "models", fs::copy_options::recursive);
    options.scenarios = {tutorial() / "desk_2030.yaml"};
    options.runs = root() / "runs";
    options.port = 0;
    options.opens_first = false; // most tests open none
    options.log = [](const std::string& message) { std::cerr << message << '\n'; };
    bench_ = std::make_unique<workbench::Workbench>(std::move(options));
    bench_->start();
}

Served::~Served() { bench_->finish(); }

Reply Served::get(const std::string& path, const httplib::Headers& headers) const {
    return reply_of(client_of(port()).Get(path, headers));
}

Reply Served::post(const std::string& path, const Json& body,
                   const httplib::Headers& headers) const {
    return send("POST", path, body.dump(), "application/json", headers);
}

Reply Served::post_nothing(const std::string& path) const {
    return reply_of(client_of(port()).Post(path));
}

Reply Served::end(const std::string& path) const {
    return reply_of(client_of(port()).Delete(path));
}

Reply Served::send(const std::string& method, const std::string& path, const std::string& body,
                   const std::string& type, const httplib::Headers& headers) const {
    httplib::Request request;
    request.method = method;
    request.path = path;
    request.headers = headers;
    request.body = body;
    if (!type.empty()) {
        request.set_header("Content-Type", type);
    }
    return reply_of(client_of(port()).send(request));
}

std::string Served::raw(const std::string& bytes) const {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port()));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const auto count = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) {
            break; // the server has closed: what it said is read below
        }
        sent += static_cast<std::size_t>(count);
    }
    std::string answer;
    std::array<char, 4096> buffer{};
    for (ssize_t count = 1; count > 0;) {
        count = ::recv(socket, buffer.data(), buffer.size(), 0);
        answer.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    ::close(socket);
    return answer;
}

std::string Served::called(const std::string& name) const {
    return (tutorial() / (name + ".yaml")).lexically_normal().generic_string();
}

Json Served::open(const std::string& name) const {
    const auto reply = post("/api/sessions", {{"scenario", called(name)}});
    INFO(reply.body.substr(0, 500));
    REQUIRE(reply.status == 200);
    return reply.json();
}

std::string within(const Json& opened, const std::string& what) {
    return "/api/sessions/" + opened.at("session").get<std::string>() + "/" + what;
}

} // namespace chainsim::test
