#pragma once

#include <chainsim/base/diagnostic.hpp>
#include <chainsim/model/model.hpp>
#include <chainsim/model/process.hpp>

#include <string>
#include <vector>

namespace chainsim::model {

/// What goes into a recipe and comes out of it, per unit of its reference product.
///
/// Units  Masses in t, energies in GJ (see energy_content). `chemical_heat` counts as put in.
struct Closure {
    double mass_in = 0.0;
    double mass_out = 0.0;
    ElementVector elements_in{};
    ElementVector elements_out{};
    double energy_in = 0.0;
    double energy_out = 0.0;

    /// out / in - 1; 0 for a recipe without mass.
    [[nodiscard]] double mass_residual() const;
    /// (out - in) / max(in, out); traces are related to the whole mass (see `is_trace`).
    [[nodiscard]] double element_residual(Element element) const;
    /// Below 0.2 % of the mass, or 0.5 kg per unit of product, on both sides.
    [[nodiscard]] bool is_trace(Element element) const;
    /// What leaves as energy beyond what enters, relative to what enters; 0 if nothing does.
    [[nodiscard]] double energy_excess() const;
};

/// How far a recipe may be open; beyond, it must state why (`why_open`).
struct ClosureLimits {
    double mass = 0.02;
    double element = 0.03;
    double energy_relative = 0.002; ///< energy out above energy in
    double energy_absolute = 0.02;  ///< GJ
    double minimum = 1e-4;          ///< below a minimum: they are stated to four or five figures
};

/// GJ that one unit of a commodity carries into a balance of heating values: its lower heating
/// value, or what it is itself (electricity, steam, heat), plus the sensible heat of a hot fuel
/// (red-hot coke).
///
/// The enthalpy of compounds of Cl, Na and Ca differs from the heating value by the choice of
/// reference state and not by heat that is carried on, so there only the heating value counts.
[[nodiscard]] double energy_content(const Commodity& commodity);

[[nodiscard]] Closure closure(const Process& process, const Registry<Commodity>& commodities);
[[nodiscard]] inline Closure closure(const Process& process, const Model& model) {
    return closure(process, model.commodities);
}

/// What does not close in a recipe, each with what is missing ("0.12 t water out"), inputs below
/// their stoichiometric minimum, and reactions that do not balance. Reasons given in `why_open`
/// excuse mass, energy and elements, but no minimum.
[[nodiscard]] std::vector<Diagnostic> check_closure(const Process& process,
                                                    const Registry<Commodity>& commodities,
                                                    const ClosureLimits& limits = {});

} // namespace chainsim::model
