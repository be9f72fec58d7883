#include <chainsim/accounts/facility_carbon.hpp>
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/study/card.hpp>
#include <chainsim/study/check_report.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/detail/removal.hpp>
#include <chainsim/table/column.hpp>
#include <chainsim/table/number_text.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace chainsim::study {

namespace {

using detail::coded_cell;
using detail::sentence;
using model::Facility;
using model::Index;

constexpr std::size_t most_carriers = 8;
constexpr std::size_t most_standards = 7;
constexpr double cny_per_10k = 1e4;

[[noreturn]] void refuse_project(const std::string& message, const std::string& help) {
    throw InputError({Diagnostic{{}, {}, message, help, {}, {}}});
}

const model::Project& project_of(const model::Scenario& scenario, const std::string& id) {
    if (!scenario.projects.contains(id)) {
        const auto near = nearest(id, scenario.projects.ids());
        refuse_project(fmt::format("unknown project '{}'", id),
                       near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    }
    return scenario.projects.at(id);
}

/// What a project takes of one energy product, net.
struct CarrierUse {
    const model::Commodity* carrier = nullptr;
    double physical = 0.0;   ///< in its unit; negative: it gives
    double calorific = 0.0;  ///< tce
    double equivalent = 0.0; ///< tce
};

class CardMaker {
public:
    CardMaker(const Study& study, const std::string& id)
        : scenario_(study.scenario()), project_(project_of(scenario_, id)),
          year_(scenario_.years.back()), report_(check(study, {year_})) {
        if (const auto& failure = report_.run.failure()) {
            throw NoSolution(failure->message);
        }
        for (const auto& plant : project_.facilities) {
            if (const auto index = scenario_.facilities.find(plant)) {
                plants_.insert(index->value);
            }
        }
        for (const auto& one : report_.weights) {
            if (scenario_.projects[one.pull.project].id == id) {
                weight_ = &one;
            }
        }
        for (const auto& one : report_.economics) {
            if (scenario_.projects[one.project].id == id) {
                economics_ = &one;
            }
        }
        if (!project_.selected || !project_.start || *project_.start > year_) {
            refuse_project(fmt::format("project '{}' does not run in {}", id, year_),
                           "build it, or let the scenario end later");
        }
        page_.schema = "chainsim.card/1";
        page_.scenario = scenario_.id;
        page_.title = {"节能审查卡片:" + project_.name.zh,
                       "Energy-review card: " + project_.name.en};
        page_.subtitle = sentence("card_subtitle", scenario_.id, year_);
        page_.is_one_sheet = true;
    }

    Page make() {
        page_.head.emplace_back("project", plain_cell(project_.id));
        page_.head.emplace_back("year", amount_cell(year_, {}));
        access();
        about();
        energy();
        unit_energy();
        weight();
        carbon();
        environment();
        economy();
        authority();
        still_open();
        return std::move(page_);
    }

private:
    [[nodiscard]] const YearRun& run() const { return report_.run.year(year_); }
    [[nodiscard]] bool is_own(Index<Facility> plant) const { return plants_.contains(plant.value); }

    PagePart& part(const std::string& id, std::vector<std::string> columns) {
        PagePart out;
        out.id = id;
        out.title = sentence("card_" + id);
        out.columns = std::move(columns);
        page_.parts.push_back(std::move(out));
        return page_.parts.back();
    }

    /// A line of a form: what it is, its value, and a remark. A value that is missing says why.
    static void line(PagePart& part, const std::string& id, PageCell value,
                     model::Name remark = {}) {
        if (value.is_number && std::isnan(value.value)) {
            value = word_cell(sentence("card_not_known"), "undetermined", std::move(value.trace));
        }
        part.rows.push_back(
            {id, {word_cell(sentence("card_" + id)), std::move(value), word_cell(remark)}, 1});
    }

    void want(const std::string& key, const model::Name& words) {
        if (wanted_keys_.insert(key).second) {
            wanted_.push_back({key, words});
        }
    }

    // ---- access: lists, replacement, offset

    void access() {
        auto& out = part("access", {"item", "required", "covered", "uncovered", "verdict"});
        bool is_open = false;
        for (const auto& ledger : run().ledgers()) {
            const auto own = std::find_if(
                ledger.entries.begin(), ledger.entries.end(), [this](const LedgerEntry& one) {
                    return scenario_.projects[one.project].id == project_.id;
                });
            if (own == ledger.entries.end()) {
                continue;
            }
            const double required = own->fresh * ledger.ratio;
            const double covered = own->replaced + own->assigned;
            const double open = std::max(0.0, required - covered);
            const bool is_kept = open <= 1e-9 * required;
            // Of what nobody recorded, a debt is open; whether it can be paid is not known.
            const std::string verdict = is_kept                             ? "met"
                                        : ledger.verdict == Verdict::missed ? "uncovered"
                                                                            : "undetermined";
            const auto& rule = scenario_.ledger_rules[ledger.rule];
            if (!is_kept && rule.kind == model::LedgerKind::capacity) {
                barred_ = true;
            }
            is_open = is_open || !is_kept;
            const std::string key =
                ledger.id + (ledger.product ? "_" + product_id(*ledger.product) : std::string());
            Trace need{"required = new x ratio",
                       {{"new", own->fresh, ledger.unit, "own plants in the year"},
                        {"ratio", ledger.ratio, "1", ledger.source}},
                       rule.provenance.source};
            Trace cover{"covered = replaced + assigned",
                        {{"replaced", own->replaced, ledger.unit, "plants that it replaces"},
                         {"assigned", own->assigned, ledger.unit, "ledger_sources"}},
                        {}};
            model::Name name = rule.name;
            if (ledger.product) {
                const auto& product = scenario_.model.commodities[*ledger.product].name;
                name = {rule.name.zh + ":" + product.zh, rule.name.en + ": " + product.en};
            }
            out.rows.push_back(
                {key,
                 {word_cell(std::move(name)), amount_cell(required, ledger.unit, std::move(need)),
                  amount_cell(covered, ledger.unit, std::move(cover)),
                  amount_cell(open, ledger.unit,
                              {"uncovered = max(0, required - covered)",
                               {{"required", required, ledger.unit, {}},
                                {"covered", covered, ledger.unit, {}}},
                               {}}),
                  coded_cell("card", verdict)},
                 1});
            if (!is_kept) {
                want("replace_" + std::string(to_string(rule.kind)),
                     sentence("card_want_" + std::string(to_string(rule.kind))));
            }
        }
        const std::string conclusion = barred_ ? "barred" : is_open ? "undetermined" : "cleared";
        out.notes.push_back(sentence("card_access_" + conclusion));
        if (out.rows.empty()) {
            out.notes.push_back(sentence("card_no_rule"));
        }
        page_.head.emplace_back("conclusion", plain_cell(conclusion));
    }

    [[nodiscard]] std::string product_id(Index<model::Commodity> product) const {
        return scenario_.model.commodities[product].id;
    }

    /// A barred project shows no "met" further down.
    [[nodiscard]] PageCell verdict(std::string_view kind, std::string_view id,
                                   Trace trace = {}) const {
        const bool is_good = id == "met" || id == "advice_kept";
        return barred_ && is_good ? coded_cell("card", "no_verdict", std::move(trace))
                                  : coded_cell(kind, id, std::move(trace));
    }

    // ---- what it is

    void about() {
        auto& out = part("about", {"item", "value", "remark"});
        line(out, "owner",
             project_.owner.empty() ? word_cell(sentence("card_not_stated"), "undetermined")
                                    : plain_cell(project_.owner));
        std::set<std::string> sites;
        std::set<std::string> industries;
        for (const auto plant : plants_) {
            const auto& one = scenario_.facilities[Index<Facility>{plant}];
            sites.insert(one.park.empty() ? one.site : one.park);
            industries.insert(one.industry);
        }
        sites.erase("");
        industries.erase("");
        const auto listed = [](const std::set<std::string>& values) {
            return values.empty() ? word_cell(sentence("card_not_stated"), "undetermined")
                                  : plain_cell(fmt::format("{}", fmt::join(values, "; ")));
        };
        line(out, "site", listed(sites), sentence("card_park_remark"));
        line(out, "industry", listed(industries));
        if (sites.empty()) {
            want("park", sentence("card_want_park"));
        }
        if (project_.product && project_.capacity) {
            const auto& product = scenario_.model.commodities[*project_.product];
            const double capacity = project_.capacity->value.in_a_year(product.unit);
            line(out, "capacity",
                 amount_cell(capacity, product.unit.text(),
                             {{}, {}, project_.capacity->provenance.source}),
                 product.name);
        } else {
            line(out, "capacity", word_cell(sentence("card_not_stated"), "undetermined"));
        }
        line(out, "status", coded_cell("status", model::to_string(project_.status)),
             sentence("card_start", *project_.start));
        std::vector<std::string> zh;
        std::vector<std::string> en;
        for (const auto& id : project_.replaces) {
            if (const auto index = scenario_.facilities.find(id)) {
                zh.push_back(scenario_.facilities[*index].name.zh);
                en.push_back(scenario_.facilities[*index].name.en);
            }
        }
        line(out, "replaces",
             zh.empty() ? word_cell(sentence("card_none"), "none")
                        : word_cell({fmt::format("{}", fmt::join(zh, "、")),
                                     fmt::format("{}", fmt::join(en, "; "))}));
    }

    // ---- energy

    [[nodiscard]] std::vector<CarrierUse> carriers() const {
        const auto& system = run().system();
        std::map<int, double> taken;
        for (std::size_t c = 0; c < system.flows.size(); ++c) {
            if (!is_own(system.layout.columns[c])) {
                continue;
            }
            const double activity = run().solution().activity[static_cast<Eigen::Index>(c)];
            for (const auto& flow : system.flows[c]) {
                taken[flow.row] -= flow.amount * activity;
            }
        }
        static const auto tce = units::Unit::parse("tce");
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

    void energy() {
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
                               one.carrier->standard_coal->provenance.source}),
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
        out.rows.push_back({"total",
                            {word_cell(sentence("card_total")), plain_cell(""),
                             amount_cell(total.calorific, "tce", {"sum of the carriers", {}, {}}),
                             amount_cell(total.equivalent, "tce", {"sum of the carriers", {}, {}})},
                            0});
        own_calorific_ = total.calorific;
        own_power_ = 0.0;
        for (const auto& one : uses) {
            own_power_ += one.carrier->unit == units::Unit::parse("MWh") ? one.physical : 0.0;
        }
        auto& parts = part("new_and_replaced", {"item", "value", "remark"});
        const auto pulled = [&](double value, std::string_view field) {
            return amount_cell(
                value, "tce",
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
                 pull.energy > 0.0 ? sentence("card_green_remark")
                                   : sentence("card_green_refused"));
            line(parts, "controlled", pulled(pull.controlled, "energy_controlled"));
        }
        line(parts, "coal",
             amount_cell(coal, "tce", {"solid carriers of its own plants, net", {}, {}}),
             sentence(coal_rule() ? "card_coal_rule" : "card_coal_no_rule"));
        want("coal", sentence("card_want_coal"));
        want("balance", sentence("card_want_balance"));
    }

    [[nodiscard]] bool coal_rule() const {
        return std::any_of(scenario_.ledger_rules.begin(), scenario_.ledger_rules.end(),
                           [](const auto& one) { return one.kind == model::LedgerKind::coal; });
    }

    // ---- unit energy

    void unit_energy() {
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
                                 : one.edition +
                                       (one.edition.empty() || one.list.empty() ? "" : "; ") +
                                       one.list),
                  verdict(
                      "verdict", to_string(one.verdict),
                      {fmt::format("unit energy <= {} (duty: {})", one.bound, to_string(one.duty)),
                       {{"value", one.value, one.unit, {}}, {"bound", one.bound, one.unit, {}}},
                       one.source})},
                 1});
            for (const auto& missing : one.missing) {
                want("standard_" + missing, sentence("card_want_standard", missing));
            }
        }
        if (own.empty()) {
            out.notes.push_back(sentence("card_no_standard"));
            want("unit_energy", sentence("card_want_unit_energy"));
        } else {
            out.notes.push_back(sentence("card_standard_note"));
        }
    }

    // ---- weight in the dual control

    void weight() {
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
                           ? word_cell(id == "n" && weight_->n_refused
                                           ? sentence("card_n_refused")
                                           : sentence("card_missing",
                                                      missing.empty() ? "E_0, GDP_0, R" : missing),
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

    // ---- carbon

    void carbon() {
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
             is_known
                 ? model::Name{detail::fill("card_co2_structure", table::Language::zh,
                                            detail::amount_text(direct, "t", table::Language::zh)),
                               detail::fill("card_co2_structure", table::Language::en,
                                            detail::amount_text(direct, "t", table::Language::en))}
                 : sentence("card_co2_unknown"));
        double made = table::absent;
        if (project_.product) {
            made = 0.0;
            for (const auto plant : plants_) {
                const Index<Facility> index{plant};
                const auto process = scenario_.facilities[index].process_in(year_);
                if (scenario_.model.processes[process].product == *project_.product) {
                    made += run().activity(index);
                }
            }
        }
        const std::string unit =
            project_.product ? "t/" + scenario_.model.commodities[*project_.product].unit.text()
                             : "t/t";
        line(out, "co2_per_product",
             amount_cell(made > 0.0 ? reported / made : table::absent, unit,
                         {"co2_per_product = co2_enterprise / product made",
                          {{"co2_enterprise", reported, "t", "carbon.co2_enterprise.value"},
                           {"product made", made, "units of the product", "facilities.csv"}},
                          {}}),
             project_.product ? scenario_.model.commodities[*project_.product].name
                              : model::Name{});
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

    // ---- water and emissions

    void environment() {
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
                  amount_cell(one.value, one.unit,
                              {"water taken / product", {}, "water_quotas.csv"}),
                  std::isnan(one.bound) ? word_cell(sentence("card_no_figure"), "none")
                                        : amount_cell(one.bound, one.unit, {{}, {}, one.source}),
                  verdict("verdict", to_string(one.verdict))},
                 1});
        }
        detail::Removal removal(scenario_, year_);
        std::vector<Index<Facility>> plants;
        plants.reserve(plants_.size());
        for (const auto plant : plants_) {
            plants.push_back({plant});
        }
        const auto more = removal.of(plants);
        for (const std::string id : {"fresh_water", "so2", "nox", "pm", "voc", "solid_waste"}) {
            const auto found = more.find(id);
            const bool is_known = found != more.end();
            const auto unit = id == "fresh_water" ? "m3" : "t";
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

    // ---- economics

    void economy() {
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
             std::isnan(one.payback)
                 ? word_cell(sentence("card_never_pays"), "never", from("payback"))
                 : amount_cell(one.payback, "a", from("payback")));
        line(
            out, "investment_per_mu",
            amount_cell(one.investment_per_mu / cny_per_10k, "万元/mu", from("investment_per_mu")));
        if (one.illustration) {
            want("capex", sentence("card_want_capex"));
        }
        for (const auto& missing : one.missing) {
            want("economy_" + missing, sentence("card_want_figure", missing));
        }
    }

    // ---- who decides

    [[nodiscard]] std::string decider(const model::ReviewRule& rule) const {
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
        return std::isnan(province)         ? "undetermined"
               : own_calorific_ >= province ? "province"
                                            : "city";
    }

    void authority() {
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
            Trace trace{
                "energy of its own plants, power at its calorific value, against the limits",
                {{"energy", own_calorific_, "tce", "energy.total.calorific"},
                 {"power", own_power_, "MWh", "energy"}},
                rule->provenance.source};
            out.rows.push_back(
                {rule->id,
                 {word_cell(rule->name),
                  rule->until.empty()
                      ? word_cell(sentence("card_in_force", rule->from), rule->from + "/")
                      : plain_cell(rule->from + "/" + rule->until),
                  word_cell(sentence("card_decides_" + who), who, std::move(trace)),
                  word_cell(
                      sentence(rule->counts_carbon ? "card_with_carbon" : "card_without_carbon"))},
                 1});
        }
        out.notes.push_back(rules.empty() ? sentence("card_no_review_rule")
                                          : sentence("card_authority_note"));
    }

    // ---- what must still be supplied

    void still_open() {
        auto& out = part("still_open", {"number", "remark"});
        const auto found = run().confidence().find("energy_total_equivalent");
        if (found != run().confidence().end()) {
            out.notes.push_back(sentence(
                "card_confidence",
                table::percent_text(
                    found->second[static_cast<std::size_t>(model::Confidence::assumption)])));
        }
        int number = 0;
        for (const auto& [key, words] : wanted_) {
            out.rows.push_back(
                {key, {plain_cell(std::to_string(++number)), word_cell(words, key)}, 1});
        }
    }

    const model::Scenario& scenario_;
    const model::Project& project_;
    int year_;
    CheckReport report_;
    std::set<std::uint32_t> plants_;
    const Weight* weight_ = nullptr;
    const ProjectEconomics* economics_ = nullptr;
    bool barred_ = false;
    double own_calorific_ = 0.0;
    double own_power_ = 0.0;
    std::vector<std::pair<std::string, model::Name>> wanted_;
    std::set<std::string> wanted_keys_;
    Page page_;
};

} // namespace

Page card_page(const Study& study, const std::string& project) {
    return CardMaker(study, project).make();
}

} // namespace chainsim::study
