#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/detail/tables_common.hpp>

#include <array>

namespace chainsim::load::detail {

namespace {

using input::Field;
using input::FieldKind;

constexpr std::array<std::string_view, 7> ledger_kind_words{"capacity", "energy", "coal", "so2",
                                                            "nox",      "pm",     "voc"};

constexpr std::array<std::string_view, 3> idle_words{"no", "yes", "unknown"};

constexpr Field needed_name{.key = "name",
                            .kind = FieldKind::record,
                            .presence = required,
                            .record = "name",
                            .doc = "Name as planners read it."};
constexpr Field first_year_field{.key = "from",
                                 .kind = FieldKind::whole,
                                 .presence = required,
                                 .minimum = first_year,
                                 .maximum = last_year,
                                 .doc = "First year that it rules: in force for most of it."};

constexpr std::array pollutant_fields{
    needed_name,
    Field{.key = "processes",
          .kind = FieldKind::texts,
          .doc = "Process ids. Once there are factors, each process of the library belongs to one "
                 "of them. Needed, unless `flares`."},
    Field{.key = "flares",
          .kind = FieldKind::yes_no,
          .doc = "It judges what is flared in the district, per GJ, instead of processes. Needed "
                 "once where a commodity is flared."},
    Field{.key = "per",
          .doc =
              "Commodity of which the figures are per unit, as each plant takes or gives it; the "
              "product of each process if absent."},
    Field{.key = "none", .doc = "Why nothing is counted here. Needed, unless `levels`."},
    Field{.key = "levels",
          .kind = FieldKind::map,
          .doc = "Id → [emission level](#emission_level). Before the first of them, the first "
                 "holds."},
    confidence_field,
    source_field,
    note_field,
};

constexpr Field amount_field(std::string_view key, std::string_view doc) {
    return {.key = key, .kind = FieldKind::any, .presence = required, .doc = doc};
}

constexpr std::array emission_level_fields{
    first_year_field,
    year("new_from", "Plants that start in this year or later keep it at once."),
    amount_field("so2",
                 "Sulphur dioxide: a datum, mass per unit; `recipe`: the flows of the recipe "
                 "that are this pollutant; `sulphur`: all sulphur of a gas that is flared."),
    amount_field("nox", "Nitrogen oxides as NO2: a datum, or `recipe`."),
    amount_field("pm", "Particulate matter: a datum, or `recipe`."),
    amount_field("voc", "Volatile organic compounds: a datum, or `recipe`."),
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array water_quota_fields{
    needed_name,
    Field{.key = "unit",
          .presence = required,
          .doc = "Unit of its figures, water per unit of product: m3/t, m3/MWh."},
    Field{.key = "boundary",
          .presence = required,
          .doc = "In words: from what to what the water is counted."},
    Field{.key = "makers",
          .kind = FieldKind::texts,
          .doc = "Process ids: each plant that runs one of them is judged. Needed, unless "
                 "`not_judged` says why there are none."},
    Field{.key = "steps",
          .kind = FieldKind::texts,
          .doc = "Ids of the other processes within the boundary, as in a unit standard."},
    Field{.key = "products",
          .kind = FieldKind::map,
          .presence = required,
          .doc = "Commodity → how much one unit of it counts as product."},
    Field{.key = "waters",
          .kind = FieldKind::map,
          .presence = required,
          .unit = "m3 per unit",
          .doc = "Commodity → m3 that count per unit of it taken."},
    Field{.key = "editions",
          .kind = FieldKind::list,
          .presence = required,
          .doc = "List of [quota_edition](#quota_edition)."},
    Field{.key = "not_judged", .doc = "Why no process of the library is judged by it."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array quota_edition_fields{
    Field{.key = "number", .presence = required, .doc = "Number of the document, as it is cited."},
    first_year_field,
    year("until", "Last year that it rules; absent: to this day."),
    Field{.key = "general",
          .kind = FieldKind::datum,
          .presence = required,
          .unit = "that of the quota",
          .doc = "通用值: what plants that stand must keep."},
    Field{.key = "advanced",
          .kind = FieldKind::datum,
          .unit = "that of the quota",
          .doc = "先进值: what new plants must keep; the general value where there is none."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array ledger_source_fields{
    needed_name,
    Field{.key = "kind",
          .kind = FieldKind::word,
          .presence = required,
          .words = ledger_kind_words,
          .doc = "What it can be set against; energy and coal in tce."},
    Field{.key = "commodity", .doc = "Whose capacity it was; of `capacity` only."},
    Field{.key = "facility", .doc = "Facility of the study that was given up."},
    Field{.key = "outside",
          .doc = "Where it lay, in words, if it is no facility of the study. One of the two is "
                 "needed."},
    Field{.key = "amount",
          .kind = FieldKind::datum,
          .presence = required,
          .unit = "that of the kind, per year",
          .minimum = 0.0,
          .doc = "As verified by `document`."},
    Field{.key = "stopped",
          .kind = FieldKind::whole,
          .presence = required,
          .minimum = first_year,
          .maximum = last_year,
          .doc = "First year without it."},
    Field{.key = "idle_2020",
          .kind = FieldKind::word,
          .presence = required,
          .words = idle_words,
          .doc = "Whether it stood still all of 2020: then, or where that is not known, no project "
                 "can use it."},
    Field{.key = "document", .presence = required, .doc = "What verifies the amount."},
    Field{.key = "used_for",
          .kind = FieldKind::map,
          .doc = "Project id → amount of it that the project uses up. What no document assigns "
                 "stays out."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array ledger_rule_fields{
    needed_name,
    Field{.key = "kind",
          .kind = FieldKind::word,
          .presence = required,
          .words = ledger_kind_words,
          .doc = "What must be given up for what is new."},
    Field{.key = "products",
          .kind = FieldKind::texts,
          .doc = "Commodity ids. Of `capacity`: each is a debt of its own, and one is needed. "
                 "Else: projects that make one of them are bound, whole; if absent, all projects."},
    Field{.key = "carriers",
          .kind = FieldKind::texts,
          .doc = "Commodity ids that count as coal; of `coal` only, and needed there."},
    Field{.key = "ratio",
          .kind = FieldKind::datum,
          .presence = required,
          .unit = "1",
          .minimum = 0.0,
          .doc = "Given up per unit of what is new; with its `range` where it is not sure: no "
                 "verdict hangs on what the range leaves open."},
    first_year_field,
    year("until", "Last year that it rules; absent: to this day. Projects that start in its years "
                  "are bound."),
    confidence_field,
    source_field,
    note_field,
};

} // namespace

const input::RecordTable pollutant_table{
    "pollutant",
    "What plants of some processes emit to the air, per unit, after their own abatement; or that "
    "nothing of it is counted, and why.",
    pollutant_fields};
const input::RecordTable emission_level_table{
    "emission_level", "A level of emission control, with the years in which it is kept.",
    emission_level_fields};
const input::RecordTable water_quota_table{
    "water_quota", "Water that a unit of product may take (用水定额), and how it is counted.",
    water_quota_fields};
const input::RecordTable quota_edition_table{
    "quota_edition", "A water quota in one of its editions.", quota_edition_fields};
const input::RecordTable ledger_source_table{
    "ledger_source",
    "What was given up and verified, to be set against what is new (置换/削减来源). Plants that a "
    "project replaces are its sources by themselves.",
    ledger_source_fields};
const input::RecordTable ledger_rule_table{
    "ledger_rule", "How much must be given up for what is new: replacement and offset.",
    ledger_rule_fields};

} // namespace chainsim::load::detail
