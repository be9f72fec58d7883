// Any bytes as the text of a quantity and of a unit: they are read or refused, and what is read
// reads back.
//   build/fuzz/tests/fuzz/quantity_fuzzer -max_total_time=60 tests/fuzz/corpus/quantity

#include <chainsim/units/quantity.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace chainsim::units;

namespace {

void expect(bool condition) {
    if (!condition) {
        std::abort();
    }
}

void read_quantity(std::string_view text) {
    try {
        const Quantity quantity = Quantity::parse(text);
        expect(std::isfinite(quantity.number()));
        const Quantity again = Quantity::parse(to_string(quantity));
        expect(again.number() == quantity.number());
        expect(again.unit() == quantity.unit());
    } catch (const UnitError&) { // refused: fine
    }
}

void read_unit(std::string_view text) {
    try {
        const Unit unit = Unit::parse(text);
        expect(std::isfinite(unit.scale()) && unit.scale() > 0.0);
        expect(!unit.dimension_name().empty());
        expect(Unit::parse(unit.text()) == unit);
        const Unit ratio = unit.per(Unit::parse("t"));
        expect(Unit::parse(ratio.text()) == ratio);
    } catch (const UnitError&) { // refused: fine
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read_quantity(text);
    read_unit(text);
    return 0;
}
