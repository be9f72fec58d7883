#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace chainsim::io {

/// An entry of a sparse matrix; positions count from 0.
struct MatrixEntry {
    std::size_t row = 0;
    std::size_t column = 0;
    double value = 0.0;
};

/// A sparse matrix in the Matrix Market exchange format (coordinate real general), with a comment
/// that says what it is. Entries keep their order; numbers read back as the same number.
///
/// Errors  ContractError if an entry lies outside, or a comment line is broken.
/// Source  Boisvert, Pozo & Remington (1996), The Matrix Market Exchange Formats, NISTIR 5935.
[[nodiscard]] std::string to_matrix_market(std::size_t rows, std::size_t columns,
                                           std::span<const MatrixEntry> entries,
                                           const std::string& comment);

} // namespace chainsim::io
