#include <chainsim/io/dataset.hpp>
#include <chainsim/study/exchange.hpp>
#include <chainsim/study/version.hpp>
#include <chainsim/table/column.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

namespace chainsim::study {

namespace {

/// Records of all years by id, and what is said of each.
struct Labels {
    std::map<std::string, std::size_t> places;
    std::vector<std::string> ids;
    std::vector<std::string> units;
    std::vector<std::string> names;
    std::vector<std::string> names_zh;

    void add(const std::string& id, const std::string& unit, const model::Name& name) {
        if (places.emplace(id, ids.size()).second) {
            ids.push_back(id);
            units.push_back(unit);
            names.push_back(name.en);
            names_zh.push_back(name.zh);
        }
    }
};

class DatasetMaker {
public:
    explicit DatasetMaker(const Run& run) : run_(run), scenario_(run.scenario()) {
        for (const auto& year : run.years()) {
            for (const auto& one : year.indicators()) {
                indicators_.add(one.id, one.unit, one.name);
            }
            for (const auto facility : year.system().layout.columns) {
                const auto& one = scenario_.facilities[facility];
                const auto& process = scenario_.model.processes[one.process_in(year.year())];
                facilities_.add(one.id, scenario_.model.commodities[process.product].unit.text(),
                                one.name);
            }
            for (const auto& balance : year.commodities()) {
                const auto& one = scenario_.model.commodities[balance.commodity];
                commodities_.add(one.id, one.unit.text(), one.name);
            }
        }
    }

    io::Dataset make() {
        std::vector<int> years;
        for (const auto& year : run_.years()) {
            years.push_back(year.year());
        }
        out_.dimensions.push_back({"year", std::move(years), "year"});
        add_labels("indicator", indicators_);
        add_labels("facility", facilities_);
        add_labels("commodity", commodities_);
        add_indicators();
        add_facilities();
        add_commodities();
        out_.attributes = {{"title", scenario_.name.en},
                           {"title_zh", scenario_.name.zh},
                           {"scenario", scenario_.id},
                           {"input_hash", hash_of(scenario_)},
                           {"source", "chainsim " + std::string(version())}};
        return std::move(out_);
    }

private:
    void add_labels(const std::string& name, const Labels& labels) {
        out_.dimensions.push_back({name, labels.ids, "id"});
        out_.variables.push_back({name + "_unit", {name}, labels.units, {}, "unit of account"});
        out_.variables.push_back({name + "_name", {name}, labels.names, {}, "name"});
        out_.variables.push_back({name + "_name_zh", {name}, labels.names_zh, {}, "Chinese name"});
    }

    [[nodiscard]] std::vector<double> absent(const Labels& labels) const {
        std::vector<double> out(run_.years().size() * labels.ids.size(), table::absent);
        return out;
    }
    void add(const std::string& name, const std::string& dimension, std::vector<double> values,
             const std::string& meaning) {
        out_.variables.push_back({name, {"year", dimension}, std::move(values), {}, meaning});
    }

    void add_indicators() {
        auto values = absent(indicators_);
        for (std::size_t y = 0; y < run_.years().size(); ++y) {
            for (const auto& one : run_.years()[y].indicators()) {
                values[y * indicators_.ids.size() + indicators_.places.at(one.id)] = one.value;
            }
        }
        add("value", "indicator", std::move(values), "indicator, in indicator_unit");
    }

    void add_facilities() {
        auto activity = absent(facilities_);
        auto capacity = absent(facilities_);
        for (std::size_t y = 0; y < run_.years().size(); ++y) {
            const auto& year = run_.years()[y];
            const auto& columns = year.system().layout.columns;
            for (std::size_t c = 0; c < columns.size(); ++c) {
                const auto place = y * facilities_.ids.size() +
                                   facilities_.places.at(scenario_.facilities[columns[c]].id);
                activity[place] = year.solution().activity[static_cast<Eigen::Index>(c)];
                capacity[place] = year.system().equations.capacity[static_cast<Eigen::Index>(c)];
            }
        }
        add("activity", "facility", std::move(activity), "made of its product, in facility_unit");
        add("capacity", "facility", std::move(capacity), "capacity, in facility_unit per year");
    }

    void add_commodities() {
        const std::vector<std::pair<const char*, double CommodityBalance::*>> parts{
            {"produced", &CommodityBalance::produced},
            {"consumed", &CommodityBalance::consumed},
            {"bought", &CommodityBalance::bought},
            {"sold", &CommodityBalance::sold},
            {"disposed", &CommodityBalance::disposed},
            {"final_demand", &CommodityBalance::final_demand}};
        for (const auto& [name, part] : parts) {
            auto values = absent(commodities_);
            for (std::size_t y = 0; y < run_.years().size(); ++y) {
                for (const auto& balance : run_.years()[y].commodities()) {
                    const auto& id = scenario_.model.commodities[balance.commodity].id;
                    values[y * commodities_.ids.size() + commodities_.places.at(id)] =
                        balance.*part;
                }
            }
            add(name, "commodity", std::move(values), "in commodity_unit");
        }
    }

    const Run& run_;
    const model::Scenario& scenario_;
    Labels indicators_;
    Labels facilities_;
    Labels commodities_;
    io::Dataset out_;
};

} // namespace

void export_netcdf(const Run& run, const std::filesystem::path& file) {
    io::write_dataset(file, DatasetMaker(run).make());
}

} // namespace chainsim::study
