#include <chainsim/accounts/detail/plant_chain.hpp>

#include <algorithm>
#include <cmath>

namespace chainsim::accounts::detail {

namespace {

void add_step(const PlantYear& year, std::vector<Part>& chain, const model::BoundaryStep& step,
              int row, double amount, const model::Facility& plant) {
    double all = 0.0; // of the link, that plants of the step take or make
    double own = 0.0; // those of the same owner and project
    const auto each = [&](const auto& visit) {
        for (const auto process : step.processes) {
            for (const auto column : year.columns_of(process)) {
                const auto& other = year.facility(column);
                visit(column,
                      !plant.owner.empty() && plant.owner == other.owner &&
                          plant.project == other.project,
                      gross(year.flows(column), row, step.is_downstream));
            }
        }
    };
    each([&](std::size_t column, bool is_own, double per_unit) {
        all += year.activity(column) * per_unit;
        own += is_own ? year.activity(column) * per_unit : 0.0;
    });
    if (all <= 0.0) {
        return;
    }
    const double share = std::min(1.0, all / year.supply(row));
    each([&](std::size_t column, bool is_own, double per_unit) {
        if (per_unit > 0.0 && (is_own || own <= 0.0)) {
            chain.push_back(
                {column, amount * share * year.activity(column) / (own > 0.0 ? own : all)});
        }
    });
}

} // namespace

PlantYear::PlantYear(const model::Scenario& scenario, const system::System& system,
                     const system::Solution& solution)
    : scenario_(scenario), system_(system), solution_(solution),
      columns_of_(scenario.model.processes.size()), supply_(system.layout.rows.size()),
      used_share_(system.layout.rows.size(), 1.0) {
    for (std::size_t c = 0; c < system.layout.columns.size(); ++c) {
        if (activity(c) > 0.0) {
            columns_of_[facility(c).process_in(system.year).value].push_back(c);
            for (const auto& flow : system.flows[c]) {
                supply_[static_cast<std::size_t>(flow.row)] +=
                    std::max(flow.amount.value(), 0.0) * activity(c);
            }
        }
    }
    for (std::size_t r = 0; r < supply_.size(); ++r) {
        const auto row = static_cast<Eigen::Index>(r);
        supply_[r] += solution.bought[row];
        if (supply_[r] > 0.0) {
            used_share_[r] = 1.0 - std::min(1.0, solution.disposed[row] / supply_[r]);
        }
    }
}

double gross(std::span<const system::GrossFlow> flows, int row, bool taken) {
    double sum = 0.0;
    for (const auto& flow : flows) {
        if (flow.row == row && (flow.amount.value() < 0.0) == taken) {
            sum += std::abs(flow.amount.value());
        }
    }
    return sum;
}

std::vector<Part> chain_of(const PlantYear& year, const model::Boundary& boundary,
                           std::size_t column) {
    std::vector<Part> chain{{column, year.activity(column)}};
    for (const auto& step : boundary.steps) {
        const int row = year.row_of(step.link);
        if (row < 0 || year.supply(row) <= 0.0) {
            continue;
        }
        double amount = 0.0; // of the link, that the chain gives or needs
        for (const auto& part : chain) {
            amount += part.activity * gross(year.flows(part.column), row, !step.is_downstream);
        }
        if (amount > 0.0) {
            add_step(year, chain, step, row, amount, year.facility(column));
        }
    }
    return chain;
}

} // namespace chainsim::accounts::detail
