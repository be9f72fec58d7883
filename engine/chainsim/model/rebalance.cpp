#include <chainsim/linear/nonnegative.hpp>
#include <chainsim/model/closure.hpp>
#include <chainsim/model/rebalance.hpp>

#include <Eigen/QR>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chainsim::model {

namespace {

constexpr double width_without_range = 0.2; // of the amount
/// A balance is kept if it moves by less than this share of the element: recipes are stated to four
/// figures. Where closing flows can do better, they do, to rounding.
constexpr double kept = 1e-4;
/// Weight of the balances against the least change, both in shares; its square is the accuracy.
constexpr double balance_weight = 1e4;

/// A closing flow that may move.
struct Mover {
    const Flow* flow = nullptr;
    double sign = 0.0; ///< +1 output, -1 input
    double* amount = nullptr;
    double width = 0.0;
    ElementVector elements{}; ///< t per unit of amount, signed
};

double width_of(const Flow& flow) {
    if (flow.datum.range) {
        // The range is in the unit of the value, the amount in units of account.
        const double number = flow.datum.value.number();
        const double scale = number != 0.0 ? flow.amount / number : 0.0;
        const double width = scale * (flow.datum.range->second - flow.datum.range->first);
        if (width > 0.0) {
            return width;
        }
    }
    return width_without_range * flow.amount;
}

ElementVector elements_of(const Commodity& commodity, double factor) {
    ElementVector result{};
    for (std::size_t i = 0; i < element_count; ++i) {
        result[i] = factor * commodity.mass * commodity.composition[i];
    }
    return result;
}

/// Sets the new amounts of one side; adds what they change in the balance, and collects the movers.
void set_side(const std::vector<Flow>& flows, const std::vector<std::optional<double>>& wanted,
              double sign, const Registry<Commodity>& commodities, std::vector<double>& amounts,
              ElementVector& change, std::vector<Mover>& movers) {
    CHAINSIM_EXPECT(wanted.size() == flows.size(), "as many amounts as the recipe has flows");
    amounts.reserve(flows.size());
    for (std::size_t i = 0; i < flows.size(); ++i) {
        const Flow& flow = flows[i];
        const Commodity& commodity = commodities[flow.commodity];
        amounts.push_back(wanted[i].value_or(flow.amount));
        const ElementVector moved = elements_of(commodity, sign * (amounts[i] - flow.amount));
        for (std::size_t e = 0; e < element_count; ++e) {
            change[e] += moved[e];
        }
        if (flow.closing && !wanted[i] && commodity.mass > 0.0 && flow.amount > 0.0) {
            movers.push_back(
                {&flow, sign, &amounts[i], width_of(flow), elements_of(commodity, sign)});
        }
    }
}

/// Changes of the movers' amounts that undo `change`, or as near as they get.
///
/// With y = change / width, the least |y| with M y = -change and y >= -amount / width is the limit
/// of the least |y|^2 + w^2 |M y + change|^2 for large w. NNLS on that sum finds which movers end
/// at 0; the rest is then solved once more with the balances as equations, so that w leaves no
/// trace.
Eigen::VectorXd changes_of(const std::vector<Mover>& movers, const ElementVector& change,
                           const ElementVector& row_weight) {
    const auto n = static_cast<Eigen::Index>(movers.size());
    constexpr auto rows = static_cast<Eigen::Index>(element_count);
    Eigen::MatrixXd balance(rows, n);
    Eigen::VectorXd wanted(rows);
    Eigen::VectorXd floor(n);
    for (Eigen::Index j = 0; j < n; ++j) {
        const Mover& mover = movers[static_cast<std::size_t>(j)];
        floor(j) = *mover.amount / mover.width;
        for (Eigen::Index e = 0; e < rows; ++e) {
            const auto element = static_cast<std::size_t>(e);
            balance(e, j) = row_weight[element] * mover.elements[element] * mover.width;
        }
    }
    for (Eigen::Index e = 0; e < rows; ++e) {
        const auto element = static_cast<std::size_t>(e);
        wanted(e) = -row_weight[element] * change[element];
    }
    Eigen::MatrixXd stacked(rows + n, n);
    stacked << balance_weight * balance, Eigen::MatrixXd::Identity(n, n);
    Eigen::VectorXd target(rows + n);
    target << balance_weight * (wanted + balance * floor), floor;
    const Eigen::VectorXd z = linear::nonnegative_least_squares(stacked, target);

    std::vector<Eigen::Index> free;
    Eigen::VectorXd y = -floor;
    for (Eigen::Index j = 0; j < n; ++j) {
        if (z(j) > 1e-12 * (1.0 + floor(j))) {
            free.push_back(j);
            y(j) = 0.0;
        }
    }
    Eigen::MatrixXd part(rows, static_cast<Eigen::Index>(free.size()));
    for (std::size_t i = 0; i < free.size(); ++i) {
        part.col(static_cast<Eigen::Index>(i)) = balance.col(free[i]);
    }
    const Eigen::VectorXd exact =
        part.completeOrthogonalDecomposition().solve(wanted - balance * y);
    bool is_feasible = true;
    for (std::size_t i = 0; i < free.size(); ++i) {
        y(free[i]) = exact(static_cast<Eigen::Index>(i));
        is_feasible = is_feasible && y(free[i]) >= -floor(free[i]) * (1.0 + 1e-9);
    }
    if (!is_feasible) {
        y = z - floor;
    }
    for (Eigen::Index j = 0; j < n; ++j) {
        y(j) = std::max(y(j), -floor(j)) * movers[static_cast<std::size_t>(j)].width;
    }
    return y;
}

} // namespace

Rebalance rebalance(const Process& process, const NewAmounts& amounts,
                    const Registry<Commodity>& commodities) {
    Rebalance result;
    ElementVector change{};
    std::vector<Mover> movers;
    set_side(process.inputs, amounts.inputs, -1.0, commodities, result.inputs, change, movers);
    set_side(process.outputs, amounts.outputs, 1.0, commodities, result.outputs, change, movers);

    const Closure nominal = closure(process, commodities);
    const double whole = std::max({nominal.mass_in, nominal.mass_out, 1e-9});
    ElementVector scale{};
    ElementVector row_weight{};
    for (std::size_t e = 0; e < element_count; ++e) {
        const double most = std::max(nominal.elements_in[e], nominal.elements_out[e]);
        const bool is_trace = nominal.is_trace(static_cast<Element>(e));
        scale[e] = is_trace ? whole : most;
        // Few recipes could keep their traces as well; an equation that cannot hold would bend the
        // others.
        row_weight[e] = is_trace ? 0.0 : 1.0 / scale[e];
    }
    const bool is_changed =
        std::any_of(change.begin(), change.end(), [](double c) { return c != 0.0; });
    if (is_changed && !movers.empty()) {
        const Eigen::VectorXd moved = changes_of(movers, change, row_weight);
        for (std::size_t j = 0; j < movers.size(); ++j) {
            const double step = moved(static_cast<Eigen::Index>(j));
            *movers[j].amount += step;
            for (std::size_t e = 0; e < element_count; ++e) {
                change[e] += step * movers[j].elements[e];
            }
        }
    }
    std::vector<std::pair<double, std::string>> open;
    for (std::size_t e = 0; e < element_count; ++e) {
        const auto element = static_cast<Element>(e);
        const double tolerance = nominal.is_trace(element) ? 0.002 : kept;
        if (std::abs(change[e]) > tolerance * scale[e]) {
            open.emplace_back(-std::abs(change[e]),
                              fmt::format("{} {:+.2g} t", to_string(element), change[e]));
        }
    }
    std::sort(open.begin(), open.end());
    for (auto& [size, text] : open) {
        result.open.push_back(std::move(text));
    }
    return result;
}

} // namespace chainsim::model
