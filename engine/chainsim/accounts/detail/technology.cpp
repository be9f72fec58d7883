#include <chainsim/accounts/detail/accounts.hpp>
#include <chainsim/model/indicator_kinds.hpp>

#include <algorithm>
#include <map>
#include <string>

namespace chainsim::accounts::detail {

namespace {

using model::Confidence;

/// One variant of a technology: what it makes, and its smallest plant.
struct Variant {
    int made = -1;
    number::Number smallest; ///< nameplate; 0: none stands
    Confidence smallest_confidence = Confidence::seed;
};

/// Rows of one technology.
struct TechnologyRows {
    int made = -1;
    int fuel = -1;
    int power = -1;
    int water = -1;
    int installed = -1;                      ///< of a technology that makes power
    std::map<std::string, Variant> variants; ///< by process id
};

class Technologies {
public:
    explicit Technologies(Book& book)
        : book_(book), fresh_(book.row_of("fresh_water")), makeup_(book.row_of("makeup_water")) {}

    void count() {
        const auto& scenario = book_.scenario();
        for (int f = 0; f < book_.columns(); ++f) {
            const auto& facility =
                scenario.facilities[book_.system().layout.columns[static_cast<std::size_t>(f)]];
            const auto& process = scenario.model.processes[facility.process_in(book_.year())];
            if (!process.technology.empty() && facility.exists(book_.year())) {
                add(f, facility, process);
            }
        }
        for (auto& [id, rows] : rows_) {
            finish(scenario.model.technologies.at(id), rows);
        }
    }

private:
    TechnologyRows& rows_of(const std::string& technology) {
        const auto [found, added] = rows_.try_emplace(technology);
        if (added) {
            auto& rows = found->second;
            rows.made = book_.open_hidden("made_by_" + technology);
            rows.fuel = book_.open_hidden("fuel_of_" + technology);
            rows.power = book_.open_hidden("power_of_" + technology);
            rows.water = book_.open_hidden("water_of_" + technology);
            // All variants, so that one which nobody runs has a share of zero and not none.
            for (const auto& process : book_.scenario().model.processes) {
                if (process.technology == technology) {
                    rows.variants[process.id].made =
                        book_.open_hidden("made_by_variant_" + process.id);
                }
            }
        }
        return found->second;
    }

    void add(int f, const model::Facility& facility, const model::Process& process) {
        auto& rows = rows_of(process.technology);
        auto& variant = rows.variants.at(process.id);
        book_.add(rows.made, f, 1.0, Confidence::known);
        book_.add(variant.made, f, 1.0, Confidence::known);
        for (const auto& flow : book_.flows(f)) {
            if (flow.amount >= 0.0) {
                continue;
            }
            const auto& one = book_.commodity(flow.row);
            if (flow.kind == model::FlowKind::fuel && one.energy_product && one.standard_coal) {
                const auto kgce =
                    read(*one.standard_coal, units::Unit::parse("kgce").per(one.unit));
                book_.add(rows.fuel, f, -flow.amount * kgce, flow.confidence);
            } else if (book_.is_power(flow.row)) {
                book_.add(rows.power, f, -flow.amount, flow.confidence);
            } else if (flow.row == fresh_ || flow.row == makeup_) {
                book_.add(rows.water, f, -flow.amount, flow.confidence);
            }
        }
        const auto& product = book_.scenario().model.commodities[process.product];
        const auto nameplate = read(facility.capacity, product.unit.per(units::Unit::parse("a")));
        if (model::is_power(product)) {
            add_installed(rows, f, process.technology, nameplate,
                          facility.capacity.provenance.confidence);
        }
        if (nameplate > 0.0) {
            const bool is_first = variant.smallest == 0.0;
            if (is_first || nameplate < variant.smallest) {
                variant.smallest_confidence = facility.capacity.provenance.confidence;
            }
            // The least of them in every draw, whichever that is.
            variant.smallest = is_first ? nameplate : smaller(variant.smallest, nameplate);
        }
    }

    void add_installed(TechnologyRows& rows, int f, const std::string& technology,
                       const number::Number& yearly, Confidence confidence) {
        if (rows.installed < 0) {
            const auto& name = book_.scenario().model.technologies.at(technology).name;
            rows.installed = book_.open("installed_power_" + technology,
                                        {name.zh + "装机", name.en + ", installed"}, "MW");
        }
        constexpr double hours = 8760.0; // nameplate is what a plant makes at full load in a year
        book_.add_standing(rows.installed, f, yearly / hours, confidence);
    }

    void finish(const model::Technology& technology, const TechnologyRows& rows) {
        const auto& unit = book_.scenario().model.commodities[technology.product].unit;
        const auto& name = technology.name;
        const auto per_unit = [&](std::string_view id, int numerator, std::string_view what,
                                  double factor, std::string_view zh, std::string_view en) {
            book_.open_ratio({{std::string(id) + technology.id,
                               {name.zh + std::string(zh), name.en + std::string(en)},
                               units::Unit::parse(what).per(unit).text()},
                              numerator,
                              rows.made,
                              factor});
        };
        constexpr double kilo = 1000.0; // power is counted in MWh
        per_unit("unit_fuel_", rows.fuel, "kgce", 1.0, "单位燃料消耗", ", fuel per unit");
        per_unit("unit_power_", rows.power, "kWh", kilo, "单位电耗", ", power per unit");
        per_unit("unit_water_", rows.water, "m3", 1.0, "单位取水", ", water taken per unit");
        for (const auto& [id, variant] : rows.variants) {
            const auto& own = book_.scenario().model.processes.at(id).name;
            book_.open_ratio(
                {{"share_" + id, {own.zh + "占比", "share of " + own.en + " in " + name.en}, "1"},
                 variant.made,
                 rows.made,
                 1.0});
            if (variant.smallest > 0.0) {
                const int row =
                    book_.open("smallest_capacity_" + id,
                               {own.zh + "最小单厂产能", own.en + ", smallest plant"}, unit.text());
                book_.add_constant(row, variant.smallest, variant.smallest_confidence);
            }
        }
    }

    Book& book_;
    int fresh_;
    int makeup_;
    std::map<std::string, TechnologyRows> rows_; ///< by technology id
};

} // namespace

void count_technologies(Book& book) { Technologies(book).count(); }

void count_projects(Book& book) {
    int capex = -1;
    int land = -1;
    for (const auto& project : book.scenario().projects) {
        const double share = project.investment_share(book.year());
        if (project.capex && share > 0.0) {
            capex = capex < 0 ? book.open("capex", {"当年投资", "investment of the year"}, "CNY")
                              : capex;
            book.add_constant(capex, read(*project.capex, units::Unit::parse("CNY")) * share,
                              project.capex->provenance.confidence);
        }
        if (project.land && project.selected && project.start && *project.start <= book.year()) {
            land = land < 0 ? book.open("land", {"项目用地", "land of projects"}, "mu") : land;
            book.add_constant(land, read(*project.land, units::Unit::parse("mu")),
                              project.land->provenance.confidence);
        }
    }
}

} // namespace chainsim::accounts::detail
