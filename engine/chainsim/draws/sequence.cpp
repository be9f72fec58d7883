#include <chainsim/base/error.hpp>
#include <chainsim/draws/detail/sequence_kernels.hpp>
#include <chainsim/draws/detail/sobol_directions.hpp>
#include <chainsim/draws/sequence.hpp>

#include <algorithm>
#include <cstddef>

namespace chainsim::draws {

namespace {

/// Streams of the seed that no draw uses: 0 is of the draws, 1 and following are for whoever needs
/// more.
constexpr std::uint32_t scramble_stream = 0xFFFFFFFF;
constexpr std::uint32_t permutation_stream = 0xFFFFFFFE;

constexpr std::int64_t most_draws = std::int64_t{1} << 30U;

/// Word d of the result depends on seed, stream and d alone.
std::vector<std::uint32_t> random_words(std::uint64_t seed, std::uint32_t stream, int count) {
    struct alignas(64) Line {
        std::array<double, vector_lanes> lane;
    };
    const Generator generator(seed, stream);
    std::vector<std::uint32_t> result;
    result.reserve(static_cast<std::size_t>(count));
    std::array<Line, 4> four{};
    for (int first = 0; first < count; first += 4) {
        generator.uniforms_from(first, 0, 4, four[0].lane.data());
        for (int w = 0; w < 4 && first + w < count; ++w) {
            const double u = four[static_cast<std::size_t>(w)].lane[0];
            result.push_back(static_cast<std::uint32_t>(u * 0x1p32 - 0.5));
        }
    }
    return result;
}

const detail::SequenceKernels& kernels_of_sequences() {
    static const detail::SequenceKernels& chosen = detail::sequence_kernels(vector_isa());
    return chosen;
}

} // namespace

Sequence::Sequence(Method method, std::uint64_t seed, std::int64_t n, int dimensions)
    : method_(method), n_(n), dimensions_(dimensions), generator_(seed) {
    CHAINSIM_EXPECT(n >= 1 && n <= most_draws, "the number of draws is not within 1 .. 2^30");
    CHAINSIM_EXPECT(dimensions >= 0, "a negative number of dimensions");
    if (method == Method::random) {
        return;
    }
    if (method == Method::sobol) {
        sobol_dimensions_ = std::min(dimensions, sobol_dimensions());
        directions_ = detail::sobol_directions(sobol_dimensions_);
        scrambles_ = random_words(seed, scramble_stream, sobol_dimensions_);
    }
    keys_ = random_words(seed, permutation_stream, 2 * (dimensions - sobol_dimensions_));
}

void Sequence::uniforms(std::int64_t first_draw, int first_dimension, int count,
                        double* out) const {
    CHAINSIM_EXPECT(first_draw >= 0 && first_draw < n_, "the first draw is not in the sample");
    CHAINSIM_EXPECT(first_dimension >= 0 && count >= 0 && count <= dimensions_ - first_dimension,
                    "the dimensions are not in the sample");
    const int of_sobol = std::clamp(sobol_dimensions_ - first_dimension, 0, count);
    const auto draw = static_cast<std::uint64_t>(first_draw);
    if (of_sobol < count) {
        generator_.uniforms_from(first_dimension, draw, count, out);
        if (method_ == Method::random) {
            return;
        }
        const auto key = static_cast<std::size_t>(first_dimension + of_sobol - sobol_dimensions_);
        kernels_of_sequences().latin_hypercube(
            static_cast<std::uint32_t>(draw), count - of_sobol, static_cast<std::uint32_t>(n_),
            keys_.data() + 2 * key, out + static_cast<std::ptrdiff_t>(of_sobol) * vector_lanes);
    }
    if (of_sobol > 0) {
        const auto d = static_cast<std::size_t>(first_dimension);
        kernels_of_sequences().sobol(static_cast<std::uint32_t>(draw), of_sobol,
                                     directions_.data() + 32 * d, scrambles_.data() + d, out);
    }
}

std::string_view to_string(Method method) {
    switch (method) {
    case Method::random:
        return "random";
    case Method::sobol:
        return "sobol";
    case Method::latin_hypercube:
        return "lhs";
    }
    return {};
}

} // namespace chainsim::draws
