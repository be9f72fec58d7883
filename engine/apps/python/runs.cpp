#include "bindings.hpp"
#include <chainsim/study/check_report.hpp>
#include <chainsim/study/project_economics.hpp>
#include <chainsim/study/run_folder.hpp>
#include <chainsim/study/summary.hpp>
#include <chainsim/study/tables.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace chainsim::python {

namespace {

using study::Run;
using study::YearRun;
using Class = py::class_<Run, std::shared_ptr<Run>>;
using Unlocked = py::call_guard<py::gil_scoped_release>;

/// Errors  NoSolution with the message of the failure: there is nothing to read.
const Run& solved(const Run& run) {
    if (const auto& failure = run.failure()) {
        throw study::NoSolution(failure->message);
    }
    return run;
}

const YearRun& solved_year(const Run& run, int year) {
    std::string known;
    for (const auto& one : solved(run).years()) {
        if (one.year() == year) {
            return one;
        }
        known += (known.empty() ? "" : ", ") + std::to_string(one.year());
    }
    throw refused(fmt::format("the run has no year {}", year), "its years are " + known);
}

/// A table as it stands in the folder of a run, which leaves out those without rows.
auto named(const char* name, table::Table (*table_of)(const Run&)) {
    return [name, table_of](const Run& run) {
        for (auto& one : study::tables_of(solved(run))) {
            if (one.name() == name) {
                return shared(std::move(one));
            }
        }
        return shared(table_of(run));
    };
}

table::Table economics_of(const Run& run) {
    return study::economics_table(run, study::project_economics(run));
}

table::Table cash_flows_of(const Run& run) {
    return study::cash_flows_table(run, study::project_economics(run));
}

void bind_tables_of(Class& run) {
    run.def("flows", named("flows", study::flows_table), Unlocked(),
            "Each input and output of each facility that runs")
        .def("facilities", named("facilities", study::facilities_table), Unlocked(),
             "Activity, capacity and what holds each facility back")
        .def("commodities", named("commodities", study::commodities_table), Unlocked(),
             "What became of each commodity: produced + bought = consumed + sold + disposed + "
             "final_demand")
        .def("indicators", named("indicators", study::indicators_table), Unlocked(),
             "Each indicator, with the shares of its value by confidence")
        .def("policies", named("policies", study::policies_table), Unlocked(),
             "Each policy, judged")
        .def("products", named("products", study::products_table), Unlocked(),
             "Unit energy of each plant that a standard judges")
        .def("projects", named("projects", study::projects_table), Unlocked(),
             "Every project, built or not")
        .def("energy_balance", named("energy_balance", study::energy_balance_table), Unlocked(),
             "The regional energy balance")
        .def("energy_bridge", named("energy_bridge", study::energy_bridge_table), Unlocked(),
             "From the enterprises above scale to the whole society")
        .def("facility_energy", named("facility_energy", study::facility_energy_table), Unlocked(),
             "Comprehensive energy consumption of each plant, by GB/T 2589")
        .def("facility_carbon", named("facility_carbon", study::facility_carbon_table), Unlocked(),
             "CO2 of the plants as their enterprises report it")
        .def("groups", named("groups", study::groups_table), Unlocked(),
             "Accounts of groups of plants")
        .def("ledgers", named("ledgers", study::ledgers_table), Unlocked(),
             "Debts of replacement and offset")
        .def("water_quotas", named("water_quotas", study::water_quotas_table), Unlocked(),
             "Unit water of each plant that a quota judges")
        .def("economics", named("economics", economics_of), Unlocked(),
             "Each built project as an investment")
        .def("cash_flows", named("cash_flows", cash_flows_of), Unlocked(),
             "The cash flow of each built project, by year")
        .def(
            "tables",
            [](const Run& of_run) {
                std::vector<table::Table> all;
                {
                    const py::gil_scoped_release without_lock;
                    all = study::tables_of(solved(of_run));
                }
                py::dict out;
                for (auto& one : all) {
                    const py::str name(one.name());
                    out[name] = shared(std::move(one));
                }
                return out;
            },
            "All tables of the run folder that have rows, by name");
}

void bind_failure(py::module_& module) {
    py::class_<study::Failure>(module, "Failure", "A year that has no solution, and why")
        .def_readonly("year", &study::Failure::year)
        .def_property_readonly("outcome",
                               [](const study::Failure& failure) {
                                   return std::string(study::to_string(failure.outcome));
                               })
        .def_readonly("facilities", &study::Failure::facilities)
        .def_readonly("commodities", &study::Failure::commodities)
        .def_readonly("message", &study::Failure::message)
        .def("__repr__", [](const study::Failure& failure) {
            return "<chainsim.Failure " + failure.message + ">";
        });
}

} // namespace

void bind_runs(py::module_& module) {
    bind_failure(module);
    Class run(module, "Run", "All years of a scenario, solved");
    run.def_property_readonly(
           "outcome", [](const Run& one) { return std::string(study::to_string(one.outcome())); },
           "solved, or why there is no solution")
        .def_property_readonly(
            "failure", [](const Run& one) { return one.failure(); }, "None if all is solved")
        .def_property_readonly(
            "years",
            [](const Run& one) {
                py::list out;
                for (const auto& year : solved(one).years()) {
                    out.append(py::cast(&year, py::return_value_policy::reference_internal,
                                        py::cast(&one)));
                }
                return out;
            },
            "All years, ascending")
        .def("year", &solved_year, py::arg("year"), py::return_value_policy::reference_internal,
             "A solved year. Raises NoSolution if the run has none")
        .def(
            "missed_hard", [](const Run& one) { return study::missed_hard(solved(one)); },
            "Hard policies that are missed, each with its year")
        .def("summary_json", &study::summary_json, Unlocked(), "The text of summary.json")
        .def(
            "summary", [](const Run& one) { return from_json(study::summary_json(one)); },
            "The same as a dict")
        .def(
            "summary_text",
            [](const Run& one, const std::string& language, std::size_t width) {
                return study::summary_text(solved(one), language_named(language), width);
            },
            py::arg("language") = "en", py::arg("width") = 0, "As `chainsim run` prints it")
        .def(
            "write",
            [](const Run& one, const std::filesystem::path& folder) {
                study::check_target(folder, solved(one).scenario().id);
                study::write_run(one, folder);
            },
            py::arg("folder"), Unlocked(),
            "Writes the folder of the run: summary.json, tables, run.sqlite, inputs")
        .def("__repr__", [](const Run& one) {
            return fmt::format("<chainsim.Run {}: {}>", one.scenario().id,
                               study::to_string(one.outcome()));
        });
    bind_tables_of(run);
}

} // namespace chainsim::python
