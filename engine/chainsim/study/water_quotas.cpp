#include <chainsim/accounts/unit_water.hpp>
#include <chainsim/study/water_quotas.hpp>
#include <chainsim/table/column.hpp>

#include <cmath>
#include <cstddef>

namespace chainsim::study {

namespace {

void set_bound(QuotaJudgement& result, const model::WaterQuota& quota,
               const model::QuotaEdition& edition, const model::Facility& facility) {
    const auto start = facility.start.value_or(edition.years.from - 1);
    result.edition = edition.number;
    result.general = edition.general.value.in(quota.unit);
    result.is_new = !facility.project.empty() || start >= edition.years.from;
    const auto* bound = &edition.general;
    if (edition.advanced) {
        result.advanced = edition.advanced->value.in(quota.unit);
        bound = result.is_new ? &*edition.advanced : bound;
    }
    result.bound = bound->value.in(quota.unit);
    result.source = bound->provenance.source;
    result.confidence = bound->provenance.confidence;
}

QuotaJudgement judged(const model::Scenario& scenario, int year, const accounts::UnitWater& water) {
    const auto& quota = scenario.model.water_quotas[water.quota];
    QuotaJudgement result;
    result.id = quota.id;
    result.quota = water.quota;
    result.facility = water.facility;
    result.value = water.value;
    result.unit = quota.unit.text();
    for (double* figure : {&result.general, &result.advanced, &result.bound, &result.margin}) {
        *figure = table::absent;
    }
    result.source = quota.provenance.source;
    result.confidence = quota.provenance.confidence;
    const auto* edition = model::edition_in(quota.editions, year);
    if (edition == nullptr) {
        result.missing.emplace_back("quota");
    }
    if (std::isnan(water.value)) {
        result.missing.emplace_back("product");
    }
    if (edition == nullptr) {
        return result;
    }
    set_bound(result, quota, *edition, scenario.facilities[water.facility]);
    result.margin = result.bound - result.value;
    const double assumed =
        water.confidence[static_cast<std::size_t>(model::Confidence::assumption)];
    result.illustration =
        result.confidence == model::Confidence::assumption ||
        (assumed > 0.0 && assumed * std::abs(result.value) >= std::abs(result.margin));
    if (result.missing.empty()) {
        result.verdict = result.margin >= 0.0 ? Verdict::met : Verdict::missed;
    }
    return result;
}

} // namespace

std::vector<QuotaJudgement> judge_water(const model::Scenario& scenario,
                                        const system::System& system,
                                        const system::Solution& solution) {
    std::vector<QuotaJudgement> result;
    for (const auto& water : accounts::unit_waters(scenario, system, solution)) {
        result.push_back(judged(scenario, system.year, water));
    }
    return result;
}

} // namespace chainsim::study
