#include <chainsim/base/error.hpp>
#include <chainsim/study/comparison.hpp>
#include <chainsim/study/detail/efficiencies.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace chainsim::study {

namespace {

using detail::name_in;
using table::Language;
using table::Table;

constexpr std::size_t most_causes = 15;
constexpr std::size_t most_inputs = 20;
/// Indicators whose causes are shown beside those that were asked for.
constexpr std::array<std::string_view, 4> main_indicators{"value_added", "energy_total_equivalent",
                                                          "co2_total", "fresh_water"};
/// What is left unexplained above this part of the difference is told.
constexpr double noticeable = 1e-6;

class ComparisonText {
public:
    ComparisonText(const Comparison& comparison, Language language, std::size_t width)
        : comparison_(comparison), year_(comparison.explained_year()), language_(language),
          width_(width) {}

    std::string text() {
        out_ = fill("compare_heading", comparison_.ids.size(), year_.year) + '\n';
        for (std::size_t i = 0; i < comparison_.ids.size(); ++i) {
            out_ += fmt::format("  {}  {} ({})\n", letter(i),
                                name_in(comparison_.names[i], language_), comparison_.ids[i]);
        }
        side_by_side();
        earned_per_unit();
        for (std::size_t i = 0; i < comparison_.pairs.size(); ++i) {
            pair(comparison_.pairs[i], i + 1);
        }
        out_ += fill("all_planned") + '\n';
        return std::move(out_);
    }

private:
    template <class... Values>
    [[nodiscard]] std::string fill(std::string_view key, const Values&... values) const {
        return detail::fill(key, language_, values...);
    }
    [[nodiscard]] static std::string letter(std::size_t scenario) {
        return scenario < 26 ? std::string(1, static_cast<char>('A' + scenario))
                             : fmt::format("S{}", scenario + 1);
    }

    void show(const std::string& title, const Table& table, std::size_t most = 0) {
        if (table.rows() > 0) {
            out_ += '\n' + title + '\n';
            out_ += table::to_text(table, {.language = language_,
                                           .width = width_,
                                           .most_rows = most,
                                           .whole_in = most == 0 ? "" : "--json"});
        }
    }

    /// Values and differences: one table, or two where one would cut the names too short.
    enum class Part { both, values, differences };

    [[nodiscard]] std::vector<Part> parts() const {
        constexpr std::size_t fit_anywhere = 2;
        return detail::is_narrow(width_) && comparison_.ids.size() > fit_anywhere
                   ? std::vector{Part::values, Part::differences}
                   : std::vector{Part::both};
    }

    [[nodiscard]] Table table_by_scenario(Part part) const {
        std::vector<table::Column> columns{table::text_column("indicator")};
        for (std::size_t i = 0; i < comparison_.ids.size() && part != Part::differences; ++i) {
            columns.push_back(table::number_column(letter(i)));
        }
        for (std::size_t i = 1; i < comparison_.ids.size() && part != Part::values; ++i) {
            columns.push_back(table::number_column(letter(i) + " - A"));
            columns.push_back(table::text_column(letter(i) + " - A, %"));
        }
        columns.push_back(table::text_column("unit"));
        return {"compared", std::move(columns)};
    }

    /// The values of a row, then the differences from the first, in a reader's unit.
    [[nodiscard]] std::vector<table::Cell> cells(std::string name,
                                                 const std::vector<double>& values,
                                                 const std::string& unit, Part part) const {
        std::vector<table::Cell> row{std::move(name)};
        for (std::size_t i = 0; i < values.size() && part != Part::differences; ++i) {
            row.emplace_back(detail::for_reader(values[i], unit, language_).number);
        }
        const double first = values.front();
        for (std::size_t i = 1; i < values.size() && part != Part::values; ++i) {
            const double difference = values[i] - first;
            row.emplace_back(detail::for_reader(difference, unit, language_).number);
            const bool has_part = std::isfinite(difference) && first != 0.0;
            row.emplace_back(has_part
                                 ? fmt::format("{:+.3g} %", 100.0 * difference / std::abs(first))
                                 : std::string("-"));
        }
        row.emplace_back(detail::for_reader(0.0, unit, language_).unit);
        return row;
    }

    void side_by_side() {
        for (const auto part : parts()) {
            Table table = table_by_scenario(part);
            for (const bool asked : {false, true}) {
                for (const auto& one : year_.indicators) {
                    if (one.is_key && is_asked(one) == asked) {
                        table.append(
                            cells(name_in(one.name, language_), one.values, one.unit, part));
                    }
                }
            }
            show(fill(part == Part::differences ? "compare_differences" : "indicators"), table);
        }
    }

    /// Asked for by name, and not one of those that are always shown.
    [[nodiscard]] static bool is_asked(const SideBySide& one) {
        return one.is_key && std::find(detail::key_indicators.begin(), detail::key_indicators.end(),
                                       one.id) == detail::key_indicators.end();
    }

    void earned_per_unit() {
        for (const auto part : parts()) {
            Table table = table_by_scenario(part);
            for (const auto& one : detail::efficiencies(year_)) {
                auto row = cells(fill(one.id), one.values, std::string(one.unit), part);
                row.back() = fill("unit_of_" + std::string(one.id));
                table.append(std::move(row));
            }
            show(fill(part == Part::differences ? "compare_differences" : "compare_efficiencies"),
                 table);
        }
    }

    void pair(const ComparedPair& pair, std::size_t scenario) {
        out_ += '\n' + fmt::format("== {} ==\n", fill("compare_pair", letter(scenario))) + '\n';
        out_ += balance_of(scenario) + '\n';
        const auto causes = shown(pair);
        const auto order = by_weight(pair, causes);
        inputs(pair, order);
        if (pair.players > 0) {
            for (const auto& part : parts_of(causes)) {
                this->causes(pair, scenario, part, order);
            }
            method(pair);
        }
        unexplained(pair, scenario);
    }

    [[nodiscard]] std::string names_of(const std::vector<std::string>& indicators) const {
        std::string out;
        for (const auto& id : indicators) {
            out += (out.empty() ? "" : fill("and")) + fill("better_" + id);
        }
        return out;
    }

    [[nodiscard]] std::string balance_of(std::size_t scenario) const {
        const auto trade = detail::trade_off(year_, scenario);
        const auto a = letter(0);
        const auto b = letter(scenario);
        if (trade.first_better.empty() && trade.other_better.empty()) {
            return fill("compare_alike", a, b);
        }
        if (trade.other_better.empty()) {
            return fill("compare_dominates", a, b, names_of(trade.first_better));
        }
        if (trade.first_better.empty()) {
            return fill("compare_dominates", b, a, names_of(trade.other_better));
        }
        return fill("compare_trades", a, names_of(trade.first_better), b,
                    names_of(trade.other_better));
    }

    [[nodiscard]] std::string kind_of(const InputChange& change) const {
        return fill("kind_" + std::string(to_string(change.kind)));
    }

    /// What differs: those that the year feels first, and of these what causes most.
    void inputs(const ComparedPair& pair, std::vector<std::size_t> order) {
        if (pair.changes.empty()) {
            out_ += fill("compare_same_inputs") + '\n';
            return;
        }
        Table table("inputs", {table::text_column("change"), table::text_column("kind"),
                               table::text_column("from_to")});
        const auto is_felt = [&](std::size_t i) {
            return pair.changes[i].moves || pair.changes[i].spends;
        };
        for (const bool felt : {true, false}) {
            for (std::size_t i = 0; i < pair.changes.size(); ++i) {
                const bool listed = std::find(order.begin(), order.end(), i) != order.end();
                if (!listed && is_felt(i) == felt) {
                    order.push_back(i);
                }
            }
        }
        for (const auto i : order) {
            const auto& change = pair.changes[i];
            table.append({name_in(change.name, language_), kind_of(change),
                          name_in(change.detail, language_)});
        }
        const auto felt =
            static_cast<std::size_t>(std::count_if(order.begin(), order.end(), is_felt));
        show(fill("compare_inputs", pair.changes.size(), pair.changes.size() - felt, year_.year),
             table, most_inputs);
    }

    /// A column of amounts: what it is called, counted in, and where its figures are.
    struct Cause {
        const Explained* why = nullptr;
        std::string name;
        std::string unit;
        double size = 1.0;
    };

    [[nodiscard]] Cause cause(const Explained& why) const {
        const auto& one = year_.indicators[why.indicator];
        Cause out{&why, name_in(one.name, language_), {}, 1.0};
        if (std::find(main_indicators.begin(), main_indicators.end(), one.id) !=
            main_indicators.end()) {
            out.name = fill("better_" + one.id);
        }
        if (one.unit == "tce" || one.unit == "CNY") {
            const auto unit = one.unit == "tce" ? detail::plant_energy(language_)
                                                : detail::plant_money(language_);
            out.unit = unit.text;
            out.size = unit.size;
        } else {
            out.unit = detail::for_reader(1.0, one.unit, language_).unit;
            out.size = 1.0 / detail::for_reader(1.0, one.unit, language_).number;
        }
        return out;
    }

    [[nodiscard]] std::vector<Cause> shown(const ComparedPair& pair) const {
        std::vector<Cause> out;
        for (const auto id : main_indicators) {
            for (const auto& why : pair.why) {
                if (year_.indicators[why.indicator].id == id) {
                    out.push_back(cause(why));
                }
            }
        }
        constexpr std::size_t most = 8; // of --of all, the rest is in the JSON
        for (const auto& why : pair.why) {
            const auto& one = year_.indicators[why.indicator];
            const bool is_main = std::find(main_indicators.begin(), main_indicators.end(),
                                           one.id) != main_indicators.end();
            if (is_asked(one) && !is_main && out.size() < most) {
                out.push_back(cause(why));
            }
        }
        return out;
    }

    /// Changes by the largest part that they have in the movement of any of these indicators.
    [[nodiscard]] static std::vector<std::size_t> by_weight(const ComparedPair& pair,
                                                            const std::vector<Cause>& causes) {
        std::vector<double> weight(pair.changes.size(), 0.0);
        for (const auto& one : causes) {
            double all = 0.0;
            for (const double amount : one.why->amount) {
                all += std::abs(amount);
            }
            for (std::size_t i = 0; i < weight.size() && all > 0.0; ++i) {
                weight[i] = std::max(weight[i], std::abs(one.why->amount[i]) / all);
            }
        }
        std::vector<std::size_t> order(weight.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](auto a, auto b) { return weight[a] > weight[b]; });
        std::erase_if(order, [&](auto i) { return weight[i] == 0.0; });
        return order;
    }

    /// All in one table; where that would cut the names too short, what was asked for apart.
    [[nodiscard]] std::vector<std::vector<Cause>> parts_of(const std::vector<Cause>& causes) const {
        if (!detail::is_narrow(width_)) {
            return {causes};
        }
        std::vector<std::vector<Cause>> parts(1);
        for (const auto& one : causes) {
            if (is_asked(year_.indicators[one.why->indicator])) {
                parts.push_back({one});
            } else {
                parts.front().push_back(one);
            }
        }
        return parts;
    }

    void causes(const ComparedPair& pair, std::size_t scenario, const std::vector<Cause>& causes,
                const std::vector<std::size_t>& order) {
        std::vector<table::Column> columns{table::text_column("change")};
        for (const auto& one : causes) {
            columns.push_back(table::number_column(one.name, one.unit));
        }
        Table table("causes", std::move(columns));
        const auto append = [&](const std::string& name, auto number) {
            std::vector<table::Cell> row{name};
            for (const auto& one : causes) {
                const double value = number(*one.why);
                double all = 0.0;
                for (const double amount : one.why->amount) {
                    all += std::abs(amount);
                }
                constexpr double rounding = 1e-12; // of sums of many solves
                row.emplace_back(std::abs(value) <= rounding * all ? 0.0 : value / one.size);
            }
            table.append(std::move(row));
        };
        const std::size_t listed = std::min(order.size(), most_causes);
        for (std::size_t i = 0; i < listed; ++i) {
            append(name_in(pair.changes[order[i]].name, language_),
                   [&](const Explained& why) { return why.amount[order[i]]; });
        }
        if (order.size() > listed) {
            append(fill("compare_rest", order.size() - listed), [&](const Explained& why) {
                double sum = 0.0;
                for (std::size_t i = listed; i < order.size(); ++i) {
                    sum += why.amount[order[i]];
                }
                return sum;
            });
        }
        append(fill("compare_all"), [&](const Explained& why) {
            return year_.indicators[why.indicator].difference(scenario);
        });
        if (!pair.exact) {
            append(fill("compare_error"), [](const Explained& why) {
                double largest = 0.0;
                for (const double error : why.error) {
                    largest = std::isnan(error) ? error : std::max(largest, error);
                }
                return largest;
            });
        }
        if (!causes.empty()) {
            show(fill("compare_causes"), table);
        }
    }

    void method(const ComparedPair& pair) {
        if (!pair.attributed) {
            out_ += '\n' + fill("compare_unattributed", pair.unsolved, pair.hybrids) + '\n';
            return;
        }
        out_ += '\n' +
                (pair.exact ? fill("compare_exact", pair.players, pair.hybrids)
                            : fill("compare_sampled", pair.players, pair.orders, pair.hybrids)) +
                '\n';
        if (pair.skipped > 0 || pair.unsolved > 0) {
            out_ += fill("compare_skipped", pair.unsolved, pair.hybrids, pair.skipped) + '\n';
        }
    }

    void unexplained(const ComparedPair& pair, std::size_t scenario) {
        for (const auto& why : pair.why) {
            const auto& one = year_.indicators[why.indicator];
            const double difference = one.difference(scenario);
            const double size = std::max(std::abs(one.values.front()), std::abs(difference));
            if (std::abs(why.unexplained) > noticeable * size) {
                out_ += fill("compare_unexplained", name_in(one.name, language_),
                             detail::amount_text(why.unexplained, one.unit, language_)) +
                        '\n';
            }
        }
    }

    const Comparison& comparison_;
    const ComparedYear& year_;
    Language language_;
    std::size_t width_;
    std::string out_;
};

} // namespace

std::string comparison_text(const Comparison& comparison, table::Language language,
                            std::size_t width) {
    CHAINSIM_EXPECT(!comparison.failure, "a scenario without a solution");
    return ComparisonText(comparison, language, width).text();
}

} // namespace chainsim::study
