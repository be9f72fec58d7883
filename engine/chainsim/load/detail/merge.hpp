#pragma once

#include <chainsim/input/findings.hpp>
#include <chainsim/input/node.hpp>
#include <chainsim/input/reader.hpp>

namespace chainsim::load::detail {

/// `base` with `change` merged in key by key; every value keeps the place where it was written.
///
/// A text or list takes the place of what stood there. A number takes the place of the figure in a
/// datum or path: its range, confidence and source go with the old figure, while what it is (role,
/// kind, closing) stays. Maps whose keys are commodities of a recipe take no new keys: a change
/// names what exists.
[[nodiscard]] input::Node merged(const input::Node& base, const input::Node& change,
                                 const input::FieldPath& path, input::Findings& findings);

} // namespace chainsim::load::detail
