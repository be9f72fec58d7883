#include <chainsim/units/detail/unit_words.hpp>

#include <array>
#include <map>

namespace chainsim::units::detail {

namespace {

constexpr Dimension none{};
constexpr Dimension mass{{1, 0, 0, 0}};
constexpr Dimension length{{0, 1, 0, 0}};
constexpr Dimension area{{0, 2, 0, 0}};
constexpr Dimension volume{{0, 3, 0, 0}};
constexpr Dimension time{{0, 0, 1, 0}};
constexpr Dimension money{{0, 0, 0, 1}};
constexpr Dimension energy{{1, 2, -2, 0}};
constexpr Dimension power{{1, 2, -3, 0}};
constexpr Dimension pressure{{1, -1, -2, 0}};

constexpr double hour = 3600.0;
constexpr double day = 24.0 * hour;
constexpr double year = 365.0 * day;     // 8760 h: the year of capacity figures
constexpr double watt_hour = 3600.0;     // J
constexpr double gram_of_coal = 29307.6; // J per gce; GB/T 2589-2020: 29 307.6 kJ per kgce
constexpr double calorie = 4.1868;       // J, international table
constexpr double square_metres_of_mu = 10000.0 / 15.0;

/// A word with the prefixes that it is used with.
///
/// Prefixes are listed word by word, since a general rule would read "mt" as a thousandth of a
/// tonne and "Pa" as a billion million years.
struct Entry {
    std::string_view word;
    double scale;
    Dimension dimension;
    std::string_view prefixes;
};

constexpr std::array latin{
    Entry{"%", 0.01, none, ""},
    Entry{"‰", 0.001, none, ""},
    Entry{"ppm", 1e-6, none, ""},
    Entry{"person", 1.0, none, ""},
    Entry{"piece", 1.0, none, ""},
    Entry{"g", 1e-3, mass, "mk"},
    Entry{"t", 1e3, mass, "kMG"},
    Entry{"J", 1.0, energy, "kMGTPE"},
    Entry{"Wh", watt_hour, energy, "kMGT"},
    Entry{"gce", gram_of_coal, energy, "k"},
    Entry{"tce", 1e6 * gram_of_coal, energy, "kM"},
    Entry{"cal", calorie, energy, "kMG"},
    Entry{"W", 1.0, power, "kMGT"},
    Entry{"VA", 1.0, power, "kM"},
    Entry{"Pa", 1.0, pressure, "kM"},
    Entry{"bar", 1e5, pressure, ""},
    Entry{"m", 1.0, length, "k"},
    Entry{"mm", 1e-3, length, ""},
    Entry{"cm", 1e-2, length, ""},
    Entry{"ha", 1e4, area, ""},
    Entry{"mu", square_metres_of_mu, area, ""},
    Entry{"L", 1e-3, volume, ""},
    Entry{"s", 1.0, time, ""},
    Entry{"min", 60.0, time, ""},
    Entry{"h", hour, time, ""},
    Entry{"d", day, time, ""},
    Entry{"a", year, time, ""},
    Entry{"year", year, time, ""},
    Entry{"CNY", 1.0, money, ""},
    // A volume of gas is always at 0 degC and 101.325 kPa, so "normal" says nothing new.
    Entry{"Nm", 1.0, length, ""},
};

constexpr std::array chinese{
    Entry{"吨", 1e3, mass, ""},
    Entry{"千克", 1.0, mass, ""},
    Entry{"公斤", 1.0, mass, ""},
    Entry{"克", 1e-3, mass, ""},
    Entry{"吨标煤", 1e6 * gram_of_coal, energy, ""},
    Entry{"吨标准煤", 1e6 * gram_of_coal, energy, ""},
    Entry{"千克标煤", 1e3 * gram_of_coal, energy, ""},
    Entry{"千克标准煤", 1e3 * gram_of_coal, energy, ""},
    Entry{"公斤标煤", 1e3 * gram_of_coal, energy, ""},
    Entry{"公斤标准煤", 1e3 * gram_of_coal, energy, ""},
    Entry{"克标煤", gram_of_coal, energy, ""},
    Entry{"克标准煤", gram_of_coal, energy, ""},
    Entry{"千瓦时", 1e3 * watt_hour, energy, ""},
    Entry{"兆瓦时", 1e6 * watt_hour, energy, ""},
    Entry{"吉瓦时", 1e9 * watt_hour, energy, ""},
    Entry{"度", 1e3 * watt_hour, energy, ""},
    Entry{"焦耳", 1.0, energy, ""},
    Entry{"千焦", 1e3, energy, ""},
    Entry{"兆焦", 1e6, energy, ""},
    Entry{"吉焦", 1e9, energy, ""},
    Entry{"太焦", 1e12, energy, ""},
    Entry{"千卡", 1e3 * calorie, energy, ""},
    Entry{"大卡", 1e3 * calorie, energy, ""},
    Entry{"千瓦", 1e3, power, ""},
    Entry{"千伏安", 1e3, power, ""},
    Entry{"兆伏安", 1e6, power, ""},
    Entry{"兆瓦", 1e6, power, ""},
    Entry{"吉瓦", 1e9, power, ""},
    Entry{"立方米", 1.0, volume, ""},
    Entry{"标准立方米", 1.0, volume, ""},
    Entry{"标立方米", 1.0, volume, ""},
    Entry{"标方", 1.0, volume, ""},
    Entry{"方", 1.0, volume, ""},
    Entry{"升", 1e-3, volume, ""},
    Entry{"平方米", 1.0, area, ""},
    Entry{"平方千米", 1e6, area, ""},
    Entry{"平方公里", 1e6, area, ""},
    Entry{"亩", square_metres_of_mu, area, ""},
    Entry{"公顷", 1e4, area, ""},
    Entry{"米", 1.0, length, ""},
    Entry{"千米", 1e3, length, ""},
    Entry{"公里", 1e3, length, ""},
    Entry{"元", 1.0, money, ""},
    Entry{"秒", 1.0, time, ""},
    Entry{"分钟", 60.0, time, ""},
    Entry{"小时", hour, time, ""},
    Entry{"天", day, time, ""},
    Entry{"日", day, time, ""},
    Entry{"年", year, time, ""},
    Entry{"人", 1.0, none, ""},
    Entry{"个", 1.0, none, ""},
    Entry{"件", 1.0, none, ""},
    Entry{"台", 1.0, none, ""},
    Entry{"套", 1.0, none, ""},
    Entry{"辆", 1.0, none, ""},
    Entry{"条", 1.0, none, ""},
};

struct Multiplier {
    std::string_view word;
    double factor;
};

/// Longer words first, so that 万亿 is not read as 万 before an unknown 亿.
constexpr std::array multipliers{
    Multiplier{"万亿", 1e12}, Multiplier{"千万", 1e7}, Multiplier{"百万", 1e6},
    Multiplier{"十万", 1e5},  Multiplier{"亿", 1e8},   Multiplier{"万", 1e4},
    Multiplier{"千", 1e3},    Multiplier{"百", 1e2},
};

double factor_of(char prefix) {
    switch (prefix) {
    case 'm':
        return 1e-3;
    case 'k':
        return 1e3;
    case 'M':
        return 1e6;
    case 'G':
        return 1e9;
    case 'T':
        return 1e12;
    case 'P':
        return 1e15;
    default:
        return 1e18; // E
    }
}

using Dictionary = std::map<std::string, Word, std::less<>>;

const Dictionary& dictionary() {
    static const Dictionary words = [] {
        Dictionary result;
        for (const auto& entry : latin) {
            const bool only_cubed = entry.word == "Nm";
            result.emplace(entry.word, Word{1.0, entry.scale, entry.dimension, only_cubed});
            for (const char prefix : entry.prefixes) {
                result.emplace(prefix + std::string(entry.word),
                               Word{1.0, factor_of(prefix) * entry.scale, entry.dimension, false});
            }
        }
        for (const auto& entry : chinese) {
            result.emplace(entry.word, Word{1.0, entry.scale, entry.dimension, false});
        }
        return result;
    }();
    return words;
}

} // namespace

std::optional<Word> find_word(std::string_view word) {
    const auto& words = dictionary();
    if (const auto found = words.find(word); found != words.end()) {
        return found->second;
    }
    for (const auto& [text, factor] : multipliers) {
        if (!word.starts_with(text)) {
            continue;
        }
        const std::string_view rest = word.substr(text.size());
        if (rest.empty()) {
            return Word{factor, 1.0, none, false};
        }
        if (const auto found = words.find(rest); found != words.end()) {
            Word word_with_numeral = found->second;
            word_with_numeral.numeral = factor;
            return word_with_numeral;
        }
    }
    return std::nullopt;
}

const std::vector<std::string>& known_words() {
    static const std::vector<std::string> words = [] {
        std::vector<std::string> result;
        for (const auto& [word, meaning] : dictionary()) {
            result.push_back(meaning.only_cubed ? word + "3" : word);
        }
        for (const std::string_view word : {"m2", "m3", "km2"}) {
            result.emplace_back(word);
        }
        return result;
    }();
    return words;
}

} // namespace chainsim::units::detail
