#include <chainsim/analysis/detail/changes.hpp>
#include <chainsim/analysis/detail/gauge.hpp>
#include <chainsim/base/error.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chainsim::analysis::detail {

namespace {

/// Differences below this part of the larger amount are the solver's, not the district's.
constexpr double least_change = 1e-7;

/// Rows of which `after` has more than `before`.
template <class Keep>
std::vector<int> rows_with_more(const Eigen::VectorXd& before, const Eigen::VectorXd& after,
                                Keep keep) {
    std::vector<int> rows;
    for (int row = 0; row < static_cast<int>(before.size()); ++row) {
        const double larger = std::max(std::abs(before[row]), std::abs(after[row]));
        if (after[row] - before[row] > least_change * larger && keep(row)) {
            rows.push_back(row);
        }
    }
    return rows;
}

template <class Key>
void sort_by(std::vector<int>& rows, Key key) {
    std::stable_sort(rows.begin(), rows.end(), [&](int a, int b) { return key(a) > key(b); });
}

} // namespace

UnitValues unit_values(const model::Scenario& scenario, const system::System& system) {
    CHAINSIM_EXPECT(system.indicators.shown > 0, "a system without indicators");
    const int rows = system.equations.rows();
    const Gauge value(system, "value_added");
    UnitValues out;
    out.bought.resize(rows);
    out.sold.resize(rows);
    out.disposed.resize(rows);
    out.heat.resize(rows);
    out.mass.resize(rows);
    for (int row = 0; row < rows; ++row) {
        const auto& one =
            scenario.model.commodities[system.layout.rows[static_cast<std::size_t>(row)]];
        out.bought[row] = -value.of_bought(row);
        out.sold[row] = value.of_sold(row);
        out.disposed[row] = -value.of_disposed(row);
        out.heat[row] = one.lhv;
        out.mass[row] = one.mass;
    }
    return out;
}

Comparison::Comparison(const model::Scenario& scenario, const system::System& system)
    : scenario_(scenario), system_(system), values_(unit_values(scenario, system)) {}

const model::Commodity& Comparison::commodity(int row) const {
    return scenario_.model.commodities[system_.layout.rows[static_cast<std::size_t>(row)]];
}

std::vector<Amount> Comparison::bought_more(const system::Solution& before,
                                            const system::Solution& after) const {
    auto rows = rows_with_more(before.bought, after.bought,
                               [&](int row) { return commodity(row).trade != model::Trade::free; });
    const Eigen::VectorXd more = after.bought - before.bought;
    sort_by(rows, [&](int row) { return more[row] * values_.bought[row]; });
    std::vector<Amount> out;
    out.reserve(rows.size());
    for (const int row : rows) {
        out.push_back({system_.layout.rows[static_cast<std::size_t>(row)], more[row],
                       more[row] * values_.bought[row]});
    }
    return out;
}

std::vector<Amount> Comparison::sold_less(const system::Solution& before,
                                          const system::Solution& after) const {
    auto rows = rows_with_more(after.sold, before.sold, [](int) { return true; });
    const Eigen::VectorXd less = before.sold - after.sold;
    sort_by(rows, [&](int row) { return less[row] * values_.sold[row]; });
    std::vector<Amount> out;
    out.reserve(rows.size());
    for (const int row : rows) {
        out.push_back({system_.layout.rows[static_cast<std::size_t>(row)], less[row],
                       less[row] * values_.sold[row]});
    }
    return out;
}

std::vector<Amount> Comparison::wasted_more(const system::Solution& before,
                                            const system::Solution& after) const {
    auto rows = rows_with_more(before.disposed, after.disposed, [&](int row) {
        const auto& one = commodity(row);
        const bool valued = one.trade == model::Trade::market || one.lhv > 0.0;
        return valued || one.sink != model::Sink::emit;
    });
    const Eigen::VectorXd more = after.disposed - before.disposed;
    sort_by(rows, [&](int row) {
        return std::pair(more[row] * values_.heat[row], more[row] * values_.mass[row]);
    });
    std::vector<Amount> out;
    out.reserve(rows.size());
    for (const int row : rows) {
        out.push_back({system_.layout.rows[static_cast<std::size_t>(row)], more[row],
                       more[row] * values_.disposed[row]});
    }
    return out;
}

} // namespace chainsim::analysis::detail
