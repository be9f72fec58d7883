#include "support/catch.hpp"
#include "support/scratch.hpp"
#include "support/solved_year.hpp"
#include <chainsim/io/file.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/study/workbook.hpp>

#include <algorithm>
#include <set>
#include <string>

// The workbook of a run: what is in it, and that it is a file that spreadsheet programs open.

namespace {

using chainsim::table::Language;

} // namespace

TEST_CASE("A workbook has the balance in both units, the bridge, accounts, policies and projects",
          "[validation][workbook]") {
    const auto sheets = chainsim::study::workbook(
        chainsim::study::open(chainsim::test::source("scenarios/hainan/plan_2025.yaml")).run(),
        Language::zh);
    std::set<std::string> names;
    for (const auto& sheet : sheets) {
        names.insert(sheet.name);
        CHECK(sheet.table.rows() > 0);
        CHECK((sheet.levels.empty() || sheet.levels.size() == sheet.table.rows()));
    }
    for (const std::string name :
         {"说明", "能源平衡表(实物量) 2025", "能源平衡表(标准量) 2025", "口径衔接", "主要指标",
          "政策约束 2025", "单位产品能耗 2025", "装置综合能耗 2025", "置换与削减 2025",
          "用水定额 2025", "项目 2025", "项目经济性"}) {
        INFO(name);
        CHECK(names.contains(name));
    }
}

TEST_CASE("The same run gives the same workbook, a zip archive as the format has it",
          "[validation][workbook]") {
    const chainsim::test::Scratch scratch;
    const auto run = chainsim::study::open(
                         chainsim::test::source("tests/validation/energy_balance/district.yaml"))
                         .run();
    for (const char* name : {"a.xlsx", "b.xlsx"}) {
        chainsim::study::write_workbook(run, scratch.path() / name, Language::en);
    }
    const auto a = chainsim::io::read_file(scratch.path() / "a.xlsx");
    CHECK(a == chainsim::io::read_file(scratch.path() / "b.xlsx"));
    CHECK(a.substr(0, 4) == "PK\x03\x04");
    CHECK(a.find("xl/worksheets/sheet2.xml") != std::string::npos);
}

TEST_CASE("A workbook that cannot be written is told with its path", "[validation][workbook]") {
    const auto run = chainsim::study::open(
                         chainsim::test::source("tests/validation/energy_balance/district.yaml"))
                         .run();
    CHECK_THROWS_AS(
        chainsim::study::write_workbook(run, "/nonexistent/folder/a.xlsx", Language::en),
        chainsim::IoError);
}
