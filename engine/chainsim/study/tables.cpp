#include <chainsim/study/project_economics.hpp>
#include <chainsim/study/tables.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace chainsim::study {

namespace {

using table::Cell;
using table::number_column;
using table::Table;
using table::text_column;
using table::whole_column;

std::string text(std::string_view view) { return std::string(view); }

/// A truth value, as every program reads it.
Cell yes_no(bool value) { return std::int64_t{value ? 1 : 0}; }

Cell whole(int number) { return std::int64_t{number}; }

std::string id_of_row(const Run& run, const YearRun& year, int row) {
    return row < 0
               ? std::string{}
               : run.scenario()
                     .model.commodities[year.system().layout.rows[static_cast<std::size_t>(row)]]
                     .id;
}

/// Standard coal of one unit of account in tce, NaN for what statistics do not count as energy.
double tce_of_unit(const model::Commodity& commodity) {
    if (!commodity.energy_product || !commodity.standard_coal) {
        return table::absent;
    }
    return commodity.standard_coal->value.in(units::Unit::parse("tce").per(commodity.unit));
}

void add_flows(Table& table, const Run& run, const YearRun& year) {
    const auto& scenario = run.scenario();
    const auto& system = year.system();
    for (std::size_t column = 0; column < system.flows.size(); ++column) {
        const double activity = year.solution().activity[static_cast<Eigen::Index>(column)];
        if (activity <= 0.0) {
            continue;
        }
        const auto& facility = scenario.facilities[system.layout.columns[column]];
        for (const auto& flow : system.flows[column]) {
            const auto& commodity =
                scenario.model.commodities[system.layout.rows[static_cast<std::size_t>(flow.row)]];
            const double amount = std::abs(flow.amount.value()) * activity;
            table.append({whole(year.year()), facility.id,
                          scenario.model.processes[facility.process_in(year.year())].id,
                          commodity.id, text(flow.amount < 0.0 ? "in" : "out"),
                          text(to_string(flow.kind)), amount, commodity.unit.text(),
                          amount * tce_of_unit(commodity), text(to_string(flow.confidence))});
        }
    }
}

void add_facilities(Table& table, const Run& run, const YearRun& year) {
    const auto& scenario = run.scenario();
    const auto& system = year.system();
    const auto year_unit = units::Unit::parse("a");
    for (std::size_t column = 0; column < system.layout.columns.size(); ++column) {
        const auto position = static_cast<Eigen::Index>(column);
        const auto& facility = scenario.facilities[system.layout.columns[column]];
        const auto& process = scenario.model.processes[facility.process_in(year.year())];
        const double activity = year.solution().activity[position];
        const double capacity = system.equations.capacity[position];
        const auto& binding = year.solution().binding[column];
        table.append({whole(year.year()), facility.id, facility.name.zh, facility.name.en,
                      process.id, facility.project,
                      text(to_string(facility.status_in(year.year()))), activity, capacity,
                      scenario.model.commodities[process.product].unit.text(),
                      capacity > 0.0 ? activity / capacity : table::absent,
                      text(to_string(binding.kind)), id_of_row(run, year, binding.row),
                      text(to_string(facility.capacity.provenance.confidence)),
                      facility.capacity.value.in(
                          scenario.model.commodities[process.product].unit.per(year_unit))});
    }
}

void add_projects(Table& table, const Run& run, const YearRun& year) {
    const auto& scenario = run.scenario();
    for (const auto& project : scenario.projects) {
        const auto& capacity = project.capacity;
        table.append(
            {whole(year.year()), project.id, project.name.zh, project.kind,
             text(to_string(project.status_in(year.year()))),
             capacity ? capacity->value.number() : table::absent,
             capacity ? capacity->value.unit().text() : std::string{},
             capacity ? text(to_string(capacity->provenance.confidence)) : std::string{},
             project.name.en, project.owner, yes_no(project.selected),
             project.start ? static_cast<double>(*project.start) : table::absent,
             project.main_facility, whole(static_cast<int>(project.facilities.size())),
             whole(project.box),
             project.product ? scenario.model.commodities[*project.product].id : std::string{},
             project.capex ? project.capex->value.in("CNY") : table::absent,
             project.capex ? project.capex->value.in("CNY") * project.investment_share(year.year())
                           : table::absent,
             project.land ? project.land->value.in("mu") : table::absent});
    }
}

} // namespace

Table flows_table(const Run& run) {
    Table table("flows", {whole_column("year"), text_column("facility"), text_column("process"),
                          text_column("commodity"), text_column("direction"), text_column("role"),
                          number_column("amount"), text_column("unit"), number_column("tce"),
                          text_column("confidence")});
    for (const auto& year : run.years()) {
        add_flows(table, run, year);
    }
    return table;
}

Table facilities_table(const Run& run) {
    Table table("facilities",
                {whole_column("year"), text_column("id"), text_column("name_zh"),
                 text_column("name_en"), text_column("process"), text_column("project"),
                 text_column("status"), number_column("activity"), number_column("capacity"),
                 text_column("unit"), number_column("utilisation"), text_column("binding"),
                 text_column("binding_commodity"), text_column("confidence"),
                 number_column("nameplate")});
    for (const auto& year : run.years()) {
        add_facilities(table, run, year);
    }
    return table;
}

Table commodities_table(const Run& run) {
    Table table("commodities",
                {whole_column("year"), text_column("id"), text_column("name_zh"),
                 text_column("name_en"), text_column("unit"), number_column("produced"),
                 number_column("bought"), number_column("consumed"), number_column("sold"),
                 number_column("disposed"), number_column("final_demand"),
                 number_column("short_of")});
    for (const auto& year : run.years()) {
        for (const auto& balance : year.commodities()) {
            const auto& commodity = run.scenario().model.commodities[balance.commodity];
            table.append({whole(year.year()), commodity.id, commodity.name.zh, commodity.name.en,
                          commodity.unit.text(), balance.produced, balance.bought, balance.consumed,
                          balance.sold, balance.disposed, balance.final_demand, balance.short_of});
        }
    }
    return table;
}

Table indicators_table(const Run& run) {
    std::vector<table::Column> columns{whole_column("year"),   text_column("id"),
                                       text_column("name_zh"), text_column("name_en"),
                                       number_column("value"), text_column("unit")};
    for (const auto confidence : model::confidences) {
        columns.push_back(number_column(text(to_string(confidence))));
    }
    columns.push_back(text_column("basis"));
    columns.push_back(number_column("planned"));
    Table table("indicators", std::move(columns));
    for (const auto& year : run.years()) {
        for (const auto& value : year.indicators()) {
            std::vector<Cell> row{whole(year.year()), value.id,    value.name.zh,
                                  value.name.en,      value.value, value.unit};
            const auto shares = year.confidence().find(value.id);
            for (std::size_t i = 0; i < model::confidences.size(); ++i) {
                row.emplace_back(shares == year.confidence().end() ? table::absent
                                                                   : shares->second[i]);
            }
            row.emplace_back(text(to_string(year.basis_of(value.id))));
            row.emplace_back(year.basis_of(value.id) == Basis::planned
                                 ? value.value
                                 : year.planned_value(value.id));
            table.append(std::move(row));
        }
    }
    return table;
}

Table policies_table(const Run& run) {
    Table table("policies",
                {whole_column("year"), text_column("id"), text_column("name_zh"),
                 text_column("name_en"), text_column("indicator"), text_column("verdict"),
                 number_column("value"), number_column("bound"), number_column("margin"),
                 text_column("unit"), whole_column("hard"), whole_column("illustration"),
                 text_column("formula"), text_column("missing"), text_column("source"),
                 text_column("confidence"), text_column("basis")});
    for (const auto& year : run.years()) {
        for (const auto& policy : year.policies()) {
            table.append({whole(year.year()), policy.id, policy.name.zh, policy.name.en,
                          policy.indicator, text(to_string(policy.verdict)), policy.value,
                          policy.bound, policy.margin, policy.unit, yes_no(policy.hard),
                          yes_no(policy.illustration), policy.formula,
                          fmt::format("{}", fmt::join(policy.missing, " ")), policy.source,
                          text(to_string(policy.confidence)), text(to_string(policy.basis))});
        }
    }
    return table;
}

Table products_table(const Run& run) {
    Table table("products", {whole_column("year"),      text_column("id"),
                             text_column("name_zh"),    text_column("name_en"),
                             text_column("facility"),   number_column("unit_energy"),
                             text_column("unit"),       number_column("benchmark"),
                             number_column("baseline"), text_column("grade"),
                             number_column("level_1"),  number_column("level_2"),
                             number_column("level_3"),  whole_column("level"),
                             text_column("duty"),       number_column("bound"),
                             number_column("margin"),   text_column("verdict"),
                             whole_column("hard"),      whole_column("illustration"),
                             text_column("missing"),    text_column("edition"),
                             text_column("list"),       number_column("electricity_factor"),
                             text_column("source"),     text_column("confidence")});
    const auto& scenario = run.scenario();
    for (const auto& year : run.years()) {
        for (const auto& product : year.products()) {
            const auto& name = scenario.model.unit_standards[product.standard].name;
            table.append({whole(year.year()),
                          product.id,
                          name.zh,
                          name.en,
                          scenario.facilities[product.facility].id,
                          product.value,
                          product.unit,
                          product.benchmark,
                          product.baseline,
                          product.grade ? text(to_string(*product.grade)) : std::string{},
                          product.levels[0],
                          product.levels[1],
                          product.levels[2],
                          whole(product.level),
                          text(to_string(product.duty)),
                          product.bound,
                          product.margin,
                          text(to_string(product.verdict)),
                          yes_no(product.hard),
                          yes_no(product.illustration),
                          fmt::format("{}", fmt::join(product.missing, " ")),
                          product.edition,
                          product.list,
                          product.electricity_factor,
                          product.source,
                          text(to_string(product.confidence))});
        }
    }
    return table;
}

Table projects_table(const Run& run) {
    Table table("projects",
                {whole_column("year"), text_column("id"), text_column("name_zh"),
                 text_column("kind"), text_column("status"), number_column("capacity"),
                 text_column("unit"), text_column("confidence"), text_column("name_en"),
                 text_column("owner"), whole_column("selected"), number_column("start"),
                 text_column("facility"), whole_column("facilities"), whole_column("box"),
                 text_column("product"), number_column("capex", "CNY"),
                 number_column("investment", "CNY"), number_column("land", "mu")});
    for (const auto& year : run.years()) {
        add_projects(table, run, year);
    }
    return table;
}

namespace {

std::vector<Table> tables_as_they_are(const Run& run) {
    std::vector<Table> tables; // no initializer list: it would copy every table
    tables.push_back(commodities_table(run));
    for (auto* make : {energy_balance_table, energy_bridge_table}) {
        if (auto table = make(run); table.rows() > 0) {
            tables.push_back(std::move(table));
        }
    }
    tables.push_back(facilities_table(run));
    if (auto table = facility_energy_table(run); table.rows() > 0) {
        tables.push_back(std::move(table));
    }
    if (auto table = facility_carbon_table(run); table.rows() > 0) {
        tables.push_back(std::move(table));
    }
    tables.push_back(flows_table(run));
    if (auto table = groups_table(run); table.rows() > 0) {
        tables.push_back(std::move(table));
    }
    tables.push_back(indicators_table(run));
    if (auto table = ledgers_table(run); table.rows() > 0) {
        tables.push_back(std::move(table));
    }
    tables.push_back(policies_table(run));
    tables.push_back(products_table(run));
    tables.push_back(projects_table(run));
    if (const auto projects = project_economics(run); !projects.empty()) {
        tables.push_back(economics_table(run, projects));
        tables.push_back(cash_flows_table(run, projects));
    }
    if (auto table = water_quotas_table(run); table.rows() > 0) {
        tables.push_back(std::move(table));
    }
    return tables;
}

/// Figures of the statistics have a column of their own; all others are the model's.
void say_what_is_planned(Table& table) {
    const auto is_basis = [](const table::Column& one) { return one.name == "basis"; };
    const auto& columns = table.columns();
    if (std::none_of(columns.begin(), columns.end(), is_basis)) {
        auto basis = text_column("basis");
        basis.cells = std::vector<std::string>(table.rows(), text(to_string(Basis::planned)));
        table.append_column(std::move(basis));
    }
}

} // namespace

std::vector<Table> tables_of(const Run& run) {
    auto tables = tables_as_they_are(run);
    for (auto& table : tables) {
        say_what_is_planned(table);
    }
    return tables;
}

} // namespace chainsim::study
