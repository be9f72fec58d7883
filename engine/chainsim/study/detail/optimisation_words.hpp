#pragma once

#include <chainsim/model/commodity.hpp>
#include <chainsim/portfolio/explain.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace chainsim::study {
class Optimisation;
} // namespace chainsim::study

namespace chainsim::study::detail {

/// A goal without dimension is a count, jobs, and no share.
[[nodiscard]] std::string unit_of_goal(const Optimisation& plan, std::size_t goal);
[[nodiscard]] model::Name name_of_goal(const Optimisation& plan, std::size_t goal);
[[nodiscard]] model::Name name_of_choice(const portfolio::Choice& what);
/// What is in the way of a project.
[[nodiscard]] model::Name hindrance_of(const Optimisation& plan, const portfolio::Rejection& one);
/// Why there is no plan, with the figures of the table beside it; nothing if there is one.
[[nodiscard]] std::optional<model::Name> failure_in_words(const Optimisation& plan);

} // namespace chainsim::study::detail
