#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/detail/tables_common.hpp>

#include <array>

namespace chainsim::load::detail {

namespace {

using input::Field;
using input::FieldKind;

constexpr std::array<std::string_view, 2> interpolation_words{"linear", "step"};
constexpr std::array<std::string_view, 5> phase_words{"gas", "liquid", "solid", "energy",
                                                      "service"};
constexpr std::array<std::string_view, 4> trade_words{"market", "free", "internal", "waste"};
constexpr std::array<std::string_view, 2> carbon_words{"fuel", "process"};
constexpr std::array<std::string_view, 2> delivery_words{"beyond", "district"};
constexpr std::array<std::string_view, 4> sink_words{"dispose", "emit", "curtail", "flare"};
constexpr std::array<std::string_view, 4> pollutant_words{"so2", "nox", "pm", "voc"};
constexpr std::array<std::string_view, 2> solid_waste_words{"general", "hazardous"};
constexpr std::array<std::string_view, 5> role_words{"feedstock", "fuel", "utility", "reagent",
                                                     "catalyst"};
constexpr std::array<std::string_view, 5> kind_words{"product", "coproduct", "byproduct", "waste",
                                                     "emission"};
constexpr std::array<std::string_view, 3> chain_words{"chain", "product_list", "equipment_chain"};
constexpr std::array<std::string_view, 1> models_format{"chainsim.models/1"};

// Fields that many records share.
constexpr Field aliases_field{
    .key = "aliases",
    .kind = FieldKind::texts,
    .doc = "Other words for it, Chinese or English; no word means two things."};
constexpr Field value_field{.key = "value",
                            .kind = FieldKind::quantity,
                            .presence = required,
                            .unit = "as the field needs",
                            .doc = "The figure with its unit."};
constexpr Field path_value_field{.key = "value",
                                 .kind = FieldKind::quantity,
                                 .unit = "as the field needs",
                                 .doc = "The figure, if it is constant."};
constexpr Field path_points_field{.key = "path",
                                  .kind = FieldKind::map,
                                  .unit = "as the field needs",
                                  .doc = "Year → datum, years ascending; flat outside them."};
constexpr Field interpolate_field{.key = "interpolate",
                                  .kind = FieldKind::word,
                                  .words = interpolation_words,
                                  .doc = "Between the years of a path; `linear` if absent."};
constexpr Field path_range_field{
    .key = "range", .kind = FieldKind::any, .doc = "Range of the constant, or year → range."};
constexpr Field closing_field{
    .key = "closing",
    .kind = FieldKind::yes_no,
    .doc = "Solved from the balance of the recipe, and moves when other amounts move."};

constexpr std::array name_fields{
    Field{.key = "zh", .presence = required, .doc = "Chinese name."},
    Field{.key = "en", .doc = "English name."},
};

constexpr Field use_field{.key = "use",
                          .doc =
                              "Id of an assumption of the study that stands here, instead of all "
                              "other keys."};

constexpr std::array datum_fields{
    value_field,  range_field, distribution_field, confidence_field,
    source_field, note_field,  use_field,
};

constexpr std::array path_fields{
    path_value_field, path_points_field, interpolate_field, path_range_field, distribution_field,
    confidence_field, source_field,      note_field,        use_field,
};

constexpr std::array assumption_fields{
    name_field,         path_value_field, path_points_field, interpolate_field, path_range_field,
    distribution_field, confidence_field, source_field,      note_field,
};

constexpr std::array models_file_fields{
    format_field(models_format),
    note_field,
    records_field("sources", "source", "Publications."),
    records_field("commodities", "commodity", "Materials, energy carriers and services."),
    records_field("families", "family", "Words that mean several commodities."),
    records_field("technologies", "technology",
                  "Ways to one product, whose variants are processes."),
    records_field("processes", "process", "Recipes."),
    records_field("prices", "price", "Market prices, by commodity."),
    records_field("factors", "factor", "Figures that the accounts use, by name."),
    records_field("feedstock_uses", "feedstock_use", "Uses of energy as raw material."),
    records_field("unit_standards", "unit standard",
                  "Energy that a unit of product may take, by standard and edition."),
    records_field("energy_carriers", "energy_carrier", "Columns of the regional energy balance."),
    records_field("energy_transformations", "energy_transformation",
                  "Lines of transformation in the regional energy balance."),
    records_field("energy_media", "energy_medium",
                  "Energy-consuming media, by commodity: what a plant takes of them counts as "
                  "energy."),
    records_field("carbon_guidelines", "carbon_guideline",
                  "How enterprises of an industry report CO2."),
    records_field("economies", "economy", "Wages, taxes, lives and loans: one record."),
    records_field("industries", "industry",
                  "Staff, land, life and tax of plants, by what they run."),
    records_field("park_norms", "park norm", "What a park asks of those who build in it."),
    records_field("pollutants", "pollutant", "What plants emit to the air."),
    records_field("review_rules", "review rule",
                  "Who decides on the energy review of a project, by day."),
    records_field("water_quotas", "water_quota", "Water that a unit of product may take."),
    records_field("chains", "chain", "Chains of the plan, in steps."),
};

constexpr std::array source_fields{
    Field{.key = "title", .presence = required, .doc = "What it is called, with author and year."},
    Field{.key = "address", .doc = "Where it can be read."},
    note_field,
};

constexpr std::array commodity_fields{
    required_name,
    aliases_field,
    Field{.key = "unit",
          .presence = required,
          .doc = "Unit of account: t, 1000 m3, m3, MWh, GJ, 1000 m2 or piece."},
    Field{.key = "phase",
          .kind = FieldKind::word,
          .presence = required,
          .words = phase_words,
          .doc = "Energy and services have no mass."},
    Field{.key = "mass",
          .kind = FieldKind::datum,
          .unit = "t per unit",
          .minimum = 0.0,
          .doc = "Mass of one unit as delivered; 1 t where the unit is t, if absent."},
    Field{.key = "composition",
          .kind = FieldKind::map,
          .doc = "Element → mass fraction as delivered, sum 1; also `ash` and `other`."},
    Field{.key = "formula", .doc = "Of a pure substance, instead of a composition."},
    Field{.key = "active",
          .kind = FieldKind::map,
          .unit = "t per unit",
          .doc = "Species → mass of it in one unit."},
    Field{.key = "lhv",
          .kind = FieldKind::datum,
          .unit = "MJ/kg, or GJ per unit",
          .minimum = 0.0,
          .doc = "Lower heating value; 0 if absent, the unit itself for energy."},
    Field{.key = "enthalpy",
          .kind = FieldKind::datum,
          .unit = "MJ/kg, or GJ per unit",
          .doc = "Above the reference state, where sensible heat is carried on; `lhv` if absent."},
    Field{.key = "energy_product",
          .kind = FieldKind::yes_no,
          .doc = "Booked as an energy product by statistics; false if absent."},
    Field{.key = "standard_coal",
          .kind = FieldKind::datum,
          .unit = "kgce per unit",
          .minimum = 0.0,
          .doc = "Calorific factor (当量值) of an energy product."},
    Field{.key = "non_fossil",
          .kind = FieldKind::yes_no,
          .doc = "Power from the sun, wind or water that comes with its certificates; false if "
                 "absent."},
    Field{.key = "carbon",
          .kind = FieldKind::word,
          .words = carbon_words,
          .doc = "Where CO2 of it counts when it is burnt; `fuel` if absent. `process`: its carbon "
                 "is already that of the process which made it (carbide furnace gas)."},
    Field{.key = "trade",
          .kind = FieldKind::word,
          .presence = required,
          .words = trade_words,
          .doc = "`market` needs a price; the others say why they need none (`internal` may have a "
                 "transfer "
                 "price)."},
    Field{.key = "delivery",
          .kind = FieldKind::word,
          .words = delivery_words,
          .doc = "Where what is sold goes; `beyond` the boundary if absent. A service or a fuel "
                 "delivered to people of the `district` is used there: no export of energy."},
    Field{.key = "sink",
          .kind = FieldKind::word,
          .words = sink_words,
          .doc = "What takes a surplus that is not sold; if absent, its maker is held back."},
    Field{.key = "disposal_cost",
          .kind = FieldKind::datum,
          .unit = "CNY per unit",
          .doc = "Needed where `trade` is `waste`."},
    Field{.key = "pollutant",
          .kind = FieldKind::word,
          .words = pollutant_words,
          .doc = "As which it counts when a plant emits it."},
    Field{.key = "solid_waste",
          .kind = FieldKind::word,
          .words = solid_waste_words,
          .doc = "As which kind of solid waste it counts: general industrial or hazardous; as none "
                 "if absent."},
    Field{.key = "returned_water",
          .kind = FieldKind::yes_no,
          .doc = "What leaves of it by its sink goes back to nature as water; false if absent."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array family_fields{
    required_name,
    aliases_field,
    Field{
        .key = "members", .kind = FieldKind::texts, .presence = required, .doc = "Commodity ids."},
    note_field,
};

constexpr std::array technology_fields{
    required_name,
    Field{.key = "product",
          .presence = required,
          .doc = "Commodity id of the product that all its variants make."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array process_fields{
    required_name,
    Field{.key = "technology",
          .doc = "Id of the technology that it is a variant of: another way to the same product, "
                 "among which a retrofit and a comparison choose."},
    Field{.key = "chain", .doc = "Free word to group by: coking, chlor_alkali, energy ..."},
    Field{.key = "product",
          .presence = required,
          .doc = "Commodity id of the reference product; amounts are per unit of it."},
    records_field("inputs", "input", "What it takes, by commodity."),
    Field{.key = "outputs",
          .kind = FieldKind::records,
          .presence = required,
          .record = "output",
          .doc = "What it gives, by commodity; the reference product is 1."},
    Field{.key = "reactions",
          .kind = FieldKind::texts,
          .doc = "As `CaO + 3 C -> CaC2 + CO`: formulas are checked to balance, words are not."},
    Field{.key = "minima",
          .kind = FieldKind::list,
          .record = "minimum",
          .doc = "List of [minimum](#minimum): least inputs that the reactions allow."},
    Field{.key = "driver",
          .kind = FieldKind::word,
          .words = driver_words,
          .doc = "What decides how far it wants to run; `at_capacity` if absent."},
    Field{.key = "driving_feed", .doc = "Input whose supply drives it; needed for `on_supply`."},
    Field{.key = "primary_energy",
          .kind = FieldKind::texts,
          .doc = "Outputs that statistics count as primary production."},
    Field{.key = "chemical_heat",
          .kind = FieldKind::datum,
          .unit = "GJ per unit of product",
          .doc = "Heat of reaction that no heating value holds."},
    Field{.key = "unit_energy",
          .kind = FieldKind::datum,
          .unit = "kgce per unit of product",
          .doc = "Comprehensive energy use as the source states it; the engine computes its own."},
    Field{.key = "standard",
          .kind = FieldKind::record,
          .record = "standard",
          .doc = "Unit-energy limits of a standard."},
    Field{.key = "capex",
          .kind = FieldKind::datum,
          .unit = "CNY per (unit of product per year)",
          .minimum = 0.0,
          .doc = "Investment per yearly capacity."},
    Field{.key = "scale", .doc = "Usual size of a plant."},
    Field{.key = "why_open",
          .kind = FieldKind::map,
          .doc = "`mass`, `energy` or an element → why it does not close."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array input_fields{
    value_field,
    Field{.key = "role",
          .kind = FieldKind::word,
          .presence = required,
          .words = role_words,
          .doc = "What it is for."},
    closing_field,
    range_field,
    distribution_field,
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array output_fields{
    value_field,
    Field{.key = "kind",
          .kind = FieldKind::word,
          .presence = required,
          .words = kind_words,
          .doc = "What it is; `product` for the reference product alone."},
    closing_field,
    range_field,
    distribution_field,
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array minimum_fields{
    Field{.key = "commodities",
          .kind = FieldKind::texts,
          .presence = required,
          .doc = "Inputs that count together."},
    Field{.key = "element", .doc = "Count this element in them, not the amounts."},
    Field{.key = "value",
          .kind = FieldKind::datum,
          .presence = required,
          .unit = "unit of the first commodity, or t of the element, per unit of product",
          .minimum = 0.0,
          .doc = "The least that the reactions allow."},
    Field{.key = "basis", .presence = required, .doc = "How it follows from the reactions."},
};

constexpr std::array standard_fields{
    Field{.key = "levels",
          .kind = FieldKind::list,
          .presence = required,
          .unit = "kgce per unit of product",
          .doc = "Datums, advanced level first."},
    Field{.key = "basis", .doc = "What the limits refer to."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array price_fields{
    path_value_field,
    path_points_field,
    interpolate_field,
    path_range_field,
    distribution_field,
    Field{.key = "vat_included",
          .kind = FieldKind::yes_no,
          .doc = "The price as stated includes VAT; false if absent."},
    Field{.key = "vat",
          .kind = FieldKind::quantity,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 0.5,
          .doc = "Rate of VAT; needed where it is included."},
    Field{.key = "price_id", .doc = "Id of the price in the reference data."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array factor_fields{
    path_value_field,   path_points_field, interpolate_field, path_range_field,
    distribution_field, confidence_field,  source_field,      note_field,
};

constexpr std::array feedstock_use_fields{
    required_name,
    Field{.key = "products",
          .kind = FieldKind::texts,
          .presence = required,
          .doc = "Commodity ids, none of them an energy product: a plant uses its feedstock so for "
                 "the share of its products, by mass, that is listed."},
    Field{.key = "recovered_by",
          .kind = FieldKind::texts,
          .doc = "Commodity ids: what plants of these reference products recover as fuel was "
                 "deducted before, and is taken off again."},
    Field{.key = "counts",
          .kind = FieldKind::yes_no,
          .doc = "Whether it counts as raw material, unless a period states the local practice; "
                 "true if absent."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array chain_fields{
    Field{.key = "kind",
          .kind = FieldKind::word,
          .presence = required,
          .words = chain_words,
          .doc = "What the plan draws."},
    required_name,
    Field{.key = "section", .doc = "Where the plan names it."},
    Field{.key = "quote", .doc = "The words of the plan."},
    Field{.key = "steps",
          .kind = FieldKind::list,
          .presence = required,
          .doc = "Commodity or family ids in order; a list within it is a branch."},
    confidence_field,
    source_field,
    note_field,
};

} // namespace

const input::RecordTable name_table{"name", "A name in two languages.", name_fields};
const input::RecordTable datum_table{"datum",
                                     "A figure: `3250 kWh/t` alone, or a map with these keys. "
                                     "Confidence and source are needed, here or on "
                                     "a record around it.",
                                     datum_fields};
const input::RecordTable path_table{
    "path",
    "A figure over the years: a datum, or a map with these keys, `value` or `path` among them.",
    path_fields};
const input::RecordTable models_file_table{"models file", "A file below `models/`.",
                                           models_file_fields};
const input::RecordTable source_table{"source", "A publication that figures come from.",
                                      source_fields};
const input::RecordTable commodity_table{
    "commodity",
    "A material, energy carrier or service. Gas volumes are at 0 degC and 101.325 kPa.",
    commodity_fields};
const input::RecordTable family_table{
    "family", "A word of the plan that means several commodities.", family_fields};
const input::RecordTable technology_table{
    "technology", "Ways to one product, among which one chooses: its variants are processes.",
    technology_fields};
const input::RecordTable process_table{
    "process", "A technology: what it takes and gives per unit of its reference product.",
    process_fields};
const input::RecordTable input_table{
    "input", "One input of a recipe, in units of the commodity per unit of product.", input_fields};
const input::RecordTable output_table{
    "output", "One output of a recipe, in units of the commodity per unit of product.",
    output_fields};
const input::RecordTable minimum_table{"minimum", "A stoichiometric minimum of inputs.",
                                       minimum_fields};
const input::RecordTable standard_table{"standard", "Unit-energy limits of a standard.",
                                        standard_fields};
const input::RecordTable price_table{
    "price", "The market price of a commodity: a path in CNY per unit of it, with these keys.",
    price_fields};
const input::RecordTable factor_table{"factor", "A figure that the accounts use: a path.",
                                      factor_fields};
const input::RecordTable assumption_table{
    "assumption",
    "A figure that records of a study rest on: a path, with these keys. Where a datum is needed it "
    "must be constant.",
    assumption_fields};
const input::RecordTable feedstock_use_table{
    "feedstock_use",
    "A use of energy products as raw material (原料用能), which a period may deduct.",
    feedstock_use_fields};
const input::RecordTable chain_table{"chain", "A chain of the plan.", chain_fields};

} // namespace chainsim::load::detail
