#pragma once

#include "multipart.hpp"
#include "scratch_folder.hpp"
#include "workspace.hpp"

#include <cstddef>
#include <mutex>
#include <span>
#include <vector>

namespace chainsim::workbench {

/// Districts that users bring along, in a folder of the server that goes with it:
///     models/              a copy of the models of the workspace
///     scenarios/NAME/...   an upload, so that its `models: ../../models` is there
///
/// Threads  any.
class Uploads {
public:
    static constexpr std::size_t most_files = 400;
    static constexpr std::size_t most_uploads = 32;

    explicit Uploads(Workspace& workspace);

    /// Writes the files of a folder, reads all scenarios in it, and adds it to the workspace.
    /// -> its scenarios.
    ///
    /// Errors  Refusal with a finding for each file, `field` its name: a name or a kind of file
    ///         that is not taken, and what the loader says; too many. Nothing stays then.
    [[nodiscard]] std::vector<ScenarioFile> take(std::span<const FormPart> parts);

private:
    [[nodiscard]] std::filesystem::path new_folder(const std::string& name);

    Workspace& workspace_;
    ScratchFolder scratch_;
    std::mutex mutex_;
    std::size_t tried_ = 0;
    std::size_t taken_ = 0;
};

} // namespace chainsim::workbench
