#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/study/policies.hpp>
#include <chainsim/system/system.hpp>

#include <string>
#include <vector>

namespace chainsim::study {

/// The water of a plant per unit of product, judged by the quota of the year: a new plant (of a
/// project, or started since the edition began) by the advanced value, any other by the general
/// one.
///
/// Units  all figures in `unit`; NaN where there is none.
struct QuotaJudgement {
    std::string id; ///< of the quota
    model::Index<model::WaterQuota> quota;
    model::Index<model::Facility> facility;
    double value = 0.0;
    std::string unit;
    double general = 0.0;
    double advanced = 0.0;
    bool is_new = false;
    double bound = 0.0;
    double margin = 0.0;       ///< room left: positive if the bound is kept
    bool illustration = false; ///< rests on an assumption, of the bound or of the recipe
    Verdict verdict = Verdict::undetermined;
    std::vector<std::string> missing; ///< `quota` where no edition rules, `product`
    std::string edition;
    std::string source; ///< of the bound
    model::Confidence confidence = model::Confidence::assumption;
};

/// Judges the plants of a solved year, by quota and then by facility.
[[nodiscard]] std::vector<QuotaJudgement> judge_water(const model::Scenario& scenario,
                                                      const system::System& system,
                                                      const system::Solution& solution);

} // namespace chainsim::study
