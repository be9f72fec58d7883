#pragma once

#include <chainsim/study/comparison.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/table/language.hpp>

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chainsim::view {

/// What a page is about.
struct ViewRequest {
    std::vector<study::Study> studies;          ///< the first is reported on, others set beside it
    std::optional<int> year;                    ///< that is judged
    std::vector<std::filesystem::path> fronts;  ///< folders of `optimise --pareto`
    std::vector<std::filesystem::path> samples; ///< folders of `sample`
    table::Language language = table::Language::zh; ///< shown first
};

/// The document that the page is drawn from, schema `chainsim.view/1`
/// (engine/apps/workbench/page/src/contract.ts).
///
/// Errors  NoSolution of the first study; NotComparable; InputError for a folder that is none.
[[nodiscard]] nlohmann::ordered_json view_json(const ViewRequest& request);

/// What changes and causes of differences the page shows: `Comparison` of the contract.
///
/// Errors  NotComparable.
[[nodiscard]] nlohmann::ordered_json comparison_json(std::span<const study::Study> studies,
                                                     std::optional<int> year);

/// Words that the page says itself, in both languages, by key; and how readers of each language see
/// units.
[[nodiscard]] nlohmann::ordered_json words_json();
/// Of those units that stand in the document, in any place that is called `unit` or `u`.
[[nodiscard]] nlohmann::ordered_json units_json(const nlohmann::ordered_json& document);

/// The page as one file that needs nothing else.
///
/// Errors  as `view_json`; base::Unavailable if this build has no page.
[[nodiscard]] std::string report_html(const ViewRequest& request);

} // namespace chainsim::view
