#pragma once

#include <chainsim/study/page.hpp>
#include <chainsim/study/study.hpp>

#include <cstdint>
#include <string>

namespace chainsim::study {

enum class SensitivityMethod {
    gradient, ///< slopes at the nominal figures, by one backward sweep
    morris,   ///< mean size of elementary effects over all ranges
    sobol     ///< shares of the variance, of the figures that matter most
};

struct SensitivityRequest {
    SensitivityMethod method = SensitivityMethod::gradient;
    std::string indicator = "energy_controlled";
    int year = 0; ///< 0: the last of the scenario
    int top = 10; ///< figures shown
    std::int64_t n =
        0; ///< base points of sobol, trajectories of morris; 0: enough for a first look
    std::uint64_t seed = 1;
    int threads = 0;
};

/// Which figures an indicator of a year depends on, and which of them should be known better.
///
/// `gradient` asks every coefficient, price, factor and capacity, with a range or without; closing
/// flows follow a coefficient as in a draw. Shares of the variance are those of the slopes: first
/// order, figures independent. `sobol` and `morris` draw the whole of the ranges; sobol takes the
/// figures of the largest shares one by one and all others as one factor.
///
/// Errors   InputError naming the nearest indicator, or for a year that the scenario does not
/// solve;
///          NoSolution; ContractError if the nominal year has no piece to be differentiated on.
[[nodiscard]] Page sensitivity_page(const Study& study, const SensitivityRequest& request);

} // namespace chainsim::study
