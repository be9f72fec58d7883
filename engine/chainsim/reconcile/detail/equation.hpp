#pragma once

#include <chainsim/base/error.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace chainsim::reconcile::detail {

/// A text that is no equation; the message says what stands in the way.
class EquationError : public Error {
public:
    using Error::Error;
};

/// factor * names[0] * names[1]; one name, two, or none: a constant.
struct EquationTerm {
    double factor = 1.0;
    std::vector<std::string> names;
};

/// The terms of `a + b = 0.4 c + 2`, all on the left side. A factor stands before a name, with `*`
/// or without; a name with blanks or signs in it stands in brackets, `[S-1]`.
///
/// Errors  EquationError
[[nodiscard]] std::vector<EquationTerm> parse_equation(std::string_view text);

} // namespace chainsim::reconcile::detail
