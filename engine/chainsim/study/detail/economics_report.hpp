#pragma once

#include <chainsim/study/project_economics.hpp>
#include <chainsim/table/language.hpp>
#include <chainsim/table/table.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace chainsim::study::detail {

/// Which of the projects to tell of, and how.
struct EconomicsView {
    table::Language language = table::Language::en;
    std::size_t width = 0;
    bool all = false;
    std::string project; ///< id, of which alone to tell; empty: of those that lose most
};

/// Return and payback of projects, those first that lose most at the return that is required of
/// them. `project`: an id, of which alone to tell; empty: of all.
[[nodiscard]] table::Table returns_table(const model::Scenario& scenario,
                                         const std::vector<ProjectEconomics>& projects,
                                         const std::string& project, table::Language language);

/// Return, payback and park norms of projects, those first that lose most at the return that is
/// required of them; empty if there are none.
[[nodiscard]] std::string economics_text(const model::Scenario& scenario,
                                         const std::vector<ProjectEconomics>& projects,
                                         const EconomicsView& view);

/// `[{id, name, investment, irr_after_tax, ..., norms: [{id, value, bound, unit, verdict,
/// confidence}], missing}]` in SI units and CNY; null where a figure is missing.
[[nodiscard]] nlohmann::ordered_json economics_json(const model::Scenario& scenario,
                                                    const std::vector<ProjectEconomics>& projects,
                                                    const std::string& project);

} // namespace chainsim::study::detail
