#pragma once

#include <chainsim/live/detail/origin_work.hpp>

#include <cstddef>
#include <vector>

namespace chainsim::live::detail {

/// What a run says.
[[nodiscard]] Pulse pulse_of(const Origin::Work& work, const study::Run& run);

/// What values of a preview say, [indicator][year], by these policies; `ledgers` are those of the
/// judged year when it was last run.
[[nodiscard]] Pulse pulse_of(const Origin::Work& work, std::vector<std::vector<double>> values,
                             const model::Registry<model::Policy>& policies,
                             const std::vector<study::LedgerJudgement>& ledgers);

} // namespace chainsim::live::detail
