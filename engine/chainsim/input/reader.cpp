#include <chainsim/base/nearest.hpp>
#include <chainsim/base/utf8.hpp>
#include <chainsim/input/detail/text_check.hpp>
#include <chainsim/input/reader.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace chainsim::input {

namespace {

std::string shown(std::string_view text) { return utf8::shorten(text, 60); }

std::string listed(const std::vector<std::string>& words) {
    std::string result;
    for (const auto& word : words) {
        result += fmt::format("{}{}", result.empty() ? "" : ", ", word);
    }
    return result;
}

/// The unit as it reads well after a number: "1000 m3/t" would read oddly, m3/t says the same.
std::string_view after_number(const units::Unit& unit) {
    const std::string_view text = unit.text();
    const std::size_t letters = text.find_first_not_of("0123456789 ");
    return text.substr(letters == std::string_view::npos ? 0 : letters);
}

/// A number with what it lacks: "write for example '1.6 t/t'".
std::string example(std::string_view number, const units::Unit& unit) {
    return unit.text() == "1"
               ? fmt::format("write for example '{}'", number)
               : fmt::format("write for example '{} {}'", number, after_number(unit));
}

bool fits(const units::Unit& given, const units::Unit& needed) {
    // A share may be written as kg/t, but t/t is not what m3/m3 asks for.
    return needed.text().find('/') == std::string::npos ? given.is_convertible_to(needed)
                                                        : given.is_like(needed);
}

/// How to write an amount whose unit does not fit: with the "per what" that it lacks, where that is
/// all; the number stays true then. Otherwise only the unit can be told.
std::string example(const units::Quantity& given, const units::Unit& needed) {
    for (const std::string_view per : {"a", "t", "m3", "1000 m3", "MWh", "GJ"}) {
        const units::Unit mended = given.unit().per(units::Unit::parse(per));
        if (fits(mended, needed)) {
            return fmt::format("write for example '{} {}'", given.number(), mended.text());
        }
    }
    return needed.text() == "1" ? "write a plain number, or a share in %"
                                : fmt::format("write it in {}", after_number(needed));
}

/// Digits with commas between them, as in 530,000.
bool has_grouped_digits(std::string_view text) {
    const auto comma = text.find(',');
    const auto is_digit = [&](std::size_t at) {
        return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    return comma != std::string_view::npos && comma > 0 && is_digit(comma - 1) &&
           is_digit(comma + 1);
}

/// The number that a faulty text begins with, to repeat it in an example.
std::string_view leading_number(std::string_view text) {
    const std::string_view digits = text.substr(0, text.find_first_not_of("0123456789."));
    const bool is_number = !digits.empty() && digits.front() != '.' && digits.back() != '.' &&
                           std::count(digits.begin(), digits.end(), '.') <= 1 &&
                           (digits.size() == 1 || digits[0] != '0' || digits[1] == '.');
    return is_number ? digits : std::string_view("1");
}

/// How to write an amount whose unit is not known. As much of the unit is kept as is known (万吨 of
/// 万吨每年), for without it the number would be another one; else no number is told.
std::string help_for_unit(std::string_view text, const units::Unit& needed) {
    const std::string_view number = leading_number(text);
    const std::string_view after = text.substr(text.starts_with(number) ? number.size() : 0);
    const std::string_view unit =
        after.substr(std::min(after.find_first_not_of(' '), after.size()));
    const bool is_word = !unit.empty() && (std::isalpha(static_cast<unsigned char>(unit[0])) != 0 ||
                                           static_cast<unsigned char>(unit[0]) >= 0x80);
    if (!text.starts_with(number) || !is_word) {
        return example(number, needed);
    }
    auto ends = utf8::starts(unit);
    for (auto end = ends.rbegin(); end != ends.rend() && *end > 0; ++end) {
        try {
            const auto known =
                units::Quantity::parse(fmt::format("{} {}", number, unit.substr(0, *end)));
            return fits(known.unit(), needed)
                       ? fmt::format("write for example '{} {}'", number, known.unit().text())
                       : example(known, needed);
        } catch (const units::UnitError&) {
            continue; // a shorter part may be known
        }
    }
    return needed.text() == "1" ? "write a plain number, or a share in %"
                                : fmt::format("write it in {}", after_number(needed));
}

/// 85 where a share is at most 1 is meant in percent; what is meant by 1.2, nobody knows.
std::string help_for_share(const units::Quantity& given, const QuantityNeed& need) {
    constexpr double least = 10.0;
    constexpr double whole = 100.0;
    const bool is_percent = need.unit.text() == "1" && need.maximum == 1.0 &&
                            given.unit().text() == "1" && given.number() >= least &&
                            given.number() <= whole;
    return is_percent ? fmt::format("write {} %", given.number()) : std::string{};
}

/// A date where a year is asked for.
std::string help_for_whole(std::string_view text) {
    const std::string_view digits = text.substr(0, text.find_first_not_of("0123456789"));
    const bool is_date = digits.size() == 4 && digits[0] != '0' && text.size() > digits.size() &&
                         (text[digits.size()] == '-' || text[digits.size()] == '/');
    return is_date ? fmt::format("write for example {}", digits) : std::string{};
}

} // namespace

std::string FieldPath::text() const {
    if (parent_ == nullptr) {
        return std::string(step_);
    }
    const std::string before = parent_->text();
    return before.empty() ? std::string(step_) : fmt::format("{}.{}", before, step_);
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
    const std::string near = nearest(word, known);
    return near.empty() ? std::string{} : fmt::format("did you mean '{}'?", near);
}

std::string help_for_unknown(std::string_view word, const std::vector<std::string>& known) {
    constexpr std::size_t short_list = 12;
    std::string help = did_you_mean(word, known);
    if (help.empty() && !known.empty() && known.size() <= short_list) {
        help = fmt::format("known: {}", listed(known));
    }
    return help;
}

void note_kind(const Node& node, const FieldPath& path, std::string_view wanted,
               Findings& findings) {
    if (node.is_null()) {
        findings.add(node.place, path.text(),
                     fmt::format("nothing stands here; {} is needed", wanted));
        return;
    }
    findings.add(node.place, path.text(),
                 node.is_scalar()
                     ? fmt::format("'{}' is a text; {} is needed", shown(node.text), wanted)
                     : fmt::format("{} stands here; {} is needed", to_string(node.kind), wanted),
                 node.is_scalar() ? detail::hint_of_wide_colon(node.text) : std::string{});
}

std::optional<units::Quantity> read_quantity(const Node& node, const FieldPath& path,
                                             const QuantityNeed& need, Findings& findings) {
    if (!node.is_scalar()) {
        note_kind(node, path, "a number with its unit", findings);
        return std::nullopt;
    }
    units::Quantity quantity;
    try {
        quantity = units::Quantity::parse(node.text);
    } catch (const units::UnitError& error) {
        findings.add(node.place, path.text(), error.what(),
                     has_grouped_digits(node.text) ? "write the number without commas"
                     : need.any_unit               ? std::string{}
                                                   : help_for_unit(node.text, need.unit));
        return std::nullopt;
    }
    if (need.any_unit) {
        return quantity;
    }
    const bool bare = quantity.unit().text() == "1";
    if (bare && need.unit.text() != "1") {
        findings.add(node.place, path.text(),
                     fmt::format("'{}' has no unit; {} is needed here", shown(node.text),
                                 need.unit.dimension_name()),
                     example(fmt::format("{}", quantity.number()), need.unit));
        return std::nullopt;
    }
    if (!fits(quantity.unit(), need.unit)) {
        findings.add(node.place, path.text(),
                     fmt::format("'{}' is {}; {} is needed here", shown(node.text),
                                 quantity.unit().dimension_name(), need.unit.dimension_name()),
                     example(quantity, need.unit));
        return std::nullopt;
    }
    const double value = quantity.in(need.unit);
    if (value < need.minimum) {
        findings.add(node.place, path.text(),
                     need.minimum == 0.0 ? fmt::format("'{}' is negative", shown(node.text))
                                         : fmt::format("'{}' is less than {} {}", shown(node.text),
                                                       need.minimum, need.unit.text()),
                     "");
        return std::nullopt;
    }
    if (value > need.maximum) {
        findings.add(node.place, path.text(),
                     fmt::format("'{}' is more than {}{}", shown(node.text), need.maximum,
                                 need.unit.text() == "1" ? "" : ' ' + need.unit.text()),
                     help_for_share(quantity, need));
        return std::nullopt;
    }
    return quantity;
}

std::optional<long long> read_whole(const Node& node, const FieldPath& path, double minimum,
                                    double maximum, Findings& findings) {
    if (!node.is_scalar()) {
        note_kind(node, path, "a whole number", findings);
        return std::nullopt;
    }
    const std::string& text = node.text;
    const std::string_view digits = std::string_view(text).substr(text.starts_with('-') ? 1 : 0);
    long long value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool superfluous_zero = digits.size() > 1 && digits[0] == '0';
    if (error != std::errc{} || stop != text.data() + text.size() || superfluous_zero) {
        findings.add(node.place, path.text(),
                     fmt::format("'{}' is not a whole number", shown(text)), help_for_whole(text));
        return std::nullopt;
    }
    const auto as_double = static_cast<double>(value);
    if (as_double < minimum || as_double > maximum) {
        findings.add(node.place, path.text(),
                     fmt::format("{} is not from {} to {}", value, minimum, maximum), "");
        return std::nullopt;
    }
    return value;
}

RecordReader::RecordReader(const Node& node, const RecordTable& table, const FieldPath& path,
                           Findings& findings)
    : node_(node), table_(table), path_(path), findings_(findings),
      taken_(table.fields.size(), false) {
    if (!node.is_map()) {
        note_kind(node, path, fmt::format("a map with the keys of a {}", table.name), findings);
        return;
    }
    for (const auto& entry : node.entries) {
        if (table.find(entry.key) == nullptr) {
            const std::string help = did_you_mean(entry.key, table.keys());
            findings.add(
                entry.place, path.text(), fmt::format("unknown key `{}`", shown(entry.key)),
                help.empty() ? fmt::format("a {} takes: {}", table.name, listed(table.keys()))
                             : help);
        }
    }
    for (const auto& field : table.fields) {
        if (field.presence == Presence::required && node.find(field.key) == nullptr) {
            findings.add(
                node.place, path.text(), fmt::format("the key `{}` is missing", field.key),
                field.words.empty()
                    ? fmt::format("add `{}: ...`. {}", field.key, field.doc)
                    : fmt::format("add `{}: {}`", field.key, fmt::join(field.words, " | ")));
        }
    }
}

const Field& RecordReader::field(std::string_view key) const {
    const Field* found = table_.find(key);
    CHAINSIM_EXPECT(found != nullptr, fmt::format("the table {} has no key {}", table_.name, key));
    return *found;
}

const Node* RecordReader::take(const Field& field) {
    taken_[static_cast<std::size_t>(&field - table_.fields.data())] = true;
    const Entry* entry = node_.find(field.key);
    return entry == nullptr ? nullptr : &entry->value;
}

const Node* RecordReader::take(std::string_view key, FieldKind kind) {
    const Field& known = field(key);
    CHAINSIM_EXPECT(known.kind == kind, fmt::format("{}.{} is not of this kind", table_.name, key));
    return take(known);
}

std::string RecordReader::text(std::string_view key) {
    const Node* value = take(key, FieldKind::text);
    if (value == nullptr) {
        return {};
    }
    if (!value->is_scalar() || value->text.empty()) {
        note_kind(*value, FieldPath(path_, key), "a text that is not empty", findings_);
        return {};
    }
    return value->text;
}

std::vector<std::string> RecordReader::texts(std::string_view key) {
    const Node* value = take(key, FieldKind::texts);
    if (value == nullptr) {
        return {};
    }
    const FieldPath path(path_, key);
    if (!value->is_sequence()) {
        note_kind(*value, path, "a list of texts", findings_);
        return {};
    }
    std::vector<std::string> result;
    for (const auto& item : value->items) {
        if (item.is_scalar() && !item.text.empty()) {
            result.push_back(item.text);
        } else {
            note_kind(item, path, "a text that is not empty", findings_);
        }
    }
    return result;
}

std::optional<std::size_t> RecordReader::word(std::string_view key) {
    const Field& known = field(key);
    const Node* value = take(key, FieldKind::word);
    if (value == nullptr) {
        return std::nullopt;
    }
    const FieldPath path(path_, key);
    const std::vector<std::string> words(known.words.begin(), known.words.end());
    if (!value->is_scalar()) {
        note_kind(*value, path, fmt::format("one of {}", listed(words)), findings_);
        return std::nullopt;
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == value->text) {
            return i;
        }
    }
    findings_.add(value->place, path.text(),
                  fmt::format("'{}' is not known here", shown(value->text)),
                  help_for_unknown(value->text, words));
    return std::nullopt;
}

std::optional<int> RecordReader::whole(std::string_view key) {
    const Field& known = field(key);
    const Node* value = take(key, FieldKind::whole);
    if (value == nullptr) {
        return std::nullopt;
    }
    constexpr double largest = 1e9; // fits an int
    const auto number = read_whole(*value, FieldPath(path_, key), std::max(known.minimum, -largest),
                                   std::min(known.maximum, largest), findings_);
    return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

std::optional<bool> RecordReader::yes_no(std::string_view key) {
    const Node* value = take(key, FieldKind::yes_no);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->is_scalar() && (value->text == "true" || value->text == "false")) {
        return value->text == "true";
    }
    note_kind(*value, FieldPath(path_, key), "true or false", findings_);
    return std::nullopt;
}

std::optional<units::Quantity> RecordReader::quantity(std::string_view key) {
    const Node* value = take(key, FieldKind::quantity);
    if (value == nullptr) {
        return std::nullopt;
    }
    return read_quantity(*value, FieldPath(path_, key), need(key), findings_);
}

const Node* RecordReader::value(std::string_view key) {
    const Field& known = field(key);
    const Node* value = take(known);
    if (value == nullptr) {
        return nullptr;
    }
    const bool map = known.kind == FieldKind::record || known.kind == FieldKind::records ||
                     known.kind == FieldKind::map;
    if (map && !value->is_map()) {
        note_kind(*value, FieldPath(path_, key), "a map", findings_);
        return nullptr;
    }
    if (known.kind == FieldKind::list && !value->is_sequence()) {
        const FieldPath path(path_, key);
        if (value->is_scalar() && !value->text.empty() && !value->is_null()) {
            findings_.add(value->place, path.text(),
                          fmt::format("'{}' stands alone; a list is needed", shown(value->text)),
                          fmt::format("write [{}]", shown(value->text)));
        } else {
            note_kind(*value, path, "a list", findings_);
        }
        return nullptr;
    }
    return value;
}

QuantityNeed RecordReader::need(std::string_view key) const {
    return need(key, units::Unit::parse(field(key).unit));
}

QuantityNeed RecordReader::need(std::string_view key, const units::Unit& unit) const {
    const Field& known = field(key);
    return {unit, known.minimum, known.maximum, false};
}

void RecordReader::finish() const {
    for (std::size_t i = 0; i < taken_.size(); ++i) {
        CHAINSIM_EXPECT(taken_[i], fmt::format("{}.{} is accepted and never read", table_.name,
                                               table_.fields[i].key));
    }
}

} // namespace chainsim::input
