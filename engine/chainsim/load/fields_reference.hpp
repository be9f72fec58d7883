#pragma once

#include <string>

namespace chainsim::load {

/// What input files may contain, as one page of Markdown: the text of `models/FIELDS.md`. Made from
/// the same tables as the reader, so it cannot disagree with what is accepted.
[[nodiscard]] std::string fields_reference();

} // namespace chainsim::load
