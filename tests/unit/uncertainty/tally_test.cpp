#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include "support/near.hpp"
#include <chainsim/uncertainty/tally.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace {

using chainsim::test::Near;
using chainsim::test::Random;
using chainsim::uncertainty::QuantileFinder;
using chainsim::uncertainty::share_of;
using chainsim::uncertainty::Tally;

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

std::vector<float> numbers_of(std::vector<float> column) {
    column.erase(std::remove_if(column.begin(), column.end(), [](float x) { return x != x; }),
                 column.end());
    return column;
}

/// The oracle: of the sorted numbers the one of rank ceil(q n), at least the first.
std::vector<double> by_sorting(const std::vector<float>& column,
                               const std::vector<double>& shares) {
    auto sorted = numbers_of(column);
    std::sort(sorted.begin(), sorted.end());
    std::vector<double> out;
    out.reserve(shares.size());
    for (const double share : shares) {
        const auto rank =
            static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
        out.push_back(sorted.at(std::max<std::size_t>(rank, 1) - 1));
    }
    return out;
}

std::vector<double> in_pieces(const std::vector<float>& column, const std::vector<double>& shares,
                              std::size_t piece) {
    QuantileFinder finder(shares);
    for (int pass = 0; pass < QuantileFinder::passes; ++pass) {
        for (std::size_t first = 0; first < column.size(); first += piece) {
            finder.add(column.data() + first, std::min(piece, column.size() - first));
        }
        finder.end_pass();
    }
    return finder.found();
}

/// Of both signs, over many magnitudes.
std::vector<float> wide_column(std::size_t size, unsigned seed) {
    Random random(seed);
    std::vector<float> column(size);
    for (auto& value : column) {
        const double magnitude = std::exp(random.between(-60.0, 60.0));
        value = static_cast<float>(random.chance(0.5) ? magnitude : -magnitude);
    }
    return column;
}

} // namespace

SCENARIO("Quantiles are those of the sorted column, to the last bit", "[uncertainty][tally]") {
    const std::vector<double> shares{0.0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1.0};
    GIVEN("columns of both signs and many magnitudes, of every small size") {
        for (std::size_t size = 1; size <= 40; ++size) {
            const auto column = wide_column(size, static_cast<unsigned>(size));
            CAPTURE(size);
            CHECK(in_pieces(column, shares, 7) == by_sorting(column, shares));
        }
    }
    GIVEN("a long column, in pieces of any size") {
        const auto column = wide_column(20'000, 3);
        const auto truth = by_sorting(column, shares);
        for (const std::size_t piece : {1U, 1024U, 20'000U}) {
            CHECK(in_pieces(column, shares, piece) == truth);
        }
    }
    GIVEN("numbers that differ in the last bit alone, below zero and above") {
        std::vector<float> column;
        float value = -1000.0F;
        for (int i = 0; i < 1000; ++i) {
            column.push_back(value);
            column.push_back(-value);
            value = std::nextafter(value, 0.0F);
        }
        CHECK(in_pieces(column, shares, 64) == by_sorting(column, shares));
    }
    GIVEN("many ties") {
        Random random(5);
        std::vector<float> column(5000);
        for (auto& value : column) {
            value = static_cast<float>(random.below(7) - 3);
        }
        CHECK(in_pieces(column, shares, 1024) == by_sorting(column, shares));
    }
    GIVEN("values that are no numbers among others, and both infinities") {
        auto column = wide_column(3000, 9);
        for (std::size_t i = 0; i < column.size(); i += 3) {
            column[i] = i % 2 == 0 ? not_a_number : -not_a_number;
        }
        column[1] = std::numeric_limits<float>::infinity();
        column[2] = -std::numeric_limits<float>::infinity();
        const auto found = in_pieces(column, shares, 1000);
        CHECK(found == by_sorting(column, shares));
        CHECK(std::isinf(found.front()));
        CHECK(std::isinf(found.back()));
    }
    GIVEN("no number at all") {
        for (const double value : in_pieces({not_a_number, not_a_number}, {0.1, 0.9}, 1)) {
            CHECK(std::isnan(value));
        }
    }
}

SCENARIO("A share is known as well as Wilson's interval says", "[uncertainty][tally]") {
    GIVEN("figures of the literature") {
        // Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
        const auto many = share_of(81, 263);
        CHECK(many.low == Approx(0.2553).margin(5e-5));
        CHECK(many.high == Approx(0.3662).margin(5e-5));
        const auto few = share_of(15, 148);
        CHECK(few.low == Approx(0.0624).margin(5e-5));
        CHECK(few.high == Approx(0.1605).margin(5e-5));
        CHECK(share_of(0, 501).low == 0.0);
        CHECK(share_of(501, 501).high == 1.0);
        const auto none = share_of(0, 20);
        CHECK(none.low == 0.0);
        CHECK(none.high == Approx(0.1611).margin(5e-5));
        const auto one = share_of(1, 29);
        CHECK(one.low == Approx(0.0061).margin(5e-5));
        CHECK(one.high == Approx(0.1718).margin(5e-5));
    }
    GIVEN("as many hits as trials") {
        const auto all = share_of(29, 29);
        CHECK(all.value == 1.0);
        CHECK(all.high == 1.0);
        CHECK(all.low > 0.85);
    }
    GIVEN("no trial") {
        const auto unknown = share_of(0, 0);
        CHECK(std::isnan(unknown.value));
        CHECK(unknown.low == 0.0);
        CHECK(unknown.high == 1.0);
    }
}

SCENARIO("Sums over draws are those of two passes", "[uncertainty][tally]") {
    GIVEN("a column far from zero with little spread, in blocks of any size") {
        Random random(11);
        std::vector<float> column(10'000);
        for (auto& value : column) {
            value = static_cast<float>(1e6 + random.between(-1.0, 1.0));
        }
        column[17] = not_a_number;
        column[4321] = not_a_number;
        Tally tally(2);
        for (std::size_t first = 0; first < column.size(); first += 1024) {
            tally.add(1, column.data() + first, std::min<std::size_t>(1024, column.size() - first));
        }
        const auto numbers = numbers_of(column);
        const auto n = static_cast<double>(numbers.size());
        double mean = 0.0;
        for (const float value : numbers) {
            mean += static_cast<double>(value) / n;
        }
        double squares = 0.0;
        for (const float value : numbers) {
            squares += (value - mean) * (value - mean);
        }
        const double sd = std::sqrt(squares / (n - 1.0));
        THEN("mean, spread, ends and what was left out are the same") {
            CHECK(tally.count(1) == static_cast<std::int64_t>(numbers.size()));
            CHECK(tally.left_out(1) == 2);
            CHECK_THAT(tally.mean(1), Near(mean, 1e-13));
            CHECK_THAT(tally.sd(1), Near(sd, 1e-9));
            CHECK(tally.least(1) == *std::min_element(numbers.begin(), numbers.end()));
            CHECK(tally.most(1) == *std::max_element(numbers.begin(), numbers.end()));
            const auto known = tally.mean_of(1);
            CHECK_THAT(known.high - known.low, Near(2.0 * 1.959964 * sd / std::sqrt(n), 1e-6));
            CHECK_THAT(0.5 * (known.high + known.low), Near(mean, 1e-12));
        }
        THEN("another column knows nothing of it") {
            CHECK(tally.count(0) == 0);
            CHECK(tally.left_out(0) == 0);
        }
    }
    GIVEN("a column whose values all lie below zero, and one of a single number") {
        const std::vector<float> below{-3.0F, not_a_number, -5.0F};
        Tally tally(2);
        tally.add(0, below.data(), below.size());
        tally.add(1, below.data(), 1);
        CHECK(tally.most(0) == -3.0);
        CHECK(tally.least(0) == -5.0);
        CHECK(tally.sd(0) == Approx(std::sqrt(2.0)));
        CHECK(tally.sd(1) == 0.0);
        CHECK(tally.mean(1) == -3.0);
    }
    GIVEN("a first block without a number") {
        const std::vector<float> nothing(3, not_a_number);
        const std::vector<float> something{7.0F};
        Tally tally(1);
        tally.add(0, nothing.data(), nothing.size());
        tally.add(0, something.data(), 1);
        CHECK(tally.least(0) == 7.0);
        CHECK(tally.most(0) == 7.0);
        CHECK(tally.left_out(0) == 3);
    }
}
