#pragma once

#include <chainsim/base/error.hpp>
#include <chainsim/model/model.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace chainsim::graph {

/// A word that names no commodity and no family; `what()` offers the nearest known word.
class UnknownCommodity : public Error {
public:
    using Error::Error;
};

/// What a word of the plan means: one commodity, or the members of a family.
struct Meaning {
    std::string word; ///< as it was asked
    std::string id;   ///< of the commodity or the family
    model::Name name;
    bool family = false;
    std::vector<model::Index<model::Commodity>> members; ///< of a commodity: itself
};

/// The commodity or family of an id, an alias or a name, Chinese or English.
///
/// An id goes before an alias, a commodity before a family. Upper and lower case are one, and so
/// are blanks, hyphens and underscores: "Coke-oven gas" is `coke_oven_gas`.
///
/// Errors  UnknownCommodity
[[nodiscard]] Meaning look_up(const model::Model& model, std::string_view word);

} // namespace chainsim::graph
