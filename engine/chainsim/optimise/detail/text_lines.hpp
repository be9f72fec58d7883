#pragma once

#include <chainsim/base/diagnostic.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::optimise::detail {

/// Reads a text line by line and word by word, and gathers what is wrong with it.
class TextLines {
public:
    static constexpr std::size_t most_findings = 20;

    TextLines(std::string_view text, std::string file) : rest_(text), file_(std::move(file)) {}

    /// Steps to the next line; false at the end, or if more would only repeat what is wrong.
    bool next();
    [[nodiscard]] std::string_view line() const { return line_; }
    [[nodiscard]] std::vector<std::string_view>& words() { return words_; }
    /// Splits the line at blanks.
    void split();

    /// Something wrong with the word, which is a part of the line.
    void refuse(std::string_view word, std::string message, std::string help = {});
    [[nodiscard]] bool is_refused() const { return !findings_.empty(); }
    /// Throws InputError with all findings, if there are any.
    void check() const;

    /// The number that a word says; refused if it is none.
    [[nodiscard]] std::optional<double> number(std::string_view word);

private:
    std::string_view rest_;
    std::string file_;
    std::string_view line_;
    int line_number_ = 0;
    std::vector<std::string_view> words_;
    std::vector<Diagnostic> findings_;
};

/// A number of a file: as C++ reads it, with a plus sign or Fortran's D before the exponent; "inf".
[[nodiscard]] std::optional<double> to_number(std::string_view word);

/// "did you mean 'x'?", or nothing if no name is near.
[[nodiscard]] std::string near_name(std::string_view word, const std::vector<std::string>& known);

} // namespace chainsim::optimise::detail
