// A kernel: compiled for each instruction set, see chainsim_kernel of the build.
#include <chainsim/number/detail/replay.hpp>

namespace chainsim::number::detail::CHAINSIM_KERNEL_ISA {

namespace {

using Lanes = double __attribute__((vector_size(64)));

template <class Operation>
inline __attribute__((always_inline)) void each(const Run& run, const int* a, const int* b,
                                                Lanes* cells, Operation operation) {
    Lanes* const result = cells + run.result;
    const int* const left = a + run.first;
    const int* const right = b + run.first;
    for (int i = 0; i < run.count; ++i) {
        operation(result[i], cells[left[i]], cells[right[i]]);
    }
}

} // namespace

void replay(const Run* runs, int count, const int* a, const int* b, double* cells) {
    auto* const lanes = reinterpret_cast<Lanes*>(cells);
    for (int r = 0; r < count; ++r) {
        const Run& run = runs[r];
        switch (run.operation) { // in the order of `Operation`
        case 1:
            each(run, a, b, lanes, [](Lanes& z, const Lanes& x, const Lanes& y) { z = x + y; });
            break;
        case 2:
            each(run, a, b, lanes, [](Lanes& z, const Lanes& x, const Lanes& y) { z = x - y; });
            break;
        case 3:
            each(run, a, b, lanes, [](Lanes& z, const Lanes& x, const Lanes& y) { z = x * y; });
            break;
        case 4:
            each(run, a, b, lanes, [](Lanes& z, const Lanes& x, const Lanes& y) { z = x / y; });
            break;
        case 5:
            each(run, a, b, lanes,
                 [](Lanes& z, const Lanes& x, const Lanes& y) { z = x < y ? y : x; });
            break;
        case 6:
            each(run, a, b, lanes,
                 [](Lanes& z, const Lanes& x, const Lanes& y) { z = y < x ? y : x; });
            break;
        default:
            each(run, a, b, lanes,
                 [](Lanes& z, const Lanes& x, const Lanes&) { z = x < 0.0 ? -x : x; });
            break;
        }
    }
}

} // namespace chainsim::number::detail::CHAINSIM_KERNEL_ISA
