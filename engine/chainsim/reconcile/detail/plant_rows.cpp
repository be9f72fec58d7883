#include <chainsim/draws/marginal.hpp>
#include <chainsim/graph/lookup.hpp>
#include <chainsim/model/spread.hpp>
#include <chainsim/reconcile/detail/plant_rows.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace chainsim::reconcile::detail {

namespace {

const std::vector<ColumnWord>& columns() {
    static const std::vector<ColumnWord> words{
        {"year", {"年份", "年"}},
        {"facility", {"装置"}, true},
        {"commodity", {"物料", "品种"}, true},
        {"direction", {"方向"}, true},
        {"value", {"数值", "测量值", "值", "measured"}, true},
        {"unit", {"单位"}, true},
        {"uncertainty", {"不确定度", "误差"}, true},
        {"coverage", {"置信水平", "包含概率"}},
        {"min", {"下限", "最小"}},
        {"max", {"上限", "最大"}},
        {"note", {"备注", "来源", "source"}},
    };
    return words;
}

const std::map<std::string, Direction, std::less<>>& directions() {
    static const std::map<std::string, Direction, std::less<>> words{
        {"in", Direction::in},           {"投入", Direction::in},      {"消耗", Direction::in},
        {"out", Direction::out},         {"产出", Direction::out},     {"buy", Direction::buy},
        {"外购", Direction::buy},        {"sell", Direction::sell},    {"外销", Direction::sell},
        {"dispose", Direction::dispose}, {"处置", Direction::dispose}, {"排放", Direction::dispose},
    };
    return words;
}

bool is_of_plant(Direction direction) {
    return direction == Direction::in || direction == Direction::out;
}

class PlantRowReader {
public:
    PlantRowReader(std::string_view text, const std::string& file, const model::Scenario& scenario,
                   int year)
        : sheet_(text, file, columns()), scenario_(scenario) {
        out_.year = year;
    }

    PlantRows read() {
        while (sheet_.next()) {
            read_row();
        }
        choose_year();
        check_flows();
        sheet_.raise();
        return std::move(out_);
    }

private:
    void read_row() {
        PlantRow row;
        row.line = sheet_.line();
        const auto problems = sheet_.problems();
        const int year = sheet_.has("year") ? year_of_row() : 0;
        read_direction(row);
        if (sheet_.has("facility")) {
            row.facility = facility();
        }
        const auto commodity = commodity_named(sheet_.cell("commodity"));
        if (!commodity) {
            return;
        }
        row.commodity = *commodity;
        read_value(row);
        if (sheet_.problems() == problems) { // what is wrong stands for nothing
            rows_.emplace_back(year, row);
        }
    }

    int year_of_row() {
        constexpr int first = 1900;
        constexpr int last = 2200;
        const auto year = sheet_.number("year");
        if (year && (*year != std::floor(*year) || *year < first || *year > last)) {
            sheet_.refuse("year", fmt::format("'{}' is no year from {} to {}", sheet_.cell("year"),
                                              first, last));
            return 0;
        }
        return year ? static_cast<int>(*year) : 0;
    }

    void read_direction(PlantRow& row) {
        const auto& word = sheet_.cell("direction");
        const auto found = directions().find(word);
        if (found == directions().end()) {
            sheet_.refuse("direction", fmt::format("unknown direction '{}'", word),
                          "write in or out; without a facility buy, sell or dispose");
            return;
        }
        if (is_of_plant(found->second) != sheet_.has("facility")) {
            sheet_.refuse(
                sheet_.has("facility") ? "direction" : "facility",
                sheet_.has("facility")
                    ? fmt::format("plants do not {}: the district does", to_string(found->second))
                    : fmt::format("'{}' of no facility", word),
                sheet_.has("facility") ? "leave the facility empty, or write in or out"
                                       : "name the facility; of the district write buy or sell");
            return;
        }
        row.direction = found->second;
    }

    std::optional<model::Index<model::Facility>> facility() {
        const auto& word = sheet_.cell("facility");
        if (const auto found = scenario_.facilities.find(word)) {
            return found;
        }
        for (std::uint32_t f = 0; f < scenario_.facilities.size(); ++f) {
            const auto& name = scenario_.facilities[model::Index<model::Facility>{f}].name;
            if (word == name.zh || word == name.en) {
                return model::Index<model::Facility>{f};
            }
        }
        auto known = scenario_.facilities.ids();
        for (const auto& one : scenario_.facilities) {
            known.push_back(one.name.zh);
            known.push_back(one.name.en);
        }
        sheet_.refuse("facility", fmt::format("unknown facility '{}'", word),
                      help_of(word, known, "facilities.csv of a run has those of the scenario"));
        return std::nullopt;
    }

    std::optional<model::Index<model::Commodity>> commodity_named(const std::string& word) {
        try {
            const auto meaning = graph::look_up(scenario_.model, word);
            if (meaning.members.size() == 1) {
                return meaning.members.front();
            }
            std::vector<std::string> members;
            members.reserve(meaning.members.size());
            for (const auto member : meaning.members) {
                members.push_back(scenario_.model.commodities[member].id);
            }
            sheet_.refuse("commodity", fmt::format("'{}' is several commodities", word),
                          help_of({}, members, "name one of them"));
        } catch (const graph::UnknownCommodity& error) {
            sheet_.refuse("commodity", error.what());
        }
        return std::nullopt;
    }

    void read_value(PlantRow& row) {
        const auto& account = scenario_.model.commodities[row.commodity].unit;
        const auto unit = sheet_.unit("unit");
        std::optional<double> scale;
        if (unit) {
            try {
                scale = units::Quantity(1.0, *unit).in_a_year(account);
            } catch (const units::UnitError&) {
                sheet_.refuse("unit",
                              fmt::format("'{}' does not fit '{}'", sheet_.cell("unit"),
                                          scenario_.model.commodities[row.commodity].id),
                              fmt::format("write it in {}", account.text()));
            }
        }
        if (sheet_.has("value")) {
            const auto value = sheet_.number("value");
            if (value && *value < 0.0) {
                sheet_.refuse("value", fmt::format("'{}' is negative", sheet_.cell("value")),
                              "the direction says where it goes");
            } else if (value && unit) {
                row.sigma = sheet_.sigma(*value, *unit).value_or(1.0) * scale.value_or(1.0);
                row.measured = *value * scale.value_or(1.0);
            }
        } else {
            sheet_.refuse("value", "a row without a value",
                          "leave out what was not measured: recipes tell it");
        }
        row.lower = sheet_.bound("min", 0.0, -unbounded) * scale.value_or(1.0);
        row.upper = sheet_.bound("max", unbounded, unbounded) * scale.value_or(1.0);
        if (row.lower > row.upper) {
            sheet_.refuse("max", "the largest value is below the least");
            row.upper = row.lower;
        }
    }

    /// Without a year of its own a row is of any.
    void choose_year() {
        std::set<int> years;
        for (const auto& [year, row] : rows_) {
            if (year != 0) {
                years.insert(year);
            }
        }
        if (out_.year == 0 && years.size() > 1) {
            sheet_.refuse_at(
                1, "year", "measurements of several years",
                fmt::format("name one of them by --year, as --year {}", *years.rbegin()));
            out_.year = *years.rbegin();
        } else if (out_.year == 0) {
            out_.year = years.empty() ? scenario_.years.back() : *years.begin();
        }
        for (const auto& [year, row] : rows_) {
            if (year == 0 || year == out_.year) {
                out_.rows.push_back(row);
            }
        }
        if (out_.rows.empty() && sheet_.is_clean()) {
            sheet_.refuse_at(1, "year", fmt::format("no measurements of {}", out_.year),
                             years.empty() ? "write one row for each flow"
                                           : fmt::format("there are some of {}", *years.rbegin()));
        }
    }

    void check_flows() {
        std::map<std::tuple<int, std::uint32_t, Direction>, int> seen;
        for (const auto& row : out_.rows) {
            const int plant = row.facility ? static_cast<int>(row.facility->value) : -1;
            const auto [found, is_new] =
                seen.try_emplace({plant, row.commodity.value, row.direction}, row.line);
            if (!is_new) {
                sheet_.refuse_at(row.line, "value", "the same flow a second time",
                                 fmt::format("line {} has it already", found->second));
            }
            if (row.facility) {
                check_flow(row, *row.facility);
            }
        }
    }

    void check_flow(const PlantRow& row, model::Index<model::Facility> index) {
        const auto& facility = scenario_.facilities[index];
        const auto& id = scenario_.model.commodities[row.commodity].id;
        if (!facility.exists(out_.year)) {
            sheet_.refuse_at(row.line, "facility",
                             fmt::format("'{}' does not stand in {}", facility.id, out_.year),
                             "see its `start` and `retire`");
            return;
        }
        const auto& flows = flows_of(scenario_, index, out_.year, row.direction);
        const auto is_it = [&](const model::Flow& flow) {
            return flow.commodity == row.commodity && flow.amount > 0.0;
        };
        if (std::any_of(flows.begin(), flows.end(), is_it)) {
            return;
        }
        const auto other = row.direction == Direction::in ? Direction::out : Direction::in;
        const auto& opposite = flows_of(scenario_, index, out_.year, other);
        std::vector<std::string> known;
        known.reserve(flows.size());
        for (const auto& flow : flows) {
            known.push_back(scenario_.model.commodities[flow.commodity].id);
        }
        const bool is_opposite = std::any_of(opposite.begin(), opposite.end(), is_it);
        sheet_.refuse_at(row.line, is_opposite ? "direction" : "commodity",
                         fmt::format("the recipe of '{}' {} no '{}'", facility.id,
                                     row.direction == Direction::in ? "takes" : "gives", id),
                         is_opposite ? fmt::format("write {}", to_string(other))
                                     : help_of(id, known, "see the recipe of its process"));
    }

    Sheet sheet_;
    const model::Scenario& scenario_;
    std::vector<std::pair<int, PlantRow>> rows_; ///< by year; 0: none stated
    PlantRows out_;
};

} // namespace

PlantRows read_plant_rows(std::string_view text, const std::string& file,
                          const model::Scenario& scenario, int year) {
    return PlantRowReader(text, file, scenario, year).read();
}

const std::vector<model::Flow>& flows_of(const model::Scenario& scenario,
                                         model::Index<model::Facility> facility, int year,
                                         Direction direction) {
    const auto& plant = scenario.facilities[facility];
    const auto& process = scenario.model.processes[plant.process_in(year)];
    const auto* change = plant.override_in(year);
    if (direction == Direction::in) {
        return change == nullptr ? process.inputs : change->recipe->inputs;
    }
    return change == nullptr ? process.outputs : change->recipe->outputs;
}

double sigma_of(const model::Flow& flow) {
    const double written = flow.datum.value.number();
    if (!flow.datum.range || written == 0.0 ||
        flow.datum.range->first >= flow.datum.range->second) {
        return 0.0;
    }
    const auto [low, high] = *flow.datum.range;
    // A retrofit moves closing flows: the range keeps its width around the figure as written.
    return draws::sd({model::shape_of(flow.datum.distribution), written, low, high}) *
           std::abs(flow.amount / written);
}

} // namespace chainsim::reconcile::detail
