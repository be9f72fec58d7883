#include <chainsim/base/error.hpp>
#include <chainsim/portfolio/choice.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace chainsim::portfolio {

namespace {

class ChoiceFinder {
public:
    ChoiceFinder(const model::Candidates& candidates, const model::Scenario& decided)
        : candidates_(candidates), scenario_(candidates.scenario), decided_(decided) {
        if (!scenario_.decision_rules.empty()) {
            rules_ = *scenario_.decision_rules.begin();
        }
    }

    [[nodiscard]] std::vector<Choice> find() const {
        std::vector<Choice> out;
        out.reserve(candidates_.projects.size() + rules_.closures.size());
        for (const auto& id : candidates_.projects) {
            out.push_back(project(id));
        }
        for (const auto& id : rules_.closures) {
            out.push_back(closure(id));
        }
        return out;
    }

private:
    [[nodiscard]] Choice project(const std::string& id) const {
        const auto index = scenario_.projects.find(id);
        CHAINSIM_EXPECT(index.has_value(), "a candidate is a project");
        const auto& one = scenario_.projects[*index];
        Choice out;
        out.id = id;
        out.name = one.name;
        out.project = index;
        const auto amount = [](const std::optional<model::Datum>& datum, const char* unit) {
            return datum ? model::read(*datum, units::Unit::parse(unit)).value() : 0.0;
        };
        out.capex = amount(one.capex, "CNY");
        out.land = amount(one.land, "mu");
        out.schedule = one.schedule;
        out.plants = facilities(one.facilities);
        out.main = scenario_.facilities.find(one.main_facility);
        out.ends = facilities(one.replaces);
        out.excludes = one.excludes;
        if (const auto sizes = rules_.sizes.find(id); sizes != rules_.sizes.end()) {
            for (const auto& step : sizes->second) {
                out.sizes.push_back({step.share, step.capex});
            }
        }
        out.years = years_of(one);
        for (const auto& other : one.requirements) {
            need(other, out);
        }
        drop_if_excluded(out);
        for (const auto& rebuilt : candidates_.rebuilt) {
            const auto self = std::find(rebuilt.projects.begin(), rebuilt.projects.end(), id);
            for (auto before = rebuilt.projects.begin();
                 self != rebuilt.projects.end() && before != self; ++before) {
                if (std::find(out.follows.begin(), out.follows.end(), *before) ==
                    out.follows.end()) {
                    out.follows.push_back(*before);
                }
            }
        }
        return out;
    }

    [[nodiscard]] std::vector<int> years_of(const model::Project& project) const {
        const auto& planned = decided_.projects.at(project.id).start;
        const int first = project.earliest ? *project.earliest
                          : planned        ? *planned
                                           : scenario_.years.front() + 1;
        std::set<int> years{first};
        std::copy_if(scenario_.years.begin(), scenario_.years.end(),
                     std::inserter(years, years.end()),
                     [first](int year) { return year >= first; });
        std::vector<int> out;
        std::copy_if(years.begin(), years.end(), std::back_inserter(out), [&](int year) {
            return year <= project.latest.value_or(year) && year <= scenario_.years.back();
        });
        return out;
    }

    /// Another candidate is to be chosen as well; a project that is not to be decided on stands
    /// from its start on, or never.
    void need(const std::string& other, Choice& choice) const {
        if (std::binary_search(candidates_.projects.begin(), candidates_.projects.end(), other)) {
            choice.needs.push_back(other);
            return;
        }
        const auto& project = scenario_.projects.at(other);
        std::erase_if(choice.years, [&project](int year) {
            return !project.selected || (project.start && *project.start > year);
        });
    }

    void drop_if_excluded(Choice& choice) const {
        for (const auto& other : scenario_.projects) {
            const bool is_met = other.selected && other.id != choice.id;
            const auto& excludes = other.excludes;
            if (is_met &&
                (std::find(excludes.begin(), excludes.end(), choice.id) != excludes.end() ||
                 std::find(choice.excludes.begin(), choice.excludes.end(), other.id) !=
                     choice.excludes.end())) {
                choice.years.clear();
            }
        }
    }

    [[nodiscard]] Choice closure(const std::string& id) const {
        const auto index = scenario_.facilities.find(id);
        CHAINSIM_EXPECT(index.has_value(), "a plant that may be closed is there");
        const auto& plant = scenario_.facilities[*index];
        Choice out;
        out.id = id;
        out.name = plant.name;
        out.is_closure = true;
        out.ends = {*index};
        const int first = std::max(scenario_.years.front(), plant.start.value_or(0)) + 1;
        std::copy_if(
            scenario_.years.begin(), scenario_.years.end(), std::back_inserter(out.years),
            [&](int year) { return year >= first && year < plant.retire.value_or(year + 1); });
        return out;
    }

    [[nodiscard]] std::vector<model::Index<model::Facility>>
    facilities(const std::vector<std::string>& ids) const {
        std::vector<model::Index<model::Facility>> out;
        for (const auto& id : ids) {
            if (const auto index = scenario_.facilities.find(id)) {
                out.push_back(*index);
            }
        }
        return out;
    }

    const model::Candidates& candidates_;
    const model::Scenario& scenario_;
    const model::Scenario& decided_;
    model::DecisionRules rules_;
};

} // namespace

double Choice::investment_share(int start, int year) const {
    if (schedule.empty()) {
        return year == start - 1 ? 1.0 : 0.0;
    }
    const int position = year - (start - static_cast<int>(schedule.size()));
    return position >= 0 && position < static_cast<int>(schedule.size())
               ? schedule[static_cast<std::size_t>(position)]
               : 0.0;
}

std::vector<Choice> choices_of(const model::Candidates& candidates,
                               const model::Scenario& decided) {
    return ChoiceFinder(candidates, decided).find();
}

Portfolio portfolio_of(const std::vector<Choice>& choices, const model::Scenario& decided) {
    Portfolio out(choices.size());
    for (std::size_t c = 0; c < choices.size(); ++c) {
        const auto& choice = choices[c];
        if (choice.is_closure) {
            continue;
        }
        const auto& project = decided.projects.at(choice.id);
        if (project.selected && project.start) {
            // A start that is no year of the choice counts as the next one that is.
            const auto next =
                std::lower_bound(choice.years.begin(), choice.years.end(), *project.start);
            out[c].year = next == choice.years.end() ? 0 : *next;
        }
    }
    return out;
}

} // namespace chainsim::portfolio
