#pragma once

#include <span>
#include <string>
#include <string_view>

namespace chainsim {

/// The known word nearest to `word` (optimal string alignment distance, at most a third of its
/// length), or empty if none is near. Ties go to the alphabetically first.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> known);

} // namespace chainsim
