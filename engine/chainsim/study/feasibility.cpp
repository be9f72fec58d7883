#include <chainsim/accounts/plant_money.hpp>
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/model/indicator_kinds.hpp>
#include <chainsim/study/feasibility.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace chainsim::study {

namespace {

using model::FreightDirection;

constexpr double days_a_year = 365.0;
/// Lighter than this is a sample, and no freight.
constexpr double least_freight = 1.0; // t

bool is_freight(const model::Commodity& one) {
    return (one.phase == model::Phase::solid || one.phase == model::Phase::liquid) &&
           one.mass > 0.0 && one.trade == model::Trade::market &&
           one.delivery == model::Delivery::beyond && !one.returned_water;
}

/// A figure of the library in a year; NaN if there is none.
double factor_in(const model::Scenario& scenario, const std::string& id, const char* unit,
                 int year) {
    const auto& factors = scenario.model.factors;
    return factors.contains(id) ? factors.at(id).path.at(year).in(unit) : table::absent;
}

double resource_in(const model::Scenario& scenario, const std::string& id, const char* unit,
                   int year) {
    const auto& resources = scenario.region.resources;
    const auto found = resources.find(id);
    if (found == resources.end()) {
        return table::absent;
    }
    try {
        return found->second.at(year).in(unit);
    } catch (const Error&) {
        throw InputError({Diagnostic{found->second.ruling(year).provenance.where,
                                     "region.resources." + id,
                                     fmt::format("'{}' is not counted in {}", id, unit),
                                     fmt::format("write it in {}", unit),
                                     {},
                                     {}}});
    }
}

/// What is bought and sold of each freight, t a year.
struct Trades {
    std::map<std::uint32_t, double> in;
    std::map<std::uint32_t, double> out;
    double power = 0.0; ///< MWh brought in
};

Trades trades_in(const model::Scenario& scenario, const YearRun& year) {
    Trades out;
    for (const auto& balance : year.commodities()) {
        const auto& one = scenario.model.commodities[balance.commodity];
        if (model::is_power(one)) {
            out.power += balance.bought;
        } else if (is_freight(one)) {
            out.in[balance.commodity.value] = one.mass * balance.bought;
            out.out[balance.commodity.value] = one.mass * balance.sold;
        }
    }
    return out;
}

class FeasibilityMaker {
public:
    FeasibilityMaker(const model::Scenario& scenario, const YearRun& base, const YearRun& year)
        : scenario_(scenario), base_(base), year_(year), before_(trades_in(scenario, base_)),
          now_(trades_in(scenario, year_)) {
        out_.base_year = base_.year();
        out_.year = year_.year();
        out_.load_hours = factor("load_hours", "h/a");
        out_.power_factor = factor("load_power_factor", "1");
        out_.loading = factor("substation_loading", "1");
        out_.power_base = before_.power;
        out_.power = now_.power;
    }

    Feasibility make() && {
        stations();
        projects();
        freight();
        stores();
        out_.needs = {power_need(), freight_need(), land_need(), storage_need(), labour_need()};
        return std::move(out_);
    }

private:
    [[nodiscard]] double factor(const std::string& id, const char* unit) const {
        return factor_in(scenario_, id, unit, year_.year());
    }

    // ---- power

    /// The first year of a station, the later of its own and its project's; nothing for one of a
    /// project that is not built.
    [[nodiscard]] std::optional<int> start_of(const model::Substation& station) const {
        int start = station.start.value_or(base_.year());
        if (!station.project.empty()) {
            const auto& project = scenario_.projects.at(station.project);
            if (!project.selected || !project.start) {
                return std::nullopt;
            }
            start = std::max(start, project.start.value_or(start));
        }
        return start;
    }

    void stations() {
        for (std::size_t i = 0; i < scenario_.substations.size(); ++i) {
            const model::Index<model::Substation> index{static_cast<std::uint32_t>(i)};
            const auto& station = scenario_.substations[index];
            const int start = start_of(station).value_or(year_.year() + 1);
            StationRoom room;
            room.station = index;
            room.is_there = start <= year_.year();
            room.level_kv = station.level_kv.value_or(0);
            room.usable = station.capacity
                              ? station.capacity->value.in("MVA") * out_.power_factor * out_.loading
                              : table::absent;
            room.load = station.load           ? station.load->value.in("MW")
                        : start > base_.year() ? 0.0
                                               : table::absent;
            room.room = room.usable - room.load;
            out_.stations.push_back(room);
        }
    }

    [[nodiscard]] NeedJudgement power_need() const {
        NeedJudgement out;
        out.need = Need::power;
        out.unit = "MW";
        out.needed = (out_.power - out_.power_base) / out_.load_hours;
        for (const char* id : {"load_hours", "load_power_factor", "substation_loading"}) {
            if (!scenario_.model.factors.contains(id)) {
                out.missing.emplace_back(id);
            }
        }
        std::map<int, double> levels; // room by voltage
        for (const auto& one : out_.stations) {
            if (!one.is_there) {
                continue;
            }
            const auto& station = scenario_.substations[one.station];
            if (!station.capacity) {
                out.missing.push_back(station.id + ".capacity");
            }
            if (std::isnan(one.load)) {
                out.missing.push_back(station.id + ".load");
            }
            levels[one.level_kv] += one.room;
        }
        // Power comes through every level, one after the other.
        out.available = table::absent;
        for (const auto& [level, room] : levels) {
            if (std::isnan(room)) {
                out.available = table::absent;
                break;
            }
            out.available = std::isnan(out.available) ? room : std::min(out.available, room);
        }
        if (levels.empty()) {
            out.missing.emplace_back("substations");
            out.available = table::absent;
        }
        return judged(std::move(out));
    }

    // ---- projects

    void projects() {
        const auto assets = accounts::plant_assets(scenario_);
        std::vector<std::vector<std::size_t>> columns(scenario_.projects.size());
        const auto& layout = year_.system().layout;
        for (std::size_t column = 0; column < layout.columns.size(); ++column) {
            const auto& facility = scenario_.facilities[layout.columns[column]];
            const bool is_new = facility.start.value_or(base_.year()) > base_.year();
            const double activity = year_.solution().activity[static_cast<Eigen::Index>(column)];
            if (facility.project.empty() || !is_new || activity <= 0.0) {
                continue;
            }
            if (const auto project = scenario_.projects.find(facility.project)) {
                columns[project->value].push_back(column);
            }
        }
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const model::Index<model::Project> index{static_cast<std::uint32_t>(i)};
            const auto& project = scenario_.projects[index];
            const int start = project.start.value_or(base_.year());
            const bool is_built = project.selected && start > base_.year() && start <= year_.year();
            if (columns[i].empty() && !(is_built && project.land)) {
                continue;
            }
            auto needs = needs_of(columns[i], assets);
            needs.project = index;
            if (project.land) {
                needs.land = project.land->value.in("mu");
                needs.is_land_assumed =
                    project.land->provenance.confidence == model::Confidence::assumption;
            }
            out_.projects.push_back(needs);
        }
        std::stable_sort(out_.projects.begin(), out_.projects.end(),
                         [](const auto& a, const auto& b) { return a.load > b.load; });
    }

    [[nodiscard]] ProjectNeeds needs_of(const std::vector<std::size_t>& columns,
                                        const std::vector<accounts::PlantAssets>& assets) const {
        ProjectNeeds out;
        std::map<int, double> net;
        for (const auto column : columns) {
            const double activity = year_.solution().activity[static_cast<Eigen::Index>(column)];
            for (const auto& flow : year_.system().flows[column]) {
                net[flow.row] += flow.amount.value() * activity;
            }
            if (assets.empty()) { // no economy, or an industry without its figures
                out.jobs = out.land = table::absent;
            } else {
                const auto& one = assets[year_.system().layout.columns[column].value];
                out.jobs += one.jobs.value();
                out.land += one.land.value();
                out.is_land_assumed = true;
            }
        }
        for (const auto& [row, amount] : net) {
            const auto& one =
                scenario_.model
                    .commodities[year_.system().layout.rows[static_cast<std::size_t>(row)]];
            if (model::is_power(one)) {
                (amount < 0.0 ? out.load : out.generation) += std::abs(amount) / out_.load_hours;
            } else if (is_freight(one)) {
                (amount < 0.0 ? out.freight_in : out.freight_out) += std::abs(amount) * one.mass;
            }
        }
        return out;
    }

    // ---- freight

    [[nodiscard]] std::optional<model::Index<model::FreightRoute>>
    route_of(model::Index<model::Commodity> commodity, FreightDirection direction) const {
        std::optional<model::Index<model::FreightRoute>> of_all_others;
        for (std::size_t i = 0; i < scenario_.freight_routes.size(); ++i) {
            const model::Index<model::FreightRoute> index{static_cast<std::uint32_t>(i)};
            const auto& route = scenario_.freight_routes[index];
            if (route.direction != direction) {
                continue;
            }
            if (route.commodities.empty()) {
                of_all_others = index;
            } else if (std::find(route.commodities.begin(), route.commodities.end(), commodity) !=
                       route.commodities.end()) {
                return index;
            }
        }
        return of_all_others;
    }

    void freight() {
        for (const auto direction : {FreightDirection::in, FreightDirection::out}) {
            const bool is_in = direction == FreightDirection::in;
            auto& before = is_in ? before_.in : before_.out;
            for (const auto& [commodity, mass] : is_in ? now_.in : now_.out) {
                const double base = before[commodity];
                if (std::max(mass, base) < least_freight) {
                    continue;
                }
                Freight one;
                one.commodity = model::Index<model::Commodity>{commodity};
                one.direction = direction;
                one.base = base;
                one.mass = mass;
                carry(one);
                out_.freight.push_back(std::move(one));
            }
        }
        std::stable_sort(out_.freight.begin(), out_.freight.end(),
                         [](const auto& a, const auto& b) { return a.mass > b.mass; });
    }

    void carry(Freight& one) const {
        one.rail = one.road_work = one.rail_work = table::absent;
        one.route = route_of(one.commodity, one.direction);
        if (!one.route) {
            one.missing.emplace_back("freight_routes");
            return;
        }
        const auto& route = scenario_.freight_routes[*one.route];
        if (route.by_pipe) {
            one.road_work = one.rail_work = 0.0;
            return;
        }
        if (!route.rail) {
            one.missing.push_back(route.id + ".rail");
            return;
        }
        one.rail = route.rail->at(year_.year()).in("1");
        const auto work = [&](double share, const std::optional<model::Datum>& distance,
                              const char* key) {
            if (share == 0.0) {
                return 0.0;
            }
            if (!distance) {
                one.missing.push_back(route.id + "." + key);
                return table::absent;
            }
            return share * one.mass * distance->value.in("km");
        };
        one.road_work = work(1.0 - one.rail, route.road_distance, "road_distance");
        one.rail_work = work(one.rail, route.rail_distance, "rail_distance");
    }

    [[nodiscard]] NeedJudgement freight_need() const {
        NeedJudgement out;
        out.need = Need::freight;
        out.unit = "t km";
        out.available = table::absent;
        for (const auto& one : out_.freight) {
            out.needed += one.road_work + one.rail_work;
            for (const auto& id : one.missing) {
                if (std::find(out.missing.begin(), out.missing.end(), id) == out.missing.end()) {
                    out.missing.push_back(id);
                }
            }
        }
        out.verdict = out.missing.empty() ? NeedVerdict::reported : NeedVerdict::undetermined;
        return out;
    }

    // ---- land, storage, labour

    [[nodiscard]] NeedJudgement land_need() const {
        NeedJudgement out;
        out.need = Need::land;
        out.unit = "mu";
        for (const auto& one : out_.projects) {
            out.needed += one.land;
        }
        if (std::isnan(out.needed)) {
            out.missing.emplace_back("economy");
        }
        out.available = resource_in(scenario_, "industrial_land", "mu", year_.year());
        if (std::isnan(out.available)) {
            out.missing.emplace_back("region.resources.industrial_land");
        }
        return judged(std::move(out));
    }

    void stores() {
        const double solid = factor("storage_days_solid", "d");
        const double liquid = factor("storage_days_liquid", "d");
        for (const auto& one : out_.freight) {
            const double more = one.mass - one.base;
            if (more < least_freight) {
                continue;
            }
            const auto phase = scenario_.model.commodities[one.commodity].phase;
            Store store;
            store.commodity = one.commodity;
            store.mass = more;
            store.days = phase == model::Phase::solid ? solid : liquid;
            store.held = more / days_a_year * store.days;
            out_.stores.push_back(store);
        }
        std::stable_sort(out_.stores.begin(), out_.stores.end(),
                         [](const auto& a, const auto& b) { return a.held > b.held; });
    }

    [[nodiscard]] NeedJudgement storage_need() const {
        NeedJudgement out;
        out.need = Need::storage;
        out.unit = "t";
        out.is_warning = true;
        out.available = table::absent;
        for (const auto& one : out_.stores) {
            out.needed += one.held;
        }
        for (const char* id : {"storage_days_solid", "storage_days_liquid"}) {
            if (!scenario_.model.factors.contains(id)) {
                out.missing.emplace_back(id);
            }
        }
        out.verdict = out.missing.empty() ? NeedVerdict::reported : NeedVerdict::undetermined;
        return out;
    }

    [[nodiscard]] NeedJudgement labour_need() const {
        NeedJudgement out;
        out.need = Need::labour;
        out.unit = "person";
        out.is_warning = true;
        for (const auto& one : out_.projects) {
            out.needed += one.jobs;
        }
        if (std::isnan(out.needed)) {
            out.missing.emplace_back("economy");
        }
        out.available = resource_in(scenario_, "labour", "person", year_.year());
        if (std::isnan(out.available)) {
            out.missing.emplace_back("region.resources.labour");
        }
        return judged(std::move(out));
    }

    static NeedJudgement judged(NeedJudgement one) {
        if (std::isnan(one.needed) || std::isnan(one.available) || !one.missing.empty()) {
            one.verdict = NeedVerdict::undetermined;
        } else {
            one.verdict = one.needed <= one.available ? NeedVerdict::enough : NeedVerdict::short_of;
        }
        return one;
    }

    const model::Scenario& scenario_;
    const YearRun& base_;
    const YearRun& year_;
    Trades before_;
    Trades now_;
    Feasibility out_;
};

} // namespace

std::string_view to_string(Need need) {
    switch (need) {
    case Need::power:
        return "power";
    case Need::freight:
        return "freight";
    case Need::land:
        return "land";
    case Need::storage:
        return "storage";
    case Need::labour:
        return "labour";
    }
    return {};
}

std::string_view to_string(NeedVerdict verdict) {
    switch (verdict) {
    case NeedVerdict::enough:
        return "enough";
    case NeedVerdict::short_of:
        return "short";
    case NeedVerdict::undetermined:
        return "undetermined";
    case NeedVerdict::reported:
        return "reported";
    }
    return {};
}

Feasibility feasibility(const Study& study, std::optional<int> year) {
    auto scenario = study.scenario();
    const int last = year.value_or(scenario.years.back());
    const int base = scenario.region.base_year;
    if (last <= base) {
        throw InputError({Diagnostic{{},
                                     {},
                                     fmt::format("{} is not after the base year {}", last, base),
                                     "name a later year: what is new since then is looked at",
                                     {},
                                     {}}});
    }
    scenario.years = {base, last};
    const auto run = Study(std::move(scenario)).run();
    if (const auto& failure = run.failure()) {
        throw NoSolution(failure->message);
    }
    return feasibility(run.scenario(), run.years().front(), run.years().back());
}

Feasibility feasibility(const model::Scenario& scenario, const YearRun& base, const YearRun& year) {
    return FeasibilityMaker(scenario, base, year).make();
}

} // namespace chainsim::study
