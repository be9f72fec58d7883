#include <chainsim/study/detail/plant_states.hpp>
#include <chainsim/study/detail/same.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

namespace chainsim::study::detail {

namespace {

using model::Facility;
using model::Project;
using model::Scenario;

bool names(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// The year in which the first built project replaces a plant, if any does.
std::optional<int> replaced_in(const Scenario& scenario, const std::string& id) {
    std::optional<int> first;
    for (const auto& project : scenario.projects) {
        if (project.selected && project.start && names(project.replaces, id)) {
            first = first ? std::min(*first, *project.start) : project.start;
        }
    }
    return first;
}

/// Recipe in force in a year.
std::pair<const std::vector<model::Flow>*, const std::vector<model::Flow>*>
recipe_in(const Scenario& scenario, const Facility& facility, int year) {
    const auto* change = facility.override_in(year);
    const auto& process = scenario.model.processes[facility.process_in(year)];
    return change == nullptr ? std::pair(&process.inputs, &process.outputs)
                             : std::pair(&change->recipe->inputs, &change->recipe->outputs);
}

bool same_recipe(const Scenario& a, const Facility& x, const Scenario& b, const Facility& y,
                 int year) {
    const auto* one = x.override_in(year);
    const auto* other = y.override_in(year);
    if (x.process_in(year) != y.process_in(year)) {
        return false;
    }
    if ((one == nullptr && other == nullptr) ||
        (one != nullptr && other != nullptr && one->recipe == other->recipe)) {
        return true; // that of the process: if it differs, that is a change of its own
    }
    const auto before = recipe_in(a, x, year);
    const auto after = recipe_in(b, y, year);
    return same(*before.first, *after.first) && same(*before.second, *after.second);
}

/// Whether a plant runs alike in the year, its recipe and its years aside.
bool same_running(const Facility& x, const Facility& y) {
    return x.driver == y.driver && x.driving_feed == y.driving_feed && x.priority == y.priority &&
           x.priorities == y.priorities && same(x.capacity, y.capacity);
}

std::string year_text(const std::optional<int>& year) { return year ? std::to_string(*year) : "-"; }

class PlantStates {
public:
    PlantStates(const Scenario& a, const Scenario& b, int year, ChangeList& changes)
        : a_(a), b_(b), year_(year), changes_(changes) {}

    std::vector<Variant> find_all() {
        std::set<std::string> ids;
        for (const auto* scenario : {&a_, &b_}) {
            for (const auto& facility : scenario->facilities) {
                ids.insert(facility.id);
            }
        }
        for (const auto& id : ids) {
            const auto x = a_.facilities.find(id);
            const auto y = b_.facilities.find(id);
            if (x && y) {
                in_both_scenarios(a_.facilities[*x], b_.facilities[*y]);
            } else {
                in_one(x ? a_.facilities[*x] : b_.facilities[*y], !x);
            }
        }
        return std::move(out_);
    }

private:
    void in_one(const Facility& facility, bool in_b) {
        Facility own = facility;
        own.retire = own_retirement(in_b ? nullptr : &facility, in_b ? &facility : nullptr);
        const auto change = change_of(facility);
        tell(change, facility, {{"there", in_both(in_b ? "change_added" : "change_removed")}});
        add(std::move(own), {{change, in_b}}, true);
    }

    void in_both_scenarios(const Facility& x, const Facility& y) {
        Facility before = x;
        Facility after = y;
        retire_by_own(before, after);
        const bool other_recipe = !same_recipe(a_, before, b_, after, year_);
        const bool other_running = !same_running(before, after) ||
                                   capacity(before) != capacity(after) ||
                                   before.exists(year_) != after.exists(year_);
        const auto own = own_details(before, after);
        if (!other_recipe && !other_running) {
            if (!own.empty() && tells(x)) { // not felt in this year
                tell(change_of(x), x, own);
            }
            add(std::move(before), {}, false);
            return;
        }
        std::set<std::size_t> causes;
        if (other_recipe) {
            causes = causes_of_recipe(before, after);
        }
        if (other_running || causes.empty()) {
            causes.insert(change_of(x));
            tell(change_of(x), x, own);
            if (other_recipe && causes.size() == 1) {
                tell(change_of(x), x, {{"recipe", in_both("change_recipe")}});
            }
        }
        const auto cause = *causes.begin();
        for (const auto other : causes) {
            changes_.unite(cause, other);
        }
        after.id += "~b"; // both stand in one system, one of them without capacity
        add(std::move(before), {{cause, false}}, true);
        add(std::move(after), {{cause, true}}, true);
    }

    [[nodiscard]] double capacity(const Facility& facility) const {
        const auto& process = a_.model.processes[facility.process_in(year_)];
        return facility.available_capacity(year_, a_.model.commodities[process.product].unit)
            .value();
    }

    /// The change that a plant of one scenario, or one that runs otherwise, belongs to.
    std::size_t change_of(const Facility& facility) {
        if (facility.project.empty()) {
            return changes_.at(ChangeKind::facility, facility.id, facility.name);
        }
        const auto& projects = b_.projects.contains(facility.project) ? b_.projects : a_.projects;
        return changes_.at(ChangeKind::project, facility.project,
                           projects.at(facility.project).name);
    }

    std::set<std::size_t> causes_of_recipe(const Facility& x, const Facility& y) {
        std::set<std::size_t> causes;
        for (const auto* scenario : {&a_, &b_}) {
            for (const auto& project : scenario->projects) {
                if (names(project.retrofits, x.id) &&
                    changes_.has(ChangeKind::project, project.id)) {
                    causes.insert(changes_.at(ChangeKind::project, project.id, {}));
                }
            }
            for (const auto& one : scenario->improvements) {
                const bool concerned =
                    std::any_of(one.processes.begin(), one.processes.end(), [&](const auto& id) {
                        return id == process_id(x) || id == process_id(y);
                    });
                if (concerned && changes_.has(ChangeKind::improvement, one.id)) {
                    causes.insert(changes_.at(ChangeKind::improvement, one.id, {}));
                }
            }
        }
        for (const auto* facility : {&x, &y}) {
            if (changes_.has(ChangeKind::process, process_id(*facility))) {
                causes.insert(changes_.at(ChangeKind::process, process_id(*facility), {}));
            }
        }
        return causes;
    }

    [[nodiscard]] const std::string& process_id(const Facility& facility) const {
        return a_.model.processes[facility.process_in(year_)].id;
    }

    // Years of retirement. The loader puts the start of what replaces a plant in the place of its
    // own year, if that is earlier; the own year then shows in the other scenario at most.

    [[nodiscard]] static bool shows_own(const Scenario& scenario, const Facility& facility) {
        const auto replaced = replaced_in(scenario, facility.id);
        return !replaced || (facility.retire && *facility.retire < *replaced);
    }

    [[nodiscard]] std::optional<int> own_retirement(const Facility* x, const Facility* y) const {
        if (x != nullptr && shows_own(a_, *x)) {
            return x->retire;
        }
        return y != nullptr && shows_own(b_, *y) ? y->retire : std::nullopt;
    }

    void retire_by_own(Facility& x, Facility& y) const {
        const bool both = shows_own(a_, x) && shows_own(b_, y);
        if (!both) {
            x.retire = y.retire = own_retirement(&x, &y);
        }
    }

    using Details = std::vector<std::pair<std::string, model::Name>>; ///< aspect, text

    /// What two records of a plant say differently; of a project's plant, the project tells.
    [[nodiscard]] static Details own_details(const Facility& x, const Facility& y) {
        Details out;
        const auto add = [&](std::string_view key, const std::string& from, const std::string& to) {
            const auto head = in_both(key);
            out.emplace_back(key, from_to({head.zh + " " + from, head.en + " " + from}, {to, to}));
        };
        if (!same(x.capacity, y.capacity)) {
            add("change_capacity", units::to_string(x.capacity.value),
                units::to_string(y.capacity.value));
        }
        if (x.availability != y.availability) {
            add("change_availability", fmt::format("{:.4g} %", 100.0 * x.availability),
                fmt::format("{:.4g} %", 100.0 * y.availability));
        }
        if (x.start != y.start) {
            add("change_start", year_text(x.start), year_text(y.start));
        }
        if (x.retire != y.retire) {
            add("change_retire", year_text(x.retire), year_text(y.retire));
        }
        if (x.ramp != y.ramp) {
            out.emplace_back("change_ramp", in_both("change_ramp"));
        }
        if (x.driver != y.driver || x.driving_feed != y.driving_feed) {
            add("change_driver", std::string(to_string(x.driver)),
                std::string(to_string(y.driver)));
        }
        if (x.priority != y.priority || x.priorities != y.priorities) {
            out.emplace_back("change_priority", in_both("change_priority"));
        }
        return out;
    }

    /// Whether a plant tells of itself: it is no part of a project that is built in one scenario
    /// only, or in another year, for that says enough.
    [[nodiscard]] bool tells(const Facility& facility) const {
        const auto* before = find(a_, facility.project);
        const auto* after = find(b_, facility.project);
        return before == nullptr || after == nullptr ||
               (is_built(*before) == is_built(*after) && before->start == after->start);
    }

    void tell(std::size_t change, const Facility& facility, const Details& details) {
        if (!tells(facility)) {
            return;
        }
        for (const auto& [aspect, text] : details) {
            const bool own = facility.project.empty();
            changes_.tell(change,
                          own ? text
                              : model::Name{facility.name.zh + "：" + text.zh,
                                            facility.name.en + ": " + text.en},
                          aspect);
        }
    }

    /// What replaces the plant in one of the scenarios closes it there; in both, always.
    void add(Facility facility, std::vector<Choice> there_if, bool moves) {
        Variant variant;
        const std::string id = facility.id.substr(0, facility.id.find('~'));
        const bool stands = facility.exists(year_);
        for (const auto& project_id : projects_that_replace(id)) {
            const auto* before = find(a_, project_id);
            const auto* after = find(b_, project_id);
            const bool in_a =
                before != nullptr && is_built_by(*before, year_) && names(before->replaces, id);
            const bool in_b =
                after != nullptr && is_built_by(*after, year_) && names(after->replaces, id);
            if (in_a && in_b) {
                facility.retire = std::min(facility.retire.value_or(year_), year_);
            } else if (in_a || in_b) {
                const auto change = changes_.at(ChangeKind::project, project_id, {});
                variant.retired_if.push_back({change, in_b});
                if (stands) {
                    changes_.mark_moves(change);
                }
            }
        }
        if (moves && stands) {
            for (const auto& choice : there_if) {
                changes_.mark_moves(choice.change);
            }
        }
        variant.facility = std::move(facility);
        variant.there_if = std::move(there_if);
        out_.push_back(std::move(variant));
    }

    [[nodiscard]] std::set<std::string> projects_that_replace(const std::string& id) const {
        std::set<std::string> out;
        for (const auto* scenario : {&a_, &b_}) {
            for (const auto& project : scenario->projects) {
                if (names(project.replaces, id)) {
                    out.insert(project.id);
                }
            }
        }
        return out;
    }

    [[nodiscard]] static const Project* find(const Scenario& scenario, const std::string& id) {
        const auto index = scenario.projects.find(id);
        return index ? &scenario.projects[*index] : nullptr;
    }

    const Scenario& a_;
    const Scenario& b_;
    int year_;
    ChangeList& changes_;
    std::vector<Variant> out_;
};

} // namespace

std::vector<Variant> plant_states(const Scenario& a, const Scenario& b, int year,
                                  ChangeList& changes) {
    return PlantStates(a, b, year, changes).find_all();
}

} // namespace chainsim::study::detail
