#pragma once

#include "support/dispatch_builder.hpp"
#include <chainsim/solve/straight_line.hpp>
#include <chainsim/system/equations.hpp>

#include <cstddef>
#include <vector>

namespace chainsim::test {

/// All figures of a dispatch, by `solve::FigureIndex`. Every one that is neither 0 nor unlimited
/// varies.
struct Figures {
    explicit Figures(const system::Equations& equations)
        : index(equations), values(static_cast<std::size_t>(index.count())) {
        for (int e = 0; e < equations.net.nonZeros(); ++e) {
            at(index.net(e)) = equations.net.valuePtr()[e];
        }
        for (int f = 0; f < equations.columns(); ++f) {
            at(index.capacity(f)) = equations.capacity[f];
        }
        for (int r = 0; r < equations.rows(); ++r) {
            at(index.demand(r)) = equations.demand[r];
            at(index.buy_limit(r)) = equations.buy_limit[r];
            at(index.sell_limit(r)) = equations.sell_limit[r];
        }
    }
    double& at(int i) { return values[static_cast<std::size_t>(i)]; }

    [[nodiscard]] std::vector<char> vary() const {
        std::vector<char> out;
        out.reserve(values.size());
        for (const double value : values) {
            out.push_back(value != 0.0 && value < system::unlimited ? 1 : 0);
        }
        return out;
    }

    void put_into(system::Equations& equations) {
        for (int e = 0; e < equations.net.nonZeros(); ++e) {
            equations.net.valuePtr()[e] = at(index.net(e));
        }
        for (int f = 0; f < equations.columns(); ++f) {
            equations.capacity[f] = at(index.capacity(f));
        }
        for (int r = 0; r < equations.rows(); ++r) {
            equations.demand[r] = at(index.demand(r));
            equations.buy_limit[r] = at(index.buy_limit(r));
            equations.sell_limit[r] = at(index.sell_limit(r));
        }
    }

    solve::FigureIndex index;
    std::vector<double> values;
};

/// Every figure that varies, a little off: by at most `width` of itself.
inline Figures moved(const Figures& from, double width, unsigned seed) {
    Random random(seed);
    auto to = from;
    for (auto& value : to.values) {
        const double factor = 1.0 + random.between(-width, width);
        value = value < system::unlimited ? value * factor : value;
    }
    return to;
}

} // namespace chainsim::test
