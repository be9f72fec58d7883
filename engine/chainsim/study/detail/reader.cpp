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
/// Of what a rate is, and per what.
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
    ReaderUnit{"千立方米", "(1000 m3)", 1.0},
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
    ReaderUnit{"tce/10^4 CNY", "tce/万元", 1.0},
    ReaderUnit{"t/10^4 CNY", "t/万元", 1.0},
    ReaderUnit{"years", "a", 1.0},
    ReaderUnit{"10^4 CNY/mu", "万元/mu", 1.0},
};

const ReaderUnit* find(std::span<const ReaderUnit> known, std::string_view unit) {
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.unit == unit; });
    return found == known.end() ? nullptr : &*found;
}

/// "m3/MWh" is 立方米/兆瓦时; a unit with a word that is not known stays as it is.
std::string rate_in_chinese(const std::string& unit) {
    const auto line = unit.find('/');
    const auto* of = find(zh_words, std::string_view(unit).substr(0, line));
    const auto* per = line == std::string::npos
                          ? nullptr
                          : find(zh_words, std::string_view(unit).substr(line + 1));
    return of == nullptr || per == nullptr ? unit : fmt::format("{}/{}", of->text, per->text);
}

/// Volumes of gases are counted at 0 degC and 101.325 kPa, and their unit says so.
std::string normal(std::string unit, Language language) {
    const std::string_view plain = language == Language::zh ? "立方米" : "m3";
    if (const auto at = unit.find(plain); at != std::string::npos) {
        unit.replace(at, plain.size(), language == Language::zh ? "标方" : "Nm3");
    }
    return unit;
}

/// "26.7 × 10^9 CNY": two numbers side by side would be read as one.
std::string with_unit(double number, std::string_view unit) {
    const bool is_number = !unit.empty() && unit.front() >= '0' && unit.front() <= '9';
    return fmt::format("{}{}{}", table::reader_text(number),
                       unit.empty() ? ""
                       : is_number  ? " × "
                                    : " ",
                       unit);
}

} // namespace

ReaderAmount for_reader(double value, const std::string& unit, Language language) {
    const std::span<const ReaderUnit> known =
        language == Language::zh ? std::span<const ReaderUnit>(zh_units) : en_units;
    if (const auto* one = find(known, unit)) {
        return {value / one->size, std::string(one->text)};
    }
    return {value, unit == "1"                ? std::string{}
                   : language == Language::zh ? rate_in_chinese(unit)
                                              : unit};
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
