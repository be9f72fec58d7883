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

/// Other values of figures, by their addresses, in the units that these are written in.
using Figures = std::unordered_map<const void*, double>;

/// While it lives, this thread reads figures as other values; what is not among them stays.
class Replacing {
public:
    /// Refers to `figures`, which must outlive it.
    explicit Replacing(const Figures& figures);
    ~Replacing();
    Replacing(const Replacing&) = delete;
    Replacing& operator=(const Replacing&) = delete;
    Replacing(Replacing&&) = delete;
    Replacing& operator=(Replacing&&) = delete;

private:
    const Figures* before_;
};

/// A figure of a scenario as an account reads it: `value` = `scale` times what the figure says.
/// Without a recording, or if the figure is no parameter of it, a constant; another one where
/// figures are replaced. A recording reads figures as they are.
[[nodiscard]] Number read(const void* figure, double value, double scale);

/// Whether a recording goes on in this thread.
[[nodiscard]] bool is_recording();

/// Whether figures are read in this thread as they stand: neither recorded nor replaced.
[[nodiscard]] bool is_plain();

} // namespace chainsim::number
