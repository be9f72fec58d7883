#pragma once

#include <chainsim/study/page.hpp>
#include <chainsim/study/policies.hpp>

#include <string>

namespace chainsim::study::detail {

/// How a judgement came about: its formula, its inputs and the source of its bound.
[[nodiscard]] Trace trace_of(const Judgement& judged);

/// The id of its row: one with two bounds is judged twice, and the lower one is `ID_least`.
[[nodiscard]] std::string row_id(const model::Policy& policy, const Judgement& judged);

/// A number, or the word that says that it is not known.
[[nodiscard]] PageCell figure_cell(double value, const std::string& unit, Trace trace = {});

/// A word that rests on an assumption: "missed (illustration)".
[[nodiscard]] model::Name illustrated(const model::Name& word);

/// The verdict, marked where it rests on an assumption.
[[nodiscard]] PageCell verdict_cell(const Judgement& judged);

} // namespace chainsim::study::detail
