#include "support/dispatch_builder.hpp"

#include <chainsim/base/error.hpp>

#include <Eigen/SparseCore>

#include <algorithm>
#include <utility>

namespace chainsim::test {

namespace {

int position(const std::vector<std::string>& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    CHAINSIM_EXPECT(found != names.end(), "the chain has no '" + name + "'");
    return static_cast<int>(found - names.begin());
}

std::vector<std::string> sorted_names(const std::vector<std::string>& names,
                                      const std::vector<int>& chosen) {
    std::vector<std::string> result;
    for (const int i : chosen) {
        result.push_back(names.at(static_cast<std::size_t>(i)));
    }
    std::sort(result.begin(), result.end());
    return result;
}

} // namespace

// What was solved.

DispatchRun::DispatchRun(std::vector<std::string> facilities, std::vector<std::string> commodities,
                         system::Solution solution)
    : facilities_(std::move(facilities)), commodities_(std::move(commodities)),
      solution_(std::move(solution)) {}

int DispatchRun::column(const std::string& facility) const {
    return position(facilities_, facility);
}
int DispatchRun::row(const std::string& commodity) const {
    return position(commodities_, commodity);
}
double DispatchRun::activity(const std::string& facility) const {
    return solution_.activity[column(facility)];
}
system::BindingKind DispatchRun::binding(const std::string& facility) const {
    return solution_.binding.at(static_cast<std::size_t>(column(facility))).kind;
}
std::string DispatchRun::binding_commodity(const std::string& facility) const {
    const int r = solution_.binding.at(static_cast<std::size_t>(column(facility))).row;
    return r < 0 ? std::string() : commodities_.at(static_cast<std::size_t>(r));
}
double DispatchRun::bought(const std::string& commodity) const {
    return solution_.bought[row(commodity)];
}
double DispatchRun::sold(const std::string& commodity) const {
    return solution_.sold[row(commodity)];
}
double DispatchRun::disposed(const std::string& commodity) const {
    return solution_.disposed[row(commodity)];
}
double DispatchRun::shortage(const std::string& commodity) const {
    return solution_.shortage[row(commodity)];
}
std::vector<std::string> DispatchRun::blamed_facilities() const {
    return sorted_names(facilities_, solution_.culprit_columns);
}
std::vector<std::string> DispatchRun::blamed_commodities() const {
    return sorted_names(commodities_, solution_.culprit_rows);
}

// Chains by name.

DispatchBuilder& DispatchBuilder::at_capacity(const std::string& facility, double capacity,
                                              std::vector<Entry> entries) {
    return add(facility, system::ColumnDriver::at_capacity, capacity, std::move(entries));
}
DispatchBuilder& DispatchBuilder::on_supply(const std::string& facility, double capacity,
                                            std::vector<Entry> entries) {
    return add(facility, system::ColumnDriver::on_supply, capacity, std::move(entries));
}
DispatchBuilder& DispatchBuilder::on_demand(const std::string& facility, double capacity,
                                            std::vector<Entry> entries) {
    return add(facility, system::ColumnDriver::on_demand, capacity, std::move(entries));
}

DispatchBuilder& DispatchBuilder::add(const std::string& facility, system::ColumnDriver driver,
                                      double capacity, std::vector<Entry> entries) {
    for (const auto& entry : entries) {
        row(entry.commodity);
    }
    columns_.push_back({facility, driver, capacity, std::move(entries)});
    return *this;
}

DispatchBuilder& DispatchBuilder::trade(const std::string& commodity, Trading trading) {
    trading_[static_cast<std::size_t>(row(commodity))] = trading;
    return *this;
}

int DispatchBuilder::row(const std::string& commodity) {
    const auto found = std::find(commodities_.begin(), commodities_.end(), commodity);
    if (found != commodities_.end()) {
        return static_cast<int>(found - commodities_.begin());
    }
    commodities_.push_back(commodity);
    trading_.emplace_back();
    return static_cast<int>(commodities_.size()) - 1;
}

system::Equations DispatchBuilder::equations() const {
    const int columns = static_cast<int>(columns_.size());
    const int rows = static_cast<int>(commodities_.size());
    system::Equations q;
    q.capacity.resize(columns);
    q.net.resize(rows, columns);
    std::vector<Eigen::Triplet<double>> amounts;
    std::vector<char> made(commodities_.size(), 0);
    for (int f = 0; f < columns; ++f) {
        const auto& column = columns_[static_cast<std::size_t>(f)];
        q.capacity[f] = column.capacity;
        q.driver.push_back(column.driver);
        q.product.push_back(position(commodities_, column.entries.front().commodity));
        q.feed.push_back(-1);
        for (const auto& entry : column.entries) {
            const int r = position(commodities_, entry.commodity);
            amounts.emplace_back(r, f, entry.amount);
            if (entry.amount > 0.0) {
                made[static_cast<std::size_t>(r)] = 1;
            } else if (column.driver == system::ColumnDriver::on_supply && q.feed.back() < 0) {
                q.feed.back() = r;
            }
        }
    }
    q.net.setFromTriplets(amounts.begin(), amounts.end());
    q.net.makeCompressed();
    for (int f = 0; f < columns; ++f) {
        for (int e = q.net.outerIndexPtr()[f]; e < q.net.outerIndexPtr()[f + 1]; ++e) {
            const auto& name = commodities_[static_cast<std::size_t>(q.net.innerIndexPtr()[e])];
            const auto& entries = columns_[static_cast<std::size_t>(f)].entries;
            q.priority.push_back(std::find_if(entries.begin(), entries.end(), [&](const auto& one) {
                                     return one.commodity == name;
                                 })->priority);
        }
    }
    q.demand.resize(rows);
    q.buy_limit.resize(rows);
    q.sell_limit.resize(rows);
    for (int r = 0; r < rows; ++r) {
        const auto at = static_cast<std::size_t>(r);
        const Trading trading = trading_[at].value_or(Trading{});
        q.demand[r] = trading.demand;
        q.buy_limit[r] = trading.buy.value_or(made[at] != 0 ? 0.0 : system::unlimited);
        q.sell_limit[r] = trading.sell.value_or(made[at] != 0 ? system::unlimited : 0.0);
        q.sink.push_back(trading.sink ? 1 : 0);
        q.buy_first.push_back(trading.buy_first ? 1 : 0);
    }
    return q;
}

DispatchRun DispatchBuilder::solve() const {
    const auto q = equations();
    return named(solve::Dispatch(q).solve());
}

DispatchRun DispatchBuilder::solve_from(const solve::Start& start) const {
    const auto q = equations();
    return named(solve::Dispatch(q).solve_from(start));
}

DispatchRun DispatchBuilder::named(system::Solution solution) const {
    std::vector<std::string> facilities;
    for (const auto& column : columns_) {
        facilities.push_back(column.name);
    }
    return {facilities, commodities_, std::move(solution)};
}

// Random models.

Random::Random(unsigned seed) : state_(seed) {}

double Random::between(double low, double high) {
    // SplitMix64: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators.
    state_ += 0x9E3779B97F4A7C15ULL;
    unsigned long long z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    z ^= z >> 31U;
    constexpr double two_to_53 = 9007199254740992.0;
    return low + (high - low) * (static_cast<double>(z >> 11U) / two_to_53);
}

int Random::below(int bound) { return static_cast<int>(between(0.0, static_cast<double>(bound))); }

std::vector<int> Random::permutation(int size) {
    std::vector<int> result;
    for (int i = 0; i < size; ++i) {
        result.insert(result.begin() + below(i + 1), i);
    }
    return result;
}

namespace {

/// The columns of a random model: each makes one commodity from such as stand before it.
struct RandomColumns {
    const RandomModel& model;
    Random& random;
    system::Equations& q;
    std::vector<Eigen::Triplet<double>> amounts;
    std::vector<char> made;

    void add(int f) {
        const int products = model.commodities - model.raw_materials;
        // Every commodity has a maker as long as there are facilities enough.
        const int product = model.raw_materials + (f < products ? f : random.below(products));
        std::vector<char> used(static_cast<std::size_t>(model.commodities), 0);
        const auto free_row = [&](int row) { return used[static_cast<std::size_t>(row)] == 0; };
        const auto put = [&](int row, double amount) {
            used[static_cast<std::size_t>(row)] = 1;
            amounts.emplace_back(row, f, amount);
        };
        put(product, 1.0);
        made[static_cast<std::size_t>(product)] = 1;
        int feed = -1;
        for (int k = 1 + random.below(3); k > 0; --k) {
            const bool backward = random.chance(model.backward_input);
            const int row = backward ? random.below(model.commodities) : random.below(product);
            if (free_row(row)) {
                // Loops are kept productive: what comes from further down is a small input.
                put(row, -(row > product ? random.between(0.01, 0.2) : random.between(0.2, 1.3)));
                feed = feed < 0 ? row : feed;
            }
        }
        if (random.chance(model.byproduct)) {
            const int row = model.raw_materials + random.below(products);
            if (free_row(row)) {
                put(row, random.between(0.05, 0.4));
                made[static_cast<std::size_t>(row)] = 1;
            }
        }
        q.product.push_back(product);
        q.capacity[f] = random.between(10.0, 100.0);
        const double draw = random.between(0.0, 1.0);
        const bool on_supply =
            draw >= model.at_capacity && draw < model.at_capacity + model.on_supply && feed >= 0;
        q.driver.push_back(draw < model.at_capacity ? system::ColumnDriver::at_capacity
                           : on_supply              ? system::ColumnDriver::on_supply
                                                    : system::ColumnDriver::on_demand);
        q.feed.push_back(on_supply ? feed : -1);
    }
};

} // namespace

system::Equations random_equations(const RandomModel& model, unsigned seed) {
    Random random(seed);
    system::Equations q;
    q.capacity.resize(model.facilities);
    const auto rows = static_cast<std::size_t>(model.commodities);
    RandomColumns columns{model, random, q, {}, std::vector<char>(rows, 0)};
    for (int f = 0; f < model.facilities; ++f) {
        columns.add(f);
    }
    q.net.resize(model.commodities, model.facilities);
    q.net.setFromTriplets(columns.amounts.begin(), columns.amounts.end());
    q.net.makeCompressed();
    for (int f = 0; f < model.facilities; ++f) {
        const int priority = 1 + random.below(model.classes);
        for (int e = q.net.outerIndexPtr()[f]; e < q.net.outerIndexPtr()[f + 1]; ++e) {
            q.priority.push_back(priority);
        }
    }
    q.demand = Eigen::VectorXd::Zero(model.commodities);
    q.buy_limit = Eigen::VectorXd::Zero(model.commodities);
    q.sell_limit = Eigen::VectorXd::Zero(model.commodities);
    q.sink.assign(rows, 0);
    q.buy_first.assign(rows, 0);
    for (int r = 0; r < model.commodities; ++r) {
        const auto at = static_cast<std::size_t>(r);
        if (columns.made[at] == 0) {
            q.buy_limit[r] = system::unlimited;
            continue;
        }
        if (random.chance(model.purchase)) {
            q.buy_limit[r] = random.chance(0.5) ? random.between(5.0, 50.0) : system::unlimited;
            q.buy_first[at] = random.chance(model.buy_first) ? 1 : 0;
        }
        const double market = random.between(0.0, 1.0);
        if (market < model.open_sale) {
            q.sell_limit[r] = system::unlimited;
        } else if (market < model.open_sale + model.finite_sale) {
            q.sell_limit[r] = random.between(1.0, 40.0);
        }
        q.sink[at] = random.chance(model.sink) ? 1 : 0;
        q.demand[r] = random.chance(model.demand) ? random.between(0.0, 3.0) : 0.0;
    }
    return q;
}

} // namespace chainsim::test
