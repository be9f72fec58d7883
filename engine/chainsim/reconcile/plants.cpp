#include <chainsim/reconcile/detail/plant_rows.hpp>
#include <chainsim/reconcile/measurements.hpp>
#include <chainsim/system/system.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace chainsim::reconcile {

namespace {

using detail::PlantRow;
using FacilityIndex = model::Index<model::Facility>;

/// A flow of a plant that stands in a balance or was measured.
struct PlantFlow {
    const model::Flow* flow = nullptr;
    Direction direction = Direction::in;
    const PlantRow* row = nullptr; ///< its measurement, if there is one
    int coefficient = -1;          ///< variable; -1: exact, or in no condition
};

struct Plant {
    FacilityIndex index;
    std::vector<PlantFlow> flows;
    int measured = 0;
    int activity = -1; ///< variable
    double capacity = 0.0;
};

/// The trades of a commodity at the boundary of the district.
struct Trade {
    Direction direction = Direction::buy;
    const PlantRow* row = nullptr;
    int variable = -1;
};

struct Balance {
    std::set<std::size_t> plants;
    std::vector<Trade> trades; ///< measured, or allowed
    double demand = 0.0;
};

class PlantReader {
public:
    PlantReader(std::string_view text, const std::string& file, const model::Scenario& scenario,
                int year)
        : scenario_(scenario), rows_(detail::read_plant_rows(text, file, scenario, year)) {
        out_.file = file;
        out_.year = rows_.year;
    }

    Measurements read() {
        const auto system = system::compile(scenario_, rows_.year);
        list_plants(system);
        list_balances(system);
        leave_out();
        for (auto& plant : plants_) {
            if (is_kept(plant)) {
                add_plant(plant);
            }
        }
        for (auto& [commodity, balance] : balances_) {
            add_balance(commodity, balance);
        }
        add_lone_trades();
        return std::move(out_);
    }

private:
    void list_plants(const system::System& system) {
        std::map<std::tuple<std::uint32_t, std::uint32_t, Direction>, const PlantRow*> measured;
        for (const auto& row : rows_.rows) {
            if (row.facility) {
                measured[{row.facility->value, row.commodity.value, row.direction}] = &row;
            }
        }
        for (std::size_t f = 0; f < system.layout.columns.size(); ++f) {
            Plant plant{system.layout.columns[f],
                        {},
                        0,
                        -1,
                        system.equations.capacity(static_cast<Eigen::Index>(f))};
            if (!scenario_.facilities[plant.index].exists(rows_.year)) {
                continue;
            }
            for (const auto direction : {Direction::in, Direction::out}) {
                for (const auto& flow :
                     detail::flows_of(scenario_, plant.index, rows_.year, direction)) {
                    if (flow.amount <= 0.0) {
                        continue;
                    }
                    const auto found =
                        measured.find({plant.index.value, flow.commodity.value, direction});
                    const auto* row = found == measured.end() ? nullptr : found->second;
                    plant.measured += row != nullptr ? 1 : 0;
                    plant.flows.push_back({&flow, direction, row, -1});
                }
            }
            plants_.push_back(std::move(plant));
        }
    }

    void list_balances(const system::System& system) {
        for (std::size_t p = 0; p < plants_.size(); ++p) {
            for (const auto& flow : plants_[p].flows) {
                balances_[flow.flow->commodity.value].plants.insert(p);
            }
        }
        std::map<std::pair<std::uint32_t, Direction>, const PlantRow*> measured;
        for (const auto& row : rows_.rows) {
            if (!row.facility) {
                measured[{row.commodity.value, row.direction}] = &row;
            }
        }
        const auto& eq = system.equations;
        for (auto& [commodity, balance] : balances_) {
            const int row = system.layout.row_of[commodity];
            balance.demand = eq.demand(row);
            const std::vector<std::pair<Direction, bool>> sides{
                {Direction::buy, eq.buy_limit(row) > 0.0},
                {Direction::sell, eq.sell_limit(row) > 0.0},
                {Direction::dispose, eq.sink[static_cast<std::size_t>(row)] != 0}};
            for (const auto& [direction, is_allowed] : sides) {
                const auto found = measured.find({commodity, direction});
                if (found != measured.end() || is_allowed) {
                    balance.trades.push_back(
                        {direction, found == measured.end() ? nullptr : found->second, -1});
                }
            }
        }
    }

    [[nodiscard]] bool is_kept(const Plant& plant) const {
        if (plant.measured > 0) {
            return true;
        }
        const auto p = static_cast<std::size_t>(&plant - plants_.data());
        return std::any_of(balances_.begin(), balances_.end(),
                           [p](const auto& one) { return one.second.plants.contains(p); });
    }

    /// Takes away balances that one unmeasured plant or trade of its own closes whatever is
    /// measured: they tell nothing, and each would take a row and columns of every factor.
    void leave_out() {
        for (bool is_changed = true; is_changed;) {
            std::map<std::size_t, int> stands_in;
            for (const auto& [commodity, balance] : balances_) {
                for (const auto p : balance.plants) {
                    ++stands_in[p];
                }
            }
            const auto tells_nothing = [&](const auto& one) {
                const auto& balance = one.second;
                const auto open = std::count_if(balance.trades.begin(), balance.trades.end(),
                                                [](const auto& t) { return t.row == nullptr; });
                const auto unmeasured =
                    std::count_if(balance.plants.begin(), balance.plants.end(),
                                  [&](std::size_t p) { return plants_[p].measured == 0; });
                const bool has_loose =
                    std::any_of(balance.plants.begin(), balance.plants.end(), [&](std::size_t p) {
                        return plants_[p].measured == 0 && stands_in[p] == 1;
                    });
                return open > 1 || (open == 1 && unmeasured > 0) || has_loose;
            };
            is_changed = std::erase_if(balances_, tells_nothing) > 0;
        }
    }

    [[nodiscard]] const model::Commodity& commodity_of(std::uint32_t index) const {
        return scenario_.model.commodities[model::Index<model::Commodity>{index}];
    }

    int add(Variable variable, Label label) {
        out_.problem.variables.push_back(std::move(variable));
        out_.labels.push_back(std::move(label));
        return static_cast<int>(out_.problem.variables.size()) - 1;
    }

    static Variable measured_variable(std::string id, const std::string& unit,
                                      const PlantRow& row) {
        Variable one;
        one.id = std::move(id);
        one.unit = unit;
        one.measured = row.measured;
        one.sigma = row.sigma;
        one.lower = row.lower;
        one.upper = row.upper;
        return one;
    }

    void add_plant(Plant& plant) {
        const auto& facility = scenario_.facilities[plant.index];
        const auto& process = scenario_.model.processes[facility.process_in(rows_.year)];
        const auto& product = scenario_.model.commodities[process.product];
        Variable activity;
        activity.id = facility.id;
        activity.unit = product.unit.text();
        activity.lower = 0.0;
        activity.start = start_of(plant);
        plant.activity =
            add(std::move(activity), {Kind::activity, facility.name.zh, facility.name.en,
                                      facility.id, product.id, Direction::none, 0});
        for (auto& flow : plant.flows) {
            add_flow(plant, flow, facility, product);
        }
    }

    void add_flow(const Plant& plant, PlantFlow& flow, const model::Facility& facility,
                  const model::Commodity& product) {
        const auto& commodity = scenario_.model.commodities[flow.flow->commodity];
        const std::string id =
            facility.id + "." + std::string(to_string(flow.direction)) + "." + commodity.id;
        const double amount = flow.flow->amount;
        const double sigma = detail::sigma_of(*flow.flow);
        Label label{Kind::flow,
                    facility.name.zh + " " + commodity.name.zh,
                    facility.name.en + ": " + commodity.name.en,
                    facility.id,
                    commodity.id,
                    flow.direction,
                    flow.row != nullptr ? flow.row->line : 0};
        const bool is_in_use =
            flow.row != nullptr || balances_.contains(flow.flow->commodity.value);
        if (is_in_use && sigma > 0.0) {
            Variable coefficient;
            coefficient.id = id + ".coefficient";
            coefficient.unit = commodity.unit.per(product.unit).text();
            coefficient.measured = amount;
            coefficient.sigma = sigma;
            coefficient.lower = 0.0;
            Label own = label;
            own.kind = Kind::coefficient;
            own.line = 0;
            flow.coefficient = add(std::move(coefficient), std::move(own));
        }
        if (flow.row == nullptr) {
            out_.derived.push_back({id, commodity.unit.text(), std::move(label), plant.activity,
                                    flow.coefficient, amount, sigma});
            return;
        }
        const int variable =
            add(measured_variable(id, commodity.unit.text(), *flow.row), std::move(label));
        Condition recipe{"recipe of " + id, {{1.0, variable, -1}}, 0.0};
        recipe.terms.push_back(term(flow, plant, -1.0));
        out_.problem.conditions.push_back(std::move(recipe));
    }

    static Term term(const PlantFlow& flow, const Plant& plant, double sign) {
        return flow.coefficient >= 0 ? Term{sign, plant.activity, flow.coefficient}
                                     : Term{sign * flow.flow->amount, plant.activity, -1};
    }

    /// How much a plant makes by what was measured of it, or by its capacity.
    static double start_of(const Plant& plant) {
        std::vector<double> told;
        for (const auto& flow : plant.flows) {
            if (flow.row != nullptr && flow.row->measured && *flow.row->measured > 0.0) {
                told.push_back(*flow.row->measured / flow.flow->amount);
            }
        }
        if (told.empty()) {
            return plant.capacity > 0.0 ? plant.capacity : 1.0;
        }
        const auto middle = told.begin() + static_cast<std::ptrdiff_t>(told.size() / 2);
        std::nth_element(told.begin(), middle, told.end());
        return *middle;
    }

    static double sign_of(Direction direction) {
        return direction == Direction::buy || direction == Direction::out ? 1.0 : -1.0;
    }

    int add_trade(const Trade& trade, const model::Commodity& commodity, double size) {
        const std::string id = std::string(to_string(trade.direction)) + "." + commodity.id;
        Label label{Kind::trade,
                    commodity.name.zh,
                    commodity.name.en,
                    {},
                    commodity.id,
                    trade.direction,
                    trade.row != nullptr ? trade.row->line : 0};
        if (trade.row != nullptr) {
            return add(measured_variable(id, commodity.unit.text(), *trade.row), std::move(label));
        }
        Variable one;
        one.id = id;
        one.unit = commodity.unit.text();
        one.lower = 0.0;
        one.start = size > 0.0 ? size : 1.0;
        return add(std::move(one), std::move(label));
    }

    void add_balance(std::uint32_t index, Balance& balance) {
        const auto& commodity = commodity_of(index);
        Condition condition{commodity.id, {}, -balance.demand};
        double size = 0.0;
        for (const auto p : balance.plants) {
            const auto& plant = plants_[p];
            for (const auto& flow : plant.flows) {
                if (flow.flow->commodity.value == index) {
                    condition.terms.push_back(term(flow, plant, sign_of(flow.direction)));
                    size = std::max(
                        size,
                        flow.flow->amount *
                            out_.problem.variables[static_cast<std::size_t>(plant.activity)].start);
                }
            }
        }
        for (auto& trade : balance.trades) {
            trade.variable = add_trade(trade, commodity, size);
            condition.terms.push_back({sign_of(trade.direction), trade.variable, -1});
        }
        out_.problem.conditions.push_back(std::move(condition));
    }

    /// Trade that was measured of a commodity whose balance tells nothing: it stays as it is.
    void add_lone_trades() {
        for (const auto& row : rows_.rows) {
            if (!row.facility && !balances_.contains(row.commodity.value)) {
                (void)add_trade({row.direction, &row, -1},
                                scenario_.model.commodities[row.commodity], 0.0);
            }
        }
    }

    const model::Scenario& scenario_;
    detail::PlantRows rows_;
    std::vector<Plant> plants_;
    std::map<std::uint32_t, Balance> balances_; ///< by commodity
    Measurements out_;
};

} // namespace

Measurements read_plants(std::string_view text, const std::string& file,
                         const model::Scenario& scenario, int year) {
    return PlantReader(text, file, scenario, year).read();
}

} // namespace chainsim::reconcile
