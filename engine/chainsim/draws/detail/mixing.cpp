#include <chainsim/draws/detail/mixing.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace chainsim::draws::detail {

namespace {

/// What rounding leaves of a pivot that is 0: then the member follows from those before it.
constexpr double least_pivot = 1e-10;

[[noreturn]] void refuse(const Group& group, const std::string& what) {
    throw SampleError(fmt::format("group '{}': {}", group.name, what));
}

Mixing mix_pairs_equally(const Group& group, std::size_t size) {
    const double rho = group.rho;
    const double least = size > 1 ? -1.0 / (static_cast<double>(size) - 1.0) : -1.0;
    const bool possible = rho <= 1.0 && rho >= least - least_pivot; // not of a NaN
    if (!possible) {
        refuse(group, fmt::format("a correlation of {} between every two of {} members; "
                                  "it is between {:.6g} and 1",
                                  rho, size, least));
    }
    Mixing mixing;
    double explained = 0.0; // squares of the columns before
    for (std::size_t i = 0; i < size; ++i) {
        const double pivot = 1.0 - explained;
        const bool follows = pivot < least_pivot;
        mixing.own.push_back(follows ? 0.0 : std::sqrt(pivot));
        mixing.shared.push_back(follows ? 0.0 : (rho - explained) / std::sqrt(pivot));
        explained += mixing.shared.back() * mixing.shared.back();
    }
    return mixing;
}

void check_matrix(const Group& group, std::size_t size) {
    const auto& matrix = group.correlation;
    if (matrix.size() != size * size) {
        refuse(group, fmt::format("{} correlations for {} members, not {} x {}", matrix.size(),
                                  size, size, size));
    }
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < size; ++j) {
            const double here = matrix[i * size + j];
            const bool fits =
                std::abs(here) <= 1.0 && here == matrix[j * size + i] && (i != j || here == 1.0);
            if (!fits) {
                refuse(group,
                       fmt::format("correlation {} in row {} and column {}; a correlation "
                                   "matrix is symmetric, within -1 .. 1, and 1 on its diagonal",
                                   here, i + 1, j + 1));
            }
        }
    }
}

/// Cholesky's factorisation. A pivot of 0 is let pass if nothing of its column is left.
Mixing mix_by_matrix(const Group& group, const std::vector<std::size_t>& order) {
    const std::size_t size = order.size();
    check_matrix(group, size);
    Mixing mixing;
    auto& factor = mixing.factor;
    factor.resize(size * (size + 1) / 2);
    const auto entry = [&](std::size_t i, std::size_t j) -> double& {
        return factor[i * (i + 1) / 2 + j];
    };
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double left = group.correlation[order[i] * size + order[j]];
            for (std::size_t k = 0; k < j; ++k) {
                left -= entry(i, k) * entry(j, k);
            }
            const double pivot = i == j ? left : entry(j, j);
            const bool definite = i == j ? left > -least_pivot
                                         : pivot > 0.0 || std::abs(left) < std::sqrt(least_pivot);
            if (!definite) {
                refuse(group, "the correlation matrix is not positive definite: no "
                              "parameters can be correlated so");
            }
            if (i == j) {
                entry(i, i) = left < least_pivot ? 0.0 : std::sqrt(left);
            } else {
                entry(i, j) = pivot > 0.0 ? left / pivot : 0.0;
            }
        }
    }
    return mixing;
}

} // namespace

Mixing make_mixing(const Group& group, const std::vector<std::size_t>& order) {
    return group.correlation.empty() ? mix_pairs_equally(group, order.size())
                                     : mix_by_matrix(group, order);
}

} // namespace chainsim::draws::detail
