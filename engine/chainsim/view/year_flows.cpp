#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/view/year_flows.hpp>

#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <utility>

namespace chainsim::view {

namespace {

using study::detail::sentence;

constexpr std::size_t most_links = 60;
constexpr std::size_t most_links_within = 60;
constexpr double least_share = 2e-4; ///< of the largest link: less is no line that could be seen
constexpr double co2_of_carbon = 44.0095 / 12.0107;

/// What one unit of a commodity counts.
double weight_of(const model::Commodity& commodity, Measure measure) {
    const bool is_air =
        commodity.trade == model::Trade::waste && commodity.phase == model::Phase::gas;
    switch (measure) {
    case Measure::mass:
        return commodity.trade == model::Trade::free || is_air || commodity.unit.text() == "m3"
                   ? 0.0
                   : commodity.mass;
    case Measure::energy:
        return commodity.energy_product && commodity.standard_coal
                   ? commodity.standard_coal->value.in(
                         units::Unit::parse("tce").per(commodity.unit))
                   : 0.0;
    case Measure::carbon:
        return commodity.mass * commodity.composition[static_cast<std::size_t>(model::Element::C)] *
               co2_of_carbon;
    }
    return 0.0;
}

std::string_view unit_of(Measure measure) { return measure == Measure::energy ? "tce" : "t"; }

/// Who stands at the ends of flows: a plant by the node that it belongs to.
class Ends {
public:
    Ends(const model::Scenario& scenario, const study::YearRun& year, Sankey& sankey)
        : scenario_(scenario), year_(year), sankey_(&sankey) {}
    virtual ~Ends() = default;
    Ends(const Ends&) = delete;
    Ends& operator=(const Ends&) = delete;
    Ends(Ends&&) = delete;
    Ends& operator=(Ends&&) = delete;

    /// Of the plant in a column, as one that makes, or that takes.
    [[nodiscard]] virtual int plant(std::size_t column, bool makes) = 0;

    [[nodiscard]] const std::string& chain(std::size_t column) const {
        return scenario_.model.processes[facility(column).process_in(year_.year())].chain;
    }
    [[nodiscard]] const model::Facility& facility(std::size_t column) const {
        return scenario_.facilities[year_.system().layout.columns[column]];
    }
    [[nodiscard]] Sankey& sankey() { return *sankey_; }

private:
    const model::Scenario& scenario_;
    const study::YearRun& year_;
    Sankey* sankey_;
};

class ChainEnds : public Ends {
public:
    using Ends::Ends;
    int plant(std::size_t column, bool /*makes*/) override {
        const auto& id = chain(column);
        return sankey().node(id, chain_name(id), SankeyKind::chain);
    }
};

/// The plants of one chain; others by their chains, and apart as makers and as takers.
class PlantEnds : public Ends {
public:
    PlantEnds(const model::Scenario& scenario, const study::YearRun& year, Sankey& sankey,
              std::string inside)
        : Ends(scenario, year, sankey), inside_(std::move(inside)) {}

    int plant(std::size_t column, bool makes) override {
        const auto& id = chain(column);
        if (id == inside_) {
            const auto& one = facility(column);
            return sankey().node(one.id, one.name, SankeyKind::facility);
        }
        const auto name = chain_name(id);
        const auto key = makes ? "sankey_from_chain" : "sankey_to_chain";
        return sankey().node((makes ? "from:" : "to:") + id,
                             {study::detail::fill(key, table::Language::zh, name.zh),
                              study::detail::fill(key, table::Language::en, name.en)},
                             makes ? SankeyKind::source : SankeyKind::use);
    }

private:
    std::string inside_;
};

/// Amounts of one commodity by node, in the measure.
using Amounts = std::map<int, double>;

class Maker {
public:
    Maker(const model::Scenario& scenario, const study::YearRun& year, Measure measure, Ends& ends)
        : scenario_(scenario), year_(year), measure_(measure), ends_(&ends),
          made_(year.system().layout.rows.size()), taken_(made_.size()) {}

    void add_links() {
        add_plants();
        for (std::size_t row = 0; row < made_.size(); ++row) {
            const auto& commodity = scenario_.model.commodities[year_.system().layout.rows[row]];
            const double weight = weight_of(commodity, measure_);
            if (weight > 0.0) {
                add_trades(row, commodity, weight);
                link(made_[row], taken_[row], commodity.name);
            }
        }
    }

    /// What nodes of chains take and do not give, and the other way.
    void close() {
        auto& sankey = ends_->sankey();
        std::vector<double> more(sankey.nodes.size());
        for (const auto& one : sankey.links) {
            more[static_cast<std::size_t>(one.to)] += one.value;
            more[static_cast<std::size_t>(one.from)] -= one.value;
        }
        const auto chains = sankey.nodes.size();
        for (std::size_t n = 0; n < chains; ++n) {
            if (sankey.nodes[n].kind != SankeyKind::chain) {
                continue;
            }
            const auto node = static_cast<int>(n);
            if (more[n] > 0.0) {
                const int used = sankey.node("used", sentence("sankey_used"), SankeyKind::loss);
                sankey.links.push_back({node, used, more[n], sentence("sankey_used"), false});
            } else if (more[n] < 0.0) {
                const int primary =
                    sankey.node("primary", sentence("sankey_primary"), SankeyKind::source);
                sankey.links.push_back(
                    {primary, node, -more[n], sentence("sankey_primary"), false});
            }
        }
    }

private:
    void add_plants() {
        const auto& system = year_.system();
        for (std::size_t column = 0; column < system.flows.size(); ++column) {
            const double activity = year_.solution().activity[static_cast<Eigen::Index>(column)];
            if (activity <= 0.0) {
                continue;
            }
            for (const auto& flow : system.flows[column]) {
                const auto row = static_cast<std::size_t>(flow.row);
                const double weight =
                    weight_of(scenario_.model.commodities[system.layout.rows[row]], measure_);
                const double amount = std::abs(flow.amount.value()) * activity * weight;
                if (amount > 0.0) {
                    const bool makes = flow.amount > 0.0;
                    (makes ? made_ : taken_)[row][ends_->plant(column, makes)] += amount;
                }
            }
        }
    }

    void add_trades(std::size_t row, const model::Commodity& commodity, double weight) {
        const auto& solution = year_.solution();
        const auto at = static_cast<Eigen::Index>(row);
        const bool is_nature = commodity.trade == model::Trade::free;
        const auto put = [&](Amounts& amounts, double amount, const char* id, SankeyKind kind) {
            if (amount > 0.0) {
                const auto name = sentence("sankey_" + std::string(id));
                amounts[ends_->sankey().node(id, name, kind)] += amount * weight;
            }
        };
        put(made_[row], solution.bought[at], is_nature ? "nature" : "bought", SankeyKind::source);
        put(taken_[row], solution.sold[at], "sold", SankeyKind::use);
        // Of wastes only what is used is a material: overburden would hide all else.
        if (measure_ != Measure::mass || commodity.trade != model::Trade::waste) {
            put(taken_[row], solution.disposed[at], "disposed", SankeyKind::loss);
        }
        put(taken_[row], year_.system().equations.demand[at], "delivered", SankeyKind::use);
    }

    void link(const Amounts& made, const Amounts& taken, const model::Name& what) {
        double total = 0.0;
        for (const auto& [node, amount] : made) {
            total += amount;
        }
        for (const auto& [from, amount] : made) {
            for (const auto& [to, used] : taken) {
                const double value = amount * used / total;
                if (from != to && value > 0.0) {
                    ends_->sankey().links.push_back({from, to, value, what, false});
                }
            }
        }
    }

    const model::Scenario& scenario_;
    const study::YearRun& year_;
    Measure measure_;
    Ends* ends_;
    std::vector<Amounts> made_; ///< by row
    std::vector<Amounts> taken_;
};

constexpr const char* id_of(Measure measure) {
    switch (measure) {
    case Measure::mass:
        return "materials";
    case Measure::energy:
        return "energy";
    case Measure::carbon:
        return "carbon";
    }
    return "";
}

} // namespace

Sankey flows_between_chains(const model::Scenario& scenario, const study::YearRun& year,
                            Measure measure) {
    Sankey out;
    out.id = id_of(measure);
    out.name = sentence("sankey_" + out.id);
    out.unit = unit_of(measure);
    ChainEnds ends(scenario, year, out);
    Maker maker(scenario, year, measure, ends);
    maker.add_links();
    if (measure == Measure::energy) {
        maker.close();
    }
    gather_small(out, most_links, sentence("sankey_rest"));
    drop_thin(out, least_share);
    mark_loops(out);
    if (measure == Measure::mass) {
        for (auto& node : out.nodes) {
            node.drill = node.kind == SankeyKind::chain ? node.id : std::string();
        }
    }
    return out;
}

Sankey flows_within_chain(const model::Scenario& scenario, const study::YearRun& year,
                          const std::string& chain) {
    Sankey out;
    out.id = chain;
    out.name = chain_name(chain);
    out.unit = unit_of(Measure::mass);
    PlantEnds ends(scenario, year, out, chain);
    Maker(scenario, year, Measure::mass, ends).add_links();
    // What others pass on to each other, or sell, is not of this chain.
    std::erase_if(out.links, [&](const SankeyLink& link) {
        return out.nodes[static_cast<std::size_t>(link.from)].kind != SankeyKind::facility &&
               out.nodes[static_cast<std::size_t>(link.to)].kind != SankeyKind::facility;
    });
    gather_small(out, most_links_within, sentence("sankey_rest"));
    drop_thin(out, least_share);
    mark_loops(out);
    return out;
}

std::vector<std::string> running_chains(const model::Scenario& scenario,
                                        const study::YearRun& year) {
    std::set<std::string> chains;
    const auto& columns = year.system().layout.columns;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        if (year.solution().activity[static_cast<Eigen::Index>(column)] > 0.0) {
            const auto& facility = scenario.facilities[columns[column]];
            chains.insert(scenario.model.processes[facility.process_in(year.year())].chain);
        }
    }
    return {chains.begin(), chains.end()};
}

model::Name chain_name(const std::string& chain) {
    const auto say = [&](table::Language language) {
        return std::string(table::say_if_known("chain_of_" + chain, language).value_or(chain));
    };
    return {say(table::Language::zh), say(table::Language::en)};
}

} // namespace chainsim::view
