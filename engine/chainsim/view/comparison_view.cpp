#include <chainsim/view/detail/json.hpp>
#include <chainsim/view/view.hpp>

#include <cstddef>

namespace chainsim::view {

namespace {

using detail::Json;
using detail::name;
using detail::number;

Json waterfall(const study::Comparison& comparison, const study::ComparedPair& pair,
               const study::Explained& why, std::size_t scenario) {
    const auto& indicator = comparison.explained_year().indicators[why.indicator];
    Json parts = Json::array();
    for (std::size_t i = 0; i < pair.changes.size(); ++i) {
        if (why.amount[i] != 0.0) {
            parts.push_back({{"name", name(pair.changes[i].name)},
                             {"detail", name(pair.changes[i].detail)},
                             {"value", number(why.amount[i])}});
        }
    }
    return {{"indicator", indicator.id},
            {"name", name(indicator.name)},
            {"unit", indicator.unit},
            {"from", number(indicator.values.front())},
            {"to", number(indicator.values[scenario])},
            {"parts", std::move(parts)},
            {"unexplained", number(why.unexplained)}};
}

Json pair_json(const study::Comparison& comparison, std::size_t at) {
    const auto& pair = comparison.pairs[at];
    Json waterfalls = Json::array();
    for (const auto& why : pair.why) {
        waterfalls.push_back(waterfall(comparison, pair, why, at + 1));
    }
    Json others = Json::array();
    for (const auto& change : pair.changes) {
        if (!change.moves && !change.spends) {
            others.push_back({{"name", name(change.name)}, {"detail", name(change.detail)}});
        }
    }
    return {{"exact", pair.exact},
            {"waterfalls", std::move(waterfalls)},
            {"others", std::move(others)}};
}

} // namespace

Json comparison_json(std::span<const study::Study> studies, std::optional<int> year) {
    study::ComparisonOptions options;
    options.year = year;
    const auto comparison = study::compare(studies, options);
    if (comparison.failure) {
        throw study::NoSolution(comparison.failure->message);
    }
    Json names = Json::array();
    for (const auto& one : comparison.names) {
        names.push_back(name(one));
    }
    Json indicators = Json::array();
    for (const auto& one : comparison.explained_year().indicators) {
        if (!one.is_key) {
            continue;
        }
        Json values = Json::array();
        for (const double value : one.values) {
            values.push_back(number(value));
        }
        indicators.push_back({{"id", one.id},
                              {"name", name(one.name)},
                              {"unit", one.unit},
                              {"key", one.is_key},
                              {"values", std::move(values)}});
    }
    Json pairs = Json::array();
    for (std::size_t i = 0; i < comparison.pairs.size(); ++i) {
        pairs.push_back(pair_json(comparison, i));
    }
    return {{"year", comparison.explained_year().year},
            {"names", std::move(names)},
            {"indicators", std::move(indicators)},
            {"pairs", std::move(pairs)}};
}

} // namespace chainsim::view
