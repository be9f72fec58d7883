#include <chainsim/live/detail/pulse.hpp>
#include <chainsim/study/report.hpp>
#include <chainsim/table/column.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace chainsim::live::detail {

namespace {

/// The policies of a year, judged by values that a preview knows.
std::vector<study::Judgement> judge(const Origin::Work& work,
                                    const model::Registry<model::Policy>& policies,
                                    std::size_t year,
                                    const std::vector<std::vector<double>>& values) {
    auto told = work.told[year];
    for (std::size_t i = 0; i < told.size(); ++i) {
        told[i].value = values[work.told_at[year][i]][year];
    }
    std::erase_if(told, [](const auto& one) { return std::isnan(one.value); });
    return study::try_policies(policies, work.study.scenario(), work.preview->system(year), told);
}

} // namespace

/// The values of a run, in the order of the pulse.
Pulse pulse_of(const Origin::Work& work, const study::Run& run) {
    Pulse out;
    if (const auto& failure = run.failure()) {
        out.failure = failure->message;
        return out;
    }
    const auto& years = run.years();
    for (const auto& id : work.indicators) {
        auto& values = out.values.emplace_back();
        for (const auto& year : years) {
            const auto& all = year.indicators();
            const auto found = std::find_if(all.begin(), all.end(),
                                            [&id](const auto& one) { return one.id == id; });
            values.push_back(found == all.end() ? table::absent : found->value);
        }
    }
    const auto shown = view::shown_policies(run);
    for (const auto& policy : work.policies) {
        auto& judged = out.judged.emplace_back(years.size());
        const auto found = std::find_if(shown.begin(), shown.end(), [&](const auto& one) {
            return one.id == policy.id && one.upper == policy.upper;
        });
        for (std::size_t y = 0; found != shown.end() && y < years.size(); ++y) {
            if (const auto* one = found->years[y]) {
                judged[y] = Judged{one->verdict, one->value, one->bound, one->margin};
            }
        }
    }
    const auto& year = years[work.judged];
    out.verdict = study::overall_verdict(year.policies(), year.ledgers());
    return out;
}

Pulse pulse_of(const Origin::Work& work, std::vector<std::vector<double>> values,
               const model::Registry<model::Policy>& policies,
               const std::vector<study::LedgerJudgement>& ledgers) {
    Pulse out;
    out.values = std::move(values);
    const std::size_t years = work.run.years().size();
    out.judged.assign(work.policies.size(), std::vector<std::optional<Judged>>(years));
    for (std::size_t y = 0; y < years; ++y) {
        const auto judged = judge(work, policies, y, out.values);
        for (std::size_t p = 0; p < work.policies.size(); ++p) {
            const auto& one = judged[work.verdict_of[p]];
            if (one.verdict != study::Verdict::not_applicable) {
                out.judged[p][y] = Judged{one.verdict, one.value, one.bound, one.margin};
            }
        }
        if (y == work.judged) {
            out.verdict = study::overall_verdict(judged, ledgers);
        }
    }
    return out;
}

} // namespace chainsim::live::detail
