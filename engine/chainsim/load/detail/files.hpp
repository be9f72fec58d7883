#pragma once

#include <chainsim/input/document.hpp>
#include <chainsim/input/findings.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::load::detail {

/// Documents that are kept for as long as their nodes are used.
using Documents = std::vector<std::shared_ptr<const input::Document>>; // shared by scenarios

/// Files that were parsed: several scenarios of a study read the same ones. Findings of a file are
/// those of the first time that it is read; one that is no YAML is read again.
class ParsedFiles {
public:
    /// The documents of files, in their order.
    ///
    /// Errors  IoError if a file cannot be read.
    [[nodiscard]] Documents read(const std::vector<input::FileName>& files,
                                 input::Findings& findings);

private:
    std::map<std::string, std::shared_ptr<const input::Document>> documents_; ///< by shown name
};

/// Every *.yaml below a folder, in order of path. A *.yml is noted: it would be passed over in
/// silence.
///
/// Errors  IoError if the folder cannot be read.
[[nodiscard]] std::vector<input::FileName> yaml_files_below(const std::filesystem::path& folder,
                                                            input::Findings& findings);

/// A path as messages name it: what the user gave, without "." and "x/..".
[[nodiscard]] std::string shown_name(const std::filesystem::path& path);

/// Whether all documents are YAML; then it makes sense to look at what they say.
[[nodiscard]] bool all_readable(const Documents& documents);

/// The text behind `format:` of a document, or empty.
[[nodiscard]] std::string format_of(const input::Document& document);

/// Adds a finding that was made without its document (by `model`), with the line of the file.
void add_with_line(Diagnostic diagnostic, const Documents& documents, input::Findings& findings);

} // namespace chainsim::load::detail
