#include <chainsim/load/detail/known.hpp>
#include <chainsim/load/detail/plan_reader.hpp>
#include <chainsim/load/detail/tables.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::RecordReader;

void check_target(const model::Target& target, const Node& node, const FieldPath& path,
                  const Study& study, const ReadingContext& context) {
    if (const auto* policies = node.find("policies")) {
        for (const auto& item : policies->value.items) {
            (void)check_known(item.text, item.place, FieldPath(path, "policies"), "policy",
                              study.policies.ids(), context);
        }
    }
    if (const auto* statistic = node.find("statistic")) {
        (void)check_known(statistic->value.text, statistic->value.place,
                          FieldPath(path, "statistic"), "statistic",
                          ids_of(study.region.statistics), context);
    }
    if (target.policies.empty() && target.statistic.empty() && target.carried_by.empty() &&
        target.not_judged.empty()) {
        context.findings.add(node.place, path.text(), "nothing says what became of this target",
                             "add `policies`, `statistic`, `carried_by` or `not_judged`");
    }
}

} // namespace

model::Registry<model::Target> read_targets(const Sections& sections, const Study& study,
                                            const ReadingContext& context) {
    constexpr std::array<std::string_view, 3> kinds{"target", "rule", "baseline"};
    std::vector<model::Target> targets;
    const FieldPath root("targets");
    for (const auto& [id, record] : sections.of("targets")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, target_table, path, context.findings);
        model::Target target;
        target.id = id;
        target.kind = kinds[reader.word("kind").value_or(0)];
        target.section = reader.text("section");
        target.quote = reader.text("quote");
        target.policies = reader.texts("policies");
        target.statistic = reader.text("statistic");
        target.carried_by = reader.text("carried_by");
        target.not_judged = reader.text("not_judged");
        target.provenance = read_provenance(reader, {}, context);
        reader.finish();
        if (record.node->is_map()) {
            check_target(target, *record.node, path, study, context);
        }
        targets.push_back(std::move(target));
    }
    return model::Registry(std::move(targets));
}

model::Registry<model::Improvement> read_improvements(const Sections& sections,
                                                      const model::Model& model,
                                                      const ReadingContext& context) {
    std::vector<model::Improvement> improvements;
    std::map<std::string, std::string> taken; // process -> improvement
    const FieldPath root("improvements");
    for (const auto& [id, record] : sections.of("improvements")) {
        const FieldPath path(root, id);
        RecordReader reader(*record.node, improvement_table, path, context.findings);
        const Inherited inherited = inherited_by(reader, {}, context);
        model::Improvement one;
        one.id = id;
        one.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
        one.processes = reader.texts("processes");
        const auto technologies = reader.texts("technologies");
        if (const Node* saving = reader.value("saving")) {
            one.saving = read_path(*saving, FieldPath(path, "saving"), reader.need("saving"),
                                   inherited, context)
                             .value_or(model::Path{});
        }
        one.provenance = read_provenance(reader, {}, context);
        reader.finish();
        for (const std::string_view key : {"processes", "technologies"}) {
            const auto* entry = record.node->find(key);
            for (const auto& item : entry != nullptr ? entry->value.items : std::vector<Node>{}) {
                (void)check_known(
                    item.text, item.place, FieldPath(path, key),
                    key == "processes" ? "process" : "technology",
                    key == "processes" ? model.processes.ids() : model.technologies.ids(), context);
            }
        }
        for (const auto& process : model.processes) {
            if (!process.technology.empty() &&
                std::find(technologies.begin(), technologies.end(), process.technology) !=
                    technologies.end()) {
                one.processes.push_back(process.id);
            }
        }
        for (const auto& process : one.processes) {
            const auto [first, added] = taken.emplace(process, id);
            if (!added) {
                context.findings.add(
                    record.place, path.text(),
                    fmt::format("'{}' is improved by '{}' already", process, first->second),
                    "a process belongs to one improvement");
            }
        }
        improvements.push_back(std::move(one));
    }
    return model::Registry(std::move(improvements));
}

Assumptions assumptions_of(const Sections& sections) {
    Assumptions result;
    for (const auto& [id, record] : sections.of("assumptions")) {
        result.records.emplace(id, record.node);
    }
    return result;
}

model::Registry<model::Assumption> read_assumptions(const ReadingContext& context) {
    std::vector<model::Assumption> assumptions;
    if (context.assumptions == nullptr) {
        return {};
    }
    const FieldPath root("assumptions");
    for (const auto& [id, node] : context.assumptions->records) {
        const FieldPath path(root, id);
        // What its users said of it already is not said again.
        input::Findings again;
        const bool is_used = context.assumptions->used.contains(id);
        const ReadingContext quiet{is_used ? again : context.findings, context.sources};
        auto read = read_assumption(id, *node, any_unit(), quiet);
        if (!is_used) {
            context.findings.add(node->place, path.text(),
                                 fmt::format("no figure uses '{}', so it has no effect", id),
                                 fmt::format("write `{{use: {}}}` where it stands for a figure, or "
                                             "remove it",
                                             id));
        }
        if (!read) {
            continue;
        }
        const auto* name = node->find("name");
        model::Assumption one;
        one.id = id;
        one.name =
            read_name(name != nullptr ? &name->value : nullptr, FieldPath(path, "name"), id, quiet);
        one.provenance = read->points().front().second.provenance;
        one.path = std::move(*read);
        assumptions.push_back(std::move(one));
    }
    return model::Registry(std::move(assumptions));
}

} // namespace chainsim::load::detail
