#include <chainsim/study/optimisation.hpp>
#include <chainsim/study/version.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>

namespace chainsim::study {

namespace {

using OptimiseJson = nlohmann::ordered_json;

/// Null where a number is not known.
OptimiseJson figure(double value) {
    return std::isfinite(value) ? OptimiseJson(value) : OptimiseJson(nullptr);
}

class JsonMaker {
public:
    explicit JsonMaker(const Optimisation& one) : one_(one) {}

    std::string make() {
        const auto& plan = one_.plan();
        const bool is_run = plan.outcome.is_solved && !plan.outcome.values.empty();
        json_["schema"] = "chainsim.optimise/1";
        json_["engine"] = {{"version", version()}, {"commit", commit()}};
        json_["status"] = one_.is_found() ? "found" : optimise::to_string(plan.status);
        json_["objective"] = is_run ? figure(plan.outcome.values.front()) : nullptr;
        json_["bound"] = figure(plan.bound);
        json_["gap"] = is_run ? figure(gap_as_run()) : nullptr;
        goals();
        program();
        scenario();
        projects();
        prices();
        rejected();
        deviations();
        plans();
        sampled();
        doubts();
        conflict();
        left_out();
        return json_.dump(1) + '\n';
    }

private:
    [[nodiscard]] int year(std::size_t at) const { return one_.district().years()[at].year; }
    [[nodiscard]] const std::string& id(int choice) const {
        return one_.district().choices()[static_cast<std::size_t>(choice)].id;
    }
    [[nodiscard]] double gap_as_run() const {
        return optimise::relative_gap(one_.plan().outcome.values.front(), one_.plan().bound);
    }

    void goals() {
        OptimiseJson list = OptimiseJson::array();
        const auto value = [](const portfolio::Outcome& outcome, std::size_t g) {
            return outcome.is_solved ? figure(outcome.values[g]) : OptimiseJson(nullptr);
        };
        for (std::size_t g = 0; g < one_.goals().size(); ++g) {
            const auto& goal = one_.goals()[g]->goal();
            OptimiseJson terms = OptimiseJson::object();
            for (const auto& [term, weight] : goal.terms) {
                terms[term] = weight;
            }
            list.push_back({{"terms", std::move(terms)},
                            {"sense", goal.is_maximised ? "max" : "min"},
                            {"unit", goal.unit},
                            {"value", value(one_.plan().outcome, g)},
                            {"without_projects", value(one_.without(), g)},
                            {"as_decided", value(one_.as_decided(), g)}});
        }
        json_["goals"] = std::move(list);
    }

    void program() {
        const auto& plan = one_.plan();
        OptimiseJson sizes = nullptr;
        if (plan.program != nullptr) {
            const auto& program = plan.program->program();
            sizes = {{"rows", program.rows()},
                     {"columns", program.columns()},
                     {"integers", program.integers()},
                     {"nonzeros", program.matrix.nonZeros()}};
        }
        json_["program"] = {{"operation", one_.request().operation == portfolio::Operation::open
                                              ? "free"
                                              : "as_run"},
                            {"solver", plan.solver},
                            {"status", optimise::to_string(plan.status)},
                            {"objective", figure(plan.value)},
                            {"bound", figure(plan.program_bound)},
                            {"gap", figure(plan.gap)},
                            {"nodes", plan.nodes},
                            {"size", std::move(sizes)},
                            {"years_run", plan.runs_made}};
    }

    void scenario() {
        if (one_.plans().empty()) {
            json_["scenario"] = nullptr;
            return;
        }
        json_["scenario"] = (one_.folder() / one_.plans().front().file).generic_string();
        if (const auto& agreement = one_.agreement()) {
            json_["agreement"] = {{"worst_difference", agreement->worst},
                                  {"indicator", agreement->indicator},
                                  {"year", agreement->year},
                                  {"hard_policies_missed", agreement->missed},
                                  {"soft_policies_missed", agreement->soft_missed}};
        }
    }

    void projects() {
        OptimiseJson list = OptimiseJson::array();
        const auto& choices = one_.district().choices();
        for (std::size_t c = 0; c < one_.plan().portfolio.size(); ++c) {
            const auto& decided = one_.plan().portfolio[c];
            if (!decided.is_made()) {
                continue;
            }
            OptimiseJson entry{{"id", choices[c].id}, {"year", decided.year}};
            if (choices[c].is_closure) {
                entry["closure"] = true;
            }
            if (decided.size > 0) {
                entry["size"] = choices[c].sizes[static_cast<std::size_t>(decided.size)].share;
            }
            for (const auto& merit : one_.merits()) {
                if (merit.choice == static_cast<int>(c)) {
                    entry["worth"] = figure(merit.change);
                }
            }
            list.push_back(std::move(entry));
        }
        json_["projects"] = std::move(list);
    }

    void prices() {
        OptimiseJson by_year = OptimiseJson::array();
        for (const auto& price : one_.prices().bounds) {
            const auto& bound = one_.bounds()[price.bound];
            const bool has_price = std::abs(price.at_choice) > 0.0 || std::abs(price.relaxed) > 0.0;
            if ((bound.is_hard || bound.penalty) && has_price) {
                by_year.push_back({{"policy", bound.id},
                                   {"year", year(bound.year)},
                                   {"unit", one_.goals().front()->goal().unit + "/" + bound.unit},
                                   {"room", figure(price.room)},
                                   {"at_choice", figure(price.at_choice)},
                                   {"relaxed", figure(price.relaxed)}});
            }
        }
        OptimiseJson by_policy = OptimiseJson::array();
        for (const auto& price : one_.prices().policies) {
            by_policy.push_back({{"policy", price.policy},
                                 {"unit", one_.goals().front()->goal().unit + "/" + price.unit},
                                 {"step", price.step},
                                 {"moved", price.moved},
                                 {"tightened", figure(price.tightened)},
                                 {"loosened", figure(price.loosened)},
                                 {"change_tightened", figure(price.change_tightened)},
                                 {"change_loosened", figure(price.change_loosened)},
                                 {"portfolio_changes", price.is_told}});
        }
        json_["shadow_prices"] = {{"years", std::move(by_year)},
                                  {"policies", std::move(by_policy)}};
    }

    void rejected() {
        OptimiseJson list = OptimiseJson::array();
        const auto& scenario = one_.district().scenario();
        for (const auto& one : one_.rejections()) {
            OptimiseJson entry{{"id", id(one.choice)}, {"possible", one.is_possible}};
            if (one.is_possible) {
                OptimiseJson misses = OptimiseJson::array();
                for (const auto b : one.misses) {
                    const auto& bound = one_.bounds()[b];
                    misses.push_back({{"policy", bound.id}, {"year", year(bound.year)}});
                }
                entry["year"] = one.best.year;
                entry["change"] = figure(one.change);
                entry["at_shadow_prices"] = figure(one.at_prices);
                entry["price_needed"] = figure(one.price_needed);
                entry["misses"] = std::move(misses);
                entry["oversteps_means"] = one.breaks > 0.0;
                if (one.product) {
                    entry["product"] = scenario.model.commodities[*one.product].id;
                }
                if (one.short_of) {
                    entry["short_of"] = scenario.model.commodities[*one.short_of].id;
                }
            }
            list.push_back(std::move(entry));
        }
        json_["rejected"] = std::move(list);
    }

    void deviations() {
        OptimiseJson list = OptimiseJson::array();
        const auto& scenario = one_.district().scenario();
        for (const auto& one : one_.deviations()) {
            OptimiseJson plants = OptimiseJson::array();
            const auto& columns = one_.district().years()[one.year].system.layout.columns;
            for (const auto& plant : one.plants) {
                const auto facility = columns[static_cast<std::size_t>(plant.column)];
                plants.push_back({{"id", scenario.facilities[facility].id},
                                  {"program", plant.program},
                                  {"run", plant.run},
                                  {"effect", plant.effect}});
            }
            list.push_back({{"year", year(one.year)},
                            {"indicator", one_.deviation_indicator()},
                            {"program", one.program},
                            {"run", one.run},
                            {"plan", one.plan},
                            {"plants", std::move(plants)}});
        }
        json_["deviations"] = std::move(list);
    }

    void plans() {
        OptimiseJson list = OptimiseJson::array();
        for (const auto& plan : one_.plans()) {
            list.push_back(
                {{"id", plan.id},
                 {"scenario", (one_.folder() / plan.file).generic_string()},
                 {"values", plan.values},
                 {"distance", portfolio::distance(plan.portfolio, one_.plan().portfolio)}});
        }
        json_["plans"] = std::move(list);
    }

    void sampled() {
        const auto& plan = one_.sampled();
        if (!plan) {
            return;
        }
        const auto fare = [](const portfolio::Fare& of_plan) {
            return OptimiseJson{{"mean", figure(of_plan.mean)}, {"kept", of_plan.kept}};
        };
        json_["sampled"] = {{"draws", plan->fare.keeps.size()},
                            {"without_solution", plan->unsolved},
                            {"chance", one_.request().chance},
                            {"chance_reached", plan->is_allowed},
                            {"explained_at", "nominal_figures"},
                            {"mean", figure(plan->fare.mean)},
                            {"kept", plan->fare.kept},
                            {"bound", figure(plan->bound)},
                            {"mean_with_foresight_at_most", figure(plan->foresight)},
                            {"plan_for_nominal_figures", fare(plan->before)},
                            {"program",
                             {{"status", std::string(to_string(plan->status))},
                              {"solver", plan->solver},
                              {"nodes", plan->nodes},
                              {"rows", plan->rows},
                              {"columns", plan->columns}}}};
    }

    void doubts() {
        OptimiseJson list = OptimiseJson::array();
        for (const auto& doubt : one_.doubts()) {
            OptimiseJson chances = OptimiseJson::array();
            for (const auto& [b, chance] : doubt.chances) {
                const auto& bound = one_.bounds()[b];
                chances.push_back(
                    {{"policy", bound.id}, {"year", year(bound.year)}, {"chance", chance}});
            }
            list.push_back({{"id", doubt.id},
                            {"draws", doubt.draws},
                            {"without_solution", doubt.unsolved},
                            {"nominal", figure(doubt.nominal)},
                            {"mean", figure(doubt.mean)},
                            {"p05", figure(doubt.low)},
                            {"p95", figure(doubt.high)},
                            {"chance", doubt.all},
                            {"chances", std::move(chances)}});
        }
        if (!list.empty()) {
            json_["doubt"] = std::move(list);
        }
    }

    void conflict() {
        const auto& found = one_.conflict();
        if (!found) {
            return;
        }
        OptimiseJson bounds = OptimiseJson::array();
        for (const auto b : found->bounds) {
            const auto& bound = one_.bounds()[b];
            bounds.push_back({{"policy", bound.id}, {"year", year(bound.year)}});
        }
        OptimiseJson relaxation = OptimiseJson::array();
        for (const auto& [b, amount] : found->relaxation) {
            const auto& bound = one_.bounds()[b];
            relaxation.push_back({{"policy", bound.id},
                                  {"year", year(bound.year)},
                                  {"amount", amount},
                                  {"unit", bound.unit}});
        }
        json_["conflict"] = {{"policies", std::move(bounds)},
                             {"means", found->means},
                             {"relaxation", std::move(relaxation)},
                             {"failure", failure_of(one_)}};
    }

    void left_out() {
        OptimiseJson list = OptimiseJson::array();
        for (const auto& one : one_.left_out()) {
            list.push_back({{"policy", one.policy}, {"why", one.why}});
        }
        json_["left_out"] = std::move(list);
    }

    const Optimisation& one_;
    OptimiseJson json_;
};

} // namespace

std::string optimisation_json(const Optimisation& optimisation) {
    return JsonMaker(optimisation).make();
}

} // namespace chainsim::study
