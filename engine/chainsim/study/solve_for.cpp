#include <chainsim/accounts/indicators.hpp>
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/study/solve_for.hpp>
#include <chainsim/study/told.hpp>

#include <boost/math/tools/toms748_solve.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <utility>

namespace chainsim::study {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double percent = 100.0;

[[noreturn]] void refuse(const std::string& message, const std::string& help) {
    throw InputError({Diagnostic{{}, {}, message, help, {}, {}}});
}

/// Power that is not green and brought in, MWh.
double bought_power(const model::Scenario& scenario, const system::System& system,
                    const system::Solution& solution) {
    static const auto mwh = units::Unit::parse("MWh");
    double sum = 0.0;
    for (std::size_t r = 0; r < system.layout.rows.size(); ++r) {
        const auto& one = scenario.model.commodities[system.layout.rows[r]];
        if (one.energy_product && !one.non_fossil && one.unit == mwh) {
            sum += solution.bought[static_cast<Eigen::Index>(r)];
        }
    }
    return sum;
}

/// The judgements of a year of a scenario, and its indicators.
struct Judged {
    system::Outcome outcome = system::Outcome::solved;
    std::vector<accounts::IndicatorValue> values;
    std::vector<Judgement> policies;
    double bought_power = 0.0; ///< MWh, not green

    [[nodiscard]] double value(std::string_view id) const {
        const auto found = std::find_if(values.begin(), values.end(),
                                        [id](const auto& one) { return one.id == id; });
        return found == values.end() ? none : found->value;
    }
};

/// `teller` has kept the anchors of the year: what is tried moves no year that is over.
Judged judged(const model::Scenario& scenario, int year, const Teller& teller) {
    const auto system = accounts::compile(scenario, year);
    const auto solution = solve::Dispatch(system.equations).solve();
    Judged out;
    out.outcome = solution.outcome;
    if (solution.outcome == system::Outcome::solved) {
        const auto told = teller.tell(scenario, system, accounts::evaluate(system, solution), {});
        out.policies = judge(scenario, system, told);
        out.values = told.values;
        out.bought_power = bought_power(scenario, system, solution);
    }
    return out;
}

/// A teller with what the scenario as it is has in the years that a year rests on.
Teller teller_of(const model::Scenario& scenario, int year) {
    Teller teller(scenario);
    std::vector<int> years{year};
    if (const auto* period = model::period_of(scenario.periods, year)) {
        years.push_back(period->base_year);
    }
    auto needed = teller.anchors_of({year});
    for (const int base : teller.anchors_of({years.back()})) {
        needed.push_back(base);
    }
    for (const int before : needed) {
        const auto system = accounts::compile(scenario, before);
        const auto solution = solve::Dispatch(system.equations).solve();
        CHAINSIM_EXPECT(solution.outcome == system::Outcome::solved, "a year without a solution");
        teller.keep(before, accounts::evaluate(system, solution));
    }
    return teller;
}

bool is_of_co2(const Judgement& policy) { return policy.indicator.starts_with("co2"); }

/// Does the account of an indicator deduct non-fossil power?
bool deducts(const Judgement& policy) {
    return policy.indicator == "energy_controlled" || policy.indicator == "energy_intensity";
}

/// Room in tce, or t of CO2: negative where something is to be saved. NaN where a policy bounds no
/// use of energy and no CO2.
double room_of(const Judgement& policy) {
    if (const double room = remark_of(policy, "room"); !std::isnan(room)) {
        return room;
    }
    const bool is_total = policy.indicator.starts_with("energy_total") ||
                          policy.indicator.starts_with("energy_calorific_of_") ||
                          policy.indicator.starts_with("energy_equivalent_of_") ||
                          policy.indicator == "energy_controlled" || is_of_co2(policy);
    return is_total && (policy.unit == "tce" || policy.unit == "t") ? policy.margin : none;
}

/// All points of a path times a factor.
model::Path scaled(const model::Path& path, double factor) {
    auto points = path.points();
    for (auto& [year, datum] : points) {
        datum.value = {datum.value.number() * factor, datum.value.unit()};
    }
    return {std::move(points), path.interpolation()};
}

/// The same figure for every year.
model::Path constant(const model::Path& like, double share) {
    auto datum = like.points().front().second;
    datum.value = {share, units::Unit::parse("1")};
    return model::Path(std::move(datum));
}

/// Where a continuous margin is zero between two values of the unknown at which its signs differ.
double root(double low, double high, double at_low, double at_high,
            const std::function<double(double)>& margin) {
    constexpr int bits = 44; // some 13 digits
    std::uintmax_t most = 100;
    const auto [a, b] = boost::math::tools::toms748_solve(
        margin, low, high, at_low, at_high, boost::math::tools::eps_tolerance<double>(bits), most);
    return 0.5 * (a + b);
}

class Solver {
public:
    Solver(const model::Scenario& scenario, int year, Question question)
        : scenario_(scenario), year_(year), question_(std::move(question)),
          teller_(teller_of(scenario, year)), now_(judged(scenario, year, teller_)) {
        CHAINSIM_EXPECT(now_.outcome == system::Outcome::solved, "a year without a solution");
    }

    std::vector<Answer> answer(const std::string& id) {
        std::vector<Answer> out;
        for (const auto position : chosen(id)) {
            const auto& policy = now_.policies[position];
            Answer one;
            one.policy = policy.id;
            one.indicator = policy.indicator;
            one.margin = policy.margin;
            one.margin_unit = policy.unit;
            one.now = one.needed = one.limit = one.rest_growth = none;
            solve(one, position);
            out.push_back(std::move(one));
        }
        return out;
    }

private:
    [[nodiscard]] std::vector<std::size_t> chosen(const std::string& id) const {
        const auto which = [&](auto keep) {
            std::vector<std::size_t> out;
            for (std::size_t i = 0; i < now_.policies.size(); ++i) {
                if (!std::isnan(now_.policies[i].margin) && keep(now_.policies[i])) {
                    out.push_back(i);
                }
            }
            return out;
        };
        if (!id.empty()) {
            const auto ids = scenario_.policies.ids();
            if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
                const std::string near = nearest(id, ids);
                refuse(fmt::format("unknown policy '{}'", id),
                       near.empty() ? "" : fmt::format("did you mean '{}'?", near));
            }
            return which([&](const auto& one) { return one.id == id; });
        }
        auto missed = which([](const auto& one) { return one.verdict == Verdict::missed; });
        return missed.empty() ? which([](const auto& one) {
            return one.group == model::PolicyGroup::dual_control;
        })
                              : missed;
    }

    void solve(Answer& answer, std::size_t position) {
        const auto& policy = now_.policies[position];
        switch (question_.unknown) {
        case Unknown::energy:
            return save(answer, policy);
        case Unknown::green_power:
            return buy_green(answer, policy);
        case Unknown::growth:
            return grow(answer, position);
        case Unknown::price:
            return pay(answer, position);
        case Unknown::start:
            return start(answer, position);
        }
    }

    static void save(Answer& answer, const Judgement& policy) {
        const double room = room_of(policy);
        if (!std::isnan(room)) {
            answer.answered = Answered::found;
            answer.needed = room == 0.0 ? 0.0 : -room;
            answer.unit = is_of_co2(policy) ? "t" : "tce";
        }
    }

    /// What is bought with certificates takes the place of other power, so no more than that.
    void buy_green(Answer& answer, const Judgement& policy) const {
        const auto* period = model::period_of(scenario_.periods, year_);
        const double room = room_of(policy);
        const auto factor = [&](const std::string& id, const char* unit) {
            const auto& factors = scenario_.model.factors;
            return factors.contains(id) ? factors.at(id).path.at(year_).in(unit) : none;
        };
        double per_mwh = none;
        if (is_of_co2(policy)) {
            // What enterprises report counts power in the network alike, certificates or not.
            per_mwh =
                policy.indicator.starts_with("co2_enterprise") ? none : factor("grid_co2", "t/MWh");
        } else if (deducts(policy) && period != nullptr &&
                   period->non_fossil != model::NonFossil::counted) {
            per_mwh = factor(period->electricity_equivalent, "tce/MWh");
        }
        if (std::isnan(room) || std::isnan(per_mwh)) {
            return;
        }
        answer.unit = "MWh";
        answer.now = 0.0;
        answer.limit = now_.bought_power;
        answer.needed = std::max(0.0, -room / per_mwh);
        answer.answered = answer.needed <= answer.limit ? Answered::found : Answered::out_of_reach;
    }

    void grow(Answer& answer, std::size_t position) {
        const auto* period = model::period_of(scenario_.periods, year_);
        if (period == nullptr || !period->gdp_growth || year_ <= period->base_year) {
            return;
        }
        const int passed = year_ - period->base_year;
        const auto growth = model::growth_since_base(*period, year_);
        answer.unit = "%";
        answer.now = growth ? percent * (std::pow(growth->value(), 1.0 / passed) - 1.0) : none;
        constexpr double least = -0.2;
        constexpr double most = 0.6;
        settle(answer, position, least, most, percent);
        if (answer.answered == Answered::found) {
            answer.rest_growth = growth_of_rest(*period, answer.needed / percent, passed);
        }
    }

    /// Yearly growth of what GDP leaves beside the plants, if GDP grows by `share` a year.
    [[nodiscard]] double growth_of_rest(const model::Period& period, double share, int passed) {
        if (!base_) {
            base_ = judged(scenario_, period.base_year, teller_);
        }
        const auto& base = *base_;
        const double given = now_.value("gdp_given");
        const double base_gdp = base.value("gdp_given");
        const double then =
            base_gdp * std::pow(1.0 + share, passed) - given + now_.value("gdp_rest");
        const double ratio = then / base.value("gdp_rest");
        return then > 0.0 && ratio > 0.0 ? percent * (std::pow(ratio, 1.0 / passed) - 1.0) : none;
    }

    /// A price changes no flow: what the margin is at twice the price tells how it depends on it.
    void pay(Answer& answer, std::size_t position) {
        const auto& commodity = scenario_.model.commodities.at(question_.subject);
        const auto& prices = scenario_.model.prices;
        answer.unit = "CNY/" + commodity.unit.text();
        answer.now = prices.contains(commodity.id)
                         ? prices.at(commodity.id).without_vat(year_, commodity.unit).value()
                         : none;
        constexpr double most = 20.0;
        settle(answer, position, 0.0, most, answer.now);
    }

    /// The scenario with the unknown at a value.
    [[nodiscard]] model::Scenario with(double value) const {
        if (question_.unknown == Unknown::start) {
            return started(static_cast<int>(value));
        }
        return question_.unknown == Unknown::price ? priced(value) : grown(value);
    }

    /// The year judged with the unknown at a value: once, whichever policies ask.
    const Judged& trial(double value) {
        auto [found, is_new] = trials_.try_emplace(value);
        if (is_new) {
            found->second = judged(with(value), year_, teller_);
        }
        return found->second;
    }

    [[nodiscard]] double margin(std::size_t position, double value) {
        const auto& one = trial(value);
        return one.outcome == system::Outcome::solved ? one.policies[position].margin : none;
    }

    [[nodiscard]] model::Scenario grown(double share) const {
        auto copy = scenario_;
        const auto* period = model::period_of(scenario_.periods, year_);
        if (period == nullptr) {
            return copy;
        }
        const auto index = copy.periods.find(period->id);
        if (index && period->gdp_growth) {
            copy.periods[*index].gdp_growth = constant(*period->gdp_growth, share);
        }
        return copy;
    }

    [[nodiscard]] model::Scenario priced(double factor) const {
        auto copy = scenario_;
        if (const auto index = copy.model.prices.find(question_.subject)) {
            auto& price = copy.model.prices[*index];
            price.path = scaled(price.path, factor);
        }
        if (const auto index = copy.markets.find(question_.subject)) {
            auto& market = copy.markets[*index];
            for (auto* side : {&market.buy, &market.sell}) {
                if (*side && (*side)->price) {
                    (*side)->price = scaled(*(*side)->price, factor);
                }
            }
        }
        return copy;
    }

    /// Where the margin is zero between two values, told in `unit` times the value.
    void settle(Answer& answer, std::size_t position, double low, double high, double unit) {
        const double at_low = margin(position, low);
        const double at_high = margin(position, high);
        if (at_low == at_high || std::isnan(at_low) || std::isnan(at_high)) {
            return;
        }
        if ((at_low > 0.0) == (at_high > 0.0)) {
            answer.answered = Answered::out_of_reach;
            answer.limit = unit * ((std::abs(at_low) < std::abs(at_high)) ? low : high);
            return;
        }
        answer.answered = Answered::found;
        answer.needed = unit * root(low, high, at_low, at_high,
                                    [&](double value) { return margin(position, value); });
    }

    void start(Answer& answer, std::size_t position) {
        const auto& project = scenario_.projects.at(question_.subject);
        answer.unit = "a";
        if (!project.start) {
            return;
        }
        answer.now = *project.start;
        const int first = std::min(project.earliest.value_or(*project.start), *project.start);
        std::optional<int> nearest_year;
        for (int year = first; year <= year_ + 1; ++year) {
            const double left = margin(position, year);
            answer.by_year.emplace_back(year, left);
            const auto distance = [&](int other) { return std::abs(other - *project.start); };
            if (left >= 0.0 && (!nearest_year || distance(year) < distance(*nearest_year))) {
                nearest_year = year;
            }
        }
        const auto same = [&](const auto& one) {
            return one.second == answer.by_year.front().second;
        };
        if (std::all_of(answer.by_year.begin(), answer.by_year.end(), same)) {
            return;
        }
        answer.answered = nearest_year ? Answered::found : Answered::out_of_reach;
        answer.needed = nearest_year ? static_cast<double>(*nearest_year) : none;
    }

    /// The scenario with the project starting in another year: its plants and their ramps move
    /// along, and so does the end of what they replace.
    [[nodiscard]] model::Scenario started(int year) const {
        auto copy = scenario_;
        const auto& project = scenario_.projects.at(question_.subject);
        if (!project.start) {
            return copy;
        }
        const int shift = year - *project.start;
        for (const auto& id : project.facilities) {
            if (const auto index = copy.facilities.find(id)) {
                auto& start = copy.facilities[*index].start;
                start = start ? *start + shift : year;
            }
        }
        for (const auto& id : project.replaces) {
            const auto index = copy.facilities.find(id);
            if (index && copy.facilities[*index].retire == project.start) {
                copy.facilities[*index].retire = year;
            }
        }
        if (const auto index = copy.projects.find(project.id)) {
            copy.projects[*index].start = year;
        }
        return copy;
    }

    const model::Scenario& scenario_;
    int year_;
    Question question_;
    Teller teller_;
    Judged now_;
    std::map<double, Judged> trials_; ///< by value of the unknown
    std::optional<Judged> base_;      ///< the base year of the period
};

} // namespace

std::string_view to_string(Answered answered) {
    switch (answered) {
    case Answered::found:
        return "found";
    case Answered::no_effect:
        return "no_effect";
    case Answered::out_of_reach:
        return "out_of_reach";
    }
    return {};
}

std::string_view to_string(Unknown unknown) {
    switch (unknown) {
    case Unknown::energy:
        return "energy";
    case Unknown::green_power:
        return "green_power";
    case Unknown::growth:
        return "growth";
    case Unknown::price:
        return "price";
    case Unknown::start:
        return "start";
    }
    return {};
}

Question read_question(std::string_view text, const model::Scenario& scenario) {
    static constexpr std::array unknowns{Unknown::energy, Unknown::green_power, Unknown::growth,
                                         Unknown::price, Unknown::start};
    const auto colon = text.find(':');
    const auto word = text.substr(0, colon);
    const auto* found = std::find_if(unknowns.begin(), unknowns.end(),
                                     [&](Unknown one) { return to_string(one) == word; });
    const bool has_subject = colon != std::string_view::npos;
    const bool needs_subject =
        found != unknowns.end() && (*found == Unknown::price || *found == Unknown::start);
    if (found == unknowns.end() || has_subject != needs_subject) {
        refuse(fmt::format("'{}' is nothing that can be solved for", text),
               "write energy, green_power, growth, price:COMMODITY or start:PROJECT");
    }
    Question question{*found, needs_subject ? std::string(text.substr(colon + 1)) : ""};
    const auto must_be_known = [&](const char* what, const std::vector<std::string>& ids) {
        if (std::find(ids.begin(), ids.end(), question.subject) == ids.end()) {
            const std::string near = nearest(question.subject, ids);
            refuse(fmt::format("unknown {} '{}'", what, question.subject),
                   near.empty() ? "" : fmt::format("did you mean '{}'?", near));
        }
    };
    if (question.unknown == Unknown::price) {
        if (const auto index = scenario.model.find_commodity(question.subject)) {
            question.subject = scenario.model.commodities[*index].id;
        }
        must_be_known("price", scenario.model.prices.ids());
    } else if (question.unknown == Unknown::start) {
        must_be_known("project", scenario.projects.ids());
        const auto& project = scenario.projects.at(question.subject);
        if (!project.selected || !project.start) {
            refuse(fmt::format("project '{}' is not built in this scenario", project.id),
                   "add it to `build` or `also` first");
        }
        if (!project.retrofits.empty()) {
            refuse(fmt::format("project '{}' rebuilds plants that stand, and another start would "
                               "change their recipes",
                               project.id),
                   "change `start` in a scenario, and compare the two");
        }
    }
    return question;
}

std::vector<Answer> solve_for(const model::Scenario& scenario, int year, const Question& question,
                              const std::string& policy) {
    return Solver(scenario, year, question).answer(policy);
}

} // namespace chainsim::study
