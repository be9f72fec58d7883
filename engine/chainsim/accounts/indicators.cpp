#include <chainsim/accounts/indicators.hpp>
#include <chainsim/base/error.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace chainsim::accounts {

namespace {

using model::Commodity;
using model::Confidence;

constexpr double co2_per_carbon = 44.0095 / 12.0107; // IUPAC 2007 atomic masses
constexpr double kgce_per_tce = 1000.0;

Confidence weaker(Confidence a, Confidence b) { return std::max(a, b); }

/// A price, factor or other figure of a year with how sure it is.
struct Figure {
    double value = 0.0;
    Confidence confidence = Confidence::known;
};

/// Collects the rows. Columns are counted as in `system::Indicators`.
class Book {
public:
    Book(const model::Scenario& scenario, system::System& system)
        : scenario_(scenario), library_(scenario.model), system_(system),
          columns_(system.equations.columns()), rows_(system.equations.rows()) {}

    void fill() {
        find_figures();
        energy();
        carbon();
        water();
        money();
        chain();
        finish();
    }

private:
    // ---- columns and figures -----------------------------------------------------------------

    [[nodiscard]] int buy(int r) const { return columns_ + r; }
    [[nodiscard]] int sell(int r) const { return columns_ + rows_ + r; }
    [[nodiscard]] int dispose(int r) const { return columns_ + 2 * rows_ + r; }
    [[nodiscard]] int demand(int r) const { return columns_ + 3 * rows_ + r; }

    [[nodiscard]] const Commodity& commodity(int r) const {
        return library_.commodities[system_.layout.rows[static_cast<std::size_t>(r)]];
    }
    [[nodiscard]] int row_of(std::string_view id) const {
        const auto found = library_.commodities.find(id);
        return found ? system_.layout.row_of[found->value] : -1;
    }
    [[nodiscard]] const model::Process& process(int f) const {
        const auto facility = system_.layout.columns[static_cast<std::size_t>(f)];
        return library_.processes[scenario_.facilities[facility].process];
    }
    [[nodiscard]] const std::vector<system::GrossFlow>& flows(int f) const {
        return system_.flows[static_cast<std::size_t>(f)];
    }

    /// A factor of the library; without it, the indicators that need it are left out.
    [[nodiscard]] std::optional<Figure> factor(std::string_view id, std::string_view unit) const {
        if (!library_.factors.contains(id)) {
            return std::nullopt;
        }
        const auto& path = library_.factors.at(id).path;
        return Figure{path.at(system_.year).in(unit),
                      path.ruling(system_.year).provenance.confidence};
    }
    [[nodiscard]] bool uses_power() const {
        for (int r = 0; r < rows_; ++r) {
            if (is_power(r)) {
                return true;
            }
        }
        return false;
    }

    /// Without VAT, CNY per unit of account.
    [[nodiscard]] Figure price_in(int r, int year) const {
        const auto& one = commodity(r);
        const bool valued =
            one.trade == model::Trade::market || one.trade == model::Trade::internal;
        if (!valued || !library_.prices.contains(one.id)) {
            return {};
        }
        const auto& price = library_.prices.at(one.id);
        return {price.without_vat(year, one.unit), price.path.ruling(year).provenance.confidence};
    }

    void find_figures() {
        prices_.resize(static_cast<std::size_t>(rows_));
        base_buy_prices_ = base_sell_prices_ = buy_prices_ = sell_prices_ = disposal_ = prices_;
        coal_.resize(static_cast<std::size_t>(rows_));
        for (int r = 0; r < rows_; ++r) {
            const auto row = static_cast<std::size_t>(r);
            prices_[row] = buy_prices_[row] = sell_prices_[row] = price_in(r, system_.year);
            base_buy_prices_[row] = base_sell_prices_[row] =
                price_in(r, scenario_.region.base_year);
            const auto& one = commodity(r);
            if (one.disposal_cost) {
                disposal_[row] = {
                    one.disposal_cost->value.in(units::Unit::parse("CNY").per(one.unit)),
                    one.disposal_cost->provenance.confidence};
            }
            if (one.energy_product && one.standard_coal) {
                coal_[row] = {
                    one.standard_coal->value.in(units::Unit::parse("kgce").per(one.unit)) /
                        kgce_per_tce,
                    one.standard_coal->provenance.confidence};
            }
        }
        for (const auto& market : scenario_.markets) {
            const int r = system_.layout.row_of[market.commodity.value];
            const auto unit = units::Unit::parse("CNY").per(commodity(r).unit);
            const auto own = [&](const std::optional<model::MarketSide>& side, int year,
                                 Figure& figure) {
                if (side && side->price) {
                    figure = {side->price->at(year).in(unit),
                              side->price->ruling(year).provenance.confidence};
                }
            };
            const auto row = static_cast<std::size_t>(r);
            own(market.buy, system_.year, buy_prices_[row]);
            own(market.sell, system_.year, sell_prices_[row]);
            own(market.buy, scenario_.region.base_year, base_buy_prices_[row]);
            own(market.sell, scenario_.region.base_year, base_sell_prices_[row]);
        }
    }

    // ---- rows --------------------------------------------------------------------------------

    int open(std::string id, std::string zh, std::string en, std::string unit) {
        info_.push_back({std::move(id), {std::move(zh), std::move(en)}, std::move(unit)});
        constants_.push_back(0.0);
        constant_confidence_.push_back(Confidence::seed);
        evidence_.push_back(static_cast<int>(info_.size()) - 1);
        return static_cast<int>(info_.size()) - 1;
    }
    void add(int row, int column, double weight, Confidence confidence) {
        if (weight != 0.0) {
            terms_.push_back({row, column, weight, confidence});
        }
    }
    /// A row reached by a second way, for the check of the first; `evidence` tells which of the two
    /// goes down to the single flow.
    int second_way(int first, bool evidence) {
        const std::string id = info_[static_cast<std::size_t>(first)].id;
        const int row = open(id + ".second", "", "", "");
        agreements_.push_back({id, first, row});
        if (evidence) {
            evidence_[static_cast<std::size_t>(first)] = row;
        }
        hidden_.push_back(row);
        return row;
    }
    int hidden(std::string id) {
        const int row = open(std::move(id), "", "", "");
        hidden_.push_back(row);
        return row;
    }

    [[nodiscard]] bool is_primary(int f, int r) const {
        const auto& primary = process(f).primary_energy;
        return std::any_of(primary.begin(), primary.end(),
                           [&](auto index) { return system_.layout.row_of[index.value] == r; });
    }

    /// Electricity of any origin: what is counted in MWh.
    [[nodiscard]] bool is_power(int r) const {
        return commodity(r).phase == model::Phase::energy && commodity(r).unit.text() == "MWh";
    }

    /// Adds what lies outside the plants to a row, as the region states it.
    void add_rest(int row, const std::string& key, std::string_view unit) {
        const auto found = scenario_.region.rest_of_economy.find(key);
        if (found == scenario_.region.rest_of_economy.end()) {
            return;
        }
        const auto amount = found->second.at(system_.year);
        const auto wanted = units::Unit::parse(unit);
        const auto at = static_cast<std::size_t>(row);
        constants_[at] = amount.unit().is_convertible_to(wanted)
                             ? amount.in(wanted)
                             : amount.in(wanted.per(units::Unit::parse("a")));
        constant_confidence_[at] = found->second.ruling(system_.year).provenance.confidence;
    }

    /// Energy consumption of the district: what comes in or out of the ground, less what leaves
    /// (GB/T 2589-2020; PLANNER, "Energy"). Second way: what each facility takes in, less what it
    /// passes on. In equivalent value, power brought in or made from primary energy counts at the
    /// coal it would have taken.
    void energy() {
        energy_in("energy_total_calorific",
                  {"能源消费总量(当量值)", "energy consumption, calorific value"},
                  "energy_calorific", Figure{0.0, Confidence::seed}, false);
        const auto k = factor("electricity_equivalent", "tce/MWh");
        if (k || !uses_power()) {
            energy_in("energy_total_equivalent",
                      {"能源消费总量(等价值)", "energy consumption, equivalent value"},
                      "energy_equivalent", k.value_or(Figure{}), true);
        }
    }

    void energy_in(const std::string& id, const model::Name& name, const std::string& rest_key,
                   const Figure& k, bool equivalent) {
        const int total = open(id, name.zh, name.en, "tce");
        const int second = second_way(total, true);
        add_rest(total, rest_key, "tce");
        add_rest(second, rest_key, "tce");
        const auto lift_of = [&](int r) {
            return equivalent && is_power(r) ? k.value - coal_[static_cast<std::size_t>(r)].value
                                             : 0.0;
        };
        for (int r = 0; r < rows_; ++r) {
            const auto& c = coal_[static_cast<std::size_t>(r)];
            const double lift = lift_of(r);
            const auto sure = lift != 0.0 ? weaker(c.confidence, k.confidence) : c.confidence;
            add(total, buy(r), c.value + lift, sure);
            add(total, sell(r), -(c.value + lift), sure);
            add(second, buy(r), lift, k.confidence);
            add(second, sell(r), -lift, k.confidence);
            add(second, dispose(r), c.value, c.confidence);
            add(second, demand(r), c.value, c.confidence);
        }
        for (int f = 0; f < columns_; ++f) {
            for (const auto& flow : flows(f)) {
                const auto& c = coal_[static_cast<std::size_t>(flow.row)];
                const auto sure = weaker(flow.confidence, c.confidence);
                if (flow.amount > 0.0 && is_primary(f, flow.row)) {
                    const double lift = lift_of(flow.row);
                    add(total, f, flow.amount * (c.value + lift), sure);
                    add(second, f, flow.amount * lift, weaker(sure, k.confidence));
                } else {
                    add(second, f, -flow.amount * c.value, sure);
                }
            }
        }
    }

    /// CO2 of fuels and flares, of processes, and of power bought net of power sold. A recipe's CO2
    /// comes from its own carbon balance; the part its fuels can account for is fuel.
    void carbon() {
        const int fuel = open("co2_fuel", "燃料燃烧CO2", "CO2 of fuels", "t");
        const int made = open("co2_process", "工业过程CO2", "CO2 of processes", "t");
        const auto grid = factor("grid_co2", "t/MWh");
        const bool whole = grid || !uses_power();
        const int power =
            whole ? open("co2_power", "净购入电力CO2", "CO2 of purchased power", "t") : -1;
        const int total =
            whole ? open("co2_total", "CO2排放总量", "CO2, total", "t") : hidden("co2_direct");
        const int second = second_way(total, false);
        add_rest(total, "co2", "t");
        add_rest(second, "co2", "t");
        const auto both = [&](int row, int column, double weight, Confidence sure) {
            add(row, column, weight, sure);
            add(total, column, weight, sure);
        };
        const int co2 = row_of("carbon_dioxide");
        for (int f = 0; f < columns_; ++f) {
            double burnt = 0.0;
            double released = 0.0;
            auto sure = Confidence::seed;
            for (const auto& flow : flows(f)) {
                if (flow.kind == model::FlowKind::fuel) {
                    const auto& one = commodity(flow.row);
                    burnt -= flow.amount * one.mass *
                             one.composition[static_cast<std::size_t>(model::Element::C)] *
                             co2_per_carbon;
                    sure = weaker(sure, flow.confidence);
                } else if (flow.row == co2) {
                    released += flow.amount;
                    sure = weaker(sure, flow.confidence);
                }
            }
            const double from_fuel = std::clamp(burnt, 0.0, std::max(released, 0.0));
            both(fuel, f, from_fuel, sure);
            both(made, f, released - from_fuel, sure);
        }
        for (int r = 0; r < rows_; ++r) {
            const auto& one = commodity(r);
            if (one.sink == model::Sink::flare) {
                const double flared = one.mass *
                                      one.composition[static_cast<std::size_t>(model::Element::C)] *
                                      co2_per_carbon;
                both(fuel, dispose(r), flared, Confidence::known);
                add(second, dispose(r), flared, Confidence::known);
            }
            if (grid && is_power(r)) {
                for (const auto& [column, sign] :
                     {std::pair(buy(r), 1.0), std::pair(sell(r), -1.0)}) {
                    both(power, column, sign * grid->value, grid->confidence);
                    add(second, column, sign * grid->value, grid->confidence);
                }
            }
            if (r == co2) { // what no one took up left by the stack
                for (const auto& [column, sign] :
                     {std::pair(dispose(r), 1.0), std::pair(sell(r), 1.0),
                      std::pair(demand(r), 1.0), std::pair(buy(r), -1.0)}) {
                    add(second, column, sign, Confidence::known);
                }
            }
        }
    }

    /// Fresh water used by all facilities; second way: what the works supply.
    void water() {
        const int r = row_of("fresh_water");
        if (r < 0) {
            return;
        }
        const int use = open("fresh_water", "新鲜水用量", "fresh water", "m3");
        const int second = second_way(use, false);
        for (int f = 0; f < columns_; ++f) {
            for (const auto& flow : flows(f)) {
                if (flow.row == r) {
                    add(flow.amount < 0.0 ? use : second, f, std::abs(flow.amount),
                        flow.confidence);
                }
            }
        }
        add(use, demand(r), 1.0, Confidence::known);
        add(second, buy(r), 1.0, Confidence::known);
        add(second, sell(r), -1.0, Confidence::known);
        add(second, dispose(r), -1.0, Confidence::known);
    }

    /// Sales across the boundary, and value added: sales less purchases and disposal. Second way:
    /// the margins of all facilities at market prices, and what trade gains or loses on them.
    void money() {
        const int revenue = open("revenue", "销售收入(区外)", "sales across the boundary", "CNY");
        const int added =
            open("value_added", "工业增加值(模型内)", "value added of the plants", "CNY");
        const int gdp = open("gdp", "地区生产总值(基年价)", "GDP at base-year prices", "CNY");
        const int second = second_way(added, true);
        add_rest(gdp, "gdp", "CNY");
        for (int r = 0; r < rows_; ++r) {
            const auto row = static_cast<std::size_t>(r);
            const auto& p = prices_[row];
            const auto& in = buy_prices_[row];
            const auto& out = sell_prices_[row];
            const auto& waste = disposal_[row];
            add(revenue, sell(r), out.value, out.confidence);
            add(revenue, demand(r), out.value, out.confidence);
            add(added, sell(r), out.value, out.confidence);
            add(added, demand(r), out.value, out.confidence);
            add(added, buy(r), -in.value, in.confidence);
            add(added, dispose(r), -waste.value, waste.confidence);
            add(second, sell(r), out.value - p.value, out.confidence);
            add(second, demand(r), out.value - p.value, out.confidence);
            add(second, buy(r), p.value - in.value, in.confidence);
            add(second, dispose(r), -waste.value - p.value, waste.confidence);
            const auto& base_in = base_buy_prices_[row];
            const auto& base_out = base_sell_prices_[row];
            add(gdp, sell(r), base_out.value, base_out.confidence);
            add(gdp, demand(r), base_out.value, base_out.confidence);
            add(gdp, buy(r), -base_in.value, base_in.confidence);
            add(gdp, dispose(r), -waste.value, waste.confidence);
        }
        evidence_[static_cast<std::size_t>(gdp)] = second;
        const int evidence = hidden("revenue.evidence");
        evidence_[static_cast<std::size_t>(revenue)] = evidence;
        for (int f = 0; f < columns_; ++f) {
            for (const auto& flow : flows(f)) {
                const auto& p = prices_[static_cast<std::size_t>(flow.row)];
                const auto sure = weaker(flow.confidence, p.confidence);
                add(second, f, flow.amount * p.value, sure);
                if (flow.amount > 0.0 && system_.equations.sell_limit[flow.row] > 0.0) {
                    add(evidence, f, flow.amount * p.value, sure);
                }
            }
        }
    }

    /// What the chains make, sell and turn into other things. The local conversion of a commodity
    /// is the share of all that is there, made or bought, that plants and people of the district
    /// use; the rest is sold away, flared or dumped.
    void chain() {
        const int mined = open("coal_mined", "原煤产量", "raw coal mined", "t");
        const int renewable = open("power_renewable", "可再生能源发电量", "renewable power", "MWh");
        std::vector<char> is_product(static_cast<std::size_t>(rows_), 0);
        std::vector<int> makes(static_cast<std::size_t>(rows_), -1);
        for (int f = 0; f < columns_; ++f) {
            for (const auto& flow : flows(f)) {
                if (flow.amount > 0.0 && flow.kind != model::FlowKind::waste &&
                    flow.kind != model::FlowKind::emission &&
                    commodity(flow.row).phase != model::Phase::service &&
                    commodity(flow.row).trade != model::Trade::waste &&
                    commodity(flow.row).trade != model::Trade::free) {
                    is_product[static_cast<std::size_t>(flow.row)] = 1;
                }
            }
        }
        const int coal = row_of("raw_coal");
        for (int r = 0; r < rows_; ++r) {
            if (is_product[static_cast<std::size_t>(r)] == 0) {
                continue;
            }
            const auto& one = commodity(r);
            const int made = open("made_" + one.id, one.name.zh + "产量", one.name.en + " made",
                                  one.unit.text());
            makes[static_cast<std::size_t>(r)] = made;
            const int sold = open("sold_" + one.id, one.name.zh + "外销量", one.name.en + " sold",
                                  one.unit.text());
            evidence_[static_cast<std::size_t>(sold)] = made;
            add(sold, sell(r), 1.0, Confidence::known);
        }
        std::vector<int> used(static_cast<std::size_t>(rows_), -1);
        for (int r = 0; r < rows_; ++r) {
            if (makes[static_cast<std::size_t>(r)] >= 0) {
                const auto& one = commodity(r);
                used[static_cast<std::size_t>(r)] = hidden("used_" + one.id);
                const int whole = hidden("used_or_sold_" + one.id);
                add(used[static_cast<std::size_t>(r)], demand(r), 1.0, Confidence::known);
                add(whole, demand(r), 1.0, Confidence::known);
                add(whole, sell(r), 1.0, Confidence::known);
                add(whole, dispose(r), 1.0, Confidence::known);
                ratios_.push_back(
                    {{"local_conversion_" + one.id,
                      {one.name.zh + "就地转化率", "local conversion of " + one.name.en},
                      "1"},
                     used[static_cast<std::size_t>(r)],
                     whole,
                     1.0});
            }
        }
        for (int f = 0; f < columns_; ++f) {
            for (const auto& flow : flows(f)) {
                const auto row = static_cast<std::size_t>(flow.row);
                if (flow.amount > 0.0 && makes[row] >= 0) {
                    add(makes[row], f, flow.amount, flow.confidence);
                } else if (flow.amount < 0.0 && used[row] >= 0) {
                    add(used[row], f, -flow.amount, flow.confidence);
                    add(used[row] + 1, f, -flow.amount, flow.confidence); // used_or_sold
                }
                if (flow.amount > 0.0 && is_primary(f, flow.row)) {
                    if (flow.row == coal) {
                        add(mined, f, flow.amount, flow.confidence);
                    } else if (is_power(flow.row)) {
                        add(renewable, f, flow.amount, flow.confidence);
                    }
                }
            }
        }
    }

    /// Shown rows by id first, hidden ones after; then the matrix.
    void finish() {
        auto& out = system_.indicators;
        std::vector<int> order;
        for (int i = 0; i < static_cast<int>(info_.size()); ++i) {
            if (std::find(hidden_.begin(), hidden_.end(), i) == hidden_.end()) {
                order.push_back(i);
            }
        }
        std::sort(order.begin(), order.end(), [&](int a, int b) {
            return info_[static_cast<std::size_t>(a)].id < info_[static_cast<std::size_t>(b)].id;
        });
        out.shown = static_cast<int>(order.size());
        order.insert(order.end(), hidden_.begin(), hidden_.end());
        std::vector<int> place(info_.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            place[static_cast<std::size_t>(order[i])] = static_cast<int>(i);
        }
        out.constant.resize(static_cast<Eigen::Index>(order.size()));
        for (std::size_t i = 0; i < order.size(); ++i) {
            const auto from = static_cast<std::size_t>(order[i]);
            out.info.push_back(info_[from]);
            out.constant[static_cast<Eigen::Index>(i)] = constants_[from];
            out.constant_confidence.push_back(constant_confidence_[from]);
            if (static_cast<int>(i) < out.shown) {
                out.evidence.push_back(place[static_cast<std::size_t>(evidence_[from])]);
            }
        }
        for (auto& term : terms_) {
            term.row = place[static_cast<std::size_t>(term.row)];
        }
        std::stable_sort(terms_.begin(), terms_.end(), [](const auto& a, const auto& b) {
            return std::pair(a.row, a.column) < std::pair(b.row, b.column);
        });
        std::vector<Eigen::Triplet<double>> entries;
        entries.reserve(terms_.size());
        for (const auto& term : terms_) {
            entries.emplace_back(term.row, term.column, term.weight);
        }
        out.weights.resize(static_cast<Eigen::Index>(order.size()), columns_ + 4 * rows_);
        out.weights.setFromTriplets(entries.begin(), entries.end());
        out.terms = std::move(terms_);
        for (auto& ratio : ratios_) {
            ratio.numerator = place[static_cast<std::size_t>(ratio.numerator)];
            ratio.denominator = place[static_cast<std::size_t>(ratio.denominator)];
        }
        out.ratios = std::move(ratios_);
        for (auto& agreement : agreements_) {
            agreement.one = place[static_cast<std::size_t>(agreement.one)];
            agreement.other = place[static_cast<std::size_t>(agreement.other)];
        }
        out.agreements = std::move(agreements_);
    }

    const model::Scenario& scenario_;
    const model::Model& library_;
    system::System& system_;
    int columns_;
    int rows_;
    std::vector<Figure> prices_, base_buy_prices_, base_sell_prices_, buy_prices_, sell_prices_,
        disposal_;
    std::vector<Figure> coal_; ///< tce per unit of account, of energy products
    std::vector<system::IndicatorInfo> info_;
    std::vector<double> constants_;
    std::vector<Confidence> constant_confidence_;
    std::vector<int> evidence_;
    std::vector<int> hidden_;
    std::vector<system::Term> terms_;
    std::vector<system::RatioInfo> ratios_;
    std::vector<system::Agreement> agreements_;
};

} // namespace

system::System compile(const model::Scenario& scenario, int year) {
    auto system = system::compile(scenario, year);
    Book(scenario, system).fill();
    return system;
}

std::vector<IndicatorValue> evaluate(const system::System& system,
                                     const system::Solution& solution) {
    const auto& indicators = system.indicators;
    const Eigen::VectorXd values = indicators.values(system.equations, solution);
    std::vector<IndicatorValue> out;
    for (int i = 0; i < indicators.shown; ++i) {
        const auto& info = indicators.info[static_cast<std::size_t>(i)];
        out.push_back({info.id, info.name, info.unit, values[i]});
    }
    for (const auto& ratio : indicators.ratios) {
        if (values[ratio.denominator] != 0.0) {
            out.push_back({ratio.info.id, ratio.info.name, ratio.info.unit,
                           ratio.factor * values[ratio.numerator] / values[ratio.denominator]});
        }
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return out;
}

} // namespace chainsim::accounts
