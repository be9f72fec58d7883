#include <chainsim/model/indicator_kinds.hpp>
#include <chainsim/study/detail/basis_text.hpp>
#include <chainsim/study/detail/group_table.hpp>
#include <chainsim/study/detail/product_table.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/summary.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chainsim::study {

namespace {

using detail::for_reader;
using detail::name_in;
using detail::weight_of;
using table::Language;
using table::Table;

/// How many rows a list of a summary has; the files hold all.
constexpr std::size_t most_commodities = 15;
constexpr std::size_t most_facilities = 30;
constexpr std::size_t most_products = 12;

class Summary {
public:
    Summary(const Run& run, Language language, std::size_t width)
        : run_(run), language_(language), width_(width) {}

    std::string text() {
        out_ +=
            fmt::format("{} ({})\n", name_in(run_.scenario().name, language_), run_.scenario().id);
        if (run_.years().size() > 1) {
            over_the_years();
            verdicts_over_the_years();
            out_ += '\n' + fill("last_year_only", run_.years().back().year()) + '\n';
        }
        const auto& year = run_.years().back();
        heading(fill("year", year.year()));
        indicators(year);
        energy(year);
        show("groups", detail::group_table(run_.scenario(), year, language_));
        policies(year);
        products(year);
        shortages(year);
        facilities(year);
        commodities(year);
        close();
        return std::move(out_);
    }

private:
    template <class... Values>
    [[nodiscard]] std::string fill(std::string_view key, const Values&... values) const {
        return detail::fill(key, language_, values...);
    }

    void heading(const std::string& text) { out_ += fmt::format("\n== {} ==\n", text); }

    void show(std::string_view key, const Table& table, std::size_t most_rows = 0,
              std::string_view file = {}) {
        if (table.rows() > 0) {
            out_ += fmt::format("\n{}\n", table::say(key, language_));
            out_ += table::to_text(
                table,
                {.language = language_, .width = width_, .most_rows = most_rows, .whole_in = file});
        }
    }

    /// Name, one column a year, unit.
    [[nodiscard]] Table yearly_table(std::string_view first) const {
        std::vector<table::Column> columns{table::text_column(std::string(first))};
        for (const auto& year : run_.years()) {
            columns.push_back(table::number_column(std::to_string(year.year())));
        }
        columns.push_back(table::text_column("unit"));
        if (detail::is_told(run_)) {
            columns.push_back(table::text_column("basis"));
        }
        return {"years", std::move(columns)};
    }

    void add_basis(std::vector<table::Cell>& row, const std::string& indicator) const {
        if (detail::is_told(run_)) {
            row.emplace_back(detail::basis_by_year(run_, indicator, language_));
        }
    }

    void over_the_years() {
        Table table = yearly_table("indicator");
        for (const auto id : detail::key_indicators) {
            std::vector<table::Cell> row;
            std::string shown_unit;
            for (const auto& year : run_.years()) {
                for (const auto& value : year.indicators()) {
                    if (value.id != id) {
                        continue;
                    }
                    auto [number, unit] = for_reader(value.value, value.unit, language_);
                    if (row.empty()) {
                        row.emplace_back(name_in(value.name, language_));
                    }
                    row.emplace_back(number);
                    shown_unit = std::move(unit);
                }
            }
            if (row.size() == run_.years().size() + 1) {
                row.emplace_back(std::move(shown_unit));
                add_basis(row, std::string(id));
                table.append(std::move(row));
            }
        }
        show("indicators", table);
        out_ += fill(detail::is_told(run_) ? "else_planned" : "all_planned") + '\n';
    }

    /// The energy balance by line, and the bridge from the enterprises to the whole district.
    void energy(const YearRun& year) {
        const auto unit = detail::plant_energy(language_);
        const std::string counted(unit.text);
        Table lines("energy_balance",
                    {table::text_column("line"), table::number_column("calorific", counted),
                     table::number_column("equivalent", counted)});
        for (const auto& line : year.energy().balance.lines) {
            if (line.total.calorific != 0.0 || line.total.equivalent != 0.0 || line.level == 0) {
                lines.append({std::string(2 * static_cast<std::size_t>(line.level), ' ') +
                                  name_in(line.name, language_),
                              unit(line.total.calorific), unit(line.total.equivalent)});
            }
        }
        show("energy_balance", lines);
        Table bridge("energy_bridge",
                     {table::text_column("term"), table::number_column("energy", counted)});
        for (const auto& term : year.energy().bridge.terms) {
            if (term.value != 0.0) {
                bridge.append({name_in(term.name, language_), unit(term.value)});
            }
        }
        if (bridge.rows() > 0) {
            bridge.append({fill("bridge_total"), unit(year.energy().bridge.total)});
        }
        show("energy_bridge", bridge);
    }

    /// The margin of every policy by year; the others only counted.
    void verdicts_over_the_years() {
        Table table = yearly_table("policy");
        std::size_t kept = 0;
        std::size_t unjudged = 0;
        const auto& last = run_.years().back().policies();
        for (std::size_t i = 0; i < last.size(); ++i) {
            bool missed = false;
            bool judged = false;
            std::vector<table::Cell> row{name_in(last[i].name, language_)};
            for (const auto& year : run_.years()) {
                const auto& policy = year.policies()[i];
                const bool is_judged =
                    policy.verdict == Verdict::met || policy.verdict == Verdict::missed;
                judged = judged || is_judged;
                missed = missed || policy.verdict == Verdict::missed;
                row.emplace_back(is_judged
                                     ? for_reader(policy.margin, policy.unit, language_).number
                                     : table::absent);
            }
            row.emplace_back(for_reader(0.0, last[i].unit, language_).unit);
            add_basis(row, last[i].indicator);
            if (missed) {
                table.append(std::move(row));
            } else {
                ++(judged ? kept : unjudged);
            }
        }
        show("margins", table);
        if (kept > 0) {
            out_ += detail::fill_count("policies_kept", language_, kept) + '\n';
        }
        if (unjudged > 0) {
            out_ += detail::fill_count("policies_unjudged", language_, unjudged) + '\n';
        }
    }

    /// Commodities that plants compete for and that do not suffice, the scarcest first.
    void shortages(const YearRun& year) {
        std::vector<std::pair<double, const CommodityBalance*>> order;
        for (const auto& balance : year.commodities()) {
            constexpr double noticeable = 1e-3;
            const double share = balance.short_of / (balance.consumed + balance.short_of);
            if (share > noticeable && is_contested(year, balance.commodity)) {
                order.emplace_back(-share, &balance);
            }
        }
        std::stable_sort(order.begin(), order.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        Table table("shortages", {table::text_column("commodity"), table::number_column("consumed"),
                                  table::number_column("short_of"), table::text_column("share"),
                                  table::text_column("unit"), table::text_column("facility")});
        for (const auto& [share, balance] : order) {
            const auto& commodity = run_.scenario().model.commodities[balance->commodity];
            const auto scaled = [&](double value) {
                return for_reader(value, commodity, language_).number;
            };
            table.append({name_in(commodity.name, language_), scaled(balance->consumed),
                          scaled(balance->short_of), table::percent_text(-share),
                          for_reader(0.0, commodity, language_).unit,
                          held_back(year, balance->commodity)});
        }
        show("shortages", table);
    }

    /// Plants of at least two processes that take a commodity.
    [[nodiscard]] bool is_contested(const YearRun& year,
                                    model::Index<model::Commodity> commodity) const {
        const auto& system = year.system();
        const int row = system.layout.row_of[commodity.value];
        std::optional<model::Index<model::Process>> first;
        for (std::size_t f = 0; f < system.flows.size(); ++f) {
            const bool takes =
                system.equations.capacity[static_cast<Eigen::Index>(f)] > 0.0 &&
                std::any_of(system.flows[f].begin(), system.flows[f].end(),
                            [&](const auto& flow) { return flow.row == row && flow.amount < 0.0; });
            const auto process =
                run_.scenario().facilities[system.layout.columns[f]].process_in(year.year());
            if (takes && first && *first != process) {
                return true;
            }
            first = takes ? process : first;
        }
        return false;
    }

    /// Names of the plants that want for a commodity, the first few.
    [[nodiscard]] std::string held_back(const YearRun& year,
                                        model::Index<model::Commodity> commodity) const {
        constexpr std::size_t most_names = 4;
        const int row = year.system().layout.row_of[commodity.value];
        std::string names;
        std::size_t count = 0;
        for (std::size_t f = 0; f < year.solution().binding.size(); ++f) {
            const auto& binding = year.solution().binding[f];
            if (binding.kind != system::BindingKind::feedstock || binding.row != row) {
                continue;
            }
            if (++count <= most_names) {
                names += (names.empty() ? std::string{} : fill("and")) +
                         name_in(run_.scenario().facilities[year.system().layout.columns[f]].name,
                                 language_);
            }
        }
        return count > most_names ? names + fill("and_more", count - most_names) : names;
    }

    void indicators(const YearRun& year) {
        std::vector<table::Column> columns{table::text_column("indicator"),
                                           table::number_column("value"),
                                           table::text_column("unit")};
        const bool is_told = year.is_told();
        if (is_told) {
            columns.push_back(table::text_column("basis"));
        }
        Table table("indicators", std::move(columns));
        for (const auto id : detail::key_indicators) {
            for (const auto& value : year.indicators()) {
                if (value.id == id) {
                    auto [number, unit] = for_reader(value.value, value.unit, language_);
                    std::vector<table::Cell> row{name_in(value.name, language_), number,
                                                 std::move(unit)};
                    if (is_told) {
                        row.emplace_back(detail::basis_word(year.basis_of(value.id), language_));
                    }
                    table.append(std::move(row));
                }
            }
        }
        show("indicators", table);
        out_ += fill(is_told ? "else_planned" : "all_planned") + '\n';
        const auto& model = run_.scenario().model;
        for (const auto& kind : model::indicator_kinds(model, run_.scenario().groups)) {
            if (!kind.factor.empty() && !model.factors.contains(kind.factor)) {
                out_ += fill("not_counted", kind.id, kind.factor) + '\n';
            }
        }
    }

    void policies(const YearRun& year) {
        std::vector<table::Column> columns{
            table::text_column("policy"),  table::text_column("rule"),
            table::text_column("verdict"), table::number_column("value"),
            table::number_column("bound"), table::number_column("margin"),
            table::text_column("unit")};
        if (year.is_told()) {
            columns.push_back(table::text_column("basis"));
        }
        Table table("policies", std::move(columns));
        for (const auto& policy : year.policies()) {
            if (policy.verdict == Verdict::not_applicable) {
                continue;
            }
            const auto scaled = [&](double value) {
                return for_reader(value, policy.unit, language_).number;
            };
            std::string verdict(
                table::say("verdict_" + std::string(to_string(policy.verdict)), language_));
            if (policy.illustration) {
                verdict += fmt::format(" ({})", table::say("illustration", language_));
            }
            std::vector<table::Cell> row{
                name_in(policy.name, language_),
                std::string(table::say(policy.hard ? "rule_hard" : "rule_soft", language_)),
                std::move(verdict),
                scaled(policy.value),
                scaled(policy.bound),
                scaled(policy.margin),
                for_reader(0.0, policy.unit, language_).unit};
            if (year.is_told()) {
                row.emplace_back(detail::basis_word(policy.basis, language_));
            }
            table.append(std::move(row));
        }
        show("policies", table);
    }

    /// Unit energy against the standards, those that exceed their duty most first.
    void products(const YearRun& year) {
        show("products", detail::product_table(run_.scenario(), year, language_), most_products,
             "products.csv");
    }

    /// Columns of what is built, the largest makers first.
    [[nodiscard]] std::vector<std::size_t> largest_facilities(const YearRun& year) const {
        const auto& system = year.system();
        std::vector<std::pair<double, std::size_t>> order;
        for (std::size_t column = 0; column < system.layout.columns.size(); ++column) {
            if (year.solution().binding[column].kind != system::BindingKind::not_built) {
                const double capacity =
                    system.equations.capacity[static_cast<Eigen::Index>(column)];
                order.emplace_back(-capacity * weight_of(product(system.layout.columns[column])),
                                   column);
            }
        }
        std::sort(order.begin(), order.end());
        std::vector<std::size_t> columns;
        columns.reserve(order.size());
        for (const auto& [weight, column] : order) {
            columns.push_back(column);
        }
        return columns;
    }

    [[nodiscard]] const model::Commodity& product(model::Index<model::Facility> facility) const {
        const auto& model = run_.scenario().model;
        return model
            .commodities[model.processes[run_.scenario().facilities[facility].process].product];
    }

    void facilities(const YearRun& year) {
        Table table("facilities",
                    {table::text_column("facility"), table::number_column("activity"),
                     table::number_column("capacity"), table::text_column("unit"),
                     table::text_column("utilisation"), table::text_column("binding")});
        const auto& system = year.system();
        for (const std::size_t column : largest_facilities(year)) {
            const auto position = static_cast<Eigen::Index>(column);
            const auto index = system.layout.columns[column];
            const auto& made_of = product(index);
            const double activity = year.solution().activity[position];
            const double capacity = system.equations.capacity[position];
            auto [made, unit] = for_reader(activity, made_of, language_);
            table.append({name_in(run_.scenario().facilities[index].name, language_), made,
                          for_reader(capacity, made_of, language_).number, std::move(unit),
                          table::percent_text(capacity > 0.0 ? activity / capacity : table::absent),
                          binding_text(year, year.solution().binding[column])});
        }
        show("facilities", table, most_facilities, "facilities.csv");
    }

    [[nodiscard]] std::string binding_text(const YearRun& year,
                                           const system::Binding& binding) const {
        std::string commodity;
        if (binding.row >= 0) {
            const auto row = year.system().layout.rows[static_cast<std::size_t>(binding.row)];
            commodity = name_in(run_.scenario().model.commodities[row].name, language_);
        }
        return fill("binding_" + std::string(to_string(binding.kind)), commodity);
    }

    void commodities(const YearRun& year) {
        const auto& scenario = run_.scenario();
        std::vector<std::pair<double, const CommodityBalance*>> order;
        for (const auto& balance : year.commodities()) {
            const auto& commodity = scenario.model.commodities[balance.commodity];
            const bool traded = commodity.trade == model::Trade::market;
            if (traded && balance.produced > 0.0) {
                order.emplace_back(-balance.produced * weight_of(commodity), &balance);
            }
        }
        std::stable_sort(order.begin(), order.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        Table table("commodities",
                    {table::text_column("commodity"), table::number_column("produced"),
                     table::number_column("bought"), table::number_column("consumed"),
                     table::number_column("sold"), table::number_column("disposed"),
                     table::text_column("unit")});
        for (const auto& [weight, balance] : order) {
            const auto& commodity = scenario.model.commodities[balance->commodity];
            const auto scaled = [&](double value) {
                return for_reader(value, commodity, language_).number;
            };
            table.append({name_in(commodity.name, language_), scaled(balance->produced),
                          scaled(balance->bought), scaled(balance->consumed),
                          scaled(balance->sold + balance->final_demand), scaled(balance->disposed),
                          for_reader(0.0, commodity, language_).unit});
        }
        show("top_commodities", table, most_commodities, "commodities.csv");
    }

    /// Closure and solver of the year shown; of several years the worst.
    void close() {
        double balance = 0.0;
        double accounts = 0.0;
        double mass = 0.0;
        double energy = 0.0;
        double residual = 0.0;
        int iterations = 0;
        for (const auto& year : run_.years()) {
            balance = std::max(balance, year.closure().balance);
            accounts = std::max(accounts, year.closure().accounts);
            mass = std::max(mass, year.closure().mass);
            energy = std::max(energy, year.closure().energy);
            residual = std::max(residual, year.solution().residual);
            iterations = std::max(iterations, year.solution().iterations);
        }
        const auto small = [](double value) { return fmt::format("{:.1e}", value); };
        out_ += '\n';
        out_ += fill("closure", small(balance), small(accounts), table::percent_text(mass),
                     table::percent_text(energy));
        out_ += '\n';
        out_ += fill("solver", to_string(run_.outcome()), iterations, small(residual));
        out_ += '\n';
    }

    const Run& run_;
    Language language_;
    std::size_t width_;
    std::string out_;
};

} // namespace

std::string summary_text(const Run& run, Language language, std::size_t width) {
    return Summary(run, language, width).text();
}

} // namespace chainsim::study
