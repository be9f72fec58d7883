#include "support/catch.hpp"
#include "support/solved_year.hpp"
#include <chainsim/accounts/indicators.hpp>
#include <chainsim/base/aligned.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/model/indicator_kinds.hpp>
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/study/policies.hpp>
#include <chainsim/study/sample.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/uncertainty/sampler.hpp>
#include <chainsim/uncertainty/tally.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

// The oracle of `chainsim sample` is the loop that anyone would write: set the figures of a draw in
// the scenario, compile each year, dispatch it, read its indicators. It knows no tape, no lanes and
// no pieces.

namespace {

using chainsim::Aligned;
using chainsim::study::Sample;
using chainsim::study::SampleRequest;
using chainsim::study::Verdict;
using chainsim::system::Outcome;
using chainsim::test::source;
using chainsim::uncertainty::Parameter;
using chainsim::uncertainty::ParameterKind;
using chainsim::uncertainty::SampleOptions;
using chainsim::uncertainty::Sampler;
namespace model = chainsim::model;

/// A plain loop of draws takes ten times as long then.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool is_sanitized = true;
#elif defined(__has_feature)
constexpr bool is_sanitized = __has_feature(address_sanitizer);
#else
constexpr bool is_sanitized = false;
#endif

constexpr auto eight = static_cast<std::size_t>(chainsim::vector_lanes);

/// Figures are known by their addresses, so that they are set where they stand: in a scenario that
/// is the test's own.
void set_figure(const Parameter& one, double value) {
    void* figure = const_cast<void*>(one.figure); // NOLINT(cppcoreguidelines-pro-type-const-cast)
    if (one.kind == ParameterKind::coefficient) {
        static_cast<model::Flow*>(figure)->amount = value;
        return;
    }
    auto& quantity = static_cast<model::Datum*>(figure)->value;
    quantity = chainsim::units::Quantity(value, quantity.unit());
}

/// Who passes on what, by facility and row; of power by facility alone: it takes at least as much
/// as it gives. A year is recorded with the answers of its nominal recipes, in every draw.
using PassedOn = std::set<std::pair<std::size_t, int>>;

PassedOn passed_on(const model::Scenario& scenario, const chainsim::system::System& system) {
    constexpr int power = -1;
    std::map<std::pair<std::size_t, int>, std::pair<double, double>> flows; // taken, given
    for (std::size_t f = 0; f < system.flows.size(); ++f) {
        for (const auto& flow : system.flows[f]) {
            const auto& commodity =
                scenario.model.commodities[system.layout.rows[static_cast<std::size_t>(flow.row)]];
            auto& both = flows[{f, model::is_power(commodity) ? power : flow.row}];
            const double amount = flow.amount.value();
            (amount < 0.0 ? both.first : both.second) += std::abs(amount);
        }
    }
    PassedOn out;
    for (const auto& [place, both] : flows) {
        if (both.first > 0.0 && both.second > 0.0 && both.first >= both.second) {
            out.insert(place);
        }
    }
    return out;
}

struct PlainYear {
    bool is_solved = false;
    bool passes_on_alike = true; ///< as the nominal recipes do
    std::map<std::string, double> indicators;
    std::map<std::string, Verdict> verdicts; ///< by policy
};

/// The years of a scenario at the figures of a draw.
class PlainLoop {
public:
    PlainLoop(const model::Scenario& scenario, const Sampler& sampler)
        : scenario_(scenario), sampler_(sampler) {
        for (const int year : scenario.years) {
            nominal_[year] = passed_on(scenario, chainsim::accounts::compile(scenario, year));
        }
    }

    std::vector<PlainYear> run(const Aligned& values, std::size_t lane) {
        const auto& all = sampler_.parameters().all;
        for (std::size_t p = 0; p < all.size(); ++p) {
            set_figure(all[p], values[p * eight + lane]);
        }
        std::vector<PlainYear> out;
        for (const int year : scenario_.years) {
            out.push_back(run_year(year));
        }
        for (const auto& one : all) {
            set_figure(one, one.value);
        }
        return out;
    }

private:
    [[nodiscard]] PlainYear run_year(int year) const {
        PlainYear out;
        const auto system = chainsim::accounts::compile(scenario_, year);
        out.passes_on_alike = passed_on(scenario_, system) == nominal_.at(year);
        const auto solution = chainsim::solve::Dispatch(system.equations).solve();
        out.is_solved = solution.outcome == Outcome::solved;
        if (!out.is_solved) {
            return out;
        }
        const auto values = chainsim::accounts::evaluate(system, solution);
        for (const auto& one : values) {
            out.indicators[one.id] = one.value;
        }
        for (const auto& one : chainsim::study::judge(scenario_, system, values, {})) {
            out.verdicts[one.id + ' ' + one.indicator] = one.verdict;
        }
        return out;
    }

    const model::Scenario& scenario_;
    const Sampler& sampler_;
    std::map<int, PassedOn> nominal_; ///< by year
};

/// What two ways find of an indicator in all draws.
struct Column {
    std::string id;
    std::vector<double> sampled;
    std::vector<double> plain;

    [[nodiscard]] double largest() const {
        double out = 0.0;
        for (const double value : plain) {
            out = std::isnan(value) ? out : std::max(out, std::abs(value));
        }
        return out;
    }
    /// Draws in which the two differ: beyond 1e-5 of the value, or 1e-8 of the largest where it
    /// nearly vanishes; or that one of them does not know. (Lanes come to rest within 1e-10 of each
    /// capacity, and a tax on what little profit is left can magnify that.)
    [[nodiscard]] std::vector<std::size_t> different() const {
        std::vector<std::size_t> out;
        const double floor = std::max(1e-8 * largest(), 1e-3); // of t, MWh, CNY: rounding
        for (std::size_t k = 0; k < plain.size(); ++k) {
            const double error = std::abs(sampled[k] - plain[k]);
            const bool same = std::isnan(plain[k])
                                  ? std::isnan(sampled[k])
                                  : error <= std::max(1e-5 * std::abs(plain[k]), floor);
            if (!same) {
                out.push_back(k);
            }
        }
        return out;
    }
};

struct Compared {
    std::vector<Column> columns;
    std::size_t solved = 0; ///< years of draws
    std::size_t unlike = 0; ///< solved by one of the two alone
    std::size_t left = 0; ///< years of draws in which some recipe passes on what it nominally makes
};

Compared compare_draws(const model::Scenario& scenario, const Sampler& sampler,
                       std::int64_t draws) {
    constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
    PlainLoop loop(scenario, sampler);
    Sampler::Workspace work(sampler);
    Aligned results(sampler.outputs() * eight);
    Compared out;
    for (const auto& year : sampler.years()) {
        for (const auto& info : year.info()) {
            out.columns.push_back({std::to_string(year.year()) + ' ' + info.id, {}, {}});
        }
    }
    for (std::int64_t first = 0; first < draws; first += static_cast<std::int64_t>(eight)) {
        sampler.evaluate(first, static_cast<int>(eight), work, results.data());
        for (std::size_t lane = 0; lane < eight; ++lane) {
            const auto years = loop.run(work.values(), lane);
            std::size_t column = 0;
            for (std::size_t y = 0; y < years.size(); ++y) {
                bool is_sampled = false;
                const bool is_compared = years[y].passes_on_alike;
                for (const auto& info : sampler.years()[y].info()) {
                    const auto found = years[y].indicators.find(info.id);
                    auto& both = out.columns[column];
                    const double sampled = results[column++ * eight + lane];
                    is_sampled = is_sampled || !std::isnan(sampled);
                    if (is_compared) {
                        both.sampled.push_back(sampled);
                        both.plain.push_back(found == years[y].indicators.end() ? nothing
                                                                                : found->second);
                    }
                }
                out.solved += years[y].is_solved ? 1 : 0;
                out.left += is_compared ? 0 : 1;
                out.unlike += years[y].is_solved == is_sampled ? 0 : 1;
            }
        }
    }
    return out;
}

void check_columns(const Compared& compared) {
    std::size_t told = 0;
    for (const auto& column : compared.columns) {
        const auto different = column.different();
        if (!different.empty() && ++told <= 20) {
            const std::size_t k = different.front();
            UNSCOPED_INFO(column.id << ": " << different.size() << " draws, first " << k
                                    << ": sampled " << column.sampled[k] << ", plain "
                                    << column.plain[k]);
        }
    }
    CHECK(told == 0);
    CHECK(compared.unlike == 0);
}

SampleOptions drawn(std::int64_t draws, chainsim::draws::Method method) {
    SampleOptions options;
    options.draws = draws;
    options.method = method;
    return options;
}

/// Of the sorted values the one of rank ceil(q n).
double by_sorting(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const auto rank =
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    return values.at(std::max<std::size_t>(rank, 1) - 1);
}

/// Those that a sample finds as draws stream by are those of all values sorted.
void check_quantiles(const Column& column) {
    const auto& shares = Sample::shares();
    const std::vector<float> sampled(column.sampled.begin(), column.sampled.end());
    auto plain = column.plain;
    plain.erase(
        std::remove_if(plain.begin(), plain.end(), [](double value) { return std::isnan(value); }),
        plain.end());
    chainsim::uncertainty::QuantileFinder finder(shares);
    for (int pass = 0; pass < chainsim::uncertainty::QuantileFinder::passes; ++pass) {
        finder.add(sampled.data(), sampled.size());
        finder.end_pass();
    }
    for (std::size_t q = 0; !plain.empty() && q < shares.size(); ++q) {
        CAPTURE(column.id, shares[q]);
        CHECK(finder.found()[q] == Approx(by_sorting(plain, shares[q]))
                                       .epsilon(1e-5)
                                       .margin(1e-3 + 1e-7 * column.largest()));
    }
}

} // namespace

SCENARIO("Draws of the district are those of a plain loop", "[validation][sample]") {
    // A copy of its own, whose figures the loop may set.
    const auto scenario = chainsim::load::load_scenario(source("scenarios/hainan/plan_2025.yaml"));
    GIVEN("draws of all its uncertain figures") {
        const std::int64_t draws = is_sanitized ? 96 : 2000;
        const Sampler sampler(scenario, drawn(draws, chainsim::draws::Method::random));
        const auto compared = compare_draws(scenario, sampler, draws);
        THEN("every indicator is the same in every draw, as long as no recipe passes on what it "
             "nominally makes, and so are their quantiles") {
            check_columns(compared);
            CHECK(compared.left < static_cast<std::size_t>(draws) / 10);
            CHECK(compared.solved > 9 * static_cast<std::size_t>(draws) / 10);
            for (const auto& column : compared.columns) {
                check_quantiles(column);
            }
        }
    }
}

SCENARIO("Draws of the tutorial's years are those of a plain loop", "[validation][sample]") {
    const auto scenario =
        chainsim::load::load_scenario(source("scenarios/tutorial/desk_2030.yaml"));
    GIVEN("draws by Sobol' points, closed or open") {
        auto options = drawn(104, chainsim::draws::Method::sobol);
        options.keeps_closure = GENERATE(true, false);
        const Sampler sampler(scenario, options);
        const auto compared = compare_draws(scenario, sampler, options.draws);
        THEN("every indicator of every year is the same") {
            CHECK(sampler.years().size() == 2);
            check_columns(compared);
            CHECK(compared.solved > 100);
            CHECK(compared.left < 20);
        }
    }
}

SCENARIO("A draw is judged by the policies as a run of it would be", "[validation][sample]") {
    GIVEN("draws of the district, with verdicts") {
        const auto study = chainsim::study::open(source("scenarios/hainan/plan_2025.yaml"));
        SampleRequest request;
        request.options = drawn(48, chainsim::draws::Method::sobol);
        const Sample sample(study, request);
        Sample::Maker maker(sample);
        std::vector<float> values;
        maker.make(0, values);
        // The same draws of a scenario that may be written to.
        const auto scenario =
            chainsim::load::load_scenario(source("scenarios/hainan/plan_2025.yaml"));
        const Sampler sampler(scenario, request.options);
        Sampler::Workspace work(sampler);
        Aligned results(sampler.outputs() * eight);
        PlainLoop loop(scenario, sampler);
        std::size_t met = 0;
        std::size_t missed = 0;
        for (std::size_t k = 0; k < 48; k += eight) {
            sampler.evaluate(static_cast<std::int64_t>(k), 8, work, results.data());
            for (std::size_t lane = 0; lane < eight; ++lane) {
                const auto years = loop.run(work.values(), lane);
                for (const auto& policy : sample.policies()) {
                    const float verdict = values[policy.verdicts * 48 + k + lane];
                    const auto& year = years[policy.year];
                    CAPTURE(policy.id, policy.indicator, k + lane, policy.bound);
                    if (!year.is_solved) {
                        CHECK(std::isnan(verdict));
                        continue;
                    }
                    const auto found = year.verdicts.find(policy.id + ' ' + policy.indicator);
                    REQUIRE(found != year.verdicts.end());
                    met += found->second == Verdict::met ? 1 : 0;
                    missed += found->second == Verdict::missed ? 1 : 0;
                    CHECK((verdict == 1.0F) == (found->second == Verdict::met));
                }
            }
        }
        THEN("some are met and some are missed") {
            CHECK(met > 48);
            CHECK(missed > 48);
        }
    }
}
