#include <chainsim/base/error.hpp>
#include <chainsim/study/comparison.hpp>
#include <chainsim/study/detail/analysis_json.hpp>
#include <chainsim/study/detail/efficiencies.hpp>

#include <cmath>

namespace chainsim::study {

namespace {

using detail::Json;
using detail::number;

Json values_json(const std::vector<double>& values) {
    Json list = Json::array();
    for (const double value : values) {
        list.push_back(number(value));
    }
    return list;
}

/// One pair: its changes, how they were weighed, and what each does to each indicator.
class PairWriter {
public:
    PairWriter(const Comparison& comparison, std::size_t pair)
        : comparison_(comparison), pair_(comparison.pairs[pair]), scenario_(pair + 1) {}

    [[nodiscard]] Json indicators() const {
        Json out = Json::object();
        for (const auto& one : comparison_.explained_year().indicators) {
            out[one.id] = {{"name", detail::name(one.name)},
                           {"unit", one.unit},
                           {"a", number(one.values.front())},
                           {"b", number(one.values[scenario_])},
                           {"difference", number(one.difference(scenario_))}};
        }
        for (const auto& why : pair_.why) {
            const auto& one = comparison_.explained_year().indicators[why.indicator];
            out[one.id]["contributions"] = contributions(why, one.difference(scenario_));
            out[one.id]["unexplained"] = number(why.unexplained);
        }
        return out;
    }

    [[nodiscard]] Json changes() const {
        Json list = Json::array();
        for (const auto& change : pair_.changes) {
            list.push_back({{"id", change.id},
                            {"kind", to_string(change.kind)},
                            {"name", detail::name(change.name)},
                            {"detail", detail::name(change.detail)},
                            {"moves", change.moves || change.spends}});
        }
        return list;
    }

    [[nodiscard]] Json attribution() const {
        return {{"method", pair_.exact ? "exact" : "sampled"},
                {"attributed", pair_.attributed},
                {"changes", pair_.players},
                {"orders", pair_.exact ? Json(nullptr) : Json(pair_.orders)},
                {"orders_skipped", pair_.skipped},
                {"combinations", pair_.hybrids},
                {"combinations_unsolved", pair_.unsolved}};
    }

private:
    [[nodiscard]] Json contributions(const Explained& why, double difference) const {
        Json list = Json::array();
        for (std::size_t i = 0; i < pair_.changes.size(); ++i) {
            if (why.amount[i] != 0.0 || why.error[i] != 0.0) {
                list.push_back({{"change", pair_.changes[i].id},
                                {"amount", why.amount[i]},
                                {"share", number(why.amount[i] / difference)},
                                {"error", number(why.error[i])}});
            }
        }
        return list;
    }

    const Comparison& comparison_;
    const ComparedPair& pair_;
    std::size_t scenario_;
};

Json scenarios_json(const Comparison& comparison) {
    Json list = Json::array();
    for (std::size_t i = 0; i < comparison.ids.size(); ++i) {
        list.push_back({{"id", comparison.ids[i]}, {"name", detail::name(comparison.names[i])}});
    }
    return list;
}

Json years_json(const Comparison& comparison) {
    Json list = Json::array();
    for (const auto& year : comparison.years) {
        Json indicators = Json::object();
        for (const auto& one : year.indicators) {
            if (one.is_key) {
                indicators[one.id] = values_json(one.values);
            }
        }
        list.push_back({{"year", year.year}, {"indicators", std::move(indicators)}});
    }
    return list;
}

Json ratios_json(const Comparison& comparison) {
    Json out = Json::object();
    for (const auto& one : detail::efficiencies(comparison.explained_year())) {
        out[std::string(one.id)] = {{"unit", std::string(one.unit)},
                                    {"values", values_json(one.values)}};
    }
    return out;
}

Json better_json(const Comparison& comparison, std::size_t pair) {
    const auto trade = detail::trade_off(comparison.explained_year(), pair + 1);
    return {{"a_better_in", trade.first_better}, {"b_better_in", trade.other_better}};
}

} // namespace

std::string comparison_json(const Comparison& comparison) {
    CHAINSIM_EXPECT(!comparison.failure, "a scenario without a solution");
    const PairWriter first(comparison, 0);
    Json others = Json::array();
    for (std::size_t i = 1; i < comparison.pairs.size(); ++i) {
        const PairWriter other(comparison, i);
        others.push_back({{"scenario", comparison.ids[i + 1]},
                          {"indicators", other.indicators()},
                          {"changes", other.changes()},
                          {"attribution", other.attribution()},
                          {"trade_off", better_json(comparison, i)}});
    }
    const Json document{{"schema", "chainsim.compare/1"},
                        {"basis", to_string(Basis::planned)}, // of all that says no other
                        {"year", comparison.explained_year().year},
                        {"scenarios", scenarios_json(comparison)},
                        {"indicators", first.indicators()},
                        {"changes", first.changes()},
                        {"attribution", first.attribution()},
                        {"trade_off", better_json(comparison, 0)},
                        {"ratios", ratios_json(comparison)},
                        {"others", std::move(others)},
                        {"years", years_json(comparison)}};
    return document.dump(1) + '\n';
}

} // namespace chainsim::study
