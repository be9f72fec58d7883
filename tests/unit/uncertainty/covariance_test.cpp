#include "support/catch.hpp"
#include <chainsim/base/aligned.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/load/load_scenario.hpp>
#include <chainsim/uncertainty/parameter_draws.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <vector>

namespace {

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using chainsim::uncertainty::ParameterDraws;
using chainsim::uncertainty::SampleOptions;
namespace model = chainsim::model;

const model::Scenario& starter() {
    static const auto scenario = chainsim::load::load_scenario(
        std::filesystem::path(CHAINSIM_SOURCE_DIR) / "scenarios/tutorial/base_2025.yaml");
    return scenario;
}

/// Three coefficients that are drawn for themselves, each measured 2 % above its value with a
/// spread of 1 % of it.
struct Measured {
    std::vector<int> parameters;
    SampleOptions options;
    Eigen::Matrix3d correlation;
};

Measured measured() {
    Measured out;
    const ParameterDraws plain(starter(), {});
    for (const int p : plain.drawn()) {
        const auto& one = plain.parameters().all[static_cast<std::size_t>(p)];
        if (one.kind == chainsim::uncertainty::ParameterKind::coefficient && one.value > 0.0 &&
            one.set < 0 && out.parameters.size() < 3) {
            out.parameters.push_back(p);
            out.options.covariance.ids.push_back(one.id);
            out.options.covariance.centres.push_back(1.02 * one.value);
        }
    }
    REQUIRE(out.parameters.size() == 3);
    out.correlation << 1.0, -0.8, 0.3, -0.8, 1.0, 0.0, 0.3, 0.0, 1.0;
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j) {
            const auto sd = [&](std::size_t k) {
                return 0.01 *
                       plain.parameters().all[static_cast<std::size_t>(out.parameters[k])].value;
            };
            out.options.covariance.values.push_back(
                out.correlation(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) *
                sd(i) * sd(j));
        }
    }
    out.options.draws = 4096;
    out.options.keeps_closure = false; // so that no draw is drawn anew
    return out;
}

Eigen::MatrixXd drawn(const ParameterDraws& draws, const std::vector<int>& parameters) {
    constexpr auto lanes = chainsim::vector_lanes;
    const auto n = static_cast<Eigen::Index>(draws.options().draws);
    Eigen::MatrixXd out(n, static_cast<Eigen::Index>(parameters.size()));
    ParameterDraws::Workspace work(draws);
    for (Eigen::Index first = 0; first < n; first += lanes) {
        draws.fill(first, lanes, work);
        for (int lane = 0; lane < lanes; ++lane) {
            for (std::size_t i = 0; i < parameters.size(); ++i) {
                out(first + lane, static_cast<Eigen::Index>(i)) =
                    work.values()[static_cast<std::size_t>(parameters[i]) * lanes +
                                  static_cast<std::size_t>(lane)];
            }
        }
    }
    return out;
}

} // namespace

TEST_CASE("Figures with a covariance are drawn with its spread and its correlations",
          "[uncertainty][covariance]") {
    const auto known = measured();
    const ParameterDraws draws(starter(), known.options);
    auto values = drawn(draws, known.parameters);
    const Eigen::RowVectorXd mean = values.colwise().mean();
    values.rowwise() -= mean;
    const Eigen::MatrixXd covariance =
        values.transpose() * values / static_cast<double>(values.rows());
    for (Eigen::Index i = 0; i < 3; ++i) {
        const auto& one =
            draws.parameters()
                .all[static_cast<std::size_t>(known.parameters[static_cast<std::size_t>(i)])];
        INFO(one.id);
        CHECK_THAT(mean[i], WithinRel(1.02 * one.value, 1e-3));
        // Draws end three standard deviations away, which takes 1.5 % of the spread.
        CHECK_THAT(std::sqrt(covariance(i, i)), WithinRel(0.01 * one.value, 0.02));
        for (Eigen::Index j = 0; j < i; ++j) {
            const double correlation =
                covariance(i, j) / std::sqrt(covariance(i, i) * covariance(j, j));
            CHECK_THAT(correlation, WithinAbs(known.correlation(i, j), 0.02));
        }
    }
}

TEST_CASE("What the covariance does not speak of is drawn as before", "[uncertainty][covariance]") {
    const auto known = measured();
    const ParameterDraws with(starter(), known.options);
    auto options = known.options;
    options.covariance = {};
    const ParameterDraws without(starter(), options);
    for (std::size_t p = 0; p < with.parameters().all.size(); ++p) {
        const bool is_measured =
            std::count(known.parameters.begin(), known.parameters.end(), static_cast<int>(p)) > 0;
        if (!is_measured) {
            CHECK(with.parameters().all[p].low == without.parameters().all[p].low);
            CHECK(with.parameters().all[p].high == without.parameters().all[p].high);
            CHECK(with.roles()[p] == without.roles()[p]);
        }
    }
}
