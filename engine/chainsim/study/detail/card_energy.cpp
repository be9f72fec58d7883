#include <chainsim/study/detail/card_maker.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>

namespace chainsim::study::detail {

namespace {

constexpr std::size_t most_carriers = 8;
constexpr std::size_t most_standards = 7;

} // namespace

std::vector<CarrierUse> CardMaker::carriers() const {
    const auto& system = run().system();
    std::map<int, double> taken;
    for (std::size_t c = 0; c < system.flows.size(); ++c) {
        if (!is_own(system.layout.columns[c])) {
            continue;
        }
        const double activity = run().solution().activity[static_cast<Eigen::Index>(c)];
        for (const auto& flow : system.flows[c]) {
            taken[flow.row] -= flow.amount.value() * activity;
        }
    }
    const auto tce = units::Unit::parse("tce");
    static const auto mwh = units::Unit::parse("MWh");
    const auto& factors = scenario_.model.factors;
    const auto* period = model::period_of(scenario_.periods, year_);
    const std::string k = period == nullptr || period->electricity_equivalent.empty()
                              ? "electricity_equivalent"
                              : period->electricity_equivalent;
    std::vector<CarrierUse> out;
    for (const auto& [row, amount] : taken) {
        const auto& one =
            scenario_.model.commodities[system.layout.rows[static_cast<std::size_t>(row)]];
        if (!one.energy_product || !one.standard_coal || amount == 0.0) {
            continue;
        }
        const double calorific = amount * one.standard_coal->value.in(tce.per(one.unit));
        const bool is_power = one.unit == mwh;
        const double equivalent = !is_power ? calorific
                                  : !factors.contains(k)
                                      ? table::absent
                                      : amount * factors.at(k).path.at(year_).in("tce/MWh");
        out.push_back({&one, amount, calorific, equivalent});
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return std::abs(a.calorific) > std::abs(b.calorific);
    });
    return out;
}

void CardMaker::energy() {
    auto& out = part("energy", {"carrier", "amount", "calorific", "equivalent"});
    CarrierUse total;
    CarrierUse rest;
    double coal = 0.0;
    const auto uses = carriers();
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const auto& one = uses[i];
        total.calorific += one.calorific;
        total.equivalent += one.equivalent;
        if (one.carrier->phase == model::Phase::solid) {
            coal += one.calorific;
        }
        if (i >= most_carriers) {
            rest.calorific += one.calorific;
            rest.equivalent += one.equivalent;
            continue;
        }
        const auto& factor = one.carrier->standard_coal;
        out.rows.push_back(
            {one.carrier->id,
             {word_cell(one.carrier->name),
              amount_cell(one.physical, one.carrier->unit.text(),
                          {"taken less given by its own plants",
                           {},
                           fmt::format("flows.csv, {}", one.carrier->id)}),
              amount_cell(one.calorific, "tce",
                          {"calorific = amount x factor",
                           {{"amount", one.physical, one.carrier->unit.text(), {}}},
                           factor ? factor->provenance.source : std::string()}),
              amount_cell(one.equivalent, "tce",
                          {"power at its equivalent value, all else as calorific", {}, {}})},
             1});
    }
    if (uses.size() > most_carriers) {
        out.rows.push_back(
            {"others",
             {word_cell(sentence("card_other_carriers", uses.size() - most_carriers)),
              plain_cell(""), amount_cell(rest.calorific, "tce"),
              amount_cell(rest.equivalent, "tce")},
             1});
    }
    // What nobody takes up is not recovered, and so not taken off (GB/T 2589).
    double flared = 0.0;
    for (const auto& one : run().energy().facilities) {
        flared += is_own(one.facility) ? one.flared : 0.0;
    }
    if (flared > 0.0) {
        const Trace trace{"what its plants make and nobody takes up is not taken off",
                          {},
                          "facility_energy.csv: flared"};
        out.rows.push_back({"flared",
                            {word_cell(sentence("card_flared")), plain_cell(""),
                             amount_cell(flared, "tce", trace), amount_cell(flared, "tce", trace)},
                            1});
        total.calorific += flared;
        total.equivalent += flared;
    }
    const Trace sum{"sum of the carriers and of what is flared", {}, {}};
    out.rows.push_back(
        {"total",
         {word_cell(sentence("card_total")), plain_cell(""),
          amount_cell(total.calorific, "tce", sum), amount_cell(total.equivalent, "tce", sum)},
         0});
    own_calorific_ = total.calorific;
    own_power_ = 0.0;
    for (const auto& one : uses) {
        own_power_ += one.carrier->unit == units::Unit::parse("MWh") ? one.physical : 0.0;
    }
    auto& parts = part("new_and_replaced", {"item", "value", "remark"});
    const auto pulled = [&](double value, std::string_view field) {
        return amount_cell(value, "tce",
                           {fmt::format("the district with the project, less without: {}", field),
                            {},
                            fmt::format("check --json --project {}: {}", project_.id, field)});
    };
    if (weight_ == nullptr) {
        line(parts, "increment", word_cell(sentence("card_no_period"), "undetermined"));
    } else {
        const auto& pull = weight_->pull;
        line(parts, "new_energy", pulled(pull.energy + pull.replaced_energy, "energy"),
             sentence("card_new_remark"));
        line(parts, "replaced_energy", pulled(pull.replaced_energy, "energy_replaced"));
        line(parts, "increment", pulled(pull.energy, "energy"));
        line(parts, "feedstock", pulled(pull.feedstock, "energy_feedstock"));
        line(parts, "green",
             amount_cell(pull.energy > 0.0 ? pull.non_fossil / pull.energy : table::absent, "1",
                         {"green = energy_renewable / energy",
                          {{"energy_renewable", pull.non_fossil, "tce", {}},
                           {"energy", pull.energy, "tce", {}}},
                          {}}),
             pull.energy > 0.0 ? sentence("card_green_remark") : sentence("card_green_refused"));
        line(parts, "controlled", pulled(pull.controlled, "energy_controlled"));
    }
    line(parts, "coal", amount_cell(coal, "tce", {"solid carriers of its own plants, net", {}, {}}),
         sentence(coal_rule() ? "card_coal_rule" : "card_coal_no_rule"));
    want("coal", sentence("card_want_coal"));
    want("balance", sentence("card_want_balance"));
}

bool CardMaker::coal_rule() const {
    return std::any_of(scenario_.ledger_rules.begin(), scenario_.ledger_rules.end(),
                       [](const auto& one) { return one.kind == model::LedgerKind::coal; });
}

void CardMaker::unit_energy() {
    auto& out = part("unit_energy", {"standard", "value", "benchmark", "baseline", "level_1",
                                     "level_2", "level_3", "edition", "verdict"});
    std::vector<const ProductJudgement*> own;
    for (const auto& one : run().products()) {
        if (is_own(one.facility)) {
            own.push_back(&one);
        }
    }
    for (std::size_t i = 0; i < std::min(own.size(), most_standards); ++i) {
        const auto& one = *own[i];
        const auto figure = [&](double value) {
            auto cell = amount_cell(value, one.unit, {{}, {}, one.source});
            return std::isnan(value) ? word_cell(sentence("card_no_figure"), "none") : cell;
        };
        const auto& facility = scenario_.facilities[one.facility];
        out.rows.push_back(
            {facility.id + "_" + one.id,
             {word_cell(scenario_.model.unit_standards[one.standard].name),
              amount_cell(one.value, one.unit,
                          {"energy taken less given by the boundary of the standard / product",
                           {},
                           "products.csv"}),
              figure(one.benchmark), figure(one.baseline), figure(one.levels[0]),
              figure(one.levels[1]), figure(one.levels[2]),
              plain_cell(one.edition.empty() && one.list.empty()
                             ? "-"
                             : one.edition + (one.edition.empty() || one.list.empty() ? "" : "; ") +
                                   one.list),
              verdict("verdict", to_string(one.verdict),
                      {fmt::format("unit energy <= {} (duty: {})", one.bound, to_string(one.duty)),
                       {{"value", one.value, one.unit, {}}, {"bound", one.bound, one.unit, {}}},
                       one.source})},
             1});
        for (const auto& missing : one.missing) {
            const auto known = "card_want_standard_" + missing;
            want("standard_" + missing, table::say_if_known(known, table::Language::zh)
                                            ? sentence(known)
                                            : sentence("card_want_standard", missing));
        }
    }
    if (own.empty()) {
        out.notes.push_back(sentence("card_no_standard"));
        want("unit_energy", sentence("card_want_unit_energy"));
    } else {
        out.notes.push_back(sentence("card_standard_note"));
    }
}

void CardMaker::weight() {
    auto& out = part("weight", {"item", "value", "class", "undeducted", "remark"});
    if (weight_ == nullptr) {
        out.notes.push_back(sentence("card_no_period"));
        want("period", sentence("card_want_period"));
        return;
    }
    const auto missing = fmt::format("{}", fmt::join(report_.missing, ", "));
    const auto row = [&](const std::string& id, double value, const std::optional<int>& grade,
                         double undeducted, const std::string& formula) {
        const auto share = [&](double figure) {
            Trace trace{formula,
                        {{"d", weight_->pull.controlled, "tce", "energy_controlled"},
                         {"e", weight_->pull.value_added, "CNY", "value_added"}},
                        "国家节能中心节能评审评价指标 (2014)"};
            return std::isnan(figure)
                       ? word_cell(
                             id == "n" && weight_->n_refused ? sentence("card_n_refused")
                             : missing.empty()
                                 ? model::Name{fill("card_missing", table::Language::zh,
                                                    fill("asked_target", table::Language::zh)),
                                               fill("card_missing", table::Language::en,
                                                    fill("asked_target", table::Language::en))}
                                 : sentence("card_missing", missing),
                             "undetermined", std::move(trace))
                       : amount_cell(figure, "1", std::move(trace));
        };
        out.rows.push_back({id,
                            {word_cell(sentence("card_" + id)), share(value),
                             grade ? word_cell(sentence(fmt::format("card_class_{}", *grade)),
                                               std::to_string(*grade))
                                   : word_cell(sentence("card_no_class"), "none"),
                             share(undeducted), word_cell(sentence("card_" + id + "_remark"))},
                            1});
    };
    row("m", weight_->m, weight_->m_class, weight_->m_undeducted, "m = d / allowed rise");
    row("n", weight_->n, weight_->n_class, weight_->n_undeducted,
        "n = ((a + d) / (b + e)) / (a / b) - 1");
    if (!report_.missing.empty()) {
        want("base", sentence("card_want_base", missing));
    }
}

} // namespace chainsim::study::detail
