#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/detail/tables_common.hpp>
#include <chainsim/model/economics.hpp>

#include <array>
#include <cstddef>
#include <limits>

// Records of the accounts of money.

namespace chainsim::load::detail {

namespace {

using input::Field;
using input::FieldKind;

/// A share is at most one, and a life at least a year, for what is written off is divided by it.
constexpr Field rate_field(const model::RateKind& kind) {
    const bool is_share = kind.unit == "1" && kind.key != "labour_on_cost";
    return {.key = kind.key,
            .kind = FieldKind::path,
            .presence = required,
            .unit = kind.unit,
            .minimum = kind.unit == "a" ? 1.0 : 0.0,
            .maximum = is_share ? 1.0 : std::numeric_limits<double>::infinity(),
            .doc = kind.doc};
}

constexpr auto economy_fields = [] {
    constexpr std::size_t others = 7;
    std::array<Field, model::rate_kinds.size() + others> fields{};
    std::size_t at = 0;
    fields[at++] = required_name;
    for (const auto& kind : model::rate_kinds) {
        fields[at++] = rate_field(kind);
    }
    fields[at++] = {.key = "sales_taxes",
                    .kind = FieldKind::map,
                    .presence = required,
                    .doc = "Commodity → path of the share of its value that is paid where it comes "
                           "out of the ground."};
    fields[at++] = {.key = "emission_taxes",
                    .kind = FieldKind::map,
                    .presence = required,
                    .doc = "Commodity → path of CNY per unit that is given off."};
    fields[at++] = {.key = "withdrawal_taxes",
                    .kind = FieldKind::map,
                    .presence = required,
                    .doc = "Commodity → path of CNY per unit that is taken from nature."};
    fields[at++] = confidence_field;
    fields[at++] = source_field;
    fields[at++] = note_field;
    return fields;
}();

constexpr std::array industry_fields{
    required_name,
    Field{.key = "processes",
          .kind = FieldKind::texts,
          .doc = "Process ids that belong to it, whatever their chain."},
    Field{.key = "chains",
          .kind = FieldKind::texts,
          .doc = "Chains whose processes belong to it, but for those that another names."},
    Field{.key = "within_hosts",
          .kind = FieldKind::yes_no,
          .doc =
              "Its units stand within the plants that they serve: staff, land and investment are "
              "counted with those."},
    Field{.key = "jobs",
          .kind = FieldKind::datum,
          .unit = "人/CNY",
          .minimum = 0.0,
          .doc = "Staff per investment. Needed, as the four below, unless `within_hosts`."},
    Field{.key = "land",
          .kind = FieldKind::datum,
          .unit = "mu/CNY",
          .minimum = 0.0,
          .doc = "Site per investment."},
    Field{.key = "life",
          .kind = FieldKind::datum,
          .unit = "a",
          .minimum = 1.0,
          .doc = "Years of operation over which a project is judged."},
    Field{.key = "maintenance",
          .kind = FieldKind::datum,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 1.0,
          .doc = "Repairs a year, as share of the first value; that of the economy if absent."},
    Field{.key = "taxed_land",
          .kind = FieldKind::datum,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 1.0,
          .doc = "Share of its land that pays the land-use tax; all of it if absent."},
    Field{.key = "western",
          .kind = FieldKind::yes_no,
          .doc = "Whether it is encouraged in the west, and pays the lower income tax."},
    Field{.key = "required_return",
          .kind = FieldKind::datum,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 1.0,
          .doc = "Return that an investment must reach a year, before income tax (基准收益率)."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array<std::string_view, 5> park_figure_words{
    "investment", "investment_per_mu", "output_per_mu", "tax_per_mu", "value_added_per_mu"};

constexpr std::array review_rule_fields{
    required_name,
    Field{.key = "from", .presence = required, .doc = "First day, as 2025-09-01."},
    Field{.key = "until", .doc = "Last day; absent: it is in force."},
    Field{.key = "exempt_below",
          .kind = FieldKind::datum,
          .unit = "tce",
          .minimum = 0.0,
          .doc = "Energy of a year, power at its calorific value, below which no review is held, "
                 "if power lies below `exempt_power` as well."},
    Field{.key = "exempt_power",
          .kind = FieldKind::datum,
          .unit = "MWh",
          .minimum = 0.0,
          .doc = "Power of a year."},
    Field{.key = "province_from",
          .kind = FieldKind::datum,
          .unit = "tce",
          .minimum = 0.0,
          .doc = "Energy from which on the province decides; below it, the city."},
    Field{.key = "state_from",
          .kind = FieldKind::datum,
          .unit = "tce",
          .minimum = 0.0,
          .doc = "Energy from which on the state decides in listed industries; absent though "
                 "`state_decides`: the limit is not known."},
    Field{.key = "state_decides",
          .kind = FieldKind::yes_no,
          .doc = "Whether the state decides on the largest projects."},
    Field{.key = "counts_carbon",
          .kind = FieldKind::yes_no,
          .doc = "Whether the opinion evaluates carbon as well."},
    confidence_field,
    source_field,
    note_field,
};

constexpr std::array park_norm_fields{
    required_name,
    Field{.key = "figure",
          .kind = FieldKind::word,
          .presence = required,
          .words = park_figure_words,
          .doc =
              "What of a project it is set on; output, tax and value added are those of its last "
              "year."},
    Field{.key = "at_least",
          .kind = FieldKind::datum,
          .presence = required,
          .unit = "CNY or CNY/mu",
          .minimum = 0.0,
          .doc = "Lower bound. Below `known` it advises only."},
    Field{.key = "weight",
          .kind = FieldKind::datum,
          .unit = "1",
          .minimum = 0.0,
          .maximum = 1.0,
          .doc = "Its part in the park's score of a project; absent: it scores nothing."},
    Field{.key = "average",
          .kind = FieldKind::yes_no,
          .doc = "It is what the plants of the park reached on average, and no condition."},
    confidence_field,
    source_field,
    note_field,
};

} // namespace

const input::RecordTable economy_table{"economy",
                                       "What wages, assets, taxes and money cost, once in a "
                                       "library. A path states the years in force.",
                                       economy_fields};
const input::RecordTable industry_table{
    "industry", "Plants that are alike in staff, land, life, tax and required return.",
    industry_fields};
const input::RecordTable review_rule_table{
    "review rule", "Who decides on the energy review of a project, and from when to when.",
    review_rule_fields};
const input::RecordTable park_norm_table{
    "park norm", "What a park asks of a project, or what its plants reached.", park_norm_fields};

} // namespace chainsim::load::detail
