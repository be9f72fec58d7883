#pragma once

#include <chainsim/number/number.hpp>

#include <unordered_map>
#include <vector>

namespace chainsim::number {

/// One step: an operation on two operands. Operands below `constants` of the tape count nodes;
/// a constant is stated as ~index into the constants.
struct Step {
    Operation operation = Operation::input;
    int a = 0; ///< node, or ~constant; of an input the number of its parameter
    int b = 0; ///< node, or ~constant
};

/// How numbers were made from parameters, step by step.
///
/// A parameter is whatever a figure of a scenario is known by: its address. The tape is told which
/// figures are parameters before it records; all others are constants.
class Tape {
public:
    /// A figure, by its address, becomes a parameter; the number of it. Two figures may be one.
    void add_parameter(const void* figure, int parameter);

    /// A figure as it is read: a node if it is a parameter, else the value alone. `scale` turns a
    /// value of the parameter into what is read.
    [[nodiscard]] Number read(const void* figure, double value, double scale);

    /// Remembers an operation; -> its node.
    [[nodiscard]] int remember(Operation operation, const Number& a, const Number& b);

    [[nodiscard]] const std::vector<Step>& steps() const noexcept { return steps_; }
    [[nodiscard]] const std::vector<double>& constants() const noexcept { return constants_; }

private:
    [[nodiscard]] int operand(const Number& one);

    std::unordered_map<const void*, int> parameters_;
    std::unordered_map<int, int> inputs_; ///< parameter -> node
    std::vector<Step> steps_;             ///< by node
    std::vector<double> constants_;
};

/// While it lives, numbers of this thread are recorded on a tape.
class Recording {
public:
    explicit Recording(Tape& tape);
    ~Recording();
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;
    Recording(Recording&&) = delete;
    Recording& operator=(Recording&&) = delete;

private:
    Tape* before_;
};

/// A figure of a scenario as an account reads it: `value` = `scale` times what the figure says.
/// Without a recording, or if the figure is no parameter of it, a constant.
[[nodiscard]] Number read(const void* figure, double value, double scale);

/// Whether a recording goes on in this thread.
[[nodiscard]] bool is_recording();

} // namespace chainsim::number
