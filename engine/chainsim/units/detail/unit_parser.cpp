#include <chainsim/base/nearest.hpp>
#include <chainsim/base/utf8.hpp>
#include <chainsim/units/detail/unit_parser.hpp>
#include <chainsim/units/detail/unit_words.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <udunits2.h>

// The text is read here, strictly, and not by UDUNITS' own parser: that one takes "a" for are and
// "mt" for a thousandth of a tonne, reads t/1000 m3 as (t/1000) m3, accepts logarithms and dates,
// and parses numbers in the locale of the process. UDUNITS multiplies, divides and compares.

namespace chainsim::units::detail {

namespace {

/// Longer texts are no units; the bound also limits how deep parentheses can nest.
constexpr std::size_t longest_text = 100;
/// UDUNITS keeps a power in a byte; nine is enough for any unit.
constexpr int largest_exponent = 9;
/// Of a whole unit; no dimension of the trade has more than 4.
constexpr int largest_power = 20;
/// Texts that are kept. Real models have a few dozen; a hostile file may have a million.
constexpr std::size_t cache_size = 4096;

struct FreeUnit {
    void operator()(ut_unit* unit) const noexcept { ut_free(unit); }
};
using UnitHandle = std::unique_ptr<ut_unit, FreeUnit>;

UnitHandle own(ut_unit* unit) {
    if (unit == nullptr) {
        throw UnitError("a unit is out of the range of exponents");
    }
    return UnitHandle(unit);
}

/// The four base units, and UDUNITS told to be quiet.
class System {
public:
    System() {
        ut_set_error_message_handler(ut_ignore);
        system_.reset(ut_new_system());
        CHAINSIM_EXPECT(system_ != nullptr, "UDUNITS could not make a system of units");
        for (auto& unit : base_) {
            unit = own(ut_new_base_unit(system_.get()));
        }
    }

    [[nodiscard]] UnitHandle one() const {
        return own(ut_get_dimensionless_unit_one(system_.get()));
    }
    [[nodiscard]] UnitHandle make(double scale, const Dimension& dimension) const {
        UnitHandle result = one();
        for (std::size_t i = 0; i < base_.size(); ++i) {
            const UnitHandle power = own(ut_raise(base_[i].get(), dimension.powers[i]));
            result = own(ut_multiply(result.get(), power.get()));
        }
        return own(ut_scale(scale, result.get()));
    }
    /// Index of a base unit of this system.
    [[nodiscard]] std::size_t index_of(const ut_unit* unit) const {
        for (std::size_t i = 0; i < base_.size(); ++i) {
            if (ut_compare(base_[i].get(), unit) == 0) {
                return i;
            }
        }
        throw ContractError("contract: a unit of another system");
    }

private:
    struct FreeSystem {
        void operator()(ut_system* system) const noexcept { ut_free_system(system); }
    };
    std::unique_ptr<ut_system, FreeSystem> system_;
    std::array<UnitHandle, 4> base_;
};

/// Scale and powers of a unit, taken apart by UDUNITS' visitor.
struct Parts {
    const System* system = nullptr;
    double scale = 1.0;
    Dimension dimension;
};

ut_status visit_basic(const ut_unit* unit, void* argument) {
    auto& parts = *static_cast<Parts*>(argument);
    parts.dimension.powers[parts.system->index_of(unit)] += 1;
    return UT_SUCCESS;
}

ut_status visit_product(const ut_unit* /*unit*/, int count, const ut_unit* const* basic,
                        const int* powers, void* argument) {
    auto& parts = *static_cast<Parts*>(argument);
    for (int i = 0; i < count; ++i) {
        parts.dimension.powers[parts.system->index_of(basic[i])] += powers[i];
    }
    return UT_SUCCESS;
}

ut_status visit_galilean(const ut_unit* /*unit*/, double scale, const ut_unit* underlying,
                         double /*offset*/, void* argument);

ut_status visit_timestamp(const ut_unit* /*unit*/, const ut_unit* /*time*/, double /*origin*/,
                          void* /*argument*/) {
    return UT_VISIT_ERROR;
}

ut_status visit_logarithmic(const ut_unit* /*unit*/, double /*base*/, const ut_unit* /*reference*/,
                            void* /*argument*/) {
    return UT_VISIT_ERROR;
}

constexpr ut_visitor visitor{visit_basic, visit_product, visit_galilean, visit_timestamp,
                             visit_logarithmic};

ut_status visit_galilean(const ut_unit* /*unit*/, double scale, const ut_unit* underlying,
                         double /*offset*/, void* argument) {
    static_cast<Parts*>(argument)->scale *= scale;
    return ut_accept_visitor(underlying, &visitor, argument);
}

Parts take_apart(const System& system, const ut_unit* unit) {
    Parts parts{&system, 1.0, {}};
    const ut_status status = ut_accept_visitor(unit, &visitor, &parts);
    CHAINSIM_EXPECT(status == UT_SUCCESS, "UDUNITS could not take a unit apart");
    return parts;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A character that words of units are made of: ASCII letters, %, and anything beyond ASCII.
bool is_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%' || byte >= 0x80;
}

/// One word without regard to upper and lower case: KWh, mwh, T.
std::string same_but_for_case(std::string_view word) {
    const auto lower = [](std::string_view text) {
        std::string result(text);
        std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : static_cast<char>(c);
        });
        return result;
    };
    const std::string wanted = lower(word);
    for (const auto& known : known_words()) {
        if (lower(known) == wanted) {
            return known;
        }
    }
    return {};
}

/// A reader of
///     unit    = product { "/" factor }
///     product = factor { separator factor }
///     factor  = number | word [exponent] | "(" unit ")"
class Parser {
public:
    Parser(const System& system, std::string_view text) : system_(system), text_(text) {}

    ParsedUnit run() {
        auto [over, under] = fraction();
        if (position_ != text_.size()) {
            fail(fmt::format("'{}' is not expected there", rest()));
        }
        const Parts above = take_apart(system_, over.get());
        ParsedUnit result{above.scale, above.dimension, above.dimension, std::string(text_)};
        if (under != nullptr) {
            // Divided here and not by UDUNITS, which multiplies by a rounded reciprocal.
            const Parts below = take_apart(system_, under.get());
            result.scale = above.scale / below.scale;
            for (std::size_t i = 0; i < result.dimension.powers.size(); ++i) {
                result.dimension.powers[i] -= below.dimension.powers[i];
            }
        }
        const auto& powers = result.dimension.powers;
        const bool has_high_power = std::any_of(powers.begin(), powers.end(),
                                                [](int p) { return std::abs(p) > largest_power; });
        if (!std::isfinite(result.scale) || result.scale <= 0.0 || has_high_power) {
            fail("it is too large or too small");
        }
        return result;
    }

private:
    struct Fraction {
        UnitHandle over;
        UnitHandle under; ///< empty if there is no line
    };

    [[noreturn]] void fail(const std::string& reason) const {
        throw UnitError(fmt::format("'{}' is not a unit: {}", text_, reason));
    }
    [[nodiscard]] bool at_end() const { return position_ == text_.size(); }
    [[nodiscard]] char here() const { return at_end() ? '\0' : text_[position_]; }
    [[nodiscard]] std::string rest() const { return utf8::shorten(text_.substr(position_), 20); }
    bool take(std::string_view token) {
        if (!text_.substr(position_).starts_with(token)) {
            return false;
        }
        position_ += token.size();
        return true;
    }

    Fraction fraction() {
        Fraction result{product(), nullptr};
        while (take_line()) {
            if (is_digit(here())) {
                fail(fmt::format("a number below the line may be read in two ways; write for "
                                 "example '{}({} m3)'",
                                 text_.substr(0, position_), number_text()));
            }
            UnitHandle divisor = factor();
            result.under = result.under == nullptr
                               ? std::move(divisor)
                               : own(ut_multiply(result.under.get(), divisor.get()));
            if (!at_end() && here() != '/' && here() != ')' &&
                !text_.substr(position_).starts_with(" /")) {
                fail("what follows below the line may be read in two ways; write parentheses as in "
                     "'kWh/(t a)'");
            }
        }
        return result;
    }

    bool take_line() { return take(" / ") || take(" /") || take("/ ") || take("/"); }

    bool take_separator() {
        if (text_.substr(position_).starts_with(" /")) {
            return false;
        }
        const std::string_view text = text_.substr(position_);
        if (text.size() > 1 && text[0] == '.' && is_digit(text[1])) {
            return false; // 1.5 is not 1 times 5
        }
        return take("·") || take("*") || take(".") || take(" ");
    }

    UnitHandle product() {
        UnitHandle result = factor();
        while (take_separator()) {
            const UnitHandle next = factor();
            result = own(ut_multiply(result.get(), next.get()));
        }
        return result;
    }

    UnitHandle factor() {
        if (take("(")) {
            auto [over, under] = fraction();
            if (!take(")")) {
                fail("a ')' is missing");
            }
            return under == nullptr ? std::move(over) : own(ut_divide(over.get(), under.get()));
        }
        if (is_digit(here())) {
            return own(ut_scale(number(), system_.one().get()));
        }
        if (at_end()) {
            fail("it ends where a unit is expected");
        }
        if (!is_word(here())) {
            fail(fmt::format("'{}' is not expected there", rest()));
        }
        return word();
    }

    [[nodiscard]] std::string_view number_text() const {
        std::size_t end = position_;
        while (end < text_.size() && is_digit(text_[end])) {
            ++end;
        }
        return text_.substr(position_, end - position_);
    }

    double number() {
        const std::string_view digits = number_text();
        if (digits.size() > 9 || digits.starts_with('0')) {
            fail(fmt::format("'{}' is not a whole number from 1 to 999999999", digits));
        }
        position_ += digits.size();
        double value = 0.0;
        for (const char digit : digits) {
            value = 10.0 * value + (digit - '0');
        }
        return value;
    }

    UnitHandle word() {
        const std::size_t start = position_;
        while (!at_end() && is_word(here()) && !exponent_here() &&
               !text_.substr(position_).starts_with("·")) {
            ++position_;
        }
        const std::string_view letters = text_.substr(start, position_ - start);
        const std::optional<int> power = exponent();
        const auto meaning = find_word(letters);
        if (!meaning || (meaning->only_cubed && power != 3)) {
            fail_unknown(text_.substr(start, position_ - start), letters);
        }
        UnitHandle unit = system_.make(meaning->scale, meaning->dimension);
        if (power) {
            unit = own(ut_raise(unit.get(), *power));
        }
        return own(ut_scale(meaning->numeral, unit.get()));
    }

    [[nodiscard]] bool exponent_here() const {
        const std::string_view text = text_.substr(position_);
        return text.starts_with("²") || text.starts_with("³");
    }

    /// `3`, `^3`, `-3`, `³` after a word.
    std::optional<int> exponent() {
        if (take("²")) {
            return 2;
        }
        if (take("³")) {
            return 3;
        }
        const bool caret = take("^");
        const bool negative = take("-");
        if (!is_digit(here())) {
            if (caret || negative) {
                fail("an exponent is missing");
            }
            return std::nullopt;
        }
        const std::string_view digits = number_text();
        const int value = digits.size() == 1 ? digits[0] - '0' : 0;
        if (value < 1 || value > largest_exponent) {
            fail(fmt::format("'{}' is not an exponent from 1 to 9", digits));
        }
        position_ += digits.size();
        return negative ? -value : value;
    }

    [[noreturn]] void fail_unknown(std::string_view word, std::string_view letters) const {
        std::string suggestion = same_but_for_case(word);
        if (suggestion.empty()) {
            suggestion = same_but_for_case(letters);
        }
        if (suggestion.empty()) {
            suggestion = nearest(word, known_words());
        }
        const std::string hint =
            suggestion.empty() ? std::string{} : fmt::format("; did you mean '{}'?", suggestion);
        if (word == text_) {
            throw UnitError(fmt::format("unknown unit '{}'{}", word, hint));
        }
        throw UnitError(fmt::format("unknown unit '{}' in '{}'{}", word, text_, hint));
    }

    const System& system_;
    std::string_view text_;
    std::size_t position_ = 0;
};

std::string with_single_spaces(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c != ' ' || (!result.empty() && result.back() != ' ')) {
            result.push_back(c);
        }
    }
    if (!result.empty() && result.back() == ' ') {
        result.pop_back();
    }
    return result;
}

/// UDUNITS writes to a global status in every call, so one lock guards it together with the cache.
class UnitCache {
public:
    ParsedUnit get(std::string_view text) {
        const std::lock_guard lock(mutex_);
        if (const auto found = units_.find(text); found != units_.end()) {
            return found->second;
        }
        const std::string plain = with_single_spaces(text);
        ParsedUnit unit = Parser(system_, plain).run();
        if (units_.size() >= cache_size) {
            units_.clear();
        }
        units_.emplace(text, unit);
        return unit;
    }

private:
    std::mutex mutex_;
    System system_;
    std::map<std::string, ParsedUnit, std::less<>> units_;
};

} // namespace

ParsedUnit parse_unit(std::string_view text) {
    if (text.size() > longest_text) {
        throw UnitError(fmt::format("'{}' is not a unit: it is longer than {} bytes",
                                    utf8::shorten(text, 40), longest_text));
    }
    if (text.find_first_not_of(' ') == std::string_view::npos) {
        throw UnitError("the unit is missing");
    }
    static UnitCache cache;
    return cache.get(text);
}

} // namespace chainsim::units::detail
