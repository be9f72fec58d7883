#include <chainsim/model/detail/species.hpp>
#include <chainsim/model/formula.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string_view>
#include <vector>

namespace chainsim::model::detail {

namespace {

struct Species {
    std::string_view name;
    ElementVector composition{};
};

/// What leaves or enters recipes unnoticed, most common first.
const std::vector<Species>& common_species() {
    static const std::vector<Species> species = [] {
        std::vector<Species> result;
        const auto add = [&](std::string_view name, std::string_view formula) {
            result.push_back({name, composition_of(atoms_of(formula).value())});
        };
        add("water", "H2O");
        add("CO2", "CO2");
        add("CO", "CO");
        add("air", "N1.562O0.4195Ar0.0094"); // 78.1 % N2, 20.95 % O2, 0.94 % Ar by volume
        add("nitrogen", "N2");
        add("oxygen", "O2");
        add("SO2", "SO2");
        add("HCl", "HCl");
        add("NaCl", "NaCl");
        add("Na2SO4", "Na2SO4");
        add("CaCO3", "CaCO3");
        add("CaO", "CaO");
        add("CaSO4", "CaSO4");
        ElementVector ash{};
        ash[static_cast<std::size_t>(Element::ash)] = 1.0;
        result.push_back({"ash", ash});
        return result;
    }();
    return species;
}

/// Most of a species that a gap holds.
double amount_in(const ElementVector& gap, const Species& species) {
    double amount = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < element_count; ++i) {
        if (species.composition[i] > 0.02) {
            amount = std::min(amount, std::max(gap[i], 0.0) / species.composition[i]);
        }
    }
    return amount;
}

} // namespace

std::string species_for(const ElementVector& gap) {
    ElementVector left{};
    std::transform(gap.begin(), gap.end(), left.begin(), [](double g) { return std::max(g, 0.0); });
    const double whole = std::accumulate(left.begin(), left.end(), 0.0);
    std::string text;
    for (int round = 0; round < 2; ++round) {
        const Species* best = nullptr;
        double most = 0.1 * whole; // smaller parts are noise beside the gap
        for (const auto& species : common_species()) {
            if (const double amount = amount_in(left, species); amount > most * 1.0001) {
                most = amount;
                best = &species;
            }
        }
        if (best == nullptr) {
            break;
        }
        text += fmt::format("{}{:.2g} t {}", text.empty() ? "" : " and ", most, best->name);
        for (std::size_t i = 0; i < element_count; ++i) {
            left[i] = std::max(0.0, left[i] - most * best->composition[i]);
        }
    }
    if (!text.empty()) {
        return text;
    }
    for (std::size_t i = 0; i < element_count; ++i) {
        if (left[i] > 0.1 * whole) {
            text += fmt::format("{}{:.2g} t {}", text.empty() ? "" : " and ", left[i],
                                to_string(static_cast<Element>(i)));
        }
    }
    return text;
}

} // namespace chainsim::model::detail
