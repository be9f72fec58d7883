#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/study/policies.hpp>
#include <chainsim/system/system.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chainsim::study {

/// What a project owes to a ledger, and what covers it.
struct LedgerEntry {
    model::Index<model::Project> project;
    double fresh = 0.0;    ///< what is new: capacity, or what its plants use or emit in the year
    double replaced = 0.0; ///< of plants that it replaces itself
    double assigned = 0.0; ///< of recorded sources, assigned to it
};

/// A debt of replacement or offset (置换/削减), judged for a year: what is new by projects that a
/// rule binds, times the ratio, less what was given up for each of them. A project is not covered
/// by what another has too much of.
///
/// Units  all amounts in `unit`, per year.
struct LedgerJudgement {
    std::string id; ///< of the rule
    model::Index<model::LedgerRule> rule;
    std::optional<model::Index<model::Commodity>> product; ///< of capacity
    std::string unit;
    double fresh = 0.0;
    double ratio = 0.0;
    double lowest_ratio = 0.0; ///< within the range of the ratio
    double highest_ratio = 0.0;
    double required = 0.0;
    double covered = 0.0;
    double uncovered = 0.0;
    double unassigned = 0.0; ///< verified of this kind, and used by nobody so far
    std::vector<LedgerEntry> entries;
    bool illustration = false; ///< the verdict rests on an assumed ratio
    Verdict verdict = Verdict::undetermined;
    /// What a verdict would need: `ratio`; `sources` where none of this kind is recorded; else ids
    /// of sources that nobody is recorded to use.
    std::vector<std::string> missing;
    std::string source; ///< of the ratio
    model::Confidence confidence = model::Confidence::assumption;
};

/// The debts of a solved year, by rule and product; those of which nothing is new are left out.
///
/// Energy is what plants take less what they give, power at its equivalent value where that is
/// known; pollutants are those of the accounts. A plant that a project replaces counts as it would
/// run at the load of its last year. Only what a record assigns covers anything.
[[nodiscard]] std::vector<LedgerJudgement> judge_ledgers(const model::Scenario& scenario,
                                                         const system::System& system,
                                                         const system::Solution& solution);

} // namespace chainsim::study
