#include <chainsim/base/error.hpp>
#include <chainsim/io/markup.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/view/detail/json.hpp>
#include <chainsim/view/page_assets.hpp>
#include <chainsim/view/view.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>
#include <zlib.h>

namespace chainsim::view {

namespace {

std::string base64(const std::vector<unsigned char>& bytes) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t k) {
            return i + k < bytes.size() ? static_cast<std::uint32_t>(bytes[i + k]) : 0U;
        };
        const std::uint32_t three = (byte(0) << 16U) | (byte(1) << 8U) | byte(2);
        for (std::uint32_t k = 0; k < 4; ++k) {
            out += i + k <= bytes.size() ? letters[(three >> (18U - 6U * k)) & 63U] : '=';
        }
    }
    return out;
}

/// A text as gzip has it, in the letters of base64: the page unpacks it (DecompressionStream).
///
/// Source  RFC 1952 (gzip), RFC 4648 (base64).
std::string packed(const std::string& text) {
    z_stream stream{};
    constexpr int gzip = 15 + 16; // the largest window, with the header of gzip
    constexpr int memory = 8;
    CHAINSIM_EXPECT(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip, memory,
                                 Z_DEFAULT_STRATEGY) == Z_OK,
                    "zlib is there");
    std::vector<unsigned char> out(deflateBound(&stream, text.size()));
    // zlib does not write to what it reads; its header lacks the const.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data())); // NOLINT
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    CHAINSIM_EXPECT(result == Z_STREAM_END, "there is room for all of it");
    return base64(out);
}

} // namespace

std::string report_html(const ViewRequest& request) {
    const auto assets = page_assets();
    const auto document = view_json(request);
    const auto language = document.at("language").get<std::string>();
    const auto title = document.at("districts").at(0).at("name").at(language).get<std::string>();
    const auto noscript = std::string(table::say("page_noscript", request.language));
    std::string out = "<!DOCTYPE html>\n<html lang=\"";
    out += language == "zh" ? "zh-CN" : "en";
    out += "\"><head><meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
    out += io::escaped_markup(title);
    out += "</title>\n<style>";
    out += assets.style;
    out += "</style></head>\n<body><div id=\"app\"></div>\n<noscript>";
    out += io::escaped_markup(noscript);
    out += "</noscript>\n<script type=\"application/gzip\" id=\"view\">";
    // Bytes of a file that are no UTF-8 do not stop a report.
    out += packed(document.dump(-1, ' ', false, detail::Json::error_handler_t::replace));
    out += "</script>\n<script>";
    out += assets.script;
    out += "</script></body></html>\n";
    return out;
}

} // namespace chainsim::view
