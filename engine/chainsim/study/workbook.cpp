#include <chainsim/study/check_report.hpp>
#include <chainsim/study/detail/basis_text.hpp>
#include <chainsim/study/detail/economics_report.hpp>
#include <chainsim/study/detail/environment_tables.hpp>
#include <chainsim/study/detail/group_table.hpp>
#include <chainsim/study/detail/product_table.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/version.hpp>
#include <chainsim/study/workbook.hpp>
#include <chainsim/table/catalogue.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace chainsim::study {

namespace {

using detail::for_reader;
using detail::name_in;
using io::Sheet;
using table::Language;
using table::number_column;
using table::Table;
using table::text_column;

class Workbook {
public:
    Workbook(const Run& run, Language language)
        : run_(run), scenario_(run.scenario()), language_(language) {}

    std::vector<Sheet> sheets() {
        about();
        for (const auto& year : run_.years()) {
            if (!year.energy().balance.lines.empty()) {
                physical_balance(year);
                coal_balance(year);
            }
        }
        bridge();
        indicators();
        for (const auto& year : run_.years()) {
            policies(year);
            const int in = year.year();
            add("book_groups", fill("book_groups_remark"),
                detail::group_table(scenario_, year, language_), {}, in);
            add("book_ledgers", fill("book_ledgers_remark"),
                detail::ledger_table(scenario_, year, language_), {}, in);
            add("book_products", {}, detail::product_table(scenario_, year, language_), {}, in);
            add("book_quotas", {}, detail::water_quota_table(scenario_, year, language_), {}, in);
        }
        plants();
        projects();
        add("book_economics", fill("check_returns"),
            detail::returns_table(scenario_, project_economics(run_), {}, language_));
        return std::move(out_);
    }

private:
    template <class... Values>
    [[nodiscard]] std::string fill(std::string_view key, const Values&... values) const {
        return detail::fill(key, language_, values...);
    }
    [[nodiscard]] const std::string& name(const model::Name& names) const {
        return name_in(names, language_);
    }

    void add(std::string_view key, const std::string& remark, Table table,
             std::vector<int> levels = {}, int year = 0) {
        if (table.rows() == 0) {
            return;
        }
        const std::string title = fill(key);
        out_.push_back({year == 0 ? title : fmt::format("{} {}", title, year),
                        fmt::format("{} {}{}", name(scenario_.name),
                                    year == 0 ? std::string{} : fmt::format("{} ", year), title),
                        remark, std::move(table), std::move(levels)});
    }

    void about() {
        Table table("about", {text_column("line"), text_column("value")});
        std::vector<int> years;
        years.reserve(run_.years().size());
        for (const auto& year : run_.years()) {
            years.push_back(year.year());
        }
        table.append(
            {fill("book_scenario"), fmt::format("{} ({})", name(scenario_.name), scenario_.id)});
        table.append({fill("book_region"), name(scenario_.region.name)});
        table.append({fill("book_years"), fmt::format("{}", fmt::join(years, ", "))});
        table.append({fill("book_hash"), hash_of(scenario_)});
        table.append({fill("book_engine"), fmt::format("chainsim {}", version())});
        add("book_about", fill("book_about_remark"), std::move(table));
    }

    /// Lines by carriers; `value` picks what is shown of an amount.
    template <class Value>
    [[nodiscard]] Table balance_table(const YearRun& year, bool with_units, Value value,
                                      std::vector<int>& levels) const {
        const auto& balance = year.energy().balance;
        const auto unit = detail::plant_energy(language_);
        std::vector<std::size_t> shown;
        std::vector<table::Column> columns{text_column("line")};
        for (std::size_t c = 0; c < balance.columns.size(); ++c) {
            const bool is_used =
                std::any_of(balance.lines.begin(), balance.lines.end(),
                            [&](const auto& line) { return line.by_carrier[c].calorific != 0.0; });
            const auto& one = balance.columns[c];
            if (is_used && (!with_units || one.id != "not_split")) {
                shown.push_back(c);
                columns.push_back(number_column(
                    name(one.name), with_units ? for_reader(0.0, one.unit, language_).unit
                                               : std::string(unit.text)));
            }
        }
        if (!with_units) {
            columns.push_back(number_column("calorific_total", std::string(unit.text)));
            columns.push_back(number_column("equivalent_total", std::string(unit.text)));
        }
        Table table("energy_balance", std::move(columns));
        for (const auto& line : balance.lines) {
            std::vector<table::Cell> row{name(line.name)};
            for (const auto c : shown) {
                const double amount = value(line.by_carrier[c]);
                row.emplace_back(with_units
                                     ? for_reader(amount, balance.columns[c].unit, language_).number
                                     : unit(amount));
            }
            if (!with_units) {
                row.emplace_back(unit(line.total.calorific));
                row.emplace_back(unit(line.total.equivalent));
            }
            table.append(std::move(row));
            levels.push_back(line.level);
        }
        return table;
    }

    void physical_balance(const YearRun& year) {
        std::vector<int> levels;
        auto table = balance_table(
            year, true, [](const auto& amount) { return amount.physical; }, levels);
        add("book_balance", fill("book_balance_remark"), std::move(table), std::move(levels),
            year.year());
    }

    void coal_balance(const YearRun& year) {
        std::vector<int> levels;
        auto table = balance_table(
            year, false, [](const auto& amount) { return amount.calorific; }, levels);
        add("book_balance_coal", fill("book_balance_coal_remark"), std::move(table),
            std::move(levels), year.year());
    }

    /// One column a year.
    [[nodiscard]] Table yearly(std::string_view first, bool with_unit) const {
        std::vector<table::Column> columns{text_column(std::string(first))};
        if (with_unit) {
            columns.push_back(text_column("unit"));
        }
        for (const auto& year : run_.years()) {
            columns.push_back(number_column(std::to_string(year.year())));
        }
        return {"years", std::move(columns)};
    }

    void bridge() {
        const auto unit = detail::plant_energy(language_);
        Table table = yearly("term", false);
        std::vector<int> levels;
        const auto& terms = run_.years().back().energy().bridge.terms;
        for (std::size_t i = 0; i < terms.size(); ++i) {
            std::vector<table::Cell> row{name(terms[i].name)};
            for (const auto& year : run_.years()) {
                row.emplace_back(unit(year.energy().bridge.terms[i].value));
            }
            table.append(std::move(row));
            levels.push_back(1);
        }
        if (!terms.empty()) {
            std::vector<table::Cell> row{fill("bridge_total")};
            for (const auto& year : run_.years()) {
                row.emplace_back(unit(year.energy().bridge.total));
            }
            table.append(std::move(row));
            levels.push_back(0);
        }
        add("book_bridge", std::string(unit.text), std::move(table), std::move(levels));
    }

    void indicators() {
        Table table = yearly("indicator", true);
        table.append_column(text_column("basis"));
        for (const auto& value : run_.years().back().indicators()) {
            if (is_of_group(value.id)) {
                continue; // they have a sheet of their own
            }
            std::vector<table::Cell> row{name(value.name),
                                         for_reader(0.0, value.unit, language_).unit};
            for (const auto& year : run_.years()) {
                const auto& all = year.indicators();
                const auto found = std::find_if(
                    all.begin(), all.end(), [&](const auto& one) { return one.id == value.id; });
                row.emplace_back(found == all.end()
                                     ? table::absent
                                     : for_reader(found->value, found->unit, language_).number);
            }
            row.emplace_back(detail::basis_by_year(run_, value.id, language_));
            table.append(std::move(row));
        }
        add("book_accounts", {}, std::move(table));
    }

    [[nodiscard]] bool is_of_group(const std::string& indicator) const {
        const auto& accounts = model::group_accounts();
        return std::any_of(accounts.begin(), accounts.end(), [&](const auto& account) {
            const auto head = std::string(account.id) + "_of_";
            return indicator.starts_with(head) &&
                   scenario_.groups.contains(indicator.substr(head.size()));
        });
    }

    void policies(const YearRun& year) {
        Table table("policies",
                    {text_column("policy"), text_column("group"), text_column("verdict"),
                     number_column("value"), number_column("bound"), number_column("margin"),
                     text_column("unit"), text_column("formula"), text_column("source"),
                     text_column("confidence"), text_column("basis")});
        for (const auto* one : worst_first(year)) {
            const auto scaled = [&](double value) {
                return for_reader(value, one->unit, language_).number;
            };
            std::string verdict = fill("verdict_" + std::string(to_string(one->verdict)));
            if (one->illustration) {
                verdict += fmt::format(" ({})", fill("illustration"));
            }
            table.append({name(one->name),
                          fill("group_" + std::string(model::to_string(one->group))), verdict,
                          scaled(one->value), scaled(one->bound), scaled(one->margin),
                          for_reader(0.0, one->unit, language_).unit, one->formula, one->source,
                          fill("confidence_" + std::string(model::to_string(one->confidence))),
                          detail::basis_word(one->basis, language_)});
        }
        add("book_policies", {}, std::move(table), {}, year.year());
    }

    /// Of the last year.
    void plants() {
        const auto& year = run_.years().back();
        Table table("plants",
                    {text_column("facility"), text_column("owner"), text_column("industry"),
                     number_column("activity"), text_column("unit"), number_column("taken", "tce"),
                     number_column("given", "tce"), number_column("flared", "tce"),
                     number_column("media", "tce"), number_column("calorific", "tce"),
                     number_column("equivalent", "tce"), number_column("co2_enterprise", "t")});
        std::map<std::uint32_t, double> carbon;
        for (const auto& one : year.carbon()) {
            carbon.emplace(one.facility.value, one.total);
        }
        for (const auto& one : year.energy().facilities) {
            const auto& facility = scenario_.facilities[one.facility];
            const auto& process = scenario_.model.processes[facility.process_in(year.year())];
            const auto& product = scenario_.model.commodities[process.product];
            const double activity = year.activity(one.facility);
            const auto found = carbon.find(one.facility.value);
            table.append({name(facility.name), facility.owner, facility.industry,
                          for_reader(activity, product, language_).number,
                          for_reader(0.0, product, language_).unit, one.taken, one.given,
                          one.flared, one.media, one.calorific, one.equivalent,
                          found == carbon.end() ? table::absent : found->second});
        }
        add("book_plants", fill("book_plants_remark"), std::move(table), {}, year.year());
    }

    void projects() {
        const int last = run_.years().back().year();
        const auto money = detail::plant_money(language_);
        Table table("projects",
                    {text_column("project"), text_column("owner"), text_column("status"),
                     text_column("start"), number_column("capacity"), text_column("unit"),
                     number_column("capex", std::string(money.text)), number_column("land", "mu"),
                     text_column("source")});
        for (const auto& project : scenario_.projects) {
            const auto capacity = project.capacity
                                      ? for_reader(project.capacity->value.number(),
                                                   project.capacity->value.unit().text(), language_)
                                      : detail::ReaderAmount{table::absent, ""};
            table.append(
                {name(project.name), project.owner,
                 fill("status_" + std::string(to_string(project.status_in(last)))),
                 project.selected && project.start ? std::to_string(*project.start) : std::string{},
                 capacity.number, capacity.unit,
                 project.capex ? money(project.capex->value.in("CNY")) : table::absent,
                 project.land ? project.land->value.in("mu") : table::absent,
                 project.provenance.source});
        }
        add("book_projects", {}, std::move(table), {}, last);
    }

    const Run& run_;
    const model::Scenario& scenario_;
    Language language_;
    std::vector<Sheet> out_;
};

} // namespace

std::vector<Sheet> workbook(const Run& run, Language language) {
    return Workbook(run, language).sheets();
}

void write_workbook(const Run& run, const std::filesystem::path& file, Language language) {
    const auto sheets = workbook(run, language);
    io::write_xlsx(file, sheets, language);
}

} // namespace chainsim::study
