#pragma once

#include <chainsim/base/vector_isa.hpp>
#include <chainsim/uncertainty/indices.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace chainsim::uncertainty::detail {

/// One number of eight points, aligned as models and generators want it.
struct alignas(64) EightPoints {
    std::array<double, vector_lanes> lane;
};

inline double* data_of(std::vector<EightPoints>& room) { return room.data()->lane.data(); }

inline std::size_t room_for(int count) { return static_cast<std::size_t>(count); }

/// Of the problem, or each parameter by itself. ContractError as `sobol_indices` says.
std::vector<std::vector<int>> checked_factors(const Problem& problem);

/// How often each of `units` is drawn in resample number first .. first + 7, which depend on seed
/// and number alone: counts[unit].lane.
void resample(std::uint64_t seed, int first, std::vector<EightPoints>& counts);

/// The 2.5 % and 97.5 % quantiles of the values that are numbers; NaN if there are none.
std::pair<double, double> central_interval(std::vector<double> values);

/// The 97.5 % quantile of Student's t.
double student_quantile(int degrees_of_freedom);

} // namespace chainsim::uncertainty::detail
