#include <chainsim/base/error.hpp>
#include <chainsim/io/matrix_market.hpp>

#include <fmt/format.h>

#include <iterator>

namespace chainsim::io {

std::string to_matrix_market(std::size_t rows, std::size_t columns,
                             std::span<const MatrixEntry> entries, const std::string& comment) {
    CHAINSIM_EXPECT(comment.find('\n') == std::string::npos, "a comment of more than one line");
    std::string out = "%%MatrixMarket matrix coordinate real general\n";
    auto to = std::back_inserter(out);
    fmt::format_to(to, "% {}\n{} {} {}\n", comment, rows, columns, entries.size());
    for (const auto& entry : entries) {
        CHAINSIM_EXPECT(entry.row < rows && entry.column < columns,
                        "an entry outside of the matrix");
        fmt::format_to(to, "{} {} {}\n", entry.row + 1, entry.column + 1, entry.value + 0.0);
    }
    return out;
}

} // namespace chainsim::io
