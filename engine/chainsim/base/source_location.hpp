#pragma once

#include <string>

namespace chainsim {

/// A place in an input file. Lines and columns count from 1; 0 means unknown.
struct SourceLocation {
    std::string file; ///< as the user named it, or relative to the folder given
    int line = 0;
    int column = 0;

    friend bool operator==(const SourceLocation&, const SourceLocation&) = default;
};

/// "file:line:column", without what is unknown.
[[nodiscard]] std::string to_string(const SourceLocation& where);

} // namespace chainsim
