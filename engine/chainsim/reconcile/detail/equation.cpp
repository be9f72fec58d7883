#include <chainsim/reconcile/detail/equation.hpp>
#include <chainsim/units/quantity.hpp>

#include <fmt/format.h>

#include <cctype>
#include <cstddef>
#include <utility>

namespace chainsim::reconcile::detail {

namespace {

constexpr std::size_t most_names = 2;

bool is_digit(char character) { return std::isdigit(static_cast<unsigned char>(character)) != 0; }

class EquationParser {
public:
    explicit EquationParser(std::string_view text) : text_(text) {}

    std::vector<EquationTerm> parse() {
        side(1.0);
        if (!take('=')) {
            throw EquationError(rest().empty() ? "there is no '='"
                                               : fmt::format("'{}' is not expected", rest()));
        }
        side(-1.0);
        if (!rest().empty()) {
            throw EquationError(fmt::format("'{}' is not expected", rest()));
        }
        return std::move(terms_);
    }

private:
    void skip() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) {
            ++at_;
        }
    }
    [[nodiscard]] std::string_view rest() {
        skip();
        return text_.substr(at_);
    }
    bool take(char character) {
        skip();
        const bool is_there = at_ < text_.size() && text_[at_] == character;
        at_ += is_there ? 1 : 0;
        return is_there;
    }

    void side(double sign) {
        bool is_first = true;
        while (true) {
            if (take('-')) {
                term(-sign);
            } else if (take('+') || is_first) {
                term(sign);
            } else {
                return;
            }
            is_first = false;
        }
    }

    void term(double sign) {
        EquationTerm one{sign, {}};
        skip();
        bool is_open = true; // something must come
        if (at_ < text_.size() && is_digit(text_[at_])) {
            one.factor *= number();
            is_open = take('*');
        }
        while (at_ < text_.size() && one.names.size() < most_names) {
            skip();
            if (!is_open && !starts_name()) {
                break;
            }
            one.names.push_back(name());
            is_open = take('*');
            if (!is_open) {
                break;
            }
        }
        if (is_open) {
            throw EquationError(rest().empty() ? "it ends too early"
                                               : fmt::format("'{}' is not expected", rest()));
        }
        terms_.push_back(std::move(one));
    }

    double number() {
        const std::size_t begin = at_;
        const auto digits = [this] {
            while (at_ < text_.size() && is_digit(text_[at_])) {
                ++at_;
            }
        };
        digits();
        if (at_ < text_.size() && text_[at_] == '.') {
            ++at_;
            digits();
        }
        const std::string word(text_.substr(begin, at_ - begin));
        try {
            return units::parse_number(word);
        } catch (const Error&) {
            throw EquationError(fmt::format("'{}' is no number", word));
        }
    }

    [[nodiscard]] bool starts_name() const {
        constexpr std::string_view signs = "+-*=]";
        return at_ < text_.size() && signs.find(text_[at_]) == std::string_view::npos;
    }

    std::string name() {
        if (take('[')) {
            const auto end = text_.find(']', at_);
            if (end == std::string_view::npos) {
                throw EquationError("'[' is not closed");
            }
            std::string word(text_.substr(at_, end - at_));
            at_ = end + 1;
            return word;
        }
        constexpr std::string_view ends = " \t+-*=[]";
        const auto end = std::min(text_.find_first_of(ends, at_), text_.size());
        if (end == at_) {
            throw EquationError(rest().empty() ? "it ends too early"
                                               : fmt::format("'{}' is not expected", rest()));
        }
        std::string word(text_.substr(at_, end - at_));
        at_ = end;
        return word;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<EquationTerm> terms_;
};

} // namespace

std::vector<EquationTerm> parse_equation(std::string_view text) {
    return EquationParser(text).parse();
}

} // namespace chainsim::reconcile::detail
