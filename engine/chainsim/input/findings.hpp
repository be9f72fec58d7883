#pragma once

#include <chainsim/base/diagnostic.hpp>
#include <chainsim/input/node.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace chainsim::input {

inline constexpr std::size_t most_findings = 10000;

/// Everything wrong that readers found so far; a reader notes a problem and goes on.
///
/// Threads  Not to be shared between threads.
/// Cost     At most `most_findings` are kept; a last one then says how many more there are.
class Findings {
public:
    /// Notes that at `where` the fact `message` holds, and that `help` would be accepted.
    void add(Place where, std::string field, std::string message, std::string help = {},
             const std::vector<Place>& also = {});
    void add(Diagnostic diagnostic);

    [[nodiscard]] bool empty() const noexcept { return diagnostics_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return diagnostics_.size(); }

    /// All of them by file, line and column, each once; this object is empty afterwards.
    [[nodiscard]] std::vector<Diagnostic> take();

    /// Errors  InputError with all of them, if there are any.
    void raise();

private:
    std::vector<Diagnostic> diagnostics_;
    std::size_t dropped_ = 0;
};

} // namespace chainsim::input
