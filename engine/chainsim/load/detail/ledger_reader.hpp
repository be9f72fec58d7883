#pragma once

#include <chainsim/load/detail/study_reader.hpp>

namespace chainsim::load::detail {

/// Reads `ledger_sources` into the study, whose facilities and projects are read already. What is
/// used is at most what was verified, no plant gives twice, and what stood idle gives nothing.
void read_ledger_sources(const Sections& sections, const model::Model& model, Study& study,
                         const ReadingContext& context);

/// Reads `ledger_rules` into the study; a debt is counted by one rule.
void read_ledger_rules(const Sections& sections, const model::Model& model, Study& study,
                       const ReadingContext& context);

} // namespace chainsim::load::detail
