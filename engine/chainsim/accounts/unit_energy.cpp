#include <chainsim/accounts/unit_energy.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

namespace chainsim::accounts {

namespace {

using model::Confidence;
using system::GrossFlow;

/// What a row counts: kgce per unit of account, and how sure that is.
struct Weight {
    double value = 0.0;
    Confidence confidence = Confidence::seed;
    bool is_given = true; ///< an energy product, which counts as well when it is given
};

/// A column with that part of its activity which belongs to a chain.
struct Part {
    std::size_t column = 0;
    double activity = 0.0;
};

/// What all standards need to know of a solved year.
class Year {
public:
    Year(const model::Scenario& scenario, const system::System& system,
         const system::Solution& solution)
        : scenario_(scenario), system_(system), solution_(solution),
          columns_of_(scenario.model.processes.size()), supply_(system.layout.rows.size()),
          used_share_(system.layout.rows.size(), 1.0), coal_(system.layout.rows.size()) {
        for (std::size_t c = 0; c < system.layout.columns.size(); ++c) {
            if (activity(c) > 0.0) {
                columns_of_[facility(c).process_in(system.year).value].push_back(c);
                for (const auto& flow : system.flows[c]) {
                    supply_[static_cast<std::size_t>(flow.row)] +=
                        std::max(flow.amount, 0.0) * activity(c);
                }
            }
        }
        static const auto kgce = units::Unit::parse("kgce");
        for (std::size_t r = 0; r < supply_.size(); ++r) {
            const auto row = static_cast<Eigen::Index>(r);
            supply_[r] += solution.bought[row];
            if (supply_[r] > 0.0) {
                used_share_[r] = 1.0 - std::min(1.0, solution.disposed[row] / supply_[r]);
            }
            const auto& one = commodity(r);
            if (one.energy_product && one.standard_coal) {
                coal_[r] = {one.standard_coal->value.in(kgce.per(one.unit)),
                            one.standard_coal->provenance.confidence, true};
            }
        }
    }

    [[nodiscard]] const model::Scenario& scenario() const { return scenario_; }
    [[nodiscard]] int number() const { return system_.year; }
    [[nodiscard]] const model::Commodity& commodity(std::size_t row) const {
        return scenario_.model.commodities[system_.layout.rows[row]];
    }
    [[nodiscard]] int row_of(model::Index<model::Commodity> commodity) const {
        return system_.layout.row_of[commodity.value];
    }
    [[nodiscard]] const model::Facility& facility(std::size_t column) const {
        return scenario_.facilities[system_.layout.columns[column]];
    }
    [[nodiscard]] model::Index<model::Facility> facility_index(std::size_t column) const {
        return system_.layout.columns[column];
    }
    [[nodiscard]] double activity(std::size_t column) const {
        return solution_.activity[static_cast<Eigen::Index>(column)];
    }
    [[nodiscard]] const std::vector<GrossFlow>& flows(std::size_t column) const {
        return system_.flows[column];
    }
    /// Columns that run a process, by number.
    [[nodiscard]] const std::vector<std::size_t>&
    columns_of(model::Index<model::Process> process) const {
        return columns_of_[process.value];
    }
    /// All that is there of a row: made, gross, and bought.
    [[nodiscard]] double supply(int row) const { return supply_[static_cast<std::size_t>(row)]; }
    /// Share of it that is not flared, vented or dumped.
    [[nodiscard]] double used_share(int row) const {
        return used_share_[static_cast<std::size_t>(row)];
    }
    /// Calorific factors by row.
    [[nodiscard]] const std::vector<Weight>& coal() const { return coal_; }

private:
    const model::Scenario& scenario_;
    const system::System& system_;
    const system::Solution& solution_;
    std::vector<std::vector<std::size_t>> columns_of_; ///< by process
    std::vector<double> supply_;                       ///< by row
    std::vector<double> used_share_;                   ///< by row
    std::vector<Weight> coal_;                         ///< by row
};

/// Gross amount of a row that a column takes or gives per unit of its product.
double gross(std::span<const GrossFlow> flows, int row, bool taken) {
    double sum = 0.0;
    for (const auto& flow : flows) {
        if (flow.row == row && (flow.amount < 0.0) == taken) {
            sum += std::abs(flow.amount);
        }
    }
    return sum;
}

/// One standard on one year.
class Count {
public:
    Count(const Year& year, model::Index<model::UnitStandard> index)
        : year_(year), index_(index), standard_(year.scenario().model.unit_standards[index]) {
        bool is_run = false;
        for (const auto maker : standard_.makers) {
            is_run = is_run || !year_.columns_of(maker).empty();
        }
        if (is_run) {
            weigh();
        }
    }

    void add_to(std::vector<UnitEnergy>& result) const {
        const auto first = static_cast<std::ptrdiff_t>(result.size());
        for (const auto maker : standard_.makers) {
            for (const auto column : year_.columns_of(maker)) {
                const auto& named = year_.facility(column).unit_standard;
                if (named.empty() ? !standard_.only_named : named == standard_.id) {
                    result.push_back(of(column));
                }
            }
        }
        std::sort(result.begin() + first, result.end(),
                  [](const auto& a, const auto& b) { return a.facility < b.facility; });
    }

private:
    void weigh() {
        static const auto kgce = units::Unit::parse("kgce");
        static const auto power = units::Unit::parse("kgce/MWh");
        weights_ = year_.coal();
        for (std::size_t r = 0; r < weights_.size(); ++r) {
            const auto& one = year_.commodity(r);
            if (one.phase == model::Phase::energy && one.unit.text() == "MWh") {
                weights_[r] = {standard_.electricity ? standard_.electricity->value.in(power) : 0.0,
                               Confidence::known, true};
            }
        }
        for (const auto& [commodity, factor] : standard_.media) {
            const int row = year_.row_of(commodity);
            if (row >= 0) {
                const auto& path = year_.scenario().model.factors[factor].path;
                const auto& unit = year_.scenario().model.commodities[commodity].unit;
                weights_[static_cast<std::size_t>(row)] = {
                    path.at(year_.number()).in(kgce.per(unit)), path.confidence_at(year_.number()),
                    false};
            }
        }
    }

    [[nodiscard]] UnitEnergy of(std::size_t column) const {
        const auto chain = chain_of(column);
        UnitEnergy result{index_, year_.facility_index(column), 0.0, 0.0, {}, {}};
        double energy = 0.0;
        double sum = 0.0;
        for (const auto& part : chain) {
            const double product = count(part, energy, result.confidence);
            if (product != 0.0) {
                const auto process = year_.facility(part.column).process_in(year_.number());
                result.leaves_through.emplace_back(process, product);
                result.made += product;
            }
        }
        for (const double share : result.confidence) {
            sum += share;
        }
        for (double& share : result.confidence) {
            share = sum > 0.0 ? share / sum : 0.0;
        }
        for (auto& [process, product] : result.leaves_through) {
            product /= result.made;
        }
        result.value = result.made > 0.0 ? energy / result.made * standard_.scale
                                         : std::numeric_limits<double>::quiet_NaN();
        return result;
    }

    /// Adds the energy of one part in kgce; what it makes of the product, on balance.
    double count(const Part& part, double& energy, std::array<double, 5>& confidence) const {
        double product = 0.0;
        for (const auto& flow : year_.flows(part.column)) {
            const auto row = static_cast<std::size_t>(flow.row);
            const auto& weight = weights_[row];
            const double amount = flow.amount * part.activity;
            product += amount * product_weight(flow.row);
            if (weight.value == 0.0 || !counts(flow, weight, row)) {
                continue;
            }
            const double taken =
                -amount * weight.value * (amount > 0.0 ? year_.used_share(flow.row) : 1.0);
            energy += taken;
            confidence[static_cast<std::size_t>(std::max(flow.confidence, weight.confidence))] +=
                std::abs(taken);
        }
        return product;
    }

    [[nodiscard]] bool counts(const GrossFlow& flow, const Weight& weight, std::size_t row) const {
        if (flow.amount > 0.0) {
            return weight.is_given && (standard_.counts_feedstock ||
                                       year_.commodity(row).phase == model::Phase::energy);
        }
        return standard_.counts_feedstock || flow.kind != model::FlowKind::feedstock;
    }

    [[nodiscard]] double product_weight(int row) const {
        for (const auto& [commodity, weight] : standard_.products) {
            if (year_.row_of(commodity) == row) {
                return weight;
            }
        }
        return 0.0;
    }

    /// A plant, and of each step that part which belongs to it.
    [[nodiscard]] std::vector<Part> chain_of(std::size_t column) const {
        std::vector<Part> chain{{column, year_.activity(column)}};
        for (const auto& step : standard_.steps) {
            const int row = year_.row_of(step.link);
            if (row < 0 || year_.supply(row) <= 0.0) {
                continue;
            }
            double amount = 0.0; // of the link, that the chain gives or needs
            for (const auto& part : chain) {
                amount += part.activity * gross(year_.flows(part.column), row, !step.is_downstream);
            }
            if (amount > 0.0) {
                add_step(chain, step, row, amount, year_.facility(column));
            }
        }
        return chain;
    }

    void add_step(std::vector<Part>& chain, const model::BoundaryStep& step, int row, double amount,
                  const model::Facility& plant) const {
        double all = 0.0; // of the link, that plants of the step take or make
        double own = 0.0; // those of the same owner and project
        const auto each = [&](const auto& visit) {
            for (const auto process : step.processes) {
                for (const auto column : year_.columns_of(process)) {
                    const auto& other = year_.facility(column);
                    visit(column,
                          !plant.owner.empty() && plant.owner == other.owner &&
                              plant.project == other.project,
                          gross(year_.flows(column), row, step.is_downstream));
                }
            }
        };
        each([&](std::size_t column, bool is_own, double per_unit) {
            all += year_.activity(column) * per_unit;
            own += is_own ? year_.activity(column) * per_unit : 0.0;
        });
        if (all <= 0.0) {
            return;
        }
        const double share = std::min(1.0, all / year_.supply(row));
        each([&](std::size_t column, bool is_own, double per_unit) {
            if (per_unit > 0.0 && (is_own || own <= 0.0)) {
                chain.push_back(
                    {column, amount * share * year_.activity(column) / (own > 0.0 ? own : all)});
            }
        });
    }

    const Year& year_;
    model::Index<model::UnitStandard> index_;
    const model::UnitStandard& standard_;
    std::vector<Weight> weights_; ///< by row
};

} // namespace

std::vector<UnitEnergy> unit_energies(const model::Scenario& scenario, const system::System& system,
                                      const system::Solution& solution) {
    std::vector<UnitEnergy> result;
    const auto count = static_cast<std::uint32_t>(scenario.model.unit_standards.size());
    if (count == 0) {
        return result;
    }
    const Year year(scenario, system, solution);
    for (std::uint32_t i = 0; i < count; ++i) {
        Count(year, {i}).add_to(result);
    }
    return result;
}

} // namespace chainsim::accounts
