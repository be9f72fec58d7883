#include <chainsim/accounts/indicators.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/study/base_year.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace chainsim::study {

namespace {

TargetCounts count(const model::Scenario& scenario) {
    const auto& statistics = scenario.region.statistics;
    const auto is_counted = [&statistics](const std::string& id) {
        const auto found = statistics.find(id);
        return found != statistics.end() && !found->second.indicator.empty();
    };
    TargetCounts counts;
    for (const auto& target : scenario.targets) {
        ++(!target.policies.empty()       ? counts.judged
           : is_counted(target.statistic) ? counts.compared
           : !target.statistic.empty()    ? counts.recorded
           : !target.carried_by.empty()   ? counts.carried
                                          : counts.not_judged);
    }
    return counts;
}

/// Values of a solved year by indicator, in the unit in which each is counted.
std::map<std::string, accounts::IndicatorValue> values_of(const model::Scenario& scenario,
                                                          BaseYear& base) {
    std::map<std::string, accounts::IndicatorValue> values;
    const auto system = accounts::compile(scenario, base.year);
    const auto solution = solve::Dispatch(system.equations).solve();
    if (solution.outcome != system::Outcome::solved) {
        base.failure = std::string(to_string(solution.outcome));
        return values;
    }
    for (auto& value : accounts::evaluate(system, solution)) {
        values.emplace(value.id, std::move(value));
    }
    return values;
}

/// One of a figure's unit as a reader of the language has it; shares stay as they are written.
detail::ReaderAmount shown_in(const BaseFigure& figure, table::Language language) {
    if (figure.counted_in == "1") {
        return {1.0, figure.unit};
    }
    const units::Quantity one(1.0, units::Unit::parse(figure.unit));
    return detail::for_reader(one.in(units::Unit::parse(figure.counted_in)), figure.counted_in,
                              language);
}

} // namespace

bool BaseFigure::differs() const noexcept {
    if (!model) {
        return false;
    }
    constexpr double slack = 0.05; // of a figure that states no range
    const double room = slack * std::abs(value);
    return *model < low.value_or(value - room) || *model > high.value_or(value + room);
}

BaseYear compare_base_year(const model::Scenario& scenario) {
    const auto& region = scenario.region;
    CHAINSIM_EXPECT(std::find(scenario.years.begin(), scenario.years.end(), region.base_year) !=
                        scenario.years.end(),
                    "a scenario without the base year");
    BaseYear base;
    base.scenario = scenario.id;
    base.region = region.id;
    base.year = region.base_year;
    base.targets = count(scenario);
    const auto values = values_of(scenario, base);
    for (const auto& [id, statistic] : region.statistics) {
        const auto& datum = statistic.datum;
        BaseFigure figure;
        figure.id = id;
        figure.name = statistic.name;
        figure.value = datum.value.number();
        figure.unit = datum.value.unit().text();
        if (datum.range) {
            figure.low = datum.range->first;
            figure.high = datum.range->second;
        }
        figure.indicator = statistic.indicator;
        figure.explanation = statistic.explanation;
        figure.same_source = statistic.same_source;
        figure.confidence = datum.provenance.confidence;
        if (const auto found = values.find(statistic.indicator); found != values.end()) {
            const auto unit = units::Unit::parse(found->second.unit);
            figure.counted_in = found->second.unit;
            figure.model = units::Quantity(found->second.value, unit).in(datum.value.unit());
        }
        base.figures.push_back(std::move(figure));
    }
    return base;
}

std::vector<const model::Scenario*> base_scenarios(const std::vector<model::Scenario>& scenarios) {
    const auto rank = [](const model::Scenario& one) {
        const auto built = std::count_if(one.projects.begin(), one.projects.end(),
                                         [](const auto& project) { return project.selected; });
        return std::tuple(one.years.size(), built, one.id);
    };
    std::map<std::string, const model::Scenario*> best;
    for (const auto& scenario : scenarios) {
        if (std::find(scenario.years.begin(), scenario.years.end(), scenario.region.base_year) ==
            scenario.years.end()) {
            continue;
        }
        auto& chosen = best[scenario.region.id];
        if (chosen == nullptr || rank(scenario) < rank(*chosen)) {
            chosen = &scenario;
        }
    }
    std::vector<const model::Scenario*> result;
    result.reserve(best.size());
    for (const auto& [region, scenario] : best) {
        result.push_back(scenario);
    }
    return result;
}

table::Table base_year_table(const BaseYear& base, table::Language language) {
    table::Table table("base_year",
                       {table::text_column("statistic"), table::number_column("value"),
                        table::number_column("low"), table::number_column("high"),
                        table::number_column("model"), table::number_column("difference", "%"),
                        table::text_column("unit"), table::text_column("confidence")});
    for (const auto& one : base.figures) {
        if (!one.model) {
            continue;
        }
        const auto shown = shown_in(one, language);
        const auto scaled = [&](std::optional<double> value) {
            return value ? *value * shown.number : table::absent;
        };
        const double difference =
            one.value != 0.0 ? 100.0 * (*one.model / one.value - 1.0) : table::absent;
        const std::string marks =
            std::string(one.differs() ? "* " : "") + (one.same_source ? "= " : "");
        table.append({marks + detail::name_in(one.name, language), scaled(one.value),
                      scaled(one.low), scaled(one.high), scaled(one.model),
                      std::round(10.0 * difference) / 10.0, shown.unit,
                      std::string(table::heading(model::to_string(one.confidence), language))});
    }
    return table;
}

std::string base_year_text(const BaseYear& base, table::Language language, std::size_t width) {
    const auto say = [language](std::string_view key, auto&&... values) {
        return fmt::format(fmt::runtime(table::say(key, language)), values...) + '\n';
    };
    std::string out = '\n' + say("base_year", base.year, base.region, base.scenario);
    if (!base.failure.empty()) {
        return out + "  " + base.failure + '\n';
    }
    const auto table = base_year_table(base, language);
    if (table.rows() > 0) {
        out += table::to_text(table, {.language = language, .width = width});
        if (std::any_of(base.figures.begin(), base.figures.end(),
                        [](const auto& one) { return one.model && one.same_source; })) {
            out += say("base_year_same_source");
        }
        out += say("base_year_marks");
    }
    std::size_t alone = 0;
    for (const auto& one : base.figures) {
        alone += one.model ? 0 : 1;
        if (one.differs() && !one.explanation.empty()) {
            out +=
                fmt::format("  * {}: {}\n", detail::name_in(one.name, language), one.explanation);
        }
    }
    if (alone > 0) {
        out += say(alone == 1 ? "base_year_alone_one" : "base_year_alone", alone);
    }
    const auto& targets = base.targets;
    if (targets.all() > 0) {
        out += say("target_counts", targets.all(), targets.judged, targets.compared,
                   targets.recorded, targets.carried, targets.not_judged);
    }
    return out;
}

} // namespace chainsim::study
