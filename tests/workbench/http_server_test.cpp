#include "served.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

using Catch::Matchers::Contains;
using chainsim::test::Served;
using Clock = std::chrono::steady_clock;

namespace {

/// What this process holds in memory, MB.
double memory() {
    std::ifstream file("/proc/self/statm");
    double pages = 0.0;
    file >> pages >> pages;
    return pages * 4096.0 / 1e6;
}

std::string head(const Served& served, const std::string& first) {
    return fmt::format("{}\r\nHost: 127.0.0.1:{}\r\n", first, served.port());
}

} // namespace

TEST_CASE("A body of 100 MB is refused, held by nobody, and the server lives", "[workbench]") {
    const Served served;
    (void)served.get("/api/words");
    const double before = memory();
    httplib::Client client("127.0.0.1", served.port());
    double most = 0.0; // MB more than before
    const auto refused = client.Post(
        "/api/sessions", std::size_t{100} << 20U,
        [&](std::size_t /*offset*/, std::size_t length, httplib::DataSink& sink) {
            static const std::string block(1U << 16U, '[');
            most = std::max(most, memory() - before);
            return sink.write(block.data(), std::min(length, block.size()));
        },
        "application/json");
    REQUIRE(refused);
    CHECK(refused->status == 413);
    CHECK_THAT(refused->body, Contains("the body has 104857600 bytes"));
    CHECK(most < 20.0);
    CHECK(served.get("/api/words").status == 200);
}

TEST_CASE("A body of unknown length is refused", "[workbench]") {
    const Served served;
    const auto chunked = served.raw(head(served, "POST /api/sessions HTTP/1.1") +
                                    "Content-Type: application/json\r\nTransfer-Encoding: "
                                    "chunked\r\n\r\n5\r\n[[[[[\r\n0\r\n\r\n");
    CHECK_THAT(chunked, Contains("HTTP/1.1 411"));
    const auto none = served.raw(head(served, "POST /api/sessions HTTP/1.1") +
                                 "Connection: close\r\nContent-Type: application/json\r\n\r\n");
    CHECK_THAT(none, Contains("HTTP/1.1 411"));
    const auto wrong = served.raw(head(served, "POST /api/sessions HTTP/1.1") +
                                  "Connection: close\r\nContent-Type: "
                                  "application/json\r\nContent-Length: -1\r\n\r\n");
    CHECK_THAT(wrong, Contains("HTTP/1.1 400"));
}

TEST_CASE("A client that waits to be asked for its body is told at once", "[workbench]") {
    const Served served;
    const auto answer = served.raw(head(served, "POST /api/sessions HTTP/1.1") +
                                   "Expect: 100-continue\r\nContent-Type: application/json\r\n"
                                   "Content-Length: 104857600\r\n\r\n");
    CHECK_THAT(answer, Contains("HTTP/1.1 413") && !Contains("100 Continue"));
}

TEST_CASE("Lines and heads without end, and requests that are none, end a connection alone",
          "[workbench]") {
#ifdef CHAINSIM_SANITIZED // sanitizers keep what is given back for a while
    constexpr double room = 400.0;
#else
    constexpr double room = 20.0;
#endif
    const Served served;
    const double before = memory();
    (void)served.raw("GET /" + std::string(50U << 20U, 'a'));
    (void)served.raw(head(served, "GET / HTTP/1.1") + "X: " + std::string(50U << 20U, 'a'));
    std::string many = head(served, "GET / HTTP/1.1");
    for (int i = 0; i < 10000; ++i) {
        many += fmt::format("X-{}: 1\r\n", i);
    }
    (void)served.raw(many);
    CHECK_THAT(served.raw("\x16\x03\x01 no request\r\n\r\n"), Contains("HTTP/1.1 400"));
    CHECK(memory() - before < room);
    CHECK(served.get("/api/words").status == 200);
}

TEST_CASE("Parts of a file, and compression, which cost more than the request, are not given",
          "[workbench]") {
    const Served served;
    std::string ranges = "bytes=0-";
    for (int i = 0; i < 1000; ++i) {
        ranges += ",0-";
    }
    const auto whole = served.get("/page.js", {{"Accept-Encoding", "br, gzip"}});
    CHECK(whole.status == 200);
    CHECK(whole.header("Content-Encoding").empty());
    const auto reply = served.get("/page.js", {{"Range", ranges}});
    CHECK(reply.status == 200);
    CHECK(reply.body.size() == whole.body.size());
}

TEST_CASE("Clients that open connections and say nothing take nobody's turn", "[workbench]") {
    const Served served;
    std::vector<std::unique_ptr<httplib::Client>> kept;
    for (int i = 0; i < 60; ++i) { // more than there are workers
        kept.push_back(std::make_unique<httplib::Client>("127.0.0.1", served.port()));
        kept.back()->set_keep_alive(true);
        REQUIRE(kept.back()->Get("/LICENSES.txt"));
    }
    const auto begin = Clock::now();
    CHECK(served.get("/LICENSES.txt").status == 200);
    CHECK(Clock::now() - begin < std::chrono::milliseconds(500));
    for (const auto& client : kept) { // all of them are still there
        const auto reply = client->Get("/LICENSES.txt");
        REQUIRE(reply);
        CHECK(reply->status == 200);
    }
}

TEST_CASE("A server ends at once, whoever is connected", "[workbench]") {
    Served served;
    httplib::Client client("127.0.0.1", served.port());
    client.set_keep_alive(true);
    REQUIRE(client.Get("/LICENSES.txt"));
    const auto begin = Clock::now();
    served.bench().finish();
    CHECK(Clock::now() - begin < std::chrono::seconds(2));
    CHECK_FALSE(client.Get("/LICENSES.txt"));
}
