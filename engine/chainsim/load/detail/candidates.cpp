#include <chainsim/load/detail/candidates.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace chainsim::load::detail {

namespace {

bool has(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// What is proposed or approved; who is under construction or runs is no longer to be decided on.
bool is_open_by_default(const model::Project& project) {
    return project.kind == "industry" && project.status < model::Status::building;
}

/// All sets of retrofits of one plant but the empty one: there are two or three of them at most.
std::vector<std::vector<const ReadProject*>>
sets_of(const std::vector<const ReadProject*>& projects) {
    std::vector<std::vector<const ReadProject*>> out;
    const std::size_t count = std::size_t{1} << projects.size();
    for (std::size_t mask = 1; mask < count; ++mask) {
        auto& one = out.emplace_back();
        for (std::size_t i = 0; i < projects.size(); ++i) {
            if ((mask >> i & 1U) != 0) {
                one.push_back(projects[i]);
            }
        }
    }
    return out;
}

} // namespace

void leave_open(Study& study, model::Candidates& candidates) {
    model::DecisionRules rules;
    if (!study.decision_rules.empty()) {
        rules = *study.decision_rules.begin();
    }
    for (auto& [id, read] : study.projects) {
        auto& project = read.project;
        const bool is_open =
            rules.candidates.empty() ? is_open_by_default(project) : has(rules.candidates, id);
        if (is_open && !has(rules.fixed, id) && project.existing.empty()) {
            candidates.projects.push_back(id);
            project.selected = false;
        }
    }
}

bool is_candidate(const model::Candidates& candidates, const std::string& project) {
    return std::binary_search(candidates.projects.begin(), candidates.projects.end(), project);
}

void add_rebuilt(const Study& study, const std::vector<int>& years, const FacilityContext& context,
                 std::map<std::string, model::Facility>& facilities,
                 model::Candidates& candidates) {
    std::map<std::string, std::vector<const ReadProject*>> rebuilders; // by plant
    for (const auto& id : candidates.projects) {
        const auto& read = study.projects.at(id);
        for (const auto& [plant, node] : read.retrofits) {
            rebuilders[plant].push_back(&read);
        }
    }
    const auto planned = [&years](const ReadProject& read) {
        return read.project.start.value_or(years.empty() ? 0 : years.front());
    };
    for (auto& [plant, projects] : rebuilders) {
        const auto original = facilities.find(plant);
        if (original == facilities.end()) {
            continue; // noted already
        }
        std::stable_sort(projects.begin(), projects.end(),
                         [&](const auto* a, const auto* b) { return planned(*a) < planned(*b); });
        for (const auto& set : sets_of(projects)) {
            model::Facility changed = original->second;
            model::RebuiltPlant rebuilt{plant, plant, {}};
            for (const auto* read : set) {
                const input::FieldPath root("projects");
                const input::FieldPath project(root, read->project.id);
                read_retrofit(changed, *read->retrofits.at(plant),
                              input::FieldPath(project, "retrofits"), planned(*read), context);
                rebuilt.facility += "+" + read->project.id;
                rebuilt.projects.push_back(read->project.id);
            }
            changed.id = rebuilt.facility;
            facilities.emplace(changed.id, std::move(changed));
            candidates.rebuilt.push_back(std::move(rebuilt));
        }
    }
}

} // namespace chainsim::load::detail
