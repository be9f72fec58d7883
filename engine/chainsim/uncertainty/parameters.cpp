#include <chainsim/uncertainty/parameters.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace chainsim::uncertainty {

namespace {

using model::Datum;
using model::Name;
using model::Path;

Name joined(const Name& a, const Name& b) { return {a.zh + "·" + b.zh, a.en + ", " + b.en}; }

class Collector {
public:
    explicit Collector(const model::Scenario& scenario) : scenario_(scenario) {}

    Parameters collect() {
        add_recipes();
        add_commodities();
        add_library();
        add_economy();
        add_trade();
        add_plants();
        add_region();
        return std::move(out_);
    }

private:
    void add(const Datum& datum, std::string id, Name name, ParameterKind kind, int set = -1) {
        Parameter one;
        one.id = std::move(id);
        one.kind = kind;
        one.name = std::move(name);
        one.unit = datum.value.unit().text();
        one.value = one.low = one.high = datum.value.number();
        if (datum.range) {
            one.low = std::min(datum.range->first, one.value);
            one.high = std::max(datum.range->second, one.value);
        }
        describe(one, datum);
        one.figure = &datum;
        one.set = set >= 0 ? set : set_of(datum);
        out_.all.push_back(std::move(one));
    }

    static void describe(Parameter& one, const Datum& datum) {
        one.shape = datum.distribution;
        one.confidence = datum.provenance.confidence;
        one.source = datum.provenance.source;
        one.where = datum.provenance.where;
    }

    void add(const std::optional<Datum>& datum, const std::string& id, const Name& name,
             ParameterKind kind) {
        if (datum) {
            add(*datum, id, name, kind);
        }
    }

    void add(const Path& path, const std::string& id, const Name& name, ParameterKind kind) {
        const auto& points = path.points();
        if (points.size() == 1) {
            add(points.front().second, id, name, kind);
            return;
        }
        const int set = points.empty() ? -1 : out_.sets++;
        for (const auto& [year, datum] : points) {
            const auto text = std::to_string(year);
            auto own = id;
            own += '.';
            own += text;
            add(datum, std::move(own), joined(name, {text, text}), kind, set);
        }
    }

    void add(const std::optional<Path>& path, const std::string& id, const Name& name,
             ParameterKind kind) {
        if (path) {
            add(*path, id, name, kind);
        }
    }

    /// Copies of one written figure move together.
    int set_of(const Datum& datum) {
        const auto& where = datum.provenance.where;
        if (where.file.empty()) {
            return -1;
        }
        const auto key = std::tuple(where.file, where.line, where.column, datum.value.number());
        const auto [found, is_new] = sets_.try_emplace(key, out_.sets);
        out_.sets += is_new ? 1 : 0;
        return found->second;
    }

    /// One parameter per flow; its position.
    int add_flow(const model::Flow& flow, const std::string& recipe, const Name& name,
                 std::string_view side) {
        const auto& commodity = scenario_.model.commodities[flow.commodity];
        const auto& product = scenario_.model.commodities[product_];
        Parameter one;
        one.id = recipe + "." + std::string(side) + "." + commodity.id;
        one.kind = ParameterKind::coefficient;
        one.name = joined(name, commodity.name);
        one.unit = commodity.unit.per(product.unit).text();
        one.value = one.low = one.high = flow.amount;
        const double number = flow.datum.value.number();
        if (flow.datum.range && number != 0.0) {
            // The range is in the unit of the value, the amount in units of account.
            const double scale = flow.amount / number;
            one.low = std::min(scale * flow.datum.range->first, flow.amount);
            one.high = std::max(scale * flow.datum.range->second, flow.amount);
        }
        describe(one, flow.datum);
        one.figure = &flow;
        one.set = set_of(flow.datum);
        out_.all.push_back(std::move(one));
        return static_cast<int>(out_.all.size()) - 1;
    }

    void add_recipe(const model::Process& process, const std::vector<model::Flow>& inputs,
                    const std::vector<model::Flow>& outputs, const std::string& id,
                    const Name& name) {
        RecipeInUse recipe;
        recipe.id = id;
        recipe.process = process;
        recipe.process.inputs = inputs;
        recipe.process.outputs = outputs;
        product_ = process.product;
        for (const auto& flow : inputs) {
            recipe.inputs.push_back(add_flow(flow, id, name, "inputs"));
        }
        for (const auto& flow : outputs) {
            recipe.outputs.push_back(add_flow(flow, id, name, "outputs"));
        }
        out_.recipes.push_back(std::move(recipe));
    }

    /// Those in force in some year of the scenario.
    void add_recipes() {
        std::set<std::uint32_t> processes;
        std::set<std::pair<std::uint32_t, const model::Override*>> changes;
        for (std::uint32_t f = 0; f < scenario_.facilities.size(); ++f) {
            const auto& facility = scenario_.facilities[{f}];
            for (const int year : scenario_.years) {
                if (const auto* change = facility.override_in(year)) {
                    changes.emplace(f, change);
                } else {
                    processes.insert(facility.process.value);
                }
            }
            processes_.insert(facility.process.value);
        }
        for (const auto index : processes) {
            const auto& process = scenario_.model.processes[{index}];
            add_recipe(process, process.inputs, process.outputs, "processes." + process.id,
                       process.name);
        }
        std::set<const void*> known; // plants that change alike share one recipe
        for (std::uint32_t f = 0; f < scenario_.facilities.size(); ++f) {
            const auto& facility = scenario_.facilities[{f}];
            for (const auto& change : facility.overrides) {
                if (changes.contains({f, &change}) && known.insert(&*change.recipe).second) {
                    add_recipe(scenario_.model.processes[change.process], change.recipe->inputs,
                               change.recipe->outputs,
                               "facilities." + facility.id + "." + std::to_string(change.from),
                               facility.name);
                }
            }
        }
        for (const auto index : processes_) {
            const auto& process = scenario_.model.processes[{index}];
            add(process.capex, "processes." + process.id + ".capex",
                joined(process.name, {"单位投资", "specific investment"}), ParameterKind::economy);
        }
    }

    void add_commodities() {
        for (const auto& one : scenario_.model.commodities) {
            add(one.standard_coal, "commodities." + one.id + ".standard_coal",
                joined(one.name, {"折标系数", "calorific factor"}), ParameterKind::factor);
            add(one.disposal_cost, "commodities." + one.id + ".disposal_cost",
                joined(one.name, {"处置费", "cost of disposal"}), ParameterKind::price);
        }
    }

    void add_library() {
        for (const auto& price : scenario_.model.prices) {
            const auto& name = scenario_.model.commodities[price.commodity].name;
            add(price.path, "prices." + price.id, joined(name, {"价格", "price"}),
                ParameterKind::price);
        }
        for (const auto& factor : scenario_.model.factors) {
            add(factor.path, "factors." + factor.id, {factor.id, factor.id}, ParameterKind::factor);
        }
        for (const auto& factor : scenario_.model.emission_factors) {
            for (const auto& level : factor.levels) {
                for (std::size_t i = 0; i < level.amounts.size(); ++i) {
                    const std::string pollutant(model::to_string(static_cast<model::Pollutant>(i)));
                    add(level.amounts[i].figure,
                        "emission_factors." + factor.id + "." + level.id + "." + pollutant,
                        joined(factor.name, {pollutant, pollutant}), ParameterKind::factor);
                }
            }
        }
    }

    void add_economy() {
        const auto& economy = scenario_.model.economy;
        if (!economy) {
            return;
        }
        for (std::size_t i = 0; i < economy->rates.size(); ++i) {
            const auto& kind = model::rate_kinds[i];
            const std::string id(kind.key);
            add(economy->rates[i], "economy." + id, {id, id}, ParameterKind::economy);
        }
        for (const auto& [taxes, word] :
             {std::pair(&economy->sales_taxes, "sales_taxes"),
              std::pair(&economy->emission_taxes, "emission_taxes"),
              std::pair(&economy->withdrawal_taxes, "withdrawal_taxes")}) {
            for (const auto& [id, path] : *taxes) {
                add(path, std::string("economy.") + word + "." + id,
                    joined(scenario_.model.commodities.at(id).name, {"税额", "tax"}),
                    ParameterKind::economy);
            }
        }
        for (const auto& one : scenario_.model.industries) {
            const std::string id = "industries." + one.id;
            const auto part = [&](const std::optional<Datum>& datum, const char* key,
                                  const Name& name) {
                add(datum, id + "." + key, joined(one.name, name), ParameterKind::economy);
            };
            part(one.jobs, "jobs", {"用工", "staff"});
            part(one.land, "land", {"用地", "land"});
            part(one.maintenance, "maintenance", {"修理费率", "maintenance"});
            part(one.taxed_land, "taxed_land", {"计税用地比例", "taxed share of land"});
        }
    }

    void add_trade() {
        for (const auto& market : scenario_.markets) {
            const auto& name = scenario_.model.commodities[market.commodity].name;
            const auto side = [&](const std::optional<model::MarketSide>& one, const char* key,
                                  const Name& word) {
                if (one) {
                    const std::string id = "markets." + market.id + "." + key;
                    add(one->price, id + ".price", joined(name, joined(word, {"价格", "price"})),
                        ParameterKind::price);
                    add(one->limit, id + ".limit", joined(name, joined(word, {"限量", "limit"})),
                        ParameterKind::market);
                }
            };
            side(market.buy, "buy", {"购入", "bought"});
            side(market.sell, "sell", {"售出", "sold"});
        }
        for (const auto& demand : scenario_.demands) {
            add(demand.amount, "demands." + demand.id,
                joined(scenario_.model.commodities[demand.commodity].name, {"需求", "demand"}),
                ParameterKind::market);
        }
    }

    void add_plants() {
        for (const auto& facility : scenario_.facilities) {
            add(facility.capacity, "facilities." + facility.id + ".capacity",
                joined(facility.name, {"产能", "capacity"}), ParameterKind::capacity);
        }
        for (const auto& project : scenario_.projects) {
            add(project.capex, "projects." + project.id + ".capex",
                joined(project.name, {"投资", "investment"}), ParameterKind::economy);
            add(project.land, "projects." + project.id + ".land",
                joined(project.name, {"用地", "land"}), ParameterKind::economy);
        }
    }

    void add_region() {
        for (const auto& [key, path] : scenario_.region.rest_of_economy) {
            add(path, "region.rest_of_economy." + key,
                joined({"其余经济", "rest of the economy"}, {key, key}), ParameterKind::region);
        }
        for (const auto& [key, statistic] : scenario_.region.statistics) {
            add(statistic.datum, "region.statistics." + key, statistic.name, ParameterKind::region);
        }
        for (const auto& period : scenario_.periods) {
            const auto part = [&](const std::optional<Path>& path, const char* key,
                                  const Name& name) {
                add(path, "periods." + period.id + "." + key, joined(period.name, name),
                    ParameterKind::region);
            };
            part(period.gdp_growth, "gdp_growth", {"生产总值增速", "growth of GDP"});
            part(period.certificates, "certificates", {"绿证", "certificates"});
            part(period.certificates_at_most, "certificates_at_most",
                 {"绿证抵扣上限", "certificates at most"});
            part(period.saving_needed, "saving_needed", {"节能量任务", "saving needed"});
        }
    }

    const model::Scenario& scenario_;
    Parameters out_;
    std::set<std::uint32_t> processes_;      ///< of some plant
    model::Index<model::Commodity> product_; ///< of the recipe that is added
    std::map<std::tuple<std::string, int, int, double>, int> sets_;
};

/// A set of one moves alone; the others are numbered anew.
void drop_lone_sets(Parameters& parameters) {
    std::vector<int> count(static_cast<std::size_t>(parameters.sets), 0);
    for (const auto& one : parameters.all) {
        if (one.set >= 0) {
            ++count[static_cast<std::size_t>(one.set)];
        }
    }
    std::vector<int> number(count.size(), -1);
    int next = 0;
    for (std::size_t i = 0; i < count.size(); ++i) {
        number[i] = count[i] > 1 ? next++ : -1;
    }
    for (auto& one : parameters.all) {
        one.set = one.set < 0 ? -1 : number[static_cast<std::size_t>(one.set)];
    }
    parameters.sets = next;
}

} // namespace

std::string_view to_string(ParameterKind kind) {
    switch (kind) {
    case ParameterKind::coefficient:
        return "coefficient";
    case ParameterKind::price:
        return "price";
    case ParameterKind::factor:
        return "factor";
    case ParameterKind::capacity:
        return "capacity";
    case ParameterKind::market:
        return "market";
    case ParameterKind::economy:
        return "economy";
    case ParameterKind::region:
        return "region";
    }
    return {};
}

Parameters parameters_of(const model::Scenario& scenario) {
    auto result = Collector(scenario).collect();
    drop_lone_sets(result);
    return result;
}

} // namespace chainsim::uncertainty
