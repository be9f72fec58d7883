#pragma once

#include <chainsim/portfolio/explain.hpp>
#include <chainsim/portfolio/front.hpp>
#include <chainsim/portfolio/sampled_planner.hpp>
#include <chainsim/study/detail/plan_doubt.hpp>
#include <chainsim/study/detail/policy_bounds.hpp>
#include <chainsim/study/page.hpp>
#include <chainsim/study/study.hpp>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace chainsim::study {

/// What `chainsim optimise` is asked for.
struct OptimiseRequest {
    std::filesystem::path scenario;
    std::vector<int> years;           ///< instead of those of the scenario
    std::string objective = "npv";    ///< portfolio::parse_goal
    std::vector<std::string> then;    ///< further goals, each among the best of the ones before
    double slack = 1e-3;              ///< share of a goal that may be given up for the next one
    std::vector<std::string> pareto;  ///< two or three goals; empty: no front
    int points = 12;                  ///< of the front
    int alternatives = 0;             ///< further portfolios that differ most
    double within = 0.01;             ///< share by which they may be worse
    std::vector<std::string> at_most; ///< "INDICATOR=AMOUNT" in every year
    std::vector<std::string> at_least;
    std::string curve;       ///< indicator whose marginal cost is wanted; empty: none
    double step = 0.01;      ///< by which policies are moved to price them; 0: not
    std::int64_t sample = 0; ///< draws that the plan is made for, before one is known; 0: none
    double chance = 0.9;     ///< share of these in which every hard policy must be kept
    std::int64_t draws = 0;  ///< other ones, by which each plan is judged; 0: none
    portfolio::Operation operation = portfolio::Operation::as_run;
    double gap = 1e-4;
    double seconds = 300.0;
    std::string solver;                  ///< optimise::make_backend; empty: CBC
    std::filesystem::path write_mps;     ///< write the program there, and solve it
    std::filesystem::path read_solution; ///< take the answer of another solver from there
    std::filesystem::path folder;        ///< where the results are to stand
    bool log = false;
    const std::atomic<bool>* interrupt = nullptr;
    std::function<void(const std::string& step, double value)> progress;
};

/// A portfolio that was written as a scenario file.
struct WrittenPlan {
    std::string id;
    portfolio::Portfolio portfolio;
    std::vector<double> values; ///< by goal
    std::string file;           ///< path below the folder
    bool is_proposed = true;    ///< by a program, or met while others were sought
};

/// How the run of the written scenario agrees with what the optimiser had.
struct Agreement {
    double worst = 0.0; ///< relative, over all indicators and years
    std::string indicator;
    int year = 0;
    std::vector<std::string> missed;   ///< "policy in year" that are hard and missed
    std::set<std::string> soft_missed; ///< policies that are not hard, in some year
    double goal = 0.0;                 ///< the first goal, of the run
};

/// Chooses which projects are built and when, and explains the choice.
///
/// Errors   InputError; Unavailable if the solver is not in this build; NoSolution if the scenario
/// itself has none in some year with every
///          portfolio; IoError. What has no answer is told by `plan().status`.
/// Cost     for a district of 80 projects and twelve years some 20 s, mostly runs of portfolios.
class Optimisation {
public:
    explicit Optimisation(OptimiseRequest request);
    ~Optimisation();
    Optimisation(const Optimisation&) = delete;
    Optimisation& operator=(const Optimisation&) = delete;
    Optimisation(Optimisation&&) = delete;
    Optimisation& operator=(Optimisation&&) = delete;

    /// Plans, and explains.
    void solve();
    /// The mixed-integer program of the first goal, before anything is solved: of what is certain
    /// of every run. In MPS, for any solver; an answer to it is read by `read_solution`.
    [[nodiscard]] std::string mps() const;
    /// Writes the folder: the scenario with its inputs, its run, tables, `optimise.json` and
    /// `optimise.html`.
    void write();

    [[nodiscard]] const OptimiseRequest& request() const { return request_; }
    [[nodiscard]] const Study& study() const { return study_; }
    [[nodiscard]] const portfolio::District& district() const { return *district_; }
    [[nodiscard]] const std::vector<portfolio::Bound>& bounds() const { return bounds_; }
    [[nodiscard]] const std::vector<const portfolio::Valuer*>& goals() const { return goals_; }
    [[nodiscard]] const portfolio::Plan& plan() const { return plan_; }
    [[nodiscard]] bool is_found() const; ///< a portfolio that keeps everything when it is run
    [[nodiscard]] const portfolio::Outcome& without() const { return without_; }
    [[nodiscard]] const portfolio::Outcome& as_decided() const { return as_decided_; }
    [[nodiscard]] const portfolio::Prices& prices() const { return prices_; }
    [[nodiscard]] const std::vector<portfolio::Rejection>& rejections() const {
        return rejections_;
    }
    [[nodiscard]] const std::vector<portfolio::Deviation>& deviations() const {
        return deviations_;
    }
    [[nodiscard]] const std::vector<portfolio::Merit>& merits() const { return merits_; }
    [[nodiscard]] const std::optional<portfolio::Conflict>& conflict() const { return conflict_; }
    /// Hard bounds that the nearest plan misses, and by how much, where none keeps all.
    [[nodiscard]] const std::vector<std::pair<std::size_t, double>>& missed() const {
        return missed_;
    }
    [[nodiscard]] const std::vector<WrittenPlan>& plans() const { return plans_; }
    [[nodiscard]] const std::vector<detail::LeftOut>& left_out() const { return left_out_; }
    [[nodiscard]] const std::optional<Agreement>& agreement() const { return agreement_; }
    /// What was decided for a sample of draws, if that was asked for.
    [[nodiscard]] const std::optional<portfolio::SampledPlan>& sampled() const { return sampled_; }
    /// Of the plans, in their order, where draws were asked for.
    [[nodiscard]] const std::vector<PlanDoubt>& doubts() const { return doubts_; }
    [[nodiscard]] const std::string& deviation_indicator() const { return deviation_of_; }
    [[nodiscard]] std::filesystem::path folder() const;

private:
    void compile();
    [[nodiscard]] std::vector<portfolio::Bound>
    bounds_of(const portfolio::District& district, std::vector<detail::LeftOut>& left_out) const;
    void solve_first();
    void solve_then();
    void read_solution();
    void explain();
    void seek_front();
    void seek_alternatives();
    void draw_plans();
    void plan_for_sample();
    [[nodiscard]] std::vector<portfolio::DrawnDistrict> drawn_districts() const;
    [[nodiscard]] PlanDoubt doubt_of(const WrittenPlan& plan) const;
    [[nodiscard]] std::string text_of(const WrittenPlan& plan) const;
    /// Writes the inputs and the scenarios of the plans below a folder.
    void write_inputs(const std::filesystem::path& root,
                      const std::vector<WrittenPlan>& plans) const;
    void check_written(const std::filesystem::path& root);
    [[nodiscard]] portfolio::PlanOptions options() const;
    [[nodiscard]] std::string file_of(const WrittenPlan& plan) const;

    OptimiseRequest request_;
    Study study_;
    model::Candidates candidates_;
    std::vector<detail::AskedBound> asked_;
    std::unique_ptr<portfolio::District> district_;
    std::vector<std::unique_ptr<portfolio::Valuer>> valuers_;
    std::vector<const portfolio::Valuer*> goals_; ///< of the planner, the objective first
    std::vector<portfolio::Bound> bounds_;
    std::vector<detail::LeftOut> left_out_;
    std::unique_ptr<optimise::Backend> backend_;
    std::unique_ptr<portfolio::Planner> planner_;
    portfolio::Portfolio decided_;
    portfolio::Outcome without_;
    portfolio::Outcome as_decided_;
    portfolio::Plan plan_;
    portfolio::Prices prices_;
    std::vector<portfolio::Rejection> rejections_;
    std::vector<portfolio::Deviation> deviations_;
    std::vector<portfolio::Merit> merits_;
    std::optional<portfolio::Conflict> conflict_;
    std::vector<std::pair<std::size_t, double>> missed_;
    std::vector<WrittenPlan> plans_; ///< the best first
    std::optional<Agreement> agreement_;
    std::optional<portfolio::SampledPlan> sampled_;
    portfolio::Portfolio nominal_; ///< what was chosen before that
    std::vector<PlanDoubt> doubts_;
    std::string deviation_of_;
};

/// `{schema, status, objective, bound, gap, scenario, projects, shadow_prices, ...}`.
[[nodiscard]] std::string optimisation_json(const Optimisation& optimisation);
/// The same for readers.
[[nodiscard]] Page optimisation_page(const Optimisation& optimisation);

/// One line on why there is no plan, with the policies that cannot be kept together; empty if there
/// is one.
[[nodiscard]] std::string failure_of(const Optimisation& optimisation);

} // namespace chainsim::study
