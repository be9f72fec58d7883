#pragma once

#include <chainsim/input/document.hpp>
#include <chainsim/input/reader.hpp>
#include <chainsim/load/detail/files.hpp>
#include <chainsim/model/datum.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::load::detail {

/// A text in a scenario, and where it stands.
struct Named {
    std::string text;
    input::Place place;
};

/// A year that a scenario gives to a project.
struct NamedYear {
    std::string id;
    int year = 0;
    input::Place place;
};

/// What a scenario file says itself, apart from the records that it changes and adds.
struct ScenarioHead {
    const input::Document* document = nullptr;
    std::filesystem::path path;
    std::string id;
    std::optional<model::Name> name;
    std::optional<Named> extends;
    std::optional<Named> models;
    std::vector<Named> includes;
    std::optional<Named> actuals;
    std::vector<int> years;
    std::optional<std::uint64_t> seed;
    bool builds_all = false;
    std::optional<std::vector<Named>> build;
    std::vector<Named> skip;
    std::vector<Named> also; ///< built beside those of what is extended
    std::vector<NamedYear> start;
    std::vector<std::string> start_misread; ///< projects whose start is no year
    const input::Node* changes = nullptr;
    const input::Node* additions = nullptr;
};

/// Checks that a map holds sections that are maps, and no other keys than its table knows.
void check_sections(const input::Node& node, const input::RecordTable& table,
                    input::Findings& findings);

/// A scenario and what it extends, the base first. Files are added to `documents` and `files`.
/// `text`: what `file` holds, instead of what stands there.
///
/// Errors  IoError if `file` itself cannot be read; everything else is noted.
[[nodiscard]] std::vector<ScenarioHead>
read_chain(const std::filesystem::path& file, std::optional<std::string> text, Documents& documents,
           std::vector<std::filesystem::path>& files, input::Findings& findings);

/// The files that the chain includes, each once, in the order of the chain; files outside of the
/// folder of the scenario are noted. The second is the position in `heads` of the one that includes
/// it.
[[nodiscard]] std::vector<std::pair<input::FileName, std::size_t>>
included_files(const std::vector<ScenarioHead>& heads, input::Findings& findings);

/// The statistics that the last scenario of the chain names that names any; nothing if none does,
/// or after a finding.
[[nodiscard]] std::optional<input::FileName> actuals_file(const std::vector<ScenarioHead>& heads,
                                                          input::Findings& findings);

/// The folder of the models that the chain names, or nothing after a finding.
[[nodiscard]] std::optional<std::filesystem::path>
models_folder(const std::vector<ScenarioHead>& heads, input::Findings& findings);

} // namespace chainsim::load::detail
