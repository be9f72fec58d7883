#include "program.hpp"
#include "support/catch.hpp"
#include "support/scratch.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

// What the commands of the planner's desk ask for, answer and refuse; their figures are in
// tests/validation/desk.

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using chainsim::test::call;

namespace {

const std::string desk = "scenarios/tutorial/desk_2030.yaml";

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Every command of the desk on the tutorial.
std::vector<std::vector<std::string>> questions() {
    return {{"budget", desk},
            {"card", desk, "--project", "gas_to_methanol"},
            {"admit", desk},
            {"evaluate", desk, "--year", "2025"},
            {"feasibility", desk},
            {"report", desk, "--two-pages"},
            {"outlook", desk, "--month", "9"}};
}

std::vector<std::string> with(std::vector<std::string> question,
                              const std::vector<std::string>& more) {
    question.insert(question.end(), more.begin(), more.end());
    return question;
}

} // namespace

TEST_CASE("Every form is told in both languages and as one document", "[cli][desk]") {
    for (const auto& question : questions()) {
        INFO(question.front());
        const auto chinese = call(with(question, {"--lang", "zh"}));
        CHECK(chinese.code == 0);
        CHECK_THAT(chinese.output, Contains("焦炉煤气制甲醇") || Contains("十四五"));
        const auto english = call(with(question, {"--lang", "en"}));
        CHECK(english.code == 0);
        const auto document = call(with(question, {"--json"})).json();
        CHECK(document.at("schema") == "chainsim." + question.front() + "/1");
        CHECK(document.at("scenario") == "desk_2030");
    }
}

TEST_CASE("A form is written to print, and as a workbook", "[cli][desk]") {
    const chainsim::test::Scratch scratch;
    for (const auto& question : questions()) {
        INFO(question.front());
        const auto html = (scratch / (question.front() + ".html")).string();
        CHECK(call(with(question, {"-o", html, "--lang", "zh"})).code == 0);
        const auto text = text_of(html);
        CHECK_THAT(text, StartsWith("<!DOCTYPE html>"));
        CHECK_THAT(text, Contains("lang=\"zh-CN\"") && Contains("size: A4"));
        CHECK(text.find("http") == std::string::npos); // it needs nothing from elsewhere
        const auto book = (scratch / (question.front() + ".xlsx")).string();
        CHECK(call(with(question, {"-o", book})).code == 0);
        CHECK_THAT(text_of(book), StartsWith("PK"));
    }
    const auto other = call(with(questions().front(), {"-o", (scratch / "form.pdf").string()}));
    CHECK(other.code == 2);
    CHECK_THAT(other.last_error(), Contains(".html nor .xlsx"));
}

TEST_CASE("Any cell of a form tells how it was made", "[cli][desk]") {
    const auto left = call({"budget", desk, "--explain", "energy.left.2028", "--lang", "en"});
    CHECK(left.code == 0);
    CHECK_THAT(left.output, Contains("formula: left = quota + carried") &&
                                Contains("quota = 2000 tce") && Contains("energy.approved.2028"));
    CHECK(call({"budget", desk, "--json"}).json().at("first_red_energy").dump() == "2028");
    const auto wrong = call({"budget", desk, "--explain", "energy.lefd.2028"});
    CHECK(wrong.code == 2);
    CHECK_THAT(wrong.errors, Contains("did you mean 'energy.left.2028'?"));
    // and so does a cell of every part that the documents have
    for (const auto& question : questions()) {
        const auto document = call(with(question, {"--json"})).json();
        for (const auto& [part, rows] : document.items()) {
            if (!rows.is_array() || rows.empty()) {
                continue;
            }
            const auto& row = rows.at(0);
            const auto column =
                row.begin().key() == "id" ? std::next(row.begin()).key() : row.begin().key();
            std::string cell = part + '.';
            cell.append(row.at("id").get<std::string>()).append(".").append(column);
            INFO(cell);
            CHECK(call(with(question, {"--explain", cell})).code == 0);
        }
    }
}

TEST_CASE("The desk refuses what it cannot answer, and says why", "[cli][desk]") {
    const auto unknown = call({"card", desk, "--project", "gas_to_methanal"});
    CHECK(unknown.code == 2);
    CHECK_THAT(unknown.errors, Contains("did you mean 'gas_to_methanol'?"));
    CHECK(call({"card", desk}).code == 2);
    const auto not_built =
        call({"card", "scenarios/tutorial/base_2025.yaml", "--project", "gas_to_methanol"});
    CHECK(not_built.code == 2);
    CHECK_THAT(not_built.errors, Contains("does not run in 2025"));
    const auto no_period = call({"evaluate", desk, "--year", "2040"});
    CHECK(no_period.code == 2);
    CHECK_THAT(no_period.errors, Contains("no period of assessment holds 2040"));
    for (const std::string command : {"admit", "evaluate"}) {
        const auto ended = command == "admit"
                               ? call({command, "tests/cli/no_coke.yaml"})
                               : call({command, "tests/cli/no_coke.yaml", "--year", "2025"});
        INFO(command);
        CHECK((ended.code == 3 || ended.code == 2)); // `evaluate` has no period there
    }
}

TEST_CASE("A report is one file that needs nothing else", "[cli][report]") {
    const chainsim::test::Scratch scratch;
    const auto run = (scratch / "run").string();
    REQUIRE(call({"run", desk, "-o", run, "--quiet"}).code <= 1);
    // Of a run it stands beside the figures.
    CHECK(call({"report", run, "--quiet"}).code == 0);
    const auto text = text_of(scratch / "run" / "report.html");
    CHECK_THAT(text, StartsWith("<!DOCTYPE html>"));
    CHECK_THAT(text, Contains("id=\"view\"") && Contains("id=\"app\""));
    CHECK(text.size() < 3'000'000);
    for (const char* link : {"<link", "<img", " src=", "@import", "<iframe"}) {
        INFO(link);
        CHECK(text.find(link) == std::string::npos);
    }
    // Another scenario is set beside it.
    const auto both = (scratch / "both.html").string();
    CHECK(call({"report", desk, "scenarios/tutorial/methanol_2030.yaml", "-o", both}).code == 0);
    CHECK(std::filesystem::file_size(both) > 500'000);
}

TEST_CASE("A report of nothing but plans or draws is refused", "[cli][report]") {
    const chainsim::test::Scratch scratch;
    const auto draws = (scratch / "draws").string();
    REQUIRE(call({"sample", desk, "-n", "64", "-o", draws, "--quiet"}).code == 0);
    const auto refused = call({"report", draws});
    CHECK(refused.code == 2);
    CHECK_THAT(refused.errors, Contains("a scenario or a run"));
    const auto html = (scratch / "with_draws.html").string();
    CHECK(call({"report", desk, draws, "-o", html}).code == 0);
}
