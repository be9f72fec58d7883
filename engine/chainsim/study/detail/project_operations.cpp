#include <chainsim/study/detail/project_operations.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsim::study::detail {

namespace {

using accounts::Operations;
using model::Commodity;
using model::Facility;
using model::Index;
using model::Rate;

constexpr double square_metres_of_mu = 10000.0 / 15.0;

} // namespace

ProjectWorld::ProjectWorld(const Run& run)
    : run_(run), assets_(accounts::plant_assets(run.scenario())) {
    for (const auto& year : run.years()) {
        auto& shares = wasted_[year.year()];
        shares.assign(run.scenario().model.commodities.size(), 0.0);
        for (const auto& balance : year.commodities()) {
            const double there = balance.produced + balance.bought;
            if (there > 0.0) {
                shares[balance.commodity.value] = std::min(1.0, balance.disposed / there);
            }
        }
    }
}

const model::Economy& ProjectWorld::economy() const {
    const auto& economy = scenario().model.economy;
    CHAINSIM_EXPECT(economy.has_value(), "projects are judged with an economy");
    return *economy;
}

const accounts::PlantAssets& ProjectWorld::assets(Index<Facility> facility) const {
    return assets_[facility.value];
}

double ProjectWorld::rate(Rate which, int year) {
    auto found = rates_.find(year);
    if (found == rates_.end()) {
        std::array<double, model::rate_kinds.size()> rates{};
        for (std::size_t i = 0; i < rates.size(); ++i) {
            rates[i] = economy().at(static_cast<Rate>(i), year);
        }
        found = rates_.emplace(year, rates).first;
    }
    return found->second[static_cast<std::size_t>(which)];
}

const std::vector<accounts::Dealing>& ProjectWorld::dealings(int year) {
    auto found = dealings_.find(year);
    if (found == dealings_.end()) {
        found = dealings_.emplace(year, accounts::dealings(scenario(), year)).first;
    }
    return found->second;
}

const YearRun& ProjectWorld::standing_for(int year) const {
    const auto& years = run_.years();
    const auto after = std::find_if(years.begin(), years.end(),
                                    [year](const YearRun& one) { return one.year() > year; });
    return after == years.begin() ? years.front() : *std::prev(after);
}

double ProjectWorld::wasted(const YearRun& year, Index<Commodity> commodity) const {
    return wasted_.at(year.year())[commodity.value];
}

ProjectOperations::ProjectOperations(ProjectWorld& world, const model::Project& project, int life)
    : world_(world), project_(project) {
    const auto& scenario = world.scenario();
    for (const auto& id : project.facilities) {
        if (const auto found = scenario.facilities.find(id)) {
            plants_.push_back(*found);
            const auto& assets = world.assets(*found);
            jobs_ += assets.jobs.value();
            land_ += assets.taxed_land.value();
            const auto own = assets.maintenance.value_or(0.0);
            own_maintenance_ += assets.investment.value() * own.value();
            maintained_ += assets.maintenance ? 0.0 : assets.investment.value();
        }
    }
    const int start = project.start.value_or(0);
    first_year_ = start - std::max(1, static_cast<int>(project.schedule.size()));
    last_year_ = start + life - 1;
    investment_ = project.capex ? project.capex->value.in("CNY") : 0.0;
    if (!project.capex) {
        note_missing("capex");
    }
    if (plants_.empty()) {
        note_missing("plants");
    } else if (world.run().years().back().year() < start) {
        note_missing("year " + std::to_string(start));
    } else {
        const int years = last_year_ - first_year_ + 1;
        flows_.reserve(static_cast<std::size_t>(years));
        for (int year = first_year_; year <= last_year_; ++year) {
            flows_.push_back(flows_in(year));
        }
        find_product();
    }
}

void ProjectOperations::note_missing(const std::string& what) {
    if (std::find(missing_.begin(), missing_.end(), what) == missing_.end()) {
        missing_.push_back(what);
    }
}

/// A plant that has not started yet in the first computed year stands in none before it; the first
/// in which it does stands for the years up to it.
ProjectOperations::Flows ProjectOperations::flows_in(int year) const {
    Flows result;
    const auto& scenario = world_.scenario();
    if (year < project_.start.value_or(year)) {
        return result;
    }
    const int start = project_.start.value_or(year);
    const YearRun* run = &world_.standing_for(year);
    for (const auto& one : world_.run().years()) {
        if (run->year() < start && one.year() >= start) {
            run = &one;
        }
    }
    const auto& system = run->system();
    for (const auto plant : plants_) {
        const auto& facility = scenario.facilities[plant];
        const auto found =
            std::find(system.layout.columns.begin(), system.layout.columns.end(), plant);
        if (found == system.layout.columns.end() || !facility.exists(year)) {
            continue;
        }
        const auto column = static_cast<std::size_t>(found - system.layout.columns.begin());
        const auto& process = scenario.model.processes[facility.process_in(run->year())];
        const auto& unit = scenario.model.commodities[process.product].unit;
        const double there = facility.available_capacity(run->year(), unit).value();
        const double ramp =
            there > 0.0 ? facility.available_capacity(year, unit).value() / there : 0.0;
        const double activity = run->solution().activity[static_cast<Eigen::Index>(column)] * ramp;
        Amounts net;
        for (const auto& flow : system.flows[column]) {
            net[system.layout.rows[static_cast<std::size_t>(flow.row)]] +=
                flow.amount.value() * activity;
        }
        for (const auto& [commodity, amount] : net) {
            result.net[commodity] += amount;
            const auto& primary = process.primary_energy;
            if (amount > 0.0) {
                result.emitted[commodity] += amount;
                if (std::find(primary.begin(), primary.end(), commodity) != primary.end()) {
                    result.mined[commodity] += amount;
                }
            } else {
                result.withdrawn[commodity] -= amount;
            }
        }
    }
    return result;
}

/// What it makes of its main product beyond what it uses of it itself.
void ProjectOperations::find_product() {
    double sum = 0.0;
    if (project_.product) {
        for (const auto& flows : flows_) {
            const auto found = flows.net.find(*project_.product);
            made_.push_back(found == flows.net.end() ? 0.0 : std::max(0.0, found->second));
            sum += made_.back();
        }
    }
    if (sum > 0.0) {
        product_ = project_.product;
    } else {
        made_.assign(flows_.size(), 0.0);
        note_missing("product");
    }
}

Operations ProjectOperations::at(std::optional<double> price) {
    Operations out;
    const std::size_t years = flows_.size();
    for (auto* row : {&out.investment, &out.sales, &out.purchases, &out.labour, &out.other_costs,
                      &out.production_taxes, &out.depreciation, &vat_, &main_sales_}) {
        row->assign(years, 0.0);
    }
    if (years == 0) {
        return out;
    }
    for (std::size_t at = 0; at < years; ++at) {
        const int year = first_year_ + static_cast<int>(at);
        out.investment[at] = investment_ * project_.investment_share(year);
        trade(at, year, flows_[at], price, out);
        pay_on_goods(at, year, flows_[at], out);
        run_plants(at, year, out);
    }
    write_off(out);
    out.working_capital = world_.rate(Rate::working_capital, last_year_);
    return out;
}

/// Sales and purchases by the sign of their value: who takes waste and is paid for it, sells a
/// service. What of a good the district could not use earns nothing.
void ProjectOperations::trade(std::size_t at, int year, const Flows& flows,
                              std::optional<double> price, Operations& out) {
    const auto& dealings = world_.dealings(year);
    const auto& run = world_.standing_for(year);
    for (const auto& [commodity, amount] : flows.net) {
        const auto& one = dealings[commodity.value];
        if (!one.known && amount != 0.0) {
            note_missing("price " + world_.scenario().model.commodities[commodity].id);
            continue;
        }
        double value = amount * (amount > 0.0 ? one.received : one.paid).value();
        if (amount > 0.0 && commodity == product_) {
            value = price ? amount * *price : value;
        }
        double lost = 0.0;
        if (amount > 0.0 && one.received > 0.0) {
            const double share = world_.wasted(run, commodity);
            lost = amount * share * one.disposal.value();
            value *= 1.0 - share;
        }
        (value > 0.0 ? out.sales : out.purchases)[at] += std::abs(value);
        out.purchases[at] += lost;
        if (commodity == product_) {
            main_sales_[at] = value;
        }
        vat_[at] += value * one.vat.value() - lost * world_.rate(Rate::vat_services, year);
        out.production_taxes[at] += std::abs(value) * world_.rate(Rate::stamp_duty, year);
    }
    out.production_taxes[at] += vat_[at] * (world_.rate(Rate::urban_maintenance_tax, year) +
                                            world_.rate(Rate::education_surcharge, year) +
                                            world_.rate(Rate::local_education_surcharge, year));
    out.other_costs[at] += out.sales[at] * world_.rate(Rate::overhead, year);
}

void ProjectOperations::pay_on_goods(std::size_t at, int year, const Flows& flows,
                                     Operations& out) {
    const auto& economy = world_.economy();
    const auto& commodities = world_.scenario().model.commodities;
    for (const auto& [commodity, amount] : flows.mined) {
        const auto tax = economy.sales_taxes.find(commodities[commodity].id);
        if (tax != economy.sales_taxes.end()) {
            out.production_taxes[at] += amount *
                                        world_.dealings(year)[commodity.value].received.value() *
                                        tax->second.at(year).in("1");
        }
    }
    for (const auto& [taxes, amounts] : {std::pair(&economy.emission_taxes, &flows.emitted),
                                         std::pair(&economy.withdrawal_taxes, &flows.withdrawn)}) {
        for (const auto& [commodity, amount] : *amounts) {
            const auto tax = taxes->find(commodities[commodity].id);
            if (tax != taxes->end()) {
                out.production_taxes[at] +=
                    amount * tax->second.at(year).in(
                                 units::Unit::parse("CNY").per(commodities[commodity].unit));
            }
        }
    }
}

void ProjectOperations::run_plants(std::size_t at, int year, Operations& out) const {
    if (year < project_.start.value_or(year)) {
        return;
    }
    out.labour[at] =
        jobs_ * world_.rate(Rate::wage, year) * world_.rate(Rate::labour_on_cost, year);
    out.other_costs[at] += own_maintenance_ + maintained_ * world_.rate(Rate::maintenance, year);
    out.production_taxes[at] += investment_ * world_.rate(Rate::buildings_share, year) *
                                    world_.rate(Rate::property_tax, year) +
                                land_ * square_metres_of_mu * world_.rate(Rate::land_use_tax, year);
}

/// In equal parts over the life of each kind of asset; what is left at the end comes back.
void ProjectOperations::write_off(Operations& out) const {
    const int start = project_.start.value_or(first_year_);
    const double buildings = world_.rate(Rate::buildings_share, start);
    const double kept = 1.0 - world_.rate(Rate::residual_value, start);
    double left = investment_;
    for (std::size_t at = 0; at < out.depreciation.size(); ++at) {
        const int age = first_year_ + static_cast<int>(at) - start;
        if (age < 0) {
            continue;
        }
        for (const auto& [share, life] :
             {std::pair(1.0 - buildings, world_.rate(Rate::machinery_life, start)),
              std::pair(buildings, world_.rate(Rate::buildings_life, start))}) {
            if (age < life) {
                out.depreciation[at] +=
                    investment_ * share * kept * std::min(1.0, life - age) / life;
            }
        }
        left -= out.depreciation[at];
    }
    out.remaining_value = left;
}

} // namespace chainsim::study::detail
