#include <chainsim/accounts/indicators.hpp>
#include <chainsim/analysis/detail/gauge.hpp>
#include <chainsim/analysis/pulls.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace chainsim::analysis {

namespace {

/// Columns of what a project builds, and of what stands again without it.
struct Parts {
    std::vector<int> built;
    std::vector<int> replaced;
};

/// The scenario with all that running projects replaced still standing.
model::Scenario with_replaced(const model::Scenario& scenario, int year,
                              std::vector<model::Index<model::Facility>>& replaced) {
    model::Scenario copy = scenario;
    for (const auto& project : scenario.projects) {
        if (!project.selected || !project.start || *project.start > year) {
            continue;
        }
        for (const auto& id : project.replaces) {
            const auto index = copy.facilities.find(id);
            if (index && copy.facilities[*index].retire == project.start) {
                copy.facilities[*index].retire.reset();
                replaced.push_back(*index);
            }
        }
    }
    return copy;
}

class Trial {
public:
    Trial(const model::Scenario& scenario, int year)
        : scenario_(with_replaced(scenario, year, replaced_)),
          system_(accounts::compile(scenario_, year)), nameplate_(system_.equations.capacity),
          energy_(system_, "energy_total_equivalent"), feedstock_(system_, "energy_feedstock"),
          non_fossil_(system_, "energy_renewable"), controlled_(system_, "energy_controlled"),
          gdp_(system_, "gdp"), co2_(system_, "co2_energy"), dispatch_(system_.equations) {
        column_of_.resize(scenario_.facilities.size(), -1);
        for (std::size_t c = 0; c < system_.layout.columns.size(); ++c) {
            column_of_[system_.layout.columns[c].value] = static_cast<int>(c);
        }
        for (const auto facility : replaced_) {
            capacity(column_of_[facility.value]) = 0.0;
        }
        base_ = dispatch_.solve();
    }

    [[nodiscard]] system::Outcome outcome() const { return base_.outcome; }
    [[nodiscard]] double controlled() const { return controlled_(base_); }
    [[nodiscard]] double co2() const { return co2_(base_); }

    std::vector<Pull> run(int year) {
        std::vector<Pull> out;
        for (std::size_t i = 0; i < scenario_.projects.size(); ++i) {
            const model::Index<model::Project> index{static_cast<std::uint32_t>(i)};
            const auto& project = scenario_.projects[index];
            if (!project.selected || !project.start || *project.start > year) {
                continue;
            }
            const auto parts = parts_of(project);
            // Infrastructure is there for the others: without it they would all stand still.
            if (!parts.built.empty() && project.kind != "infrastructure") {
                out.push_back(without(index, parts));
                out.back().rebuilds = !project.retrofits.empty();
            }
        }
        return out;
    }

private:
    double& capacity(int column) { return system_.equations.capacity[column]; }

    [[nodiscard]] Parts parts_of(const model::Project& project) const {
        Parts parts;
        for (const auto& id : project.facilities) {
            if (const auto index = scenario_.facilities.find(id)) {
                parts.built.push_back(column_of_[index->value]);
            }
        }
        for (const auto& id : project.replaces) {
            const auto index = scenario_.facilities.find(id);
            if (index && std::find(replaced_.begin(), replaced_.end(), *index) != replaced_.end()) {
                parts.replaced.push_back(column_of_[index->value]);
            }
        }
        std::erase(parts.built, -1);
        std::erase(parts.replaced, -1);
        return parts;
    }

    system::Solution solve_with(const std::vector<int>& off, const std::vector<int>& on) {
        for (const int column : off) {
            capacity(column) = 0.0;
        }
        for (const int column : on) {
            capacity(column) = nameplate_[column];
        }
        return dispatch_.solve();
    }

    Pull without(model::Index<model::Project> index, const Parts& parts) {
        Pull out;
        out.project = index;
        const auto solution = solve_with(parts.built, parts.replaced);
        out.outcome = solution.outcome;
        if (solution.outcome == system::Outcome::solved) {
            out.energy = energy_(base_) - energy_(solution);
            out.feedstock = feedstock_(base_) - feedstock_(solution);
            out.non_fossil = non_fossil_(base_) - non_fossil_(solution);
            out.controlled = controlled_(base_) - controlled_(solution);
            out.value_added = gdp_(base_) - gdp_(solution);
            out.co2 = co2_(base_) - co2_(solution);
        }
        if (!parts.replaced.empty() && solution.outcome == system::Outcome::solved) {
            const auto neither = solve_with(parts.replaced, {}); // of the two, off is the rest
            if (neither.outcome == system::Outcome::solved) {
                out.replaced_energy = energy_(solution) - energy_(neither);
            }
        }
        for (const int column : parts.built) {
            capacity(column) = nameplate_[column];
        }
        for (const int column : parts.replaced) {
            capacity(column) = 0.0;
        }
        return out;
    }

    std::vector<model::Index<model::Facility>> replaced_; // before the scenario that fills it
    model::Scenario scenario_;
    system::System system_;
    Eigen::VectorXd nameplate_; ///< capacities with everything standing
    std::vector<int> column_of_;
    detail::Gauge energy_;
    detail::Gauge feedstock_;
    detail::Gauge non_fossil_;
    detail::Gauge controlled_;
    detail::Gauge gdp_;
    detail::Gauge co2_;
    solve::Dispatch dispatch_; // after the equations that it refers to
    system::Solution base_;
};

} // namespace

Pulls district_pulls(const model::Scenario& scenario, int year) {
    Trial trial(scenario, year);
    if (trial.outcome() != system::Outcome::solved) {
        return {trial.outcome(), 0.0, 0.0, {}};
    }
    return {trial.outcome(), trial.controlled(), trial.co2(), trial.run(year)};
}

std::vector<Pull> pulls(const model::Scenario& scenario, int year) {
    auto district = district_pulls(scenario, year);
    CHAINSIM_EXPECT(district.outcome == system::Outcome::solved, "a year without a solution");
    return std::move(district.projects);
}

} // namespace chainsim::analysis
