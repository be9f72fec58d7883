// Any bytes as a table that a statistician or another program wrote: CSV, an input-output table,
// the measurements of a network. They are read, or refused with a place in the file.
//   build/asan/tests/fuzz/table_fuzzer -max_total_time=60 tests/fuzz/corpus/table

#include <chainsim/base/diagnostic.hpp>
#include <chainsim/input/findings.hpp>
#include <chainsim/input_output/sheet.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/parallel/executor.hpp>
#include <chainsim/reconcile/measurements.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void expect(bool condition) {
    if (!condition) {
        std::abort();
    }
}

void expect_told(const chainsim::InputError& error) {
    expect(!error.diagnostics().empty());
    for (const auto& one : error.diagnostics()) {
        expect(!one.message.empty() && one.where.file == "table" && one.where.line >= 0);
    }
}

void read_csv(std::string_view text) {
    try {
        expect(!chainsim::io::csv_rows(text, "table").empty());
    } catch (const chainsim::InputError& error) {
        expect_told(error);
    }
}

void read_matrix(std::string_view text) {
    static const chainsim::parallel::Executor executor(1);
    chainsim::input::Findings findings;
    try {
        const auto sheet = chainsim::input_output::parse_sheet(text, "table", findings, executor);
        if (findings.empty() && sheet.is_labelled()) {
            expect(sheet.rows.size() == sheet.row_lines.size());
        }
    } catch (const chainsim::InputError& error) {
        expect_told(error);
    }
}

void read_network(std::string_view text) {
    try {
        const auto network = chainsim::reconcile::read_network(text, "table");
        expect(!network.problem.variables.empty());
        for (const auto& one : network.problem.variables) {
            expect(one.sigma >= 0.0 && !std::isnan(one.lower) && !std::isnan(one.upper));
        }
    } catch (const chainsim::InputError& error) {
        expect_told(error);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    read_csv(text);
    read_matrix(text);
    read_network(text);
    return 0;
}
