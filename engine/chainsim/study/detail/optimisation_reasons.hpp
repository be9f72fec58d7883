#pragma once

#include <chainsim/study/page.hpp>

#include <vector>

namespace chainsim::study {
class Optimisation;
} // namespace chainsim::study

namespace chainsim::study::detail {

/// Why a plan is as it is, for readers: what is not built, what policies are worth, who would have
/// to run otherwise; of no plan, what cannot be kept together and how much would have to give way.
[[nodiscard]] std::vector<PagePart> reason_parts(const Optimisation& plan);

} // namespace chainsim::study::detail
