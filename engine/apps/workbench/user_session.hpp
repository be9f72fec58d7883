#pragma once

#include "origins.hpp"
#include <chainsim/table/language.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace chainsim::workbench {

/// Folders of results that a page shows beside a district.
struct ResultFolders {
    std::vector<std::filesystem::path> fronts;
    std::vector<std::filesystem::path> samples;
};

/// A district as a user has moved it, solved.
struct Shown {
    study::Study study;
    std::shared_ptr<const study::Run> run; // of a scenario that nobody moved it is everyone's
    std::uint64_t edition = 0;             ///< of the edits
};

/// What one user has open.
///
/// Threads  any. Sliders are answered in turn; what takes longer goes on beside them.
class UserSession {
public:
    UserSession(std::string id, std::shared_ptr<const OpenScenario> scenario,
                table::Language language);

    [[nodiscard]] const std::string& id() const noexcept { return id_; }
    [[nodiscard]] const OpenScenario& scenario() const noexcept { return *scenario_; }

    /// All that differs from the scenario. -> `Pulse` of the contract, but for `seq` and
    /// `milliseconds`.
    ///
    /// Errors  as `live::Session::edit`.
    [[nodiscard]] Json edit(std::vector<live::Edit> edits);
    [[nodiscard]] std::vector<live::Edit> edits() const;
    [[nodiscard]] std::string scenario_text(const std::string& id, const model::Name& name) const;

    /// The district with all edits; solved if it is not yet. Errors  InputError.
    [[nodiscard]] Shown current();
    /// The district that was solved last.
    [[nodiscard]] Shown shown() const;
    /// `View` of the contract, of the district with all edits.
    [[nodiscard]] Json view(const ResultFolders& results);

private:
    std::string id_;
    std::shared_ptr<const OpenScenario> scenario_; // and of other sessions
    table::Language language_;
    mutable std::mutex editing_; ///< of `live_` and `edition_`
    live::Session live_;
    std::uint64_t edition_ = 0;
    mutable std::mutex showing_; ///< of `shown_`
    Shown shown_;
};

/// Controls and edits as the contract has them.
[[nodiscard]] Json controls_json(const std::vector<live::Control>& controls);
[[nodiscard]] Json edits_json(const std::vector<live::Edit>& edits);
/// Errors  Refusal at the field.
[[nodiscard]] std::vector<live::Edit> edits_in(const Json& object);

} // namespace chainsim::workbench
