#pragma once

#include <chainsim/footprint/footprint.hpp>

#include <vector>

namespace chainsim::footprint {

/// A part of a footprint. The parts of one sum to it, exactly.
struct Branch {
    enum class Kind {
        commodity, ///< with all that it is made of
        own,       ///< what its suppliers burden themselves
        replaced,  ///< a commodity that coproducts replace: below zero
        rest,      ///< what is too small to be shown
    };
    Kind kind = Kind::commodity;
    int row = -1;              ///< the commodity; of `own` the one that is supplied
    double amount = 0.0;       ///< units of the commodity, per unit of the root
    double burden = 0.0;       ///< per unit of the root
    int count = 0;             ///< of `rest`: how many parts
    std::vector<Branch> parts; ///< the largest first; empty: not divided any further
};

struct TreeLimits {
    double smallest = 0.01; ///< share of the whole below which nothing is shown or divided
    int depth = 6;
};

/// What a unit of a commodity is made of, by one burden. Loops are followed until they are too
/// small.
[[nodiscard]] Branch tree_of(const Footprint& footprint, int row, int burden,
                             const TreeLimits& limits = {});

/// One way from the root to a supplier that burdens itself.
struct StructuralPath {
    std::vector<int> rows; ///< from the root on
    double amount = 0.0;   ///< units of the last, per unit of the root
    double burden = 0.0;   ///< what the suppliers of the last burden themselves for it
};

struct StructuralPaths {
    std::vector<StructuralPath> paths; ///< the largest first, by size
    double remainder = 0.0;            ///< of the whole, what all other ways bring
    bool is_complete =
        true; ///< false: so many ways were looked at that a larger may be among the rest
};

/// The largest ways. Best first: no way is larger than what is still before it.
[[nodiscard]] StructuralPaths paths_of(const Footprint& footprint, int row, int burden,
                                       std::size_t most);

} // namespace chainsim::footprint
