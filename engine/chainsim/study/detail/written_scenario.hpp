#pragma once

#include <chainsim/portfolio/choice.hpp>
#include <chainsim/study/detail/policy_bounds.hpp>

#include <string>
#include <vector>

namespace chainsim::study::detail {

/// A portfolio as a scenario file: what it extends, which projects it builds and when, sizes and
/// closures as changes, and bounds that were asked for as policies.
struct WrittenScenario {
    std::string id;
    model::Name name;
    std::string extends;    ///< file name beside it
    std::string note;       ///< how it came about, a comment at its head
    std::vector<int> years; ///< for which it was chosen, where these are not those it extends
};

/// The text of the file. `scenario` is the one that was decided on, with what is not to be decided.
[[nodiscard]] std::string scenario_text(const WrittenScenario& written,
                                        const model::Scenario& scenario,
                                        const std::vector<portfolio::Choice>& choices,
                                        const portfolio::Portfolio& portfolio,
                                        const std::vector<AskedBound>& asked);

} // namespace chainsim::study::detail
