#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/detail/tables_common.hpp>

#include <array>

// Records of a study that say what is wanted, and how it is judged.

namespace chainsim::load::detail {

namespace {

using input::Field;
using input::FieldKind;

constexpr std::array<std::string_view, 3> target_kind{"target", "rule", "baseline"};
constexpr std::array<std::string_view, 2> freight_direction_words{"in", "out"};
constexpr std::array<std::string_view, 2> budget_kind_words{"energy", "carbon"};
constexpr std::array<std::string_view, 2> carry_over_words{"yes", "no"};
constexpr std::array<std::string_view, 6> policy_group_words{
    "access", "efficiency", "dual_control", "environment", "economy", "plan"};
constexpr std::array<std::string_view, 3> progress_words{"yearly", "even", "end"};
constexpr std::array<std::string_view, 2> policy_feedstock_words{"counted", "deducted"};
constexpr std::array<std::string_view, 3> non_fossil_words{"counted", "increment", "deducted"};

constexpr std::array plant_group_fields{
    name_field,
    Field{.key = "park", .doc = "Park of its plants."},
    Field{.key = "industry", .doc = "How the code of the industry of its plants begins."},
    Field{.key = "owner", .doc = "Owner of its plants."},
    Field{.key = "plants",
          .kind = FieldKind::texts,
          .doc = "Its plants by id, those of projects included; whoever meets all that is stated "
                 "belongs to it."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array substation_fields{
    name_field,
    Field{.key = "level_kv",
          .kind = FieldKind::whole,
          .minimum = 1.0,
          .maximum = 2000.0,
          .doc = "Voltage of its higher side in kV. Stations of one voltage stand beside each "
                 "other; what the "
                 "levels can carry is the least of them."},
    Field{.key = "capacity",
          .kind = FieldKind::datum,
          .unit = "MVA",
          .minimum = 0.0,
          .doc = "Of all its transformers, or of those that are added; absent: not known."},
    Field{.key = "load",
          .kind = FieldKind::datum,
          .unit = "MW",
          .minimum = 0.0,
          .doc = "The highest in the base year; absent: none of a new one, else not known."},
    Field{.key = "start",
          .kind = FieldKind::whole,
          .minimum = 1900.0,
          .maximum = 2200.0,
          .doc = "First year; absent: it stands in the base year, or starts as its project does."},
    Field{.key = "project",
          .doc = "Project that builds it; without the project there is no station."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array freight_route_fields{
    name_field,
    Field{.key = "direction",
          .kind = FieldKind::word,
          .presence = required,
          .words = freight_direction_words,
          .doc = "`in` or `out` of the district."},
    Field{.key = "commodities",
          .kind = FieldKind::texts,
          .doc = "Goods by id; absent: all that no other route of the direction names. Gases and "
                 "water are never freight."},
    Field{.key = "by_pipe",
          .kind = FieldKind::yes_no,
          .doc = "By pipe or belt: no freight by road or rail."},
    Field{.key = "rail",
          .kind = FieldKind::path,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 1.0,
          .doc = "Share of the mass that goes by rail."},
    Field{.key = "road_distance",
          .kind = FieldKind::datum,
          .unit = "km",
          .minimum = 0.0,
          .doc = "One way."},
    Field{.key = "rail_distance",
          .kind = FieldKind::datum,
          .unit = "km",
          .minimum = 0.0,
          .doc = "One way."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array budget_fields{
    name_field,
    Field{.key = "kind",
          .kind = FieldKind::word,
          .words = budget_kind_words,
          .doc = "`energy`, the controlled energy, if absent; `carbon`, CO2 of energy."},
    Field{.key = "quota",
          .kind = FieldKind::path,
          .unit = "tce or t",
          .minimum = 0.0,
          .doc = "New room that is granted in a year; absent: what a policy on the rise of the "
                 "same indicator leaves due for the year."},
    Field{.key = "rights",
          .kind = FieldKind::path,
          .unit = "tce or t",
          .minimum = 0.0,
          .doc = "Rights of use or emission that are bought for a year."},
    Field{.key = "carry_over",
          .kind = FieldKind::word,
          .words = carry_over_words,
          .doc = "Whether what a year leaves or lacks goes to the next year of its period; `yes` "
                 "if absent."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array policy_fields{
    name_field,
    Field{.key = "group",
          .kind = FieldKind::word,
          .words = policy_group_words,
          .doc = "Where it stands in a check, in this order; `plan`, the last, if absent."},
    Field{.key = "indicator",
          .presence = required,
          .doc = "Indicator id: one that the accounts can count, or `made_X`, `sold_X`, "
                 "`local_conversion_X` of a commodity X."},
    Field{.key = "at_most",
          .kind = FieldKind::path,
          .unit = "any",
          .doc = "Upper bound, in the unit of the indicator. One that a scenario changes is an "
                 "assumption unless the change states `confidence` and `source`."},
    Field{.key = "at_least", .kind = FieldKind::path, .unit = "any", .doc = "Lower bound."},
    Field{.key = "drop_at_least",
          .kind = FieldKind::path,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 1.0,
          .doc = "Share by which the indicator must have dropped at the end of `period`, against "
                 "the base of the period; `unknown` where the target is not published."},
    Field{.key = "rise_at_most",
          .kind = FieldKind::path,
          .unit = "any",
          .doc = "Amount by which the indicator may have risen at the end of `period`, against the "
                 "base of the period; or `unknown`."},
    Field{.key = "period",
          .doc = "Period of assessment, for `drop_at_least` and `rise_at_most`: in its years they "
                 "hold, by its rule and base."},
    Field{.key = "base",
          .kind = FieldKind::datum,
          .unit = "any",
          .doc = "What the indicator was in the base year of the period, where a period holds no "
                 "base of it; or `unknown`."},
    Field{.key = "progress",
          .kind = FieldKind::word,
          .words = progress_words,
          .doc = "What is due by a year within the period: the share of equal yearly rates "
                 "(`yearly`, if absent), that of equal steps (`even`), or nothing before its end "
                 "(`end`)."},
    year("from", "First year in which it holds; every year if absent."),
    year("until", "Last year in which it holds."),
    Field{
        .key = "hard", .kind = FieldKind::yes_no, .doc = "Missing it is an error; true if absent."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array period_base_fields{
    Field{.key = "energy", .doc = "Statistic: energy consumption, equivalent value (E_0)."},
    Field{.key = "feedstock", .doc = "Statistic: energy used as raw material (F_0)."},
    Field{.key = "non_fossil",
          .doc = "Statistic: non-fossil energy used (NF_0), in standard coal."},
    Field{.key = "gdp", .doc = "Statistic: gross domestic product (GDP_0)."},
    Field{.key = "co2", .doc = "Statistic: CO2 of energy (CO2_0)."},
};

constexpr std::array period_fields{
    name_field,
    Field{.key = "base_year",
          .kind = FieldKind::whole,
          .presence = required,
          .minimum = first_year,
          .maximum = last_year,
          .doc = "Year that all is compared with; prices of GDP are those of this year."},
    Field{.key = "from",
          .kind = FieldKind::whole,
          .presence = required,
          .minimum = first_year,
          .maximum = last_year,
          .doc = "First year of the period, after the base year."},
    Field{.key = "until",
          .kind = FieldKind::whole,
          .presence = required,
          .minimum = first_year,
          .maximum = last_year,
          .doc = "Last year of the period."},
    Field{.key = "feedstock",
          .kind = FieldKind::word,
          .presence = required,
          .words = policy_feedstock_words,
          .doc = "Whether energy used as raw material is deducted, in the base year as well."},
    Field{.key = "feedstock_uses",
          .kind = FieldKind::map,
          .doc = "Use of energy as raw material → whether it counts here: the local practice."},
    Field{.key = "non_fossil",
          .kind = FieldKind::word,
          .presence = required,
          .words = non_fossil_words,
          .doc = "What of non-fossil power is deducted: nothing (`counted`), what is used beyond "
                 "the base year (`increment`), or all of it, in the base year as well "
                 "(`deducted`)."},
    Field{.key = "electricity_equivalent",
          .doc = "Factor for the equivalent value of power, the same path for the period and its "
                 "base; `electricity_equivalent` if absent."},
    Field{.key = "base",
          .kind = FieldKind::any,
          .doc = "Figures of the base year, by [period_base](#period_base); those that are not "
                 "known are left out. `none`: not one is known."},
    Field{.key = "certificates",
          .kind = FieldKind::path,
          .unit = "MWh",
          .minimum = 0.0,
          .doc =
              "Green certificates bought from elsewhere without their power, per year; only with "
              "`non_fossil: deducted`."},
    Field{.key = "certificates_at_most",
          .kind = FieldKind::path,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 1.0,
          .doc = "Share of `saving_needed` up to which they count."},
    Field{.key = "saving_needed",
          .kind = FieldKind::path,
          .unit = "tce",
          .minimum = 0.0,
          .doc = "Energy that must be saved for the target by a year, against the intensity of the "
                 "base year."},
    Field{.key = "m_classes",
          .kind = FieldKind::list,
          .unit = "1",
          .doc = "Limits, ascending, between the classes of influence of a project by its share in "
                 "the rise that is allowed (m)."},
    Field{.key = "n_classes",
          .kind = FieldKind::list,
          .unit = "1",
          .doc = "The same, by its part in the intensity of the base year (n)."},
    Field{.key = "gdp_growth",
          .kind = FieldKind::path,
          .unit = "1",
          .minimum = -0.5,
          .maximum = 1.0,
          .doc = "Growth of GDP in a year at constant prices."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array target_fields{
    Field{.key = "kind",
          .kind = FieldKind::word,
          .presence = required,
          .words = target_kind,
          .doc = "`baseline` is a figure of the time before the plan."},
    Field{.key = "section", .doc = "Where the plan names it."},
    Field{.key = "quote", .presence = required, .doc = "The words of the plan."},
    Field{.key = "policies", .kind = FieldKind::texts, .doc = "Policies that judge it."},
    Field{.key = "statistic", .doc = "Statistic of the base year that holds its figure."},
    Field{.key = "carried_by",
          .doc = "Where the data carry it out: a capacity, a path, an order of supply."},
    Field{.key = "not_judged",
          .doc = "Why the engine cannot judge it. Of these four one is needed."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array improvement_fields{
    name_field,
    Field{.key = "processes",
          .kind = FieldKind::texts,
          .doc = "Processes whose plants save; with those of `technologies`."},
    Field{.key = "technologies",
          .kind = FieldKind::texts,
          .doc = "Technologies, all variants of which save."},
    Field{.key = "saving",
          .kind = FieldKind::path,
          .presence = required,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 1.0,
          .doc =
              "Share of fuels, power, steam and heat per unit that is saved against the recipe."},
    confidence_field,
    source_field,
    note_field,
};

} // namespace

const input::RecordTable plant_group_table{
    "plant_group",
    "Plants with accounts of their own: energy, value added and CO2 as `energy_equivalent_of_ID` "
    "and so on, which policies may bound.",
    plant_group_fields};
const input::RecordTable budget_table{
    "budget", "Room for new use that is handed down year by year.", budget_fields};
const input::RecordTable substation_table{
    "substation", "A transformer station; no balance binds it, `feasibility` shows its room.",
    substation_fields};
const input::RecordTable freight_route_table{
    "freight_route", "A way of goods over the border of the district.", freight_route_fields};
const input::RecordTable policy_table{
    "policy", "A bound on an indicator from a year on, or since the base of a period.",
    policy_fields};
const input::RecordTable period_table{
    "period",
    "A period of assessment, as a five-year plan: one rule, one base and one equivalent value of "
    "power for all its years.",
    period_fields};
const input::RecordTable period_base_table{
    "period_base", "Statistics of the region that are the base of a period.", period_base_fields};
const input::RecordTable target_table{
    "target", "A target or rule of the plan, and what became of it in the study.", target_fields};
const input::RecordTable improvement_table{"improvement",
                                           "A saving of energy per unit of product over the years. "
                                           "Closing flows of the recipes move along.",
                                           improvement_fields};

} // namespace chainsim::load::detail
