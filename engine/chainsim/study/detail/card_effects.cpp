#include <chainsim/study/detail/card_maker.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/detail/removal.hpp>
#include <chainsim/table/column.hpp>
#include <chainsim/table/number_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chainsim::study::detail {

namespace {

constexpr double cny_per_10k = 1e4;

} // namespace

void CardMaker::carbon() {
    auto& out = part("carbon", {"item", "value", "remark"});
    double total = 0.0;
    double direct = 0.0;
    bool is_known = false;
    for (const auto& one : run().carbon()) {
        if (is_own(one.facility)) {
            total += one.total;
            direct += one.direct;
            is_known = true;
        }
    }
    const double reported = is_known ? total : table::absent;
    line(out, "co2_enterprise",
         amount_cell(reported, "t", {"sum of its own plants", {}, "facility_carbon.csv"}),
         is_known ? model::Name{fill("card_co2_structure", table::Language::zh,
                                     amount_text(direct, "t", table::Language::zh)),
                                fill("card_co2_structure", table::Language::en,
                                     amount_text(direct, "t", table::Language::en))}
                  : sentence("card_co2_unknown"));
    double made = table::absent;
    if (project_.product) {
        made = 0.0;
        for (const auto plant : plants_) {
            const model::Index<Facility> index{plant};
            const auto process = scenario_.facilities[index].process_in(year_);
            if (scenario_.model.processes[process].product == *project_.product) {
                made += run().activity(index);
            }
        }
    }
    const std::string unit = project_.product
                                 ? "t/" + scenario_.model.commodities[*project_.product].unit.text()
                                 : "t/t";
    line(out, "co2_per_product",
         amount_cell(made > 0.0 ? reported / made : table::absent, unit,
                     {"co2_per_product = co2_enterprise / product made",
                      {{"co2_enterprise", reported, "t", "carbon.co2_enterprise.value"},
                       {"product made", made, "units of the product", "facilities.csv"}},
                      {}}),
         project_.product ? scenario_.model.commodities[*project_.product].name : model::Name{});
    const double added = economics_ == nullptr ? table::absent : economics_->value_added;
    line(out, "co2_per_value_added",
         amount_cell(added > 0.0 ? reported * cny_per_10k / added : table::absent, "t/万元",
                     {"co2_per_value_added = co2_enterprise / value added",
                      {{"co2_enterprise", reported, "t", "carbon.co2_enterprise.value"},
                       {"value added", added, "CNY", "economy"}},
                      {}}),
         added > 0.0 ? model::Name{} : sentence("card_no_value_added"));
    line(out, "co2_assessed",
         amount_cell(weight_ == nullptr ? table::absent : weight_->pull.co2, "t",
                     {"the district with the project, less without: co2_energy",
                      {},
                      fmt::format("check --json --project {}: co2_energy", project_.id)}),
         sentence("card_co2_target"));
}

void CardMaker::environment() {
    auto& out = part("environment", {"item", "value", "bound", "verdict"});
    bool has_quota = false;
    for (const auto& one : run().water_quotas()) {
        if (!is_own(one.facility)) {
            continue;
        }
        has_quota = true;
        out.rows.push_back(
            {scenario_.facilities[one.facility].id + "_" + one.id,
             {word_cell(scenario_.model.water_quotas[one.quota].name),
              amount_cell(one.value, one.unit, {"water taken / product", {}, "water_quotas.csv"}),
              std::isnan(one.bound) ? word_cell(sentence("card_no_figure"), "none")
                                    : amount_cell(one.bound, one.unit, {{}, {}, one.source}),
              verdict("verdict", to_string(one.verdict))},
             1});
    }
    Removal removal(scenario_, year_);
    std::vector<model::Index<Facility>> plants;
    plants.reserve(plants_.size());
    for (const auto plant : plants_) {
        plants.push_back({plant});
    }
    const auto more = removal.of(plants);
    for (const std::string id : {"fresh_water", "so2", "nox", "pm", "voc", "solid_waste"}) {
        const auto found = more.find(id);
        const bool is_known = found != more.end();
        const char* unit = id == "fresh_water" ? "m3" : "t";
        out.rows.push_back(
            {id,
             {word_cell(sentence("card_" + id)),
              is_known ? amount_cell(found->second, unit,
                                     {"the district with its plants, less without them",
                                      {},
                                      "indicators.csv: " + id})
                       : word_cell(sentence("card_not_counted"), "none"),
              word_cell(sentence("card_no_single_bound"), "none"),
              word_cell(sentence("card_see_access"), "none")},
             1});
    }
    if (!has_quota) {
        out.notes.push_back(sentence("card_no_quota"));
    }
}

void CardMaker::economy() {
    auto& out = part("economy", {"item", "value", "remark"});
    if (economics_ == nullptr) {
        out.notes.push_back(sentence("card_no_economy"));
        return;
    }
    const auto& one = *economics_;
    const auto from = [&](std::string_view field) {
        return Trace{
            {}, {}, fmt::format("check --json --project {}: economics.{}", project_.id, field)};
    };
    line(out, "investment", amount_cell(one.investment, "CNY", from("investment")),
         one.illustration ? sentence("card_assumed_investment") : model::Name{});
    line(out, "value_added", amount_cell(one.value_added, "CNY", from("value_added")));
    line(out, "irr", amount_cell(one.irr_after_tax, "1", from("irr_after_tax")),
         sentence("card_irr_remark", table::percent_text(one.required_return)));
    line(out, "payback",
         std::isnan(one.payback) ? word_cell(sentence("card_never_pays"), "never", from("payback"))
                                 : amount_cell(one.payback, "a", from("payback")));
    line(out, "investment_per_mu",
         amount_cell(one.investment_per_mu / cny_per_10k, "万元/mu", from("investment_per_mu")));
    if (one.illustration) {
        want("capex", sentence("card_want_capex"));
    }
    for (const auto& missing : one.missing) {
        want("economy_" + missing, sentence("card_want_figure", missing));
    }
}

std::string CardMaker::decider(const model::ReviewRule& rule) const {
    const auto in = [](const std::optional<model::Datum>& figure, const char* unit) {
        return figure ? figure->value.in_a_year(units::Unit::parse(unit)) : table::absent;
    };
    const double exempt = in(rule.exempt_below, "tce");
    const double power = in(rule.exempt_power, "MWh");
    const double state = in(rule.state_from, "tce");
    const double province = in(rule.province_from, "tce");
    if (own_calorific_ < exempt && own_power_ < power) {
        return "exempt";
    }
    if (rule.asks_state && !(own_calorific_ < state) && own_calorific_ >= province) {
        return std::isnan(state) ? "province_or_state" : "state";
    }
    return std::isnan(province) ? "undetermined" : own_calorific_ >= province ? "province" : "city";
}

void CardMaker::authority() {
    auto& out = part("authority", {"review_rule", "valid", "decides", "remark"});
    const auto& rules = scenario_.model.review_rules;
    std::vector<const model::ReviewRule*> order;
    for (const auto& rule : rules) {
        order.push_back(&rule);
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const auto* a, const auto* b) { return a->from < b->from; });
    for (const auto* rule : order) {
        const auto who = decider(*rule);
        Trace trace{"energy of its own plants, power at its calorific value, against the limits",
                    {{"energy", own_calorific_, "tce", "energy.total.calorific"},
                     {"power", own_power_, "MWh", "energy"}},
                    rule->provenance.source};
        out.rows.push_back({rule->id,
                            {word_cell(rule->name),
                             rule->until.empty() ? word_cell(sentence("card_in_force", rule->from),
                                                             rule->from + "/")
                                                 : plain_cell(rule->from + "/" + rule->until),
                             word_cell(sentence("card_decides_" + who), who, std::move(trace)),
                             word_cell(sentence(rule->counts_carbon ? "card_with_carbon"
                                                                    : "card_without_carbon"))},
                            1});
    }
    out.notes.push_back(rules.empty() ? sentence("card_no_review_rule")
                                      : sentence("card_authority_note"));
}

} // namespace chainsim::study::detail
