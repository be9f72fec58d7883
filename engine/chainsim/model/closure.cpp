#include <chainsim/model/closure.hpp>
#include <chainsim/model/detail/species.hpp>
#include <chainsim/model/formula.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chainsim::model {

namespace {

constexpr double trace_share = 0.002; // of the mass that goes in
constexpr double trace_mass = 0.0005; // t per unit of product

std::size_t position(Element element) { return static_cast<std::size_t>(element); }

double add_flows(const std::vector<Flow>& flows, const Registry<Commodity>& commodities,
                 ElementVector& elements, double& energy) {
    double mass = 0.0;
    for (const auto& flow : flows) {
        const Commodity& commodity = commodities[flow.commodity];
        const double tonnes = flow.amount * commodity.mass;
        mass += tonnes;
        for (std::size_t i = 0; i < element_count; ++i) {
            elements[i] += tonnes * commodity.composition[i];
        }
        energy += flow.amount * energy_content(commodity);
    }
    return mass;
}

/// Findings about one recipe, all at its place.
class RecipeFindings {
public:
    explicit RecipeFindings(const Process& process) : process_(process) {}

    void add(const std::string& message, std::string help) {
        Diagnostic diagnostic;
        diagnostic.where = process_.provenance.where;
        diagnostic.field = "processes." + process_.id;
        diagnostic.message = fmt::format("recipe '{}': {}", process_.id, message);
        diagnostic.help = std::move(help);
        diagnostics_.push_back(std::move(diagnostic));
    }
    void add_at(const SourceLocation& where, const std::string& message, std::string help) {
        add(message, std::move(help));
        diagnostics_.back().where = where;
    }
    std::vector<Diagnostic> take() { return std::move(diagnostics_); }

private:
    const Process& process_;
    std::vector<Diagnostic> diagnostics_;
};

/// What to add on the side that has too little, for the gap between the sides.
std::string proposal(const Closure& sides, double missing_out, std::string_view key) {
    ElementVector gap{};
    const double sign = missing_out > 0.0 ? 1.0 : -1.0;
    for (std::size_t i = 0; i < element_count; ++i) {
        gap[i] = sign * (sides.elements_in[i] - sides.elements_out[i]);
    }
    const std::string species = detail::species_for(gap);
    const std::string_view side = missing_out > 0.0 ? "out" : "in";
    return fmt::format("{} {} may be missing; or state why under why_open: {{{}: ...}}",
                       species.empty() ? fmt::format("{:.2g} t", std::abs(missing_out)) : species,
                       side, key);
}

bool is_excused(const Process& process, std::string_view key) {
    return process.why_open.contains(std::string(key));
}

void check_mass(const Process& process, const Closure& sides, double limit,
                RecipeFindings& findings) {
    const double residual = sides.mass_residual();
    if (std::abs(residual) <= limit || is_excused(process, "mass")) {
        return;
    }
    findings.add(
        fmt::format("{:.4g} t go in and {:.4g} t come out ({:+.2f} %; the limit is {:g} %)",
                    sides.mass_in, sides.mass_out, 100.0 * residual, 100.0 * limit),
        proposal(sides, sides.mass_in - sides.mass_out, "mass"));
}

void check_elements(const Process& process, const Closure& sides, double limit,
                    RecipeFindings& findings) {
    for (std::size_t i = 0; i < element_count; ++i) {
        const auto element = static_cast<Element>(i);
        const double in = sides.elements_in[i];
        const double out = sides.elements_out[i];
        const double residual = sides.element_residual(element);
        const bool tiny = std::max(in, out) < trace_mass;
        if (tiny || std::abs(residual) <= limit || is_excused(process, to_string(element))) {
            continue;
        }
        const std::string_view symbol = to_string(element);
        findings.add(
            fmt::format("{:.4g} t {} go in and {:.4g} t come out ({:+.2f} %; the limit is {:g} %)",
                        in, symbol, out, 100.0 * residual, 100.0 * limit),
            proposal(sides, in - out, symbol));
    }
}

void check_energy(const Process& process, const Closure& sides, const ClosureLimits& limits,
                  RecipeFindings& findings) {
    const double allowed =
        sides.energy_in * (1.0 + limits.energy_relative) + limits.energy_absolute;
    if (sides.energy_out <= allowed || is_excused(process, "energy")) {
        return;
    }
    findings.add(
        fmt::format("{:.4g} GJ go in and {:.4g} GJ come out; energy is not made", sides.energy_in,
                    sides.energy_out),
        fmt::format("{:.2g} GJ in (fuel, electricity, steam or chemical_heat) may be missing; or "
                    "state why under why_open: {{energy: ...}}",
                    sides.energy_out - sides.energy_in));
}

/// How much of a minimum's commodities (or of its element in them) the recipe takes.
double taken_for(const Minimum& minimum, const Process& process,
                 const Registry<Commodity>& commodities) {
    double taken = 0.0;
    for (const auto& flow : process.inputs) {
        const auto& wanted = minimum.commodities;
        if (std::find(wanted.begin(), wanted.end(), flow.commodity) == wanted.end()) {
            continue;
        }
        const Commodity& commodity = commodities[flow.commodity];
        taken += minimum.element ? flow.amount * commodity.mass *
                                       commodity.composition[position(*minimum.element)]
                                 : flow.amount;
    }
    return taken;
}

void check_minima(const Process& process, const Registry<Commodity>& commodities,
                  const ClosureLimits& limits, RecipeFindings& findings) {
    for (const auto& minimum : process.minima) {
        const double taken = taken_for(minimum, process, commodities);
        if (taken >= minimum.amount * (1.0 - limits.minimum)) {
            continue;
        }
        std::string names;
        for (const auto& commodity : minimum.commodities) {
            names += fmt::format("{}{}", names.empty() ? "" : " + ", commodities[commodity].id);
        }
        const std::string of =
            minimum.element ? fmt::format("{} in {}", to_string(*minimum.element), names) : names;
        findings.add_at(minimum.where,
                        fmt::format("takes {:.5g} of {}, below the stoichiometric minimum {:.5g}",
                                    taken, of, minimum.amount),
                        minimum.basis.empty() ? std::string{}
                                              : fmt::format("basis: {}", minimum.basis));
    }
}

void check_reactions(const Process& process, RecipeFindings& findings) {
    for (const auto& reaction : process.reactions) {
        const auto left_over = imbalance_of(reaction);
        if (!left_over || left_over->empty()) {
            continue;
        }
        std::string atoms;
        for (const auto& [symbol, count] : *left_over) {
            atoms +=
                fmt::format("{}{} {:.4g} {}", atoms.empty() ? "" : ", ", symbol, std::abs(count),
                            count > 0.0 ? "more on the left" : "more on the right");
        }
        findings.add(fmt::format("the reaction '{}' does not balance: {}", reaction, atoms), "");
    }
}

} // namespace

double Closure::mass_residual() const {
    return mass_in > 0.0 ? mass_out / mass_in - 1.0 : (mass_out > 0.0 ? 1.0 : 0.0);
}

bool Closure::is_trace(Element element) const {
    const double most = std::max(elements_in[position(element)], elements_out[position(element)]);
    return most < std::max(trace_share * mass_in, trace_mass);
}

double Closure::element_residual(Element element) const {
    const double in = elements_in[position(element)];
    const double out = elements_out[position(element)];
    const double whole = is_trace(element) ? std::max(mass_in, mass_out) : std::max(in, out);
    return whole > 0.0 ? (out - in) / whole : 0.0;
}

double Closure::energy_excess() const {
    if (energy_out <= energy_in) {
        return 0.0;
    }
    return energy_in > 0.0 ? (energy_out - energy_in) / energy_in : 1.0;
}

double energy_content(const Commodity& commodity) {
    const bool is_fuel = commodity.lhv > 0.0;
    const bool has_other_reference = commodity.composition[position(Element::Cl)] > 0.0 ||
                                     commodity.composition[position(Element::Na)] > 0.0 ||
                                     commodity.composition[position(Element::Ca)] > 0.0;
    return is_fuel && !has_other_reference ? std::max(commodity.lhv, commodity.enthalpy)
                                           : commodity.lhv;
}

Closure closure(const Process& process, const Registry<Commodity>& commodities) {
    Closure sides;
    sides.mass_in = add_flows(process.inputs, commodities, sides.elements_in, sides.energy_in);
    sides.mass_out = add_flows(process.outputs, commodities, sides.elements_out, sides.energy_out);
    sides.energy_in += process.chemical_heat;
    return sides;
}

std::vector<Diagnostic> check_closure(const Process& process,
                                      const Registry<Commodity>& commodities,
                                      const ClosureLimits& limits) {
    const Closure sides = closure(process, commodities);
    RecipeFindings findings(process);
    check_mass(process, sides, limits.mass, findings);
    check_elements(process, sides, limits.element, findings);
    check_energy(process, sides, limits, findings);
    check_minima(process, commodities, limits, findings);
    check_reactions(process, findings);
    return findings.take();
}

} // namespace chainsim::model
