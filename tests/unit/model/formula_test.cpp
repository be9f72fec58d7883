#include "support/catch.hpp"
#include <chainsim/model/formula.hpp>

#include <numeric>
#include <string>

using namespace chainsim::model;

namespace {

double fraction(const char* formula, Element element) {
    return composition_of(atoms_of(formula).value())[static_cast<std::size_t>(element)];
}

} // namespace

TEST_CASE("A formula is read into its atoms", "[model][formula]") {
    CHECK(atoms_of("CaC2") == Atoms{{"C", 2.0}, {"Ca", 1.0}});
    CHECK(atoms_of("(NH4)2SO4") == Atoms{{"H", 8.0}, {"N", 2.0}, {"O", 4.0}, {"S", 1.0}});
    CHECK(atoms_of("Ca(OH)2") == Atoms{{"Ca", 1.0}, {"H", 2.0}, {"O", 2.0}});
    CHECK(atoms_of("[C2H3Cl]") == Atoms{{"C", 2.0}, {"Cl", 1.0}, {"H", 3.0}});
    CHECK(atoms_of("CO") == Atoms{{"C", 1.0}, {"O", 1.0}}); // and not cobalt
    CHECK(atoms_of("Co") == Atoms{{"Co", 1.0}});
    CHECK(atoms_of("CH1.5O0.2") == Atoms{{"C", 1.0}, {"H", 1.5}, {"O", 0.2}});
}

TEST_CASE("What is no formula is none", "[model][formula]") {
    for (const char* text : {"", "coal", "Xy2", "2H", "H-2", "(H", "H)", "()", "H0", "H2 O",
                             "((((((H))))))", "水", "H1e5", "H99999999", "()2", "H(", "[", "[]"}) {
        INFO(text);
        CHECK_FALSE(atoms_of(text));
    }
    CHECK_FALSE(atoms_of(std::string(1000, 'H')));
}

TEST_CASE("Molar masses are sums of the standard atomic weights", "[model][formula]") {
    // IUPAC 2021: H 1.008, C 12.011, O 15.999, Ca 40.078.
    CHECK(molar_mass(atoms_of("H2O").value()) == Approx(2 * 1.008 + 15.999).epsilon(1e-12));
    CHECK(molar_mass(atoms_of("CaC2").value()) == Approx(40.078 + 2 * 12.011).epsilon(1e-12));
    CHECK(molar_mass(atoms_of("CaCO3").value()) ==
          Approx(40.078 + 12.011 + 3 * 15.999).epsilon(1e-12));
}

TEST_CASE("The composition of a substance sums to one", "[model][formula]") {
    for (const char* formula :
         {"H2", "CaC2", "(NH4)2SO4", "C48H72O14", "NaCl", "HgCl2", "LiFePO4"}) {
        INFO(formula);
        const auto composition = composition_of(atoms_of(formula).value());
        CHECK(std::accumulate(composition.begin(), composition.end(), 0.0) ==
              Approx(1.0).epsilon(1e-12));
    }
    CHECK(fraction("CO2", Element::C) == Approx(12.011 / 44.009).epsilon(1e-12));
    CHECK(fraction("LiFePO4", Element::other) ==
          Approx(6.94 / (6.94 + 55.845 + 30.974 + 4 * 15.999)).epsilon(1e-12));
}

TEST_CASE("A reaction balances or leaves atoms over", "[model][formula]") {
    CHECK(imbalance_of("CaO + 3 C -> CaC2 + CO")->empty());
    CHECK(imbalance_of("2 NaCl + 2 H2O -> 2 NaOH + Cl2 + H2")->empty());
    CHECK(imbalance_of("H2 + 0.5 O2 -> H2O")->empty());
    const auto left_over = imbalance_of("CaO + 2 C -> CaC2 + CO");
    REQUIRE(left_over);
    CHECK(*left_over == Atoms{{"C", -1.0}});
}

TEST_CASE("A reaction told in words is not judged", "[model][formula]") {
    CHECK_FALSE(imbalance_of("coal -> coke + gas"));
    CHECK_FALSE(imbalance_of("H2 + O2"));
    CHECK_FALSE(imbalance_of("-> H2O"));
    CHECK_FALSE(imbalance_of(""));
}
