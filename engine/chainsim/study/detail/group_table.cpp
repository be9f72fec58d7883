#include <chainsim/study/detail/group_table.hpp>
#include <chainsim/study/detail/reader.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace chainsim::study::detail {

double account_of(const YearRun& year, const std::string& account, const std::string& group) {
    const auto id = account + "_of_" + group;
    const auto& values = year.planned();
    const auto found =
        std::find_if(values.begin(), values.end(), [&id](const auto& one) { return one.id == id; });
    return found == values.end() ? table::absent : found->value;
}

table::Table group_table(const model::Scenario& scenario, const YearRun& year,
                         table::Language language) {
    const auto energy = plant_energy(language);
    const auto money = plant_money(language);
    const auto intensity = [&](double value) { return for_reader(value, "tce/万元", language); };
    const auto mass = [&](double value) { return for_reader(value, "t", language); };
    std::vector<table::Column> columns{table::text_column("group_of_plants")};
    for (const char* id : {"energy_calorific", "energy_equivalent"}) {
        columns.push_back(table::number_column(id, std::string(energy.text)));
    }
    columns.push_back(table::number_column("value_added", std::string(money.text)));
    columns.push_back(table::number_column("energy_intensity", intensity(0.0).unit));
    columns.push_back(table::number_column("co2_enterprise", mass(0.0).unit));
    table::Table table("groups", std::move(columns));
    for (const auto& group : scenario.groups) {
        const auto value = [&](const char* account) { return account_of(year, account, group.id); };
        table.append({name_in(group.name, language), energy(value("energy_calorific")),
                      energy(value("energy_equivalent")), money(value("value_added")),
                      intensity(value("energy_intensity")).number,
                      mass(value("co2_enterprise")).number});
    }
    return table;
}

} // namespace chainsim::study::detail
