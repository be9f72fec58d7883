#include <chainsim/base/error.hpp>
#include <chainsim/draws/detail/generator_kernels.hpp>
#include <chainsim/draws/generator.hpp>

#include <algorithm>
#include <cstdint>

namespace chainsim::draws {

namespace {

constexpr double largest_sigma = 100.0;

/// So many dimensions go through all loops before the next: they stay in the first-level cache.
constexpr int stretch = 256;

const detail::GeneratorKernels& kernels() {
    static const detail::GeneratorKernels& chosen = detail::generator_kernels(vector_isa());
    return chosen;
}

void check_output(int count, const double* out) {
    CHAINSIM_EXPECT(count >= 0, "a negative number of dimensions");
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the address itself is asked for
    CHAINSIM_EXPECT(reinterpret_cast<std::uintptr_t>(out) % 64 == 0,
                    "the output is not aligned to 64 bytes");
}

/// Calls work(first dimension, count, out) for one stretch after the other.
template <typename Work>
void in_stretches(int count, double* out, Work work) {
    for (int first = 0; first < count; first += stretch) {
        work(first, std::min(stretch, count - first),
             out + static_cast<std::ptrdiff_t>(first) * vector_lanes);
    }
}

} // namespace

Generator::Generator(std::uint64_t seed, std::uint32_t stream)
    : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)},
      stream_(stream) {}

void Generator::uniforms(std::uint64_t first_draw, int count, double* out) const {
    uniforms_from(0, first_draw, count, out);
}

void Generator::uniforms_from(int first_dimension, std::uint64_t first_draw, int count,
                              double* out) const {
    check_output(count, out);
    CHAINSIM_EXPECT(first_dimension >= 0 && first_dimension % 4 == 0,
                    "the first dimension is no multiple of four");
    const auto block = static_cast<std::uint32_t>(first_dimension / 4);
    kernels().uniforms({{key_[0], key_[1]}, stream_, block, first_draw}, count, out);
}

void Generator::normals(std::uint64_t first_draw, int count, double* out) const {
    check_output(count, out);
    in_stretches(count, out, [&](int first, int size, double* part) {
        uniforms_from(first, first_draw, size, part);
        kernels().normal_quantiles(size, part);
    });
}

void Generator::lognormals(std::uint64_t first_draw, int count, const double* value,
                           const double* sigma, double* out) const {
    check_output(count, out);
    CHAINSIM_EXPECT(kernels().all_within(count, sigma, 0.0, largest_sigma),
                    "a standard deviation of the logarithm is not within 0 .. 100");
    in_stretches(count, out, [&](int first, int size, double* part) {
        uniforms_from(first, first_draw, size, part);
        kernels().normal_quantiles(size, part);
        kernels().scaled_exponentials(size, value + first, sigma + first, part);
    });
}

} // namespace chainsim::draws
