#pragma once

#include <chainsim/reconcile/problem.hpp>

#include <Eigen/Core>

#include <cstdint>
#include <random>
#include <vector>

namespace chainsim::test {

/// A network of streams between nodes, with true flows that balance, and measurements of them.
struct RandomNetwork {
    reconcile::Problem problem;
    Eigen::VectorXd truth; ///< by variable
};

struct RandomNetworkOptions {
    int nodes = 5;
    int extra = 6;           ///< streams beside the path through all nodes
    double unmeasured = 0.0; ///< share of the streams
    double relative = 0.02;  ///< standard deviation, of the true flow
    bool with_components = false;
};

/// The same for the same seed.
[[nodiscard]] RandomNetwork random_network(std::uint64_t seed,
                                           const RandomNetworkOptions& options = {});

/// Measurements of the truth, with errors drawn anew.
void measure(RandomNetwork& network, std::mt19937_64& generator);

/// The least squares answer of the linear conditions of a problem by one dense system of all
/// conditions and multipliers, as textbooks have it: a slow way beside which the engine's is held.
/// All variables measured or determined.
[[nodiscard]] Eigen::VectorXd dense_answer(const reconcile::Problem& problem);

} // namespace chainsim::test
