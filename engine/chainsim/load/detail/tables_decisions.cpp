#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/detail/tables_common.hpp>

#include <array>

namespace chainsim::load::detail {

namespace {

using input::Field;
using input::FieldKind;

constexpr std::array decision_rules_fields{
    name_field,
    Field{.key = "discount_rate",
          .kind = FieldKind::datum,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 1.0,
          .doc = "Real, a year; 8 % if absent."},
    Field{.key = "budget",
          .kind = FieldKind::path,
          .unit = "CNY per year",
          .minimum = 0.0,
          .doc = "Most that candidates may invest in a year; no limit if absent."},
    Field{.key = "starts_a_year",
          .kind = FieldKind::whole,
          .minimum = 1.0,
          .maximum = 1000.0,
          .doc = "Most candidates that may begin to run in one year; no limit if absent."},
    Field{.key = "minimum_load",
          .kind = FieldKind::quantity,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 1.0,
          .doc = "Share of its capacity that a main plant of a candidate runs at least; 0 if "
                 "absent. Where a run would not reach it, the project is not built."},
    Field{.key = "candidates",
          .kind = FieldKind::texts,
          .doc = "Projects to decide on; if absent, those of kind `industry` that do not stand or "
                 "run yet."},
    Field{.key = "fixed",
          .kind = FieldKind::texts,
          .doc = "Projects that stay as the scenario has them."},
    Field{.key = "closures",
          .kind = FieldKind::texts,
          .doc = "Facilities that stand before the projects and may be closed for good."},
    Field{.key = "penalties",
          .kind = FieldKind::map,
          .doc = "Soft policy → path, CNY per unit of its indicator by which it is missed. One "
                 "without a penalty is told of and binds nothing."},
    Field{.key = "sizes",
          .kind = FieldKind::map,
          .doc = "Project → list of [size step](#size-step): sizes at which it may be built "
                 "instead of its own."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array decision_group_fields{
    name_field,
    Field{.key = "projects",
          .kind = FieldKind::texts,
          .presence = required,
          .doc = "Of which only so many count."},
    Field{.key = "at_least",
          .kind = FieldKind::whole,
          .minimum = 0.0,
          .maximum = 1000.0,
          .doc = "How many must be built by the last year."},
    Field{.key = "at_most",
          .kind = FieldKind::whole,
          .minimum = 0.0,
          .maximum = 1000.0,
          .doc = "How many may be built."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array size_step_fields{
    Field{.key = "share",
          .kind = FieldKind::quantity,
          .presence = required,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 100.0,
          .doc = "Of the capacities of all of its plants."},
    Field{.key = "capex",
          .kind = FieldKind::quantity,
          .presence = required,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 100.0,
          .doc = "Of its investment; larger works cost less by capacity."},
};

} // namespace

const input::RecordTable decision_rules_table{
    "decision rules", "What `optimise` may decide, and within which means; one in a study.",
    decision_rules_fields};
const input::RecordTable decision_group_table{
    "decision group", "Projects of which only so many may, or must, be built.",
    decision_group_fields};
const input::RecordTable size_step_table{
    "size step", "A size at which a project may be built instead of its own.", size_step_fields};

} // namespace chainsim::load::detail
