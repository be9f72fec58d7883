#pragma once

#include <chainsim/model/model.hpp>

#include <vector>

namespace chainsim::graph {

/// A step in which a process makes one commodity out of another.
struct Step {
    model::Index<model::Process> process;
    model::Index<model::Commodity> from;
    model::Index<model::Commodity> to;
    bool main = false; ///< `from` is at least a tenth of the mass of all feedstocks

    friend bool operator==(const Step&, const Step&) = default;
};

/// All steps in which material moves on along a chain, by process, then `from`, then `to`.
///
/// A planner who asks whether tar becomes carbon black means the tar itself, not the power, water
/// or caustic soda that are used on the way. So an input moves on into an output
///   - as `feedstock`, into the product and each coproduct; into a by-product only if the two share
///     an element, of which the input brings and the by-product takes at least 3 % of what the
///     process handles (phenol oil is no source of the soda that its extraction leaves);
///   - as `reagent`, only into outputs of which each element that it stands for is at least 1 %, of
///   one
///     of which it brings at least 3 % (sulphuric acid moves on into ammonium sulphate, caustic
///     soda not into phenol), and only if it is used up (wash oil comes out again);
///   - as `fuel`, only into power, steam or heat;
///   - as `utility` or `catalyst`, never.
/// Water moves on into water only, power and heat likewise. A waste counts as a by-product if it is
/// a stream of its own (gangue, ammonia liquor), not if it is a loss of a good. An output that is
/// also an input of the process is what was left over, not a product.
///
/// Elements are those of the compositions but for hydrogen and oxygen, which are everywhere; a
/// commodity without any other, such as hydrogen gas, is judged by them; as a reagent it moves on
/// into products and coproducts only.
///
/// Cost  a few operations for each pair of input and output of each process.
[[nodiscard]] std::vector<Step> carriage(const model::Model& model);

} // namespace chainsim::graph
