#include "lane_buffer.hpp"
#include "statistics.hpp"
#include "support/catch.hpp"
#include "support/near.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/draws/detail/shape_kernels.hpp>
#include <chainsim/draws/plan.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

using chainsim::draws::Group;
using chainsim::draws::Marginal;
using chainsim::draws::Method;
using chainsim::draws::Plan;
using chainsim::draws::Shape;
using chainsim::test::LaneBuffer;
using chainsim::test::Near;

namespace {

/// All shapes, and ranges that lean to either side.
std::vector<Marginal> mixed() {
    return {{Shape::pert, 1.0, -2.0, 5.0},
            {Shape::uniform, 0.0, 3.0, 4.0},
            {Shape::lognormal, 10.0, 8.0, 14.0},
            {Shape::discrete, 0.0, 0.0, 0.0, {3.0, 1.0, 2.0}, {1.0, 2.0, 5.0}},
            {Shape::normal, 10.0, 9.0, 14.0},
            {Shape::triangular, 4.0, 3.0, 9.0},
            {Shape::pert, 0.0, 0.0, 5.0},
            {Shape::normal, 1.0, 0.2, 1.8},
            {Shape::pert, 5.0, 0.0, 5.0},
            {Shape::triangular, 3.0, 3.0, 9.0},
            {Shape::lognormal, 2.0, 2.0, 2.0}};
}

/// [parameter][draw]
std::vector<std::vector<double>> sample(const Plan& plan) {
    std::vector<std::vector<double>> result(static_cast<std::size_t>(plan.parameters()));
    LaneBuffer out(plan.parameters());
    for (std::int64_t draw = 0; draw < plan.draws(); draw += 8) {
        plan.fill(draw, out.data());
        for (int p = 0; p < plan.parameters(); ++p) {
            for (int lane = 0; lane < 8 && draw + lane < plan.draws(); ++lane) {
                result[static_cast<std::size_t>(p)].push_back(out.at(p, lane));
            }
        }
    }
    return result;
}

/// Of one normal marginal, the standard normals behind its values.
std::vector<double> standard(std::vector<double> values) {
    for (auto& value : values) {
        value = value * 1.9599639845400542 / 10.0;
    }
    return values;
}

/// So wide apart from 0 that nothing is truncated within reach of a sample.
std::vector<Marginal> standard_normals(std::size_t number) {
    return std::vector<Marginal>(number, {Shape::normal, 0.0, -10.0, 10.0});
}

} // namespace

TEST_CASE("Every number is the quantile of a stratum of its own", "[draws][plan]") {
    // Sorted, a Latin hypercube of n draws has its k-th value between the quantiles of k / n and
    // (k + 1) / n: so each distribution is checked all along, by the library's own functions.
    constexpr std::int64_t n = 3001;
    const Plan plan(mixed(), {}, Method::latin_hypercube, 5, n);
    auto values = sample(plan);
    for (int p = 0; p < plan.parameters(); ++p) {
        auto& of_one = values[static_cast<std::size_t>(p)];
        std::sort(of_one.begin(), of_one.end());
        const auto marginal = mixed()[static_cast<std::size_t>(p)];
        const double slack = 2e-8 * std::max(1e-7, marginal.high - marginal.low);
        int outside = 0;
        for (std::size_t k = 0; k < of_one.size(); ++k) {
            const double low = plan.quantile(p, static_cast<double>(k) / n);
            const double high = plan.quantile(p, static_cast<double>(k + 1) / n);
            outside += of_one[k] < low - slack || of_one[k] > high + slack ? 1 : 0;
        }
        INFO("parameter " << p);
        CHECK(outside == 0);
    }
}

TEST_CASE("Means and standard deviations of a sample are the plan's", "[draws][plan]") {
    constexpr std::int64_t n = 1 << 16;
    for (const auto method : {Method::random, Method::sobol, Method::latin_hypercube}) {
        const Plan plan(mixed(), {}, method, 5, n);
        const auto values = sample(plan);
        const double loose = method == Method::random ? 4.0 / std::sqrt(n) : 1e-4;
        for (int p = 0; p < plan.parameters(); ++p) {
            const auto& of_one = values[static_cast<std::size_t>(p)];
            const double mean = chainsim::test::moment(of_one, 1);
            const double deviation =
                std::sqrt(std::max(0.0, chainsim::test::moment(of_one, 2) - mean * mean));
            INFO("parameter " << p << " of method " << static_cast<int>(method));
            CHECK_THAT(mean, Near(plan.mean(p), 1e-15, "", loose * plan.sd(p)));
            CHECK_THAT(deviation, Near(plan.sd(p), 2.0 * loose, "", 1e-7));
        }
    }
}

TEST_CASE("A draw of a plan is the same whoever asks for it", "[draws][plan]") {
    // More parameters than a block holds, and a group.
    std::vector<Marginal> marginals;
    for (int i = 0; i < 60; ++i) {
        const auto some = mixed();
        marginals.insert(marginals.end(), some.begin(), some.end());
    }
    const std::vector<Group> groups{{"prices", {3, 100, 7, 21, 500}, 0.6}};
    for (const auto method : {Method::random, Method::sobol, Method::latin_hypercube}) {
        const Plan plan(marginals, groups, method, 5, 100);
        LaneBuffer from_12(plan.parameters());
        LaneBuffer from_17(plan.parameters());
        plan.fill(17, from_17.data());
        plan.fill(12, from_12.data());
        bool equal = true;
        bool different = false;
        for (int p = 0; p < plan.parameters(); ++p) {
            equal = equal && from_12.at(p, 5) == from_17.at(p, 0);
            different = different || from_12.at(p, 5) != from_12.at(p, 4);
        }
        CHECK(equal);
        CHECK(different);
    }
}

TEST_CASE("Pert quantiles are exact to 2e-8 of the range", "[draws][plan]") {
    const std::vector<double> modes{0.0, 0.001, 0.1, 0.3, 0.5, 0.77, 0.95, 1.0};
    std::vector<Marginal> marginals;
    marginals.reserve(modes.size());
    for (const double mode : modes) {
        marginals.push_back({Shape::pert, mode, 0.0, 1.0});
    }
    // All move together with a uniform, which tells at which share of draws they stand.
    marginals.push_back({Shape::uniform, 0.0, 0.0, 1.0});
    std::vector<int> members(marginals.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
        members[i] = static_cast<int>(i);
    }
    const Plan plan(marginals, {{"all", members, 1.0}}, Method::latin_hypercube, 1, 20000);
    const auto values = sample(plan);
    double worst = 0.0;
    for (std::size_t k = 0; k < values.back().size(); ++k) {
        for (std::size_t p = 0; p < modes.size(); ++p) {
            const double exact = plan.quantile(static_cast<int>(p), values.back()[k]);
            worst = std::max(worst, std::abs(values[p][k] - exact));
        }
    }
    CHECK(worst < 2e-8);
}

TEST_CASE("Parameters of a group are correlated as asked", "[draws][plan]") {
    constexpr std::int64_t n = 1 << 16;
    const auto rho_of = [&](const std::vector<Group>& groups, std::size_t a, std::size_t b) {
        const Plan plan(standard_normals(5), groups, Method::sobol, 3, n);
        const auto values = sample(plan);
        return chainsim::test::correlation(standard(values[a]), standard(values[b]));
    };
    SECTION("by one correlation") {
        for (const double rho : {-0.3, 0.0, 0.5, 0.9}) {
            const std::vector<Group> groups{{"feed", {4, 0, 2}, rho}};
            CHECK_THAT(rho_of(groups, 0, 2), Near(rho, 0.0, "", 3e-3));
            CHECK_THAT(rho_of(groups, 4, 2), Near(rho, 0.0, "", 3e-3));
            CHECK_THAT(rho_of(groups, 1, 2), Near(0.0, 0.0, "", 3e-3));
        }
    }
    SECTION("by a matrix, in the order of the members") {
        const std::vector<Group> groups{
            {"feed", {3, 1, 0}, 0.0, {1.0, 0.8, -0.4, 0.8, 1.0, 0.1, -0.4, 0.1, 1.0}}};
        CHECK_THAT(rho_of(groups, 3, 1), Near(0.8, 0.0, "", 3e-3));
        CHECK_THAT(rho_of(groups, 3, 0), Near(-0.4, 0.0, "", 3e-3));
        CHECK_THAT(rho_of(groups, 1, 0), Near(0.1, 0.0, "", 3e-3));
    }
}

TEST_CASE("Members of a group keep their own distributions", "[draws][plan]") {
    const std::vector<Group> groups{{"all", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.7}};
    constexpr std::int64_t n = 1 << 16;
    const Plan plan(mixed(), groups, Method::sobol, 5, n);
    const auto values = sample(plan);
    for (int p = 0; p < plan.parameters(); ++p) {
        INFO("parameter " << p);
        const auto& of_one = values[static_cast<std::size_t>(p)];
        const double mean = chainsim::test::moment(of_one, 1);
        CHECK_THAT(mean, Near(plan.mean(p), 1e-15, "", 2e-3 * plan.sd(p)));
        const double median = plan.quantile(p, 0.5);
        const auto below =
            std::count_if(of_one.begin(), of_one.end(), [&](double v) { return v < median; });
        if (plan.sd(p) > 0.0 && p != 3) { // the discrete one has no share of draws at its median
            CHECK_THAT(static_cast<double>(below) / n, Near(0.5, 0.0, "", 2e-3));
        }
    }
}

TEST_CASE("A correlation of 1 moves parameters together", "[draws][plan]") {
    std::vector<Marginal> marginals{{Shape::uniform, 0.0, 0.0, 1.0},
                                    {Shape::triangular, 4.0, 3.0, 9.0},
                                    {Shape::lognormal, 10.0, 8.0, 14.0}};
    const std::vector<double> ones(9, 1.0);
    for (const Group& group : {Group{"one", {0, 1, 2}, 1.0}, Group{"one", {0, 1, 2}, 0.0, ones}}) {
        const Plan plan(marginals, {group}, Method::random, 8, 400);
        const auto values = sample(plan);
        for (std::size_t k = 0; k < values[0].size(); ++k) {
            CHECK_THAT(values[1][k], Near(plan.quantile(1, values[0][k]), 1e-8));
            CHECK_THAT(values[2][k], Near(plan.quantile(2, values[0][k]), 1e-8));
        }
    }
}

TEST_CASE("Every instruction set gives the same values of each shape", "[draws][plan]") {
    constexpr int count = 5;
    std::vector<double> u(std::size_t{8} * count);
    for (std::size_t i = 0; i < u.size(); ++i) {
        u[i] = (static_cast<double>(i) + 0.5) / static_cast<double>(u.size());
    }
    std::vector<double> figures(1000);
    for (std::size_t i = 0; i < figures.size(); ++i) {
        figures[i] = 0.1 + 0.007 * static_cast<double>(i % 11);
    }
    const std::vector<double> steps{2.0, 5.0, 6.0, 0.3, 1.0, 7.0, 3.0, 1.0,
                                    2.0, 3.0, 0.1, 0.4, 1.0, 8.0, 1.0, 9.0};
    const std::vector<int> targets{4, 0, 3, 1, 2};
    std::vector<std::vector<double>> results;
    for (const auto isa : chainsim::test::available_isas()) {
        const auto& kernels = chainsim::draws::detail::shape_kernels(isa);
        std::vector<double> all;
        const auto run = [&](auto kernel, const std::vector<double>& with) {
            LaneBuffer in(count);
            LaneBuffer out(count);
            std::copy(u.begin(), u.end(), in.data());
            kernel({count, with.data(), targets.data(), out.data()}, in.data());
            for (const auto& part : {out.values(), in.values()}) {
                all.insert(all.end(), part.begin(), part.end());
            }
        };
        run(kernels.uniform, figures);
        run(kernels.triangular, figures);
        run(kernels.truncate, figures);
        run(kernels.split_normal, figures);
        run(kernels.split_lognormal, figures);
        run(kernels.pert, figures);
        run(kernels.discrete, steps);
        LaneBuffer z(count);
        std::copy(u.begin(), u.end(), z.data());
        kernels.mix(count, figures.data(), z.data());
        kernels.mix_equally(count, figures.data(), figures.data() + 5, z.data());
        kernels.normal_probabilities(count, z.data());
        const auto mixed_values = z.values();
        all.insert(all.end(), mixed_values.begin(), mixed_values.end());
        results.push_back(all);
    }
    for (const auto& result : results) {
        CHECK(result == results.front());
    }
}

TEST_CASE("Probabilities of normals are exact to 1e-11", "[draws][plan]") {
    LaneBuffer out(1);
    for (int step = -620; step <= 620; ++step) {
        const double z = 0.01 * step;
        std::fill(out.data(), out.data() + 8, z);
        chainsim::draws::detail::shape_kernels(chainsim::vector_isa())
            .normal_probabilities(1, out.data());
        const double exact = std::max(0x1p-33, 0.5 * std::erfc(-z / std::sqrt(2.0)));
        REQUIRE_THAT(out.at(0, 0), Near(exact, 1e-11));
    }
}

TEST_CASE("A plan that cannot be is refused, and says what of it", "[draws][plan]") {
    const auto plan = [](const std::vector<Group>& groups) {
        return Plan(standard_normals(3), groups, Method::random, 1, 10);
    };
    CHECK_THROWS_WITH(Plan({{Shape::uniform, 0.0, 0.0, 1.0}, {Shape::pert, 5.0, 1.0, 4.0}}, {},
                           Method::random, 1, 10),
                      "parameter 1: value 5 and range 1 .. 4; the range is finite and holds the "
                      "value");
    CHECK_THROWS_WITH(plan({{"feed", {0, 3}, 0.5}}),
                      "group 'feed': member 3 of 3 parameters, which are numbered from 0");
    CHECK_THROWS_WITH(plan({{"feed", {0, 1}, 0.5}, {"heat", {1, 2}, 0.5}}),
                      "group 'heat': parameter 1 is a member twice, here or in another group");
    CHECK_THROWS_WITH(plan({{"feed", {0, 1, 2}, -0.6}}),
                      "group 'feed': a correlation of -0.6 between every two of 3 members; it is "
                      "between -0.5 and 1");
    CHECK_THROWS_WITH(plan({{"feed", {0, 1}, 0.0, {1.0, 0.5, 0.5}}}),
                      "group 'feed': 3 correlations for 2 members, not 2 x 2");
    CHECK_THROWS_WITH(plan({{"feed", {0, 1}, 0.0, {1.0, 0.5, 0.4, 1.0}}}),
                      "group 'feed': correlation 0.5 in row 1 and column 2; a correlation matrix "
                      "is symmetric, within -1 .. 1, and 1 on its diagonal");
    CHECK_THROWS_WITH(
        plan({{"feed", {0, 1, 2}, 0.0, {1.0, 0.9, -0.9, 0.9, 1.0, 0.9, -0.9, 0.9, 1.0}}}),
        "group 'feed': the correlation matrix is not positive definite: no parameters can be "
        "correlated so");
    const auto good = plan({});
    LaneBuffer out(4);
    CHECK_THROWS_WITH(good.fill(0, out.data() + 1),
                      "contract: the output is not aligned to 64 bytes");
    CHECK_THROWS_WITH(good.mean(3), "contract: a parameter is not in the plan");
}
