#include <chainsim/model/closure.hpp>
#include <chainsim/uncertainty/detail/recipe_limits.hpp>

#include <algorithm>
#include <cstddef>

namespace chainsim::uncertainty::detail {

namespace {

/// Visits each flow of a side with its parameter.
template <class Visit>
void each_flow(const std::vector<model::Flow>& flows, const std::vector<int>& parameters,
               Visit visit) {
    for (std::size_t i = 0; i < flows.size(); ++i) {
        visit(flows[i], parameters[i]);
    }
}

RecipeLimit energy_of(const RecipeInUse& recipe,
                      const model::Registry<model::Commodity>& commodities) {
    const model::ClosureLimits open;
    const double loose = 1.0 + open.energy_relative;
    RecipeLimit limit;
    limit.constant = recipe.process.chemical_heat * loose + open.energy_absolute;
    each_flow(recipe.process.inputs, recipe.inputs, [&](const auto& flow, int parameter) {
        limit.terms.emplace_back(parameter,
                                 loose * model::energy_content(commodities[flow.commodity]));
    });
    each_flow(recipe.process.outputs, recipe.outputs, [&](const auto& flow, int parameter) {
        limit.terms.emplace_back(parameter, -model::energy_content(commodities[flow.commodity]));
    });
    return limit;
}

RecipeLimit minimum_of(const model::Minimum& minimum, const RecipeInUse& recipe,
                       const model::Registry<model::Commodity>& commodities) {
    RecipeLimit limit;
    limit.constant = -minimum.amount * (1.0 - model::ClosureLimits{}.minimum);
    each_flow(recipe.process.inputs, recipe.inputs, [&](const auto& flow, int parameter) {
        const auto& counted = minimum.commodities;
        if (std::find(counted.begin(), counted.end(), flow.commodity) != counted.end()) {
            const auto& commodity = commodities[flow.commodity];
            limit.terms.emplace_back(
                parameter,
                minimum.element
                    ? commodity.mass *
                          commodity.composition[static_cast<std::size_t>(*minimum.element)]
                    : 1.0);
        }
    });
    return limit;
}

/// What the limit leaves at the nominal amounts.
double nominal_margin(const RecipeLimit& limit, const RecipeInUse& recipe) {
    double margin = limit.constant;
    const auto add = [&](const std::vector<model::Flow>& flows, const std::vector<int>& numbers) {
        each_flow(flows, numbers, [&](const auto& flow, int parameter) {
            for (const auto& [own, weight] : limit.terms) {
                margin += own == parameter ? weight * flow.amount : 0.0;
            }
        });
    };
    add(recipe.process.inputs, recipe.inputs);
    add(recipe.process.outputs, recipe.outputs);
    return margin;
}

} // namespace

std::vector<RecipeLimit> limits_of(const RecipeInUse& recipe,
                                   const model::Registry<model::Commodity>& commodities) {
    std::vector<RecipeLimit> limits;
    limits.reserve(recipe.process.minima.size() + 1);
    limits.push_back(energy_of(recipe, commodities));
    for (const auto& minimum : recipe.process.minima) {
        limits.push_back(minimum_of(minimum, recipe, commodities));
    }
    limits.erase(std::remove_if(limits.begin(), limits.end(),
                                [&](const auto& one) { return nominal_margin(one, recipe) < 0.0; }),
                 limits.end());
    return limits;
}

} // namespace chainsim::uncertainty::detail
