#pragma once

#include <chainsim/model/commodity.hpp>
#include <chainsim/model/registry.hpp>
#include <chainsim/model/unit_standard.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::model {

/// What is replaced or offset; debts of one kind are not paid with another.
enum class LedgerKind { capacity, energy, coal, so2, nox, pm, voc };

inline constexpr std::array ledger_kinds{LedgerKind::capacity, LedgerKind::energy, LedgerKind::coal,
                                         LedgerKind::so2,      LedgerKind::nox,    LedgerKind::pm,
                                         LedgerKind::voc};

[[nodiscard]] std::string_view to_string(LedgerKind kind);
/// In what it is counted, per year; of capacity, that is the unit of the commodity.
[[nodiscard]] std::string_view unit_of(LedgerKind kind);

/// That part of a source which a project uses up.
struct LedgerUse {
    std::string project;
    double amount = 0.0; ///< in the unit of the kind
};

/// What was given up and verified, to be set against what is new (置换/削减来源).
struct LedgerSource {
    std::string id;
    Name name;
    LedgerKind kind = LedgerKind::capacity;
    std::optional<Index<Commodity>> commodity; ///< whose capacity it was; of capacity only
    std::string facility;                      ///< of the study, or empty: it lay outside of it
    double amount = 0.0;                       ///< verified, in the unit of the kind
    Datum datum;                               ///< the amount as written
    int stopped = 0;                           ///< the first year without it
    bool idle_2020 = false;                    ///< stood still all of 2020, and cannot serve
    std::string document;                      ///< that verifies it
    std::vector<LedgerUse> uses;
    Provenance provenance;
};

/// How much must be given up for what is new.
struct LedgerRule {
    std::string id;
    Name name;
    LedgerKind kind = LedgerKind::capacity;
    /// Capacity: each is a debt of its own. Else: projects that make one of them are bound, whole,
    /// with all of their plants; none: all projects.
    std::vector<Index<Commodity>> products;
    std::vector<Index<Commodity>> carriers; ///< what counts as coal; of coal only
    Datum ratio;        ///< given up per unit of what is new; with its range where it is unsure
    EditionYears years; ///< projects that start in these years are bound
    Provenance provenance;
};

} // namespace chainsim::model
