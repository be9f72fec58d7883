#include <chainsim/model/plant_group.hpp>
#include <chainsim/study/detail/group_table.hpp>
#include <chainsim/study/tables.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::study {

namespace {

using table::number_column;
using table::Table;
using table::text_column;
using table::whole_column;

void add_line(Table& table, std::int64_t year, const accounts::EnergyLine& line,
              const std::vector<accounts::EnergyBalance::Column>& columns) {
    const auto append = [&](const std::string& carrier, const std::string& zh,
                            const std::string& en, double physical, const std::string& unit,
                            const accounts::EnergyAmount& amount) {
        table.append({year, line.id, std::int64_t{line.level}, line.name.zh, line.name.en, carrier,
                      zh, en, physical, unit, amount.calorific, amount.equivalent});
    };
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const auto& amount = line.by_carrier[c];
        append(columns[c].id, columns[c].name.zh, columns[c].name.en, amount.physical,
               columns[c].unit, amount);
    }
    append("total", "合计", "total", table::absent, "tce", line.total);
}

} // namespace

Table energy_balance_table(const Run& run) {
    Table table("energy_balance",
                {whole_column("year"), text_column("line"), whole_column("level"),
                 text_column("name_zh"), text_column("name_en"), text_column("carrier"),
                 text_column("carrier_zh"), text_column("carrier_en"), number_column("amount"),
                 text_column("unit"), number_column("tce"), number_column("tce_equivalent")});
    for (const auto& year : run.years()) {
        const auto& balance = year.energy().balance;
        for (const auto& line : balance.lines) {
            add_line(table, year.year(), line, balance.columns);
        }
    }
    return table;
}

Table energy_bridge_table(const Run& run) {
    Table table("energy_bridge",
                {whole_column("year"), text_column("term"), text_column("name_zh"),
                 text_column("name_en"), number_column("tce"), text_column("basis")});
    for (const auto& year : run.years()) {
        const auto& bridge = year.energy().bridge;
        if (bridge.terms.empty()) {
            continue;
        }
        const std::int64_t in = year.year();
        const std::string planned(to_string(Basis::planned));
        const std::string total(to_string(year.basis_of("energy_total_equivalent")));
        for (const auto& term : bridge.terms) {
            table.append({in, term.id, term.name.zh, term.name.en, term.value,
                          term.id == "statistical_difference" ? total : planned});
        }
        table.append({in, std::string("total"), std::string("全社会能源消费总量(等价值)"),
                      std::string("whole society, equivalent value"), bridge.total, total});
    }
    return table;
}

Table facility_energy_table(const Run& run) {
    Table table("facility_energy",
                {whole_column("year"), text_column("id"), text_column("name_zh"),
                 text_column("name_en"), text_column("owner"), text_column("park"),
                 text_column("industry"), text_column("sector"), whole_column("above_scale"),
                 number_column("activity"), text_column("unit"), number_column("taken", "tce"),
                 number_column("given", "tce"), number_column("flared", "tce"),
                 number_column("media", "tce"), number_column("tce", "tce"),
                 number_column("tce_equivalent", "tce"), number_column("unit_energy", "kgce")});
    const auto& scenario = run.scenario();
    for (const auto& year : run.years()) {
        for (const auto& one : year.energy().facilities) {
            const auto& facility = scenario.facilities[one.facility];
            const auto& process = scenario.model.processes[facility.process_in(year.year())];
            const double activity = year.activity(one.facility);
            const auto sector = model::sector_of(facility.industry);
            constexpr double kgce = 1000.0;
            table.append({std::int64_t{year.year()}, facility.id, facility.name.zh,
                          facility.name.en, facility.owner, facility.park, facility.industry,
                          sector ? std::string(to_string(*sector)) : std::string{},
                          std::int64_t{facility.above_scale ? 1 : 0}, activity,
                          scenario.model.commodities[process.product].unit.text(), one.taken,
                          one.given, one.flared, one.media, one.calorific, one.equivalent,
                          kgce * one.calorific / activity});
        }
    }
    return table;
}

Table facility_carbon_table(const Run& run) {
    Table table("facility_carbon",
                {whole_column("year"), text_column("id"), text_column("name_zh"),
                 text_column("name_en"), text_column("owner"), text_column("park"),
                 text_column("industry"), number_column("co2_direct", "t"),
                 number_column("co2_power", "t"), number_column("co2_heat", "t"),
                 number_column("co2_enterprise", "t")});
    for (const auto& year : run.years()) {
        for (const auto& one : year.carbon()) {
            const auto& facility = run.scenario().facilities[one.facility];
            table.append({std::int64_t{year.year()}, facility.id, facility.name.zh,
                          facility.name.en, facility.owner, facility.park, facility.industry,
                          one.direct, one.power, one.heat, one.total});
        }
    }
    return table;
}

Table groups_table(const Run& run) {
    std::vector<table::Column> columns{whole_column("year"), text_column("id"),
                                       text_column("name_zh"), text_column("name_en"),
                                       whole_column("plants")};
    for (const auto& account : model::group_accounts()) {
        columns.push_back(number_column(std::string(account.id), std::string(account.unit)));
    }
    Table table("groups", std::move(columns));
    const auto& scenario = run.scenario();
    for (const auto& year : run.years()) {
        for (const auto& group : scenario.groups) {
            const auto plants = std::count_if(
                scenario.facilities.begin(), scenario.facilities.end(), [&](const auto& facility) {
                    return facility.exists(year.year()) && group.holds(facility);
                });
            std::vector<table::Cell> cells{std::int64_t{year.year()}, group.id, group.name.zh,
                                           group.name.en, std::int64_t{plants}};
            for (const auto& account : model::group_accounts()) {
                cells.emplace_back(detail::account_of(year, std::string(account.id), group.id));
            }
            table.append(std::move(cells));
        }
    }
    return table;
}

} // namespace chainsim::study
