#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/study/policies.hpp>
#include <chainsim/system/system.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::study {

/// Where a plant stands between benchmark (标杆) and baseline (基准).
enum class Grade {
    advanced, ///< at the benchmark or below
    standard,
    backward ///< above the baseline
};

/// What a plant must keep: the benchmark or level 2 if it is new (of a project, or started after
/// 2021), else the baseline or level 3. The levels are the duty where no list has the product.
enum class Duty { none, benchmark, level_2, baseline, level_3 };

[[nodiscard]] std::string_view to_string(Grade grade);
[[nodiscard]] std::string_view to_string(Duty duty);

/// The unit energy of a plant, judged by the standard of its product in the edition of the year.
///
/// Units  all figures in `unit`; NaN where there is none.
struct ProductJudgement {
    std::string id; ///< of the standard
    model::Index<model::UnitStandard> standard;
    model::Index<model::Facility> facility;
    double value = 0.0;
    std::string unit;
    double benchmark = 0.0;
    double baseline = 0.0;
    std::array<double, 3> levels{}; ///< level 3 with the allowances that the plant has
    std::string edition;            ///< of the national standard in force, or empty
    std::string list;               ///< of benchmark and baseline in force, or empty
    std::optional<Grade> grade;     ///< absent where no list has the product
    int level = 0;                  ///< 1, 2, 3; 4: not compliant; 0: no level is known
    Duty duty = Duty::none;
    double bound = 0.0;  ///< what the duty allows
    double margin = 0.0; ///< room left: positive if the duty is kept
    bool hard = false;
    /// The verdict rests on an assumption: the bound is one, or that part of the value which is
    /// assumed is larger than the margin.
    bool illustration = false;
    Verdict verdict = Verdict::undetermined;
    /// What a verdict would need: the document that was not read, `limit` where there is none,
    /// `plausible` where the value lies outside of what plants of the trade reach.
    std::vector<std::string> missing;
    double electricity_factor = 0.0; ///< kgce/kWh; NaN: fuels alone count
    std::string source;              ///< of the bound
    model::Confidence confidence = model::Confidence::assumption; ///< of the bound
};

/// Judges the plants of a solved year, by standard and then by facility.
[[nodiscard]] std::vector<ProductJudgement> judge_products(const model::Scenario& scenario,
                                                           const system::System& system,
                                                           const system::Solution& solution);

} // namespace chainsim::study
