#pragma once

#include <chainsim/model/commodity.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace chainsim::model {

/// Atoms of a formula by symbol: {"Ca": 1, "C": 2} for CaC2. Subscripts may be decimals.
using Atoms = std::map<std::string, double, std::less<>>;

/// The atoms of "CaC2", "(NH4)2SO4", "[C2H4]", or nothing if the text is no formula.
[[nodiscard]] std::optional<Atoms> atoms_of(std::string_view formula);

/// t per Mmol, which is g per mol.
///
/// Source  IUPAC Commission on Isotopic Abundances and Atomic Weights (2021), Standard atomic
/// weights of
///         the elements 2021, Pure Appl. Chem. 94: abridged to five figures.
[[nodiscard]] double molar_mass(const Atoms& atoms);

/// Mass fractions of a pure substance; elements that `Element` does not list count as `other`.
[[nodiscard]] ElementVector composition_of(const Atoms& atoms);

/// What "CaO + 3 C -> CaC2 + CO" leaves over, atoms left minus atoms right; empty if it balances.
/// Nothing if the text is not made of formulas: a reaction may be told in words.
[[nodiscard]] std::optional<Atoms> imbalance_of(std::string_view reaction);

} // namespace chainsim::model
