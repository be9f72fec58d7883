#include <chainsim/base/error.hpp>
#include <chainsim/base/kernel_choice.hpp>
#include <chainsim/number/detail/replay.hpp>
#include <chainsim/number/program.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <map>
#include <tuple>
#include <utility>

namespace chainsim::number {

namespace {

/// Operands below nothing are constants, by ~place.
std::size_t constant_of(int operand) { return static_cast<std::size_t>(-(operand + 1)); }

/// Puts the steps that outputs need in order of depth and kind.
class Arranger {
public:
    explicit Arranger(const Tape& tape) : tape_(tape), known_(tape.steps().size(), -1) {}

    /// The unique step of an output by its position in `steps`, or ~constant.
    int place(const Number& output) {
        return output.is_constant() ? constant(output.value())
                                    : known_[static_cast<std::size_t>(output.node())];
    }

    void read(const std::vector<Number>& outputs) {
        std::vector<char> needed(tape_.steps().size(), 0);
        for (const auto& one : outputs) {
            if (!one.is_constant()) {
                needed[static_cast<std::size_t>(one.node())] = 1;
            }
        }
        for (std::size_t i = needed.size(); i-- > 0;) {
            const Step& step = tape_.steps()[i];
            if (needed[i] != 0 && step.operation != Operation::input) {
                for (const int operand : {step.a, step.b}) {
                    if (operand >= 0) {
                        needed[static_cast<std::size_t>(operand)] = 1;
                    }
                }
            }
        }
        for (std::size_t i = 0; i < needed.size(); ++i) {
            if (needed[i] != 0) {
                known_[i] = add(tape_.steps()[i]);
            }
        }
    }

    struct Unique {
        Operation operation = Operation::input;
        int a = 0; ///< unique step, or ~constant; of an input its parameter
        int b = 0;
        int depth = 0;
    };
    [[nodiscard]] const std::vector<Unique>& steps() const { return steps_; }
    [[nodiscard]] const std::vector<double>& constants() const { return constants_; }

private:
    int operand(int one) {
        return one >= 0 ? known_[static_cast<std::size_t>(one)]
                        : constant(tape_.constants()[constant_of(one)]);
    }

    [[nodiscard]] int depth(int one) const {
        return one < 0 ? 0 : steps_[static_cast<std::size_t>(one)].depth;
    }

    int constant(double value) {
        const auto [found, is_new] = places_.try_emplace(std::bit_cast<std::uint64_t>(value),
                                                         static_cast<int>(constants_.size()));
        if (is_new) {
            constants_.push_back(value);
        }
        return ~found->second;
    }

    int add(const Step& step) {
        Unique one{step.operation, step.a, step.b, 0};
        if (step.operation != Operation::input) {
            one.a = operand(step.a);
            one.b = operand(step.b);
            const bool commutes =
                step.operation == Operation::add || step.operation == Operation::multiply;
            if (commutes && one.b < one.a) {
                std::swap(one.a, one.b);
            }
            one.depth = 1 + std::max(depth(one.a), depth(one.b));
        }
        const auto [found, is_new] =
            seen_.try_emplace({one.operation, one.a, one.b}, static_cast<int>(steps_.size()));
        if (is_new) {
            steps_.push_back(one);
        }
        return found->second;
    }

    const Tape& tape_;
    std::vector<int> known_; ///< node -> unique step
    std::vector<Unique> steps_;
    std::vector<double> constants_;
    std::map<std::uint64_t, int> places_; ///< bits of a constant -> its place
    std::map<std::tuple<Operation, int, int>, int> seen_;
};

} // namespace

Program::Program(const Tape& tape, const std::vector<Number>& outputs) {
    Arranger arranger(tape);
    arranger.read(outputs);
    std::vector<int> wanted;
    wanted.reserve(outputs.size());
    for (const auto& one : outputs) {
        wanted.push_back(arranger.place(one));
    }
    const auto& steps = arranger.steps();
    constants_ = arranger.constants();
    cells_ = static_cast<int>(constants_.size());

    std::vector<int> order(steps.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = static_cast<int>(i);
    }
    const auto key = [&steps](int i) {
        const auto& one = steps[static_cast<std::size_t>(i)];
        return std::tuple(one.depth, one.operation, i);
    };
    std::sort(order.begin(), order.end(), [&key](int x, int y) { return key(x) < key(y); });

    std::vector<int> cell(steps.size(), -1);
    const auto place = [&cell](int operand) {
        return operand < 0 ? ~operand : cell[static_cast<std::size_t>(operand)];
    };
    int depth = 0;
    for (const int i : order) {
        const auto& one = steps[static_cast<std::size_t>(i)];
        const int own = cells_++;
        cell[static_cast<std::size_t>(i)] = own;
        if (one.operation == Operation::input) {
            inputs_.push_back({one.a, own});
            continue;
        }
        const auto kind = static_cast<std::uint8_t>(one.operation);
        if (runs_.empty() || runs_.back().operation != kind || depth != one.depth) {
            runs_.push_back({kind, 0, own, static_cast<int>(a_.size())});
            depth = one.depth;
        }
        ++runs_.back().count;
        a_.push_back(place(one.a));
        b_.push_back(place(one.b));
    }
    outputs_.reserve(outputs.size());
    for (const int one : wanted) {
        outputs_.push_back(place(one));
    }
}

void Program::prepare(double* cells) const {
    for (const double constant : constants_) {
        std::fill_n(cells, vector_lanes, constant);
        cells += vector_lanes;
    }
}

void Program::replay(double* cells) const {
    using namespace detail; // where the namespaces of the instruction sets are
    static const auto best = CHAINSIM_KERNEL(vector_isa(), replay);
    best(runs_.data(), static_cast<int>(runs_.size()), a_.data(), b_.data(), cells);
}

void Program::pull_back(const std::vector<double>& values, std::vector<double>& slopes) const {
    const auto at = [](int cell) { return static_cast<std::size_t>(cell); };
    for (std::size_t k = runs_.size(); k-- > 0;) {
        const auto* run = &runs_[k];
        for (int i = run->count; i-- > 0;) {
            const double slope = slopes[at(run->result + i)];
            if (slope == 0.0) {
                continue;
            }
            const auto a = at(a_[at(run->first + i)]);
            const auto b = at(b_[at(run->first + i)]);
            switch (static_cast<Operation>(run->operation)) {
            case Operation::add:
                slopes[a] += slope;
                slopes[b] += slope;
                break;
            case Operation::subtract:
                slopes[a] += slope;
                slopes[b] -= slope;
                break;
            case Operation::multiply:
                slopes[a] += slope * values[b];
                slopes[b] += slope * values[a];
                break;
            case Operation::divide:
                slopes[a] += slope / values[b];
                slopes[b] -= slope * values[a] / (values[b] * values[b]);
                break;
            case Operation::larger:
                slopes[values[a] < values[b] ? b : a] += slope;
                break;
            case Operation::smaller:
                slopes[values[b] < values[a] ? b : a] += slope;
                break;
            case Operation::magnitude:
                slopes[a] += values[a] < 0.0 ? -slope : (values[a] > 0.0 ? slope : 0.0);
                break;
            case Operation::input:
                break;
            }
        }
    }
}

} // namespace chainsim::number
