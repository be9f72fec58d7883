#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/assembly.hpp>
#include <chainsim/load/detail/candidates.hpp>
#include <chainsim/load/detail/plan_reader.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

namespace chainsim::load::detail {

namespace {

using input::Findings;

/// Which projects are built, and in which year each starts.
class Selection {
public:
    Selection(const std::map<std::string, ReadProject>& projects, Findings& findings)
        : projects_(projects), findings_(findings) {
        for (const auto& [id, project] : projects) {
            ids_.push_back(id);
        }
    }

    /// Applies what one scenario file says to what the ones before it said.
    void apply(const ScenarioHead& head) {
        if (head.builds_all) {
            built_ = {ids_.begin(), ids_.end()};
        } else if (head.build) {
            built_.clear();
            for (const auto& project : *head.build) {
                if (is_known(project, "build") && !built_.insert(project.text).second) {
                    findings_.add(project.place, "build",
                                  fmt::format("'{}' is built already", project.text),
                                  "keep one of the two");
                }
            }
        }
        for (const auto& project : head.also) {
            if (is_known(project, "also") && !built_.insert(project.text).second) {
                findings_.add(project.place, "also",
                              fmt::format("'{}' is built already", project.text), "remove it here");
            }
        }
        for (const auto& project : head.skip) {
            if (is_known(project, "skip") && built_.erase(project.text) == 0) {
                findings_.add(
                    project.place, "skip",
                    fmt::format("'{}' is not built, so skipping it has no effect", project.text),
                    "remove it here");
            }
        }
        start_misread_.insert(head.start_misread.begin(), head.start_misread.end());
        for (const auto& start : head.start) {
            if (is_known({start.id, start.place}, "start")) {
                starts_[start.id] = start;
            }
        }
    }

    /// A start that a scenario gives to a project that is not built has no effect. Judged for the
    /// last file only: what a base says may be undone by what extends it.
    void check_starts(const ScenarioHead& head) {
        for (const auto& start : head.start) {
            if (projects_.contains(start.id) && !built_.contains(start.id)) {
                findings_.add(
                    start.place, "start",
                    fmt::format("'{}' is not built, so its start has no effect", start.id),
                    "add it to `build`, or remove it here");
            }
        }
    }

    [[nodiscard]] bool is_built(const std::string& id) const { return built_.contains(id); }
    [[nodiscard]] bool is_start_misread(const std::string& id) const {
        return start_misread_.contains(id);
    }

    [[nodiscard]] const NamedYear* start_of(const std::string& id) const {
        const auto found = starts_.find(id);
        return found == starts_.end() ? nullptr : &found->second;
    }

private:
    bool is_known(const Named& project, std::string_view key) {
        if (projects_.contains(project.text)) {
            return true;
        }
        findings_.add(project.place, std::string(key),
                      fmt::format("unknown project '{}'", utf8::shorten(project.text, 60)),
                      input::did_you_mean(project.text, ids_));
        return false;
    }

    const std::map<std::string, ReadProject>& projects_;
    Findings& findings_;
    std::vector<std::string> ids_;
    std::set<std::string> built_;
    std::map<std::string, NamedYear> starts_;
    std::set<std::string> start_misread_;
};

void note(const ReadProject& project, input::Place place, std::string message, std::string help,
          Findings& findings) {
    findings.add(place, fmt::format("projects.{}", project.project.id), std::move(message),
                 std::move(help));
}

/// Sets selection and start of every project, and checks the start against what is possible.
void decide(Study& study, const Selection& selection, Findings& findings) {
    for (auto& [id, read] : study.projects) {
        model::Project& project = read.project;
        project.selected = selection.is_built(id) || !project.existing.empty();
        input::Place place = read.place;
        if (const auto* start = selection.start_of(id)) {
            project.start = start->year;
            place = start->place;
        }
        const bool is_told = read.start_given || selection.is_start_misread(id);
        if (project.selected && !project.start && project.existing.empty() && !is_told) {
            note(read, read.place, fmt::format("'{}' is built, and its start is missing", id),
                 "add `start: 2025` to the project, or to `start` of the scenario", findings);
        }
        if (project.start && project.earliest && *project.start < *project.earliest) {
            note(read, place,
                 fmt::format("'{}' starts in {}, and {} is the earliest", id, *project.start,
                             *project.earliest),
                 "", findings);
        }
        if (project.start && project.latest && *project.start > *project.latest) {
            note(read, place,
                 fmt::format("'{}' starts in {}, and {} is the latest", id, *project.start,
                             *project.latest),
                 "", findings);
        }
    }
}

/// Names of projects in projects, and whether what is built fits together.
void check_relations(const Study& study, Findings& findings) {
    std::vector<std::string> ids;
    ids.reserve(study.projects.size());
    for (const auto& [id, project] : study.projects) {
        ids.push_back(id);
    }
    for (const auto& [id, read] : study.projects) {
        const model::Project& project = read.project;
        for (const auto* list : {&project.requirements, &project.excludes}) {
            const bool is_requirement = list == &project.requirements;
            for (const auto& other : *list) {
                const auto found = study.projects.find(other);
                if (found == study.projects.end()) {
                    note(read, read.named.at(other),
                         fmt::format("unknown project '{}'", utf8::shorten(other, 60)),
                         input::did_you_mean(other, ids), findings);
                    continue;
                }
                const bool is_built = found->second.project.selected;
                if (project.selected && is_requirement != is_built) {
                    note(read, read.named.at(other),
                         is_requirement
                             ? fmt::format("'{}' is built and needs '{}', which is not", id, other)
                             : fmt::format(
                                   "'{}' and '{}' are both built, and one excludes the other", id,
                                   other),
                         is_requirement
                             ? fmt::format("add '{}' to `build`, or skip '{}'", other, id)
                             : "skip one of the two",
                         findings);
                }
            }
        }
    }
}

/// Projects that stand already name the plants that are meant, and are measured by the main one.
void check_existing(Study& study, const model::Model& model, Findings& findings) {
    std::map<std::string, const model::Facility*> plants;
    std::vector<std::string> ids;
    ids.reserve(study.facilities.size());
    for (const auto& read : study.facilities) {
        plants.emplace(read.facility.id, &read.facility);
        ids.push_back(read.facility.id);
    }
    for (auto& [id, read] : study.projects) {
        model::Project& project = read.project;
        if (project.existing.empty()) {
            continue;
        }
        if (!project.facilities.empty() || project.start) {
            note(read, read.place,
                 fmt::format("'{}' stands already, and here it is built as well", id),
                 "remove `existing`, or `facilities` and `start`", findings);
        }
        for (const auto& plant : project.existing) {
            if (!plants.contains(plant)) {
                note(read, read.named.at(plant),
                     fmt::format("unknown facility '{}'", utf8::shorten(plant, 60)),
                     input::did_you_mean(plant, ids), findings);
            }
        }
        const auto main = plants.find(project.main_facility);
        if (main != plants.end() && !project.capacity) {
            project.capacity = main->second->capacity;
            project.product = model.processes[main->second->process].product;
        }
    }
}

/// Rebuilds what built projects rebuild; checks the names for all projects.
void rebuild(const Study& study, std::map<std::string, model::Facility>& facilities,
             const FacilityContext& context) {
    std::vector<std::string> known;
    known.reserve(study.facilities.size());
    for (const auto& facility : study.facilities) {
        known.push_back(facility.facility.id);
    }
    // By year, so that a plant may be rebuilt twice.
    std::vector<std::pair<int, const ReadProject*>> order;
    for (const auto& [id, read] : study.projects) {
        const bool is_built = read.project.selected && read.project.start.has_value();
        order.emplace_back(is_built ? *read.project.start : std::numeric_limits<int>::max(), &read);
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    const auto as_they_stand =
        facilities; // what is built comes first, and is no part of the others
    for (const auto& [start, one] : order) {
        const ReadProject& read = *one;
        const std::string& id = read.project.id;
        for (const auto& [plant, node] : read.retrofits) {
            const auto facility = facilities.find(plant);
            if (facility == facilities.end() || !facility->second.project.empty()) {
                note(read, read.named.at(plant),
                     fmt::format("'{}' is no plant that stands before the projects",
                                 utf8::shorten(plant, 60)),
                     input::did_you_mean(plant, known), context.reading.findings);
                continue;
            }
            const input::FieldPath root("projects");
            const input::FieldPath project(root, id);
            const input::FieldPath path(project, "retrofits");
            if (read.project.selected && read.project.start) {
                read_retrofit(facility->second, *node, path, *read.project.start, context);
            } else { // told of its faults as well, where nothing comes of it
                model::Facility copy = as_they_stand.at(plant);
                read_retrofit(copy, *node, path, std::numeric_limits<int>::max(), context);
            }
        }
    }
}

/// Retires what a built project replaces; checks the names for all projects.
void replace(Study& study, std::map<std::string, model::Facility>& facilities, Findings& findings) {
    std::vector<std::string> known;
    known.reserve(study.facilities.size());
    for (const auto& facility : study.facilities) {
        known.push_back(facility.facility.id);
    }
    for (const auto& [id, project] : study.projects) {
        known.insert(known.end(), project.project.facilities.begin(),
                     project.project.facilities.end());
    }
    for (const auto& [id, read] : study.projects) {
        for (const auto& replaced : read.project.replaces) {
            if (std::find(known.begin(), known.end(), replaced) == known.end()) {
                note(read, read.named.at(replaced),
                     fmt::format("unknown facility '{}'", utf8::shorten(replaced, 60)),
                     input::did_you_mean(replaced, known), findings);
                continue;
            }
            const auto facility = facilities.find(replaced);
            if (!read.project.selected || !read.project.start || facility == facilities.end()) {
                continue;
            }
            auto& retire = facility->second.retire;
            retire = retire ? std::min(*retire, *read.project.start) : *read.project.start;
        }
    }
}

} // namespace

model::Scenario assemble(const std::vector<ScenarioHead>& heads, Study study,
                         const Sections& sections, const FacilityContext& context,
                         model::Candidates* candidates) {
    Findings& findings = context.reading.findings;
    model::Scenario scenario;
    Selection selection(study.projects, findings);
    for (const auto& head : heads) {
        scenario.name = head.name.value_or(scenario.name);
        scenario.years = head.years.empty() ? scenario.years : head.years;
        scenario.seed = head.seed.value_or(scenario.seed);
        selection.apply(head);
    }
    const ScenarioHead& last = heads.back();
    selection.check_starts(last);
    scenario.id = last.id;
    if (scenario.name.zh.empty()) {
        scenario.name = {last.id, last.id};
    }
    if (scenario.years.empty()) {
        findings.add(last.document->root().place, "years",
                     "no years are given here or in what is extended",
                     "add for example `years: [2020, 2025]`");
    }
    decide(study, selection, findings);
    check_relations(study, findings);
    if (candidates != nullptr) {
        leave_open(study, *candidates);
    }
    check_existing(study, context.model, findings);

    std::map<std::string, model::Facility> facilities;
    for (auto& read : study.facilities) {
        facilities.emplace(read.facility.id, read.facility);
    }
    for (auto& [id, read] : study.projects) {
        const bool is_open = candidates != nullptr && is_candidate(*candidates, id);
        if (!read.project.selected && !is_open) {
            continue;
        }
        for (const auto& built : read.facilities) {
            model::Facility facility = built.facility;
            facility.start = is_open ? std::nullopt : read.project.start;
            facilities.emplace(facility.id, std::move(facility));
        }
    }
    replace(study, facilities, findings);
    rebuild(study, facilities, context);
    if (candidates != nullptr) {
        add_rebuilt(study, scenario.years, context, facilities, *candidates);
    }
    apply_improvements(scenario.years, sections, context.model, study.improvements, facilities,
                       context.reading);

    std::vector<model::Facility> all;
    all.reserve(facilities.size());
    for (auto& [id, facility] : facilities) {
        all.push_back(std::move(facility));
    }
    std::vector<model::Project> projects;
    projects.reserve(study.projects.size());
    for (auto& [id, read] : study.projects) {
        projects.push_back(std::move(read.project));
    }
    scenario.region = std::move(study.region);
    scenario.markets = std::move(study.markets);
    scenario.demands = std::move(study.demands);
    scenario.periods = std::move(study.periods);
    scenario.groups = std::move(study.groups);
    scenario.budgets = std::move(study.budgets);
    scenario.substations = std::move(study.substations);
    scenario.freight_routes = std::move(study.freight_routes);
    scenario.policies = std::move(study.policies);
    scenario.ledger_sources = std::move(study.ledger_sources);
    scenario.ledger_rules = std::move(study.ledger_rules);
    scenario.targets = std::move(study.targets);
    scenario.improvements = std::move(study.improvements);
    scenario.decision_rules = std::move(study.decision_rules);
    scenario.decision_groups = std::move(study.decision_groups);
    scenario.facilities = model::Registry(std::move(all));
    scenario.projects = model::Registry(std::move(projects));
    return scenario;
}

} // namespace chainsim::load::detail
