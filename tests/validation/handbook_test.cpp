#include "support/catch.hpp"
#include "support/solved_year.hpp"

#include <array>
#include <cctype>
#include <fstream>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// Figures that a planner checks by hand, worked out from the recipes of models/ and held inside the
// range of a standard, a textbook or chemistry: handbook.csv says which. A range never comes from
// our own output; if a recipe falls outside, one of the two is wrong, and a person has to say
// which.

namespace {

using chainsim::model::Commodity;
using chainsim::model::Flow;
using chainsim::model::Model;

/// Works out a formula of numbers, + - * / ( ), and figures of the models by name:
/// `PROCESS.in.COMMODITY`, `PROCESS.out.COMMODITY` in units of account (t, 1000 m3, MWh, GJ) per
/// unit of product; `COMMODITY.mass` (t), `.lhv` (GJ), `.kgce`, `.active.SPECIES` (t) and
/// `.element.C` (share of the mass).
class Formula {
public:
    Formula(std::string text, const Model& models) : text_(std::move(text)), models_(models) {}

    double value() {
        const double result = sum();
        if (at_ != text_.size()) {
            fail("nothing more was expected");
        }
        return result;
    }

private:
    [[noreturn]] void fail(const std::string& why) const {
        throw std::runtime_error(text_ + "\nat '" + text_.substr(at_) + "': " + why);
    }

    bool take(char character) {
        if (at_ < text_.size() && text_[at_] == character) {
            ++at_;
            return true;
        }
        return false;
    }

    double sum() {
        double result = product();
        while (true) {
            if (take('+')) {
                result += product();
            } else if (take('-')) {
                result -= product();
            } else {
                return result;
            }
        }
    }

    double product() {
        double result = factor();
        while (true) {
            if (take('*')) {
                result *= factor();
            } else if (take('/')) {
                result /= factor();
            } else {
                return result;
            }
        }
    }

    double factor() {
        if (take('(')) {
            const double result = sum();
            if (!take(')')) {
                fail("')' was expected");
            }
            return result;
        }
        if (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) {
            std::size_t length = 0;
            const double number = std::stod(text_.substr(at_), &length);
            at_ += length;
            return number;
        }
        return figure(words());
    }

    /// The words of a name, between its dots.
    std::vector<std::string> words() {
        std::vector<std::string> result(1);
        while (at_ < text_.size()) {
            const char character = text_[at_];
            if (character == '.') {
                result.emplace_back();
            } else if (std::isalnum(static_cast<unsigned char>(character)) != 0 ||
                       character == '_') {
                result.back() += character;
            } else {
                break;
            }
            ++at_;
        }
        return result;
    }

    double figure(const std::vector<std::string>& name) {
        if (name.size() == 3 && (name[1] == "in" || name[1] == "out")) {
            const auto& process = models_.processes.at(name[0]);
            for (const Flow& flow : name[1] == "in" ? process.inputs : process.outputs) {
                if (models_.commodities[flow.commodity].id == name[2]) {
                    return flow.amount;
                }
            }
            fail(name[0] + " has no such flow");
        }
        if (name.size() < 2) {
            fail("a number or a figure was expected");
        }
        const Commodity& commodity = models_.commodities.at(name[0]);
        if (name[1] == "mass") {
            return commodity.mass;
        }
        if (name[1] == "lhv") {
            return commodity.lhv;
        }
        if (name[1] == "kgce" && commodity.standard_coal) {
            return commodity.standard_coal->value.in(
                chainsim::units::Unit::parse("kgce").per(commodity.unit));
        }
        if (name[1] == "active" && name.size() == 3) {
            return commodity.active.at(name[2]);
        }
        if (name[1] == "element" && name.size() == 3 && name[2] == "C") {
            return commodity.composition[static_cast<std::size_t>(chainsim::model::Element::C)];
        }
        fail("no such figure of " + name[0]);
    }

    std::string text_;
    const Model& models_;
    std::size_t at_ = 0;
};

/// The cells of a line; the last one may hold commas, and quotation marks around it.
template <std::size_t size>
std::array<std::string, size> cells_of(const std::string& line) {
    std::array<std::string, size> cells;
    std::size_t start = 0;
    for (std::size_t i = 0; i + 1 < size; ++i) {
        const auto comma = line.find(',', start);
        REQUIRE(comma != std::string::npos);
        cells[i] = line.substr(start, comma - start);
        start = comma + 1;
    }
    cells[size - 1] = line.substr(start);
    return cells;
}

} // namespace

TEST_CASE("Figures that a planner checks by hand lie inside the range of their standard",
          "[validation][handbook]") {
    const auto models = chainsim::load::load_model(chainsim::test::source("models"));
    std::ifstream file(chainsim::test::source("tests/validation/handbook.csv"));
    REQUIRE(file);
    std::string line;
    std::getline(file, line);
    REQUIRE(line == "quantity,formula,low,high,unit,basis,source");
    std::set<std::string> quantities;
    while (std::getline(file, line)) {
        const auto [quantity, formula, low, high, unit, basis, source] = cells_of<7>(line);
        CAPTURE(quantity, formula, unit, source);
        CHECK(quantities.insert(quantity).second);
        CHECK((basis == "read" || basis == "recalled" || basis == "chemistry"));
        CHECK(source.size() >= 8);
        const double least = std::stod(low);
        const double most = std::stod(high);
        CHECK(least < most);
        const double value = Formula(formula, models).value();
        CHECK(value >= least);
        CHECK(value <= most);
    }
    CHECK(quantities.size() >= 40);
}

TEST_CASE("A formula of the handbook is worked out as it is written", "[validation][handbook]") {
    const auto models = chainsim::load::load_model(chainsim::test::source("models"));
    CHECK(Formula("2+3*4-10/(1+1)", models).value() == 9.0);
    CHECK(Formula("coke_wet_quenching.out.coke", models).value() == 1.0);
    CHECK_THROWS(Formula("2+", models).value());
    CHECK_THROWS(Formula("(2", models).value());
    CHECK_THROWS(Formula("coke_wet_quenching.in.gold", models).value());
    CHECK_THROWS(Formula("coke.colour", models).value());
}
