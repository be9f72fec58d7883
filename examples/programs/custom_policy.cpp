// Policies of one's own: a bound that is tried on a solved year, and a rule that no bound can
// state.
//   bash examples/run.sh
//   cmake --install build/release --prefix install
//   cmake -S examples/programs -B build/programs -DCMAKE_PREFIX_PATH="$PWD/install"
//   cmake --build build/programs
//   build/programs/custom_policy scenarios/hainan/plan_2025.yaml fresh_water "60000000 m3"

#include <chainsim/chainsim.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <cstdio>
#include <exception>
#include <string>

namespace study = chainsim::study;
namespace model = chainsim::model;

namespace {

/// A bound as a YAML file would have it under `policies`; there it would say who set it.
model::Policy cap(const std::string& indicator, const chainsim::units::Quantity& amount, int from) {
    model::Policy policy;
    policy.id = "cap_of_" + indicator;
    policy.name = {"上限", "cap"};
    policy.indicator = indicator;
    policy.provenance = {model::Confidence::assumption, "tried in this example", {}, {}};
    model::Datum datum;
    datum.value = amount;
    datum.provenance = policy.provenance;
    policy.at_most = model::Path(datum);
    policy.from = from;
    return policy;
}

/// A rule in code: of plants that make one product, none makes more than half of it.
int count_of_dominant(const model::Scenario& scenario, const study::YearRun& year) {
    const auto& columns = year.system().layout.columns;
    int count = 0;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        const auto& process =
            scenario.model.processes[scenario.facilities[columns[column]].process_in(year.year())];
        double others = 0.0;
        for (std::size_t other = 0; other < columns.size(); ++other) {
            const auto& one =
                scenario.model
                    .processes[scenario.facilities[columns[other]].process_in(year.year())];
            if (other != column && one.product == process.product) {
                others += year.solution().activity[static_cast<long>(other)];
            }
        }
        const double own = year.solution().activity[static_cast<long>(column)];
        count += others > 0.0 && own > others ? 1 : 0;
    }
    return count;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        fmt::print(stderr, "usage: custom_policy SCENARIO INDICATOR AMOUNT\n");
        return 2;
    }
    try {
        const auto opened = study::open(argv[1]);
        const auto& scenario = opened.scenario();
        const auto amount = chainsim::units::Quantity::parse(argv[3]);
        const model::Registry<model::Policy> tried({cap(argv[2], amount, scenario.years.front())});
        const auto run = opened.run();
        if (run.failure()) {
            fmt::print(stderr, "{}\n", run.failure()->message);
            return 3;
        }
        bool is_missed = false;
        for (const auto& year : run.years()) {
            for (const auto& judged :
                 study::try_policies(tried, scenario, year.system(), year.indicators())) {
                fmt::print("{}: {} is {:.6g}, at most {:.6g} {}: {}, margin {:.6g}\n", year.year(),
                           argv[2], judged.value, judged.bound,
                           year.indicator(argv[2]).unit().text(), study::to_string(judged.verdict),
                           judged.margin);
                is_missed = is_missed || judged.verdict != study::Verdict::met;
            }
            fmt::print("{}: {} plants make more than half of their product, beside others\n",
                       year.year(), count_of_dominant(scenario, year));
        }
        return is_missed ? 1 : 0;
    } catch (const std::exception& error) { // bad input, with every problem and its place
        fmt::print(stderr, "{}\n", error.what());
        return 2;
    }
}
