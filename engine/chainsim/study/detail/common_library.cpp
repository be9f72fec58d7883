#include <chainsim/study/detail/common_library.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::study::detail {

namespace {

using model::Commodity;
using model::Index;
using model::Process;
using model::Registry;

/// Where each record stands among those of both, by id.
template <class Record>
std::map<std::string, Index<Record>> places_in_both(const Registry<Record>& a,
                                                    const Registry<Record>& b) {
    std::map<std::string, Index<Record>> places;
    for (const auto* registry : {&a, &b}) {
        for (const auto& record : *registry) {
            places.emplace(record.id, Index<Record>{});
        }
    }
    std::uint32_t position = 0;
    for (auto& [id, index] : places) {
        index.value = position++;
    }
    return places;
}

/// All records of `own`, and those that only `other` has.
template <class Record>
Registry<Record> with(const Registry<Record>& own, const Registry<Record>& other) {
    std::vector<Record> records(own.begin(), own.end());
    for (const auto& record : other) {
        if (!own.contains(record.id)) {
            records.push_back(record);
        }
    }
    return Registry(std::move(records));
}

/// Moves every index of a scenario to where its record will stand.
class Mover {
public:
    Mover(model::Scenario& scenario, const std::map<std::string, Index<Commodity>>& commodities,
          const std::map<std::string, Index<Process>>& processes)
        : scenario_(scenario) {
        for (const auto& one : scenario.model.commodities) {
            commodities_.push_back(commodities.at(one.id));
        }
        for (const auto& one : scenario.model.processes) {
            processes_.push_back(processes.at(one.id));
        }
    }

    void move() {
        auto& library = scenario_.model;
        each(library.technologies, [this](auto& one) { set(one.product); });
        each(library.processes, [this](auto& one) { move_process(one); });
        each(library.feedstock_uses, [this](auto& one) {
            set(one.products);
            set(one.recovered_by);
        });
        each(library.emission_factors, [this](auto& one) {
            set(one.processes);
            set(one.per);
        });
        each(library.unit_standards, [this](auto& one) { move_standard(one); });
        each(library.water_quotas, [this](auto& one) {
            move_boundary(one.plants);
            for (auto& water : one.waters) {
                set(water.first);
            }
        });
        each(library.energy_carriers, [this](auto& one) { set(one.commodities); });
        each(library.energy_transformations, [this](auto& one) { set(one.products); });
        each(library.energy_media, [this](auto& one) { set(one.commodity); });
        each(library.prices, [this](auto& one) { set(one.commodity); });
        each(scenario_.markets, [this](auto& one) { set(one.commodity); });
        each(scenario_.demands, [this](auto& one) { set(one.commodity); });
        each(scenario_.projects, [this](auto& one) { set(one.product); });
        each(scenario_.ledger_sources, [this](auto& one) { set(one.commodity); });
        each(scenario_.ledger_rules, [this](auto& one) {
            set(one.products);
            set(one.carriers);
        });
        each(scenario_.facilities, [this](auto& one) { move_facility(one); });
    }

private:
    template <class Record, class Change>
    static void each(Registry<Record>& registry, Change change) {
        for (std::uint32_t i = 0; i < registry.size(); ++i) {
            change(registry[Index<Record>{i}]);
        }
    }

    void set(Index<Commodity>& index) const { index = commodities_[index.value]; }
    void set(Index<Process>& index) const { index = processes_[index.value]; }
    template <class Record>
    void set(std::optional<Index<Record>>& index) const {
        if (index) {
            set(*index);
        }
    }

    template <class Record>
    void set(std::vector<Index<Record>>& indices) const {
        for (auto& index : indices) {
            set(index);
        }
    }

    void move_boundary(model::Boundary& boundary) const {
        set(boundary.makers);
        for (auto& step : boundary.steps) {
            set(step.link);
            set(step.processes);
        }
        for (auto& product : boundary.products) {
            set(product.first);
        }
    }

    void move_standard(model::UnitStandard& standard) const {
        move_boundary(standard.plants);
        for (auto& medium : standard.media) {
            set(medium.first);
        }
        for (auto& edition : standard.limits) {
            for (auto& allowance : edition.allowances) {
                set(allowance.first);
            }
        }
    }

    void move_flows(std::vector<model::Flow>& flows) const {
        for (auto& flow : flows) {
            set(flow.commodity);
        }
    }

    void move_process(Process& process) const {
        set(process.product);
        set(process.driving_feed);
        move_flows(process.inputs);
        move_flows(process.outputs);
        for (auto& minimum : process.minima) {
            set(minimum.commodities);
        }
        set(process.primary_energy);
    }

    void move_facility(model::Facility& facility) {
        set(facility.process);
        set(facility.driving_feed);
        for (auto& change : facility.overrides) {
            set(change.process);
            if (change.recipe) {
                change.recipe = moved(change.recipe);
            }
        }
    }

    /// Plants that share a recipe share it afterwards.
    std::shared_ptr<const model::Recipe> moved(const std::shared_ptr<const model::Recipe>& recipe) {
        auto& known = recipes_[recipe];
        if (!known) {
            model::Recipe copy = *recipe;
            move_flows(copy.inputs);
            move_flows(copy.outputs);
            known = std::make_shared<const model::Recipe>(std::move(copy));
        }
        return known;
    }

    model::Scenario& scenario_;
    std::vector<Index<Commodity>> commodities_;
    std::vector<Index<Process>> processes_;
    std::map<std::shared_ptr<const model::Recipe>, std::shared_ptr<const model::Recipe>> recipes_;
};

/// Commodities that some process of the library makes.
std::set<std::string> made_by(const model::Model& library) {
    std::set<std::string> made;
    for (const auto& process : library.processes) {
        for (const auto& flow : process.outputs) {
            made.insert(library.commodities[flow.commodity].id);
        }
    }
    return made;
}

/// Commodities in the recipes of the processes that some plant runs.
std::set<std::string> touched_by_plants(const model::Scenario& scenario) {
    std::set<std::string> touched;
    for (const auto& facility : scenario.facilities) {
        const auto& process = scenario.model.processes[facility.process];
        for (const auto* flows : {&process.inputs, &process.outputs}) {
            for (const auto& flow : *flows) {
                touched.insert(scenario.model.commodities[flow.commodity].id);
            }
        }
    }
    return touched;
}

/// Prices of the other library, of commodities that this one did not know.
void take_prices(model::Model& library, const model::Model& other,
                 const std::set<std::string>& known) {
    std::vector<model::Price> prices(library.prices.begin(), library.prices.end());
    for (const auto& price : other.prices) {
        if (!known.contains(price.id)) {
            prices.push_back(price);
        }
    }
    library.prices = Registry(std::move(prices));
}

/// Emission factors of the other library, of processes that this one did not know.
void take_emissions(model::Model& library, const model::Model& other) {
    std::vector<model::EmissionFactor> factors(library.emission_factors.begin(),
                                               library.emission_factors.end());
    std::set<std::uint32_t> covered;
    bool has_flares = false;
    for (const auto& factor : factors) {
        has_flares = has_flares || factor.flares;
        for (const auto process : factor.processes) {
            covered.insert(process.value);
        }
    }
    for (auto factor : other.emission_factors) {
        std::erase_if(factor.processes,
                      [&](const auto process) { return covered.contains(process.value); });
        factor.flares = factor.flares && !has_flares;
        if (factor.processes.empty() && !factor.flares) {
            continue;
        }
        const auto own = std::find_if(factors.begin(), factors.end(),
                                      [&](const auto& one) { return one.id == factor.id; });
        if (own == factors.end()) {
            factors.push_back(std::move(factor));
        } else {
            own->processes.insert(own->processes.end(), factor.processes.begin(),
                                  factor.processes.end());
            own->flares = own->flares || factor.flares;
        }
    }
    library.emission_factors = Registry(std::move(factors));
}

std::set<std::string> known_to(const model::Model& library) {
    const auto ids = library.commodities.ids();
    return {ids.begin(), ids.end()};
}

/// Writes out the default of what the library knew and did not make: bought without limit, not
/// sold.
void keep_defaults(model::Scenario& scenario, const std::set<std::string>& made_now,
                   const std::set<std::string>& made_before, const std::set<std::string>& known,
                   const std::set<std::string>& touched) {
    std::vector<model::Market> markets(scenario.markets.begin(), scenario.markets.end());
    for (const auto& id : touched) {
        const auto commodity = scenario.model.commodities.find(id);
        if (!commodity || !made_now.contains(id) || made_before.contains(id) ||
            !known.contains(id)) {
            continue;
        }
        auto market = std::find_if(markets.begin(), markets.end(),
                                   [&id](const auto& one) { return one.id == id; });
        if (market == markets.end()) {
            model::Market added;
            added.id = id;
            added.commodity = *commodity;
            market = markets.insert(markets.end(), std::move(added));
        }
        model::MarketSide open;
        open.allowed = true;
        market->buy = market->buy ? market->buy : open;
        market->sell = market->sell ? market->sell : model::MarketSide{};
    }
    scenario.markets = Registry(std::move(markets));
}

} // namespace

bool share_library(const model::Scenario& a, const model::Scenario& b) {
    return a.model.commodities.ids() == b.model.commodities.ids() &&
           a.model.processes.ids() == b.model.processes.ids() &&
           a.model.technologies.ids() == b.model.technologies.ids();
}

void join_libraries(model::Scenario& a, model::Scenario& b) {
    if (share_library(a, b)) {
        return;
    }
    const auto made_a = made_by(a.model);
    const auto made_b = made_by(b.model);
    const auto known_a = known_to(a.model);
    const auto known_b = known_to(b.model);
    auto touched = touched_by_plants(a);
    touched.merge(touched_by_plants(b));
    const auto commodities = places_in_both(a.model.commodities, b.model.commodities);
    const auto processes = places_in_both(a.model.processes, b.model.processes);
    Mover(a, commodities, processes).move();
    Mover(b, commodities, processes).move();
    const auto join = [&](auto member) {
        const auto own = a.model.*member;
        a.model.*member = with(own, b.model.*member);
        b.model.*member = with(b.model.*member, own);
    };
    join(&model::Model::commodities);
    join(&model::Model::technologies);
    join(&model::Model::processes);
    take_emissions(a.model, b.model);
    take_emissions(b.model, a.model);
    const auto made_now = made_by(a.model);
    keep_defaults(a, made_now, made_a, known_a, touched);
    keep_defaults(b, made_now, made_b, known_b, touched);
    take_prices(a.model, b.model, known_a);
    take_prices(b.model, a.model, known_b);
}

} // namespace chainsim::study::detail
