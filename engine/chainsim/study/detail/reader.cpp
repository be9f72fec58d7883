#include <chainsim/model/indicator_kinds.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/table/number_text.hpp>

#include <algorithm>
#include <array>

namespace chainsim::study::detail {

namespace {

using table::Language;

struct ReaderUnit {
    std::string_view text;
    std::string_view unit; ///< of the engine
    double size;           ///< of the reader's unit in the engine's
};

/// Units of Chinese statistics.
constexpr std::array zh_units{
    ReaderUnit{"万吨标煤", "tce", 1e4}, ReaderUnit{"亿元", "CNY", 1e8},
    ReaderUnit{"万吨", "t", 1e4},       ReaderUnit{"万立方米", "m3", 1e4},
    ReaderUnit{"亿千瓦时", "MWh", 1e5}, ReaderUnit{"百万立方米", "1000 m3", 1e3},
    ReaderUnit{"万吉焦", "GJ", 1e4},
};
constexpr std::array en_units{
    ReaderUnit{"Mtce", "tce", 1e6}, ReaderUnit{"10^9 CNY", "CNY", 1e9},
    ReaderUnit{"kt", "t", 1e3},     ReaderUnit{"1000 m3", "m3", 1e3},
    ReaderUnit{"GWh", "MWh", 1e3},  ReaderUnit{"million m3", "1000 m3", 1e3},
    ReaderUnit{"TJ", "GJ", 1e3},
};

} // namespace

ReaderAmount for_reader(double value, const std::string& unit, Language language) {
    const auto& known = language == Language::zh ? zh_units : en_units;
    for (const auto& one : known) {
        if (one.unit == unit) {
            return {value / one.size, std::string(one.text)};
        }
    }
    return {value, unit == "1" ? std::string{} : unit};
}

std::string amount_text(double value, const std::string& unit, Language language) {
    const auto amount = for_reader(value, unit, language);
    return fmt::format("{} {}", table::reader_text(amount.number), amount.unit);
}

ColumnUnit plant_money(Language language) {
    return language == Language::zh ? ColumnUnit{"亿元", 1e8} : ColumnUnit{"10^6 CNY", 1e6};
}

ColumnUnit plant_energy(Language language) {
    return language == Language::zh ? ColumnUnit{"万吨标煤", 1e4} : ColumnUnit{"ktce", 1e3};
}

bool is_narrow(std::size_t width) {
    constexpr std::size_t least_width = 140;
    return width != 0 && width < least_width;
}

const std::string& name_in(const model::Name& name, Language language) {
    return language == Language::zh && !name.zh.empty() ? name.zh : name.en;
}

double weight_of(const model::Commodity& commodity) {
    // A tonne of water or waste is not what a planner looks for first.
    const bool is_product = model::is_counted_product(commodity) && commodity.unit.text() != "m3";
    return is_product ? std::max(commodity.mass, commodity.lhv / 29.3076) : 1e-6 * commodity.mass;
}

} // namespace chainsim::study::detail
