#pragma once

#include "call.hpp"
#include "user_session.hpp"
#include <chainsim/table/language.hpp>

#include <string>

namespace chainsim::workbench {

/// What a session has now, as a file: `xlsx`, `csv` (all tables in one archive), `html` (the page
/// with all years) or `yaml` (the differences alone).
///
/// Errors  Refusal, not found, for another kind; NoSolution, but for `yaml`; as `current`.
[[nodiscard]] Answer download(UserSession& session, const std::string& kind,
                              table::Language language);

} // namespace chainsim::workbench
