// A chain written in code, without any file: a mill that uses ore, a mine that wears out steel.
//   bash examples/run.sh
//   cmake --install build/release --prefix install
//   cmake -S examples/programs -B build/programs -DCMAKE_PREFIX_PATH="$PWD/install"
//   cmake --build build/programs
//   build/programs/first_chain

#include <chainsim/chainsim.hpp>

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace model = chainsim::model;
namespace units = chainsim::units;

namespace {

/// Every figure says where it comes from.
model::Provenance invented() {
    return {model::Confidence::assumption, "invented for this example", {}, {}};
}

model::Datum datum(double number, const char* unit) {
    model::Datum result;
    result.value = units::Quantity(number, units::Unit::parse(unit));
    result.provenance = invented();
    return result;
}

model::Commodity commodity(std::string id, std::string zh) {
    model::Commodity result;
    result.name = {std::move(zh), id};
    result.id = std::move(id);
    result.unit = units::Unit::parse("t");
    result.mass = 1.0; // t of mass in a unit
    result.provenance = invented();
    return result;
}

model::Flow flow(model::Index<model::Commodity> commodity, double amount, model::FlowKind kind) {
    model::Flow result;
    result.commodity = commodity;
    result.amount = amount;
    result.kind = kind;
    result.datum = datum(amount, "t/t");
    return result;
}

/// Makes a tonne of `product` from `amount` tonnes of `feed`.
model::Process process(std::string id, std::string zh, model::Index<model::Commodity> product,
                       model::Index<model::Commodity> feed, double amount) {
    model::Process result;
    result.name = {std::move(zh), id};
    result.id = std::move(id);
    result.product = product;
    result.outputs = {flow(product, 1.0, model::FlowKind::product)};
    result.inputs = {flow(feed, amount, model::FlowKind::feedstock)};
    result.provenance = invented();
    return result;
}

model::Facility facility(std::string id, std::string zh, model::Index<model::Process> process) {
    model::Facility result;
    result.name = {std::move(zh), id};
    result.id = std::move(id);
    result.process = process;
    result.capacity = datum(1000.0, "t/a");
    result.driver = model::Driver::on_demand;
    result.provenance = invented();
    return result;
}

model::Scenario mill_and_mine() {
    model::Scenario scenario;
    scenario.id = "mill_and_mine";
    scenario.name = {"钢厂与矿山", "a mill and a mine"};
    scenario.years = {2025};
    scenario.region.id = "nowhere";
    scenario.region.base_year = 2025;
    // Registries order records by id: indices are asked for once all are in.
    auto& commodities = scenario.model.commodities;
    commodities =
        model::Registry<model::Commodity>({commodity("steel", "钢"), commodity("ore", "矿石")});
    const auto steel = commodities.find("steel").value();
    const auto ore = commodities.find("ore").value();
    auto& processes = scenario.model.processes;
    processes = model::Registry<model::Process>(
        {process("milling", "炼钢", steel, ore, 1.6), process("mining", "采矿", ore, steel, 0.02)});
    scenario.facilities = model::Registry<model::Facility>(
        {facility("mill", "钢厂", processes.find("milling").value()),
         facility("mine", "矿山", processes.find("mining").value())});
    model::Demand demand;
    demand.id = "steel";
    demand.commodity = steel;
    demand.amount = model::Path(datum(100.0, "t/a"));
    demand.provenance = invented();
    scenario.demands = model::Registry<model::Demand>({demand});
    return scenario;
}

} // namespace

int main() {
    try {
        const chainsim::study::Study study(mill_and_mine());
        const auto run = study.run();
        if (run.failure()) {
            fmt::print(stderr, "{}\n", run.failure()->message);
            return 3;
        }
        // The mill also makes what the mine wears out: 100 / (1 - 1.6 x 0.02) = 103.306 t.
        const auto& facilities = study.scenario().facilities;
        for (const std::string id : {"mill", "mine"}) {
            fmt::print("{}: {:.3f} t\n", id, run.year(2025).activity(facilities.find(id).value()));
        }
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 2;
    }
}
