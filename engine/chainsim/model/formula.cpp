#include <chainsim/model/formula.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace chainsim::model {

namespace {

/// Standard atomic weights, abridged (IUPAC 2021).
const std::map<std::string_view, double>& atomic_weights() {
    static const std::map<std::string_view, double> weights{
        {"H", 1.008},   {"Li", 6.94},   {"B", 10.81},   {"C", 12.011},  {"N", 14.007},
        {"O", 15.999},  {"F", 18.998},  {"Na", 22.990}, {"Mg", 24.305}, {"Al", 26.982},
        {"Si", 28.085}, {"P", 30.974},  {"S", 32.06},   {"Cl", 35.45},  {"Ar", 39.95},
        {"K", 39.098},  {"Ca", 40.078}, {"Ti", 47.867}, {"V", 50.942},  {"Cr", 51.996},
        {"Mn", 54.938}, {"Fe", 55.845}, {"Co", 58.933}, {"Ni", 58.693}, {"Cu", 63.546},
        {"Zn", 65.38},  {"Br", 79.904}, {"Mo", 95.95},  {"Pd", 106.42}, {"I", 126.90},
        {"Ba", 137.33}, {"Pt", 195.08}, {"Hg", 200.59},
    };
    return weights;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Deeper brackets stand in no formula; the bound keeps the recursion small on any text.
constexpr int deepest_brackets = 4;
constexpr std::size_t longest_formula = 60;

/// A reader of: formula = { ( symbol | "(" formula ")" ) [ number ] }
class FormulaReader {
public:
    explicit FormulaReader(std::string_view text) : text_(text) {}

    std::optional<Atoms> run() {
        auto atoms = group(0);
        return atoms && position_ == text_.size() && !atoms->empty() ? atoms : std::nullopt;
    }

private:
    [[nodiscard]] bool at_end() const { return position_ >= text_.size(); }

    std::optional<Atoms> group(int depth) {
        Atoms result;
        while (!at_end() && text_[position_] != ')') {
            Atoms part;
            if (text_[position_] == '(') {
                ++position_;
                auto inner = depth < deepest_brackets ? group(depth + 1) : std::nullopt;
                if (!inner || inner->empty() || at_end()) {
                    return std::nullopt;
                }
                ++position_; // the ')'
                part = std::move(*inner);
            } else {
                const std::string symbol = read_symbol();
                if (symbol.empty()) {
                    return std::nullopt;
                }
                part.emplace(symbol, 1.0);
            }
            const auto count = read_number();
            if (!count) {
                return std::nullopt;
            }
            for (const auto& [symbol, number] : part) {
                result[symbol] += number * *count;
            }
        }
        return result;
    }

    std::string read_symbol() {
        std::size_t length = 1;
        if (position_ + 1 < text_.size() && text_[position_ + 1] >= 'a' &&
            text_[position_ + 1] <= 'z') {
            length = 2;
        }
        const std::string_view symbol = text_.substr(position_, length);
        if (!atomic_weights().contains(symbol)) {
            return {};
        }
        position_ += length;
        return std::string(symbol);
    }

    /// The subscript, 1 if there is none, nothing if it is no positive number.
    std::optional<double> read_number() {
        if (at_end() || !is_digit(text_[position_])) {
            return 1.0;
        }
        double value = 0.0;
        const auto [stop, error] = std::from_chars(
            text_.data() + position_, text_.data() + text_.size(), value, std::chars_format::fixed);
        if (error != std::errc{} || !std::isfinite(value) || value <= 0.0 || value > 1e4) {
            return std::nullopt;
        }
        position_ = static_cast<std::size_t>(stop - text_.data());
        return value;
    }

    std::string_view text_;
    std::size_t position_ = 0;
};

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) {
        text.remove_prefix(1);
    }
    while (text.ends_with(' ')) {
        text.remove_suffix(1);
    }
    return text;
}

/// Adds `sign` times one side of a reaction to `sum`; false if a term is no formula.
bool add_side(std::string_view side, double sign, Atoms& sum) {
    while (true) {
        const std::size_t plus = side.find(" + ");
        std::string_view term = trimmed(side.substr(0, plus));
        double count = 1.0;
        if (!term.empty() && is_digit(term[0])) {
            const auto [stop, error] = std::from_chars(term.data(), term.data() + term.size(),
                                                       count, std::chars_format::fixed);
            if (error != std::errc{}) {
                return false;
            }
            term.remove_prefix(static_cast<std::size_t>(stop - term.data()));
            term = trimmed(term);
        }
        const auto atoms = atoms_of(term);
        if (!atoms) {
            return false;
        }
        for (const auto& [symbol, number] : *atoms) {
            sum[symbol] += sign * count * number;
        }
        if (plus == std::string_view::npos) {
            return true;
        }
        side = side.substr(plus + 3);
    }
}

} // namespace

std::optional<Atoms> atoms_of(std::string_view formula) {
    if (formula.size() > 2 && formula.starts_with('[') && formula.ends_with(']')) {
        formula = formula.substr(1, formula.size() - 2); // the unit of a polymer
    }
    if (formula.empty() || formula.size() > longest_formula) {
        return std::nullopt;
    }
    return FormulaReader(formula).run();
}

double molar_mass(const Atoms& atoms) {
    double mass = 0.0;
    for (const auto& [symbol, number] : atoms) {
        mass += number * atomic_weights().at(symbol);
    }
    return mass;
}

ElementVector composition_of(const Atoms& atoms) {
    ElementVector result{};
    const double mass = molar_mass(atoms);
    for (const auto& [symbol, number] : atoms) {
        const Element element = to_element(symbol).value_or(Element::other);
        result[static_cast<std::size_t>(element)] += number * atomic_weights().at(symbol) / mass;
    }
    return result;
}

std::optional<Atoms> imbalance_of(std::string_view reaction) {
    const std::size_t arrow = reaction.find("->");
    if (arrow == std::string_view::npos) {
        return std::nullopt;
    }
    Atoms sum;
    if (!add_side(reaction.substr(0, arrow), 1.0, sum) ||
        !add_side(reaction.substr(arrow + 2), -1.0, sum)) {
        return std::nullopt;
    }
    std::erase_if(sum, [](const auto& entry) { return std::abs(entry.second) < 1e-5; });
    return sum;
}

} // namespace chainsim::model
