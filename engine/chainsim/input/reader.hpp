#pragma once

#include <chainsim/input/field.hpp>
#include <chainsim/input/findings.hpp>
#include <chainsim/input/node.hpp>
#include <chainsim/units/quantity.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::input {

/// The way to a value in a document; the text is made only where a problem is told.
class FieldPath {
public:
    explicit FieldPath(std::string_view step) : step_(step) {}
    FieldPath(const FieldPath& parent, std::string_view step) : parent_(&parent), step_(step) {}

    [[nodiscard]] std::string text() const; ///< "processes.mill.inputs.ore"

private:
    const FieldPath* parent_ =
        nullptr; ///< lives longer: the caller of the reader that made this one
    std::string_view step_;
};

/// `known` nearest to `word` as "did you mean `x`?", or empty.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       const std::vector<std::string>& known);

/// "'x' is not known; did you mean 'y'?" for the help of a finding: first the nearest, else the
/// list if it is short.
[[nodiscard]] std::string help_for_unknown(std::string_view word,
                                           const std::vector<std::string>& known);

/// What a quantity must be.
struct QuantityNeed {
    units::Unit unit;
    double minimum = -std::numeric_limits<double>::infinity(); ///< in `unit`
    double maximum = std::numeric_limits<double>::infinity();
    bool any_unit = false; ///< only the number is judged
};

/// The quantity that a scalar states, or nothing after a finding.
///
/// Where a unit has a line ("t/t"), what stands above and below it must agree as well; a number
/// without a unit is taken only where the unit is "1".
[[nodiscard]] std::optional<units::Quantity> read_quantity(const Node& node, const FieldPath& path,
                                                           const QuantityNeed& need,
                                                           Findings& findings);

/// The whole number that a scalar states, or nothing after a finding.
[[nodiscard]] std::optional<long long> read_whole(const Node& node, const FieldPath& path,
                                                  double minimum, double maximum,
                                                  Findings& findings);

/// Notes that something else than `wanted` stands at a node.
void note_kind(const Node& node, const FieldPath& path, std::string_view wanted,
               Findings& findings);

/// Reads one record by its table: notes unknown keys, missing keys and wrong kinds, and hands out
/// what is right. What could not be read is absent, and a finding says why.
class RecordReader {
public:
    /// Notes at once if `node` is no map, and every key that the table does not know.
    RecordReader(const Node& node, const RecordTable& table, const FieldPath& path,
                 Findings& findings);
    RecordReader(const RecordReader&) = delete;
    RecordReader(RecordReader&&) = delete;
    RecordReader& operator=(const RecordReader&) = delete;
    RecordReader& operator=(RecordReader&&) = delete;
    ~RecordReader() = default;

    [[nodiscard]] const Node& node() const noexcept { return node_; }
    [[nodiscard]] const FieldPath& path() const noexcept { return path_; }
    [[nodiscard]] Findings& findings() const noexcept { return findings_; }

    [[nodiscard]] std::string text(std::string_view key);
    [[nodiscard]] std::vector<std::string> texts(std::string_view key);
    [[nodiscard]] std::optional<std::size_t> word(std::string_view key); ///< position in `words`
    [[nodiscard]] std::optional<int> whole(std::string_view key);
    [[nodiscard]] std::optional<bool> yes_no(std::string_view key);
    [[nodiscard]] std::optional<units::Quantity> quantity(std::string_view key);
    /// Value of a key of any other kind, a map or list where the table says so; null if absent.
    [[nodiscard]] const Node* value(std::string_view key);
    /// Unit and limits of a quantity, datum or path field with a fixed unit.
    [[nodiscard]] QuantityNeed need(std::string_view key) const;
    /// The same with a unit that depends on the record.
    [[nodiscard]] QuantityNeed need(std::string_view key, const units::Unit& unit) const;

    /// Errors  ContractError if the table has a key that nobody asked for: accepted input has
    /// effect.
    void finish() const;

private:
    [[nodiscard]] const Field& field(std::string_view key) const;
    [[nodiscard]] const Node* take(std::string_view key, FieldKind kind);
    [[nodiscard]] const Node* take(const Field& field);

    const Node& node_;
    const RecordTable& table_;
    const FieldPath& path_;
    Findings& findings_;
    std::vector<bool> taken_;
};

} // namespace chainsim::input
