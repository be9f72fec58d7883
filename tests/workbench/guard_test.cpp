#include "served.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>

#include <string>

using Catch::Matchers::Contains;
using chainsim::InputError;
using chainsim::test::Json;
using chainsim::test::Served;
using chainsim::workbench::Workbench;
using chainsim::workbench::WorkbenchOptions;

TEST_CASE("The page, its script and its style come with headers that let nothing else in",
          "[workbench]") {
    const Served served;
    const auto shell = served.get("/");
    CHECK(shell.status == 200);
    CHECK_THAT(shell.body, Contains(R"(<script src="/page.js" defer></script>)") &&
                               Contains(R"(href="/page.css")") && Contains(R"(<div id="app">)") &&
                               !Contains("chainsim-token"));
    CHECK(served.get("/index.html").body == shell.body);
    for (const std::string path : {"/", "/page.js", "/page.css", "/LICENSES.txt", "/api/words",
                                   "/api/nothing", "/nothing"}) {
        const auto reply = served.get(path);
        INFO(path);
        CHECK_THAT(reply.header("Content-Security-Policy"),
                   Contains("default-src 'none'") && Contains("script-src 'self'") &&
                       Contains("frame-ancestors 'none'") && !Contains("unsafe"));
        CHECK(reply.header("X-Content-Type-Options") == "nosniff");
        CHECK(reply.header("Referrer-Policy") == "no-referrer");
    }
    CHECK(served.get("/api/words").header("Cache-Control") == "no-store");
}

TEST_CASE("A script that a browser has is not sent again", "[workbench]") {
    const Served served;
    const auto first = served.get("/page.js");
    CHECK(first.status == 200);
    CHECK(first.body.size() > 100000);
    const auto again = served.get("/page.js", {{"If-None-Match", first.header("ETag")}});
    CHECK(again.status == 304);
    CHECK(again.body.empty());
}

TEST_CASE("A request that is meant for another host, or comes from its page, is refused",
          "[workbench]") {
    const Served served;
    const auto here = fmt::format("127.0.0.1:{}", served.port());
    for (const std::string host :
         {"evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:8321", ""}) {
        const auto reply = served.get("/api/words", {{"Host", host}});
        INFO(host);
        CHECK(reply.status == 403);
        CHECK_THAT(reply.json().at("message").get<std::string>(), Contains("another host"));
        CHECK(served.get("/", {{"Host", host}}).status == 403);
    }
    for (const std::string& origin :
         {std::string("http://evil.example"), std::string("null"), "https://" + here,
          std::string("http://127.0.0.1:1"), "http://" + here + ".evil.example"}) {
        INFO(origin);
        CHECK(served.post("/api/sessions", Json::object(), {{"Origin", origin}}).status == 403);
    }
    CHECK(served.get("/api/words", {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
    CHECK(served.get("/api/words", {{"Origin", "http://" + here}}).status == 200);
    CHECK(served.get("/api/words", {{"Host", fmt::format("localhost:{}", served.port())}}).status ==
          200);
    CHECK_THAT(served.raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), Contains("403"));
    CHECK_THAT(served.raw(fmt::format("GET / HTTP/1.1\r\nHost: {0}\r\nHost: {0}\r\nConnection: "
                                      "close\r\n\r\n",
                                      here)),
               Contains("403"));
}

TEST_CASE("A path that would lead elsewhere is refused, however it is written", "[workbench]") {
    const Served served;
    for (const std::string path :
         {"/../etc/passwd", "/api/../../etc/passwd", "/%2e%2e/etc/passwd", "/..%2fetc/passwd",
          "/api/sessions/..", "/%5c..%5c", "/a%00b", "/a%0ab"}) {
        const auto reply = served.raw(
            fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", path,
                        served.port()));
        INFO(path << '\n' << reply);
        CHECK_THAT(reply, Contains("HTTP/1.1 400"));
        CHECK_THAT(reply, Contains(R"({"message":)"));
    }
    CHECK(served.get("/" + std::string(600, 'a')).status == 414);
    CHECK(served.get("/etc/passwd").status == 404);
}

TEST_CASE("Only the methods and kinds of content that there are are taken", "[workbench]") {
    const Served served;
    const auto put = served.send("PUT", "/api/words", "{}", "application/json");
    CHECK(put.status == 405);
    CHECK_THAT(put.header("Allow"), Contains("GET"));
    const auto wrong = served.post("/api/words", Json::object());
    CHECK(wrong.status == 405);
    CHECK(wrong.header("Allow") == "GET");
    CHECK(served.get("/api/sessions").status == 405);
    CHECK(served.post("/", Json::object()).status == 405);
    CHECK(served.get("/api/nothing").status == 404);
    CHECK(served.get("/api/").status == 404);

    CHECK(served.send("POST", "/api/sessions", "{}", "text/plain").status == 415);
    CHECK(served.send("POST", "/api/sessions", "{}", "").status == 415);
    CHECK(served.send("POST", "/api/districts", "{}", "application/json").status == 415);
    CHECK(served.send("POST", "/api/sessions", "{}", "application/x-www-form-urlencoded").status ==
          415);
    CHECK(
        served
            .send("POST", "/api/sessions", "{}", "application/json", {{"Content-Encoding", "gzip"}})
            .status == 415);
    CHECK(served.send("POST", "/api/sessions", "{}", "application/json; charset=utf-8").status ==
          422);
}

TEST_CASE("JSON that is none, or says nothing, is refused with what is wrong", "[workbench]") {
    const Served served;
    for (const std::string body : {"{", "[]", "7", "\"x\"", "{\"scenario\": \"\xff\"}", "nul"}) {
        INFO(body);
        CHECK(served.send("POST", "/api/sessions", body, "application/json").status == 400);
    }
    const auto deep = std::string(500000, '[');
    CHECK(served.send("POST", "/api/sessions", deep, "application/json").status == 400);
    const auto missing = served.post("/api/sessions", Json::object());
    CHECK(missing.status == 422);
    CHECK(missing.json().at("problems").at(0).at("field") == "scenario");
    CHECK(served.post("/api/sessions", {{"scenario", 7}}).status == 422);
    CHECK(served.post("/api/sessions", {{"scenario", "../../etc/passwd"}}).status == 404);
}

TEST_CASE("With a token nothing is answered without it", "[workbench]") {
    WorkbenchOptions options;
    options.token = "a-token-of-the-test";
    Served served(std::move(options));
    CHECK_THAT(served.bench().url(), Contains("/?token=a-token-of-the-test"));
    CHECK(served.get("/").status == 403);
    CHECK(served.get("/?token=another-token-here").status == 403);
    const auto shell = served.get("/?token=a-token-of-the-test");
    CHECK(shell.status == 200);
    CHECK_THAT(shell.body,
               Contains(R"(<meta name="chainsim-token" content="a-token-of-the-test">)"));
    CHECK_THAT(shell.header("Set-Cookie"), Contains("HttpOnly") && Contains("SameSite=Strict"));
    const auto cookie = shell.header("Set-Cookie").substr(0, shell.header("Set-Cookie").find(';'));
    CHECK(served.get("/", {{"Cookie", "other=1; " + cookie}}).status == 200);

    CHECK(served.get("/api/words").status == 403);
    CHECK(served.get("/api/words", {{"Cookie", cookie}}).status == 403);
    CHECK(served.get("/api/words", {{"X-Chainsim-Token", "a-token-of-the-tesT"}}).status == 403);
    CHECK(served.get("/api/words", {{"X-Chainsim-Token", "a-token-of-the-test"}}).status == 200);
    CHECK(served.post("/api/sessions", Json::object()).status == 403);
}

TEST_CASE("Whoever listens beyond this machine needs a token", "[workbench]") {
    WorkbenchOptions options;
    options.host = "0.0.0.0";
    Served served(std::move(options));
    CHECK(served.bench().token().size() == 32);
    CHECK(served.get("/api/words").status == 403);
    CHECK(served.get("/api/words", {{"X-Chainsim-Token", served.bench().token()}}).status == 200);
    CHECK(served
              .get("/api/words", {{"X-Chainsim-Token", served.bench().token()},
                                  {"Host", fmt::format("evil.example:{}", served.port())}})
              .status == 403);
}

TEST_CASE("A token that could not stand in an address is refused, and so is a port that is taken",
          "[workbench]") {
    for (const std::string token : {"short", "with space in it", "\"><script>alert(1)</script>"}) {
        WorkbenchOptions options;
        options.token = token;
        options.port = 0;
        CHECK_THROWS_AS(Workbench(std::move(options)), InputError);
    }
    const Served served;
    WorkbenchOptions options;
    options.port = served.port();
    CHECK_THROWS_WITH(Workbench(std::move(options)), Contains("Address already in use"));
}
