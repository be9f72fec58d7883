#pragma once

#include <chainsim/base/diagnostic.hpp>
#include <chainsim/model/datum.hpp>
#include <chainsim/study/base_year.hpp>
#include <chainsim/table/language.hpp>
#include <chainsim/table/table.hpp>

#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace chainsim::study {

/// How far a recipe is from closing, as signed parts: positive if more comes out than goes in.
struct RecipeClosure {
    std::string id;
    double mass = 0.0;                      ///< out / in - 1
    double energy = 0.0;                    ///< out / in - 1; below zero for what is lost as heat
    std::map<std::string, double> elements; ///< (out - in) / max(in, out), of those it handles
    std::string open_reason;                ///< why it stays open, where the file says so
    bool open = false;                      ///< beyond the limits, reason or not
};

/// What `validate` finds in models and scenarios.
struct Validation {
    std::vector<Diagnostic> problems;
    std::vector<RecipeClosure> recipes;      ///< by id
    std::array<std::size_t, 5> confidence{}; ///< figures by model::Confidence
    /// Indicators that are left out, by id, each with the factor that the models do not have.
    std::map<std::string, std::string> not_counted;
    std::vector<BaseYear> base_years; ///< by region; only where nothing is wrong
    std::size_t models = 0;
    std::size_t scenarios = 0;
};

/// Reads models and scenarios and gathers every problem, the closure of every recipe, and how many
/// figures are of which confidence; a figure that several scenarios share counts once. Of the
/// folder of a run the scenario that it was made from is read.
///
/// Errors  IoError if a path cannot be read.
[[nodiscard]] Validation validate(const std::vector<std::filesystem::path>& paths);

/// `{problems [{file, line, column, message, help}], recipes [{id, mass, energy, elements,
/// open_reason}], confidence, not_counted {INDICATOR: FACTOR}, base_years [{region, scenario, year,
/// statistics [{id, value, low, high, unit, indicator, model, differs, explanation, same_source,
/// confidence}], targets {judged, compared, recorded, carried, not_judged}}]}`
[[nodiscard]] std::string validation_json(const Validation& validation);

/// The closure table, in percent: recipe, mass, C H O N S Cl Na Ca Si, energy.
[[nodiscard]] table::Table closure_table(const Validation& validation);

/// The closure table and the counts, for a terminal of `width` columns (0: no limit). Problems are
/// not in it: their text is that of `to_string(Diagnostic)`.
[[nodiscard]] std::string validation_text(const Validation& validation, table::Language language,
                                          std::size_t width);

} // namespace chainsim::study
