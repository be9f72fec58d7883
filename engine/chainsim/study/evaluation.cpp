#include <chainsim/base/diagnostic.hpp>
#include <chainsim/study/check_report.hpp>
#include <chainsim/study/evaluation.hpp>
#include <chainsim/study/year_comparison.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace chainsim::study {

namespace {

constexpr double percent_of_plan = 100.0;
constexpr int last_year = 9999; ///< a path is flat behind its last point

[[noreturn]] void refuse_evaluation(const std::string& message, const std::string& help) {
    throw InputError({Diagnostic{{}, {}, message, help, {}, {}}});
}

/// A figure of a whole year: as told for it, or the sum of its twelve months.
double whole_year(const model::Actuals& actuals, const std::string& boundary,
                  const std::string& enterprise, const std::string& indicator, int year) {
    constexpr int all_months = 12;
    double sum = 0.0;
    int months = 0;
    for (const auto& one : actuals.figures) {
        if (one.year != year || one.indicator != indicator || one.enterprise != enterprise ||
            one.boundary != boundary) {
            continue;
        }
        if (!one.month) {
            return one.value;
        }
        sum += one.value;
        ++months;
    }
    return months == all_months ? sum : table::absent;
}

/// Enterprises with energy and value added in both years, and the rest of the district.
class CausesOfActuals {
public:
    CausesOfActuals(const model::Actuals& actuals, int before, int after)
        : actuals_(actuals), before_(before), after_(after) {}

    [[nodiscard]] std::optional<Causes> find() const {
        analysis::ActivityPart rest;
        rest.id = "rest";
        rest.energy_before = of("district", {}, energy_id, before_);
        rest.energy_after = of("district", {}, energy_id, after_);
        rest.activity_before = of("district", {}, "gdp_given", before_);
        rest.activity_after = of("district", {}, "gdp_given", after_);
        if (std::isnan(rest.energy_before + rest.energy_after + rest.activity_before +
                       rest.activity_after)) {
            return std::nullopt;
        }
        Causes out;
        out.before = before_;
        out.after = after_;
        out.is_of_actuals = true;
        out.change = rest.energy_after - rest.energy_before;
        std::vector<analysis::ActivityPart> parts;
        for (const auto& name : enterprises()) {
            analysis::ActivityPart one{name, of("above_scale", name, added_id, before_),
                                       of("above_scale", name, added_id, after_),
                                       of("above_scale", name, energy_id, before_),
                                       of("above_scale", name, energy_id, after_)};
            if (std::isnan(one.activity_before + one.activity_after + one.energy_before +
                           one.energy_after)) {
                out.missing.push_back(name);
                continue;
            }
            rest.activity_before -= one.activity_before;
            rest.activity_after -= one.activity_after;
            rest.energy_before -= one.energy_before;
            rest.energy_after -= one.energy_after;
            out.names.push_back({name, name});
            parts.push_back(std::move(one));
        }
        out.names.push_back({"其余(规下、建筑、服务、居民等)", "all others"});
        parts.push_back(std::move(rest));
        out.energy = analysis::decompose(std::move(parts));
        return out;
    }

private:
    static constexpr const char* energy_id = "energy_total_equivalent";
    static constexpr const char* added_id = "value_added";

    [[nodiscard]] double of(const std::string& boundary, const std::string& enterprise,
                            const std::string& indicator, int year) const {
        return whole_year(actuals_, boundary, enterprise, indicator, year);
    }

    [[nodiscard]] std::set<std::string> enterprises() const {
        std::set<std::string> out;
        for (const auto& one : actuals_.figures) {
            if (!one.enterprise.empty() && one.boundary == "above_scale") {
                out.insert(one.enterprise);
            }
        }
        return out;
    }

    const model::Actuals& actuals_;
    int before_;
    int after_;
};

std::optional<Causes> causes_of_model(const Study& study, int before, int after) {
    auto scenario = study.scenario();
    scenario.years = {before, after};
    const auto run = Study(std::move(scenario)).run();
    if (run.failure() || run.years().front().energy().balance.lines.empty()) {
        return std::nullopt;
    }
    auto compared = compare_years(run, before, after);
    Causes out;
    out.before = before;
    out.after = after;
    out.names = std::move(compared.names);
    out.energy = std::move(compared.energy);
    out.change = compared.total_after - compared.total_before;
    return out;
}

} // namespace

Evaluated evaluated(const model::Scenario& scenario, Judgement judged) {
    Evaluated out;
    const auto& policy = scenario.policies.at(judged.id);
    const auto found = std::find_if(judged.inputs.begin(), judged.inputs.end(),
                                    [&](const auto& one) { return one.first == judged.indicator; });
    out.now = found == judged.inputs.end() ? table::absent : found->second;
    out.base = out.target = out.rate = table::absent;
    if (policy.change == model::Change::drop) {
        out.base = out.now / (1.0 - judged.value / percent_of_plan);
        if (policy.target) {
            out.target = percent_of_plan * policy.target->at(last_year).in("1");
        }
    } else if (policy.change == model::Change::rise) {
        out.base = out.now - judged.value;
        if (policy.target) {
            out.target = policy.target->at(last_year).in_a_year(units::Unit::parse(judged.unit));
        }
    } else {
        out.now = judged.value;
        const auto& path =
            judged.formula.find("<= bound") != std::string::npos ? policy.at_most : policy.at_least;
        if (path) {
            const auto last = path->at(policy.until.value_or(last_year));
            out.target = last.in_a_year(units::Unit::parse(judged.unit));
        }
    }
    const bool is_upper = judged.formula.find("<= bound") != std::string::npos ||
                          policy.change == model::Change::rise;
    if (is_upper && judged.value > 0.0) {
        out.rate = judged.bound / judged.value;
    } else if (!is_upper && judged.bound > 0.0) {
        out.rate = judged.value / judged.bound;
    }
    out.judged = std::move(judged);
    return out;
}

Evaluation evaluate_plan(const Study& study, int year) {
    const auto& scenario = study.scenario();
    const auto& figures = scenario.actuals.figures;
    Evaluation out;
    out.year = year;
    for (const auto& period : scenario.periods) {
        if (period.holds(year)) {
            out.period = &period;
        }
    }
    if (out.period == nullptr) {
        refuse_evaluation(fmt::format("no period of assessment holds {}", year),
                          "state one under `periods`, with `from` and `until`");
    }
    const bool is_told = std::any_of(figures.begin(), figures.end(),
                                     [year](const auto& one) { return one.year == year; });
    const auto run = study.run(year);
    if (const auto& failure = run.failure()) {
        throw NoSolution(failure->message);
    }
    for (const auto& judged : run.year(year).policies()) {
        if (judged.verdict != Verdict::not_applicable) {
            out.indicators.push_back(evaluated(scenario, judged));
        }
    }
    std::stable_sort(out.indicators.begin(), out.indicators.end(),
                     [](const Evaluated& a, const Evaluated& b) {
                         return std::pair(a.judged.group, a.judged.verdict == Verdict::met) <
                                std::pair(b.judged.group, b.judged.verdict == Verdict::met);
                     });
    for (const auto& one : out.indicators) {
        if (one.judged.verdict == Verdict::undetermined) {
            out.open.push_back(one.judged.id);
        }
    }
    if (is_told) {
        for (int before = out.period->base_year; before < year && !out.causes; ++before) {
            out.causes = CausesOfActuals(scenario.actuals, before, year).find();
        }
    }
    if (!out.causes) {
        out.causes = causes_of_model(study, out.period->base_year, year);
    }
    return out;
}

} // namespace chainsim::study
