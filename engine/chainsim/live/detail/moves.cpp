#include <chainsim/live/detail/moves.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <variant>

namespace chainsim::live::detail {

namespace {

/// Rebuilds of one plant follow each other in the order that the candidates were made for.
bool follows_order(const std::vector<portfolio::Choice>& choices,
                   const portfolio::Portfolio& portfolio) {
    for (std::size_t c = 0; c < choices.size(); ++c) {
        for (const auto& id : choices[c].follows) {
            const auto before = std::find_if(choices.begin(), choices.end(),
                                             [&id](const auto& one) { return one.id == id; });
            const auto& earlier = portfolio[static_cast<std::size_t>(before - choices.begin())];
            if (earlier.is_made() && portfolio[c].is_made() && earlier.year >= portfolio[c].year) {
                return false;
            }
        }
    }
    return true;
}

/// Whether what is built is what the loader would take.
bool is_allowed(const model::Scenario& scenario, const std::vector<portfolio::Choice>& choices,
                const portfolio::Portfolio& portfolio) {
    std::set<std::string> built;
    for (const auto& project : scenario.projects) {
        if (project.selected) {
            built.insert(project.id);
        }
    }
    for (std::size_t c = 0; c < choices.size(); ++c) {
        if (portfolio[c].is_made()) {
            built.insert(choices[c].id);
        } else {
            built.erase(choices[c].id);
        }
    }
    for (std::size_t c = 0; c < choices.size(); ++c) {
        if (!portfolio[c].is_made()) {
            continue;
        }
        const auto& project = scenario.projects.at(choices[c].id);
        const int start = portfolio[c].year;
        if (start < project.earliest.value_or(start) || start > project.latest.value_or(start)) {
            return false;
        }
    }
    return std::all_of(built.begin(), built.end(), [&](const std::string& id) {
        const auto& project = scenario.projects.at(id);
        const auto is_built = [&built](const std::string& other) { return built.contains(other); };
        return std::all_of(project.requirements.begin(), project.requirements.end(), is_built) &&
               std::none_of(project.excludes.begin(), project.excludes.end(), is_built);
    });
}

void sort_project(const Control& control, const Edit& edit, const Preview& preview,
                  const model::Scenario& scenario, Sorted& out) {
    const auto& choices = preview.choices();
    const auto found = std::find_if(choices.begin(), choices.end(),
                                    [&](const auto& one) { return one.id == control.record; });
    if (found == choices.end()) {
        out.is_for_preview = false;
        return;
    }
    auto& decision = out.moves.portfolio[static_cast<std::size_t>(found - choices.begin())];
    const auto& project = scenario.projects.at(control.record);
    if (const auto* built = std::get_if<bool>(&edit.value)) {
        if (!*built) {
            decision.year = 0;
        } else if (!decision.is_made()) {
            decision.year = project.start.value_or(0);
            out.is_for_preview = out.is_for_preview && decision.is_made();
        }
    } else if (const auto* year = std::get_if<double>(&edit.value)) {
        decision.year = static_cast<int>(*year);
    } else {
        out.is_for_preview = false;
    }
}

/// A path with one value, or all of its points times a factor.
model::Path moved(const Control& control, const model::Path& path, double value) {
    constexpr double per_cent = 100.0;
    auto points = path.points();
    for (auto& [year, datum] : points) {
        const double number = control.unit == "%" && points.size() > 1
                                  ? datum.value.number() * value / per_cent
                                  : value;
        datum.value = units::Quantity(number, datum.value.unit());
    }
    if (points.size() == 1) {
        return model::Path(points.front().second);
    }
    return {std::move(points), path.interpolation()};
}

} // namespace

Sorted sorted(const Origin::Work& work, const std::vector<Edit>& edits) {
    Sorted out;
    if (!work.preview || !work.preview->is_good()) {
        out.is_for_preview = false;
        return out;
    }
    const auto& preview = *work.preview;
    const auto& scenario = work.study.scenario();
    out.moves.portfolio = preview.decided();
    // A start counts only where the project is built: switches come last.
    auto ordered = edits;
    std::stable_partition(ordered.begin(), ordered.end(),
                          [](const Edit& one) { return !std::holds_alternative<bool>(one.value); });
    for (const auto& edit : ordered) {
        const auto& control = work.control(edit.control);
        const auto* number = std::get_if<double>(&edit.value);
        if (control.kind == "project") {
            sort_project(control, edit, preview, scenario, out);
        } else if (control.kind == "policy" && number != nullptr) {
            continue; // bounds are judged, and solve nothing
        } else if (control.kind == "price" && number != nullptr) {
            constexpr double per_cent = 100.0;
            if (const auto figure = preview.price(control.record)) {
                out.moves.factors[*figure] = *number / per_cent;
            }
        } else if (control.field == "capacity" && number != nullptr) {
            const double as_it_is = std::get<double>(control.value);
            const auto figure = preview.capacity(control.record);
            if (!figure || !(as_it_is > 0.0)) {
                out.is_for_preview = false;
                continue;
            }
            out.moves.factors[*figure] = *number / as_it_is;
        } else {
            out.is_for_preview = false;
        }
    }
    out.is_for_preview = out.is_for_preview &&
                         is_allowed(scenario, preview.choices(), out.moves.portfolio) &&
                         follows_order(preview.choices(), out.moves.portfolio);
    return out;
}

model::Registry<model::Policy> policies_with(const Origin::Work& work,
                                             const std::vector<Edit>& edits) {
    auto out = work.study.scenario().policies;
    for (const auto& edit : edits) {
        const auto& control = work.control(edit.control);
        const auto* number = std::get_if<double>(&edit.value);
        if (control.kind != "policy" || number == nullptr) {
            continue;
        }
        auto& policy = out[*out.find(control.record)];
        if (control.field == "from") {
            policy.from = static_cast<int>(*number);
        } else if (control.field == "until") {
            policy.until = static_cast<int>(*number);
        } else {
            auto& path = control.field == "at_most"    ? policy.at_most
                         : control.field == "at_least" ? policy.at_least
                                                       : policy.target;
            path = moved(control, *path, *number);
        }
    }
    return out;
}

} // namespace chainsim::live::detail
