#pragma once

#include "call.hpp"
#include <chainsim/table/language.hpp>
#include <chainsim/view/page_assets.hpp>

#include <string>

namespace chainsim::workbench {

/// Headers of every answer: what the page may load, and that nobody may frame, guess or cache it.
[[nodiscard]] const std::vector<std::pair<std::string, std::string>>& safe_headers();

/// The page of the workbench: its shell, its script and its style sheet.
///
/// Threads  any.
/// Errors   Unavailable if this build has no page.
class PageServer {
public:
    /// The token, if any, is written into the shell: letters, digits, `-` and `_` alone.
    PageServer(const std::string& token, table::Language language);

    /// The shell, for whoever knows the token.
    [[nodiscard]] Answer shell(bool knows_token) const;
    /// A file by its path. `known` is what the client says that it has (If-None-Match).
    ///
    /// Errors  Refusal: not found.
    [[nodiscard]] Answer file(const std::string& path, const std::string& known) const;

private:
    view::PageAssets assets_;
    std::string tag_; ///< of this build of the page
    std::string shell_;
};

} // namespace chainsim::workbench
