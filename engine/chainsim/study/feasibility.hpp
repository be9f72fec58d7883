#pragma once

#include <chainsim/study/page.hpp>
#include <chainsim/study/study.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::study {

/// What no balance counts, and a project needs all the same.
enum class Need { power, freight, land, storage, labour };

[[nodiscard]] std::string_view to_string(Need need);

enum class NeedVerdict {
    enough,
    short_of,
    undetermined, ///< a figure is asked for; never counts as enough
    reported      ///< nothing bounds it: a figure to know
};

[[nodiscard]] std::string_view to_string(NeedVerdict verdict);

/// One need of the whole district, against what there is.
///
/// Units  MW, t km, mu, t, persons; NaN where a figure is missing.
struct NeedJudgement {
    Need need = Need::power;
    double needed = 0.0;
    double available = 0.0;
    std::string unit;
    bool is_warning = false; ///< storage and labour: to be looked after, no bar
    NeedVerdict verdict = NeedVerdict::undetermined;
    std::vector<std::string> missing; ///< ids of figures and records that are asked for
};

struct StationRoom {
    model::Index<model::Substation> station;
    bool is_there = true; ///< in the year, its project built
    int level_kv = 0;     ///< voltage; 0: not stated, a level of its own
    double usable = 0.0;  ///< MW that it may carry
    double load = 0.0;    ///< MW in the base year
    double room = 0.0;    ///< MW
};

struct ProjectNeeds {
    model::Index<model::Project> project;
    double load = 0.0;       ///< MW that its plants take, whoever makes it
    double generation = 0.0; ///< MW that its plants make, on average over the hours of load
    double freight_in = 0.0; ///< t a year that its plants take and do not make
    double freight_out = 0.0;
    double land = 0.0;            ///< mu
    bool is_land_assumed = false; ///< from the investment
    double jobs = 0.0;            ///< persons
};

/// What goes over the border of the district of one commodity.
struct Freight {
    model::Index<model::Commodity> commodity;
    model::FreightDirection direction = model::FreightDirection::out;
    std::optional<model::Index<model::FreightRoute>> route;
    double base = 0.0;      ///< t in the base year
    double mass = 0.0;      ///< t in the year
    double rail = 0.0;      ///< share; NaN where it goes by pipe
    double road_work = 0.0; ///< t km
    double rail_work = 0.0; ///< t km
    std::vector<std::string> missing;
};

/// What is new of a good that is stored between plants and the road.
struct Store {
    model::Index<model::Commodity> commodity;
    double mass = 0.0; ///< t more a year that comes in or leaves
    double days = 0.0;
    double held = 0.0; ///< t
};

/// Whether what the projects of a scenario need is there: load against substations, freight, land;
/// storage and labour as warnings. Nothing of it binds the balance.
struct Feasibility {
    int base_year = 0;
    int year = 0;
    double load_hours = 0.0;   ///< h a year
    double power_factor = 0.0; ///< MW a MVA
    double loading = 0.0;      ///< share of a station's rating that may be used
    double power_base = 0.0;   ///< MWh brought in
    double power = 0.0;        ///< MWh brought in
    std::vector<NeedJudgement> needs;
    std::vector<ProjectNeeds> projects; ///< those that run new plants in the year, by their load
    std::vector<StationRoom> stations;
    std::vector<Freight> freight; ///< the heaviest first
    std::vector<Store> stores;    ///< the largest first
};

/// `year`: the last of the scenario, if absent; set against the base year of the region. Load is
/// what is brought in over the hours of the highest load; a station may carry its rating times the
/// power factor and the loading. Freight is what solids and liquids weigh that are bought or sold.
///
/// Errors  InputError if the year is not after the base year; NoSolution of either.
[[nodiscard]] Feasibility feasibility(const Study& study, std::optional<int> year = std::nullopt);

/// The same of two solved years of a scenario.
[[nodiscard]] Feasibility feasibility(const model::Scenario& scenario, const YearRun& base,
                                      const YearRun& year);

/// Schema `chainsim.feasibility/1`: parts `needs`, `projects`, `substations`, `freight`, `storage`.
[[nodiscard]] Page feasibility_page(const Study& study, const Feasibility& feasibility);

} // namespace chainsim::study
