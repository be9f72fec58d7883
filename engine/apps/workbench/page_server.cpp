#include "page_server.hpp"

#include <chainsim/base/sha256.hpp>

#include <fmt/format.h>

namespace chainsim::workbench {

namespace {

std::string shell_of(const std::string& token, table::Language language) {
    const std::string meta =
        token.empty() ? "" : fmt::format(R"(<meta name="chainsim-token" content="{}">)", token);
    // An icon of nothing: browsers ask for /favicon.ico otherwise.
    return fmt::format(
        R"(<!DOCTYPE html>
<html lang="{}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">{}
<title>chainsim</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css"><script src="/page.js" defer></script></head>
<body><div id="app"></div><noscript>本页需要浏览器允许运行脚本。 This page needs scripts to run in the browser.</noscript></body></html>
)",
        language == table::Language::zh ? "zh-CN" : "en", meta);
}

} // namespace

const std::vector<std::pair<std::string, std::string>>& safe_headers() {
    static const std::vector<std::pair<std::string, std::string>> headers{
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
         "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
         "frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Referrer-Policy", "no-referrer"}};
    return headers;
}

PageServer::PageServer(const std::string& token, table::Language language)
    : assets_(view::page_assets()),
      tag_('"' + sha256(std::string(assets_.script) + std::string(assets_.style)) + '"'),
      shell_(shell_of(token, language)) {}

Answer PageServer::shell(bool knows_token) const {
    if (!knows_token) {
        return {Status::forbidden,
                "text/plain; charset=utf-8",
                "The address lacks its token: open the one that `chainsim serve` printed.\n",
                {{"Cache-Control", "no-store"}}};
    }
    return {Status::done, "text/html; charset=utf-8", shell_, {{"Cache-Control", "no-store"}}};
}

Answer PageServer::file(const std::string& path, const std::string& known) const {
    Answer answer;
    // Asked for each time and sent once: a new build of the program has a new page.
    answer.headers = {{"ETag", tag_}, {"Cache-Control", "no-cache"}};
    std::string_view content;
    if (path == "/page.js") {
        answer.type = "text/javascript; charset=utf-8";
        content = assets_.script;
    } else if (path == "/page.css") {
        answer.type = "text/css; charset=utf-8";
        content = assets_.style;
    } else if (path == "/LICENSES.txt") {
        answer.type = "text/plain; charset=utf-8";
        content = assets_.licences;
    } else {
        throw Refusal(Status::not_found, "there is no such file");
    }
    if (known == tag_) {
        answer.status = Status::not_modified;
    } else {
        answer.body = content;
    }
    return answer;
}

} // namespace chainsim::workbench
