#pragma once

#include <chainsim/draws/detail/mixing.hpp>
#include <chainsim/draws/detail/shape_kernels.hpp>
#include <chainsim/draws/plan.hpp>

#include <optional>
#include <vector>

namespace chainsim::draws::detail {

/// Parameters of one shape that follow each other in a block.
struct ShapeRun {
    Shape shape = Shape::uniform;
    int first = 0; ///< in the block
    int count = 0;
    std::vector<double> figures; ///< see shape_kernels.hpp
    std::vector<int> targets;    ///< numbers of the parameters
};

/// Parameters whose uniforms are made together: independent ones, or a group.
struct Block {
    int first_dimension = 0; ///< a multiple of four
    int count = 0;
    std::optional<Mixing> mixing; ///< of a group
    std::vector<ShapeRun> runs;
};

/// Parameters in the order in which they are computed: by shape, so that each loop is of one kind.
struct Layout {
    std::vector<Block> blocks;
    int dimensions = 0;
    int largest = 0; ///< block
};

/// Of checked marginals. SampleError if the groups do not fit.
[[nodiscard]] Layout make_layout(const std::vector<Marginal>& marginals,
                                 const std::vector<Group>& groups);

} // namespace chainsim::draws::detail
