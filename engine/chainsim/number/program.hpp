#pragma once

#include <chainsim/number/detail/replay.hpp>
#include <chainsim/number/tape.hpp>

#include <cstdint>
#include <vector>

namespace chainsim::number {

/// What a tape computes of some of its nodes, for eight draws of the parameters at once.
///
/// Built once: steps that no output needs are left out, equal ones are made one, and the rest is
/// put in runs of one kind, so that the machine meets long loops over lanes and no decisions.
///
/// Shapes   cells: `cells()` x 8 doubles, cell by cell (lane within), 64-byte aligned.
/// Threads  const after construction; one array of cells per thread.
/// Cost     one load or two, an operation and a store per step and eight draws.
class Program {
public:
    /// `outputs`: numbers of the tape, or constants.
    Program(const Tape& tape, const std::vector<Number>& outputs);

    [[nodiscard]] int cells() const noexcept { return cells_; }
    [[nodiscard]] int steps() const noexcept { return static_cast<int>(a_.size()); }
    /// Which parameters are needed, and in which cell each is expected.
    struct Input {
        int parameter = 0;
        int cell = 0;
    };
    [[nodiscard]] const std::vector<Input>& inputs() const noexcept { return inputs_; }
    /// The cell of an output, by its position in the list that was asked for.
    [[nodiscard]] int cell(std::size_t output) const { return outputs_[output]; }

    /// Writes the constants: once per array of cells.
    void prepare(double* cells) const;
    /// Computes every cell from constants and inputs.
    void replay(double* cells) const;

    /// Adds to `slopes` (by cell, one double each; outputs seeded by the caller, all else zero) how
    /// the seeded sum of outputs moves with each cell, inputs at last. `values`: by cell, one lane.
    /// At a tie of `larger` or `smaller` the first operand has it; at zero `magnitude` has slope 0.
    void pull_back(const std::vector<double>& values, std::vector<double>& slopes) const;

private:
    int cells_ = 0;
    std::vector<double> constants_; ///< in the first cells
    std::vector<Input> inputs_;
    std::vector<detail::Run> runs_;
    std::vector<int> a_; ///< operand cells, in the order of the runs
    std::vector<int> b_;
    std::vector<int> outputs_;
};

} // namespace chainsim::number
