#include "lane_buffer.hpp"
#include "statistics.hpp"
#include "support/catch.hpp"
#include "support/near.hpp"
#include <chainsim/draws/detail/sequence_kernels.hpp>
#include <chainsim/draws/detail/sobol_directions.hpp>
#include <chainsim/draws/sequence.hpp>

#include <boost/random/sobol.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

using chainsim::draws::Method;
using chainsim::draws::Sequence;
using chainsim::draws::sobol_dimensions;
using chainsim::draws::detail::sequence_kernels;
using chainsim::test::available_isas;
using chainsim::test::LaneBuffer;

namespace {

/// [draw][dimension] of the whole sample.
std::vector<std::vector<double>> points(Method method, std::uint64_t seed, std::int64_t n,
                                        int dimensions) {
    const Sequence sequence(method, seed, n, dimensions);
    LaneBuffer out(dimensions);
    std::vector<std::vector<double>> result;
    result.reserve(static_cast<std::size_t>(n));
    for (std::int64_t draw = 0; draw < n; draw += 8) {
        sequence.uniforms(draw, 0, dimensions, out.data());
        for (int lane = 0; lane < 8 && draw + lane < n; ++lane) {
            std::vector<double> point;
            point.reserve(static_cast<std::size_t>(dimensions));
            for (int d = 0; d < dimensions; ++d) {
                point.push_back(out.at(d, lane));
            }
            result.push_back(std::move(point));
        }
    }
    return result;
}

/// How many points are in each cell, of so many in each of two dimensions.
std::vector<int> cells(const std::vector<std::vector<double>>& sample, std::size_t a, int cells_a,
                       std::size_t b, int cells_b) {
    std::vector<int> count(static_cast<std::size_t>(cells_a) * static_cast<std::size_t>(cells_b));
    for (const auto& point : sample) {
        const int in_a = static_cast<int>(point[a] * cells_a);
        const int in_b = static_cast<int>(point[b] * cells_b);
        const int cell = in_a * cells_b + in_b;
        ++count[static_cast<std::size_t>(cell)];
    }
    return count;
}

bool all_are(const std::vector<int>& counts, int expected) {
    return std::all_of(counts.begin(), counts.end(), [&](int c) { return c == expected; });
}

/// Root mean square error of the mean of a smooth function of five dimensions, over seeds.
double integration_error(Method method, std::int64_t n) {
    constexpr int seeds = 20;
    double sum = 0.0;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        double total = 0.0;
        for (const auto& point : points(method, seed, n, 5)) {
            double product = 1.0;
            for (const double u : point) {
                product *= 1.0 + 0.5 * (std::exp(u) - (std::exp(1.0) - 1.0)); // of mean 1
            }
            total += product;
        }
        const double error = total / static_cast<double>(n) - 1.0;
        sum += error * error;
    }
    return std::sqrt(sum / seeds);
}

} // namespace

TEST_CASE("Direction numbers are those of Boost's Sobol' sequence", "[draws][sequence]") {
    constexpr int dimensions = 3667;
    REQUIRE(sobol_dimensions() == dimensions);
    const auto directions = chainsim::draws::detail::sobol_directions(dimensions);
    boost::random::sobol_engine<std::uint32_t, 32> engine(dimensions);
    // Boost leaves out the point at the origin, and goes in the order of Gray's code.
    bool equal = true;
    for (std::uint32_t index = 1; index < 300; ++index) {
        const std::uint32_t draw = index ^ (index >> 1U);
        for (std::size_t d = 0; d < dimensions; ++d) {
            std::uint32_t reversed = 0;
            for (std::size_t bit = 0; bit < 32; ++bit) {
                reversed ^= (draw >> bit & 1U) != 0 ? directions[d * 32 + bit] : 0U;
            }
            std::uint32_t word = 0;
            for (unsigned bit = 0; bit < 32; ++bit) {
                word |= (reversed >> bit & 1U) << (31U - bit);
            }
            equal = equal && word == engine();
        }
    }
    CHECK(equal);
}

TEST_CASE("Scrambled Sobol' points are a net in each dimension and in pairs", "[draws][sequence]") {
    constexpr int dimensions = 40;
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const auto sample = points(Method::sobol, seed, 1024, dimensions);
        for (std::size_t d = 0; d < dimensions; ++d) {
            CHECK(all_are(cells(sample, d, 1024, d, 1), 1));
        }
        // The first two dimensions are a (0, m, 2)-net: one point in every box of 1 / 1024.
        for (int a = 1; a <= 1024; a *= 2) {
            CHECK(all_are(cells(sample, 0, a, 1, 1024 / a), 1));
        }
        // Further neighbours have a quality of at most 3: 8 points in every box of 8 / 1024.
        for (std::size_t d = 1; d < 6; ++d) {
            for (int a = 1; a <= 128; a *= 2) {
                CHECK(all_are(cells(sample, d, a, d + 1, 128 / a), 8));
            }
        }
    }
}

TEST_CASE("Scrambling makes each point uniform over seeds", "[draws][sequence]") {
    constexpr int seeds = 4000;
    std::vector<double> first;
    std::vector<double> second;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        const auto sample = points(Method::sobol, seed, 8, 3);
        first.push_back(sample[0][2]);
        second.push_back(sample[5][1]);
    }
    for (const auto& values : {first, second}) {
        CHECK(std::abs(chainsim::test::moment(values, 1) - 0.5) < 4.0 / std::sqrt(12.0 * seeds));
        std::vector<int> tenths(10);
        for (const double u : values) {
            ++tenths[static_cast<std::size_t>(u * 10.0)];
        }
        double chi_squared = 0.0;
        for (const int count : tenths) {
            chi_squared += (count - seeds / 10.0) * (count - seeds / 10.0) / (seeds / 10.0);
        }
        CHECK(chi_squared < 27.9); // 9 degrees of freedom, 0.1 %
    }
    CHECK(std::abs(chainsim::test::correlation(first, second)) < 4.0 / std::sqrt(seeds));
}

TEST_CASE("A Latin hypercube has one point in each stratum", "[draws][sequence]") {
    for (const std::int64_t n : {1, 2, 3, 5, 8, 17, 100, 1000, 1025}) {
        const auto sample = points(Method::latin_hypercube, 9, n, 7);
        for (std::size_t d = 0; d < 7; ++d) {
            CHECK(all_are(cells(sample, d, static_cast<int>(n), d, 1), 1));
        }
    }
    // Of two dimensions, every pair of strata is about as likely: no order is left.
    const auto sample = points(Method::latin_hypercube, 9, 20000, 3);
    std::vector<double> first;
    std::vector<double> second;
    std::vector<double> order;
    for (const auto& point : sample) {
        first.push_back(point[0]);
        second.push_back(point[1]);
        order.push_back(static_cast<double>(order.size()));
    }
    CHECK(std::abs(chainsim::test::correlation(first, second)) < 4.0 / std::sqrt(20000.0));
    CHECK(std::abs(chainsim::test::correlation(first, order)) < 4.0 / std::sqrt(20000.0));
    double chi_squared = 0.0;
    for (const int count : cells(sample, 0, 10, 1, 10)) {
        chi_squared += (count - 200.0) * (count - 200.0) / 200.0;
    }
    CHECK(chi_squared < 127.0); // about 81 degrees of freedom, 0.1 %
}

TEST_CASE("All orders of a small Latin hypercube come up", "[draws][sequence]") {
    // Three strata have six orders; over seeds each is as likely.
    constexpr int seeds = 6000;
    std::vector<int> orders(27);
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        const auto sample = points(Method::latin_hypercube, seed, 3, 1);
        const auto stratum = [&](std::size_t k) { return static_cast<int>(sample[k][0] * 3.0); };
        const int order = 9 * stratum(0) + 3 * stratum(1) + stratum(2);
        ++orders[static_cast<std::size_t>(order)];
    }
    double chi_squared = 0.0;
    for (const int order : {5, 7, 11, 15, 19, 21}) {
        const double away = orders[static_cast<std::size_t>(order)] - seeds / 6.0;
        chi_squared += away * away / (seeds / 6.0);
    }
    CHECK(chi_squared < 20.5); // 5 degrees of freedom, 0.1 %
}

TEST_CASE("Even points integrate better than random ones", "[draws][sequence]") {
    const double random = integration_error(Method::random, 4096);
    const double latin = integration_error(Method::latin_hypercube, 4096);
    const double sobol = integration_error(Method::sobol, 4096);
    CHECK(latin < 0.5 * random); // what is additive in the function is gone
    CHECK(sobol < 0.02 * random);
    // Sixteen times the points: a quarter of the error at random, less than a sixteenth here.
    CHECK(sobol < integration_error(Method::sobol, 256) / 16.0);
}

TEST_CASE("A point of a sequence is the same whoever asks for it", "[draws][sequence]") {
    for (const auto method : {Method::random, Method::sobol, Method::latin_hypercube}) {
        // More dimensions than the table of Sobol' has.
        constexpr int dimensions = 3700;
        const Sequence sequence(method, 4, 1000, dimensions);
        LaneBuffer from_12(dimensions);
        LaneBuffer from_17(dimensions);
        LaneBuffer part(101);
        sequence.uniforms(12, 0, dimensions, from_12.data());
        sequence.uniforms(17, 0, dimensions, from_17.data());
        sequence.uniforms(17, 3596, 101, part.data());
        bool equal = true;
        for (int d = 0; d < dimensions; ++d) {
            equal = equal && from_12.at(d, 5) == from_17.at(d, 0);
        }
        for (int d = 0; d < 101; ++d) {
            equal = equal && part.at(d, 3) == from_17.at(3596 + d, 3);
        }
        CHECK(equal);
    }
}

TEST_CASE("Dimensions beyond the table of Sobol' are a Latin hypercube", "[draws][sequence]") {
    constexpr std::int64_t n = 64;
    const Sequence sequence(Method::sobol, 1, n, sobol_dimensions() + 5);
    std::vector<int> strata(n);
    LaneBuffer out(8);
    for (std::int64_t draw = 0; draw < n; draw += 8) {
        sequence.uniforms(draw, 3664, 8, out.data());
        for (int lane = 0; lane < 8; ++lane) {
            ++strata[static_cast<std::size_t>(out.at(7, lane) * static_cast<double>(n))];
        }
    }
    CHECK(all_are(strata, 1));
}

TEST_CASE("Every instruction set gives the same points", "[draws][sequence]") {
    constexpr int dimensions = 50;
    const auto directions = chainsim::draws::detail::sobol_directions(dimensions);
    std::vector<std::uint32_t> keys(std::size_t{2} * dimensions);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        keys[i] = static_cast<std::uint32_t>(0x9E3779B9U * (i + 1));
    }
    std::vector<std::vector<double>> results;
    for (const auto isa : available_isas()) {
        LaneBuffer out(2 * dimensions);
        sequence_kernels(isa).sobol(1234567, dimensions, directions.data(), keys.data(),
                                    out.data());
        double* const latin = out.data() + std::ptrdiff_t{dimensions} * 8;
        std::fill(latin, latin + std::ptrdiff_t{dimensions} * 8, 0.25);
        sequence_kernels(isa).latin_hypercube(999, dimensions, 1500, keys.data(), latin);
        results.push_back(out.values());
    }
    for (const auto& result : results) {
        CHECK(result == results.front());
    }
}

TEST_CASE("What is asked of a sequence must be in the sample", "[draws][sequence]") {
    CHECK_THROWS_WITH(Sequence(Method::random, 1, 0, 3),
                      "contract: the number of draws is not within 1 .. 2^30");
    const Sequence sequence(Method::sobol, 1, 10, 3);
    LaneBuffer out(8);
    CHECK_THROWS_WITH(sequence.uniforms(10, 0, 3, out.data()),
                      "contract: the first draw is not in the sample");
    CHECK_THROWS_WITH(sequence.uniforms(0, 0, 4, out.data()),
                      "contract: the dimensions are not in the sample");
}
