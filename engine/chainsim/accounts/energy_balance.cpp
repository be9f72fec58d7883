#include <chainsim/accounts/detail/energy_bridge.hpp>
#include <chainsim/accounts/energy_balance.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsim::accounts {

namespace {

using detail::EnergyPlant;
using detail::EnergyWalk;
using detail::RestOfEnergy;

/// The lines of the balance while they are filled: leaves first, then sums over them.
class Balance {
public:
    Balance(const EnergyWalk& walk, const RestOfEnergy& rest, const model::Scenario& scenario,
            const system::System& system, const system::Solution& solution)
        : walk_(walk), rest_(rest), scenario_(scenario), system_(system), solution_(solution),
          not_split_(walk.carriers.size()) {}

    EnergyBalance build() {
        open_columns();
        open_lines();
        for (const auto& plant : walk_.plants) {
            add_plant(plant);
        }
        for (std::size_t r = 0; r < walk_.rows.size(); ++r) {
            if (walk_.rows[r].column >= 0) {
                add_trades(r);
            }
        }
        add_rest();
        add_sums();
        return std::move(out_);
    }

private:
    void open_columns() {
        for (const auto* carrier : walk_.carriers) {
            out_.columns.push_back({carrier->id, carrier->name, carrier->unit.text()});
        }
        out_.columns.push_back(
            {"not_split", {"未分品种(模型外)", "not split by carrier (not modelled)"}, "tce"});
    }

    std::size_t open(std::string id, model::Name name, int level) {
        out_.lines.push_back({std::move(id),
                              std::move(name),
                              level,
                              std::vector<EnergyAmount>(out_.columns.size()),
                              {}});
        return out_.lines.size() - 1;
    }

    void open_lines() {
        available_ = open("available", {"一、可供本地区消费的能源量", "1 available"}, 0);
        primary_ = open("primary_production", {"一次能源生产量", "primary production"}, 1);
        brought_in_ = open("brought_in", {"外地调入量", "brought in"}, 1);
        sent_out_ = open("sent_out", {"本地区调出量(-)", "sent out (-)"}, 1);
        // The model has no stocks; published balances have this line.
        (void)open("stock_change", {"库存增减量", "change of stocks"}, 1);
        transformed_ =
            open("transformation",
                 {"二、加工转换投入(-)产出(+)量", "2 transformation, in (-) out (+)"}, 0);
        first_transformation_ = out_.lines.size();
        for (const auto* line : walk_.transformations) {
            (void)open(line->id, line->name, 1);
        }
        recovered_ = open("recovered", {"回收能", "recovered energy"}, 1);
        losses_ = open("losses", {"三、损失量", "3 losses"}, 0);
        networks_ = open("losses_networks", {"电网、储运损失", "grid, storage and stations"}, 1);
        flared_ = open("losses_flared", {"放散、弃置", "flared, curtailed, dumped"}, 1);
        final_ = open("final_use", {"四、终端消费量", "4 final use"}, 0);
        for (std::size_t i = 0; i < model::sector_count; ++i) {
            const auto sector = static_cast<model::Sector>(i);
            sectors_.at(i) = open(std::string(to_string(sector)), detail::name_of(sector), 1);
            if (sector == model::Sector::industry) {
                raw_material_ =
                    open("raw_material", {"其中:用作原料、材料", "of this: as raw material"}, 2);
            }
        }
        not_classified_ =
            open("not_classified", {"行业未标明", "users without a code of industry"}, 1);
        rest_not_split_ =
            open("rest_not_split", {"其余经济中未分行业", "rest of the economy, not split"}, 1);
        difference_ = open("difference", {"五、平衡差额", "5 difference"}, 0);
        consumption_ = open("consumption", {"六、消费量合计", "6 consumption"}, 0);
    }

    [[nodiscard]] EnergyAmount amount_of(std::size_t row, double units) const {
        const auto& one = walk_.rows[row];
        const auto column = static_cast<std::size_t>(one.column);
        const auto& commodity = scenario_.model.commodities[system_.layout.rows[row]];
        const double physical =
            units::Quantity(units, commodity.unit).in(walk_.carriers[column]->unit);
        return {physical, units * one.calorific, units * one.equivalent};
    }

    void add(std::size_t line, std::size_t row, double units) {
        out_.lines[line].by_carrier[static_cast<std::size_t>(walk_.rows[row].column)] +=
            amount_of(row, units);
    }

    void add_plant(const EnergyPlant& plant) {
        const auto product = static_cast<std::size_t>(
            system_.equations.product[static_cast<std::size_t>(plant.column)]);
        const std::size_t user =
            plant.sector ? sectors_.at(static_cast<std::size_t>(*plant.sector)) : not_classified_;
        for (const auto& flow : plant.flows) {
            const auto column = walk_.rows[flow.row].column;
            if (flow.is_primary) {
                add(primary_, flow.row, flow.amount);
            } else if (column == plant.passes_on) {
                add(networks_, flow.row, -flow.amount);
            } else if (plant.transformation >= 0 &&
                       (flow.amount > 0.0 || plant.is_transformed(flow, walk_.rows, product))) {
                add(first_transformation_ + static_cast<std::size_t>(plant.transformation),
                    flow.row, flow.amount);
            } else if (flow.amount > 0.0) {
                add(recovered_, flow.row, flow.amount);
            } else {
                add(user, flow.row, -flow.amount);
                if (flow.kind == model::FlowKind::feedstock &&
                    plant.sector == model::Sector::industry) {
                    add(raw_material_, flow.row, -flow.amount);
                }
            }
        }
    }

    void add_trades(std::size_t r) {
        const auto at = static_cast<Eigen::Index>(r);
        const auto& one = scenario_.model.commodities[system_.layout.rows[r]];
        const bool is_delivered = one.delivery == model::Delivery::district;
        add(brought_in_, r, solution_.bought[at]);
        add(flared_, r, solution_.disposed[at]);
        add(sent_out_, r, is_delivered ? 0.0 : -solution_.sold[at]);
        const auto sector = detail::user_of(walk_, walk_.rows[r].column, one);
        add(sector ? sectors_.at(static_cast<std::size_t>(*sector)) : not_classified_, r,
            (is_delivered ? solution_.sold[at] : 0.0) + system_.equations.demand[at]);
    }

    /// What is not modelled: brought in from outside, and used by its sectors.
    void add_rest() {
        const auto power = power_column();
        const auto put = [&](std::size_t line, const RestOfEnergy::Use& use) {
            out_.lines[line].by_carrier[not_split_] += rest_.fuel_of(use);
            out_.lines[brought_in_].by_carrier[not_split_] += rest_.fuel_of(use);
            out_.lines[line].by_carrier[power] += rest_.power_of(use);
            out_.lines[brought_in_].by_carrier[power] += rest_.power_of(use);
        };
        for (std::size_t i = 0; i < model::sector_count; ++i) {
            put(sectors_.at(i), rest_.by_sector[i]);
        }
        put(rest_not_split_, rest_.not_split);
    }

    /// The column of power; without one, what is not split.
    [[nodiscard]] std::size_t power_column() const {
        const auto found = std::find_if(walk_.rows.begin(), walk_.rows.end(), [](const auto& row) {
            return row.is_power && row.column >= 0;
        });
        return found == walk_.rows.end() ? not_split_ : static_cast<std::size_t>(found->column);
    }

    void add_sums() {
        const auto sum = [&](std::size_t into, std::size_t from, std::size_t until) {
            for (std::size_t line = from; line < until; ++line) {
                if (out_.lines[line].level != 1) {
                    continue;
                }
                for (std::size_t c = 0; c < out_.columns.size(); ++c) {
                    out_.lines[into].by_carrier[c] += out_.lines[line].by_carrier[c];
                }
            }
        };
        sum(available_, primary_, transformed_);
        sum(transformed_, first_transformation_, losses_);
        sum(losses_, networks_, final_);
        sum(final_, final_ + 1, difference_);
        for (std::size_t c = 0; c < out_.columns.size(); ++c) {
            auto& difference = out_.lines[difference_].by_carrier[c];
            auto& consumption = out_.lines[consumption_].by_carrier[c];
            difference += out_.lines[available_].by_carrier[c];
            difference += out_.lines[transformed_].by_carrier[c];
            for (const auto part : {losses_, final_}) {
                difference += out_.lines[part].by_carrier[c].times(-1.0);
                consumption += out_.lines[part].by_carrier[c];
            }
            const auto size = size_of(c);
            if (std::abs(difference.physical) <= rounding * size.physical &&
                std::abs(difference.calorific) <= rounding * size.calorific &&
                std::abs(difference.equivalent) <= rounding * size.equivalent) {
                difference = {}; // the last digits of sums that are equal
            }
            for (std::size_t line = first_transformation_; line < losses_; ++line) {
                const auto& cell = out_.lines[line].by_carrier[c];
                if (cell.calorific < 0.0) {
                    consumption += cell.times(-1.0);
                }
            }
        }
        for (auto& line : out_.lines) {
            for (const auto& cell : line.by_carrier) {
                line.total += cell;
            }
            line.total.physical = 0.0;
        }
        // Standard coal is counted once: what was transformed is used in its new form.
        auto& total = out_.lines[consumption_].total;
        total = out_.lines[available_].total;
        total += out_.lines[difference_].total.times(-1.0);
    }

    /// The largest amounts of a column.
    [[nodiscard]] EnergyAmount size_of(std::size_t column) const {
        EnergyAmount size{1.0, 1.0, 1.0};
        for (const auto& line : out_.lines) {
            const auto& cell = line.by_carrier[column];
            size.physical = std::max(size.physical, std::abs(cell.physical));
            size.calorific = std::max(size.calorific, std::abs(cell.calorific));
            size.equivalent = std::max(size.equivalent, std::abs(cell.equivalent));
        }
        return size;
    }

    static constexpr double rounding = 1e-10;
    const EnergyWalk& walk_;
    const RestOfEnergy& rest_;
    const model::Scenario& scenario_;
    const system::System& system_;
    const system::Solution& solution_;
    std::size_t not_split_; ///< column
    EnergyBalance out_;
    std::size_t available_ = 0;
    std::size_t primary_ = 0;
    std::size_t brought_in_ = 0;
    std::size_t sent_out_ = 0;
    std::size_t transformed_ = 0;
    std::size_t first_transformation_ = 0;
    std::size_t recovered_ = 0;
    std::size_t losses_ = 0;
    std::size_t networks_ = 0;
    std::size_t flared_ = 0;
    std::size_t final_ = 0;
    std::array<std::size_t, model::sector_count> sectors_{};
    std::size_t raw_material_ = 0;
    std::size_t not_classified_ = 0;
    std::size_t rest_not_split_ = 0;
    std::size_t difference_ = 0;
    std::size_t consumption_ = 0;
};

} // namespace

const EnergyLine& EnergyBalance::line(std::string_view id) const {
    const auto found =
        std::find_if(lines.begin(), lines.end(), [&](const auto& one) { return one.id == id; });
    CHAINSIM_EXPECT(found != lines.end(),
                    "the energy balance has no line '" + std::string(id) + "'");
    return *found;
}

EnergyStatement energy_statement(const model::Scenario& scenario, const system::System& system,
                                 const system::Solution& solution) {
    EnergyStatement out;
    if (scenario.model.energy_carriers.empty()) {
        return out;
    }
    const EnergyWalk walk(scenario, system, solution);
    const RestOfEnergy rest(scenario, system.year);
    out.balance = Balance(walk, rest, scenario, system, solution).build();
    out.bridge = detail::energy_bridge(walk, rest, scenario, system, solution);
    out.facilities = detail::facility_energies(walk, scenario, system, solution);
    return out;
}

} // namespace chainsim::accounts
