#include <chainsim/model/dual_control.hpp>
#include <chainsim/model/plant_group.hpp>
#include <chainsim/study/detail/judgement_json.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/report.hpp>
#include <chainsim/view/detail/json.hpp>
#include <chainsim/view/district_view.hpp>
#include <chainsim/view/projects_view.hpp>
#include <chainsim/view/year_view.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string_view>
#include <utility>

namespace chainsim::view {

namespace {

using detail::Json;
using detail::name;
using detail::number;

bool is_key(const std::string& id) {
    const auto& keys = study::detail::key_indicators;
    return std::find(keys.begin(), keys.end(), id) != keys.end();
}

/// Of one product, plant, technology or group: there are hundreds of them.
bool is_single(const std::string& id) {
    constexpr std::array beginnings{"made_",       "sold_",  "capacity_", "local_conversion_",
                                    "unit_",       "share_", "smallest_", "installed_power_",
                                    "water_taken_"};
    return id.find("_of_") != std::string::npos ||
           std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
               return id.compare(0, beginning.size(), beginning) == 0;
           });
}

std::set<std::string> bounded(const study::Run& run) {
    std::set<std::string> out;
    for (const auto& policy : run.scenario().policies) {
        out.insert(policy.indicator);
    }
    return out;
}

const accounts::IndicatorValue* find(const study::YearRun& year, const std::string& id) {
    const auto& all = year.indicators();
    const auto found = std::lower_bound(
        all.begin(), all.end(), id, [](const auto& one, const auto& key) { return one.id < key; });
    return found == all.end() || found->id != id ? nullptr : &*found;
}

Json indicators_json(const study::Run& run) {
    Json list = Json::array();
    for (const auto& id : shown_indicators(run)) {
        const accounts::IndicatorValue* any = nullptr;
        Json values = Json::array();
        Json shares = Json::array();
        Json bases = Json::array();
        for (const auto& year : run.years()) {
            const auto* one = find(year, id);
            any = any == nullptr ? one : any;
            values.push_back(one == nullptr ? Json(nullptr) : number(one->value));
            const auto known = year.confidence().find(id);
            if (known == year.confidence().end()) {
                shares.push_back(nullptr);
            } else {
                Json five = Json::array();
                for (const double share : known->second) {
                    constexpr double thousand = 1000.0;
                    five.push_back(std::round(share * thousand) / thousand);
                }
                shares.push_back(std::move(five));
            }
            bases.push_back(study::to_string(year.basis_of(id)));
        }
        list.push_back({{"id", id},
                        {"name", name(any->name)},
                        {"unit", any->unit},
                        {"key", is_key(id)},
                        {"values", std::move(values)},
                        {"confidence", std::move(shares)},
                        {"basis", std::move(bases)}});
    }
    return list;
}

Json policies_json(const study::Run& run) {
    Json list = Json::array();
    for (const auto& shown : shown_policies(run)) {
        const auto found =
            std::find_if(shown.years.begin(), shown.years.end(), [](auto* one) { return one; });
        const auto& policy = run.scenario().policies.at(shown.id);
        const study::Judgement& any = **found;
        Json years = Json::array();
        std::string unit;
        for (const auto* one : shown.years) {
            if (one == nullptr) {
                years.push_back(nullptr);
                continue;
            }
            unit = one->unit.empty() ? unit : one->unit;
            Json judged = study::detail::judgement(*one);
            for (const char* stays : {"id", "name", "group", "indicator", "unit", "hard"}) {
                judged.erase(stays);
            }
            years.push_back(std::move(judged));
        }
        constexpr std::array changes{"none", "drop", "rise"};
        list.push_back({{"id", shown.id},
                        {"name", name(policy.name)},
                        {"group", model::to_string(policy.group)},
                        {"indicator", policy.indicator},
                        {"unit", unit},
                        {"hard", policy.hard},
                        {"change", changes.at(static_cast<std::size_t>(policy.change))},
                        {"upper", shown.upper},
                        {"source", any.source},
                        {"confidence", model::to_string(any.confidence)},
                        {"years", std::move(years)}});
    }
    return list;
}

Json years_json(const study::Run& run, bool with_years) {
    Json list = Json::array();
    if (with_years) {
        const auto traced = traced_indicators(run);
        for (const auto& year : run.years()) {
            list.push_back(year_json(run.scenario(), year, traced));
        }
    }
    return list;
}

} // namespace

std::vector<std::string> shown_indicators(const study::Run& run) {
    const auto judged = bounded(run);
    std::set<std::string> out;
    for (const auto& year : run.years()) {
        for (const auto& one : year.indicators()) {
            if (is_key(one.id) || judged.contains(one.id) || !is_single(one.id)) {
                out.insert(one.id);
            }
        }
    }
    return {out.begin(), out.end()};
}

std::set<std::string> traced_indicators(const study::Run& run) {
    auto out = bounded(run);
    out.insert(study::detail::key_indicators.begin(), study::detail::key_indicators.end());
    return out;
}

std::vector<ShownPolicy> shown_policies(const study::Run& run) {
    std::map<std::pair<std::string, bool>, ShownPolicy> found;
    const auto& years = run.years();
    for (std::size_t i = 0; i < years.size(); ++i) {
        for (const auto& one : years[i].policies()) {
            const auto& policy = run.scenario().policies.at(one.id);
            // Of a policy with two bounds the upper one is judged first.
            const bool is_second =
                policy.at_most && policy.at_least && one.formula.find(" >= ") != std::string::npos;
            const bool upper =
                policy.change == model::Change::rise || (policy.at_most && !is_second);
            auto& shown = found[{one.id, !upper}];
            shown.id = one.id;
            shown.upper = upper;
            shown.years.resize(years.size());
            if (one.verdict != study::Verdict::not_applicable) {
                shown.years[i] = &one;
            }
        }
    }
    std::vector<ShownPolicy> out;
    for (auto& [key, shown] : found) {
        if (std::any_of(shown.years.begin(), shown.years.end(), [](auto* one) { return one; })) {
            out.push_back(std::move(shown));
        }
    }
    return out;
}

Json district_json(const study::Study& study, const study::Run& run,
                   const DistrictOptions& options) {
    const auto& scenario = run.scenario();
    Json out{{"id", scenario.id},
             {"name", name(scenario.name)},
             {"hash", study::hash_of(scenario)},
             {"years", scenario.years},
             {"outcome", study::to_string(run.outcome())}};
    if (const auto& failure = run.failure()) {
        out["failure"] = failure->message;
        return out;
    }
    const auto report = study::report_page(std::span(&study, 1), options.year);
    const auto head = [&](std::string_view key) -> const study::PageCell& {
        return std::find_if(report.head.begin(), report.head.end(),
                            [key](const auto& one) { return one.first == key; })
            ->second;
    };
    const auto& year = run.year(static_cast<int>(head("year").value));
    std::vector<std::string> missing;
    const auto weights = study::weigh(scenario, year.year(), missing);
    const auto economics = study::project_economics(run);
    out["year"] = year.year();
    out["verdict"] = head("verdict").id;
    out["screen"] = detail::part_json(report.parts.front());
    out["indicators"] = indicators_json(run);
    out["policies"] = policies_json(run);
    out["projects"] = detail::part_json(projects_part(run, year, weights, economics));
    out["economics"] = detail::part_json(economics_part(run, economics));
    Json gaps = Json::array();
    study::PagePart outages;
    outages.id = "outages";
    if (options.with_analyses) {
        for (const auto& part : gap_parts(scenario, study::gaps(study, year.year()))) {
            gaps.push_back(detail::part_json(part));
        }
        outages = outages_part(scenario, study::outages(study, year.year()));
    }
    out["gaps"] = std::move(gaps);
    out["outages"] = detail::part_json(outages);
    Json parts = Json::array();
    for (std::size_t i = 1; i < report.parts.size(); ++i) {
        parts.push_back(detail::part_json(report.parts[i]));
    }
    out["report"] = std::move(parts);
    out["details"] = years_json(run, options.with_years);
    return out;
}

} // namespace chainsim::view
