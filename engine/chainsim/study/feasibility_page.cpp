#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/feasibility.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::study {

namespace {

using detail::coded_cell;
using detail::sentence;

constexpr std::size_t most_projects = 20;
constexpr std::size_t most_freight = 25;
constexpr std::size_t most_stores = 12;

class FeasibilityPage {
public:
    FeasibilityPage(const Study& study, const Feasibility& feasibility)
        : scenario_(study.scenario()), found_(feasibility) {
        page_.schema = "chainsim.feasibility/1";
        page_.scenario = scenario_.id;
        page_.title = sentence("feasibility_title", found_.base_year, found_.year);
        page_.subtitle = scenario_.name;
        page_.is_landscape = true;
        page_.head.emplace_back("base_year", amount_cell(found_.base_year, {}));
        page_.head.emplace_back("year", amount_cell(found_.year, {}));
    }

    Page make() {
        needs();
        projects();
        substations();
        freight();
        storage();
        return std::move(page_);
    }

private:
    [[nodiscard]] Trace trace_of(const NeedJudgement& one) const {
        switch (one.need) {
        case Need::power:
            return {"(power_year - power_base) / load_hours",
                    {{"power_year", found_.power, "MWh", "commodities of run: bought"},
                     {"power_base", found_.power_base, "MWh", "commodities of run: bought"},
                     {"load_hours", found_.load_hours, "h/a", source_of("load_hours")}},
                    {}};
        case Need::freight:
            return {"sum of carried * share * distance, by route", {}, "part freight"};
        case Need::land:
            return {"sum of the land of the projects", {}, "part projects"};
        case Need::storage:
            return {"sum of mass / 365 * days of what is new", {}, "part storage"};
        case Need::labour:
            return {"sum of the jobs of the projects", {}, "part projects"};
        }
        return {};
    }

    [[nodiscard]] std::string source_of(const std::string& factor) const {
        const auto& factors = scenario_.model.factors;
        return factors.contains(factor)
                   ? factors.at(factor).path.ruling(found_.year).provenance.source
                   : std::string();
    }

    /// What is asked for, by name: programs read the ids.
    [[nodiscard]] PageCell missing_cell(const std::vector<std::string>& ids) const {
        std::vector<std::string> zh;
        std::vector<std::string> en;
        for (const auto& id : ids) {
            const auto name = asked(id);
            zh.push_back(name.zh);
            en.push_back(name.en);
        }
        return word_cell(
            {fmt::format("{}", fmt::join(zh, "；")), fmt::format("{}", fmt::join(en, "; "))},
            fmt::format("{}", fmt::join(ids, ", ")));
    }

    /// `RECORD.FIELD` as the name of the record and of the field.
    [[nodiscard]] model::Name asked(const std::string& id) const {
        const auto dot = id.rfind('.');
        const auto record = id.substr(0, std::min(dot, id.size()));
        const auto what = sentence("asked_" + id.substr(dot == std::string::npos ? 0 : dot + 1));
        const model::Name* name = nullptr;
        if (const auto station = scenario_.substations.find(record)) {
            name = &scenario_.substations[*station].name;
        } else if (const auto route = scenario_.freight_routes.find(record)) {
            name = &scenario_.freight_routes[*route].name;
        }
        return name == nullptr ? what
                               : model::Name{name->zh + " " + what.zh, name->en + " " + what.en};
    }

    void needs() {
        PagePart part;
        part.id = "needs";
        part.title = sentence("feasibility_needs");
        part.columns = {"need", "needed", "available", "room", "verdict", "missing"};
        for (const auto& one : found_.needs) {
            const std::string id(to_string(one.need));
            const auto trace = trace_of(one);
            const Trace room{
                "available - needed",
                {{"available", one.available, one.unit, {}}, {"needed", one.needed, one.unit, {}}},
                {}};
            const Trace available{
                one.need == Need::power ? "sum of the room of the stations" : std::string(),
                {},
                one.need == Need::power ? "part substations" : "region.resources"};
            const bool is_bounded = one.verdict != NeedVerdict::reported;
            part.rows.push_back(
                {id,
                 {coded_cell("need", id), amount_cell(one.needed, one.unit, trace),
                  is_bounded ? amount_cell(one.available, one.unit, available)
                             : word_cell(sentence("feasibility_no_bound"), "none"),
                  is_bounded ? amount_cell(one.available - one.needed, one.unit, room)
                             : word_cell(sentence("feasibility_no_bound"), "none"),
                  coded_cell(one.is_warning ? "need_warning" : "need_verdict",
                             to_string(one.verdict), trace),
                  missing_cell(one.missing)},
                 1});
        }
        part.notes.push_back(sentence("feasibility_note"));
        page_.parts.push_back(std::move(part));
    }

    void projects() {
        PagePart part;
        part.id = "projects";
        part.title = sentence("feasibility_projects");
        part.columns = {"project",     "load", "generation", "freight_in",
                        "freight_out", "land", "land_from",  "jobs"};
        const std::string plants = "flows of run: its new plants";
        ProjectNeeds others;
        std::size_t count = 0;
        for (const auto& one : found_.projects) {
            if (++count > most_projects) {
                add(others, one);
                continue;
            }
            const auto& project = scenario_.projects[one.project];
            part.rows.push_back(
                {project.id,
                 {word_cell(project.name), load(one.load), load(one.generation),
                  amount_cell(one.freight_in, "t",
                              {"taken less made, solids and liquids", {}, plants}),
                  amount_cell(one.freight_out, "t",
                              {"made less taken, solids and liquids", {}, plants}),
                  amount_cell(
                      one.land, "mu",
                      {one.is_land_assumed ? "investment * mu per investment" : std::string(),
                       {},
                       project.land ? project.land->provenance.source
                                    : std::string("industries.land")}),
                  word_cell(sentence(one.is_land_assumed ? "feasibility_land_assumed"
                                                         : "feasibility_land_stated"),
                            one.is_land_assumed ? "assumed" : "stated"),
                  amount_cell(one.jobs, "person",
                              {"investment * persons per investment", {}, "industries.jobs"})},
                 1});
        }
        if (count > most_projects) {
            part.rows.push_back(
                {"others",
                 {word_cell(sentence("feasibility_others", count - most_projects)),
                  load(others.load), load(others.generation), amount_cell(others.freight_in, "t"),
                  amount_cell(others.freight_out, "t"), amount_cell(others.land, "mu"),
                  plain_cell({}), amount_cell(others.jobs, "person")},
                 1});
        }
        if (part.rows.empty()) {
            part.notes.push_back(sentence("feasibility_no_project"));
        }
        page_.parts.push_back(std::move(part));
    }

    static void add(ProjectNeeds& sum, const ProjectNeeds& one) {
        sum.load += one.load;
        sum.generation += one.generation;
        sum.freight_in += one.freight_in;
        sum.freight_out += one.freight_out;
        sum.land += one.land;
        sum.jobs += one.jobs;
    }

    [[nodiscard]] PageCell load(double mw) const {
        return amount_cell(mw, "MW",
                           {"power of its plants / load_hours",
                            {{"power", mw * found_.load_hours, "MWh", "flows of run"},
                             {"load_hours", found_.load_hours, "h/a", source_of("load_hours")}},
                            {}});
    }

    void substations() {
        PagePart part;
        part.id = "substations";
        part.title = sentence("feasibility_substations");
        part.columns = {"substation", "voltage", "status", "rating",
                        "usable",     "load",    "room",   "missing"};
        for (const auto& one : found_.stations) {
            const auto& station = scenario_.substations[one.station];
            const double rating =
                station.capacity ? station.capacity->value.in("MVA") : table::absent;
            const auto& source =
                station.capacity ? station.capacity->provenance.source : station.provenance.source;
            const Trace usable{
                "rating * power_factor * loading",
                {{"rating", rating, "MVA", source},
                 {"power_factor", found_.power_factor, "1", source_of("load_power_factor")},
                 {"loading", found_.loading, "1", source_of("substation_loading")}},
                {}};
            std::vector<std::string> missing;
            if (!station.capacity) {
                missing.push_back(station.id + ".capacity");
            }
            if (std::isnan(one.load)) {
                missing.push_back(station.id + ".load");
            }
            part.rows.push_back(
                {station.id,
                 {word_cell(station.name),
                  plain_cell(one.level_kv == 0 ? std::string() : fmt::format("{} kV", one.level_kv),
                             {{}, {}, station.provenance.source}),
                  word_cell(sentence(one.is_there ? "feasibility_there" : "feasibility_not_there"),
                            one.is_there ? "there" : "not_there"),
                  amount_cell(rating, "MVA", {{}, {}, source}),
                  amount_cell(one.usable, "MW", usable),
                  amount_cell(
                      one.load, "MW",
                      {{}, {}, station.load ? station.load->provenance.source : std::string()}),
                  amount_cell(one.room, "MW",
                              {"usable - load",
                               {{"usable", one.usable, "MW", {}}, {"load", one.load, "MW", {}}},
                               {}}),
                  missing_cell(missing)},
                 1});
        }
        part.notes.push_back(
            sentence(part.rows.empty() ? "feasibility_no_substation" : "feasibility_load_note"));
        page_.parts.push_back(std::move(part));
    }

    void freight() {
        PagePart part;
        part.id = "freight";
        part.title = sentence("feasibility_freight");
        part.columns = {"commodity", "direction", "base",      "carried",
                        "rail",      "road_work", "rail_work", "missing"};
        double road = 0.0;
        double rail = 0.0;
        double mass = 0.0;
        double base = 0.0;
        double by_rail = 0.0; // t
        double carried = 0.0; // t, by road or rail
        for (std::size_t i = 0; i < found_.freight.size(); ++i) {
            const auto& one = found_.freight[i];
            road += one.road_work;
            rail += one.rail_work;
            mass += one.mass;
            base += one.base;
            if (!std::isnan(one.rail)) {
                by_rail += one.rail * one.mass;
                carried += one.mass;
            }
            if (i < most_freight) {
                part.rows.push_back(freight_row(one));
            }
        }
        if (!part.rows.empty()) {
            const Trace sum{"sum of all commodities", {}, {}};
            part.rows.push_back(
                {"sum",
                 {word_cell(sentence("feasibility_all_freight")), plain_cell({}),
                  amount_cell(base, "t", sum), amount_cell(mass, "t", sum),
                  amount_cell(by_rail / carried, "1",
                              {"by rail / carried by road or rail, of the mass",
                               {{"by rail", by_rail, "t", {}}, {"carried", carried, "t", {}}},
                               {}}),
                  amount_cell(road, "t km", sum), amount_cell(rail, "t km", sum), plain_cell({})},
                 0});
        }
        if (found_.freight.size() > most_freight) {
            part.notes.push_back(
                sentence("feasibility_freight_more", found_.freight.size() - most_freight));
        }
        part.notes.push_back(sentence("feasibility_freight_note"));
        page_.parts.push_back(std::move(part));
    }

    [[nodiscard]] PageRow freight_row(const Freight& one) const {
        const auto& commodity = scenario_.model.commodities[one.commodity];
        const bool is_in = one.direction == model::FreightDirection::in;
        const auto* route = one.route ? &scenario_.freight_routes[*one.route] : nullptr;
        const auto source = route == nullptr ? std::string() : route->provenance.source;
        const auto km = [](const std::optional<model::Datum>& distance) {
            return distance ? distance->value.in("km") : table::absent;
        };
        const auto work = [&](double share, const std::optional<model::Datum>& distance) {
            return Trace{"carried * share * distance",
                         {{"carried", one.mass, "t", "commodities of run"},
                          {"share", share, "1", route == nullptr ? std::string() : route->id},
                          {"distance", km(distance), "km",
                           distance ? distance->provenance.source : std::string()}},
                         source};
        };
        const std::optional<model::Datum> none;
        return {fmt::format("{}_{}", commodity.id, is_in ? "in" : "out"),
                {word_cell(commodity.name), coded_cell("freight", is_in ? "in" : "out"),
                 amount_cell(one.base, "t", {"bought, or sold", {}, "commodities of run"}),
                 amount_cell(one.mass, "t", {"bought, or sold", {}, "commodities of run"}),
                 amount_cell(one.rail, "1", {{}, {}, source}),
                 amount_cell(one.road_work, "t km",
                             work(1.0 - one.rail, route == nullptr ? none : route->road_distance)),
                 amount_cell(one.rail_work, "t km",
                             work(one.rail, route == nullptr ? none : route->rail_distance)),
                 missing_cell(one.missing)},
                1};
    }

    void storage() {
        if (found_.stores.empty()) {
            return;
        }
        PagePart part;
        part.id = "storage";
        part.title = sentence("feasibility_storage");
        part.columns = {"commodity", "more", "days", "held"};
        for (std::size_t i = 0; i < std::min(most_stores, found_.stores.size()); ++i) {
            const auto& one = found_.stores[i];
            const auto& commodity = scenario_.model.commodities[one.commodity];
            const bool is_solid = commodity.phase == model::Phase::solid;
            const auto source = source_of(is_solid ? "storage_days_solid" : "storage_days_liquid");
            part.rows.push_back(
                {commodity.id,
                 {word_cell(commodity.name),
                  amount_cell(one.mass, "t", {"carried - base", {}, "part freight"}),
                  amount_cell(one.days, "d", {{}, {}, source}),
                  amount_cell(
                      one.held, "t",
                      {"more / 365 * days",
                       {{"more", one.mass, "t", "part freight"}, {"days", one.days, "d", source}},
                       {}})},
                 1});
        }
        part.notes.push_back(sentence("feasibility_storage_note"));
        page_.parts.push_back(std::move(part));
    }

    const model::Scenario& scenario_;
    const Feasibility& found_;
    Page page_;
};

} // namespace

Page feasibility_page(const Study& study, const Feasibility& feasibility) {
    return FeasibilityPage(study, feasibility).make();
}

} // namespace chainsim::study
