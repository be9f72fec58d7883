#include "lane_buffer.hpp"
#include "statistics.hpp"
#include "support/catch.hpp"
#include "support/near.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/draws/detail/generator_kernels.hpp>
#include <chainsim/draws/generator.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

using chainsim::VectorIsa;
using chainsim::draws::Generator;
using chainsim::draws::detail::Blocks;
using chainsim::draws::detail::generator_kernels;
using chainsim::test::available_isas;
using chainsim::test::correlation;
using chainsim::test::LaneBuffer;
using chainsim::test::moment;
using chainsim::test::Near;

namespace {

std::array<std::uint32_t, 4> words(const Blocks& blocks, VectorIsa isa) {
    LaneBuffer out(4);
    generator_kernels(isa).uniforms(blocks, 4, out.data());
    std::array<std::uint32_t, 4> result{};
    for (int w = 0; w < 4; ++w) {
        result[static_cast<std::size_t>(w)] =
            static_cast<std::uint32_t>(out.at(w, 0) * 0x1p32 - 0.5);
    }
    return result;
}

/// Of the standard normal, by the library.
double probability_below(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

double density(double z) { return std::exp(-0.5 * z * z) / std::sqrt(2.0 * M_PI); }

/// One dimension of many draws.
std::vector<double> sample(std::uint64_t draws, int dimension,
                           void (Generator::*fill)(std::uint64_t, int, double*) const) {
    const Generator generator(2024);
    LaneBuffer out(dimension + 1);
    std::vector<double> result;
    result.reserve(draws);
    for (std::uint64_t draw = 0; draw < draws; draw += 8) {
        (generator.*fill)(draw, dimension + 1, out.data());
        for (int lane = 0; lane < 8; ++lane) {
            result.push_back(out.at(dimension, lane));
        }
    }
    return result;
}

} // namespace

TEST_CASE("The words are those of the published Philox4x32-10", "[draws][generator]") {
    // Random123 1.14, tests/kat_vectors, "philox4x32 10": counter, key, result. The counter is
    // (draw, draw's high half, block, stream).
    for (const auto isa : available_isas()) {
        CHECK(words({{0, 0}, 0, 0, 0}, isa) ==
              std::array<std::uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
        CHECK(words({{0xffffffff, 0xffffffff}, 0xffffffff, 0xffffffff, 0xffffffffffffffff}, isa) ==
              std::array<std::uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
        CHECK(words({{0xa4093822, 0x299f31d0}, 0x03707344, 0x13198a2e, 0x85a308d3243f6a88}, isa) ==
              std::array<std::uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
    }
}

TEST_CASE("A draw is the same whoever asks for it", "[draws][generator]") {
    constexpr int dimensions = 603; // more than a stretch, and no multiple of four
    const Generator generator(7);
    const std::vector<double> value(dimensions, 3.0);
    const std::vector<double> sigma(dimensions, 0.2);
    LaneBuffer from_12(dimensions);
    LaneBuffer from_17(dimensions);
    generator.lognormals(12, dimensions, value.data(), sigma.data(), from_12.data());
    generator.lognormals(17, dimensions, value.data(), sigma.data(), from_17.data());
    for (int d = 0; d < dimensions; ++d) {
        REQUIRE(from_12.at(d, 5) == from_17.at(d, 0));
    }
    // Fewer dimensions are the first of more, and nothing is written behind them.
    for (const int few : {0, 1, 2, 3, 5, 6, 257}) {
        LaneBuffer out(few + 1);
        generator.lognormals(12, few, value.data(), sigma.data(), out.data());
        for (int d = 0; d < few; ++d) {
            REQUIRE(out.at(d, 5) == from_12.at(d, 5));
        }
        for (int lane = 0; lane < 8; ++lane) {
            REQUIRE(out.at(few, lane) == 0.0);
        }
    }
}

TEST_CASE("Seeds, streams, draws and dimensions differ from each other", "[draws][generator]") {
    std::vector<double> seen;
    for (const Generator& generator :
         {Generator(1), Generator(2), Generator(std::uint64_t{1} << 32U), Generator(1, 1)}) {
        for (const std::uint64_t draw : {std::uint64_t{0}, std::uint64_t{1} << 32U}) {
            LaneBuffer out(9);
            generator.uniforms(draw, 9, out.data());
            const auto values = out.values();
            seen.insert(seen.end(), values.begin(), values.end());
        }
    }
    std::sort(seen.begin(), seen.end());
    CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

TEST_CASE("Every instruction set gives the same bytes", "[draws][generator]") {
    constexpr int dimensions = 131;
    std::vector<double> value(dimensions);
    std::vector<double> sigma(dimensions);
    for (std::size_t d = 0; d < dimensions; ++d) {
        value[d] = 1.0 + static_cast<double>(d);
        sigma[d] = 0.01 * static_cast<double>(d);
    }
    std::vector<std::vector<double>> results;
    for (const auto isa : available_isas()) {
        const auto& kernels = generator_kernels(isa);
        LaneBuffer out(dimensions);
        kernels.uniforms({{1, 2}, 3, 4, 5}, dimensions, out.data());
        kernels.normal_quantiles(dimensions, out.data());
        kernels.scaled_exponentials(dimensions, value.data(), sigma.data(), out.data());
        results.push_back(out.values());
    }
    for (const auto& result : results) {
        CHECK(result == results.front());
    }
}

TEST_CASE("Normal quantiles are exact to 5e-10 from 2^-33 to 1 - 2^-33", "[draws][generator]") {
    LaneBuffer out(1);
    double worst = 0.0;
    const auto check = [&](double u) {
        std::fill(out.data(), out.data() + 8, u);
        generator_kernels(chainsim::vector_isa()).normal_quantiles(1, out.data());
        const double z = out.at(0, 0);
        // Error of z from the error in probability; both of the smaller tail, which keeps digits.
        const double tail = std::min(u, 1.0 - u);
        const double missed = (probability_below(-std::abs(z)) - tail) / density(z);
        worst = std::max(worst, std::abs(missed / z));
        REQUIRE((z < 0.0) == (u < 0.5));
    };
    for (int step = 0; step < 32 * 512; ++step) {
        const double u = (std::floor(std::exp2(step / 512.0)) + 0.5) * 0x1p-32;
        check(u);
        check(1.0 - u);
    }
    CHECK(worst < 5e-10);
    CHECK(worst > 1e-10); // else the claim is out of date
}

TEST_CASE("Exponentials are exact to 4e-14, far below what normals are", "[draws][generator]") {
    const double one = 1.0;
    LaneBuffer out(1);
    for (int step = -6000; step <= 6000; ++step) {
        const double x = 0.1003 * step;
        std::fill(out.data(), out.data() + 8, x);
        generator_kernels(chainsim::vector_isa()).scaled_exponentials(1, &one, &one, out.data());
        // Rounding of x log2(e) is of size x, as is that of a product before any exponential.
        const double bound = 3.5e-14 + 2.3e-16 * std::abs(x);
        REQUIRE_THAT(out.at(0, 0), Near(std::exp(x), bound));
    }
}

TEST_CASE("Moments and tails are those of the distribution", "[draws][generator]") {
    constexpr std::uint64_t draws = 1U << 20U;
    const double root = std::sqrt(static_cast<double>(draws));
    SECTION("uniform") {
        const auto u = sample(draws, 6, &Generator::uniforms);
        CHECK(std::abs(moment(u, 1) - 0.5) < 4.0 * std::sqrt(1.0 / 12.0) / root);
        CHECK(std::abs(moment(u, 2) - 1.0 / 3.0) < 4.0 * std::sqrt(4.0 / 45.0) / root);
        CHECK(*std::min_element(u.begin(), u.end()) > 0.0);
        CHECK(*std::max_element(u.begin(), u.end()) < 1.0);
    }
    SECTION("normal") {
        const auto z = sample(draws, 5, &Generator::normals);
        // Variances of the sample moments: 1, 2, 15, 96 over the number of draws.
        CHECK(std::abs(moment(z, 1)) < 4.0 / root);
        CHECK(std::abs(moment(z, 2) - 1.0) < 4.0 * std::sqrt(2.0) / root);
        CHECK(std::abs(moment(z, 3)) < 4.0 * std::sqrt(15.0) / root);
        CHECK(std::abs(moment(z, 4) - 3.0) < 4.0 * std::sqrt(96.0) / root);
        for (const double limit : {-4.0, -3.0, -1.0, 0.5, 2.0, 3.5}) {
            const double expected = probability_below(limit);
            const auto below =
                std::count_if(z.begin(), z.end(), [&](double v) { return v < limit; });
            const double share = static_cast<double>(below) / static_cast<double>(draws);
            CHECK(std::abs(share - expected) < 4.0 * std::sqrt(expected * (1.0 - expected)) / root);
        }
    }
    SECTION("neighbouring dimensions and draws") {
        const auto a = sample(draws, 3, &Generator::normals);
        const auto b = sample(draws, 4, &Generator::normals);
        const std::vector<double> next(a.begin() + 1, a.end());
        CHECK(std::abs(correlation(a, b)) < 4.0 / root);
        CHECK(std::abs(correlation({a.begin(), a.end() - 1}, next)) < 4.0 / root);
    }
}

TEST_CASE("A lognormal is its value times the exponential of a normal", "[draws][generator]") {
    const std::vector<double> value{2.0, -3.0, 0.0, 5.0, 7.0};
    const std::vector<double> sigma{0.3, 0.1, 0.2, 0.0, 1.5};
    const Generator generator(11);
    LaneBuffer normal(5);
    LaneBuffer lognormal(5);
    generator.normals(40, 5, normal.data());
    generator.lognormals(40, 5, value.data(), sigma.data(), lognormal.data());
    for (int d = 0; d < 5; ++d) {
        const auto i = static_cast<std::size_t>(d);
        for (int lane = 0; lane < 8; ++lane) {
            CHECK_THAT(lognormal.at(d, lane),
                       Near(value[i] * std::exp(sigma[i] * normal.at(d, lane)), 4e-14));
        }
    }
}

TEST_CASE("What is asked of a generator must make sense", "[draws][generator]") {
    const Generator generator(1);
    LaneBuffer out(2);
    CHECK_THROWS_WITH(generator.uniforms(0, 1, out.data() + 1),
                      "contract: the output is not aligned to 64 bytes");
    CHECK_THROWS_WITH(generator.normals(0, -1, out.data()),
                      "contract: a negative number of dimensions");
    const double value = 1.0;
    for (const double sigma : {-0.1, 100.1, std::nan("")}) {
        CHECK_THROWS_WITH(generator.lognormals(0, 1, &value, &sigma, out.data()),
                          "contract: a standard deviation of the logarithm is not within 0 .. 100");
    }
}
