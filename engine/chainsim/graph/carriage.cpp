#include <chainsim/graph/carriage.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace chainsim::graph {

namespace {

using model::Commodity;
using model::Element;
using model::ElementVector;
using model::Flow;
using model::FlowKind;
using model::Process;

/// Below this share, what a flow brings or takes of an element is an impurity.
constexpr double least_part = 0.03;
/// From this mass fraction on, a reagent stands for an element, and an output holds it.
constexpr double least_fraction = 0.01;
/// A reagent of which less than this share is used up comes out again.
constexpr double least_used = 0.01;
/// From this share of the feedstocks' mass on, a feedstock is a main one.
constexpr double main_part = 0.10;

constexpr auto hydrogen = static_cast<std::size_t>(Element::H);
constexpr auto oxygen = static_cast<std::size_t>(Element::O);

bool is_energy(const Commodity& commodity) {
    return commodity.phase == model::Phase::energy || commodity.phase == model::Phase::service;
}

/// Water, fresh or used: nothing else than hydrogen and oxygen, one to eight by mass.
bool is_water(const Commodity& commodity) {
    const double h = commodity.composition[hydrogen];
    const double o = commodity.composition[oxygen];
    return h + o >= 0.99 && std::abs(h - 0.1119) < 0.006;
}

bool is_kind_of_carrier(std::size_t element) {
    return element != hydrogen && element != oxygen &&
           element != static_cast<std::size_t>(Element::ash) &&
           element != static_cast<std::size_t>(Element::other);
}

/// The elements by which a commodity is followed.
std::vector<std::size_t> carriers(const Commodity& commodity) {
    std::vector<std::size_t> result;
    for (std::size_t e = 0; e < model::element_count; ++e) {
        if (is_kind_of_carrier(e) && commodity.composition[e] > 0.0) {
            result.push_back(e);
        }
    }
    if (result.empty()) {
        for (const std::size_t e : {hydrogen, oxygen}) {
            if (commodity.composition[e] > 0.0) {
                result.push_back(e);
            }
        }
    }
    return result;
}

/// True if a commodity has more to be known by than hydrogen and oxygen.
bool has_marks(const Commodity& commodity) {
    const auto elements = carriers(commodity);
    return !elements.empty() && is_kind_of_carrier(elements.front());
}

/// One process, looked at flow by flow.
class Recipe {
public:
    Recipe(const model::Model& model, const Process& process) : model_(model), process_(process) {
        for (const auto& flow : process.inputs) {
            const Commodity& commodity = model.commodities[flow.commodity];
            const double mass = flow.amount * commodity.mass;
            for (std::size_t e = 0; e < model::element_count; ++e) {
                brought_[e] += mass * commodity.composition[e];
            }
            feedstock_mass_ += flow.kind == FlowKind::feedstock ? mass : 0.0;
        }
    }

    [[nodiscard]] bool moves_on(const Flow& input, const Flow& output) const {
        const Commodity& from = model_.commodities[input.commodity];
        const Commodity& to = model_.commodities[output.commodity];
        if (!is_made(output, to) || is_water(from) != is_water(to)) {
            return false;
        }
        const bool principal =
            output.kind == FlowKind::product || output.kind == FlowKind::coproduct;
        if (is_energy(to) || is_energy(from)) {
            const bool carried = input.kind == FlowKind::fuel || input.kind == FlowKind::feedstock;
            return carried && principal && is_energy(to);
        }
        switch (input.kind) {
        case FlowKind::feedstock:
            return principal || shares_element(input, output);
        case FlowKind::reagent:
            return stays(input) && shares_all_elements(input, to) && (principal || has_marks(from));
        case FlowKind::fuel:
        case FlowKind::utility:
        case FlowKind::catalyst:
        case FlowKind::product:
        case FlowKind::coproduct:
        case FlowKind::byproduct:
        case FlowKind::waste:
        case FlowKind::emission:
            return false;
        }
        return false;
    }

    [[nodiscard]] bool is_main(const Flow& input) const {
        const Commodity& from = model_.commodities[input.commodity];
        return input.kind == FlowKind::feedstock &&
               (is_energy(from) || input.amount * from.mass >= main_part * feedstock_mass_);
    }

private:
    /// Outputs that a chain can go on with.
    [[nodiscard]] bool is_made(const Flow& output, const Commodity& commodity) const {
        const bool left_over =
            std::any_of(process_.inputs.begin(), process_.inputs.end(),
                        [&](const Flow& input) { return input.commodity == output.commodity; });
        if (left_over && output.kind != FlowKind::product) {
            return false;
        }
        if (output.kind == FlowKind::waste) {
            return commodity.trade == model::Trade::waste ||
                   commodity.trade == model::Trade::internal;
        }
        return output.kind != FlowKind::emission;
    }

    [[nodiscard]] double part(const Flow& flow, std::size_t element) const {
        const Commodity& commodity = model_.commodities[flow.commodity];
        const double amount = flow.amount * commodity.mass * commodity.composition[element];
        return brought_[element] > 0.0 ? amount / brought_[element] : 0.0;
    }

    [[nodiscard]] bool shares_element(const Flow& input, const Flow& output) const {
        const auto elements = carriers(model_.commodities[output.commodity]);
        return std::any_of(elements.begin(), elements.end(), [&](std::size_t e) {
            return part(input, e) >= least_part && part(output, e) >= least_part;
        });
    }

    [[nodiscard]] bool shares_all_elements(const Flow& input, const Commodity& to) const {
        const Commodity& from = model_.commodities[input.commodity];
        auto elements = carriers(from);
        std::erase_if(elements,
                      [&](std::size_t e) { return from.composition[e] < least_fraction; });
        const auto held = [&](std::size_t e) { return to.composition[e] >= least_fraction; };
        const auto counts = [&](std::size_t e) { return part(input, e) >= least_part; };
        return !elements.empty() && std::all_of(elements.begin(), elements.end(), held) &&
               std::any_of(elements.begin(), elements.end(), counts);
    }

    /// True if a reagent does not come out again as it went in.
    [[nodiscard]] bool stays(const Flow& input) const {
        double left = input.amount;
        for (const auto& output : process_.outputs) {
            left -= output.commodity == input.commodity ? output.amount : 0.0;
        }
        return left > least_used * input.amount;
    }

    const model::Model& model_;
    const Process& process_;
    ElementVector brought_{};
    double feedstock_mass_ = 0.0;
};

} // namespace

std::vector<Step> carriage(const model::Model& model) {
    std::vector<Step> steps;
    for (std::uint32_t i = 0; i < model.processes.size(); ++i) {
        const model::Index<Process> index{i};
        const Process& process = model.processes[index];
        const Recipe recipe(model, process);
        for (const auto& input : process.inputs) {
            for (const auto& output : process.outputs) {
                if (input.commodity != output.commodity && recipe.moves_on(input, output)) {
                    steps.push_back(
                        {index, input.commodity, output.commodity, recipe.is_main(input)});
                }
            }
        }
    }
    return steps;
}

} // namespace chainsim::graph
