#pragma once

#include <chainsim/optimise/backend.hpp>

#include <string>
#include <vector>

namespace chainsim::test {

/// The solvers of this build, by the names of `make_backend`: HiGHS is there or not.
inline std::vector<std::string> solvers() {
    std::vector<std::string> names{"cbc"};
    if (optimise::has_highs()) {
        names.emplace_back("highs");
    }
    return names;
}

} // namespace chainsim::test
