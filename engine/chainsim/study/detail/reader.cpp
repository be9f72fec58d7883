#include <chainsim/model/indicator_kinds.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/table/number_text.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

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
    ReaderUnit{"万吨标煤", "tce", 1e4},
    ReaderUnit{"亿元", "CNY", 1e8},
    ReaderUnit{"万吨", "t", 1e4},
    ReaderUnit{"万立方米", "m3", 1e4},
    ReaderUnit{"亿千瓦时", "MWh", 1e5},
    ReaderUnit{"百万立方米", "1000 m3", 1e3},
    ReaderUnit{"万吉焦", "GJ", 1e4},
    ReaderUnit{"万千瓦", "MW", 10.0},
    ReaderUnit{"亿吨公里", "t km", 1e8},
    ReaderUnit{"兆伏安", "MVA", 1.0},
    ReaderUnit{"天", "d", 1.0},
    ReaderUnit{"亩", "mu", 1.0},
    ReaderUnit{"年", "a", 1.0},
    ReaderUnit{"件", "piece", 1.0},
    ReaderUnit{"人", "person", 1.0},
    ReaderUnit{"克标煤/千瓦时", "kgce/MWh", 1.0},
    ReaderUnit{"克标煤/千瓦时", "gce/kWh", 1.0},
};
/// The words of a unit that has several, or is of a single figure.
constexpr std::array zh_words{
    ReaderUnit{"吨标煤", "tce", 1.0},
    ReaderUnit{"千克标煤", "kgce", 1.0},
    ReaderUnit{"千瓦时", "kWh", 1.0},
    ReaderUnit{"兆瓦时", "MWh", 1.0},
    ReaderUnit{"吨", "t", 1.0},
    ReaderUnit{"千克", "kg", 1.0},
    ReaderUnit{"吉焦", "GJ", 1.0},
    ReaderUnit{"立方米", "m3", 1.0},
    ReaderUnit{"元", "CNY", 1.0},
    ReaderUnit{"万元", "万元", 1.0},
    ReaderUnit{"亩", "mu", 1.0},
    ReaderUnit{"年", "a", 1.0},
    ReaderUnit{"千立方米", "1000 m3", 1.0},
    ReaderUnit{"千吨", "kt", 1.0},
    ReaderUnit{"千瓦", "kW", 1.0},
    ReaderUnit{"平方米", "m2", 1.0},
    ReaderUnit{"件", "piece", 1.0},
    ReaderUnit{"小时", "h", 1.0},
    ReaderUnit{"人", "人", 1.0},
    ReaderUnit{"人", "person", 1.0},
    ReaderUnit{"亿元", "亿元", 1.0},
};
constexpr std::array en_words{
    ReaderUnit{"(1000 m3)", "1000 m3", 1.0}, ReaderUnit{"10^8 CNY", "亿元", 1.0},
    ReaderUnit{"10^4 CNY", "万元", 1.0},     ReaderUnit{"10^4 tce", "万吨标煤", 1.0},
    ReaderUnit{"10^4 t", "万吨", 1.0},       ReaderUnit{"mu", "亩", 1.0},
    ReaderUnit{"persons", "人", 1.0},
};
constexpr std::array en_units{
    ReaderUnit{"Mtce", "tce", 1e6},
    ReaderUnit{"10^9 CNY", "CNY", 1e9},
    ReaderUnit{"kt", "t", 1e3},
    ReaderUnit{"1000 m3", "m3", 1e3},
    ReaderUnit{"GWh", "MWh", 1e3},
    ReaderUnit{"million t km", "t km", 1e6},
    ReaderUnit{"million m3", "1000 m3", 1e3},
    ReaderUnit{"TJ", "GJ", 1e3},
    ReaderUnit{"years", "a", 1.0},
};

const ReaderUnit* find(std::span<const ReaderUnit> known, std::string_view unit) {
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.unit == unit; });
    return found == known.end() ? nullptr : &*found;
}

/// Each word of a unit as `words` has it: "CNY/(1000 m3/a)" is 元/(千立方米/年).
std::string in_words(std::string unit, std::span<const ReaderUnit> words) {
    constexpr std::string_view gas = "(1000 m3)"; // one word, and its own bracket
    for (auto at = unit.find(gas); at != std::string::npos; at = unit.find(gas)) {
        unit.replace(at, gas.size(), gas.substr(1, gas.size() - 2));
    }
    std::string out;
    std::size_t begin = 0;
    while (begin < unit.size()) {
        const auto end = std::min(unit.find_first_of("/()", begin), unit.size());
        const auto word = std::string_view(unit).substr(begin, end - begin);
        const auto* known = find(words, word);
        out += known == nullptr ? word : known->text;
        out += std::string_view(unit).substr(end, 1);
        begin = end + 1;
    }
    return out;
}

/// "m3/MWh" is 立方米/兆瓦时; a unit with a word that is not known stays as it is.
std::string rate_in_chinese(const std::string& unit) {
    auto out = in_words(unit, zh_words);
    const bool is_whole = std::none_of(out.begin(), out.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    return is_whole ? out : unit;
}

/// "人/亿元" is persons/10^8 CNY; words of the engine are read in English as they are.
std::string in_english(const std::string& unit) {
    const bool is_ascii = std::all_of(unit.begin(), unit.end(),
                                      [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return is_ascii ? unit : in_words(unit, en_words);
}

/// Volumes of gases are counted at 0 degC and 101.325 kPa, and their unit says so.
std::string normal(std::string unit, Language language) {
    const std::string_view plain = language == Language::zh ? "立方米" : "m3";
    if (const auto at = unit.find(plain); at != std::string::npos) {
        unit.replace(at, plain.size(), language == Language::zh ? "标方" : "Nm3");
    }
    return unit;
}

} // namespace

std::string with_unit(double number, std::string_view unit) {
    const bool is_number = !unit.empty() && unit.front() >= '0' && unit.front() <= '9';
    return fmt::format("{}{}{}", table::reader_text(number),
                       unit.empty() ? ""
                       : is_number  ? " × "
                                    : " ",
                       unit);
}

ReaderAmount for_reader(double value, const std::string& unit, Language language) {
    const std::span<const ReaderUnit> known =
        language == Language::zh ? std::span<const ReaderUnit>(zh_units) : en_units;
    if (const auto* one = find(known, unit)) {
        return {value / one->size, std::string(one->text)};
    }
    return {value, unit == "1"                ? std::string{}
                   : language == Language::zh ? rate_in_chinese(unit)
                                              : in_english(unit)};
}

ReaderAmount for_reader(double value, const model::Commodity& commodity, Language language) {
    auto amount = for_reader(value, commodity.unit.text(), language);
    if (commodity.phase == model::Phase::gas) {
        amount.unit = normal(std::move(amount.unit), language);
    }
    return amount;
}

std::string amount_text(double value, const std::string& unit, Language language) {
    const auto amount = for_reader(value, unit, language);
    return with_unit(amount.number, amount.unit);
}

std::string amount_text(double value, const model::Commodity& commodity, Language language) {
    const auto amount = for_reader(value, commodity, language);
    return with_unit(amount.number, amount.unit);
}

std::string ColumnUnit::amount(double value) const { return with_unit((*this)(value), text); }

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
