#include <chainsim/io/markup.hpp>

namespace chainsim::io {

std::string escaped_markup(std::string_view text) {
    std::string out;
    for (const char one : text) {
        switch (one) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += one;
        }
    }
    return out;
}

} // namespace chainsim::io
