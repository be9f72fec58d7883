#pragma once

#include <chainsim/input/field.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

// Fields that records of models and of studies share.

namespace chainsim::load::detail {

inline constexpr auto required = input::Presence::required;

inline constexpr std::array<std::string_view, 5> confidence_words{"seed", "verified", "known",
                                                                  "estimate", "assumption"};
inline constexpr std::array<std::string_view, 3> driver_words{"at_capacity", "on_supply",
                                                              "on_demand"};

inline constexpr std::array<std::string_view, 5> distribution_words{"uniform", "triangular",
                                                                    "normal", "lognormal", "pert"};

inline constexpr input::Field name_field{.key = "name",
                                         .kind = input::FieldKind::record,
                                         .record = "name",
                                         .doc = "Name as planners read it; its id if absent."};
inline constexpr input::Field required_name{.key = "name",
                                            .kind = input::FieldKind::record,
                                            .presence = required,
                                            .record = "name",
                                            .doc = "Name as planners read it."};
inline constexpr input::Field confidence_field{
    .key = "confidence",
    .kind = input::FieldKind::word,
    .words = confidence_words,
    .doc = "How sure the figure is; on a record, for all its figures that do not say."};
inline constexpr input::Field source_field{
    .key = "source",
    .doc = "Where the figure comes from: free text, which may begin with a key of `sources`."};
inline constexpr input::Field note_field{.key = "note", .doc = "Anything a reader should know."};

inline constexpr input::Field range_field{
    .key = "range",
    .kind = input::FieldKind::list,
    .doc = "Lowest and highest plausible value, in the unit of `value` or with units."};
inline constexpr input::Field distribution_field{.key = "distribution",
                                                 .kind = input::FieldKind::word,
                                                 .words = distribution_words,
                                                 .doc = "Shape of the doubt within the range."};

inline constexpr double first_year = 1900.0;
inline constexpr double last_year = 2200.0;

/// A year.
constexpr input::Field year(std::string_view key, std::string_view doc) {
    return {.key = key,
            .kind = input::FieldKind::whole,
            .minimum = first_year,
            .maximum = last_year,
            .doc = doc};
}

/// The format of a file, which names its version.
constexpr input::Field format_field(std::span<const std::string_view> words) {
    return {.key = "format",
            .kind = input::FieldKind::word,
            .presence = required,
            .words = words,
            .doc = "Version of the format of this file."};
}

/// The fields of two tables, one after the other.
template <std::size_t first, std::size_t second>
constexpr std::array<input::Field, first + second>
joined(const std::array<input::Field, first>& a, const std::array<input::Field, second>& b) {
    std::array<input::Field, first + second> all;
    std::copy(b.begin(), b.end(), std::copy(a.begin(), a.end(), all.begin()));
    return all;
}

/// Records of one kind by id.
constexpr input::Field records_field(std::string_view key, std::string_view record,
                                     std::string_view doc) {
    return {.key = key, .kind = input::FieldKind::records, .record = record, .doc = doc};
}

} // namespace chainsim::load::detail
