#pragma once

#include <chainsim/input/document.hpp>
#include <chainsim/input/findings.hpp>
#include <chainsim/input/node.hpp>

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace chainsim::load::detail {

/// One record of a section, before it is read.
struct Record {
    input::Place place;                   ///< of its id
    const input::Node* node = nullptr;    ///< with all changes merged in
    const input::Node* nominal = nullptr; ///< before any change; equal to `node` if there was none

    [[nodiscard]] bool is_changed() const noexcept { return node != nominal; }
};

using Records = std::map<std::string, Record, std::less<>>;

/// The records of all files by section and id, in order of id, so that nothing depends on the order
/// of files.
///
/// Nodes belong to documents, or to this object where changes were merged in.
class Sections {
public:
    /// Takes the sections of a map (a file, or `add` of a scenario); notes ids that stand twice.
    void add(const input::Node& map, input::Findings& findings);

    /// Merges `changes` of a scenario into the records that it names; notes those that do not
    /// exist.
    void change(const input::Node& map, input::Findings& findings);

    /// The records of a section, none if there is no such section.
    [[nodiscard]] const Records& of(std::string_view section) const;
    [[nodiscard]] const std::optional<Record>& region() const noexcept { return region_; }

private:
    void add_record(std::string_view section, const input::Entry& entry, input::Findings& findings);
    void change_record(std::string_view section, const input::Entry& entry,
                       input::Findings& findings);
    bool change_project_facility(const input::Entry& entry, input::Findings& findings);

    std::map<std::string, Records, std::less<>> records_;
    std::optional<Record> region_;
    std::deque<input::Node> merged_; ///< stable addresses
};

} // namespace chainsim::load::detail
