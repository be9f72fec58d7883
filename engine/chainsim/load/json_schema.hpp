#pragma once

#include <string>

namespace chainsim::load {

/// What input files may contain, as a JSON Schema (draft 7, which editors of YAML understand): the
/// text of `models/schema.json`. Made from the same tables as the reader and `fields_reference`.
///
/// It knows keys, words, whole numbers and which keys are needed. Units, ids and all that depends
/// on other files are the loader's alone, so a file that it accepts may still be refused.
[[nodiscard]] std::string json_schema();

} // namespace chainsim::load
