#include <chainsim/analysis/chains.hpp>
#include <chainsim/analysis/detail/gauge.hpp>
#include <chainsim/graph/lookup.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace chainsim::analysis {

namespace {

using CommodityIndex = model::Index<model::Commodity>;
using FacilityIndex = model::Index<model::Facility>;

class Walk {
public:
    Walk(const model::Scenario& scenario, const system::System& system,
         const system::Solution& solution, const graph::YearFlows& flows)
        : scenario_(scenario), system_(system), solution_(solution), flows_(flows),
          margin_(system, detail::margins) {
        runs_.assign(scenario.facilities.size(), -1);
        for (std::size_t column = 0; column < system.layout.columns.size(); ++column) {
            if (solution.activity[static_cast<Eigen::Index>(column)] > 0.0) {
                runs_[system.layout.columns[column].value] = static_cast<int>(column);
            }
        }
    }

    [[nodiscard]] ChainProgress along(model::Index<model::Chain> index) const {
        const auto& chain = scenario_.model.chains[index];
        ChainProgress out;
        out.chain = index;
        std::map<FacilityIndex, double> parts;
        bool unbroken = true;
        for (std::size_t step = 1; step < chain.steps.size(); ++step) {
            std::vector<Link> links;
            bool realised = false;
            for (const auto& to : chain.steps[step]) {
                links.push_back(best_link(chain.steps[step - 1], to));
                realised = realised || links.back().state == LinkState::realised;
                for (const auto& [facility, part] : links.back().facilities) {
                    parts[facility] = std::max(parts[facility], part);
                }
            }
            unbroken = unbroken && realised;
            out.realised += realised ? 1 : 0;
            out.reached += unbroken ? 1 : 0;
            out.steps.push_back(std::move(links));
        }
        const bool is_list = chain.steps.size() == 1; // nothing leads from one to another
        for (std::size_t step = is_list ? 0 : 1; step < chain.steps.size(); ++step) {
            for (const auto& id : chain.steps[step]) {
                const auto makers = makers_of(id);
                const bool made = !makers.empty();
                out.products.push_back({id, made, made && (is_list || comes_along(out, step, id))});
                for (const auto facility : makers) {
                    if (is_list) {
                        parts[facility] = 1.0;
                    }
                }
            }
        }
        for (const auto& [facility, part] : parts) {
            const int column = runs_[facility.value];
            out.facilities.push_back({facility, part});
            out.value_added += part * margin_.of_column(column) * solution_.activity[column];
        }
        return out;
    }

private:
    [[nodiscard]] static bool comes_along(const ChainProgress& progress, std::size_t step,
                                          const std::string& id) {
        return std::ranges::any_of(progress.steps[step - 1], [&](const Link& link) {
            return link.to == id && link.state == LinkState::realised && !link.siblings;
        });
    }

    /// The facilities that run and give a commodity, or one of a family.
    [[nodiscard]] std::vector<FacilityIndex> makers_of(const std::string& id) const {
        std::vector<FacilityIndex> makers;
        if (!is_word(id)) {
            return makers; // equipment, which is no commodity
        }
        const auto wanted = graph::look_up(scenario_.model, id).members;
        for (std::uint32_t i = 0; i < runs_.size(); ++i) {
            const FacilityIndex facility{i};
            if (runs_[i] < 0) {
                continue;
            }
            const auto process = scenario_.facilities[facility].process_in(system_.year);
            const auto& outputs = scenario_.model.processes[process].outputs;
            const bool gives =
                std::any_of(outputs.begin(), outputs.end(), [&](const model::Flow& flow) {
                    return flow.amount > 0.0 &&
                           std::find(wanted.begin(), wanted.end(), flow.commodity) != wanted.end();
                });
            if (gives) {
                makers.push_back(facility);
            }
        }
        return makers;
    }

    /// The furthest of all ways from a step to one product.
    [[nodiscard]] Link best_link(const std::vector<std::string>& from,
                                 const std::string& to) const {
        Link best;
        best.to = to;
        for (const auto& one : from) {
            Link link = link_of(one, to);
            if (best.from.empty() || link.state < best.state ||
                (link.state == best.state && link.share > best.share)) {
                best = std::move(link);
            }
        }
        return best;
    }

    [[nodiscard]] Link link_of(const std::string& from, const std::string& to) const {
        Link link;
        link.from = from;
        link.to = to;
        if (!is_word(from) || !is_word(to)) {
            return link; // equipment, which is no commodity
        }
        const auto trace = graph::trace(scenario_, system_.year, from, to, &flows_);
        link.siblings = trace.relation == graph::Relation::siblings;
        link.share = trace.share;
        if (trace.relation == graph::Relation::absent) {
            return link;
        }
        if (link.siblings) {
            set_siblings(trace, link);
            return link;
        }
        add_carriers(trace, link);
        const bool goes_on = trace.built && trace.share.value_or(0.0) > 0.0;
        link.state = goes_on       ? LinkState::realised
                     : trace.built ? LinkState::idle
                                   : LinkState::possible;
        if (link.state == LinkState::possible && !trace.ways.empty()) {
            const auto& way = trace.ways.front();
            for (std::size_t i = 0; i < way.processes.size(); ++i) {
                if (way.facilities[i].empty() && !way.processes[i].empty()) {
                    link.missing.push_back(way.processes[i].front());
                }
            }
        }
        return link;
    }

    [[nodiscard]] bool is_word(const std::string& id) const {
        const auto& families = scenario_.model.families;
        return scenario_.model.find_commodity(id).has_value() ||
               (families.contains(id) && !families.at(id).members.empty());
    }

    /// Siblings are there if the second is made.
    void set_siblings(const graph::Trace& trace, Link& link) const {
        link.state = LinkState::possible;
        for (std::uint32_t i = 0; i < runs_.size(); ++i) {
            const FacilityIndex facility{i};
            const auto process = scenario_.facilities[facility].process_in(system_.year);
            if (runs_[i] >= 0 && trace.target &&
                scenario_.model.processes[process].product == *trace.target) {
                link.state = LinkState::realised;
                link.facilities.push_back({facility, 1.0});
            }
        }
    }

    /// Those on the ways between all members, where a family is meant.
    void add_carriers(const graph::Trace& trace, Link& link) const {
        const auto& commodities = scenario_.model.commodities;
        for (const auto from : trace.from.members) {
            for (const auto to : trace.to.members) {
                const auto one =
                    graph::trace(scenario_, system_.year, commodities[from].id, commodities[to].id);
                for (const auto& way : one.ways) {
                    if (way.built) {
                        add_carriers(way, link);
                    }
                }
            }
        }
    }

    void add_carriers(const graph::Way& way, Link& link) const {
        for (std::size_t step = 0; step < way.facilities.size(); ++step) {
            const double part = part_on(way.commodities[step + 1], link.to);
            for (const auto facility : way.facilities[step]) {
                if (runs_[facility.value] < 0) {
                    continue;
                }
                const auto found =
                    std::find_if(link.facilities.begin(), link.facilities.end(),
                                 [&](const Carrier& one) { return one.facility == facility; });
                if (found == link.facilities.end()) {
                    link.facilities.push_back({facility, part});
                } else {
                    found->part = std::max(found->part, part);
                }
            }
        }
    }

    /// What part of a commodity on the way goes on to its end.
    [[nodiscard]] double part_on(CommodityIndex from, const std::string& to) const {
        return graph::trace(scenario_, system_.year, scenario_.model.commodities[from].id, to,
                            &flows_)
            .share.value_or(0.0);
    }

    const model::Scenario& scenario_;
    const system::System& system_;
    const system::Solution& solution_;
    const graph::YearFlows& flows_;
    detail::Gauge margin_;
    std::vector<int> runs_; ///< column of a facility that runs, else -1
};

} // namespace

std::string_view to_string(LinkState state) {
    switch (state) {
    case LinkState::realised:
        return "realised";
    case LinkState::idle:
        return "idle";
    case LinkState::possible:
        return "possible";
    case LinkState::absent:
        return "absent";
    }
    return {};
}

std::vector<ChainProgress> chain_progress(const model::Scenario& scenario,
                                          const system::System& system,
                                          const system::Solution& solution,
                                          const graph::YearFlows& flows) {
    const Walk walk(scenario, system, solution, flows);
    std::vector<ChainProgress> out;
    for (std::uint32_t i = 0; i < scenario.model.chains.size(); ++i) {
        out.push_back(walk.along({i}));
    }
    return out;
}

} // namespace chainsim::analysis
