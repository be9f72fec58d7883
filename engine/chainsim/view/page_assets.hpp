#pragma once

#include <string_view>

namespace chainsim::view {

/// The page as it was built: one script and one style sheet that need nothing else.
struct PageAssets {
    std::string_view script;
    std::string_view style;
    std::string_view licences; ///< of what is bundled
};

/// Errors  Unavailable if this build has no page (`CHAINSIM_WITH_WORKBENCH`).
[[nodiscard]] PageAssets page_assets();

} // namespace chainsim::view
