#pragma once

#include <chainsim/base/diagnostic.hpp>
#include <chainsim/live/control.hpp>

#include <map>
#include <string>
#include <vector>

namespace chainsim::live {

/// The differences of a session as a scenario file, and which control each of its lines is of.
struct Overlay {
    std::string text;
    std::map<int, std::string> control_of_line;
};

/// What stands at the head of the file.
struct OverlayHead {
    std::string id;
    model::Name name;
    std::string extends; ///< name of the file beside it
};

/// Writes edits as a scenario. `scenario` is the one that is extended, `controls` are its own.
[[nodiscard]] Overlay overlay_of(const OverlayHead& head, const model::Scenario& scenario,
                                 const std::vector<Control>& controls,
                                 const std::vector<Edit>& edits);

/// Findings of the loader with the control that each is about as `field`: by its line in the text,
/// or by the record that it names.
[[nodiscard]] std::vector<Diagnostic> at_controls(std::vector<Diagnostic> findings,
                                                  const std::string& file, const Overlay& overlay,
                                                  const std::vector<Edit>& edits);

} // namespace chainsim::live
