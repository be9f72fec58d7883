#pragma once

#include <chainsim/solve/detail/valves.hpp>

#include <cstdint>
#include <vector>

namespace chainsim::solve::detail {

/// An end of a step: a level, or one in proportion to what is still elastic.
struct End {
    double level = 0.0;
    double per_share = 0.0;
    [[nodiscard]] double at(double share) const {
        return per_share > 0.0 ? per_share * share : level;
    }
};

/// One rung or class on the ladder of a row. Its level runs from `scarce` to `ample` as the row
/// turns; the row trades `trade + elastic * share + slope * level`.
struct Step {
    Rung rung = Rung::buy;
    int cls = 0;
    End scarce;
    End ample;
    double trade = 0.0;
    double elastic = 0.0;
    double slope = 0.0;
    Range open; ///< members whose limit is the level
    [[nodiscard]] bool is_level() const { return slope == 0.0; }
};

/// The ladders of all rows along a path, and the chain that they belong to. In it weights and
/// capacities are moved by a few parts in 10^7, differently for each `attempt`, and every commodity
/// has a trace of demand, so that no two bends of the path fall together. By how much depends on
/// what columns and rows hold, not on their numbers, unless two hold just the same.
class PathLadders {
public:
    PathLadders(const Valves& valves, int attempt, const std::vector<char>& elastic_rows);
    PathLadders(const PathLadders&) = delete; // the valves refer to the equations beside them
    PathLadders& operator=(const PathLadders&) = delete;
    PathLadders(PathLadders&&) = delete;
    PathLadders& operator=(PathLadders&&) = delete;
    ~PathLadders() = default;

    [[nodiscard]] const system::Equations& equations() const { return equations_; }
    [[nodiscard]] const Valves& valves() const { return valves_; }
    /// Whether the path leads to the plentiful chain; else to the real one.
    [[nodiscard]] bool is_plentiful() const { return plentiful_; }
    /// From short to abundant.
    [[nodiscard]] const std::vector<Step>& steps(int r) const {
        return steps_[static_cast<std::size_t>(r)];
    }

private:
    /// What columns and rows go by, however they are numbered.
    struct Names {
        std::vector<std::uint64_t> column;
        std::vector<std::uint64_t> row;
    };

    [[nodiscard]] static Names name(const system::Equations& eq);
    [[nodiscard]] static system::Equations moved(system::Equations eq, const Names& names,
                                                 int attempt);
    void add_row(int r);
    void add_classes(int r, Rung rung, double trade, double elastic);
    [[nodiscard]] double top_level(Range range) const;

    bool plentiful_;
    Names names_;
    system::Equations equations_;
    Valves valves_;
    std::vector<std::vector<Step>> steps_; // by row
};

} // namespace chainsim::solve::detail
