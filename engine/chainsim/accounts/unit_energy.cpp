#include <chainsim/accounts/detail/plant_chain.hpp>
#include <chainsim/accounts/unit_energy.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

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

/// One standard on one year.
class Count {
public:
    Count(const detail::PlantYear& year, model::Index<model::UnitStandard> index)
        : year_(year), index_(index), standard_(year.scenario().model.unit_standards[index]) {
        bool is_run = false;
        for (const auto maker : standard_.plants.makers) {
            is_run = is_run || !year_.columns_of(maker).empty();
        }
        if (is_run) {
            weigh();
        }
    }

    void add_to(std::vector<UnitEnergy>& result) const {
        const auto first = static_cast<std::ptrdiff_t>(result.size());
        for (const auto maker : standard_.plants.makers) {
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
        weights_.resize(year_.rows());
        for (std::size_t r = 0; r < weights_.size(); ++r) {
            const auto& one = year_.commodity(r);
            if (one.energy_product && one.standard_coal) {
                weights_[r] = {one.standard_coal->value.in(kgce.per(one.unit)),
                               one.standard_coal->provenance.confidence, true};
            }
            if (one.phase == model::Phase::energy && one.unit.text() == "MWh") {
                weights_[r] = {standard_.electricity ? standard_.electricity->value.in(power) : 0.0,
                               Confidence::known, true};
            }
        }
        for (const auto& [commodity, factor] : standard_.media) {
            const int row = year_.row_of(commodity);
            if (row >= 0) {
                const auto& path = year_.scenario().model.factors.at(factor).path;
                const auto& unit = year_.scenario().model.commodities[commodity].unit;
                weights_[static_cast<std::size_t>(row)] = {
                    path.at(year_.number()).in(kgce.per(unit)), path.confidence_at(year_.number()),
                    false};
            }
        }
    }

    [[nodiscard]] UnitEnergy of(std::size_t column) const {
        const auto chain = detail::chain_of(year_, standard_.plants, column);
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
    double count(const detail::Part& part, double& energy,
                 std::array<double, 5>& confidence) const {
        double product = 0.0;
        for (const auto& flow : year_.flows(part.column)) {
            const auto row = static_cast<std::size_t>(flow.row);
            const auto& weight = weights_[row];
            const double amount = flow.amount.value() * part.activity;
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
        for (const auto& [commodity, weight] : standard_.plants.products) {
            if (year_.row_of(commodity) == row) {
                return weight;
            }
        }
        return 0.0;
    }

    const detail::PlantYear& year_;
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
    const detail::PlantYear year(scenario, system, solution);
    for (std::uint32_t i = 0; i < count; ++i) {
        Count(year, {i}).add_to(result);
    }
    return result;
}

} // namespace chainsim::accounts
