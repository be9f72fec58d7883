#include "support/catch.hpp"
#include "support/near.hpp"
#include <chainsim/analysis/decomposition.hpp>

#include <cmath>
#include <random>
#include <vector>

using chainsim::analysis::ActivityPart;
using chainsim::analysis::decompose;
using chainsim::test::Near;

TEST_CASE("Two parts worked by hand come out as LMDI has them", "[analysis][lmdi]") {
    // Q: 100 -> 150. A: 60 of activity and 120 of energy -> 60 and 90; B: 40 and 20 -> 90 and 45.
    const auto result = decompose({{"a", 60, 60, 120, 90}, {"b", 40, 90, 20, 45}});
    const double la = (90.0 - 120.0) / std::log(90.0 / 120.0);
    const double lb = (45.0 - 20.0) / std::log(45.0 / 20.0);
    CHECK_THAT(result.total.scale, Near((la + lb) * std::log(1.5), 1e-12, "tce"));
    CHECK_THAT(result.total.structure,
               Near(la * std::log(0.4 / 0.6) + lb * std::log(0.6 / 0.4), 1e-12, "tce"));
    CHECK_THAT(result.total.intensity, Near(la * std::log(1.5 / 2.0), 1e-12, "tce"));
    CHECK(result.total.other == 0.0);
    CHECK_THAT(result.total.sum(), Near(135.0 - 140.0, 1e-12, "tce"));
}

TEST_CASE("If all parts grow alike, all of the change is scale", "[analysis][lmdi]") {
    const auto result = decompose({{"a", 10, 12, 30, 36}, {"b", 5, 6, 1, 1.2}});
    CHECK_THAT(result.total.scale, Near(6.2, 1e-12, "tce"));
    CHECK(std::abs(result.total.structure) < 1e-12);
    CHECK(std::abs(result.total.intensity) < 1e-12);
}

TEST_CASE("A part that appears or disappears is structure", "[analysis][lmdi]") {
    const auto result = decompose({{"new", 0, 10, 0, 7}, {"old", 10, 0, 4, 0}, {"no", 0, 0, 0, 0}});
    CHECK(result.effects[0].structure == 7.0);
    CHECK(result.effects[1].structure == -4.0);
    CHECK(result.effects[2].sum() == 0.0);
}

TEST_CASE("What has no logarithm is told apart, and still counts", "[analysis][lmdi]") {
    const auto result =
        decompose({{"a", 10, 20, 10, 30}, {"loss", -1, 3, 5, 9}, {"people", 0, 0, 2, 3}});
    CHECK(result.effects[1].other == 4.0);
    CHECK(result.effects[2].other == 1.0);
    CHECK_THAT(result.total.sum(), Near(25.0, 1e-12, "tce"));
    // Q is that of `a` alone.
    CHECK_THAT(result.effects[0].structure + 1.0, Near(1.0, 1e-12, "tce"));
}

TEST_CASE("The effects sum to the change, whatever the parts", "[analysis][lmdi][property]") {
    std::mt19937_64 random(
        20261128); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same cases each time
    for (int i = 0; i < 200; ++i) {
        std::vector<ActivityPart> parts;
        double change = 0.0;
        double size = 0.0;
        for (int p = 0; p < 6; ++p) {
            const auto draw = [&] {
                const double u = static_cast<double>(random() >> 11U) * 0x1p-53;
                return u < 0.1 ? 0.0 : std::exp(8.0 * (u - 0.5)) - (u > 0.97 ? 60.0 : 0.0);
            };
            const double e0 = draw();
            const double e1 = draw();
            parts.push_back({"p", draw(), draw(), e0, e1});
            change += e1 - e0;
            size += std::abs(e0) + std::abs(e1);
        }
        CHECK(std::abs(decompose(parts).total.sum() - change) <= 1e-9 * size);
    }
}
