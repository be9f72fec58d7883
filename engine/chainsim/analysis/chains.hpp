#pragma once

#include <chainsim/graph/trace.hpp>
#include <chainsim/system/system.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::analysis {

/// How far an arrow of a chain is there.
enum class LinkState {
    realised, ///< facilities that run carry it on
    idle,     ///< facilities are there, and none of it goes that way in the year
    possible, ///< processes of the library would do it, and some has no facility
    absent    ///< no process of the library does
};

[[nodiscard]] std::string_view to_string(LinkState state);

/// A facility on the way of an arrow, with the part of it that counts: what goes on of its output.
/// Of the acetylene plants, so much is on the way to PVC as acetylene goes into PVC.
struct Carrier {
    model::Index<model::Facility> facility;
    double part = 1.0; ///< 0 .. 1
};

/// An arrow of a chain: how a product of a step comes from the step before it.
struct Link {
    std::string from; ///< as the chain has it: a commodity or a family
    std::string to;
    LinkState state = LinkState::absent;
    bool siblings = false;           ///< both are made of one thing; realised if the second is made
    std::optional<double> share;     ///< of all that there is of `from`, what goes on into `to`
    std::vector<Carrier> facilities; ///< that carry it on and run
    std::vector<model::Index<model::Process>> missing; ///< without a facility, on the shortest way
};

/// A product that a chain names.
struct ChainProduct {
    std::string id;    ///< as the chain has it: a commodity or a family
    bool made = false; ///< a facility that runs makes it, or one of the family
    /// It is made, and of what the step before it names, where there is one: what goes on into it
    /// comes that way. Siblings are made of something else.
    bool along = false;
};

/// A chain of the plan in a solved year. A step is realised if one of its links is.
struct ChainProgress {
    model::Index<model::Chain> chain;
    std::vector<std::vector<Link>> steps; ///< one fewer than the chain's; best of each product
    int realised = 0;                     ///< steps
    int reached = 0;                      ///< steps realised one after the other from the first on
    /// What the steps after the first name; of a list of one step, all that it names.
    std::vector<ChainProduct> products;
    std::vector<Carrier> facilities; ///< of all its links, each once, with its largest part; of a
                                     ///< list of one step, those that make its products
    /// What these plants bring at the price table by their parts, CNY; what has no price (acetylene
    /// that is piped on) brings nothing to its maker and costs nothing to its user. A plant may
    /// serve several chains, so chains do not add up.
    double value_added = 0.0;
};

/// All chains of the scenario, by id. `system` and `solution` are a year of the scenario as
/// accounts::compile and a dispatch leave it, `flows` what moves in it.
[[nodiscard]] std::vector<ChainProgress> chain_progress(const model::Scenario& scenario,
                                                        const system::System& system,
                                                        const system::Solution& solution,
                                                        const graph::YearFlows& flows);

} // namespace chainsim::analysis
