#include "support/catch.hpp"
#include "support/solved_year.hpp"
#include <chainsim/system/solution.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// The figures of the real scenarios as they stood when someone last looked at them and said why
// (tests/validation/golden/README.md). They are no proof that a figure is right, only that none
// moves unseen.

namespace {

using chainsim::test::SolvedYear;

struct Golden {
    std::string id;
    double value = 0.0;
    std::string unit;
    double tolerance = 0.0; ///< relative to the value, or to 1 unit if that is more
    std::string why;
};

/// indicator,value,unit,relative_tolerance,why; only `why` may hold a comma.
std::vector<Golden> read_golden(const std::string& scenario) {
    std::ifstream file(chainsim::test::source("tests/validation/golden/" + scenario + ".csv"));
    REQUIRE(file);
    std::string line;
    std::getline(file, line);
    REQUIRE(line == "indicator,value,unit,relative_tolerance,why");
    std::vector<Golden> rows;
    while (std::getline(file, line)) {
        std::array<std::string, 5> cells;
        std::size_t start = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const auto comma = line.find(',', start);
            REQUIRE(comma != std::string::npos);
            cells[i] = line.substr(start, comma - start);
            start = comma + 1;
        }
        cells[4] = line.substr(start);
        rows.push_back({cells[0], std::stod(cells[1]), cells[2], std::stod(cells[3]), cells[4]});
    }
    return rows;
}

struct Figure {
    double value = 0.0;
    std::string unit;
};

/// Every indicator of the year, and how many facilities are held by which kind of thing.
std::map<std::string, Figure> figures_of(const SolvedYear& year) {
    std::map<std::string, Figure> out;
    for (const auto& one : chainsim::accounts::evaluate(year.system(), year.solution())) {
        out[one.id] = {one.value, one.unit};
    }
    static constexpr std::array<std::string_view, 6> kinds{"capacity", "feedstock", "demand",
                                                           "surplus",  "not_built", "off"};
    for (const auto kind : kinds) {
        out[fmt::format("binding_{}", kind)] = {0.0, "facilities"};
    }
    for (const auto& binding : year.solution().binding) {
        const auto kind = kinds[static_cast<std::size_t>(binding.kind)];
        out[fmt::format("binding_{}", kind)].value += 1.0;
    }
    return out;
}

/// Of one commodity, or of one technology: those are in the file that someone chose.
bool is_of_one_commodity(const std::string& id) {
    static constexpr std::array<std::string_view, 9> heads{
        "capacity_", "made_",     "sold_", "local_conversion_", "water_taken_",
        "share_",    "smallest_", "unit_", "installed_power_"};
    return std::any_of(heads.begin(), heads.end(),
                       [&](std::string_view head) { return id.starts_with(head); });
}

/// As a line of the golden file.
std::string line_of(const std::string& id, const Figure& figure, double tolerance,
                    std::string_view why) {
    return fmt::format("{},{:.9g},{},{:g},{}", id, figure.value, figure.unit, tolerance, why);
}

/// All that differs from the golden file, a line each, with the line that would agree.
std::string deviations(const std::string& scenario, const SolvedYear& year) {
    auto figures = figures_of(year);
    std::string out;
    for (const auto& golden : read_golden(scenario)) {
        const auto found = figures.find(golden.id);
        if (found == figures.end()) {
            out += fmt::format("{}: there is no such indicator any more\n", golden.id);
            continue;
        }
        const auto& [value, unit] = found->second;
        const double difference = value - golden.value;
        const double allowed = golden.tolerance * std::max(std::abs(golden.value), 1.0);
        if (unit != golden.unit || !(std::abs(difference) <= allowed)) {
            out += fmt::format(
                "{}: {:.9g} {} here, {:.9g} {} in the file: {:+.6g} ({:+.4g} %)\n    {}\n",
                golden.id, value, unit, golden.value, golden.unit, difference,
                golden.value != 0.0 ? 100.0 * difference / golden.value : 0.0,
                line_of(golden.id, found->second, golden.tolerance, "WHY"));
        }
        if (golden.why.empty()) {
            out += fmt::format("{}: the file does not say why\n", golden.id);
        }
        figures.erase(found);
    }
    for (const auto& [id, figure] : figures) {
        if (!is_of_one_commodity(id)) {
            out +=
                fmt::format("{}: not in the file\n    {}\n", id, line_of(id, figure, 1e-6, "WHY"));
        }
    }
    return out;
}

void check_golden(const std::string& scenario, const SolvedYear& year) {
    const std::string moved = deviations(scenario, year);
    if (!moved.empty()) {
        FAIL_CHECK("tests/validation/golden/README.md says when a line of " << scenario
                                                                            << ".csv may change\n"
                                                                            << moved);
    }
}

} // namespace

TEST_CASE("The base year gives the figures that were last looked at", "[validation][golden]") {
    const SolvedYear year(chainsim::test::source("scenarios/hainan/base_2020.yaml"), 2020);
    REQUIRE(year.solution().outcome == chainsim::system::Outcome::solved);
    check_golden("base_2020", year);
}

TEST_CASE("The plan gives the figures that were last looked at", "[validation][golden]") {
    const SolvedYear year(chainsim::test::source("scenarios/hainan/plan_2025.yaml"), 2025);
    REQUIRE(year.solution().outcome == chainsim::system::Outcome::solved);
    check_golden("plan_2025", year);
}

TEST_CASE("In the real scenarios every indicator says what it rests on, in shares that sum to 1",
          "[validation][confidence]") {
    for (const auto& [file, at] : {std::pair("scenarios/hainan/base_2020.yaml", 2020),
                                   std::pair("scenarios/hainan/plan_2025.yaml", 2025)}) {
        const SolvedYear year(chainsim::test::source(file), at);
        const auto shares =
            chainsim::accounts::confidence_shares(year.scenario(), year.system(), year.solution());
        for (const auto& one : chainsim::accounts::evaluate(year.system(), year.solution())) {
            CAPTURE(file, one.id, one.value);
            const auto found = shares.find(one.id);
            REQUIRE(found != shares.end());
            double total = 0.0;
            for (const double share : found->second) {
                CHECK(share >= 0.0);
                total += share;
            }
            CHECK(std::abs(total - 1.0) <= 1e-12);
        }
    }
}
