#include <chainsim/load/detail/all_tables.hpp>
#include <chainsim/load/fields_reference.hpp>

namespace chainsim::load {

std::string fields_reference() {
    static constexpr std::string_view head =
        "# What input files may contain\n"
        "\n"
        "Written by `chainsim fields` from the tables that the reader itself uses; a test compares "
        "this page\n"
        "with them. A key that is not listed here is refused.\n"
        "\n"
        "A *quantity* is a number with its unit: `3250 kWh/t`, `95 %`, `320 万吨/年`. A *datum* is "
        "a quantity alone,\n"
        "or the map of [datum](#datum). A *path* is a datum, or the map of [path](#path). Units of "
        "amounts follow\n"
        "those of the commodities: \"per unit\" is per unit of account of the commodity.\n";
    return std::string(head) + input::reference_page(detail::all_tables());
}

} // namespace chainsim::load
