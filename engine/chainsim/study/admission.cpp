#include <chainsim/accounts/plant_money.hpp>
#include <chainsim/study/admission.hpp>
#include <chainsim/study/detail/removal.hpp>
#include <chainsim/table/column.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <utility>

namespace chainsim::study {

namespace {

using model::Facility;
using model::Index;

/// Less land than this is an office, and no ranking.
constexpr double least_land = 1.0;
constexpr std::size_t exit_part = 10; ///< one in ten is a candidate

Admission admission_of(const model::Scenario& scenario, const ProjectEconomics& project) {
    Admission out;
    out.project = &project;
    double score = 0.0;
    for (const auto& norm : project.norms) {
        const auto& record = scenario.model.park_norms[norm.norm];
        if (!record.weight) {
            continue;
        }
        const double weight = record.weight->value.in("1");
        out.weights += weight;
        out.is_recalled = out.is_recalled ||
                          record.at_least.provenance.confidence > model::Confidence::known ||
                          record.weight->provenance.confidence > model::Confidence::known;
        if (std::isnan(norm.value)) {
            out.missing.push_back(record.id);
        } else if (norm.bound > 0.0) {
            score += weight * std::clamp(norm.value / norm.bound, 0.0, 1.0);
        }
    }
    out.score = out.missing.empty() && out.weights > 0.0 ? score / out.weights : table::absent;
    return out;
}

/// Does the plant stand there before any project of the scenario?
bool is_existing(const model::Scenario& scenario, const Facility& facility, int year) {
    if (!facility.exists(year)) {
        return false;
    }
    if (facility.project.empty()) {
        return true;
    }
    const auto& start = scenario.projects.at(facility.project).start;
    return !start || *start <= scenario.region.base_year;
}

class LandRanking {
public:
    LandRanking(const model::Scenario& scenario, int year)
        : scenario_(scenario), year_(year), removal_(scenario, year),
          assets_(accounts::plant_assets(scenario)), dealings_(accounts::dealings(scenario, year)) {
    }

    std::vector<LandUser> rank() {
        std::vector<LandUser> out;
        if (assets_.empty()) {
            return out;
        }
        std::map<std::string, std::vector<Index<Facility>>> owners;
        for (std::uint32_t i = 0; i < scenario_.facilities.size(); ++i) {
            const Index<Facility> index{i};
            const auto& facility = scenario_.facilities[index];
            if (is_existing(scenario_, facility, year_) && removal_.column_of(index) >= 0) {
                owners[accounts::taxpayer(facility)].push_back(index);
            }
        }
        for (const auto& [owner, plants] : owners) {
            auto one = user_of(owner, plants);
            if (one.land >= least_land) {
                free(one, plants);
                out.push_back(std::move(one));
            }
        }
        std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
            return a.value_added_per_mu < b.value_added_per_mu;
        });
        const std::size_t last = (out.size() + exit_part - 1) / exit_part;
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i].is_candidate = i < last || out[i].value_added_per_mu < 0.0;
        }
        return out;
    }

private:
    /// What it sells and buys on balance, at the prices at which plants deal.
    [[nodiscard]] LandUser user_of(const std::string& owner,
                                   const std::vector<Index<Facility>>& plants) const {
        LandUser out;
        out.id = owner;
        const auto& system = removal_.system();
        std::map<int, double> net;
        for (const auto plant : plants) {
            const auto& facility = scenario_.facilities[plant];
            const auto& assets = assets_[plant.value];
            out.land += assets.land.value();
            out.is_land_assumed =
                out.is_land_assumed && assets.land_confidence == model::Confidence::assumption;
            if (out.park.empty()) {
                out.park = facility.park;
            }
            const auto column = static_cast<std::size_t>(removal_.column_of(plant));
            const double activity = removal_.solution().activity[static_cast<Eigen::Index>(column)];
            for (const auto& flow : system.flows[column]) {
                net[flow.row] += flow.amount.value() * activity;
            }
        }
        for (const auto& [row, amount] : net) {
            const auto& dealing =
                dealings_[system.layout.rows[static_cast<std::size_t>(row)].value];
            const double value = amount * (amount > 0.0 ? dealing.received : dealing.paid).value();
            out.value_added += value;
            out.sales += amount > 0.0 ? std::max(0.0, value) : 0.0;
        }
        return out;
    }

    void free(LandUser& one, const std::vector<Index<Facility>>& plants) {
        const auto freed = removal_.of(plants);
        const auto value = [&freed](const std::string& id) {
            const auto found = freed.find(id);
            return found == freed.end() ? table::absent : found->second;
        };
        one.energy = value("energy_controlled");
        one.fresh_water = value("fresh_water");
        one.so2 = value("so2");
        one.nox = value("nox");
        one.pm = value("pm");
        one.voc = value("voc");
        one.gdp = value("value_added");
        one.tax = value("tax");
        one.value_added_per_mu = one.value_added / one.land;
        one.sales_per_mu = one.sales / one.land;
    }

    const model::Scenario& scenario_;
    int year_;
    detail::Removal removal_;
    std::vector<accounts::PlantAssets> assets_;
    std::vector<accounts::Dealing> dealings_;
};

} // namespace

AdmissionReport admissions(const Study& study) {
    const auto& scenario = study.scenario();
    const int year = scenario.years.back();
    AdmissionReport report{study.run(), year, {}, {}, {}};
    if (const auto& failure = report.run.failure()) {
        throw NoSolution(failure->message);
    }
    report.economics = project_economics(report.run);
    for (const auto& one : report.economics) {
        if (scenario.projects[one.project].kind != "infrastructure") {
            report.projects.push_back(admission_of(scenario, one));
        }
    }
    std::stable_sort(report.projects.begin(), report.projects.end(),
                     [](const auto& a, const auto& b) {
                         const auto rank = [](const Admission& one) {
                             return std::isnan(one.score) ? -1.0 : one.score;
                         };
                         return rank(a) > rank(b);
                     });
    report.land_users = LandRanking(scenario, year).rank();
    return report;
}

} // namespace chainsim::study
