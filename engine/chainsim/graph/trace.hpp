#pragma once

#include <chainsim/graph/lookup.hpp>
#include <chainsim/model/scenario.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chainsim::graph {

/// How two commodities belong together.
enum class Relation {
    path,     ///< a chain of processes makes the one into the other
    siblings, ///< no such chain, but both are made from one commodity
    family,   ///< a family was asked for, and a member of it answers by a path
    absent    ///< none of these
};

[[nodiscard]] std::string_view to_string(Relation relation);

/// An amount of a commodity that a facility takes in a year.
struct Taken {
    model::Index<model::Facility> facility;
    model::Index<model::Commodity> commodity;
    double amount = 0.0; ///< unit of account per year
};

/// A solved year, as far as a trace needs it.
struct YearFlows {
    std::vector<Taken> taken;
    /// By commodity: all that is used, locally, by sale, by delivery or by disposal.
    std::vector<double> used;
};

/// One way from a commodity to another, step by step.
struct Way {
    std::vector<model::Index<model::Commodity>> commodities;            ///< first and last included
    std::vector<std::vector<model::Index<model::Process>>> processes;   ///< by step: any of them
    std::vector<std::vector<model::Index<model::Facility>>> facilities; ///< by step; empty: none
    bool built = false; ///< every step has a facility of the scenario
};

/// The answer to: what has A to do with B?
struct Trace {
    Meaning from;
    Meaning to;
    Relation relation = Relation::absent;
    /// The commodities that answer: those asked for, or members of a family.
    std::optional<model::Index<model::Commodity>> source;
    std::optional<model::Index<model::Commodity>> target;
    std::vector<Way> ways; ///< shortest first, those that are built before all others; a few
    bool built = false;    ///< the facilities of the scenario make A into B
    /// What part of all A goes on into B, of families what part of all members into any member;
    /// absent where there is no path or no solved year.
    std::optional<double> share;
    std::vector<model::Index<model::Commodity>> parents; ///< of siblings, nearest first
    bool reverse = false; ///< no way leads from A to B, but one leads from B to A
};

/// A commodity that another is made into.
struct Reached {
    model::Index<model::Commodity> commodity;
    int steps = 0;
    bool built = false;
    std::optional<double> share;
};

/// Relates two commodities, or families, over the processes of the library.
///
/// A *path* is a chain of carriage steps (see carriage.hpp) from A to B; a commodity is a path of
/// no step to itself. For a family a member that answers by a path stands for it, one with
/// facilities before one without, of those the one with the largest share, else the first.
/// *Siblings* are commodities of which one is made from a common parent in one step, and the other
/// in one or two, by steps in which the parent is a main feedstock.
///
/// The share of A that goes on into B, in a solved year, is the part of all A used (by facilities,
/// sale, delivery and disposal) that enters a facility where A moves on into B, or into something
/// of which a part goes on into B; each step multiplies by the part that goes on. With r(B) = 1 of
/// B, or of all members of a family B at once,
///     r(c) = sum over facilities f of  taken(f, c) / used(c) x max over outputs o of f  r(o)
/// where o runs over what c moves on into at f. A facility with several products counts whole: of
/// the tar that is distilled all goes on into phenol oil, though most of it becomes pitch. What B
/// itself is used for has no say. The share of a family A is that of its members' tonnes. If no A
/// is used in the year, the share is zero.
///
/// Errors  UnknownCommodity for a word that means nothing.
[[nodiscard]] Trace trace(const model::Scenario& scenario, int year, std::string_view from,
                          std::string_view to, const YearFlows* flows = nullptr);

/// All that a commodity, or the members of a family, are made into: what the scenario's facilities
/// make before what only the library could make, nearest first, then by id.
[[nodiscard]] std::vector<Reached> trace_all(const model::Scenario& scenario, int year,
                                             std::string_view from,
                                             const YearFlows* flows = nullptr);

} // namespace chainsim::graph
