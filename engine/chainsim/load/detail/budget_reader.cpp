#include <chainsim/load/detail/budget_reader.hpp>
#include <chainsim/load/detail/tables.hpp>

#include <fmt/format.h>

#include <map>
#include <utility>
#include <vector>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::RecordReader;

model::Budget read_budget(const std::string& id, const Record& record, const FieldPath& path,
                          const ReadingContext& context) {
    RecordReader reader(*record.node, budget_table, path, context.findings);
    const Inherited inherited = inherited_by(reader, {}, context);
    model::Budget budget;
    budget.id = id;
    budget.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
    budget.kind = static_cast<model::BudgetKind>(reader.word("kind").value_or(0));
    const auto unit = units::Unit::parse(unit_of(budget.kind));
    for (const auto& [key, figure] :
         {std::pair("quota", &budget.quota), std::pair("rights", &budget.rights)}) {
        if (const auto* node = reader.value(key)) {
            *figure =
                read_path(*node, FieldPath(path, key), yearly(*node, unit), inherited, context);
        }
    }
    budget.carry_over = reader.word("carry_over").value_or(0) == 0;
    budget.provenance = read_provenance(reader, {}, context);
    reader.finish();
    return budget;
}

/// Whether a kind is stated that there is none of.
bool has_misread_kind(const Record& record) {
    const auto* entry = record.node->find("kind");
    return entry != nullptr && entry->value.text != "energy" && entry->value.text != "carbon";
}

} // namespace

model::Registry<model::Budget> read_budgets(const Sections& sections,
                                            const ReadingContext& context) {
    std::vector<model::Budget> budgets;
    std::map<model::BudgetKind, input::Place> kinds;
    const FieldPath root("budgets");
    for (const auto& [id, record] : sections.of("budgets")) {
        const FieldPath path(root, id);
        budgets.push_back(read_budget(id, record, path, context));
        if (has_misread_kind(record)) {
            continue; // noted, and no second budget of another kind
        }
        const auto [first, added] = kinds.emplace(budgets.back().kind, record.place);
        if (!added) {
            context.findings.add(record.place, path.text(), "a second budget of this kind",
                                 "what is granted is granted once", {first->second});
        }
    }
    return model::Registry(std::move(budgets));
}

} // namespace chainsim::load::detail
