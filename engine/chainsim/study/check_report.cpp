#include <chainsim/base/error.hpp>
#include <chainsim/study/check_report.hpp>
#include <chainsim/study/detail/change.hpp>
#include <chainsim/study/detail/economics_report.hpp>
#include <chainsim/study/detail/judgement_json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

namespace chainsim::study {

namespace {

using detail::Json;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// What m and n are counted against: figures of the base year of a period.
class Place {
public:
    Place(const model::Scenario& scenario, const model::Period& period,
          std::vector<std::string>& missing)
        : period_(period) {
        const detail::Base base(period, scenario.region);
        gdp_ = value(base.figure("gdp", missing));
        energy_ = value(base.figure("energy", missing));
        controlled_ = value(base.of("energy_controlled", missing));
        std::sort(missing.begin(), missing.end());
        missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
        for (const auto& policy : scenario.policies) {
            if (policy.period != period.id || !policy.target) {
                continue;
            }
            const auto target = policy.target->at(period.until);
            if (policy.change == model::Change::rise && policy.indicator == "energy_controlled") {
                rise_ = target.in_a_year(units::Unit::parse("tce"));
            } else if (policy.change == model::Change::drop &&
                       policy.indicator == "energy_intensity") {
                drop_ = target.in("1");
            }
        }
    }

    [[nodiscard]] Weight weigh(const analysis::Pull& pull) const {
        Weight out;
        out.pull = pull;
        out.m = pull.controlled / allowed_rise(controlled_);
        out.m_undeducted = pull.energy / allowed_rise(energy_);
        out.n_refused = !(pull.value_added > 0.0);
        out.n = out.n_refused ? unknown : n_of(controlled_, pull.controlled, pull.value_added);
        out.n_undeducted = out.n_refused ? unknown : n_of(energy_, pull.energy, pull.value_added);
        out.m_class = class_of(out.m, period_.m_classes);
        out.n_class = class_of(out.n, period_.n_classes);
        return out;
    }

private:
    static double value(const std::optional<detail::Span>& span) {
        return span ? span->value : unknown;
    }

    /// As stated, or what the drop of intensity leaves at the growth that is given.
    [[nodiscard]] double allowed_rise(double energy) const {
        if (rise_) {
            return *rise_;
        }
        const auto growth = model::growth_since_base(period_, period_.until);
        return drop_ && growth ? energy * ((1.0 - *drop_) * growth->value() - 1.0) : unknown;
    }

    [[nodiscard]] double n_of(double a, double d, double e) const {
        return (a + d) / (gdp_ + e) / (a / gdp_) - 1.0;
    }

    static std::optional<int> class_of(double share, const std::vector<double>& limits) {
        if (limits.empty() || std::isnan(share)) {
            return std::nullopt;
        }
        return static_cast<int>(std::upper_bound(limits.begin(), limits.end(), share) -
                                limits.begin());
    }

    const model::Period& period_;
    double gdp_ = unknown;
    double energy_ = unknown;
    double controlled_ = unknown;
    std::optional<double> rise_;
    std::optional<double> drop_;
};

int rank_of(Verdict verdict) {
    switch (verdict) {
    case Verdict::missed:
        return 0;
    case Verdict::undetermined:
        return 1;
    case Verdict::met:
        return 2;
    case Verdict::not_applicable:
        break;
    }
    return 3;
}

/// Margin as a share of the bound; what has none comes last of its verdict.
double relative_margin(const Judgement& one) {
    if (std::isnan(one.margin)) {
        return std::numeric_limits<double>::infinity();
    }
    return one.margin / std::max(std::abs(one.bound), 1e-300);
}

Json answers_json(const CheckReport& report) {
    if (!report.question) {
        return nullptr;
    }
    Json list = Json::array();
    for (const auto& one : report.answers) {
        Json years = Json::array();
        for (const auto& [year, margin] : one.by_year) {
            years.push_back({{"start", year}, {"margin", detail::number(margin)}});
        }
        list.push_back({{"policy", one.policy},
                        {"indicator", one.indicator},
                        {"margin", detail::number(one.margin)},
                        {"margin_unit", one.margin_unit},
                        {"answer", to_string(one.answered)},
                        {"now", detail::number(one.now)},
                        {"needed", detail::number(one.needed)},
                        {"limit", detail::number(one.limit)},
                        {"unit", one.unit},
                        {"rest_growth", detail::number(one.rest_growth)},
                        {"by_year", std::move(years)}});
    }
    return {{"year", report.year},
            {"parameter", to_string(report.question->unknown)},
            {"subject",
             report.question->subject.empty() ? Json(nullptr) : Json(report.question->subject)},
            {"answers", std::move(list)}};
}

Json weight_json(const model::Scenario& scenario, const Weight& one) {
    const auto& project = scenario.projects[one.pull.project];
    const auto whole = [](const std::optional<int>& value) {
        return value ? Json(*value) : Json(nullptr);
    };
    return {{"id", project.id},
            {"name", detail::name(project.name)},
            {"energy", detail::number(one.pull.energy)},
            {"energy_feedstock", detail::number(one.pull.feedstock)},
            {"energy_renewable", detail::number(one.pull.non_fossil)},
            {"energy_controlled", detail::number(one.pull.controlled)},
            {"energy_replaced", detail::number(one.pull.replaced_energy)},
            {"value_added", detail::number(one.pull.value_added)},
            {"co2_energy", detail::number(one.pull.co2)},
            {"m", detail::number(one.m)},
            {"m_class", whole(one.m_class)},
            {"n", detail::number(one.n)},
            {"n_class", whole(one.n_class)},
            {"n_refused", one.n_refused ? Json("value added is not positive") : Json(nullptr)},
            {"m_undeducted", detail::number(one.m_undeducted)},
            {"n_undeducted", detail::number(one.n_undeducted)},
            {"rebuilds", one.pull.rebuilds}};
}

} // namespace

CheckReport check(const Study& study, const std::vector<int>& years, bool projects) {
    const auto& scenario = study.scenario();
    const int last = years.empty() ? scenario.years.back() : years.back();
    CheckReport report{years.size() == 1 ? study.run(last) : study.run(), last, {}, {}, {}, {}, {}};
    if (projects && !report.run.failure()) {
        report.economics = project_economics(report.run);
    }
    if (projects && !report.run.failure()) {
        report.weights = weigh(scenario, last, report.missing);
    }
    return report;
}

std::vector<Weight> weigh(const model::Scenario& scenario, int year,
                          std::vector<std::string>& missing) {
    std::vector<Weight> weights;
    const auto* period = model::period_of(scenario.periods, year);
    if (period == nullptr || !period->holds(year)) {
        return weights;
    }
    const Place place(scenario, *period, missing);
    for (const auto& pull : analysis::pulls(scenario, year)) {
        weights.push_back(place.weigh(pull));
    }
    std::stable_sort(weights.begin(), weights.end(), [](const auto& a, const auto& b) {
        return a.pull.controlled > b.pull.controlled;
    });
    return weights;
}

std::vector<const Judgement*> worst_first(const YearRun& year) {
    std::vector<const Judgement*> order;
    order.reserve(year.policies().size());
    for (const auto& policy : year.policies()) {
        order.push_back(&policy);
    }
    std::stable_sort(order.begin(), order.end(), [](const Judgement* a, const Judgement* b) {
        return std::tuple(a->group, rank_of(a->verdict), !a->hard, relative_margin(*a)) <
               std::tuple(b->group, rank_of(b->verdict), !b->hard, relative_margin(*b));
    });
    return order;
}

std::vector<std::string> missed_hard(const Run& run) {
    std::vector<std::string> list;
    for (const auto& year : run.years()) {
        for (const auto& policy : year.policies()) {
            if (policy.hard && policy.verdict == Verdict::missed) {
                list.push_back(fmt::format("{} ({})", policy.id, year.year()));
            }
        }
    }
    return list;
}

std::string check_json(const CheckReport& report, const std::string& project) {
    const auto& scenario = report.run.scenario();
    Json years = Json::array();
    for (const auto& year : report.run.years()) {
        Json policies = Json::array();
        for (const auto* policy : worst_first(year)) {
            policies.push_back(detail::judgement(*policy));
        }
        years.push_back({{"year", year.year()},
                         {"policies", std::move(policies)},
                         {"products", detail::products(scenario, year)},
                         {"ledgers", detail::ledgers(scenario, year)},
                         {"water_quotas", detail::water_quotas(scenario, year)}});
    }
    Json projects = Json::array();
    for (const auto& one : report.weights) {
        if (project.empty() || scenario.projects[one.pull.project].id == project) {
            projects.push_back(weight_json(scenario, one));
        }
    }
    Json document{
        {"schema", "chainsim.check/1"},
        {"basis", to_string(Basis::planned)}, // of all that says no other
        {"scenario", scenario.id},
        {"years", std::move(years)},
        {"projects",
         {{"year", report.year}, {"missing", report.missing}, {"weights", std::move(projects)}}},
        {"economics", detail::economics_json(scenario, report.economics, project)}};
    if (report.question) {
        document["solved_for"] = answers_json(report);
    }
    return document.dump(1) + '\n';
}

} // namespace chainsim::study
