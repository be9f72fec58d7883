#pragma once

#include <cstdint>

namespace chainsim::number {

/// What a tape remembers of how a number was made.
enum class Operation : std::uint8_t {
    input,    ///< the value of a parameter
    add,      ///< a + b
    subtract, ///< a - b
    multiply, ///< a * b
    divide,   ///< a / b
    larger,   ///< max(a, b)
    smaller,  ///< min(a, b)
    magnitude ///< |a|
};

/// A double that remembers what it was made from, while a `Recording` goes on in this thread.
///
/// Accounts are written once, in terms of it. Without a recording it is a double and nothing more.
/// With one, whatever depends on a parameter becomes a node of the tape, which can then be computed
/// again for other values of the parameters (`Program`), and differentiated.
///
/// Comparisons look at the value alone: which way a program went is part of the recording. A tape
/// is good for parameters that do not turn a comparison; `larger` and `smaller` are remembered.
class Number {
public:
    Number() = default;
    Number(double value)
        : value_(value) {} // NOLINT(google-explicit-constructor): a constant is one
    Number(double value, int node) : value_(value), node_(node) {}

    [[nodiscard]] double value() const noexcept { return value_; }
    /// Of the tape that was recording; -1: depends on no parameter.
    [[nodiscard]] int node() const noexcept { return node_; }
    [[nodiscard]] bool is_constant() const noexcept { return node_ < 0; }
    /// Zero, and no parameter can make it anything else.
    [[nodiscard]] bool is_nothing() const noexcept { return node_ < 0 && value_ == 0.0; }

    Number& operator+=(const Number& other);
    Number& operator-=(const Number& other);
    Number& operator*=(const Number& other);

    friend bool operator<(const Number& a, const Number& b) { return a.value_ < b.value_; }
    friend bool operator>(const Number& a, const Number& b) { return a.value_ > b.value_; }
    friend bool operator<=(const Number& a, const Number& b) { return a.value_ <= b.value_; }
    friend bool operator>=(const Number& a, const Number& b) { return a.value_ >= b.value_; }
    friend bool operator==(const Number& a, const Number& b) { return a.value_ == b.value_; }

private:
    double value_ = 0.0;
    int node_ = -1;
};

namespace detail {
/// The node of an operation in the tape that is recording.
[[nodiscard]] int remember(Operation operation, const Number& a, const Number& b);
} // namespace detail

[[nodiscard]] inline Number made(double value, Operation operation, const Number& a,
                                 const Number& b) {
    return a.is_constant() && b.is_constant() ? Number(value)
                                              : Number(value, detail::remember(operation, a, b));
}

[[nodiscard]] inline Number operator+(const Number& a, const Number& b) {
    return made(a.value() + b.value(), Operation::add, a, b);
}
[[nodiscard]] inline Number operator-(const Number& a, const Number& b) {
    return made(a.value() - b.value(), Operation::subtract, a, b);
}
[[nodiscard]] inline Number operator*(const Number& a, const Number& b) {
    return made(a.value() * b.value(), Operation::multiply, a, b);
}
[[nodiscard]] inline Number operator/(const Number& a, const Number& b) {
    return made(a.value() / b.value(), Operation::divide, a, b);
}
[[nodiscard]] inline Number operator-(const Number& a) { return Number(-1.0) * a; }

[[nodiscard]] inline Number larger(const Number& a, const Number& b) {
    return made(a < b ? b.value() : a.value(), Operation::larger, a, b);
}
[[nodiscard]] inline Number smaller(const Number& a, const Number& b) {
    return made(b < a ? b.value() : a.value(), Operation::smaller, a, b);
}
[[nodiscard]] inline Number magnitude(const Number& a) {
    return made(a.value() < 0.0 ? -a.value() : a.value(), Operation::magnitude, a, a);
}

/// 1 or 0, in every draw anew: where a comparison would be made once. Positive is what is more than
/// 1e-12; its slope is nothing there and at nothing.
[[nodiscard]] inline Number is_positive(const Number& a) {
    constexpr double steep = 2e12;
    return smaller(larger(a * steep - 1.0, 0.0), 1.0);
}

inline Number& Number::operator+=(const Number& other) { return *this = *this + other; }
inline Number& Number::operator-=(const Number& other) { return *this = *this - other; }
inline Number& Number::operator*=(const Number& other) { return *this = *this * other; }

} // namespace chainsim::number
