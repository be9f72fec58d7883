#include <chainsim/base/error.hpp>
#include <chainsim/graph/flow_network.hpp>
#include <chainsim/number/tape.hpp>
#include <chainsim/system/system.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace chainsim::system {

namespace {

using model::Commodity;
using model::Index;

/// The coefficients of a facility in a year: the recipe with the last override in force.
struct InForce {
    const std::vector<model::Flow>* inputs;
    const std::vector<model::Flow>* outputs;
};

InForce recipe_in_force(const model::Facility& facility, const model::Process& process, int year) {
    const auto* change = facility.override_in(year);
    return change == nullptr ? InForce{&process.inputs, &process.outputs}
                             : InForce{&change->recipe->inputs, &change->recipe->outputs};
}

/// Commodities that some process of the library makes: they are not bought unless a market says so.
std::vector<char> made_by_library(const model::Model& library) {
    std::vector<char> made(library.commodities.size(), 0);
    for (const auto& process : library.processes) {
        for (const auto& flow : process.outputs) {
            made[flow.commodity.value] = 1;
        }
    }
    return made;
}

class Compiler {
public:
    Compiler(const model::Scenario& scenario, int year)
        : scenario_(scenario), library_(scenario.model) {
        result_.year = year;
    }

    System compile() {
        lay_out();
        fill_columns();
        fill_rows();
        order_rows();
        return std::move(result_);
    }

private:
    void use_all(const model::Process& process) {
        for (const auto* flows : {&process.inputs, &process.outputs}) {
            for (const auto& flow : *flows) {
                use(flow.commodity);
            }
        }
    }
    void use(Index<Commodity> commodity) { used_[commodity.value] = 1; }

    /// Rows of every commodity that any facility touches in any year, so that the layout is the
    /// same for all years of a scenario.
    void lay_out() {
        used_.assign(library_.commodities.size(), 0);
        for (std::uint32_t f = 0; f < scenario_.facilities.size(); ++f) {
            const auto& facility = scenario_.facilities[{f}];
            result_.layout.columns.push_back({f});
            use_all(library_.processes[facility.process]);
            for (const auto& change : facility.overrides) {
                if (change.process != facility.process) {
                    use_all(library_.processes[change.process]);
                }
            }
        }
        for (const auto& market : scenario_.markets) {
            use(market.commodity);
        }
        for (const auto& demand : scenario_.demands) {
            use(demand.commodity);
        }
        result_.layout.row_of.assign(library_.commodities.size(), -1);
        for (std::uint32_t c = 0; c < library_.commodities.size(); ++c) {
            if (used_[c] != 0) {
                result_.layout.row_of[c] = static_cast<int>(result_.layout.rows.size());
                result_.layout.rows.push_back({c});
            }
        }
    }

    [[nodiscard]] int row_of(Index<Commodity> commodity) const {
        return result_.layout.row_of[commodity.value];
    }

    void fill_columns() {
        auto& eq = result_.equations;
        const auto columns = result_.layout.columns.size();
        const auto rows = static_cast<Eigen::Index>(result_.layout.rows.size());
        eq.capacity.resize(static_cast<Eigen::Index>(columns));
        capacity_.resize(columns);
        eq.net.resize(rows, static_cast<Eigen::Index>(columns));
        std::vector<Eigen::Triplet<double>> entries;
        std::vector<std::map<int, int>> priorities(columns);
        for (std::size_t f = 0; f < columns; ++f) {
            const auto& facility = scenario_.facilities[result_.layout.columns[f]];
            const auto& process = library_.processes[facility.process_in(result_.year)];
            const auto& product = library_.commodities[process.product];
            capacity_[f] = facility.available_capacity(result_.year, product.unit);
            eq.capacity[static_cast<Eigen::Index>(f)] = capacity_[f].value();
            eq.driver.push_back(static_cast<ColumnDriver>(facility.driver));
            eq.product.push_back(row_of(process.product));
            eq.feed.push_back(facility.driver == model::Driver::on_supply && facility.driving_feed
                                  ? row_of(*facility.driving_feed)
                                  : -1);
            add_flows(f, facility, process, entries);
        }
        eq.net.setFromTriplets(entries.begin(), entries.end());
        // A flow that leaves as it came in is no part of the balance.
        eq.net.prune([](int, int, double value) { return value != 0.0; });
        eq.net.makeCompressed();
        set_priorities();
        if (number::is_recording()) {
            find_nodes_of_columns();
        }
    }

    void add_flows(std::size_t f, const model::Facility& facility, const model::Process& process,
                   std::vector<Eigen::Triplet<double>>& entries) {
        const auto recipe = recipe_in_force(facility, process, result_.year);
        auto& flows = result_.flows.emplace_back();
        const auto add = [&](const model::Flow& flow, double sign) {
            const int row = row_of(flow.commodity);
            const auto amount = number::read(&flow, sign * flow.amount, sign);
            flows.push_back({row, amount, flow.kind, flow.datum.provenance.confidence});
            entries.emplace_back(row, static_cast<int>(f), amount.value());
        };
        for (const auto& flow : *recipe.inputs) {
            add(flow, -1.0);
        }
        for (const auto& flow : *recipe.outputs) {
            add(flow, 1.0);
        }
    }

    /// The nodes of capacities and of net flows, which are sums of gross ones.
    void find_nodes_of_columns() {
        const auto& net = result_.equations.net;
        auto& nodes = result_.nodes;
        for (const auto& capacity : capacity_) {
            nodes.capacity.push_back(capacity.node());
        }
        for (int f = 0; f < net.cols(); ++f) {
            std::map<int, number::Number> sums;
            for (const auto& flow : result_.flows[static_cast<std::size_t>(f)]) {
                sums[flow.row] += flow.amount;
            }
            for (int e = net.outerIndexPtr()[f]; e < net.outerIndexPtr()[f + 1]; ++e) {
                nodes.net.push_back(sums.at(net.innerIndexPtr()[e]).node());
            }
        }
    }

    void set_priorities() {
        auto& eq = result_.equations;
        eq.priority.resize(static_cast<std::size_t>(eq.net.nonZeros()));
        for (int f = 0; f < eq.columns(); ++f) {
            const auto& facility =
                scenario_.facilities[result_.layout.columns[static_cast<std::size_t>(f)]];
            for (int e = eq.net.outerIndexPtr()[f]; e < eq.net.outerIndexPtr()[f + 1]; ++e) {
                const auto& commodity = commodity_of(eq.net.innerIndexPtr()[e]);
                const auto own = facility.priorities.find(commodity.id);
                eq.priority[static_cast<std::size_t>(e)] =
                    own == facility.priorities.end() ? facility.priority : own->second;
            }
        }
    }

    [[nodiscard]] const Commodity& commodity_of(int row) const {
        return library_.commodities[result_.layout.rows[static_cast<std::size_t>(row)]];
    }

    void fill_rows() {
        auto& eq = result_.equations;
        const int rows = eq.rows();
        const auto made = made_by_library(library_);
        const auto count = static_cast<std::size_t>(rows);
        std::vector<number::Number> demand(count);
        std::vector<number::Number> buy_limit(count);
        std::vector<number::Number> sell_limit(count);
        eq.sink.assign(static_cast<std::size_t>(rows), 0);
        eq.buy_first.assign(static_cast<std::size_t>(rows), 0);
        for (int r = 0; r < rows; ++r) {
            const auto& commodity = commodity_of(r);
            const auto index = result_.layout.rows[static_cast<std::size_t>(r)];
            const bool local = made[index.value] != 0;
            const auto row = static_cast<std::size_t>(r);
            buy_limit[row] = local ? 0.0 : unlimited;
            sell_limit[row] = local && commodity.trade == model::Trade::market ? unlimited : 0.0;
            eq.sink[static_cast<std::size_t>(r)] = commodity.sink != model::Sink::none ? 1 : 0;
        }
        for (const auto& market : scenario_.markets) {
            const int r = row_of(market.commodity);
            const auto& unit = library_.commodities[market.commodity].unit;
            const auto row = static_cast<std::size_t>(r);
            const auto limit = [&](const model::MarketSide& side) {
                return !side.allowed ? number::Number(0.0)
                       : side.limit  ? side.limit->read_in_a_year(result_.year, unit)
                                     : number::Number(unlimited);
            };
            if (market.buy) {
                buy_limit[row] = limit(*market.buy);
                eq.buy_first[static_cast<std::size_t>(r)] = market.buy->before_local ? 1 : 0;
            }
            if (market.sell) {
                sell_limit[row] = limit(*market.sell);
            }
        }
        for (const auto& wanted : scenario_.demands) {
            demand[static_cast<std::size_t>(row_of(wanted.commodity))] +=
                wanted.amount.read_in_a_year(result_.year,
                                             library_.commodities[wanted.commodity].unit);
        }
        take(demand, eq.demand, result_.nodes.demand);
        take(buy_limit, eq.buy_limit, result_.nodes.buy_limit);
        take(sell_limit, eq.sell_limit, result_.nodes.sell_limit);
    }

    static void take(const std::vector<number::Number>& numbers, Eigen::VectorXd& values,
                     std::vector<int>& nodes) {
        values.resize(static_cast<Eigen::Index>(numbers.size()));
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            values[static_cast<Eigen::Index>(i)] = numbers[i].value();
            if (number::is_recording()) {
                nodes.push_back(numbers[i].node());
            }
        }
    }

    /// Upstream before downstream, loop by loop: the block-triangular order of the flow network.
    void order_rows() {
        const auto network = graph::FlowNetwork::of(scenario_, result_.year);
        auto& order = result_.equations.order;
        std::vector<char> placed(result_.layout.rows.size(), 0);
        for (const auto& component : network.components()) {
            for (const int position : component) {
                const auto& node = network.nodes()[static_cast<std::size_t>(position)];
                const int row = node.kind == graph::NodeKind::commodity
                                    ? result_.layout.row_of[node.record]
                                    : -1;
                if (row >= 0) {
                    order.push_back(row);
                    placed[static_cast<std::size_t>(row)] = 1;
                }
            }
        }
        for (int row = 0; row < result_.equations.rows(); ++row) {
            if (placed[static_cast<std::size_t>(row)] == 0) {
                order.push_back(row);
            }
        }
    }

    const model::Scenario& scenario_;
    const model::Model& library_;
    std::vector<char> used_;
    std::vector<number::Number> capacity_; ///< by column
    System result_;
};

static_assert(
    static_cast<int>(model::Driver::at_capacity) == static_cast<int>(ColumnDriver::at_capacity) &&
    static_cast<int>(model::Driver::on_supply) == static_cast<int>(ColumnDriver::on_supply) &&
    static_cast<int>(model::Driver::on_demand) == static_cast<int>(ColumnDriver::on_demand));

} // namespace

System compile(const model::Scenario& scenario, int year) {
    return Compiler(scenario, year).compile();
}

Eigen::VectorXd Indicators::values(const Equations& equations, const Solution& solution) const {
    const int n = equations.columns();
    const int m = equations.rows();
    Eigen::VectorXd all(n + 4 * m);
    all << solution.activity, solution.bought, solution.sold, solution.disposed, equations.demand;
    return weights * all + constant;
}

} // namespace chainsim::system
