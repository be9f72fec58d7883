#include <chainsim/accounts/plant_money.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/footprint/supply.hpp>

#include <algorithm>
#include <cstddef>

namespace chainsim::footprint {

namespace {

struct Made {
    int row = 0;
    double amount = 0.0;  ///< per unit of activity
    bool carries = false; ///< no waste and no emission: it may carry burdens
};

struct Plant {
    std::vector<Made> makes;
    std::vector<std::pair<int, double>> takes; ///< per unit of activity
    std::vector<double> keys;                  ///< by position in `makes`
    double sum = 0.0;                          ///< of key, amount and used share
};

class SupplyMaker {
public:
    SupplyMaker(const model::Scenario& scenario, const system::System& system,
                const system::Solution& solution, const Burdens& burdens, Allocation allocation)
        : scenario_(scenario), system_(system), solution_(solution), burdens_(burdens),
          allocation_(allocation), dealings_(accounts::dealings(scenario, system.year)) {
        find_plants();
        find_used();
        for (std::size_t f = 0; f < plants_.size(); ++f) {
            find_keys(static_cast<int>(f));
        }
    }

    std::vector<Remark> remarks;

    /// Whoever could supply a row, with the amounts of the year as shares, not yet of one.
    std::vector<Supplier> possible(int row) {
        std::vector<Supplier> out;
        for (std::size_t f = 0; f < plants_.size(); ++f) {
            const auto& makes = plants_[f].makes;
            const auto made = std::find_if(makes.begin(), makes.end(),
                                           [row](const Made& one) { return one.row == row; });
            const auto column = static_cast<int>(f);
            if (made == makes.end() || (is_substituted() && !is_product(column, row))) {
                continue;
            }
            auto& one =
                out.emplace_back(is_substituted() ? whole(column, *made) : part(column, *made));
            one.share = made->amount * solution_.activity[column];
        }
        const bool is_on_offer = system_.equations.buy_limit[row] > 0.0;
        const auto id = system_.layout.rows[static_cast<std::size_t>(row)];
        if (is_on_offer || dealings_[id.value].bought.value() > 0.0) {
            auto& one = out.emplace_back();
            one.is_without_offer = !is_on_offer;
            one.share = solution_.bought[row];
            const double used = used_of(row);
            one.burden =
                (burdens_.bought.col(row) + (1.0 - used) * burdens_.disposed.col(row)) / used;
        }
        return out;
    }

    /// What plants take, per unit of activity, of which nobody uses what they make.
    [[nodiscard]] std::vector<Supplier> unassigned() const {
        std::vector<Supplier> out;
        for (std::size_t f = 0; f < plants_.size() && !is_substituted(); ++f) {
            const auto column = static_cast<int>(f);
            const auto& plant = plants_[f];
            const bool is_for_nobody =
                plant.sum <= 0.0 ||
                std::none_of(plant.makes.begin(), plant.makes.end(), [&](const Made& one) {
                    return one.carries && is_used(one.row) > 0.0;
                });
            if (is_for_nobody && solution_.activity[column] > 0.0) {
                out.push_back(supplier(column, 1.0));
            }
        }
        return out;
    }

    /// Those of them who supply it, by their shares.
    std::vector<Supplier> chosen(int row, const std::vector<Supplier>& possible) {
        std::vector<Supplier> out;
        double sum = 0.0;
        for (const auto& one : possible) {
            if (one.share > 0.0) {
                out.push_back(one);
                sum += one.share;
            }
        }
        if (out.empty()) {
            const auto bought = std::find_if(possible.begin(), possible.end(), [](const auto& one) {
                return one.column == Supplier::bought && !one.is_without_offer;
            });
            if (bought != possible.end()) {
                out.push_back(*bought);
            } else {
                std::copy_if(possible.begin(), possible.end(), std::back_inserter(out),
                             [](const auto& one) { return !one.is_without_offer; });
            }
            for (auto& one : out) {
                one.share = 1.0;
            }
            sum = static_cast<double>(out.size());
        }
        for (auto& one : out) {
            one.share /= sum;
        }
        if (out.empty() && carries_[static_cast<std::size_t>(row)] != 0) {
            remarks.push_back({Remark::Kind::no_supplier, -1, row, allocation_});
        }
        return out;
    }

private:
    [[nodiscard]] bool is_substituted() const { return allocation_ == Allocation::substitution; }
    [[nodiscard]] bool is_product(int column, int row) const {
        return system_.equations.product[static_cast<std::size_t>(column)] == row;
    }
    [[nodiscard]] const model::Commodity& commodity(int row) const {
        return scenario_.model.commodities[system_.layout.rows[static_cast<std::size_t>(row)]];
    }
    /// Of what is there of a commodity, the share that is used; all of it where nothing is.
    [[nodiscard]] double used_of(int row) const { return used_[static_cast<std::size_t>(row)]; }

    void find_plants() {
        const auto& net = system_.equations.net;
        plants_.resize(static_cast<std::size_t>(net.cols()));
        carries_.assign(static_cast<std::size_t>(net.rows()), 0);
        for (int f = 0; f < static_cast<int>(net.cols()); ++f) {
            auto& plant = plants_[static_cast<std::size_t>(f)];
            for (Eigen::SparseMatrix<double>::InnerIterator it(net, f); it; ++it) {
                const auto row = static_cast<int>(it.row());
                if (it.value() > 0.0) {
                    const bool carries = is_product(f, row) || is_wanted(f, row);
                    plant.makes.push_back({row, it.value(), carries});
                    carries_[static_cast<std::size_t>(row)] |= carries ? 1 : 0;
                } else if (it.value() < 0.0) {
                    plant.takes.emplace_back(row, -it.value());
                }
            }
        }
    }

    /// Whether somebody would pay for it, or needs it within: no waste, and nothing that is free.
    [[nodiscard]] bool is_wanted(int column, int row) const {
        const auto trade = commodity(row).trade;
        const auto& flows = system_.flows[static_cast<std::size_t>(column)];
        return trade != model::Trade::waste && trade != model::Trade::free &&
               std::none_of(flows.begin(), flows.end(), [row](const system::GrossFlow& flow) {
                   return flow.row == row && flow.amount.value() > 0.0 &&
                          (flow.kind == model::FlowKind::waste ||
                           flow.kind == model::FlowKind::emission);
               });
    }

    void find_used() {
        Eigen::VectorXd there = solution_.bought;
        for (std::size_t f = 0; f < plants_.size(); ++f) {
            for (const auto& made : plants_[f].makes) {
                there[made.row] += made.amount * solution_.activity[static_cast<Eigen::Index>(f)];
            }
        }
        for (Eigen::Index r = 0; r < there.size(); ++r) {
            // What is thrown away to the last bit has no users, and its supply no losses.
            constexpr double nothing = 1e-9;
            const double used = there[r] > 0.0 ? 1.0 - solution_.disposed[r] / there[r] : 1.0;
            used_.push_back(used > nothing ? used : 1.0);
            is_used_.push_back(used > nothing ? 1 : 0);
        }
    }

    [[nodiscard]] double key(Allocation by, int row) const {
        const auto& one = commodity(row);
        switch (by) {
        case Allocation::mass:
            return one.mass;
        case Allocation::energy:
            return one.lhv > 0.0 ? one.lhv : std::max(0.0, one.enthalpy);
        case Allocation::carbon:
            return one.mass * one.composition[static_cast<std::size_t>(model::Element::C)];
        case Allocation::economic:
        case Allocation::substitution: {
            const auto& dealing =
                dealings_[system_.layout.rows[static_cast<std::size_t>(row)].value];
            return dealing.known ? std::max(0.0, dealing.received.value()) : 0.0;
        }
        }
        return 0.0;
    }

    void find_keys(int column) {
        if (is_substituted()) {
            return;
        }
        auto& plant = plants_[static_cast<std::size_t>(column)];
        const auto carried = std::count_if(plant.makes.begin(), plant.makes.end(),
                                           [](const Made& one) { return one.carries; });
        // Of a plant of which everything is thrown away, all that it makes is asked for.
        const bool is_wasted =
            std::none_of(plant.makes.begin(), plant.makes.end(),
                         [&](const Made& one) { return one.carries && is_used(one.row) > 0.0; });
        // What is asked for first, then what tells any two things apart.
        for (const auto by : {allocation_, Allocation::mass, Allocation::energy}) {
            plant.keys.clear();
            plant.sum = 0.0;
            for (const auto& made : plant.makes) {
                // One thing carries all, whatever it is.
                const double own = !made.carries ? 0.0 : carried == 1 ? 1.0 : key(by, made.row);
                plant.keys.push_back(own);
                plant.sum +=
                    own * made.amount * used_of(made.row) * (is_wasted ? 1.0 : is_used(made.row));
                if (by == allocation_ && by == Allocation::economic && carried > 1) {
                    note_price(made);
                }
            }
            if (plant.sum > 0.0) {
                if (by != allocation_) {
                    remarks.push_back({Remark::Kind::other_key, column, -1, by});
                }
                return;
            }
        }
    }

    [[nodiscard]] double is_used(int row) const {
        return static_cast<double>(is_used_[static_cast<std::size_t>(row)]);
    }

    void note_price(const Made& made) {
        const auto& dealing =
            dealings_[system_.layout.rows[static_cast<std::size_t>(made.row)].value];
        const bool is_noted = std::any_of(remarks.begin(), remarks.end(), [&](const Remark& one) {
            return one.kind == Remark::Kind::no_price && one.row == made.row;
        });
        if (made.carries && !dealing.known && !is_noted) {
            remarks.push_back({Remark::Kind::no_price, -1, made.row, allocation_});
        }
    }

    /// What a plant brings by itself, with what it throws away.
    [[nodiscard]] Eigen::VectorXd own_burden(int column) const {
        Eigen::VectorXd out = burdens_.direct.col(column);
        for (const auto& made : plants_[static_cast<std::size_t>(column)].makes) {
            const double lost = is_used(made.row) > 0.0 ? 1.0 - used_of(made.row) : 1.0;
            out += made.amount * lost * burdens_.disposed.col(made.row);
        }
        return out;
    }

    /// A unit of one of the things that a plant makes, with its part of what the plant takes.
    [[nodiscard]] Supplier part(int column, const Made& made) const {
        const auto& plant = plants_[static_cast<std::size_t>(column)];
        const auto place = static_cast<std::size_t>(&made - plant.makes.data());
        return supplier(column, plant.sum > 0.0 ? plant.keys[place] / plant.sum : 0.0);
    }

    /// A unit of the product of a plant, with all that the plant takes, less what its coproducts
    /// replace.
    [[nodiscard]] Supplier whole(int column, const Made& made) const {
        auto out = supplier(column, 1.0 / (made.amount * used_of(made.row)));
        for (const auto& other : plants_[static_cast<std::size_t>(column)].makes) {
            if (other.row != made.row && is_used(other.row) > 0.0) {
                out.takes.emplace_back(other.row,
                                       -out.activity * other.amount * used_of(other.row));
            }
        }
        return out;
    }

    [[nodiscard]] Supplier supplier(int column, double activity) const {
        Supplier out;
        out.column = column;
        out.activity = activity;
        out.burden = activity * own_burden(column);
        for (const auto& [row, amount] : plants_[static_cast<std::size_t>(column)].takes) {
            out.takes.emplace_back(row, activity * amount);
        }
        return out;
    }

    const model::Scenario& scenario_;
    const system::System& system_;
    const system::Solution& solution_;
    const Burdens& burdens_;
    Allocation allocation_;
    std::vector<accounts::Dealing> dealings_;
    std::vector<Plant> plants_; ///< by column
    std::vector<char> carries_; ///< by row: somebody makes it as more than waste
    std::vector<double> used_;  ///< by row
    std::vector<char> is_used_; ///< by row
};

} // namespace

Supply::Supply(const model::Scenario& scenario, const system::System& system,
               const system::Solution& solution, const Burdens& burdens, Allocation allocation) {
    SupplyMaker maker(scenario, system, solution, burdens, allocation);
    for (int row = 0; row < system.equations.rows(); ++row) {
        possible_.push_back(maker.possible(row));
        suppliers_.push_back(maker.chosen(row, possible_.back()));
    }
    unassigned_ = maker.unassigned();
    remarks_ = std::move(maker.remarks);
}

bool Supply::can_supply(int row, int column) const {
    const auto& all = possible_[static_cast<std::size_t>(row)];
    return std::any_of(all.begin(), all.end(),
                       [column](const Supplier& one) { return one.column == column; });
}

void Supply::leave_only(int row, int column) {
    const auto& all = possible_[static_cast<std::size_t>(row)];
    const auto found = std::find_if(all.begin(), all.end(),
                                    [column](const Supplier& one) { return one.column == column; });
    CHAINSIM_EXPECT(found != all.end(), "who is left can supply the commodity");
    auto& left = suppliers_[static_cast<std::size_t>(row)];
    left = {*found};
    left.front().share = 1.0;
}

} // namespace chainsim::footprint
