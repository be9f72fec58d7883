#include "random_networks.hpp"

#include <Eigen/LU>
#include <Eigen/QR>

#include <string>

namespace chainsim::test {

namespace {

using reconcile::Condition;
using reconcile::Problem;
using reconcile::Variable;

double uniform(std::mt19937_64& generator, double low, double high) {
    // The distributions of the standard library differ from one to the next.
    return low + (high - low) * static_cast<double>(generator() >> 11U) * 0x1p-53;
}

double normal(std::mt19937_64& generator) {
    double sum = -6.0; // of twelve uniform: near enough to normal for what is tested
    for (int i = 0; i < 12; ++i) {
        sum += uniform(generator, 0.0, 1.0);
    }
    return sum;
}

/// Adds a stream of a true flow from one node to another; -1: the world outside.
int add_stream(RandomNetwork& network, int from, int to, double flow) {
    Variable one;
    one.id = "s" + std::to_string(network.problem.variables.size());
    one.unit = "t";
    one.start = 1.0;
    const int index = static_cast<int>(network.problem.variables.size());
    network.problem.variables.push_back(one);
    network.truth.conservativeResize(index + 1);
    network.truth(index) = flow;
    const auto balance = [&](int node, double sign) {
        if (node >= 0) {
            network.problem.conditions[static_cast<std::size_t>(node)].terms.push_back(
                {sign, index, -1});
        }
    };
    balance(from, -1.0);
    balance(to, 1.0);
    return index;
}

} // namespace

RandomNetwork random_network(std::uint64_t seed, const RandomNetworkOptions& options) {
    std::mt19937_64 generator(seed);
    RandomNetwork network;
    for (int n = 0; n < options.nodes; ++n) {
        network.problem.conditions.push_back({"n" + std::to_string(n), {}, 0.0});
    }
    Eigen::VectorXd surplus = Eigen::VectorXd::Zero(options.nodes);
    const auto add = [&](int from, int to, double flow) {
        (void)add_stream(network, from, to, flow);
        if (from >= 0) {
            surplus(from) -= flow;
        }
        if (to >= 0) {
            surplus(to) += flow;
        }
    };
    for (int n = 0; n + 1 < options.nodes; ++n) {
        add(n, n + 1, uniform(generator, 20.0, 200.0));
    }
    for (int e = 0; e < options.extra; ++e) {
        const auto node = [&] {
            return static_cast<int>(generator() % static_cast<std::uint64_t>(options.nodes));
        };
        const int from = node();
        const int to = node();
        add(from == to ? -1 : from, to, uniform(generator, 10.0, 100.0));
    }
    for (int n = 0; n < options.nodes; ++n) { // what is over goes out, what is short comes in
        if (surplus(n) > 0.0) {
            add(n, -1, surplus(n));
        } else {
            add(-1, n, -surplus(n) + 5.0);
            add(n, -1, 5.0);
        }
    }
    for (auto& one : network.problem.variables) {
        if (uniform(generator, 0.0, 1.0) >= options.unmeasured) {
            one.measured = 0.0;
        }
    }
    for (Eigen::Index j = 0; j < network.truth.size(); ++j) {
        auto& one = network.problem.variables[static_cast<std::size_t>(j)];
        one.sigma = one.measured ? options.relative * network.truth(j) : 0.0;
    }
    measure(network, generator);
    return network;
}

void measure(RandomNetwork& network, std::mt19937_64& generator) {
    for (Eigen::Index j = 0; j < network.truth.size(); ++j) {
        auto& one = network.problem.variables[static_cast<std::size_t>(j)];
        if (one.measured) {
            one.measured = network.truth(j) + one.sigma * normal(generator);
        }
    }
}

Eigen::VectorXd dense_answer(const Problem& problem) {
    const auto n = static_cast<Eigen::Index>(problem.variables.size());
    const auto m = static_cast<Eigen::Index>(problem.conditions.size());
    Eigen::MatrixXd system = Eigen::MatrixXd::Zero(n + m, n + m);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(n + m);
    for (Eigen::Index j = 0; j < n; ++j) {
        const auto& one = problem.variables[static_cast<std::size_t>(j)];
        if (one.measured) {
            system(j, j) = 1.0 / (one.sigma * one.sigma);
            right(j) = *one.measured / (one.sigma * one.sigma);
        }
    }
    for (Eigen::Index i = 0; i < m; ++i) {
        const auto& condition = problem.conditions[static_cast<std::size_t>(i)];
        for (const auto& term : condition.terms) {
            system(n + i, term.first) += term.factor;
            system(term.first, n + i) += term.factor;
        }
        right(n + i) = -condition.constant;
    }
    const Eigen::VectorXd all = system.completeOrthogonalDecomposition().solve(right);
    return all.head(n);
}

} // namespace chainsim::test
