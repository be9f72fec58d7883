#include <chainsim/accounts/detail/energy_walk.hpp>
#include <chainsim/accounts/detail/power_value.hpp>
#include <chainsim/model/indicator_kinds.hpp>

#include <algorithm>
#include <cmath>

namespace chainsim::accounts::detail {

namespace {

/// The records of a registry in the order of their positions.
template <class Record>
std::vector<const Record*> in_order(const model::Registry<Record>& registry) {
    std::vector<const Record*> out;
    out.reserve(registry.size());
    for (const auto& one : registry) {
        out.push_back(&one);
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto* a, const auto* b) { return a->position < b->position; });
    return out;
}

/// Where each commodity stands in a list of records; -1: nowhere.
template <class Record>
std::vector<int> place_of(const std::vector<const Record*>& records,
                          std::vector<model::Index<model::Commodity>> Record::*members,
                          std::size_t commodities) {
    std::vector<int> place(commodities, -1);
    for (std::size_t i = 0; i < records.size(); ++i) {
        for (const auto index : records[i]->*members) {
            place[index.value] = static_cast<int>(i);
        }
    }
    return place;
}

class Maker {
public:
    Maker(EnergyWalk& walk, const model::Scenario& scenario, const system::System& system,
          const system::Solution& solution)
        : walk_(walk), scenario_(scenario), system_(system), solution_(solution) {}

    void make() {
        const auto& library = scenario_.model;
        walk_.carriers = in_order(library.energy_carriers);
        walk_.transformations = in_order(library.energy_transformations);
        make_rows();
        const auto lines = place_of(walk_.transformations, &model::EnergyTransformation::products,
                                    library.commodities.size());
        for (int f = 0; f < system_.equations.columns(); ++f) {
            if (solution_.activity[f] > 0.0) {
                walk_.plants.push_back(plant(f, lines));
            }
        }
    }

private:
    void make_rows() {
        const auto columns = place_of(walk_.carriers, &model::EnergyCarrier::commodities,
                                      scenario_.model.commodities.size());
        static const auto tce = units::Unit::parse("tce");
        const auto k = equivalent_of_power(scenario_, system_.year);
        std::vector<double> supply(system_.layout.rows.size(), 0.0);
        for (std::size_t f = 0; f < system_.flows.size(); ++f) {
            for (const auto& flow : system_.flows[f]) {
                supply[static_cast<std::size_t>(flow.row)] +=
                    std::max(flow.amount.value(), 0.0) *
                    solution_.activity[static_cast<Eigen::Index>(f)];
            }
        }
        walk_.rows.resize(supply.size());
        for (std::size_t r = 0; r < supply.size(); ++r) {
            const auto index = system_.layout.rows[r];
            const auto& one = scenario_.model.commodities[index];
            auto& row = walk_.rows[r];
            if (!one.energy_product || !one.standard_coal) {
                continue;
            }
            row.column = columns[index.value];
            row.calorific = one.standard_coal->value.in(tce.per(one.unit));
            row.is_power = model::is_power(one);
            row.is_heat = one.phase == model::Phase::energy && !row.is_power;
            row.equivalent = row.is_power && k ? k->value.value() : row.calorific;
            const auto at = static_cast<Eigen::Index>(r);
            supply[r] += solution_.bought[at];
            if (supply[r] > 0.0) {
                row.flared_share = std::min(1.0, solution_.disposed[at] / supply[r]);
            }
        }
    }

    [[nodiscard]] EnergyPlant plant(int f, const std::vector<int>& lines) const {
        EnergyPlant out;
        out.column = f;
        out.facility = system_.layout.columns[static_cast<std::size_t>(f)];
        const auto& facility = scenario_.facilities[out.facility];
        const auto& process = scenario_.model.processes[facility.process_in(system_.year)];
        out.sector = model::sector_of(facility.industry);
        out.above_scale = facility.above_scale;
        const auto& primary = process.primary_energy;
        double given = 0.0;
        double taken = 0.0;
        const auto product =
            static_cast<std::size_t>(system_.equations.product[static_cast<std::size_t>(f)]);
        for (const auto& flow : system_.flows[static_cast<std::size_t>(f)]) {
            const auto r = static_cast<std::size_t>(flow.row);
            if (walk_.rows[r].column < 0) {
                continue;
            }
            const bool is_primary =
                flow.amount.value() > 0.0 &&
                std::find(primary.begin(), primary.end(), system_.layout.rows[r]) != primary.end();
            out.flows.push_back(
                {r, flow.amount.value() * solution_.activity[f], is_primary, flow.kind});
            if (walk_.rows[r].column == walk_.rows[product].column && !is_primary) {
                (flow.amount.value() < 0.0 ? taken : given) += std::abs(flow.amount.value());
            }
        }
        const bool is_fuelled =
            std::any_of(out.flows.begin(), out.flows.end(), [&](const EnergyFlow& flow) {
                return flow.amount < 0.0 &&
                       walk_.rows[flow.row].column != walk_.rows[product].column &&
                       (flow.kind == model::FlowKind::feedstock ||
                        flow.kind == model::FlowKind::fuel);
            });
        const int line = lines[process.product.value];
        // What takes at least what it gives of one column, and nothing to change into it, moves
        // energy: a substation, a filling station.
        if (walk_.rows[product].column >= 0 && given > 0.0 && taken >= given && !is_fuelled &&
            (line < 0 || walk_.rows[product].is_power)) {
            out.passes_on = walk_.rows[product].column;
        } else if (std::find(primary.begin(), primary.end(), process.product) == primary.end()) {
            out.transformation = line;
        }
        return out;
    }

    EnergyWalk& walk_;
    const model::Scenario& scenario_;
    const system::System& system_;
    const system::Solution& solution_;
};

} // namespace

bool EnergyPlant::is_transformed(const EnergyFlow& flow, const std::vector<EnergyRow>& rows,
                                 std::size_t product) const {
    const auto& row = rows[flow.row];
    if (flow.kind == model::FlowKind::feedstock) {
        return true;
    }
    if (!rows[product].is_power && !rows[product].is_heat) {
        return false;
    }
    if (flow.kind == model::FlowKind::fuel || row.is_heat) {
        return true;
    }
    return row.is_power && rows[product].is_heat &&
           std::none_of(flows.begin(), flows.end(), [&](const EnergyFlow& other) {
               return other.amount < 0.0 && !rows[other.row].is_power;
           });
}

EnergyWalk::EnergyWalk(const model::Scenario& scenario, const system::System& system,
                       const system::Solution& solution) {
    Maker(*this, scenario, system, solution).make();
}

} // namespace chainsim::accounts::detail
