#pragma once

#include <chainsim/input/field.hpp>

#include <string_view>

namespace chainsim::load {

/// What may stand behind a key of a record, as the reader has it: the forms of the workbench are
/// made from it. Null for a record or a key that there is not.
[[nodiscard]] const input::Field* find_field(std::string_view record, std::string_view key);

} // namespace chainsim::load
