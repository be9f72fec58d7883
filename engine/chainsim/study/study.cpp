#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/sha256.hpp>
#include <chainsim/load/load_scenario.hpp>
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/study/run_folder.hpp>
#include <chainsim/study/study.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace chainsim::study {

namespace {

/// The input whose path is the end of the file's path; the longest, if there are several.
std::string main_input_of(const model::Scenario& scenario, const std::filesystem::path& file) {
    const std::string full = std::filesystem::weakly_canonical(file).generic_string();
    std::string best;
    for (const auto& input : scenario.inputs) {
        if (("/" + full).ends_with("/" + input.path) && input.path.size() > best.size()) {
            best = input.path;
        }
    }
    return best;
}

/// The first few ids: one line is to be read, and the failure itself has all.
std::string some_of(const std::vector<std::string>& ids) {
    constexpr std::size_t most = 8;
    const std::vector<std::string> shown(
        ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(std::min(most, ids.size())));
    return ids.size() > most
               ? fmt::format("{} and {} more", fmt::join(shown, ", "), ids.size() - most)
               : fmt::format("{}", fmt::join(shown, ", "));
}

std::string reason(const Failure& failure) {
    const std::string facilities = some_of(failure.facilities);
    const std::string commodities = some_of(failure.commodities);
    switch (failure.outcome) {
    case system::Outcome::infeasible:
        return fmt::format("the demand for {} cannot be met", commodities);
    case system::Outcome::unproductive:
        return fmt::format("the loop of {} consumes more of its own output than it makes ({})",
                           facilities, commodities);
    case system::Outcome::not_converged:
        return facilities.empty()
                   ? "the balance does not settle"
                   : fmt::format("the balance does not settle around {}", facilities);
    case system::Outcome::solved:
        break;
    }
    return {};
}

Failure failure_of(const model::Scenario& scenario, const system::System& system,
                   const system::Solution& solution) {
    Failure failure;
    failure.year = system.year;
    failure.outcome = solution.outcome;
    failure.iterations = solution.iterations;
    failure.residual = solution.residual;
    for (const int column : solution.culprit_columns) {
        const auto index = system.layout.columns[static_cast<std::size_t>(column)];
        failure.facilities.push_back(scenario.facilities[index].id);
    }
    for (const int row : solution.culprit_rows) {
        const auto index = system.layout.rows[static_cast<std::size_t>(row)];
        failure.commodities.push_back(scenario.model.commodities[index].id);
    }
    failure.message = fmt::format("no solution in {}: {}", failure.year, reason(failure));
    return failure;
}

} // namespace

Study::Study(model::Scenario scenario, std::string main_input)
    : scenario_(std::make_shared<const model::Scenario>(std::move(scenario))),
      main_input_(std::move(main_input)) {}

Run Study::run() const { return run(scenario_->years); }

Run Study::run(int year) const { return run(std::vector{year}); }

Run Study::run(const std::vector<int>& years) const {
    Teller teller(*scenario_);
    const auto solve = [this](int year) {
        auto system = accounts::compile(*scenario_, year);
        auto solution = solve::Dispatch(system.equations).solve();
        return std::pair(std::move(system), std::move(solution));
    };
    for (const int year : teller.anchors_of(years)) {
        const auto [system, solution] = solve(year);
        if (solution.outcome != system::Outcome::solved) {
            return {scenario_, main_input_, {}, failure_of(*scenario_, system, solution)};
        }
        teller.keep(year, accounts::evaluate(system, solution));
    }
    std::vector<YearRun> solved;
    solved.reserve(years.size()); // a year is large, and not to be moved about
    for (const int year : years) {
        auto [system, solution] = solve(year);
        if (solution.outcome != system::Outcome::solved) {
            return {scenario_, main_input_, {}, failure_of(*scenario_, system, solution)};
        }
        solved.emplace_back(*scenario_, std::move(system), std::move(solution), teller);
    }
    return {scenario_, main_input_, std::move(solved), std::nullopt};
}

Study with_actuals(const Study& study, model::Actuals actuals) {
    auto scenario = study.scenario();
    scenario.actuals = std::move(actuals);
    return Study(std::move(scenario), study.main_input());
}

Study open(const std::filesystem::path& path, std::vector<int> years) {
    std::filesystem::path file = path;
    if (std::filesystem::is_directory(path)) {
        const RunOrigin origin = read_origin(path);
        file = path / "inputs" / origin.main_input;
        if (years.empty()) {
            years = origin.years;
        }
    }
    auto scenario = load::load_scenario(file);
    if (!years.empty()) {
        std::sort(years.begin(), years.end());
        years.erase(std::unique(years.begin(), years.end()), years.end());
        scenario.years = std::move(years);
    }
    std::string main_input = main_input_of(scenario, file);
    return Study(std::move(scenario), std::move(main_input));
}

Study open_text(const std::filesystem::path& file, std::string text) {
    auto scenario = load::load_scenario(file, std::move(text));
    std::string main_input = main_input_of(scenario, file);
    return Study(std::move(scenario), std::move(main_input));
}

std::string hash_of(const model::Scenario& scenario) {
    std::string lines;
    for (const auto& input : scenario.inputs) {
        lines += fmt::format("{}  {}\n", input.says, input.path);
    }
    return sha256(lines);
}

std::string digest_of_files(const model::Scenario& scenario) {
    std::string lines;
    for (const auto& input : scenario.inputs) {
        lines += fmt::format("{}  {}\n", sha256(input.text), input.path);
    }
    return sha256(lines);
}

} // namespace chainsim::study
