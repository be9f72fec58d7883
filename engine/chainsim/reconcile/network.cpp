#include <chainsim/reconcile/detail/relations.hpp>
#include <chainsim/reconcile/detail/sheet.hpp>
#include <chainsim/reconcile/measurements.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <utility>

namespace chainsim::reconcile {

namespace {

using detail::ColumnWord;
using detail::Sheet;

const std::vector<ColumnWord>& columns() {
    static const std::vector<ColumnWord> words{
        {"stream", {"流股", "物流", "流"}, true},
        {"name", {"名称", "名"}},
        {"from", {"起点", "来自", "从"}},
        {"to", {"终点", "去向", "到"}},
        {"component", {"组分", "成分"}},
        {"value", {"数值", "测量值", "值", "measured"}, true},
        {"unit", {"单位"}},
        {"uncertainty", {"不确定度", "误差"}},
        {"coverage", {"置信水平", "包含概率"}},
        {"min", {"下限", "最小"}},
        {"max", {"上限", "最大"}},
        {"equation", {"方程", "约束"}},
        {"correlated_with", {"相关对象"}},
        {"correlation", {"相关系数"}},
        {"note", {"备注", "来源", "source"}},
    };
    return words;
}

/// A stream, and the variables of its flow and of its fractions.
struct Stream {
    std::string from;
    std::string to;
    int flow = -1;
    std::map<std::string, int> fractions; ///< component -> variable
};

std::string fraction_id(const std::string& stream, const std::string& component) {
    return stream + "." + component;
}

class NetworkReader {
public:
    NetworkReader(std::string_view text, const std::string& file) : sheet_(text, file, columns()) {
        out_.file = file;
    }

    Measurements read() {
        while (sheet_.next()) {
            read_row();
        }
        place_fractions();
        sheet_.raise(); // what follows needs every stream
        add_nodes();
        detail::add_equations(sheet_, out_.problem, units_, equations_);
        detail::add_correlations(sheet_, out_.problem, correlations_);
        if (out_.problem.variables.empty() && sheet_.is_clean()) {
            sheet_.refuse_at(1, {}, "no streams", "write one row for each");
        }
        sheet_.raise();
        set_starts();
        return std::move(out_);
    }

private:
    struct FractionRow {
        int line = 0;
        std::string stream;
        std::string component;
        int variable = 0;
    };

    void read_row() {
        if (sheet_.has("equation")) {
            for (const auto* key : {"from", "to", "component", "value", "unit", "uncertainty",
                                    "min", "max", "correlation"}) {
                if (sheet_.has(key)) {
                    sheet_.refuse(key, "an equation has no such figure",
                                  "write the stream in a row of its own");
                }
            }
            std::string id = sheet_.has("name") ? sheet_.cell("name") : sheet_.cell("stream");
            if (id.empty()) {
                id = sheet_.cell("equation");
            }
            equations_.push_back({sheet_.line(), std::move(id), sheet_.cell("equation")});
            return;
        }
        const std::string& stream = sheet_.cell("stream");
        if (stream.empty()) {
            sheet_.refuse("stream", "a row without a stream", "write its id, or an equation");
            return;
        }
        if (sheet_.has("component")) {
            read_fraction(stream);
        } else {
            read_flow(stream);
        }
    }

    void read_flow(const std::string& id) {
        if (const auto found = lines_.find(id); found != lines_.end()) {
            sheet_.refuse("stream", fmt::format("a second stream '{}'", id),
                          fmt::format("line {} has it already", found->second));
            return;
        }
        Stream one{sheet_.cell("from"), sheet_.cell("to"), -1, {}};
        if (one.from == one.to && !one.from.empty()) {
            sheet_.refuse("to", fmt::format("'{}' flows from '{}' to itself", id, one.from));
        }
        lines_.emplace(id, sheet_.line());
        const auto unit = sheet_.has("unit") ? sheet_.unit("unit") : missing_unit();
        one.flow = add_variable(id, Kind::flow, unit.value_or(units::Unit()));
        streams_.emplace(id, std::move(one));
    }

    std::optional<units::Unit> missing_unit() {
        sheet_.refuse("unit", "a flow without a unit", "write it as t, 万吨, 1000 m3, MWh, GJ");
        return std::nullopt;
    }

    void read_fraction(const std::string& stream) {
        for (const auto* key : {"from", "to"}) {
            if (sheet_.has(key)) {
                sheet_.refuse(key, "a fraction flows nowhere by itself",
                              "write the nodes in the row of the stream");
            }
        }
        const std::string component = sheet_.cell("component");
        auto unit = sheet_.has("unit") ? sheet_.unit("unit") : std::optional(units::Unit());
        if (unit && !unit->is_convertible_to(units::Unit())) {
            sheet_.refuse("unit", fmt::format("'{}' is no unit of a fraction", sheet_.cell("unit")),
                          "leave it empty, or write %, ppm or t/t");
            unit = units::Unit();
        }
        const int variable = add_variable(fraction_id(stream, component), Kind::fraction,
                                          unit.value_or(units::Unit()));
        fractions_.push_back({sheet_.line(), stream, component, variable});
    }

    int add_variable(std::string id, Kind kind, const units::Unit& unit) {
        Variable one;
        one.id = std::move(id);
        one.unit = unit.text();
        if (sheet_.has("value")) {
            one.measured = sheet_.number("value");
            if (one.measured) {
                one.sigma = sheet_.sigma(*one.measured, unit).value_or(1.0);
            }
        } else if (sheet_.has("uncertainty")) {
            sheet_.refuse("uncertainty", "an uncertainty without a value",
                          "leave both empty where nothing is measured");
        }
        const bool may_be_negative = kind == Kind::flow && one.measured && *one.measured < 0.0;
        one.lower = sheet_.bound("min", may_be_negative ? -unbounded : 0.0, -unbounded);
        one.upper =
            sheet_.bound("max", kind == Kind::fraction ? 1.0 / unit.scale() : unbounded, unbounded);
        if (one.lower > one.upper) {
            sheet_.refuse("max", fmt::format("'{}' is below the least value, {}",
                                             sheet_.cell("max"), one.lower));
            one.upper = one.lower;
        }
        check_name(one.id, kind);
        const int index = static_cast<int>(out_.problem.variables.size());
        note_correlation(one, index);
        out_.labels.push_back(
            {kind, sheet_.cell("name"), sheet_.cell("name"), {}, {}, {}, sheet_.line()});
        out_.problem.variables.push_back(std::move(one));
        units_.push_back(unit);
        return index;
    }

    /// A stream may be called as the fraction of another is.
    void check_name(const std::string& id, Kind kind) {
        const auto [known, is_new] = quantities_.try_emplace(id, std::pair(sheet_.line(), kind));
        if (!is_new && known->second.second != kind) { // two of a kind are told elsewhere
            sheet_.refuse("stream", fmt::format("'{}' is the name of another quantity", id),
                          fmt::format("line {} has it: a fraction is called STREAM.COMPONENT",
                                      known->second.first));
        }
    }

    void note_correlation(const Variable& one, int index) {
        if (sheet_.has("correlation") != sheet_.has("correlated_with")) {
            sheet_.refuse(sheet_.has("correlation") ? "correlation" : "correlated_with",
                          "a correlation has a coefficient and another measurement",
                          "fill both `correlated_with` and `correlation`, or neither");
        } else if (sheet_.has("correlation")) {
            const auto coefficient = sheet_.number("correlation");
            if (coefficient && !(std::abs(*coefficient) < 1.0)) {
                sheet_.refuse("correlation",
                              fmt::format("'{}' is no correlation", sheet_.cell("correlation")),
                              "it lies between -1 and 1");
            } else if (!one.measured || one.sigma == 0.0) {
                sheet_.refuse("correlation", "what is not measured, or exact, has no error");
            } else if (coefficient) {
                correlations_.push_back(
                    {sheet_.line(), index, sheet_.cell("correlated_with"), *coefficient});
            }
        }
    }

    void place_fractions() {
        std::vector<std::string> known;
        known.reserve(streams_.size());
        for (const auto& [id, stream] : streams_) {
            known.push_back(id);
        }
        for (const auto& row : fractions_) {
            const auto found = streams_.find(row.stream);
            if (found == streams_.end()) {
                sheet_.refuse_at(row.line, "stream", fmt::format("no stream '{}'", row.stream),
                                 detail::help_of(row.stream, known,
                                                 "write its flow in a row without a component"));
            } else if (!found->second.fractions.emplace(row.component, row.variable).second) {
                sheet_.refuse_at(
                    row.line, "component",
                    fmt::format("a second fraction of '{}' in '{}'", row.component, row.stream));
            }
        }
    }

    /// What flows into each node flows out of it, and so does each component that is stated there.
    void add_nodes() {
        std::map<std::string, std::vector<std::pair<std::string, double>>> nodes; // sign: in is 1
        for (const auto& [id, stream] : streams_) {
            if (!stream.to.empty()) {
                nodes[stream.to].emplace_back(id, 1.0);
            }
            if (!stream.from.empty()) {
                nodes[stream.from].emplace_back(id, -1.0);
            }
        }
        for (const auto& [node, ends] : nodes) {
            Condition balance{node, {}, 0.0};
            std::set<std::string> components;
            const units::Unit first = unit_of(streams_.at(ends.front().first).flow); // units_ grows
            for (const auto& [id, sign] : ends) {
                const auto& stream = streams_.at(id);
                const auto& unit = unit_of(stream.flow);
                if (!unit.is_convertible_to(first)) {
                    sheet_.refuse_at(lines_.at(id), "unit",
                                     fmt::format("node '{}' adds {} and {}", node,
                                                 first.dimension_name(), unit.dimension_name()),
                                     fmt::format("write '{}' in {}", id, first.text()));
                }
                balance.terms.push_back({sign * unit.scale() / first.scale(), stream.flow, -1});
                for (const auto& [component, variable] : stream.fractions) {
                    components.insert(component);
                }
            }
            out_.problem.conditions.push_back(std::move(balance));
            for (const auto& component : components) {
                add_component(node, component, ends, first);
            }
        }
    }

    void add_component(const std::string& node, const std::string& component,
                       const std::vector<std::pair<std::string, double>>& ends,
                       const units::Unit& first) {
        Condition balance{node + ": " + component, {}, 0.0};
        for (const auto& [id, sign] : ends) {
            const auto& stream = streams_.at(id);
            const int fraction = fraction_of(id, component);
            balance.terms.push_back(
                {sign * unit_of(stream.flow).scale() / first.scale() * unit_of(fraction).scale(),
                 stream.flow, fraction});
        }
        out_.problem.conditions.push_back(std::move(balance));
    }

    int fraction_of(const std::string& id, const std::string& component) {
        auto& stream = streams_.at(id);
        if (const auto found = stream.fractions.find(component); found != stream.fractions.end()) {
            return found->second;
        }
        Variable one;
        one.id = fraction_id(id, component);
        if (const auto known = quantities_.find(one.id); known != quantities_.end()) {
            sheet_.refuse_at(
                known->second.first, "stream",
                fmt::format("'{}' is the name of another quantity", one.id),
                fmt::format("so is called the fraction of '{}' in stream '{}'", component, id));
        }
        one.unit = "1";
        one.lower = 0.0;
        one.upper = 1.0;
        const int index = static_cast<int>(out_.problem.variables.size());
        out_.problem.variables.push_back(std::move(one));
        out_.labels.push_back({Kind::fraction, {}, {}, {}, {}, {}, 0});
        units_.emplace_back();
        stream.fractions.emplace(component, index);
        return index;
    }

    [[nodiscard]] const units::Unit& unit_of(int variable) const {
        return units_[static_cast<std::size_t>(variable)];
    }

    /// Where the search for unmeasured variables begins: at what is measured of the same kind.
    void set_starts() {
        std::map<std::pair<bool, std::string>, std::pair<double, int>> seen; // sum, count
        const auto key = [&](std::size_t j) {
            const auto& id = out_.problem.variables[j].id;
            const bool is_flow = out_.labels[j].kind == Kind::flow;
            return std::pair(is_flow, is_flow ? unit_of(static_cast<int>(j)).dimension_name()
                                              : id.substr(id.rfind('.') + 1));
        };
        for (std::size_t j = 0; j < out_.labels.size(); ++j) {
            if (const auto& one = out_.problem.variables[j]; one.measured) {
                auto& [sum, count] = seen[key(j)];
                sum += std::abs(*one.measured) * unit_of(static_cast<int>(j)).scale();
                ++count;
            }
        }
        for (std::size_t j = 0; j < out_.labels.size(); ++j) {
            auto& one = out_.problem.variables[j];
            const auto found = seen.find(key(j));
            const double scale = unit_of(static_cast<int>(j)).scale();
            const double mean =
                found == seen.end() ? 0.0 : found->second.first / found->second.second / scale;
            one.start = mean > 0.0                              ? mean
                        : out_.labels[j].kind == Kind::fraction ? 0.5 / scale
                                                                : 1.0;
        }
    }

    Sheet sheet_;
    Measurements out_;
    std::vector<units::Unit> units_; ///< by variable
    std::map<std::string, Stream> streams_;
    std::map<std::string, int> lines_; ///< of streams
    std::vector<FractionRow> fractions_;
    std::map<std::string, std::pair<int, Kind>> quantities_; ///< lines of all ids so far
    std::vector<detail::EquationRow> equations_;
    std::vector<detail::CorrelationRow> correlations_;
};

} // namespace

std::string_view to_string(Kind kind) {
    switch (kind) {
    case Kind::flow:
        return "flow";
    case Kind::fraction:
        return "fraction";
    case Kind::coefficient:
        return "coefficient";
    case Kind::activity:
        return "activity";
    case Kind::trade:
        return "trade";
    }
    return "flow";
}

std::string_view to_string(Direction direction) {
    switch (direction) {
    case Direction::none:
        return "";
    case Direction::in:
        return "in";
    case Direction::out:
        return "out";
    case Direction::buy:
        return "buy";
    case Direction::sell:
        return "sell";
    case Direction::dispose:
        return "dispose";
    }
    return "";
}

bool is_of_plants(std::string_view text, const std::string& file) {
    const auto rows = io::csv_rows(text, file);
    return std::any_of(rows.front().cells.begin(), rows.front().cells.end(), [](const auto& cell) {
        const auto word = detail::trimmed(cell);
        return word == "facility" || word == "装置";
    });
}

Measurements read_network(std::string_view text, const std::string& file) {
    return NetworkReader(text, file).read();
}

} // namespace chainsim::reconcile
