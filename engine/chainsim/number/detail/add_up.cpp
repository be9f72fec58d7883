// A kernel: compiled for each instruction set, see chainsim_kernel of the build.
#include <chainsim/number/detail/add_up.hpp>

namespace chainsim::number::detail::CHAINSIM_KERNEL_ISA {

void add_up(int forms, const int* begin, const int* weight, const int* column, const double* cells,
            const double* amounts, double* sums) {
    using Lanes = double __attribute__((vector_size(64)));
    const auto* const weights = reinterpret_cast<const Lanes*>(cells);
    const auto* const factors = reinterpret_cast<const Lanes*>(amounts);
    auto* const result = reinterpret_cast<Lanes*>(sums);
    for (int k = 0; k < forms; ++k) {
        Lanes sum = {};
        for (int t = begin[k]; t < begin[k + 1]; ++t) {
            sum += weights[weight[t]] * factors[column[t]];
        }
        result[k] = sum;
    }
}

} // namespace chainsim::number::detail::CHAINSIM_KERNEL_ISA
