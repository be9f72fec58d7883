#include "support/catch.hpp"
#include <chainsim/base/diagnostic.hpp>

using chainsim::Diagnostic;
using chainsim::InputError;

namespace {

Diagnostic mill() {
    Diagnostic diagnostic;
    diagnostic.where = {"models/processes/steel/mill.yaml", 4, 12};
    diagnostic.field = "processes.mill.inputs.ore";
    diagnostic.message = "'1.6 MWh/t' is energy per mass; mass per mass is needed here";
    diagnostic.help = "write for example '1.6 t/t'";
    diagnostic.line_text = "      ore: 1.6 MWh/t";
    return diagnostic;
}

} // namespace

TEST_CASE("A finding is told with place, excerpt, caret, field and help", "[base][diagnostic]") {
    // HOUSE.md, sketch 3.
    CHECK(to_string(mill()) == "models/processes/steel/mill.yaml:4:12: error: '1.6 MWh/t' is "
                               "energy per mass; mass per mass "
                               "is needed here\n"
                               "    4 |       ore: 1.6 MWh/t\n"
                               "      |            ^\n"
                               "  field: processes.mill.inputs.ore\n"
                               "  help:  write for example '1.6 t/t'");
}

TEST_CASE("What a finding does not have is left out", "[base][diagnostic]") {
    Diagnostic diagnostic;
    diagnostic.message = "the folder is empty";
    CHECK(to_string(diagnostic) == "error: the folder is empty");
    diagnostic.where.file = "models";
    CHECK(to_string(diagnostic) == "models: error: the folder is empty");
}

TEST_CASE("Other places concerned follow", "[base][diagnostic]") {
    Diagnostic diagnostic;
    diagnostic.where = {"b.yaml", 2, 1};
    diagnostic.message = "key `coke` stands twice in this map";
    diagnostic.also = {{"a.yaml", 7, 3}};
    CHECK(to_string(diagnostic) == "b.yaml:2:1: error: key `coke` stands twice in this map\n"
                                   "  also:  a.yaml:7:3");
}

TEST_CASE("The caret stands below the column, by the width of characters on a screen",
          "[base][diagnostic]") {
    Diagnostic diagnostic;
    diagnostic.where = {"a.yaml", 12345, 5};
    diagnostic.message = "m";
    diagnostic.line_text = "焦炭: x";
    // Two wide characters take four columns, ':' and ' ' one each.
    CHECK(to_string(diagnostic) == "a.yaml:12345:5: error: m\n"
                                   "12345 | 焦炭: x\n"
                                   "      |       ^");
}

TEST_CASE("A line of a megabyte is not shown whole", "[base][diagnostic]") {
    Diagnostic diagnostic;
    diagnostic.where = {"a.yaml", 1, 500000};
    diagnostic.message = "m";
    diagnostic.line_text = std::string(1000000, 'x');
    CHECK(to_string(diagnostic).size() < 300);
}

TEST_CASE("An InputError tells all of its findings", "[base][diagnostic]") {
    Diagnostic second;
    second.message = "second";
    const InputError error({mill(), second});
    CHECK(error.diagnostics().size() == 2);
    CHECK(std::string(error.what()) == to_string(mill()) + "\nerror: second");
}
