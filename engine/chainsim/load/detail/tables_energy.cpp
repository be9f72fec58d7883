#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/detail/tables_common.hpp>

#include <array>

// What the regional energy balance is made by.

namespace chainsim::load::detail {

namespace {

using input::Field;
using input::FieldKind;

constexpr std::array energy_carrier_fields{
    name_field,
    Field{.key = "position",
          .kind = FieldKind::whole,
          .presence = required,
          .minimum = 1.0,
          .maximum = 999.0,
          .doc = "Where it stands in the table, counted from 1."},
    Field{.key = "unit",
          .presence = required,
          .doc = "Physical unit of the column; that of all its commodities."},
    Field{.key = "commodities",
          .kind = FieldKind::texts,
          .presence = required,
          .doc = "Energy products that statistics count as one. Once there are carriers, every "
                 "energy product belongs to one of them."},
    Field{.key = "delivered_to",
          .kind = FieldKind::map,
          .doc = "Commodity → sector that uses what is sold within the district; needed for each "
                 "of `delivery: district`."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array energy_transformation_fields{
    name_field,
    Field{.key = "position",
          .kind = FieldKind::whole,
          .presence = required,
          .minimum = 1.0,
          .maximum = 999.0,
          .doc = "Where it stands in the table, counted from 1."},
    Field{.key = "products",
          .kind = FieldKind::texts,
          .presence = required,
          .doc = "Energy products: a plant with one of them as its reference product transforms "
                 "energy, unless that is primary energy or passed on."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array energy_medium_fields{
    Field{.key = "factor",
          .presence = required,
          .doc = "Factor with its standard coal; its unit suits the commodity."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array<std::string_view, 2> given_words{"deducted", "not_deducted"};

constexpr std::array carbon_guideline_fields{
    name_field,
    Field{.key = "industries",
          .kind = FieldKind::texts,
          .presence = required,
          .doc = "How the codes of its industries begin (GB/T 4754); none may stand in two."},
    Field{.key = "power_and_heat_given",
          .kind = FieldKind::word,
          .presence = required,
          .words = given_words,
          .doc = "Whether power and heat that a plant gives are deducted from what it takes, as in "
                 "industries without a guideline here."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array sector_fields{
    Field{.key = "fuel",
          .kind = FieldKind::path,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 1.0,
          .doc = "Its share in the coal, oil, gas and heat of the rest of the economy."},
    Field{.key = "power",
          .kind = FieldKind::path,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 1.0,
          .doc = "Its share in the power of the rest of the economy."},
};

} // namespace

const input::RecordTable energy_carrier_table{
    "energy_carrier", "A column of the regional energy balance.", energy_carrier_fields};
const input::RecordTable energy_transformation_table{
    "energy_transformation", "A line of transformation (加工转换) in the regional energy balance.",
    energy_transformation_fields};
const input::RecordTable energy_medium_table{
    "energy_medium", "An energy-consuming medium (耗能工质), by commodity.", energy_medium_fields};
const input::RecordTable carbon_guideline_table{
    "carbon_guideline", "How enterprises of an industry report CO2 (GB/T 32151).",
    carbon_guideline_fields};
const input::RecordTable sector_table{
    "sector",
    "What of the energy of `rest_of_economy` a sector uses; what is left over is shown as such.",
    sector_fields};

} // namespace chainsim::load::detail
