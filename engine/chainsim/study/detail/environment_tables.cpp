#include <chainsim/study/detail/environment_tables.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/tables.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/number_text.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::study {

namespace detail {

namespace {

using table::Language;

std::string verdict_text(Verdict verdict, bool illustration, Language language) {
    std::string text(table::say("verdict_" + std::string(to_string(verdict)), language));
    if (illustration) {
        text += fmt::format(" ({})", table::say("illustration", language));
    }
    return text;
}

/// "1.25", or "1 .. 1.5" where the ratio is not sure.
std::string ratio_text(const LedgerJudgement& ledger) {
    return ledger.lowest_ratio < ledger.highest_ratio
               ? fmt::format("{} .. {}", table::reader_text(ledger.lowest_ratio),
                             table::reader_text(ledger.highest_ratio))
               : table::reader_text(ledger.ratio);
}

} // namespace

table::Table ledger_table(const model::Scenario& scenario, const YearRun& year, Language language) {
    table::Table table("ledgers",
                       {table::text_column("rule"), table::text_column("product"),
                        table::number_column("fresh"), table::text_column("ratio"),
                        table::number_column("required"), table::number_column("covered"),
                        table::number_column("uncovered"), table::number_column("unassigned"),
                        table::text_column("verdict"), table::text_column("unit")});
    for (const auto& ledger : year.ledgers()) {
        const auto& rule = scenario.ledger_rules[ledger.rule];
        const auto shown = [&](double value) {
            return ledger.product
                       ? for_reader(value, scenario.model.commodities[*ledger.product], language)
                       : for_reader(value, ledger.unit, language);
        };
        table.append(
            {name_in(rule.name, language),
             ledger.product ? name_in(scenario.model.commodities[*ledger.product].name, language)
                            : std::string{},
             shown(ledger.fresh).number, ratio_text(ledger), shown(ledger.required).number,
             shown(ledger.covered).number, shown(ledger.uncovered).number,
             shown(ledger.unassigned).number,
             verdict_text(ledger.verdict, ledger.illustration, language), shown(0.0).unit});
    }
    return table;
}

table::Table water_quota_table(const model::Scenario& scenario, const YearRun& year,
                               Language language) {
    std::vector<const QuotaJudgement*> order;
    order.reserve(year.water_quotas().size());
    for (const auto& one : year.water_quotas()) {
        order.push_back(&one);
    }
    const auto excess = [](const QuotaJudgement& one) {
        return one.verdict == Verdict::undetermined ? -std::numeric_limits<double>::infinity()
                                                    : -one.margin / std::abs(one.bound);
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](const auto* a, const auto* b) { return excess(*a) > excess(*b); });
    table::Table table("water_quotas",
                       {table::text_column("facility"), table::text_column("product"),
                        table::number_column("unit_water"), table::number_column("general"),
                        table::number_column("advanced_quota"), table::text_column("duty"),
                        table::text_column("verdict"), table::text_column("unit")});
    for (const auto* one : order) {
        table.append(
            {name_in(scenario.facilities[one->facility].name, language),
             name_in(scenario.model.water_quotas[one->quota].name, language), one->value,
             one->general, one->advanced,
             std::string(table::say(one->is_new ? "quota_advanced" : "quota_general", language)),
             verdict_text(one->verdict, one->illustration, language),
             for_reader(0.0, one->unit, language).unit});
    }
    return table;
}

} // namespace detail

table::Table ledgers_table(const Run& run) {
    using table::number_column;
    using table::text_column;
    table::Table table("ledgers", {table::whole_column("year"), text_column("id"),
                                   text_column("name_zh"),      text_column("name_en"),
                                   text_column("kind"),         text_column("product"),
                                   text_column("project"),      number_column("fresh"),
                                   number_column("ratio"),      number_column("ratio_low"),
                                   number_column("ratio_high"), number_column("required"),
                                   number_column("replaced"),   number_column("assigned"),
                                   number_column("covered"),    number_column("uncovered"),
                                   number_column("unassigned"), text_column("unit"),
                                   text_column("verdict"),      table::whole_column("illustration"),
                                   text_column("missing"),      text_column("source"),
                                   text_column("confidence")});
    const auto& scenario = run.scenario();
    for (const auto& year : run.years()) {
        for (const auto& one : year.ledgers()) {
            const auto& rule = scenario.ledger_rules[one.rule];
            const auto append = [&](const std::string& project, const LedgerEntry& sum,
                                    double covered, double uncovered, bool is_whole) {
                table.append(
                    {std::int64_t{year.year()},
                     one.id,
                     rule.name.zh,
                     rule.name.en,
                     std::string(model::to_string(rule.kind)),
                     one.product ? scenario.model.commodities[*one.product].id : std::string{},
                     project,
                     sum.fresh,
                     one.ratio,
                     one.lowest_ratio,
                     one.highest_ratio,
                     sum.fresh * one.ratio,
                     sum.replaced,
                     sum.assigned,
                     covered,
                     uncovered,
                     is_whole ? one.unassigned : table::absent,
                     one.unit,
                     is_whole ? std::string(to_string(one.verdict)) : std::string{},
                     std::int64_t{one.illustration ? 1 : 0},
                     is_whole ? fmt::format("{}", fmt::join(one.missing, " ")) : std::string{},
                     one.source,
                     std::string(model::to_string(one.confidence))});
            };
            LedgerEntry sum{{}, one.fresh, 0.0, 0.0};
            for (const auto& entry : one.entries) {
                sum.replaced += entry.replaced;
                sum.assigned += entry.assigned;
            }
            append("", sum, one.covered, one.uncovered, true);
            for (const auto& entry : one.entries) {
                const double required = entry.fresh * one.ratio;
                const double covered = std::min(required, entry.replaced + entry.assigned);
                append(scenario.projects[entry.project].id, entry, covered, required - covered,
                       false);
            }
        }
    }
    return table;
}

table::Table water_quotas_table(const Run& run) {
    using table::number_column;
    using table::text_column;
    table::Table table("water_quotas",
                       {table::whole_column("year"), text_column("id"), text_column("name_zh"),
                        text_column("name_en"), text_column("facility"),
                        number_column("unit_water"), text_column("unit"), number_column("general"),
                        number_column("advanced"), table::whole_column("new"),
                        number_column("bound"), number_column("margin"), text_column("verdict"),
                        table::whole_column("illustration"), text_column("missing"),
                        text_column("edition"), text_column("source"), text_column("confidence")});
    const auto& scenario = run.scenario();
    for (const auto& year : run.years()) {
        for (const auto& one : year.water_quotas()) {
            const auto& name = scenario.model.water_quotas[one.quota].name;
            table.append({std::int64_t{year.year()}, one.id, name.zh, name.en,
                          scenario.facilities[one.facility].id, one.value, one.unit, one.general,
                          one.advanced, std::int64_t{one.is_new ? 1 : 0}, one.bound, one.margin,
                          std::string(to_string(one.verdict)),
                          std::int64_t{one.illustration ? 1 : 0},
                          fmt::format("{}", fmt::join(one.missing, " ")), one.edition, one.source,
                          std::string(model::to_string(one.confidence))});
        }
    }
    return table;
}

} // namespace chainsim::study
