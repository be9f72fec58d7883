
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/detail/report_maker.hpp>
#include <chainsim/table/column.hpp>
#include <chainsim/view/projects_view.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace chainsim::view {

namespace {

using study::amount_cell;
using study::PageCell;
using study::PagePart;
using study::plain_cell;
using study::word_cell;
using study::detail::coded_cell;
using study::detail::sentence;

PageCell number_or_nothing(double value, const std::string& unit, study::Trace trace = {}) {
    return amount_cell(std::isfinite(value) ? value : table::absent, unit, std::move(trace));
}

PageCell datum_cell(const std::optional<model::Datum>& datum, const std::string& unit) {
    if (!datum) {
        return amount_cell(table::absent, unit);
    }
    study::Trace trace;
    trace.source = datum->provenance.source;
    return amount_cell(datum->value.in(unit), unit, std::move(trace));
}

/// A capacity has a unit of its own.
PageCell capacity_cell(const std::optional<model::Datum>& capacity) {
    if (!capacity) {
        return amount_cell(table::absent, {});
    }
    study::Trace trace;
    trace.source = capacity->provenance.source;
    return amount_cell(capacity->value.number(), capacity->value.unit().text(), std::move(trace));
}

} // namespace

PagePart projects_part(const study::Run& run, const study::YearRun& year,
                       const std::vector<study::Weight>& weights,
                       const std::vector<study::ProjectEconomics>& economics) {
    const auto& scenario = run.scenario();
    std::map<std::uint32_t, const study::Weight*> weight_of;
    for (const auto& one : weights) {
        weight_of.emplace(one.pull.project.value, &one);
    }
    std::map<std::uint32_t, const study::ProjectEconomics*> economics_of;
    for (const auto& one : economics) {
        economics_of.emplace(one.project.value, &one);
    }
    PagePart out;
    out.id = "projects";
    out.title = sentence("book_projects");
    out.columns = {"project",  "kind",      "built",       "status",        "start",
                   "capacity", "capex",     "land",        "jobs",          "controlled",
                   "m",        "n",         "value_added", "npv_after_tax", "irr_after_tax",
                   "payback",  "confidence"};
    std::uint32_t index = 0;
    for (const auto& project : scenario.projects) {
        const auto weight = weight_of.find(index);
        const auto returns = economics_of.find(index);
        ++index;
        const bool weighs =
            weight != weight_of.end() && weight->second->pull.outcome == system::Outcome::solved;
        const auto* pull = weighs ? weight->second : nullptr;
        const auto* money = returns == economics_of.end() ? nullptr : returns->second;
        const auto of = [](const auto* from, auto member) {
            return from == nullptr ? table::absent : from->*member;
        };
        const study::Trace trace{
            "with the project less without it, the district solved again", {}, "check --json"};
        study::PageRow row;
        row.id = project.id;
        row.cells = {word_cell(project.name, {}, {{}, {}, project.provenance.source}),
                     coded_cell("project_kind", project.kind.empty() ? "other" : project.kind),
                     coded_cell("built", project.selected ? "yes" : "no"),
                     coded_cell("status", model::to_string(project.status_in(year.year()))),
                     project.start ? plain_cell(std::to_string(*project.start)) : plain_cell("-"),
                     capacity_cell(project.capacity),
                     datum_cell(project.capex, "CNY"),
                     datum_cell(project.land, "mu"),
                     number_or_nothing(of(money, &study::ProjectEconomics::jobs), "person"),
                     number_or_nothing(pull == nullptr ? table::absent : pull->pull.controlled,
                                       "tce", trace),
                     number_or_nothing(of(pull, &study::Weight::m), "1"),
                     number_or_nothing(of(pull, &study::Weight::n), "1"),
                     number_or_nothing(of(money, &study::ProjectEconomics::value_added), "CNY"),
                     number_or_nothing(of(money, &study::ProjectEconomics::npv_after_tax), "CNY"),
                     number_or_nothing(of(money, &study::ProjectEconomics::irr_after_tax), "1"),
                     number_or_nothing(of(money, &study::ProjectEconomics::payback), "a"),
                     coded_cell("confidence", model::to_string(project.provenance.confidence))};
        out.rows.push_back(std::move(row));
    }
    out.notes.push_back(sentence("projects_weighed", year.year()));
    return out;
}

PagePart economics_part(const study::Run& run,
                        const std::vector<study::ProjectEconomics>& economics) {
    const auto& scenario = run.scenario();
    PagePart out;
    out.id = "economics";
    out.title = sentence("book_economics");
    out.columns = {"project",        "investment",        "value_added",    "tax",
                   "npv_before_tax", "npv_after_tax",     "irr_before_tax", "irr_after_tax",
                   "irr_equity",     "payback",           "levelised_cost", "break_even_price",
                   "price",          "investment_per_mu", "output_per_mu",  "tax_per_mu",
                   "missing"};
    for (const auto& one : economics) {
        const auto& project = scenario.projects[one.project];
        const auto per = one.product ? "CNY/" + scenario.model.commodities[*one.product].unit.text()
                                     : std::string("CNY");
        std::string missing;
        for (const auto& what : one.missing) {
            missing += (missing.empty() ? "" : ", ") + what;
        }
        const auto money = [](double value) { return number_or_nothing(value, "CNY"); };
        const auto share = [](double value) { return number_or_nothing(value, "1"); };
        study::PageRow row;
        row.id = project.id;
        row.cells = {word_cell(project.name),
                     money(one.investment),
                     money(one.value_added),
                     money(one.tax),
                     money(one.npv_before_tax),
                     money(one.npv_after_tax),
                     share(one.irr_before_tax),
                     share(one.irr_after_tax),
                     share(one.irr_equity),
                     number_or_nothing(one.payback, "a"),
                     number_or_nothing(one.levelised_cost, per),
                     number_or_nothing(one.break_even_price, per),
                     number_or_nothing(one.price, per),
                     number_or_nothing(one.investment_per_mu, "CNY/mu"),
                     number_or_nothing(one.output_per_mu, "CNY/mu"),
                     number_or_nothing(one.tax_per_mu, "CNY/mu"),
                     plain_cell(missing.empty() ? "-" : missing)};
        out.rows.push_back(std::move(row));
    }
    return out;
}

std::vector<PagePart> gap_parts(const model::Scenario& scenario, const study::GapReport& report) {
    std::vector<PagePart> out;
    for (const auto& [kind, id, title] :
         {std::tuple(analysis::GapKind::surplus, "extend", "gaps_extend"),
          std::tuple(analysis::GapKind::bought, "missing", "gaps_missing")}) {
        PagePart part;
        part.id = id;
        part.title = sentence(title);
        part.columns = {"commodity",   "amount", "process",       "closes",
                        "value_added", "energy", "value_per_tce", "capex"};
        for (const auto& gap : report.gaps.gaps) {
            const auto& best = gap.candidates.front();
            if (gap.kind != kind || !(best.value_added > 0.0)) {
                continue;
            }
            const auto& commodity = scenario.model.commodities[gap.commodity];
            study::PageRow row;
            row.id = commodity.id;
            row.cells = {word_cell(commodity.name),
                         amount_cell(gap.amount, commodity.unit.text()),
                         word_cell(scenario.model.processes[best.process].name),
                         amount_cell(best.closes / gap.amount, "1"),
                         amount_cell(best.value_added, "CNY",
                                     {"value added with the plant less without it, the district "
                                      "solved again",
                                      {},
                                      "gaps --json"}),
                         number_or_nothing(best.energy, "tce"),
                         number_or_nothing(best.value_per_tce(), "CNY/tce"),
                         number_or_nothing(best.capex, "CNY")};
            part.rows.push_back(std::move(row));
        }
        if (!part.rows.empty()) {
            out.push_back(std::move(part));
        }
    }
    return out;
}

PagePart outages_part(const model::Scenario& scenario, const study::OutageReport& report) {
    constexpr std::size_t most_plants = 40;
    constexpr std::size_t most_names = 4;
    PagePart out;
    out.id = "outages";
    out.title = sentence("outages_title");
    out.columns = {"facility", "lost_value_added", "part_lost", "energy_change", "who_stops"};
    for (const auto& one : report.outages.ranked) {
        if (!(one.lost_value_added > 0.0) || out.rows.size() == most_plants) {
            break;
        }
        std::vector<model::Name> names;
        for (const auto* list : {&one.stops, &one.reduced}) {
            for (const auto& cut : *list) {
                if (names.size() < most_names) {
                    names.push_back(scenario.facilities[cut.facility].name);
                }
            }
        }
        const auto& facility = scenario.facilities[one.facility];
        study::PageRow row;
        row.id = facility.id;
        row.cells = {word_cell(facility.name),
                     amount_cell(one.lost_value_added, "CNY",
                                 {"value added with all plants less with this one off for a year, "
                                  "the district solved again",
                                  {},
                                  "outages --json"}),
                     amount_cell(one.lost_value_added / report.outages.value_added, "1"),
                     number_or_nothing(one.energy, "tce"),
                     names.empty() ? plain_cell("-") : word_cell(study::detail::joined(names))};
        out.rows.push_back(std::move(row));
    }
    return out;
}

} // namespace chainsim::view
