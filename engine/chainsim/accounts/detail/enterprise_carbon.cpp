#include <chainsim/accounts/detail/enterprise_carbon.hpp>
#include <chainsim/accounts/detail/factors.hpp>
#include <chainsim/model/indicator_kinds.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

namespace chainsim::accounts::detail {

namespace {

using model::Confidence;

/// Heat that is delivered between plants and people: steam and hot water, GJ per unit.
std::optional<Figure> heat_of(const model::Commodity& one) {
    if (one.phase != model::Phase::energy || model::is_power(one) || !one.energy_product ||
        !one.standard_coal) {
        return std::nullopt;
    }
    static const auto joules = units::Unit::parse("GJ");
    if (one.unit.is_convertible_to(joules)) {
        return Figure{units::Quantity(1.0, one.unit).in(joules), Confidence::known};
    }
    return Figure{read(*one.standard_coal, joules.per(one.unit)),
                  one.standard_coal->provenance.confidence};
}

} // namespace

EnterpriseCarbon::EnterpriseCarbon(const model::Scenario& scenario, const system::System& system)
    : scenario_(scenario), system_(system), carried_(system.layout.rows.size()),
      is_power_(carried_.size(), 0) {
    const auto& commodities = scenario.model.commodities;
    if (const auto found = commodities.find("carbon_dioxide")) {
        co2_ = system.layout.row_of[found->value];
    }
    const auto grid = factor_in(scenario, system.year, "grid_co2_reporting", "t/MWh");
    const auto heat = factor_in(scenario, system.year, "heat_co2", "t/GJ");
    for (std::size_t r = 0; r < carried_.size(); ++r) {
        const auto& one = commodities[system.layout.rows[r]];
        carried_[r] = {0.0, Confidence::seed};
        if (model::is_power(one)) {
            is_power_[r] = 1;
            is_known_ = is_known_ && grid.has_value();
            if (grid && !one.non_fossil) {
                carried_[r] = *grid;
            }
        } else if (const auto joules = heat_of(one)) {
            is_known_ = is_known_ && heat.has_value();
            if (heat) {
                carried_[r] = {joules->value * heat->value,
                               weaker(joules->confidence, heat->confidence)};
            }
        }
    }
}

bool EnterpriseCarbon::gives_credit(int f) const {
    const auto& facility =
        scenario_.facilities[system_.layout.columns[static_cast<std::size_t>(f)]];
    const auto& guidelines = scenario_.model.carbon_guidelines;
    const auto found = std::find_if(guidelines.begin(), guidelines.end(), [&](const auto& one) {
        return std::any_of(
            one.industries.begin(), one.industries.end(),
            [&](const std::string& code) { return facility.industry.starts_with(code); });
    });
    if (found == guidelines.end() && facility.industry.empty()) {
        // Whoever is not known to be anything else and makes power is a power plant.
        return !model::is_power(
            scenario_.model
                .commodities[scenario_.model.processes[facility.process_in(system_.year)].product]);
    }
    return found == guidelines.end() || found->deducts_given;
}

EnterpriseCarbon::Parts EnterpriseCarbon::of(int f) const {
    Parts parts{{0.0, Confidence::seed}, {0.0, Confidence::seed}, {0.0, Confidence::seed}, {}};
    for (const auto& flow : system_.flows[static_cast<std::size_t>(f)]) {
        const auto add = [&flow](Figure& to, const number::Number& amount, Confidence sure) {
            to.value += amount;
            to.confidence = weaker(to.confidence, weaker(flow.confidence, sure));
        };
        const auto r = static_cast<std::size_t>(flow.row);
        if (flow.row == co2_ && flow.kind != model::FlowKind::fuel) {
            add(parts.direct, flow.amount, Confidence::seed);
        } else if (carried_[r].value != 0.0) {
            add(is_power_[r] != 0 ? parts.power : parts.heat, -flow.amount * carried_[r].value,
                carried_[r].confidence);
        }
    }
    if (!gives_credit(f)) {
        for (auto* part : {&parts.power, &parts.heat}) {
            if (part->value < 0.0) {
                parts.uncredited.value -= part->value;
                parts.uncredited.confidence = part->confidence;
                part->value = 0.0;
            }
        }
    }
    return parts;
}

} // namespace chainsim::accounts::detail
