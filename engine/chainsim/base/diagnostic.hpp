#pragma once

#include <chainsim/base/error.hpp>
#include <chainsim/base/source_location.hpp>

#include <string>
#include <vector>

namespace chainsim {

/// One thing wrong with the input: where it stands, what it is, what to write instead.
struct Diagnostic {
    SourceLocation where;             ///< file, line, column
    std::string field;                ///< path in the document: "processes.mill.inputs.ore"
    std::string message;              ///< the fact, in the writer's own words and units
    std::string help;                 ///< the smallest change that would be accepted, or empty
    std::vector<SourceLocation> also; ///< other places concerned: the first of two equal keys
    std::string line_text;            ///< the line of the file, for the excerpt; may be empty

    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// The text that a user reads: place, message, excerpt with a caret, field and help.
[[nodiscard]] std::string to_string(const Diagnostic& diagnostic);

/// All that is wrong with the input, gathered; `what()` is the text of all of them.
class InputError : public Error {
public:
    explicit InputError(std::vector<Diagnostic> diagnostics);

    [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const noexcept {
        return diagnostics_;
    }

private:
    std::vector<Diagnostic> diagnostics_;
};

} // namespace chainsim
