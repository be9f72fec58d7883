#pragma once

#include <chainsim/solve/straight_line.hpp>
#include <chainsim/system/equations.hpp>

#include <memory>

namespace chainsim::solve {

/// The dispatch of eight draws of the figures at once, by the sweeps of `Dispatch` in lanes: from
/// full capacity down, until nothing moves.
///
/// It has no Newton steps and no paths, and says which draws it could not do: those that do not
/// come to rest or balance, whose demand cannot be met, and those in which facilities stand still
/// because of each other. They need a dispatch of their own. It comes to rest within 1e-10 of each
/// capacity, and rows balance to 1e-9 of what passes.
///
/// Shapes   figures in cells of eight doubles, 64-byte aligned.
/// Threads  const after construction; one `Workspace` per thread.
/// Cost     some thirty sweeps for eight draws, after the first few over the rows of slow loops
///          alone: 0.06 ms a draw for 330 facilities and 380 commodities with AVX-512.
class LaneDispatch {
public:
    /// Roles, priorities and trades that are possible at all are those of the equations; so is
    /// which net flows are nothing.
    explicit LaneDispatch(const system::Equations& equations);
    ~LaneDispatch();
    LaneDispatch(LaneDispatch&&) noexcept;
    LaneDispatch& operator=(LaneDispatch&&) noexcept;
    LaneDispatch(const LaneDispatch&) = delete;
    LaneDispatch& operator=(const LaneDispatch&) = delete;

    class Workspace {
    public:
        explicit Workspace(const LaneDispatch& dispatch);
        ~Workspace();
        Workspace(Workspace&&) noexcept;
        Workspace& operator=(Workspace&&) noexcept;
        Workspace(const Workspace&) = delete;
        Workspace& operator=(const Workspace&) = delete;

        /// Of a figure by `FigureIndex`: to be written before a solve.
        [[nodiscard]] double* figure(int index);

    private:
        friend class LaneDispatch;
        struct Data;
        std::unique_ptr<Data> data_;
    };

    /// What became of eight draws, one bit each.
    struct Outcome {
        unsigned solved = 0;
        /// Without a solution: a loop takes more of its own output than it makes.
        unsigned unproductive = 0;
    };

    /// Activities by column, then what is bought, sold and disposed of by row, into `amounts`. A
    /// draw that is neither solved nor unproductive needs a dispatch of its own.
    [[nodiscard]] Outcome solve(Workspace& work, double* amounts) const;

private:
    struct Tables;
    std::unique_ptr<Tables> tables_;
};

} // namespace chainsim::solve
