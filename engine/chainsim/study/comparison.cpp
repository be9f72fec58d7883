#include <chainsim/analysis/attribution.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/study/comparison.hpp>
#include <chainsim/study/detail/common_library.hpp>
#include <chainsim/study/detail/differences.hpp>
#include <chainsim/study/detail/hybrids.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace chainsim::study {

namespace {

constexpr std::string_view all_indicators = "all";

/// Years that every scenario has, ascending.
std::vector<int> common_years(std::span<const Study> studies) {
    std::vector<int> years;
    for (const int year : studies.front().scenario().years) {
        const bool in_all = std::all_of(studies.begin(), studies.end(), [year](const Study& study) {
            const auto& own = study.scenario().years;
            return std::find(own.begin(), own.end(), year) != own.end();
        });
        if (in_all) {
            years.push_back(year);
        }
    }
    return years;
}

bool is_key(const std::string& id) {
    return std::find(detail::key_indicators.begin(), detail::key_indicators.end(), id) !=
           detail::key_indicators.end();
}

/// A year of every scenario; nothing once one has no solution, which is noted.
std::optional<ComparedYear> solve_year(std::span<const Study> studies, int year,
                                       Comparison& comparison) {
    std::map<std::string, SideBySide> indicators;
    for (std::size_t i = 0; i < studies.size(); ++i) {
        const auto system = accounts::compile(studies[i].scenario(), year);
        const auto solution = solve::Dispatch(system.equations).solve();
        if (solution.outcome != system::Outcome::solved) {
            comparison.failure = studies[i].run(year).failure();
            comparison.failed = i;
            return std::nullopt;
        }
        for (auto& value : accounts::evaluate(system, solution)) {
            auto& one = indicators[value.id];
            if (one.id.empty()) {
                one = {value.id, std::move(value.name), std::move(value.unit),
                       std::vector<double>(studies.size(), table::absent), is_key(value.id)};
            }
            one.values[i] = value.value;
        }
    }
    ComparedYear out{year, {}};
    for (auto& [id, one] : indicators) {
        out.indicators.push_back(std::move(one));
    }
    return out;
}

/// Marks the indicators that are asked for by name.
void mark_asked(ComparedYear& year, const std::vector<std::string>& of) {
    for (const auto& id : of) {
        bool found = false;
        for (auto& one : year.indicators) {
            if (id == all_indicators || one.id == id) {
                one.is_key = found = true;
            }
        }
        if (!found) {
            std::vector<std::string> known;
            known.reserve(year.indicators.size());
            for (const auto& one : year.indicators) {
                known.push_back(one.id);
            }
            const auto near = nearest(id, known);
            throw NotComparable(fmt::format(
                "no scenario has an indicator '{}' in {}{}", id, year.year,
                near.empty() ? std::string{} : fmt::format("; did you mean '{}'?", near)));
        }
    }
}

/// As many orders as some seconds allow, for changes of which some need a system compiled whenever
/// they come in. Counted, not timed, so that the same question has the same answer: a few
/// combinations are tried to see whether sweeps solve them, or a path must be followed.
std::size_t usual_orders(detail::Hybrids& hybrids) {
    constexpr double budget = 3000.0; // ms
    constexpr double solving = 1.0;
    constexpr double following = 10.0;
    constexpr double compiling = 9.0;
    constexpr std::size_t tries = 6;
    constexpr std::size_t fewest = 10;
    constexpr std::size_t most = 400;
    const std::size_t players = hybrids.players().size();
    const int before = hybrids.paths();
    for (std::size_t i = 1; i <= tries; ++i) {
        analysis::Coalition some(players);
        for (std::size_t p = 0; p * (tries + 1) < i * players; ++p) {
            some.add(p);
        }
        (void)hybrids(some);
    }
    const double followed =
        static_cast<double>(hybrids.paths() - before) / static_cast<double>(tries);
    const double each = (solving + following * followed) * static_cast<double>(players) +
                        compiling * static_cast<double>(hybrids.structural());
    return std::clamp(2 * static_cast<std::size_t>(budget / each / 2.0), fewest, most);
}

class Attributor {
public:
    Attributor(const Study& a, const Study& b, const ComparedYear& year, std::size_t scenario)
        : a_(a.scenario()), b_(b.scenario()), year_(year), scenario_(scenario) {
        detail::join_libraries(a_, b_);
        differences_ = detail::differences(a_, b_, year.year);
    }

    ComparedPair explain(const ComparisonOptions& options) {
        ComparedPair pair;
        std::vector<std::size_t> wanted;
        std::vector<std::string> ids;
        for (std::size_t i = 0; i < year_.indicators.size(); ++i) {
            const auto& one = year_.indicators[i];
            if (one.is_key && std::isfinite(one.difference(scenario_))) {
                wanted.push_back(i);
                ids.push_back(one.id);
            }
        }
        detail::Hybrids hybrids(a_, b_, differences_, year_.year, std::move(ids));
        const auto& players = hybrids.players();
        analysis::AttributionOptions drawing;
        drawing.seed = options.seed;
        drawing.orders = options.orders;
        if (options.orders == 0 && players.size() > drawing.exact_players) {
            drawing.orders = usual_orders(hybrids);
        }
        const auto attribution = analysis::attribute(players.size(), std::ref(hybrids), drawing);
        pair.changes = std::move(differences_.changes);
        pair.players = players.size();
        pair.exact = attribution.exact;
        pair.orders = attribution.orders;
        pair.skipped = attribution.skipped;
        pair.hybrids = attribution.coalitions;
        pair.unsolved = attribution.unsolved;
        pair.attributed = attribution.exact || attribution.orders > 0;
        if (pair.attributed) {
            for (std::size_t figure = 0; figure < wanted.size(); ++figure) {
                explain(wanted[figure], figure, players, attribution, pair);
            }
        }
        return pair;
    }

private:
    void explain(std::size_t indicator, std::size_t figure, const std::vector<std::size_t>& players,
                 const analysis::Attribution& attribution, ComparedPair& pair) const {
        Explained one;
        one.indicator = indicator;
        one.amount.assign(pair.changes.size(), 0.0);
        one.error.assign(pair.changes.size(), 0.0);
        one.unexplained = year_.indicators[indicator].difference(scenario_);
        for (std::size_t p = 0; p < players.size(); ++p) {
            one.amount[players[p]] = attribution.share[p][figure];
            one.error[players[p]] = attribution.error[p][figure];
            one.unexplained -= attribution.share[p][figure];
        }
        if (std::isfinite(one.unexplained)) { // else some combination does not count it
            pair.why.push_back(std::move(one));
        }
    }

    model::Scenario a_;
    model::Scenario b_;
    const ComparedYear& year_;
    std::size_t scenario_;
    detail::Differences differences_;
};

} // namespace

std::string_view to_string(ChangeKind kind) {
    switch (kind) {
    case ChangeKind::project:
        return "project";
    case ChangeKind::facility:
        return "facility";
    case ChangeKind::market:
        return "market";
    case ChangeKind::demand:
        return "demand";
    case ChangeKind::price:
        return "price";
    case ChangeKind::factor:
        return "factor";
    case ChangeKind::period:
        return "period";
    case ChangeKind::region:
        return "region";
    case ChangeKind::process:
        return "process";
    case ChangeKind::commodity:
        return "commodity";
    case ChangeKind::pollutant:
        return "pollutant";
    case ChangeKind::group:
        return "group";
    case ChangeKind::guideline:
        return "guideline";
    case ChangeKind::standard:
        return "standard";
    case ChangeKind::ledger:
        return "ledger";
    case ChangeKind::improvement:
        return "improvement";
    case ChangeKind::policy:
        return "policy";
    }
    return {};
}

Comparison compare(std::span<const Study> studies, const ComparisonOptions& options) {
    CHAINSIM_EXPECT(studies.size() >= 2, "a comparison of fewer than two scenarios");
    Comparison out;
    for (const auto& study : studies) {
        out.names.push_back(study.scenario().name);
        out.ids.push_back(study.scenario().id);
    }
    const auto years = options.year ? std::vector{*options.year} : common_years(studies);
    if (years.empty()) {
        throw NotComparable("the scenarios have no year in common: name one with --year");
    }
    for (const int year : years) {
        auto solved = solve_year(studies, year, out);
        if (!solved) {
            return out;
        }
        out.years.push_back(std::move(*solved));
    }
    mark_asked(out.years.back(), options.of);
    for (std::size_t i = 1; i < studies.size(); ++i) {
        out.pairs.push_back(
            Attributor(studies.front(), studies[i], out.explained_year(), i).explain(options));
    }
    return out;
}

std::optional<std::string> largest_difference(const Comparison& comparison, double tolerance) {
    std::optional<std::string> out;
    double largest = tolerance;
    for (const auto& year : comparison.years) {
        for (const auto& one : year.indicators) {
            for (const double value : one.values) {
                const double first = one.values.front();
                const double size = std::max(std::abs(first), std::abs(value));
                double apart = size == 0.0 ? 0.0 : std::abs(value - first) / size;
                if (std::isnan(value) != std::isnan(first)) { // only one has it
                    apart = std::numeric_limits<double>::infinity();
                }
                if (apart > largest) {
                    largest = apart;
                    out = one.id;
                }
            }
        }
    }
    return out;
}

} // namespace chainsim::study
