#pragma once

#include <chainsim/model/datum.hpp>

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::model {

/// What compositions are stated in. `ash` is mineral matter counted as one, `other` is the rest.
// NOLINTBEGIN(readability-identifier-naming): chemical symbols are written as chemists write them
// clang-format off
enum class Element {
    C, H, O, N, S, Cl, F, Na, Ca, Si, K, Al, Fe, Ti, Hg, Cr, Cu, Zn, Ba, Mg, P, Br, Ar, ash, other
};
// clang-format on
// NOLINTEND(readability-identifier-naming)

inline constexpr std::size_t element_count = 25;

[[nodiscard]] std::string_view to_string(Element element);
[[nodiscard]] std::optional<Element> to_element(std::string_view symbol);

/// Mass per element, indexed by Element.
using ElementVector = std::array<double, element_count>;

enum class Phase { gas, liquid, solid, energy, service };

/// How a commodity is valued: with a price, or for a stated reason without.
enum class Trade { market, free, internal, waste };

/// Where what is sold of it goes: beyond the boundary, or to people of the district.
enum class Delivery { beyond, district };

/// What is emitted to the air and counted by the environment authorities.
enum class Pollutant { so2, nox, pm, voc };

inline constexpr std::array pollutants{Pollutant::so2, Pollutant::nox, Pollutant::pm,
                                       Pollutant::voc};

[[nodiscard]] std::string_view to_string(Pollutant pollutant);

/// As which kind of solid waste statistics count it.
enum class SolidWaste {
    none,
    general,  ///< 一般工业固体废物
    hazardous ///< 危险废物
};

/// What takes a surplus that is not sold.
enum class Sink { none, dispose, emit, curtail, flare };

/// A material, energy carrier or service that flows between facilities.
struct Commodity {
    std::string id;
    Name name;
    std::vector<std::string>
        aliases;      ///< other words for it, zh and en, unique over all commodities
    units::Unit unit; ///< unit of account: t, 1000 m3, m3, MWh, GJ
    Phase phase = Phase::solid;
    double mass = 0.0;                    ///< t per unit; 0 for energy and services
    std::string formula;                  ///< of a pure substance, or empty
    ElementVector composition{};          ///< mass fractions, sum 1 where mass > 0
    std::map<std::string, double> active; ///< t of a named species per unit
    double lhv = 0.0;                   ///< GJ per unit, lower heating value (or the energy itself)
    double enthalpy = 0.0;              ///< GJ per unit above the reference state
    bool energy_product = false;        ///< booked as an energy product by statistics
    std::optional<Datum> standard_coal; ///< calorific factor, kgce per unit of account
    bool non_fossil = false;            ///< power from the sun, wind, water, with its certificates
    bool process_carbon = false;        ///< its carbon is that of a process, even when burnt
    Trade trade = Trade::market;
    Delivery delivery = Delivery::beyond;
    Sink sink = Sink::none;
    std::optional<Datum> disposal_cost;
    std::optional<Pollutant> pollutant; ///< as which it counts when a plant emits it
    SolidWaste solid_waste = SolidWaste::none;
    bool returned_water = false; ///< what leaves of it by its sink goes back to nature as water
    Provenance provenance;
};

/// A word of the plan that means several commodities.
struct Family {
    std::string id;
    Name name;
    std::vector<std::string> aliases;
    std::vector<std::string> members; ///< commodity ids
};

} // namespace chainsim::model
