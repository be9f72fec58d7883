#pragma once

#include <chainsim/model/scenario.hpp>

#include <string>
#include <vector>

namespace chainsim::model {

/// A plant of today as it stands once some of the candidates that rebuild it have done so: a
/// facility of its own in the scenario of the candidates, in whose place it comes.
struct RebuiltPlant {
    std::string facility;
    std::string original;
    std::vector<std::string> projects; ///< these have rebuilt it, the others have not
};

/// A scenario in which nothing is decided yet: the plants of every candidate are there, without a
/// start and at full capacity, and what they replace and rebuild stands as well.
struct Candidates {
    Scenario scenario;                 ///< candidates are not `selected` in it
    std::vector<std::string> projects; ///< ids to decide on, ascending
    std::vector<RebuiltPlant> rebuilt;
};

} // namespace chainsim::model
