#include <chainsim/model/commodity.hpp>

namespace chainsim::model {

namespace {

constexpr std::array<std::string_view, element_count> symbols{
    "C",  "H",  "O",  "N",  "S",  "Cl", "F",  "Na", "Ca", "Si", "K",   "Al",   "Fe",
    "Ti", "Hg", "Cr", "Cu", "Zn", "Ba", "Mg", "P",  "Br", "Ar", "ash", "other"};

} // namespace

std::string_view to_string(Element element) { return symbols[static_cast<std::size_t>(element)]; }

std::string_view to_string(Pollutant pollutant) {
    switch (pollutant) {
    case Pollutant::so2:
        return "so2";
    case Pollutant::nox:
        return "nox";
    case Pollutant::pm:
        return "pm";
    case Pollutant::voc:
        return "voc";
    }
    return {};
}

std::optional<Element> to_element(std::string_view symbol) {
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        if (symbols[i] == symbol) {
            return static_cast<Element>(i);
        }
    }
    return std::nullopt;
}

} // namespace chainsim::model
