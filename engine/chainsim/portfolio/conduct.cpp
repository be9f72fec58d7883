#include <chainsim/optimise/program.hpp>
#include <chainsim/portfolio/conduct.hpp>

#include <cstddef>
#include <utility>

namespace chainsim::portfolio {

Conducts open_conducts(const District& district) {
    Conducts out;
    for (const auto& year : district.years()) {
        const auto rows = static_cast<std::size_t>(year.system.equations.rows());
        Conduct one;
        one.least.assign(year.nominal.size(), 0.0);
        one.most.assign(year.nominal.size(), 1.0);
        one.buys.assign(rows, optimise::infinity);
        one.sells = one.disposes = one.buys;
        out.push_back(std::move(one));
    }
    return out;
}

Conducts certain_conducts(const District& district) {
    Conducts out = open_conducts(district);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto& equations = district.years()[i].system.equations;
        out[i].is_open = false;
        for (int f = 0; f < equations.columns(); ++f) {
            const auto at = static_cast<std::size_t>(f);
            bool is_free = equations.driver[at] == system::ColumnDriver::at_capacity;
            for (Eigen::SparseMatrix<double>::InnerIterator it(equations.net, f); it && is_free;
                 ++it) {
                const auto r = static_cast<std::size_t>(it.row());
                is_free = it.value() < 0.0
                              ? equations.buy_limit[it.row()] == system::unlimited
                              : equations.sink[r] != 0 ||
                                    equations.sell_limit[it.row()] == system::unlimited;
            }
            out[i].least[at] = is_free ? 1.0 : 0.0;
        }
    }
    return out;
}

} // namespace chainsim::portfolio
