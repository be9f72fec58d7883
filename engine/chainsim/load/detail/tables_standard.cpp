#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/detail/tables_common.hpp>

#include <array>

namespace chainsim::load::detail {

namespace {

using input::Field;
using input::FieldKind;

constexpr double first_year = 1900.0;
constexpr double last_year = 2200.0;

constexpr std::array<std::string_view, 2> product_feedstock_words{"included", "excluded"};

constexpr std::array unit_standard_fields{
    Field{.key = "name",
          .kind = FieldKind::record,
          .presence = required,
          .record = "name",
          .doc = "Name as planners read it."},
    Field{.key = "unit",
          .presence = required,
          .doc = "Unit of its figures, energy per unit of product: kgce/t, gce/kWh."},
    Field{.key = "boundary",
          .presence = required,
          .doc = "In words: from what to what the energy is counted."},
    Field{.key = "makers",
          .kind = FieldKind::texts,
          .doc = "Process ids: each plant that runs one of them is judged. Needed, unless "
                 "`not_judged` says why there are none."},
    Field{.key = "only_named",
          .kind = FieldKind::yes_no,
          .doc = "It judges only plants that name it as their `unit_standard`, for instance by the "
                 "size of their sets."},
    Field{.key = "steps",
          .kind = FieldKind::texts,
          .doc = "Ids of the other processes within the boundary. Each takes as its driving feed "
                 "what a maker or a step before it gives, or makes what one of them takes."},
    Field{.key = "products",
          .kind = FieldKind::map,
          .presence = required,
          .doc = "Commodity → how much one unit of it counts as product."},
    Field{.key = "feedstock",
          .kind = FieldKind::word,
          .presence = required,
          .words = product_feedstock_words,
          .doc = "`excluded`: neither energy taken as feedstock counts, nor what is made of it."},
    Field{.key = "electricity",
          .kind = FieldKind::datum,
          .unit = "kgce/kWh",
          .minimum = 0.0,
          .doc = "What a kWh counts, as the standard prescribes. Needed, unless `fuels_only`."},
    Field{.key = "fuels_only",
          .kind = FieldKind::yes_no,
          .doc = "Power counts nothing: the coal of power plants per kWh supplied."},
    Field{.key = "media",
          .kind = FieldKind::map,
          .doc = "Commodity → id of the factor by which it counts: water, heat of fuels."},
    Field{.key = "plausible",
          .kind = FieldKind::list,
          .doc = "Lowest and highest figure that plants of the trade reach, with units. Outside of "
                 "it there is no verdict: recipe and standard do not mean the same."},
    Field{.key = "limits",
          .kind = FieldKind::list,
          .doc = "List of [limits](#limits): editions of the national standard."},
    Field{.key = "grades",
          .kind = FieldKind::list,
          .doc = "List of [grades](#grades): editions of the lists of benchmark and baseline."},
    Field{.key = "no_limit", .doc = "Why there are no editions."},
    Field{.key = "not_judged", .doc = "Why no process of the library is judged by it."},
    confidence_field,
    source_field,
    note_field,
};

constexpr Field number_field{
    .key = "number", .presence = required, .doc = "Number of the document, as it is cited."};
constexpr Field from_field{.key = "from",
                           .kind = FieldKind::whole,
                           .presence = required,
                           .minimum = first_year,
                           .maximum = last_year,
                           .doc = "First year that it rules: in force for most of it."};
constexpr Field until_field{.key = "until",
                            .kind = FieldKind::whole,
                            .minimum = first_year,
                            .maximum = last_year,
                            .doc = "Last year that it rules; absent: to this day."};

constexpr Field figure(std::string_view key, std::string_view doc,
                       input::Presence presence = input::Presence::optional) {
    return {.key = key,
            .kind = FieldKind::datum,
            .presence = presence,
            .unit = "that of the standard",
            .doc = doc};
}

constexpr std::array limits_fields{
    number_field,
    from_field,
    until_field,
    figure("level_1", "Advanced."),
    figure("level_2", "Access: what new plants must keep."),
    figure("level_3", "What every plant must keep. Needed, unless `not_read`."),
    Field{.key = "allowances",
          .kind = FieldKind::map,
          .doc = "Process id → datum that is added to level 3 for the share of the product that "
                 "passes it."},
    Field{.key = "not_read", .doc = "Why it has no figures: then there is no verdict by it."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array grades_fields{
    number_field,
    from_field,
    until_field,
    figure("benchmark", "标杆: the duty of new plants.", required),
    figure("baseline", "基准: the duty of plants that stand.", required),
    confidence_field,
    source_field,
    note_field,
};

} // namespace

const input::RecordTable unit_standard_table{
    "unit standard",
    "What a standard says of the energy that a unit of product takes: how it is counted, and what "
    "is allowed.",
    unit_standard_fields};
const input::RecordTable limits_table{
    "limits", "Levels of a national standard, in one of its editions.", limits_fields};
const input::RecordTable grades_table{
    "grades", "Benchmark and baseline of the authorities, in one edition of their list.",
    grades_fields};

} // namespace chainsim::load::detail
