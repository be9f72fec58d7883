#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/study/card.hpp>
#include <chainsim/study/detail/card_maker.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/table/number_text.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace chainsim::study {

namespace detail {

namespace {

[[noreturn]] void refuse_project(const std::string& message, const std::string& help) {
    throw InputError({Diagnostic{{}, {}, message, help, {}, {}}});
}

const model::Project& project_of(const model::Scenario& scenario, const std::string& id) {
    if (!scenario.projects.contains(id)) {
        for (const auto& one : scenario.projects) {
            if (one.name.zh == id || one.name.en == id) {
                return one;
            }
        }
        const auto near = nearest(id, scenario.projects.ids());
        refuse_project(fmt::format("unknown project '{}'", id),
                       near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    }
    return scenario.projects.at(id);
}

/// The last year in which the project runs within a period of assessment, or the last of all.
int reviewed_year(const model::Scenario& scenario, const model::Project& project) {
    for (auto year = scenario.years.rbegin(); year != scenario.years.rend(); ++year) {
        const auto* period = model::period_of(scenario.periods, *year);
        if (period != nullptr && period->holds(*year) && project.start.value_or(*year) <= *year) {
            return *year;
        }
    }
    return scenario.years.back();
}

} // namespace

CardMaker::CardMaker(const Study& study, const std::string& id, std::optional<int> year)
    : scenario_(study.scenario()), project_(project_of(scenario_, id)),
      year_(year.value_or(reviewed_year(scenario_, project_))), report_(check(study, {year_})) {
    if (const auto& failure = report_.run.failure()) {
        throw NoSolution(failure->message);
    }
    for (const auto& plant : project_.facilities) {
        if (const auto index = scenario_.facilities.find(plant)) {
            plants_.insert(index->value);
        }
    }
    for (const auto& one : report_.weights) {
        if (scenario_.projects[one.pull.project].id == project_.id) {
            weight_ = &one;
        }
    }
    if (scenario_.years.size() > 1) { // money counts over all years that are solved
        if (const auto whole = study.run(); !whole.failure()) {
            report_.economics = project_economics(whole);
        }
    }
    for (const auto& one : report_.economics) {
        if (scenario_.projects[one.project].id == project_.id) {
            economics_ = &one;
        }
    }
    if (!project_.selected || !project_.start || *project_.start > year_) {
        refuse_project(fmt::format("project '{}' does not run in {}", id, year_),
                       "build it, or let the scenario end later");
    }
    page_.schema = "chainsim.card/1";
    page_.scenario = scenario_.id;
    page_.title = {"节能审查卡片:" + project_.name.zh, "Energy-review card: " + project_.name.en};
    page_.subtitle = sentence("card_subtitle", scenario_.id, year_);
    page_.is_one_sheet = true;
}

Page CardMaker::make() {
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

PagePart& CardMaker::part(const std::string& id, std::vector<std::string> columns) {
    PagePart out;
    out.id = id;
    out.title = sentence("card_" + id);
    out.columns = std::move(columns);
    page_.parts.push_back(std::move(out));
    return page_.parts.back();
}

void CardMaker::line(PagePart& part, const std::string& id, PageCell value, model::Name remark) {
    if (value.is_number && std::isnan(value.value)) {
        value = word_cell(sentence("card_not_known"), "undetermined", std::move(value.trace));
    }
    part.rows.push_back(
        {id,
         {word_cell(sentence("card_" + id)), std::move(value), word_cell(std::move(remark))},
         1});
}

void CardMaker::want(const std::string& key, const model::Name& words) {
    if (wanted_keys_.insert(key).second) {
        wanted_.emplace_back(key, words);
    }
}

PageCell CardMaker::verdict(std::string_view kind, std::string_view id, Trace trace) const {
    const bool is_good = id == "met" || id == "advice_kept";
    return barred_ && is_good ? coded_cell("card", "no_verdict", std::move(trace))
                              : coded_cell(kind, id, std::move(trace));
}

void CardMaker::access() {
    auto& out = part("access", {"item", "required", "covered", "uncovered", "verdict"});
    bool is_open = false;
    for (const auto& ledger : run().ledgers()) {
        const auto own = std::find_if(ledger.entries.begin(), ledger.entries.end(),
                                      [this](const LedgerEntry& one) {
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
        if (verdict == "uncovered" && rule.kind == model::LedgerKind::capacity) {
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
              amount_cell(
                  open, ledger.unit,
                  {"uncovered = max(0, required - covered)",
                   {{"required", required, ledger.unit, {}}, {"covered", covered, ledger.unit, {}}},
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

std::string CardMaker::product_id(model::Index<model::Commodity> product) const {
    return scenario_.model.commodities[product].id;
}

void CardMaker::about() {
    auto& out = part("about", {"item", "value", "remark"});
    line(out, "owner",
         project_.owner.empty() ? word_cell(sentence("card_not_stated"), "undetermined")
                                : plain_cell(project_.owner));
    std::set<std::string> sites;
    std::set<std::string> industries;
    for (const auto plant : plants_) {
        const auto& one = scenario_.facilities[model::Index<Facility>{plant}];
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
         sentence("card_start", project_.start.value_or(year_)));
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

void CardMaker::still_open() {
    auto& out = part("still_open", {"number", "remark"});
    const auto found = run().confidence().find("energy_total_equivalent");
    if (found != run().confidence().end()) {
        out.notes.push_back(
            sentence("card_confidence",
                     table::percent_text(
                         found->second[static_cast<std::size_t>(model::Confidence::assumption)])));
    }
    int number = 0;
    for (const auto& [key, words] : wanted_) {
        out.rows.push_back({key, {plain_cell(std::to_string(++number)), word_cell(words, key)}, 1});
    }
}

} // namespace detail

Page card_page(const Study& study, const std::string& project, std::optional<int> year) {
    return detail::CardMaker(study, project, year).make();
}

} // namespace chainsim::study
