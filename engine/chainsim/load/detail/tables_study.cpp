#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/detail/tables_common.hpp>

#include <array>

namespace chainsim::load::detail {

namespace {

using input::Field;
using input::FieldKind;

constexpr std::array<std::string_view, 4> facility_status{"running", "building", "planned",
                                                          "closed"};
constexpr std::array<std::string_view, 6> project_status{"proposed", "approved",    "building",
                                                         "running",  "at_capacity", "closed"};
constexpr std::array<std::string_view, 2> project_kind{"industry", "infrastructure"};
constexpr std::array<std::string_view, 2> rank_words{"after_local", "before_local"};
constexpr std::array<std::string_view, 1> study_format{"chainsim.study/1"};
constexpr std::array<std::string_view, 1> scenario_format{"chainsim.scenario/1"};

constexpr Field owner_field{
    .key = "owner", .kind = FieldKind::any, .doc = "Text, or a name in two languages."};

// Every section of a study, which scenarios may change and add to as well.
constexpr auto sources_section = records_field("sources", "source", "Publications.");
constexpr auto commodities_section = records_field("commodities", "commodity", "As in models/.");
constexpr auto families_section = records_field("families", "family", "As in models/.");
constexpr auto technologies_section = records_field("technologies", "technology", "As in models/.");
constexpr auto processes_section = records_field("processes", "process", "As in models/.");
constexpr auto prices_section = records_field("prices", "price", "As in models/.");
constexpr auto factors_section = records_field("factors", "factor", "As in models/.");
constexpr auto feedstock_uses_section =
    records_field("feedstock_uses", "feedstock_use", "As in models/.");
constexpr auto unit_standards_section =
    records_field("unit_standards", "unit standard", "As in models/.");
constexpr auto energy_carriers_section =
    records_field("energy_carriers", "energy_carrier", "As in models/.");
constexpr auto energy_transformations_section =
    records_field("energy_transformations", "energy_transformation", "As in models/.");
constexpr auto energy_media_section =
    records_field("energy_media", "energy_medium", "As in models/.");
constexpr auto carbon_guidelines_section =
    records_field("carbon_guidelines", "carbon_guideline", "As in models/.");
constexpr auto pollutants_section = records_field("pollutants", "pollutant", "As in models/.");
constexpr auto water_quotas_section =
    records_field("water_quotas", "water_quota", "As in models/.");
constexpr auto chains_section = records_field("chains", "chain", "As in models/.");
constexpr Field region_section{.key = "region",
                               .kind = FieldKind::record,
                               .record = "region",
                               .doc = "The district, once in a study."};
constexpr auto markets_section =
    records_field("markets", "market", "Trade across the boundary, by commodity.");
constexpr auto demand_section =
    records_field("demand", "path", "Final demand that must be met each year, by commodity.");
constexpr auto facilities_section = records_field("facilities", "facility", "Existing plants.");
constexpr auto projects_section = records_field("projects", "project", "Plants that may be built.");
constexpr auto plant_groups_section =
    records_field("plant_groups", "plant_group",
                  "Parks, industries and companies with accounts and targets of their own.");
constexpr auto budgets_section =
    records_field("budgets", "budget", "Room for new use of energy and for CO2, year by year.");
constexpr auto substations_section = records_field(
    "substations", "substation", "Stations by which the district draws power from the grid.");
constexpr auto freight_routes_section = records_field(
    "freight_routes", "freight_route", "How goods come into the district and leave it.");
constexpr auto policies_section = records_field("policies", "policy", "Bounds on indicators.");
constexpr auto periods_section =
    records_field("periods", "period", "Periods of assessment, with their rules and bases.");
constexpr auto ledger_sources_section =
    records_field("ledger_sources", "ledger_source",
                  "What was given up and verified, for replacement and offset.");
constexpr auto ledger_rules_section =
    records_field("ledger_rules", "ledger_rule", "How much must be given up for what is new.");
constexpr auto targets_section = records_field(
    "targets", "target", "Targets and rules of the plan, and what became of each in the study.");
constexpr auto improvements_section = records_field(
    "improvements", "improvement", "Savings of energy per unit that plants make over the years.");
constexpr auto assumptions_section = records_field(
    "assumptions", "assumption", "Figures that records rest on, by `use`; each with its reason.");

constexpr auto decision_rules_section = records_field(
    "decision_rules", "decision rules", "What `optimise` may decide; one record in a study.");
constexpr auto decision_groups_section =
    records_field("decision_groups", "decision group", "How many of some projects may be built.");

constexpr std::array sections_fields{
    region_section,
    markets_section,
    demand_section,
    facilities_section,
    projects_section,
    plant_groups_section,
    policies_section,
    periods_section,
    budgets_section,
    substations_section,
    freight_routes_section,
    ledger_sources_section,
    ledger_rules_section,
    targets_section,
    improvements_section,
    assumptions_section,
    decision_rules_section,
    decision_groups_section,
    sources_section,
    commodities_section,
    families_section,
    technologies_section,
    processes_section,
    prices_section,
    factors_section,
    feedstock_uses_section,
    unit_standards_section,
    pollutants_section,
    water_quotas_section,
    energy_carriers_section,
    energy_transformations_section,
    energy_media_section,
    carbon_guidelines_section,
    chains_section,
};

constexpr auto study_file_fields =
    joined(std::array{format_field(study_format), note_field}, sections_fields);

constexpr std::array region_fields{
    Field{.key = "id", .presence = required, .doc = "Id of the district."},
    name_field,
    year("base_year", "Year of the statistics; constant prices are those of this year."),
    Field{.key = "statistics",
          .kind = FieldKind::map,
          .unit = "any",
          .doc = "Name → datum, or the map of [statistic](#statistic)."},
    Field{
        .key = "rest_of_economy",
        .kind = FieldKind::map,
        .unit = "any",
        .doc =
            "`gdp` (CNY), `energy_calorific`, `energy_equivalent` (tce), `power` (MWh), `co2` (t), "
            "`fresh_water` (m3) → path: what lies outside the modelled plants, per year, never "
            "negative. A "
            "total without its key covers those plants alone, and its name says so."},
    Field{.key = "sectors",
          .kind = FieldKind::map,
          .doc = "`agriculture`, `industry`, `construction`, `transport`, `trade`, `services`, "
                 "`households` → [sector](#sector): into which the energy of `rest_of_economy` is "
                 "split in the energy balance. What is left over is shown as such."},
    Field{.key = "resources",
          .kind = FieldKind::map,
          .unit = "any",
          .doc = "Name → path: what the district has of coal, water rights, land. A figure for "
                 "reports that binds nothing: write the bound as a policy on an indicator, or as "
                 "the limit of a market. `industrial_land` (what can be given to projects since "
                 "the base year) and `labour` (people to be had) are what `feasibility` sets "
                 "projects against."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array statistic_fields{
    name_field,
    Field{.key = "value",
          .kind = FieldKind::quantity,
          .presence = required,
          .unit = "any",
          .doc = "The figure with its unit."},
    range_field,
    distribution_field,
    Field{.key = "indicator",
          .doc = "Indicator that counts the same in a run of the base year; `validate` sets one "
                 "against the other."},
    Field{.key = "explanation",
          .doc = "Why the two differ, or why nothing can be set against the figure."},
    Field{.key = "same_source",
          .kind = FieldKind::yes_no,
          .doc = "The figure and the plants of the study come from one source, or one was set by "
                 "the other: that they agree is no check, and `validate` says so. False if "
                 "absent."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array market_fields{
    Field{.key = "buy",
          .kind = FieldKind::any,
          .doc = "[buy](#buy), or `none` to forbid; if absent, the default of the commodity."},
    Field{.key = "sell",
          .kind = FieldKind::any,
          .doc = "[sell](#sell), or `none` to forbid; if absent, the default of the commodity."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array buy_fields{
    Field{.key = "price",
          .kind = FieldKind::path,
          .unit = "CNY per unit",
          .minimum = 0.0,
          .doc = "Without VAT; if absent, that of `prices`."},
    Field{.key = "limit",
          .kind = FieldKind::path,
          .unit = "unit per year",
          .minimum = 0.0,
          .doc = "Most that may be bought in a year; no limit if absent."},
    Field{.key = "rank",
          .kind = FieldKind::word,
          .words = rank_words,
          .doc = "Before or after what is made locally; `after_local` if absent."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array sell_fields{
    Field{.key = "price",
          .kind = FieldKind::path,
          .unit = "CNY per unit",
          .doc = "Without VAT; if absent, that of `prices`."},
    Field{.key = "limit",
          .kind = FieldKind::path,
          .unit = "unit per year",
          .minimum = 0.0,
          .doc = "Most that may be sold in a year; no limit if absent."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array facility_fields{
    name_field,
    Field{.key = "process", .presence = required, .doc = "Process id."},
    owner_field,
    Field{.key = "site", .doc = "Where it stands."},
    Field{.key = "park", .doc = "Industrial park that it belongs to."},
    Field{.key = "industry", .doc = "Industry by which statistics count it."},
    Field{.key = "unit_standard",
          .doc = "Id of the unit standard that judges it, where its process could be judged by "
                 "several, by the size of its sets for instance."},
    Field{.key = "above_scale",
          .kind = FieldKind::yes_no,
          .doc = "Counted among the enterprises above scale; true if absent."},
    Field{.key = "capacity",
          .kind = FieldKind::datum,
          .presence = required,
          .unit = "reference product per year",
          .minimum = 0.0,
          .doc = "Nameplate."},
    Field{.key = "availability",
          .kind = FieldKind::datum,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 1.0,
          .doc = "Share of the nameplate that can be reached; 1 if absent."},
    year("start", "First year of operation; before every year if absent."),
    Field{.key = "ramp",
          .kind = FieldKind::list,
          .unit = "1",
          .doc = "Share of capacity in the first, second ... year."},
    year("retire", "First year without it."),
    Field{.key = "driver",
          .kind = FieldKind::word,
          .words = driver_words,
          .doc = "Instead of that of the process."},
    Field{.key = "driving_feed", .doc = "Instead of that of the process."},
    Field{.key = "priority",
          .kind = FieldKind::whole,
          .minimum = 0.0,
          .maximum = 1000.0,
          .doc = "Smaller is served first; 5 if absent."},
    Field{.key = "priorities",
          .kind = FieldKind::map,
          .doc = "Commodity → priority there, instead of `priority`."},
    Field{.key = "overrides",
          .kind = FieldKind::list,
          .record = "override",
          .doc = "List of [override](#override): retrofits, or measured coefficients."},
    Field{.key = "status",
          .kind = FieldKind::word,
          .words = facility_status,
          .doc = "`closed` needs `retire`; `running` if absent."},
    confidence_field,
    source_field,
    note_field,
};

// What a rebuilt facility does otherwise, now or when a project starts.
constexpr Field rebuilt_process{
    .key = "process",
    .doc = "Another variant of its technology, to which it is rebuilt; capacity stays."};
constexpr Field rebuilt_inputs{.key = "inputs",
                               .kind = FieldKind::map,
                               .doc = "Commodity → datum: new amounts per unit of product."};
constexpr Field rebuilt_outputs{.key = "outputs",
                                .kind = FieldKind::map,
                                .doc = "Commodity → datum: new amounts per unit of product."};

constexpr std::array override_fields{
    year("from", "First year of the new coefficients; from the start if absent."),
    rebuilt_process,
    rebuilt_inputs,
    rebuilt_outputs,
    Field{.key = "reason", .presence = required, .doc = "What was rebuilt or measured."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array retrofit_fields{
    rebuilt_process,  rebuilt_inputs,
    rebuilt_outputs,  Field{.key = "reason", .presence = required, .doc = "What is rebuilt."},
    confidence_field, source_field,
    note_field,
};

constexpr std::array project_fields{
    name_field,
    owner_field,
    Field{.key = "box",
          .kind = FieldKind::whole,
          .minimum = 0.0,
          .maximum = 1000.0,
          .doc = "Box of the plan that names it."},
    Field{.key = "kind",
          .kind = FieldKind::word,
          .words = project_kind,
          .doc = "`industry` if absent."},
    Field{.key = "status",
          .kind = FieldKind::word,
          .words = project_status,
          .doc = "`proposed` if absent."},
    records_field("facilities", "facility", "What it builds, all together; without `start`."),
    Field{.key = "main",
          .doc = "The facility whose product and capacity stand for the project in lists; the "
                 "first if absent."},
    Field{.key = "product",
          .doc = "What the plan measures the project by, if it is not the product of `main`: tar "
                 "taken in, for instance."},
    Field{.key = "capacity",
          .kind = FieldKind::datum,
          .unit = "product per year",
          .minimum = 0.0,
          .doc = "Capacity in terms of `product`, for lists; what is solved are the capacities of "
                 "the facilities."},
    year("start", "First year of operation as planned."),
    year("earliest", "First year in which it could start."),
    year("latest", "Last year in which it could start."),
    Field{.key = "capex",
          .kind = FieldKind::datum,
          .unit = "CNY",
          .minimum = 0.0,
          .doc = "Investment."},
    Field{.key = "schedule",
          .kind = FieldKind::list,
          .unit = "1",
          .doc = "Shares of the investment in the years before the start, the last one that before "
                 "it; together 100 %. As many years as construction takes."},
    Field{.key = "land",
          .kind = FieldKind::datum,
          .unit = "m2",
          .minimum = 0.0,
          .doc = "Land that it takes."},
    Field{.key = "existing",
          .kind = FieldKind::texts,
          .doc = "Facilities that stand already and that the plan names as this project; then it "
                 "builds none and has no `start`."},
    records_field("retrofits", "retrofit", "Facility → what is rebuilt there when it starts."),
    Field{
        .key = "requires", .kind = FieldKind::texts, .doc = "Projects that must be built as well."},
    Field{.key = "excludes",
          .kind = FieldKind::texts,
          .doc = "Projects that may not be built as well."},
    Field{.key = "replaces",
          .kind = FieldKind::texts,
          .doc = "Facilities that retire when it starts."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array scenario_fields{
    format_field(scenario_format),
    Field{.key = "scenario", .presence = required, .doc = "Id of the scenario."},
    name_field,
    Field{.key = "extends",
          .doc = "Scenario file that this one starts from, in the same folder or below."},
    Field{.key = "models", .doc = "Folder of the models; only where nothing is extended."},
    Field{.key = "include",
          .kind = FieldKind::texts,
          .doc = "Study files, in the same folder or below."},
    Field{.key = "actuals",
          .doc = "CSV of the statistics, in the same folder or below: what they tell replaces the "
                 "model's figures."},
    Field{.key = "years", .kind = FieldKind::list, .doc = "Years to solve, ascending."},
    Field{.key = "seed",
          .kind = FieldKind::whole,
          .minimum = 0.0,
          .maximum = 1e9,
          .doc = "Of the random numbers of samples; 0 if absent."},
    Field{
        .key = "build",
        .kind = FieldKind::any,
        .doc =
            "`all`, or a list of project ids: instead of what is built in the extended scenario."},
    Field{.key = "also",
          .kind = FieldKind::texts,
          .doc = "Projects that are built beside those of the extended scenario."},
    Field{.key = "skip", .kind = FieldKind::texts, .doc = "Projects that are left out of `build`."},
    Field{.key = "start", .kind = FieldKind::map, .doc = "Project → year in which it starts here."},
    Field{.key = "changes",
          .kind = FieldKind::record,
          .record = "sections",
          .doc = "Records as above, merged key by key into those that exist."},
    Field{.key = "add", .kind = FieldKind::record, .record = "sections", .doc = "New records."},
    note_field,
};

} // namespace

const input::RecordTable study_file_table{"study file", "A file that a scenario includes.",
                                          study_file_fields};
const input::RecordTable region_table{
    "region", "A district and what lies outside the modelled plants.", region_fields};
const input::RecordTable statistic_table{
    "statistic", "A figure of the statistics of the base year: a datum, with these keys.",
    statistic_fields};
const input::RecordTable market_table{"market", "Where a commodity is bought and sold.",
                                      market_fields};
const input::RecordTable buy_table{"buy", "Buying across the boundary.", buy_fields};
const input::RecordTable sell_table{"sell", "Selling across the boundary.", sell_fields};
const input::RecordTable facility_table{"facility", "A process at a place, with a capacity.",
                                        facility_fields};
const input::RecordTable override_table{
    "override", "New coefficients of one facility. Closing flows of its recipe move along.",
    override_fields};
const input::RecordTable retrofit_table{
    "retrofit", "What a project rebuilds in a plant that stands, from its start on.",
    retrofit_fields};
const input::RecordTable project_table{"project", "Facilities that are decided together.",
                                       project_fields};
const input::RecordTable scenario_table{
    "scenario", "What is asked: a base, and what differs from it.", scenario_fields};
const input::RecordTable sections_table{"sections", "Records to change or to add, by section.",
                                        sections_fields};

} // namespace chainsim::load::detail
