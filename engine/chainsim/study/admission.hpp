#pragma once

#include <chainsim/study/page.hpp>
#include <chainsim/study/project_economics.hpp>
#include <chainsim/study/run.hpp>
#include <chainsim/study/study.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chainsim::study {

/// A project against the norms of the park.
struct Admission {
    const ProjectEconomics* project = nullptr; ///< of the report
    /// Sum of the weights of norms times how far each is reached, at most 1; NaN where a figure
    /// that has a weight is missing, or no norm has one.
    double score = 0.0;
    double weights = 0.0;     ///< sum of those that count
    bool is_recalled = false; ///< a norm or weight is no better than recalled
    std::vector<std::string> missing;
};

/// An enterprise of the district by what its land brings.
///
/// Units  CNY, mu, tce, m3, t, per year; NaN where a figure is missing. What it frees is the
///        district with its plants less without them, all others free to run as they then would.
struct LandUser {
    std::string id;   ///< owner, or the plant where no owner is stated
    std::string park; ///< of its plants, or empty
    double land = 0.0;
    bool is_land_assumed = true; ///< from the investment of its plants, not surveyed
    double value_added = 0.0;
    double sales = 0.0;
    double value_added_per_mu = 0.0;
    double sales_per_mu = 0.0;
    double energy = 0.0; ///< controlled energy that its exit frees
    double fresh_water = 0.0;
    double so2 = 0.0;
    double nox = 0.0;
    double pm = 0.0;
    double voc = 0.0;
    double gdp = 0.0; ///< value added that the district loses by its exit
    double tax = 0.0; ///< that the district loses
    bool is_candidate = false;
};

/// Admission to the parks, and who stands last in them: of the last year of a scenario.
struct AdmissionReport {
    Run run;
    int year = 0;
    std::vector<ProjectEconomics> economics;
    std::vector<Admission> projects;  ///< the best score first; those without one last
    std::vector<LandUser> land_users; ///< the least value added per mu first
};

/// Norms x projects, scored by the weights that the park gives its norms; enterprises of the
/// district ranked by value added per mu; those in the last tenth, and any below zero, are named as
/// candidates for exit (腾笼换鸟), with the room that they would free. Named, never chosen: a
/// recalled norm advises only.
///
/// Errors  NoSolution of the years.
[[nodiscard]] AdmissionReport admissions(const Study& study);

/// Schema `chainsim.admit/1`: parts `norms`, `scores`, `ranking`, `exits`.
[[nodiscard]] Page admission_page(const AdmissionReport& report);

} // namespace chainsim::study
