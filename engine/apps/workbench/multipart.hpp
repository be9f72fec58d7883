#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::workbench {

/// A part of a form: of a file its name as the browser gives it.
struct FormPart {
    std::string name;
    std::string file_name;
    std::string_view content; ///< within the body
};

/// The parts of a body of type multipart/form-data, at most `most_parts`; its boundary stands in
/// the type of its content.
///
/// Cost    linear in the body, whatever it holds.
/// Errors  Refusal: malformed; too large, where there are more parts.
/// Source  RFC 7578 (2015); RFC 2046 (1996), section 5.1.
[[nodiscard]] std::vector<FormPart> parts_of(std::string_view body, std::string_view content_type,
                                             std::size_t most_parts);

} // namespace chainsim::workbench
